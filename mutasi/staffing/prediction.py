"""Who will leave: by retirement, which is certain, and otherwise, at the region's own rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from mutasi.snapshot import Snapshot
from mutasi.staffing.balance import balance
from mutasi.staffing.grouping import By, Floats, Ints, Units, grouped
from mutasi.staffing.leaving import Rate, rate
from mutasi.staffing.service import (
    MONTHS_A_YEAR,
    Flow,
    Past,
    held,
    month_number,
    months_after,
    retirement_months,
)

RATE_YEARS = 5
"""Latest years that the rate of other leavings is learned from."""


NOW = ("needed", "filled", "shortage", "overdue", "undated")
THEN = ("due", "exposure", "missing", "opening")
"""Figures of a prediction that can be added."""


@dataclass(frozen=True, eq=False)
class Prediction:
    """What is expected of every position, made from what was known on a day.

    Attributes:
        day: The day.
        months: How far each horizon reaches.
        posts: One row a position: its identity (as ``balance``), ``needed``, ``filled``,
            ``shortage``, ``overdue`` (past the day of retirement, still on record),
            ``undated`` (no day of retirement known), and for each horizon N: ``due_N``
            (retire until then, the overdue too), ``exposure_N`` (years that the others
            will serve), ``missing_N`` (people missing then if only they leave and
            nobody comes, by the need known for then) and ``opening_N`` (needed places
            that fall vacant by it).
        units: The units that rows of ``posts`` name.
        rate: Of other leavings; None where the records cannot tell it.
    """

    day: date
    months: tuple[int, ...]
    posts: pd.DataFrame
    units: Units
    rate: Rate | None

    def by(self, by: By) -> pd.DataFrame:
        """Return the figures summed up, as ``grouped`` does.

        For each horizon N also ``others_N`` (expected leavings but for retirement) and
        the ends of the 90% interval of all leavings, ``low_N`` and ``high_N``; NaN
        without a rate.
        """
        return self._grouped(self.posts, by)

    def total(self) -> pd.DataFrame:
        """Return the figures of the whole region, one row."""
        return self._grouped(self.posts.assign(function=None), By.SECTOR)

    def _grouped(self, posts: pd.DataFrame, by: By) -> pd.DataFrame:
        then = [f"{name}_{months}" for months in self.months for name in THEN]
        found = grouped(posts, by, self.units, [*NOW, *then])
        for months in self.months:
            due = found[f"due_{months}"].to_numpy()
            others, low, high = expected(self.rate, found[f"exposure_{months}"].to_numpy())
            found[f"others_{months}"] = others
            found[f"low_{months}"], found[f"high_{months}"] = due + low, due + high
        return found


def expected(found: Rate | None, exposure: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the mean of other leavings and the ends of its interval; NaN without a rate."""
    if found is None:
        unknown = np.full(len(exposure), np.nan)
        return unknown, unknown, unknown
    return found.mean * exposure, *found.interval(exposure)


