"""Routes by which something is done about a proposal; each is a person's act."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from starlette.responses import Response

from models.recommender import Recommender
from mutasi.authority import Principal, Reach, Scope
from mutasi.store import cases, session
from mutasi.workflow.proposals import Act
from serving.areas import Area
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems
from serving.proposals import acting, bodies, examples
from serving.proposals.acting import Actor
from serving.proposals.endpoints import (
    ADDRESS,
    PROPOSAL,
    VERSION,
    ProposalId,
    told,
)
from serving.region import Region
from serving.repeating import Again, Repeatable
from serving.security import Caller, Needs, Reached

router = Area("proposals", prefix=ADDRESS)

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The `ETag` that the caller last saw: 409 if something was done since.",
        pattern=r'^("[0-9]{1,9}(-[0-9a-f]{16})?"|\*)$',
    ),
]


@dataclass(frozen=True)
class Stepping:
    """A request to do something about a proposal."""

    request: Request
    proposal_id: str
    region: Region
    recommender: Recommender
    actor: Actor
    language: str
    again: Repeatable

    def take_down(self, act: Act, body: bodies.OnPaper) -> Response:
        """Do for the employee what they did on paper."""
        return replace(self, actor=replace(self.actor, is_scribe=True)).do(act, body)

    def do(self, act: Act, body: bodies.Body) -> Response:
        """Do it, once, and return the proposal as it is then."""
        said = body.model_dump(mode="json", exclude={"dated_on", "verdict", "side", "answer"})
        facts = {name: value for name, value in said.items() if value is not None}

        def done(work: session.Work) -> Response:
            case = acting.act_on(
                work, self.recommender, self.actor, self.proposal_id, act, body.dated_on, facts
            )
            return told(case, self.request, self.language)

        asked = body.model_dump_json().encode()
        return self.again.once(self.region.store, cases.QUEUE, asked, done)


async def stepping(
    request: Request,
    proposal_id: ProposalId,
    caller: Caller,
    reach: Reached,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    again: Again,
    seen: IfMatch = None,
) -> Stepping:
    """Return what every such request has."""
    actor = _actor(request, caller, reach, seen)
    return Stepping(request, proposal_id, region, recommender, actor, language, again)


def _actor(request: Request, caller: Principal, reach: Reach, seen: str | None) -> Actor:
    version = None if seen in {None, "*"} else int(str(seen).strip('"').partition("-")[0])
    return Actor(caller, reach, request.app.state.clock(), version)


Doing = TypeVar("Doing", bound=Callable[..., Response])
Step = Annotated[Stepping, Depends(stepping)]


def _route(scope: Scope, place: str, summary: str) -> Callable[[Doing], Doing]:
    return router.post(
        f"/{{proposal_id}}/{place}",
        summary=summary,
        dependencies=[Depends(Needs(scope, narrows=True))],
        responses={
            200: PROPOSAL.described("It is done.", examples.OFFERED, VERSION),
            **problems(401, 403, 404, 409, 413, 415, 422, 429, 503),
        },
    )


@_route(Scope.PROPOSALS_APPROVE, "approval", "A unit agrees, or does not")
def approve(step: Step, body: bodies.Approval) -> Response:
    """Say for the unit that is left, or moved to, whether it agrees; its head's act."""
    return step.do(Act(f"{body.verdict}_{body.side}"), body)


@_route(Scope.PROPOSALS_WRITE, "consent", "An authority outside consents, or does not")
def consent(step: Step, body: bodies.Consent) -> Response:
    """Take down what the Governor, the Minister or BKN said of a move between governments."""
    return step.do(Act(body.verdict), body)


@_route(Scope.PROPOSALS_DECIDE, "decision", "The appointing officer decides")
def decide(step: Step, body: bodies.Decision) -> Response:
    """Accept the proposal, or override it with a reason; by somebody else than proposed it."""
    return step.do(Act.DECIDE if body.verdict == "accept" else Act.OVERRIDE, body)


@_route(Scope.PROPOSALS_WRITE, "offer", "Offer the post to the employee")
def offer(step: Step, body: bodies.Offer) -> Response:
    """Offer the post; again when the answer did not come, or was no."""
    return step.do(Act.OFFER, body)


@_route(Scope.OWN_CASES, "answer", "The employee answers the offer")
def give_answer(step: Step, body: bodies.Answer) -> Response:
    """Accept or refuse; the employee's own act. Who had objected and accepts takes that back."""
    return step.do(Act(body.answer), body)


@_route(Scope.PROPOSALS_WRITE, "answer/paper", "Take down an answer that came on paper")
def take_down_answer(step: Step, body: bodies.PaperAnswer) -> Response:
    """Take down the answer of an employee who has no account, with the paper's day and number."""
    return step.take_down(Act(body.answer), body)


@_route(Scope.PROPOSALS_DECIDE, "order", "Order a move that was not accepted")
def order(step: Step, body: bodies.Order) -> Response:
    """Want the move although the employee refused, or did not answer in time."""
    return step.do(Act.ORDER, body)


@_route(Scope.PROPOSALS_WRITE, "execution", "The move takes place")
def execute(step: Step, body: bodies.Execution) -> Response:
    """Take down the decree; the records have the move from then on."""
    return step.do(Act.EXECUTE, body)


@_route(Scope.PROPOSALS_WRITE, "extension", "Extend a temporary assignment")
def extend(step: Step, body: bodies.Extension) -> Response:
    """Let somebody be lent longer, as far as the law lets it."""
    return step.do(Act.EXTEND, body)


@_route(Scope.PROPOSALS_WRITE, "return", "End a temporary assignment early")
def end(step: Step, body: bodies.Return) -> Response:
    """End a temporary assignment before its last day; on its last day it ends by itself."""
    return step.do(Act.END, body)


@_route(Scope.OWN_CASES, "objection", "The employee objects")
def object_to(step: Step, body: bodies.Objection) -> Response:
    """Object to the offer, the order or the decree within its days; the employee's own act."""
    return step.do(Act.OBJECT, body)


@_route(Scope.PROPOSALS_WRITE, "objection/paper", "Take down an objection that came on paper")
def take_down_objection(step: Step, body: bodies.PaperObjection) -> Response:
    """Take down the objection of an employee who has no account; its day counts."""
    return step.take_down(Act.OBJECT, body)


@_route(Scope.OWN_CASES, "objection/withdrawal", "The employee takes an objection back")
def take_back(step: Step, body: bodies.TakingBack) -> Response:
    """Take back an objection to a move that took place; before it, accepting does."""
    return step.do(Act.TAKE_BACK, body)


@_route(Scope.PROPOSALS_DECIDE, "objection/ruling", "Rule on an objection")
def rule(step: Step, body: bodies.Ruling) -> Response:
    """Uphold an objection, so that nobody moves or who moved returns; or dismiss it."""
    return step.do(Act(body.verdict), body)


@_route(Scope.PROPOSALS_WRITE, "withdrawal", "Withdraw a proposal")
def withdraw(step: Step, body: bodies.Withdrawal) -> Response:
    """Withdraw a proposal of a move that has not taken place."""
    return step.do(Act.WITHDRAW, body)


@_route(Scope.OUTCOMES, "outcomes", "Tell what came of a move")
def assess(step: Step, body: bodies.Outcome) -> Response:
    """Tell how somebody does after 6, 12 or 24 months; the head there, or a system."""
    return step.do(Act.ASSESS, body)
