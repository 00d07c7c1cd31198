"""Routes of applications: translation only."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from models.recommender import Recommender
from mutasi.authority import Scope
from mutasi.store import cases, session
from mutasi.store.cases import TRAILED, Case
from mutasi.workflow.applications import Act
from serving.answers import (
    TAGGED,
    UNCHANGED,
    Known,
    Shape,
    answer,
    unless_known,
    with_next,
    with_version,
)
from serving.applications import examples, service
from serving.applications.schemas import (
    Application,
    Applications,
    Declination,
    Submission,
    Withdrawal,
)
from serving.applications.service import KIND
from serving.areas import Area
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.repeating import Again
from serving.security import Caller, Needs, Reached
from serving.trail import tell_read

ADDRESS = "/v1/applications"
router = Area("applications", prefix=ADDRESS)

APPLICATION = Shape(Application)
APPLICATIONS = Shape(Applications)

ApplicationId = Annotated[
    str,
    Path(
        description="Of the application.",
        pattern=r"^[0-9a-f]{24}$",
        examples=[examples.APPLICATION_ID],
    ),
]


DONE = APPLICATION.described("It is done.", examples.APPLICATION)


def _told(case: Case, recommender: Recommender, language: str) -> Response:
    shown = service.in_words(case, recommender, language)
    return with_version(answer(APPLICATION.json(shown), language), case.version)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    summary="Apply for a post",
    dependencies=[Depends(Needs(Scope.OWN_CASES, narrows=True))],
    responses={
        201: APPLICATION.described(
            "It is submitted; `Location` tells where it is.",
            examples.APPLICATION,
        ),
        **problems(401, 403, 404, 409, 413, 415, 422, 429, 503),
    },
)
def submit(
    request: Request,
    caller: Caller,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    again: Again,
    asked: Submission,
) -> Response:
    """Apply for a post; the employee's own act. What the law says of it is told at once."""
    moment = request.app.state.clock()

    def done(work: session.Work) -> Response:
        case = service.submit(work, recommender, caller, asked, moment)
        found = _told(case, recommender, language)
        found.status_code = HTTPStatus.CREATED
        found.headers["Location"] = f"{ADDRESS}/{case.case_id}"
        return found

    return again.once(region.store, cases.QUEUE, asked.model_dump_json().encode(), done)


@router.get(
    "",
    summary="Applications",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    responses={
        200: APPLICATIONS.described(
            "A page, the latest first; `Link` leads to the next.",
            examples.APPLICATIONS,
        ),
        **problems(401, 403, 409, 422, 429, 503),
    },
)
def list_applications(
    request: Request,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return applications, the latest first: of the region, of one's unit, or one's own."""
    page = service.latest(region.store, recommender, reach, limit, cursor, language)
    tell_read(
        region.store, caller, TRAILED[KIND], [each.application_id for each in page.applications]
    )
    return with_next(request, answer(APPLICATIONS.json(page), language), page.next_cursor)


@router.get(
    "/{application_id}",
    summary="An application",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    responses={
        200: APPLICATION.described("What has become of it.", examples.APPLICATION, TAGGED),
        **UNCHANGED,
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_application(
    application_id: ApplicationId,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    known: Known = None,
) -> Response:
    """Return an application with what was done about it, and what the law says of it."""
    with session.reading(region.store.engine) as work:
        case = cases.case(work, KIND, application_id)
    service.require_seen(recommender, reach, case)
    tell_read(region.store, caller, TRAILED[KIND], [case.case_id])
    return unless_known(_told(case, recommender, language), known)


async def acting(
    request: Request,
    application_id: ApplicationId,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    again: Again,
) -> Callable[[Act, BaseModel], Response]:
    """Return what does something about an application, once."""
    moment = request.app.state.clock()

    def act_on(act: Act, body: BaseModel) -> Response:
        said = body.model_dump(mode="json", exclude={"dated_on"}, exclude_none=True)
        dated_on = getattr(body, "dated_on", None)

        def done(work: session.Work) -> Response:
            case = service.act_on(
                work, recommender, caller, reach, application_id, act, dated_on, said, moment
            )
            return _told(case, recommender, language)

        return again.once(region.store, cases.QUEUE, body.model_dump_json().encode(), done)

    return act_on


Acting = Annotated[Callable[[Act, BaseModel], Response], Depends(acting)]


@router.post(
    "/{application_id}/declination",
    summary="Do not take up an application",
    dependencies=[Depends(Needs(Scope.PROPOSALS_WRITE, narrows=True))],
    responses={200: DONE, **problems(401, 403, 404, 409, 413, 415, 422, 429, 503)},
)
def decline(act_on: Acting, body: Declination) -> Response:
    """Decline an application, with a reason; a proposal that names it takes it up instead."""
    return act_on(Act.DECLINE, body)


@router.post(
    "/{application_id}/withdrawal",
    summary="Withdraw one's application",
    dependencies=[Depends(Needs(Scope.OWN_CASES, narrows=True))],
    responses={200: DONE, **problems(401, 403, 404, 409, 413, 415, 422, 429, 503)},
)
def withdraw_application(act_on: Acting, body: Withdrawal) -> Response:
    """Withdraw one's own application, before it is taken up."""
    return act_on(Act.WITHDRAW, body)
