"""Routes of plans: translation only.  A worker makes them; here they are asked for."""

from typing import Annotated

from fastapi import Body, Depends, Path, Query, Request
from starlette.responses import Response

from mutasi.authority import Scope
from mutasi.planning.request import PlanRequest
from mutasi.store.jobs import Job
from serving.answers import (
    JSON,
    TAGGED,
    UNCHANGED,
    Known,
    Shape,
    answer,
    unless_known,
    with_next,
)
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.jobs import accepted, with_patience
from serving.paging import Cursor, Limit
from serving.plans import examples, service
from serving.plans.schemas import PlanJob, PlanJobs
from serving.plans.service import CERTIFICATE, DATA, Format
from serving.plans.wording import ADDRESS, job_in_words
from serving.repeating import Again, Key
from serving.security import Caller, Needs

router = Area("plans", prefix=ADDRESS)

PLAN_JOB = Shape(PlanJob)
PLAN_JOBS = Shape(PlanJobs)

MEDIA_TYPES: dict[Format, str] = {
    "json": JSON,
    "letters": JSON,
    "proposal": JSON,
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

PlanId = Annotated[str, Path(description="Of the plan.", examples=[examples.WAITING.plan_id])]


@router.post(
    "",
    status_code=202,
    summary="Ask for a plan",
    dependencies=[Depends(Needs(Scope.PLANS_WRITE))],
    responses={
        202: PLAN_JOB.described(
            "It is asked for; `Location` tells where to look.", examples.WAITING
        ),
        **problems(401, 403, 413, 415, 422, 429, 503),
    },
)
def ask_for_plan(
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    request: Annotated[PlanRequest, Body(openapi_examples=examples.REQUESTS)],
    worth: Annotated[
        bool,
        Query(description="Ask models that did not choose the plan what it is worth; a minute."),
    ] = True,
    key: Key = None,
) -> Response:
    """Ask for the moves that are best for the whole region; they are made meanwhile."""
    job = service.asked(region.store, caller, request, worth, key)
    found = answer(PLAN_JOB.json(job_in_words(job, language)), language)
    return accepted(found, ADDRESS, job)


@router.get(
    "",
    summary="Plans that were asked for",
    dependencies=[Depends(Needs(Scope.PLANS_READ))],
    responses={
        200: PLAN_JOBS.described(
            "A page, the latest first, without the plans themselves; `Link` leads to the next.",
            examples.PLAN_JOBS,
        ),
        **problems(401, 403, 422, 429, 503),
    },
)
def list_plans(
    request: Request,
    region: Served,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return plans that were asked for and what has become of them, the latest first."""
    page = service.latest(region.store, limit, cursor, language)
    return with_next(request, answer(PLAN_JOBS.json(page), language), page.next_cursor)


@router.get(
    "/{plan_id}",
    summary="A plan, or how far it is",
    dependencies=[Depends(Needs(Scope.PLANS_READ))],
    responses={
        200: PLAN_JOB.described(
            "What has become of it; `Retry-After` while it is not over.",
            examples.DONE,
            TAGGED,
        ),
        **UNCHANGED,
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def look_at_plan(
    plan_id: PlanId,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    known: Known = None,
) -> Response:
    """Return the plan once it is done; before that, how far it is; or why there is none."""
    job = service.looked_at(region.store, caller, plan_id, language)
    found = answer(PLAN_JOB.json(job), language)
    return unless_known(with_patience(found, job.state), known)


@router.post(
    "/{plan_id}/cancel",
    summary="Cancel a plan",
    dependencies=[Depends(Needs(Scope.PLANS_WRITE))],
    responses={
        200: PLAN_JOB.described("It is cancelled, for good.", examples.CANCELLED),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def cancel_plan(
    plan_id: PlanId, region: Served, caller: Caller, language: CallerLanguage, again: Again
) -> Response:
    """Cancel a plan that waits or is being made, at once; again changes nothing."""

    def told(job: Job) -> Response:
        return answer(PLAN_JOB.json(job_in_words(job, language)), language)

    return service.line(region.store).cancelled(caller, plan_id, again, told)


@router.delete(
    "/{plan_id}",
    status_code=204,
    summary="Delete a plan",
    dependencies=[Depends(Needs(Scope.PLANS_WRITE))],
    responses={
        204: {"description": "It is gone, with its files; its idempotency key is free again."},
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def delete_plan(plan_id: PlanId, caller: Caller, region: Served, again: Again) -> Response:
    """Delete a plan that is over: done, failed or cancelled.  That is on the trail."""
    return service.line(region.store).deleted(caller, plan_id, again)


@router.get(
    "/{plan_id}/certificate",
    summary="Whether a plan keeps what it says",
    dependencies=[Depends(Needs(Scope.PLANS_READ))],
    responses={
        200: CERTIFICATE.described("The checker's verdict, and its file.", examples.CERTIFICATE),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_certificate(plan_id: PlanId, region: Served, language: CallerLanguage) -> Response:
    """Return what a checker that knows nothing of the planner says of the plan's own file."""
    found = service.certificate(region.store, plan_id)
    return answer(CERTIFICATE.json(found), language)


@router.get(
    "/{plan_id}/certificate/{file_name}",
    summary="The plan's own file",
    dependencies=[Depends(Needs(Scope.PLANS_READ))],
    responses={
        200: {
            "description": "The whole question beside the answer, for `mutasi plan check FILE`.",
            "content": {JSON: {"schema": {"type": "object"}}},
        },
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def take_plan_file(
    plan_id: PlanId,
    file_name: Annotated[
        str,
        Path(
            description="`plan.json`, or as the certificate names that of another outcome.",
            pattern=r"^plan(\.[a-z0-9-]+)?\.json$",
            examples=["plan.json"],
        ),
    ],
    region: Served,
    caller: Caller,
    language: CallerLanguage,
) -> Response:
    """Return the file that holds the plan with its proof: ids, no names."""
    content = service.handed_out(region.store, caller, plan_id, file_name)
    return _attached(content, JSON, file_name.replace("plan", f"plan-{plan_id}", 1), language)


@router.get(
    "/{plan_id}/export",
    summary="A plan to hand on",
    dependencies=[Depends(Needs(Scope.PLANS_READ))],
    responses={
        200: {
            "description": "The plan as data, page, workbook of proposals, or its letters.",
            "content": {
                JSON: {"schema": {"type": "object"}},
                "text/html": {"schema": {"type": "string"}},
                MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def export_plan(
    plan_id: PlanId,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    wanted: Annotated[
        Format,
        Query(
            alias="format",
            description="`json` (all that is told of the plan), `html` (a page to read and "
            "print), `xlsx` (the moves in the columns of a proposal), `proposal` (the same as "
            "JSON) or `letters` (what the letter of each move needs). All hold names.",
        ),
    ] = "xlsx",
) -> Response:
    """Return the plan to be handed on; page and workbook in the language of the caller."""
    content = service.exported(region.store, caller, plan_id, wanted, language)
    name = f"plan-{plan_id}.{DATA.get(wanted, f'{language}.{wanted}')}"
    return _attached(content, MEDIA_TYPES[wanted], name, language)


def _attached(content: bytes, media_type: str, name: str, language: str) -> Response:
    found = answer(content, language)
    found.headers["Content-Type"] = media_type
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found.headers["Content-Security-Policy"] = PAGE_POLICY
    found.headers["X-Content-Type-Options"] = "nosniff"
    return found
