"""What features read besides the columns of employees and positions."""

from dataclasses import dataclass

import numpy as np

from features._feature import Array, Floats
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
    started = table["started_on"].to_numpy("datetime64[s]").astype("datetime64[D]")
    kept = (table["assignment"] == Assignment.DEFINITIVE).to_numpy() & (started <= day)
    table, started = table[kept], started[kept]
    ended = table["ended_on"].to_numpy("datetime64[s]").astype("datetime64[D]")
    lasting = np.isnat(ended)
    ended = np.where(lasting, day, ended)
    employee = table["employee"].to_numpy()
    return Stints(
        employee=employee,
        position=table["position"].to_numpy(),
        started_on=started,
        ended_on=ended,
        years=(ended - started).astype(float) / DAYS_PER_YEAR,
        is_present=lasting,
        grade=_grade_at(snapshot, employee, started),
    )


def _grade_at(snapshot: Snapshot, employee: Array, day: Array) -> Floats:
    grades = snapshot.tables["grades"]
    since = grades["since"].to_numpy("datetime64[s]").astype("datetime64[D]").astype(np.int64)
    span = 10**7
    keys = grades["employee"].to_numpy() * span + since
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys[order], employee * span + day.astype(np.int64), side="right") - 1
    row = np.append(order, -1)[place]
    own = (place >= 0) & (np.append(grades["employee"].to_numpy(), -1)[row] == employee)
    return np.where(own, np.append(grades["grade"].to_numpy(float), np.nan)[row], np.nan)
