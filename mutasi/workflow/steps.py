"""Steps: in which state whose act leads where, and between which days it may be done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Generic, TypeVar

from mutasi.errors import (
    CaseOver,
    DatedAhead,
    DatedBackwards,
    DayUnusable,
    DeadlinePassed,
    OutOfOrder,
    TooEarly,
)
from mutasi.workflow.offices import Office

MOST_BACK: Final = timedelta(days=7)
"""How far back the day of an act may lie when it is taken down."""

Stand = TypeVar("Stand")
"""Where a case stands: its state, and what days depend on."""


def always(_: object) -> bool:
    """Return that a step is open whatever came before."""
    return True


def never(_: object) -> None:
    """Return that no day limits a step."""


@dataclass(frozen=True)
class Step(Generic[Stand]):
    """A row of a table: a state, an act, and the state that follows.

    Attributes:
        state: In which state.
        act: What is done.
        to: What state follows.
        by: Whose act it is.
        when: Whether it is open, by where the case stands; one state and act may have
            several rows, of which at most one is open.
        after: The day after which it may be done.
        until: The last day on which it may be done.
    """

    state: StrEnum
    act: StrEnum
    to: StrEnum
    by: Office
    when: Callable[[Stand], bool] = always
    after: Callable[[Stand], date | None] = never
    until: Callable[[Stand], date | None] = never

    def is_open_on(self, stand: Stand, day: date) -> bool:
        """Return whether a day lies between those within which it may be done."""
        after, last = self.after(stand), self.until(stand)
        return (after is None or day > after) and (last is None or day <= last)


def open_steps(table: Iterable[Step[Stand]], state: StrEnum, stand: Stand) -> list[Step[Stand]]:
    """Return the steps that are open in a state, whatever the day."""
    return [step for step in table if step.state == state and step.when(stand)]


def step_of(
    table: Iterable[Step[Stand]], case_id: str, state: StrEnum, stand: Stand, act: StrEnum, on: date
) -> Step[Stand]:
    """Return the step that an act is, on a day.

    Args:
        table: All steps.
        case_id: What the case is known by.
        state: The present state.
        stand: Where the case stands.
        act: What is to be done.
        on: The day of the act.

    Raises:
        CaseOver: If nothing may be done any more.
        OutOfOrder: If the act is not open in this state; names those that are.
        TooEarly: If it is open later.
        DeadlinePassed: If its last day is over.
    """
    steps = open_steps(table, state, stand)
    if not steps:
        raise CaseOver(case_id=case_id, state=state.value)
    found = next((step for step in steps if step.act == act), None)
    if found is None:
        allowed = list(dict.fromkeys(step.act.value for step in steps))
        raise OutOfOrder(case_id=case_id, state=state.value, act=act.value, allowed=allowed)
    after, last = found.after(stand), found.until(stand)
    told = {"case_id": case_id, "state": state.value, "act": act.value, "on": on.isoformat()}
    if after is not None and on <= after:
        raise TooEarly(**told, after=after.isoformat())
    if last is not None and on > last:
        raise DeadlinePassed(**told, last=last.isoformat())
    return found


def require_fresh(on: date, today: date) -> None:
    """Refuse an act that is taken down long after its day: the employee's deadlines count from it.

    Args:
        on: The day of the act.
        today: The latest day that it can be anywhere in the country.

    Raises:
        DayUnusable: If it lies further back than :data:`MOST_BACK`.
    """
    first = today - MOST_BACK
    if on < first:
        raise DayUnusable(field="dated_on", day=on, first=first, last=today)


def require_order(case_id: str, on: date, last: date, today: date) -> None:
    """Refuse an act that is dated before the one before it, or ahead of the day.

    Args:
        case_id: What the case is known by.
        on: The day of the act.
        last: The day of the act before it.
        today: The latest day that it can be anywhere in the country.

    Raises:
        DatedBackwards: If it is dated before the last act.
        DatedAhead: If it is dated in the future.
    """
    if on > today:
        raise DatedAhead(on=on.isoformat(), today=today.isoformat())
    if on < last:
        raise DatedBackwards(case_id=case_id, on=on.isoformat(), last=last.isoformat())