def predicted(past: Past, day: date, months: Sequence[int]) -> Prediction:
    """Return what was to be expected on a day, from what was known on it.

    Args:
        past: What was known when.
        day: The day.
        months: How far to look ahead, in months.
    """
    snapshot = past.at(day)
    units = Units.of(snapshot)
    posts = balance(snapshot, units)
    count = len(posts)
    holders = held(snapshot)
    employee = np.flatnonzero(holders >= 0)
    position = holders[employee]
    retires = retirement_months(snapshot, employee, position)

    def counted(mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Floats:
        return np.bincount(position[mask], minlength=count).astype(float)

    posts["overdue"] = counted(retires <= month_number(day))
    posts["undated"] = counted(np.isnan(retires))
    for ahead in months:
        then = months_after(day, ahead)
        due = counted(retires <= month_number(then))
        needed = _needed(snapshot, then)
        missing = np.nan_to_num(needed - (posts["filled"] - due)).clip(0)
        rises = (missing - posts["shortage"]).clip(0)
        posts[f"due_{ahead}"] = due
        posts[f"exposure_{ahead}"] = (posts["filled"] - due) * ahead / MONTHS_A_YEAR
        posts[f"missing_{ahead}"] = missing
        posts[f"opening_{ahead}"] = np.where(np.isnan(needed), due, rises)
    return Prediction(day, tuple(months), posts, units, _rate(past, day))


def _needed(snapshot: Snapshot, then: date) -> Floats:
    """Return what each position will need on a later day, as far as it is decided already."""
    columns = Snapshot(then, snapshot.tables).positions
    return np.where(columns["is_closed"], 0.0, columns["needed"])


def _rate(past: Past, day: date) -> Rate | None:
    days = past.whole_years(day, RATE_YEARS)
    flows = [past.flow(since, until) for until, since in pairwise(days)]
    return rate(flows)


def retirements(past: Past, day: date, years: int) -> pd.DataFrame:
    """Return how many of those in service retire in each year to come, by sector.

    Args:
        past: What was known when.
        day: The day.
        years: How many calendar years, that of the day included.

    Returns:
        ``year`` (``years`` of them; the overdue in the first), ``function`` (none =
        unknown) and ``people``; only where there are any.
    """
    snapshot = past.at(day)
    holders = held(snapshot)
    employee = np.flatnonzero(holders >= 0)
    month = retirement_months(snapshot, employee, holders[employee])
    year = np.maximum(1970 + month // MONTHS_A_YEAR, day.year)
    function = snapshot.positions["function"][holders[employee]]
    frame = pd.DataFrame({"year": year, "function": function})
    near = frame[frame["year"] < day.year + years].astype({"year": "int64"})
    return near.groupby(["year", "function"], dropna=False).size().reset_index(name="people")


def hindsight(past: Past, day: date, months: int, years: int) -> pd.DataFrame:
    """Return how predictions of earlier years fared, each made from what was known then.

    Args:
        past: What was known when.
        day: The last day on which it is known what came.
        months: How far each prediction looked ahead.
        years: How many predictions at most, a year apart.

    Returns:
        One row a prediction, the oldest first: ``day``; ``actual`` (people who left
        until ``months`` later), ``predicted``, ``low``, ``high`` (90%) and ``baseline``
        (those who left in as long a time before ``day``); ``due``, ``due_left`` (of
        them, who left); and the mean absolute errors over offices, ``office_error`` and
        ``office_baseline_error``.
    """
    rows = list(_tests(past, months_after(day, -months), months, years))
    return pd.DataFrame(rows[::-1], columns=list(HINDSIGHT))


HINDSIGHT = (
    "day",
    "actual",
    "predicted",
    "low",
    "high",
    "baseline",
    "due",
    "due_left",
    "office_error",
    "office_baseline_error",
)


def _tests(past: Past, last: date, months: int, years: int) -> Iterator[tuple[object, ...]]:
    """Yield the tests, the latest first, as far back as there is a past to predict from."""
    reach = past.whole_years(last, years + -(-months // MONTHS_A_YEAR))
    for day in reach[:years]:
        before = months_after(day, -months)
        made = predicted(past, day, (months,))
        if before < reach[-1] or made.rate is None:
            return
        yield _test(made, past.flow(day, months_after(day, months)), past.flow(before, day))


def _test(made: Prediction, came: Flow, earlier: Flow) -> tuple[object, ...]:
    """Return one prediction beside what came, and beside what had come before it."""
    months = made.months[0]
    posts = made.posts
    total = made.total().iloc[0]
    was = pd.Index(posts["position_id"]).get_indexer(pd.Index(earlier.position_id))
    office = made.units.office[posts["unit"].to_numpy()]
    mean = posts[f"due_{months}"] + expected(made.rate, posts[f"exposure_{months}"].to_numpy())[0]

    def by_office(position: Ints) -> Floats:
        return np.bincount(office[position], minlength=len(made.units.parent)).astype(float)

    actual = by_office(came.position[came.left])
    foreseen = np.bincount(office, mean, minlength=len(actual))
    there = np.unique(office)
    return (
        made.day,
        int(came.left.sum()),
        float(mean.sum()),
        float(total[f"low_{months}"]),
        float(total[f"high_{months}"]),
        int(earlier.left.sum()),
        int(came.due.sum()),
        int((came.due & came.left).sum()),
        float(np.abs(foreseen - actual)[there].mean()),
        float(np.abs(by_office(was[earlier.left]) - actual)[there].mean()),
    )
