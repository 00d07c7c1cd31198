"""What is done about proposals: by whom, in order, on record and in the records."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.recommender import Recommender
from mutasi.authority import Principal, Reach
from mutasi.errors import (
    AnswersThemself,
    CaseNotFound,
    FactMissing,
    OfficeMissing,
    SourceOther,
)
from mutasi.store import accounts, cases
from mutasi.store.cases import Case, Done, Kind, Subject
from mutasi.store.session import Work
from mutasi.visibility import require_within, units_within
from mutasi.workflow import applications
from mutasi.workflow.deadlines import day_of, latest_day, require_assignment
from mutasi.workflow.offices import (
    Office,
    require_disinterest,
    require_person,
    require_second,
)
from mutasi.workflow.proposals import GOING, Act, State, following
from mutasi.workflow.reasons import Purpose
from mutasi.workflow.steps import require_fresh, require_order
from serving.proposals.bodies import Draft
from serving.proposals.consequences import CONSEQUENCES, Context
from serving.proposals.drafting import content_of
from serving.proposals.sources import require_sources
from serving.proposals.standing import stand_of

KIND = Kind.PROPOSAL

OF_A_LETTER: Final = frozenset({Act.CONSENT, Act.DENY})
"""Acts that bear the day of an authority's letter, which may have been long under way."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and when.

    Attributes:
        caller: Who.
        reach: Whom the scope of the route extends to.
        moment: Seconds since 1970 UTC.
        version: The version of the case that they last saw; None if they do not say.
        is_scribe: Whether they take down what the employee did on paper.
    """

    caller: Principal
    reach: Reach
    moment: int
    version: int | None = None
    is_scribe: bool = False


def propose(work: Work, recommender: Recommender, actor: Actor, draft: Draft) -> Case:
    """Make a proposal.

    Args:
        work: The unit of work, of the queue of cases.
        recommender: Judges and ranks.
        actor: Who proposes; a system may.
        draft: What is proposed.

    Raises:
        EmployeeNotFound: If there is no such employee, or not for this caller.
        PositionNotFound: If there is no such position.
        ConflictOfInterest: If somebody would propose themselves.
        PlacementUnlawful: If a rule blocks it.
        DatedAhead: If its day is in the future.
        DayUnusable: If its day lies long back.
        AssignmentUnlawful: If somebody would be lent for too long.
        CaseGoing: If there is a proposal for the person that is going on.
        NotFound: If the plan, receipt or application that is named is not there.
        Conflict: If it does not name the move, or is taken up already.
    """
    require_within(recommender.snapshot, actor.reach, draft.nip)
    require_disinterest(actor.caller, Office.PROPOSER, draft.nip)
    on = draft.dated_on or day_of(actor.moment)
    latest = latest_day(actor.moment)
    require_order("", on, date.min, latest)
    require_fresh(on, latest)
    if draft.until is not None:
        require_assignment(on, draft.until)
    own = draft.application_id is not None
    if own != (draft.purpose is Purpose.OWN_REQUEST):
        raise FactMissing(act=Act.PROPOSE.value, field="application_id" if not own else "purpose")
    require_sources(work, draft)
    content = content_of(recommender, draft, is_own_request=own)
    subject = Subject.of(recommender.snapshot, draft.nip, draft.position_id)
    if draft.application_id is not None:
        _take_up(work, actor, draft, draft.application_id, on)
    first = Done(Act.PROPOSE, State.PROPOSED, True, actor.caller.id, on, {})
    if subject.origin_unit_id is None:  # nobody gives
        first = Done(Act.PROPOSE, State.RELEASED, True, actor.caller.id, on, {})
    return cases.begin(work, KIND, subject, content, f"proposal {draft.nip}", first)


def act_on(
    work: Work,
    recommender: Recommender,
    actor: Actor,
    case_id: str,
    act: Act,
    dated_on: date | None,
    facts: dict[str, Any],
) -> Case:
    """Do something about a proposal, and return it as it is then.

    Args:
        work: The unit of work, of the queue of cases.
        recommender: Judges again, and knows the units.
        actor: Who acts; a person.
        case_id: The proposal.
        act: What is done.
        dated_on: Its day; today if it is not said.
        facts: What it says besides.

    Raises:
        CaseNotFound: If there is no such proposal, or not for this caller.
        Forbidden: If the act is not this caller's.
        CaseChanged: If the caller last saw another version.
        Conflict: If the act is out of order, or its day is; or if it is taken down from paper
            and the employee has an account.
        Invalid: If a fact is missing, or a day cannot be.
    """
    if act is not Act.ASSESS:
        require_person(actor.caller)
    case = cases.case(work, KIND, case_id)
    require_seen(recommender, actor.reach, case)
    cases.require_version(case, actor.version)
    last = case.events[-1].dated_on
    today = day_of(actor.moment)
    on = dated_on or max(last, today)
    stand = stand_of(case)
    step = following(case_id, State(case.state), stand, act, on)
    if actor.is_scribe:
        require_no_account(work, case)
    _require_office(recommender, actor, Office.PROPOSER if actor.is_scribe else step.by, case)
    latest = latest_day(actor.moment)
    require_order(case_id, on, last, latest)
    if act not in OF_A_LETTER and not actor.is_scribe:
        require_fresh(on, latest)
    if act in {Act.DECIDE, Act.OVERRIDE}:
        require_second(actor.caller, case.events[0].actor)
    context = Context(work, recommender, case, stand, on, max(on, today), facts)
    CONSEQUENCES.get(act, Context.nothing)(context)
    state = State(step.to)
    done = Done(act, state, state in GOING, actor.caller.id, on, context.facts)
    return cases.add(work, KIND, case, done)


def require_seen(recommender: Recommender, reach: Reach, case: Case) -> None:
    """Let pass who may see a proposal: of the region, their unit (giving or receiving), their own.

    Raises:
        CaseNotFound: If they may not.
    """
    about = case.subject
    if reach.is_whole or about.employee_id in reach.people:
        return
    if not {about.unit_id, about.origin_unit_id} & units_within(recommender.snapshot, reach):
        raise CaseNotFound(case_id=case.case_id)


def require_no_account(work: Work, case: Case) -> None:
    """Refuse to speak for somebody who can do so themself.

    Raises:
        AnswersThemself: If the employee has an account that is switched on.
    """
    if accounts.is_held(work, case.subject.employee_id):
        raise AnswersThemself(case_id=case.case_id)


def _require_office(recommender: Recommender, actor: Actor, office: Office, case: Case) -> None:
    """Refuse whose act it is not.

    Raises:
        ConflictOfInterest: If it is about themselves.
        OfficeMissing: If they head another unit, or are another employee.
    """
    about = case.subject
    require_disinterest(actor.caller, office, about.employee_id)
    holds = {
        Office.GIVING: lambda: (
            about.origin_unit_id in units_within(recommender.snapshot, actor.reach)
        ),
        Office.RECEIVING: lambda: about.unit_id in units_within(recommender.snapshot, actor.reach),
        Office.CONCERNED: lambda: actor.caller.employee_id == about.employee_id,
        Office.ASSESSOR: lambda: (
            actor.reach.is_whole or about.unit_id in units_within(recommender.snapshot, actor.reach)
        ),
    }
    if office in holds and not holds[office]():
        raise OfficeMissing(case_id=case.case_id, office=office.value)


def _take_up(work: Work, actor: Actor, draft: Draft, application_id: str, on: date) -> None:
    """Take up the employee's own application.

    Raises:
        CaseNotFound: If it is none, or another's.
        SourceOther: If it is for another position.
        CaseOver: If it is over.
    """
    found = cases.case(work, Kind.APPLICATION, application_id)
    if found.subject.employee_id != draft.nip:
        raise CaseNotFound(case_id=application_id)
    if found.subject.position_id != draft.position_id:
        raise SourceOther(source_id=application_id)
    state = applications.State(found.state)
    step = applications.following(application_id, state, applications.Act.TAKE_UP, on)
    require_order(application_id, on, found.events[-1].dated_on, latest_day(actor.moment))
    done = Done(step.act, step.to, False, actor.caller.id, on, {})
    cases.add(work, Kind.APPLICATION, found, done)
