"""Deadlines: to object, in working days (*hari kerja*); of temporary assignments, in months."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from mutasi.errors import AssignmentUnlawful
from mutasi.rules import Law

EARLIEST: Final = date(2021, 8, 10)
"""Since when there are days to object within (PP 79/2021)."""


JAKARTA, JAYAPURA = timedelta(hours=7), timedelta(hours=9)
"""Ahead of UTC: the capital, and where the day begins first (Keppres 41/1987)."""

EPOCH: Final = date(1970, 1, 1)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def day_of(moment: int) -> date:
    """Return the day in the capital at a moment, in seconds since 1970 UTC.

    >>> day_of(1774890000), latest_day(1774890000)  # 30 March 2026, 17:00 UTC
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31))
    """
    return (datetime.fromtimestamp(moment, UTC) + JAKARTA).date()


def begin_of(day: date) -> int:
    """Return when a day begins in the capital, in seconds since 1970 UTC.

    >>> day_of(begin_of(date(2026, 3, 31))), day_of(begin_of(date(2026, 3, 31)) - 1)
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 30))
    """
    # Counted, because the first day of the calendar begins here before it does in UTC.
    return (day - EPOCH - JAKARTA) // SECOND


def between(since: date | None, until: date | None) -> tuple[int | None, int | None]:
    """Return when the first of some days begins in the capital, and when the last has ended.

    >>> between(date.min, date.max)
    (-62135622000, 253402275600)
    """
    return (
        None if since is None else begin_of(since),
        None if until is None else begin_of(until) + DAY // SECOND,
    )


def latest_day(moment: int) -> date:
    """Return the latest day that it is anywhere in the country at a moment."""
    return (datetime.fromtimestamp(moment, UTC) + JAYAPURA).date()


def working_days_after(day: date, count: int) -> date:
    """Return the working day that is some working days after a day, which does not count.

    Saturdays and Sundays are none; public holidays are not on record.

    >>> working_days_after(date(2026, 3, 27), 1)  # a Friday
    datetime.date(2026, 3, 30)
    """
    found: np.datetime64 = np.busday_offset(np.datetime64(day, "D"), count, roll="backward")
    return date.fromisoformat(str(found))


def objection_day(notice: date) -> date:
    """Return the last day for an objection that is told to the employee.

    Nobody who keeps it is late, because public holidays could only carry it further.
    """
    return working_days_after(notice, Law(max(notice, EARLIEST))("objection.working_days"))


def last_objection_day(notice: date) -> date:
    """Return the day until which an objection is taken down: as if there were many holidays.

    What comes between the two is marked as late; whether holidays excuse it is judged by
    whoever rules on it.
    """
    law = Law(max(notice, EARLIEST))
    return working_days_after(notice, law("objection.working_days") + law("objection.holidays"))


def require_assignment(since: date, until: date) -> None:
    """Refuse a temporary assignment that ends before it begins, or lasts too long.

    Args:
        since: The day from which it is counted.
        until: Its last day, extensions included.

    Raises:
        AssignmentUnlawful: If it does.
    """
    last = last_assignment_day(since)
    if not since < until <= last:
        reference = Law(since).entry("assignment.most_months")["reference"]
        raise AssignmentUnlawful(until=until, since=since, last=last, reference=reference)


def last_assignment_day(since: date) -> date:
    """Return the last day that a temporary assignment may have, extensions included."""
    return due_on(since, Law(since)("assignment.most_months"))


def due_on(begun_on: date, months: int) -> date:
    """Return the day from which it can be told how a move went after some months.

    >>> due_on(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    import pandas as pd

    day: date = (pd.Timestamp(begun_on) + pd.DateOffset(months=months)).date()
    return day
