"""Who serves where, who leaves and when: by the records, and by the law of retirement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.rules import Case, Law
from mutasi.rules.retirement import retirement_month
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import LEFT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

READ = frozenset({"units", "positions", "needs", "demands", "employees", "standings", "postings"})
"""Tables that staffing is about."""

CHANGES = (
    ("needs", "known_on"),
    ("postings", "known_on"),
    ("postings", "ended_on"),
    ("standings", "known_on"),
)
"""Columns that say when staffing changed."""

MONTHS_A_YEAR = 12


def held(snapshot: Snapshot) -> Ints:
    """Return the row of the post that each employee holds; -1 for who holds none or has left.

    Who is on leave or studies holds the post still.
    """
    return np.where(departed(snapshot), -1, snapshot.employees["position"]).astype(np.int64)


def departed(snapshot: Snapshot) -> Mask:
    """Return who has left by standing, but holds a post by a posting that nobody ended."""
    people = snapshot.employees
    gone: Mask = np.isin(people["standing_number"], [*map(int, LEFT)]) & (people["position"] >= 0)
    return gone


def retirement_months(snapshot: Snapshot, employees: Ints, positions: Ints) -> Floats:
    """Return the month on whose first day each employee retires from a post.

    Args:
        snapshot: What is known.
        employees: Rows of employees.
        positions: Rows of the posts that they hold.

    Returns:
        Months since January 1970; NaN where the day of birth is not known.
    """
    pairs = snapshot.pairs(employees, positions)
    case = Case(np.datetime64(snapshot.as_of, "D"), pairs.count, pairs.column)
    months: Floats = retirement_month(case, Law(snapshot.as_of))
    return months


def month_number(day: date) -> int:
    """Return the months from January 1970 to that of a day.

    >>> month_number(date(1971, 2, 28))
    13
    """
    return (day.year - 1970) * MONTHS_A_YEAR + day.month - 1


@dataclass(frozen=True, eq=False)
class Flow:
    """Who held a post on a day, and who of them had left at the end of a time.

    Attributes:
        position: Row of the post in the snapshot of the first day, one entry a holder.
        position_id: Its id.
        due: Retires within the time by law, or should have before it.
        left: Serves no more at its end.
    """

    position: Ints
    position_id: NDArray[Any]
    due: Mask
    left: Mask


class Past:
    """What was known on the days before a snapshot; each is worked out once.

    Nothing that is asked about a day sees what became known after it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        tables = {
            name: frame if name in READ else frame.iloc[:0]
            for name, frame in snapshot.tables.items()
        }
        self._last = Snapshot(snapshot.as_of, tables)
        self.at = cache(self._last.rewound)
        self.flow = cache(self._flow)

    @property
    def last_change(self) -> date:
        """The last day on which a need, a posting or a standing is known to have changed."""
        days = [
            self._last.tables[table][column].max()
            for table, column in CHANGES
            if not self._last.tables[table][column].isna().all()
        ]
        return min(max(days).date(), self._last.as_of) if days else self._last.as_of

    def back(self, day: date, years: int) -> Iterator[date]:
        """Yield a day and the same day of earlier years, as far as the records reach.

        They reach to a day on which a need was known, or after which, within the
        year, somebody is known to have left.

        Args:
            day: The last day.
            years: How many earlier ones at most.
        """
        yield day
        for number in range(1, years + 1):
            earlier = months_after(day, -MONTHS_A_YEAR * number)
            later = months_after(day, -MONTHS_A_YEAR * (number - 1))
            if self.at(earlier).tables["needs"].empty and not self.flow(earlier, later).left.any():
                return
            yield earlier

    def whole_years(self, day: date, years: int) -> list[date]:
        """Return a day and the same day of earlier years, between which leavings are on record.

        Years before the first leaving say nothing, and the first with one may have
        begun before the records did: both are left out.

        Args:
            day: The last day.
            years: How many years at most.
        """
        days = list(self.back(day, years + 1))
        while len(days) > 1 and not self.flow(days[-1], days[-2]).left.any():
            days.pop()
        return days[:-1] or days

    def _flow(self, day: date, until: date) -> Flow:
        before, after = self.at(day), self.at(until)
        position = held(before)
        employee = np.flatnonzero(position >= 0)
        position = position[employee]
        ids = before.employees["employee_id"][employee]
        rows = pd.Index(after.employees["employee_id"]).get_indexer(pd.Index(ids))
        return Flow(
            position,
            before.positions["position_id"][position],
            due=retirement_months(before, employee, position) <= month_number(until),
            left=held(after)[rows] < 0,
        )


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month if it has no such day.

    >>> months_after(date(2024, 2, 29), 12), months_after(date(2025, 3, 31), -1)
    (datetime.date(2025, 2, 28), datetime.date(2025, 2, 28))
    """
    month = np.datetime64(day, "M") + months
    into_month = np.datetime64(day, "D") - np.datetime64(day, "M").astype("datetime64[D]")
    last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    found: date = min(month.astype("datetime64[D]") + into_month, last).item()
    return found
