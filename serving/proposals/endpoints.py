"""Routes of proposals: made, listed, looked at.  What is done about them: ``steps``."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from mutasi.authority import Scope
from mutasi.store import cases, session
from mutasi.store.cases import TRAILED, Case
from mutasi.visibility import widened
from mutasi.workflow.deadlines import day_of
from mutasi.workflow.proposals import State
from serving.answers import UNCHANGED, Known, Shape, answer, unless_known, with_next, with_version
from serving.areas import Area
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.proposals import acting, examples, looking
from serving.proposals.acting import KIND, Actor
from serving.proposals.bodies import Draft
from serving.proposals.letter_page import page
from serving.proposals.letters import letter_about
from serving.proposals.outcomes import Outcomes, outcomes_of
from serving.proposals.schemas import Proposal, Proposals
from serving.proposals.wording import proposal_in_words
from serving.repeating import Again
from serving.security import Caller, Needs, Reached
from serving.trail import tell_read

ADDRESS = "/v1/proposals"
router = Area("proposals", prefix=ADDRESS)

PROPOSAL = Shape(Proposal)
PROPOSALS = Shape(Proposals)
OUTCOMES = Shape(Outcomes)

ProposalId = Annotated[
    str,
    Path(
        description="Of the proposal.",
        pattern=r"^[0-9a-f]{24}$",
        examples=[examples.PROPOSAL_ID],
    ),
]
VERSION: dict[str, Any] = {
    "ETag": {
        "description": "For `If-Match` and `If-None-Match`; begins with its version.",
        "schema": {"type": "string"},
    }
}


PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
PDF, HTML = "application/pdf", "text/html; charset=utf-8"


def told(case: Case, request: Request, language: str) -> Response:
    """Return a proposal as it stands today; its ETag begins with its version."""
    day, reach = day_of(request.app.state.clock()), request.state.reach
    shown = proposal_in_words(case, day, language, tells_others=reach.is_whole)
    return with_version(answer(PROPOSAL.json(shown), language), case.version)


def seen(
    proposal_id: ProposalId,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
) -> Case:
    """Return a proposal that the caller may see; that they did is on the trail first.

    Raises:
        CaseNotFound: If there is none, or not for this caller.
    """
    with session.reading(region.store.engine) as work:
        case = cases.case(work, KIND, proposal_id)
    acting.require_seen(recommender, reach, case)
    tell_read(region.store, caller, TRAILED[KIND], [case.case_id])
    return case


Seen = Annotated[Case, Depends(seen)]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    summary="Propose a move",
    dependencies=[Depends(Needs(Scope.PROPOSALS_WRITE, narrows=True))],
    responses={
        201: PROPOSAL.described(
            "It is proposed; `Location` tells where it is.",
            examples.PROPOSED,
        ),
        **problems(401, 403, 404, 409, 413, 415, 422, 429, 503),
    },
)
def propose(
    request: Request,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    again: Again,
    draft: Draft,
) -> Response:
    """Propose that somebody moves, or is lent for a time; the law is asked at once.

    How the ranking has the person is kept with the proposal, with the reasons.
    """
    actor = Actor(caller, reach, request.app.state.clock())

    def done(work: session.Work) -> Response:
        case = acting.propose(work, recommender, actor, draft)
        found = told(case, request, language)
        found.status_code = HTTPStatus.CREATED
        found.headers["Location"] = f"{ADDRESS}/{case.case_id}"
        return found

    return again.once(region.store, cases.QUEUE, draft.model_dump_json().encode(), done)


@router.get(
    "",
    summary="Proposals",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    responses={
        200: PROPOSALS.described(
            "A page, the latest first; `Link` leads to the next.",
            examples.PROPOSALS,
        ),
        **problems(401, 403, 409, 422, 429, 503),
    },
)
def list_proposals(
    request: Request,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
    state: Annotated[
        list[State] | None, Query(description="Only in these states; `expired` is `lent` here.")
    ] = None,
) -> Response:
    """Return proposals, the latest first: of the region, of one's unit, or about oneself."""
    day = day_of(request.app.state.clock())
    among = widened(recommender.snapshot, reach)
    page = looking.latest(region.store, among, limit, cursor, state or [], day, language)
    tell_read(region.store, caller, TRAILED[KIND], [each.proposal_id for each in page.proposals])
    return with_next(request, answer(PROPOSALS.json(page), language), page.next_cursor)


@router.get(
    "/{proposal_id}",
    summary="A proposal",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    responses={
        200: PROPOSAL.described("What has become of it.", examples.OFFERED, VERSION),
        **UNCHANGED,
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_proposal(
    request: Request, case: Seen, language: CallerLanguage, known: Known = None
) -> Response:
    """Return a proposal with everything that was done about it, and what may be done now."""
    return unless_known(told(case, request, language), known)


@router.get(
    "/{proposal_id}/outcomes",
    summary="What came of a move",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    responses={
        200: OUTCOMES.described(
            "After 6, 12 and 24 months; beside prediction and people alike who stayed.",
            examples.OUTCOMES,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_outcomes(
    request: Request, case: Seen, recommender: Ready, language: CallerLanguage
) -> Response:
    """Return what came of a move, and whether that was as predicted, and effective."""
    day = day_of(request.app.state.clock())
    found = outcomes_of(case, recommender, day, language)
    return answer(OUTCOMES.json(found), language)


@router.get(
    "/{proposal_id}/letter",
    summary="The letter to the employee",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    response_class=Response,
    responses={
        200: {
            "description": "The letter: a page, or with `Accept: application/pdf` a PDF.",
            "content": {
                "text/html": {"schema": {"type": "string"}},
                PDF: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def read_letter(request: Request, case: Seen, language: CallerLanguage) -> Response:
    """Return what the employee is told: what for, why, what it brings, support and rights."""
    wanted = request.headers.get("accept", "")
    return _letter(case, language, as_pdf=PDF in wanted and "text/html" not in wanted)


@router.get(
    "/{proposal_id}/letter.pdf",
    summary="The letter to the employee, to print",
    dependencies=[Depends(Needs(Scope.PROPOSALS_READ, narrows=True))],
    response_class=Response,
    responses={
        200: {
            "description": "The letter as PDF.",
            "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def print_letter(case: Seen, language: CallerLanguage) -> Response:
    """Return the letter as PDF: the same text as the page."""
    return _letter(case, language, as_pdf=True)


def _letter(case: Case, language: str, *, as_pdf: bool) -> Response:
    letter = letter_about(case, language)
    if as_pdf:
        from serving.proposals.letter_pdf import pdf  # noqa: PLC0415  # a page needs no reportlab

        found = answer(pdf(letter), language)
        name = f"surat-{case.case_id}.pdf"
        found.headers["Content-Disposition"] = f'inline; filename="{name}"'
    else:
        found = answer(page(letter), language)
        found.headers["Content-Security-Policy"] = PAGE_POLICY
    found.headers["Content-Type"] = PDF if as_pdf else HTML
    found.headers["Vary"] = "Accept, Accept-Language"
    return found
