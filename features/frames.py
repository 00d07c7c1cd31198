"""What features read besides the columns of employees and positions."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from features._feature import Array, Floats
from features.points import t_points
from mutasi import state
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Assignment

if TYPE_CHECKING:
    import pandas as pd

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
    """Return the definitive postings that had begun by the day of a snapshot.

    One that nobody closed although a later one began has ended on its eve. A post that
    somebody has back because a move was annulled is one stay, and the move none.
    """
    day = np.datetime64(snapshot.as_of, "D")
    table = snapshot.tables["postings"]
    started, counts = state.in_effect(snapshot.tables)
    kept = (table["assignment"] == Assignment.DEFINITIVE).to_numpy() & (started <= day) & counts
    started, ended = started[kept], days(table["ended_on"])[kept]
    employee = table["employee"].to_numpy()[kept]
    ended = np.where(np.isnat(ended), _eve_of_next(employee, started), ended)
    lasting = np.isnat(ended)
    ended = np.where(lasting, day, ended)
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
        rating: T points (see ``features.points``).
        rater: Equal raters have equal codes; -1 = unknown.
        position: Rows of the positions held at the end of the year; -1 = unknown.
        known_on: Days from which they were known, ``datetime64[D]``.
    """

    employee: Array
    year: Array
    rating: Floats
    rater: Array
    position: Array
    known_on: Array

    def where(self, kept: Array) -> "Ratings":
        """Return the ratings of a mask or of row numbers."""
        return Ratings(*(getattr(self, field.name)[kept] for field in fields(self)))


def moves_in_effect(snapshot: Snapshot) -> "pd.DataFrame":
    """Return the moves that took place: without those that were annulled."""
    import pandas as pd

    made, held = snapshot.tables["transfers"], snapshot.tables["postings"]
    key = ["employee", "position", "started_on"]
    void = held.loc[state.annulled(snapshot.tables), key]
    return made[~pd.MultiIndex.from_frame(made[key]).isin(pd.MultiIndex.from_frame(void))]


def ratings(snapshot: Snapshot) -> Ratings:
    """Return the appraisals that say something."""
    import pandas as pd

    table = snapshot.tables["appraisals"]
    employee = table["employee"].to_numpy()
    year = table["year"].to_numpy().astype(np.int64)
    every = Ratings(
        employee=employee,
        year=year,
        rating=t_points(table),
        rater=pd.factorize(table["rater"])[0],
        position=_held_at(stints(snapshot), employee, (year - 1969).astype("datetime64[Y]")),
        known_on=days(table["known_on"]),
    )
    order = np.argsort(every.year, kind="stable")
    return every.where(order[~np.isnan(every.rating[order])])


def days(column: "pd.Series[Any]") -> Array:
    """Return the dates of a column as ``datetime64[D]``."""
    return column.to_numpy("datetime64[s]").astype("datetime64[D]")


def _eve_of_next(employee: Array, started_on: Array) -> Array:
    """Return the day before the same employee's next later start; NaT if there is none."""
    order = np.lexsort((started_on, employee))
    who, start = employee[order], started_on[order]
    later = np.full(len(order), np.datetime64("NaT", "D"))
    follows = (who[1:] == who[:-1]) & (start[1:] > start[:-1])
    later[:-1][follows] = start[1:][follows] - 1
    found = np.empty_like(later)
    found[order] = later
    return found


def _held_at(held: Stints, employee: Array, day: Array) -> Array:
    """Return the position of each employee's last stay that began before a day; -1 if none."""
    row = _last_row(held.employee, held.started_on, employee, day.astype("datetime64[D]") - 1)
    return np.asarray(np.append(held.position, -1)[row])


def _grade_at(snapshot: Snapshot, employee: Array, day: Array) -> Floats:
    grades = snapshot.tables["grades"]
    row = _last_row(grades["employee"].to_numpy(), days(grades["since"]), employee, day)
    return np.asarray(np.append(grades["grade"].to_numpy(float), np.nan)[row])


def _last_row(whose: Array, since: Array, employee: Array, day: Array) -> Array:
    """Return the row of each employee's last record that began by a day; -1 if there is none."""
    span = 10**7
    keys = whose * span + since.astype(np.int64)
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys[order], employee * span + day.astype(np.int64), side="right") - 1
    row = np.append(order, -1)[place]
    own = (place >= 0) & (np.append(whose, -1)[row] == employee)
    return np.where(own, row, -1)
