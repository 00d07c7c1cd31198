"""Where a proposal stands, by its events."""

from collections.abc import Iterator
from datetime import date

from mutasi.store.cases import Case, Event
from mutasi.workflow.deadlines import objection_day
from mutasi.workflow.proposals import LASTING, Act, Stand, State, state_on

OBJECTIONABLE = (State.OFFERED, State.ORDERED, State.EXECUTED, State.LENT)
"""States in which the employee may object; the days count from the step that led there."""


def stand_of(case: Case) -> Stand:
    """Return where a proposal stands."""
    begun, answer_by, until = (_latest(case, name) for name in ("started_on", "answer_by", "until"))
    return Stand(
        since=_since(case.events),
        visited=frozenset(State(event.state) for event in case.events),
        is_outside=bool(case.content["authorities"]),
        answer_by=answer_by,
        begun_on=begun,
        until=until,
    )


def present_state(case: Case, day: date) -> State:
    """Return the state on a day."""
    return state_on(State(case.state), stand_of(case), day)


def object_by(case: Case) -> date | None:
    """Return the last day for an objection that is told; None where none can be made."""
    stand = stand_of(case)
    return objection_day(stand.since) if case.state in OBJECTIONABLE else None


def done(case: Case, *acts: Act) -> Event | None:
    """Return the last event that was one of some acts."""
    found = (event for event in reversed(case.events) if event.act in acts)
    return next(found, None)


def _since(events: tuple[Event, ...]) -> date:
    """Return the day of the step that led to the present state."""
    return next(event.dated_on for event in reversed(events) if event.act not in LASTING)


def _latest(case: Case, name: str) -> date | None:
    """Return the day that was said last, in the draft or by an act."""
    told = next(_said(case, name), None)
    return None if told is None else date.fromisoformat(told)


def _said(case: Case, name: str) -> Iterator[str]:
    for facts in (*(event.facts for event in reversed(case.events)), case.content):
        if facts.get(name):
            yield facts[name]
