"""What an act on a proposal needs to be said, and what it leaves in the records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from models.recommender import Recommender
from mutasi.errors import (
    DayUnusable,
    EmployeeNotFound,
    FactMissing,
    OutcomeKnown,
    PositionFull,
    TooEarly,
)
from mutasi.store import placements
from mutasi.store.cases import Case
from mutasi.store.session import Work
from mutasi.vocabulary import Answer
from mutasi.workflow.deadlines import (
    due_on,
    last_assignment_day,
    objection_day,
    require_assignment,
)
from mutasi.workflow.proposals import Act, Stand, State
from serving.proposals.drafting import require_lawful
from serving.proposals.seats import LONGEST_NOTICE, seats_left
from serving.proposals.standing import done

LONGEST_WAIT: Final = timedelta(days=90)
"""How long an offer may wait for its answer."""


@dataclass(frozen=True)
class Context:
    """An act that is about to be done.

    Attributes:
        work: The unit of work.
        recommender: Judges, and knows the region.
        case: The proposal before it.
        stand: Where that stands.
        on: The day of the act.
        recorded_on: The day on which it is taken down: that of the act, or later.
        facts: What the act says; consequences may add to it.
    """

    work: Work
    recommender: Recommender
    case: Case
    stand: Stand
    on: date
    recorded_on: date
    facts: dict[str, Any]

    def nothing(self) -> None:
        """Do nothing: the act stands for itself."""

    def require(self, field: str, act: Act) -> None:
        """Refuse an act that does not say something.

        Raises:
            FactMissing: If it does not.
        """
        if self.facts.get(field) is None:
            raise FactMissing(act=act.value, field=field)

    def day(self, field: str, first: date, last: date) -> date:
        """Return a day that the act names.

        Raises:
            DayUnusable: If it is not one of those that may be named.
        """
        named = date.fromisoformat(self.facts[field])
        if not first <= named <= last:
            raise DayUnusable(field=field, day=named, first=first, last=last)
        return named

    @property
    def offer_id(self) -> str | None:
        """The id of the latest offer in the records; None if none was made, or none is kept."""
        made = done(self.case, Act.OFFER)
        return None if made is None or self.stand.until else _offer_id(self.case, made.version)


def _rejected(context: Context) -> None:
    context.require("reason", Act.REJECT_GIVING)


def _decided(context: Context) -> None:
    """Hold a decision to the law and to the seats that are left.

    Raises:
        FactMissing: If somebody is preferred to those whom the ranking has first, without a reason.
        PlacementUnlawful: If a rule blocks the placement by now.
        PositionFull: If others have the seats.
    """
    about, content = context.case.subject, context.case.content
    if content["band"] != 1 and content["plan_id"] is None:
        context.require("reason", Act.DECIDE)
    require_lawful(
        context.recommender,
        about.employee_id,
        about.position_id,
        is_own_request=content["is_own_request"],
    )
    snapshot, day = context.recommender.snapshot, context.recorded_on
    if seats_left(context.work, snapshot, about.position_id, day) <= 0:
        raise PositionFull(position_id=about.position_id)


def _overridden(context: Context) -> None:
    context.require("reason", Act.OVERRIDE)
    instead = context.facts.get("instead")
    if instead is not None:
        context.recommender.snapshot.employee_row(instead)
        if instead == context.case.subject.employee_id:
            raise EmployeeNotFound(employee_id=instead)


def _offered(context: Context) -> None:
    context.day("answer_by", context.recorded_on + timedelta(days=1), context.on + LONGEST_WAIT)
    if context.stand.until is None:
        about = context.case.subject
        offer_id = _offer_id(context.case, context.case.version + 1)
        placements.wait(context.work)
        placements.offered(context.work, offer_id, about.employee_id, about.position_id, context.on)


def _answered(answer: Answer) -> Callable[[Context], None]:
    def consequence(context: Context) -> None:
        if answer is Answer.REFUSED:
            context.require("reason", Act.REFUSE)
        if context.case.state == State.OBJECTED:
            _ruled("withdrawn")(context)
        if context.offer_id is not None:
            placements.wait(context.work)
            reason = context.facts.get("reason") if answer is Answer.REFUSED else None
            placements.answered(context.work, context.offer_id, answer, context.on, reason)

    return consequence


def _withdrawn(context: Context) -> None:
    if context.case.state == State.OFFERED:
        _answered(Answer.WITHDRAWN)(context)


def _executed(context: Context) -> None:
    """Record the move, or for how long somebody is lent.

    Raises:
        PlacementUnlawful: If a rule blocks the placement by now.
        DayUnusable: If the first day is before the move was accepted or ordered, or too far.
        AssignmentUnlawful: If somebody would be lent for too long.
    """
    about, content = context.case.subject, context.case.content
    started_on = context.day("started_on", context.stand.since, context.on + LONGEST_NOTICE)
    require_lawful(
        context.recommender,
        about.employee_id,
        about.position_id,
        is_own_request=content["is_own_request"],
    )
    placements.wait(context.work)
    who, where = about.employee_id, about.position_id
    if context.stand.until is not None:
        require_assignment(started_on, context.stand.until)
        until, known_on = context.stand.until, context.recorded_on
        placements.lent(context.work, who, where, started_on, until, known_on)
        return
    decided = done(context.case, Act.DECIDE)
    assert decided is not None, "nothing is executed that was not decided"
    placements.moved(
        context.work,
        who,
        where,
        decided.dated_on,
        started_on,
        context.recorded_on,
        context.offer_id,
    )


def _extended(context: Context) -> None:
    begun, until = context.stand.begun_on, context.stand.until
    assert begun is not None, "nobody is lent who was not executed"
    assert until is not None, "nobody is lent without end"
    first = until + timedelta(days=1)
    require_assignment(begun, max(first, date.fromisoformat(context.facts["until"])))
    _lasts_until(context, context.day("until", first, last_assignment_day(begun)))


def _ended(context: Context) -> None:
    """Record the last day of who was lent; of who had not begun, that it was called off."""
    begun = context.stand.begun_on
    assert begun is not None, "nobody is lent who was not executed"
    is_ahead = context.recorded_on < begun
    eve = context.recorded_on - timedelta(days=1)
    _lasts_until(context, eve if is_ahead else max(context.on, begun))


def _lasts_until(context: Context, until: date) -> None:
    about, begun = context.case.subject, context.stand.begun_on
    assert begun is not None, "nothing ends that was not executed"
    placements.wait(context.work)
    placements.lasts_until(context.work, about.employee_id, about.position_id, begun, until)


def _objected(context: Context) -> None:
    about = context.case.subject
    context.facts["is_late"] = context.on > objection_day(context.stand.since)
    placements.wait(context.work)
    placements.objected(
        context.work,
        about.employee_id,
        about.position_id,
        context.on,
        context.facts["grounds"],
    )


def _ruled(outcome: str) -> Callable[[Context], None]:
    def consequence(context: Context) -> None:
        about, made = context.case.subject, done(context.case, Act.OBJECT)
        assert made is not None, "nothing is ruled on that was not objected to"
        placements.wait(context.work)
        # What was known on the days before it was taken down stays what it was.
        day = context.recorded_on
        placements.ruled(context.work, about.employee_id, made.dated_on, outcome, day)

    return consequence


def _upheld(context: Context) -> None:
    """Record that an objection was right; who has moved has the former post back, if any."""
    _ruled("upheld")(context)
    if context.case.state != State.CONTESTED:
        return
    about, begun = context.case.subject, context.stand.begun_on
    assert begun is not None, "nothing is reversed that was not executed"
    placements.annulled(
        context.work,
        about.employee_id,
        about.position_id,
        begun,
        context.recorded_on,
        had_post=context.stand.until is None and about.origin_position_id is not None,
    )


def _offer_id(case: Case, version: int) -> str:
    return f"{case.case_id}-{version}"


def _assessed(context: Context) -> None:
    """Record how somebody does in the new post.

    Raises:
        TooEarly: If the months are not over yet.
        OutcomeKnown: If it was told already, or another rating of the year is on record.
        DayUnusable: If the year is not one that lies wholly in the new post.
    """
    begun, facts = context.stand.begun_on, context.facts
    assert begun is not None, "nothing comes of a move that was not executed"
    due = due_on(begun, facts["months"])
    if context.on < due:
        raise TooEarly(
            case_id=context.case.case_id,
            state=context.case.state,
            act=Act.ASSESS.value,
            on=context.on.isoformat(),
            after=(due - timedelta(days=1)).isoformat(),
        )
    for event in context.case.events:
        if event.act == Act.ASSESS and event.facts["months"] == facts["months"]:
            raise OutcomeKnown(case_id=context.case.case_id, months=facts["months"])
    who = context.case.subject.employee_id
    placements.wait(context.work)
    placements.reviewed(
        context.work, who, begun, due, facts["results"], facts["behaviour"], context.on
    )
    if "year" in facts:
        first = date(begun.year + (begun > date(begun.year, 1, 1)), 1, 1)
        year = date(facts["year"], 1, 1)
        if not first <= year <= date(context.on.year - 1, 1, 1):
            last = date(context.on.year - 1, 1, 1)
            raise DayUnusable(field="year", day=year, first=first, last=last)
        placements.appraised(
            context.work, who, facts["year"], facts["results"], facts["behaviour"], context.on
        )


CONSEQUENCES: Final[dict[Act, Callable[[Context], None]]] = {
    Act.REJECT_GIVING: _rejected,
    Act.REJECT_RECEIVING: _rejected,
    Act.DECIDE: _decided,
    Act.OVERRIDE: _overridden,
    Act.OFFER: _offered,
    Act.ACCEPT: _answered(Answer.ACCEPTED),
    Act.REFUSE: _answered(Answer.REFUSED),
    Act.WITHDRAW: _withdrawn,
    Act.EXECUTE: _executed,
    Act.EXTEND: _extended,
    Act.END: _ended,
    Act.OBJECT: _objected,
    Act.TAKE_BACK: _ruled("withdrawn"),
    Act.DISMISS: _ruled("dismissed"),
    Act.UPHOLD: _upheld,
    Act.ASSESS: _assessed,
}
"""What acts leave besides their event; of those that are not here, nothing."""
