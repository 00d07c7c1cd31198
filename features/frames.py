"""What features read besides the columns of employees and positions."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from features._feature import Array, Floats
from features.outcomes import t_points
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Assignment

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Stints:
    """Definitive postings, each a stay of one employee in one position.

    Attributes:
        employee: Rows of the employees.
        position: Rows of the positions.
        started_on: First days, ``datetime64[D]``.
        ended_on: Last days; the day of the snapshot where the stay lasts.
        years: Lengths up to the day of the snapshot.
        is_present: Whether the stay lasts.
        grade: Grade held when the stay began (the last one that was known to
            have begun by then), NaN if unknown.
    """

    employee: Array
    position: Array
    started_on: Array
    ended_on: Array
    years: Floats
    is_present: Array
    grade: Floats


def stints(snapshot: Snapshot) -> Stints:
    """Return the definitive postings that had begun by the day of a snapshot."""
    day = np.datetime64(snapshot.as_of, "D")
    table = snapshot.tables["postings"]
    started = days(table["started_on"])
    kept = (table["assignment"] == Assignment.DEFINITIVE).to_numpy() & (started <= day)
    started, ended = started[kept], days(table["ended_on"])[kept]
    lasting = np.isnat(ended)
    ended = np.where(lasting, day, ended)
    employee = table["employee"].to_numpy()[kept]
    return Stints(
        employee=employee,
        position=table["position"].to_numpy()[kept],
        started_on=started,
        ended_on=ended,
        years=(ended - started).astype(float) / DAYS_PER_YEAR,
        is_present=lasting,
        grade=_grade_at(snapshot, employee, started),
    )


@dataclass(frozen=True)
class Ratings:
    """Appraisals that say something, in order of year.

    Attributes:
        employee: Rows of the employees.
        year: Years judged.
        rating: T points (see ``features.outcomes``).
        rater: Equal raters have equal codes; -1 = unknown.
    """

    employee: Array
    year: Array
    rating: Floats
    rater: Array

    def where(self, kept: Array) -> "Ratings":
        """Return the ratings of a mask or of row numbers."""
        return Ratings(self.employee[kept], self.year[kept], self.rating[kept], self.rater[kept])


def ratings(snapshot: Snapshot) -> Ratings:
    """Return the appraisals that say something."""
    table = snapshot.tables["appraisals"]
    every = Ratings(
        employee=table["employee"].to_numpy(),
        year=table["year"].to_numpy().astype(np.int64),
        rating=t_points(table),
        rater=pd.factorize(table["rater"])[0],
    )
    order = np.argsort(every.year, kind="stable")
    return every.where(order[~np.isnan(every.rating[order])])


def days(column: "pd.Series[Any]") -> Array:
    """Return the dates of a column as ``datetime64[D]``."""
    return column.to_numpy("datetime64[s]").astype("datetime64[D]")


def _grade_at(snapshot: Snapshot, employee: Array, day: Array) -> Floats:
    grades = snapshot.tables["grades"]
    since = days(grades["since"]).astype(np.int64)
    span = 10**7
    keys = grades["employee"].to_numpy() * span + since
    order = np.argsort(keys)
    place = np.searchsorted(keys[order], employee * span + day.astype(np.int64), side="right") - 1
    row = np.append(order, -1)[place]
    own = (place >= 0) & (np.append(grades["employee"].to_numpy(), -1)[row] == employee)
    return np.where(own, np.append(grades["grade"].to_numpy(float), np.nan)[row], np.nan)
