"""Whom a caller sees: the whole region, the people of a unit and of those below, or themselves."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mutasi.authority import Reach
from mutasi.errors import EmployeeNotFound
from mutasi.snapshot import Snapshot

Ints = NDArray[np.int64]


def rows_within(snapshot: Snapshot, reach: Reach) -> Ints | None:
    """Return the rows of the employees whom a reach extends to; None for everyone.

    Somebody belongs to the unit of the post that they hold.
    """
    return None if reach.is_whole else _rows(snapshot, reach)


def require_within(snapshot: Snapshot, reach: Reach, employee_id: str) -> None:
    """Let pass who may see this person.

    Raises:
        EmployeeNotFound: If there is no such person, or not for this caller: which of the
            two is not told.
    """
    row = snapshot.employee_row(employee_id)
    if not reach.is_whole and row not in _rows(snapshot, reach):
        raise EmployeeNotFound(employee_id=employee_id)


def widened(snapshot: Snapshot, reach: Reach) -> Reach:
    """Return the same reach, its units and those below them named one by one."""
    return replace(reach, units=units_within(snapshot, reach))


def units_within(snapshot: Snapshot, reach: Reach) -> frozenset[str]:
    """Return the ids of a reach's units and of those below them."""
    if not reach.units:
        return frozenset()
    return frozenset(snapshot.tables["units"]["unit_id"][_below(snapshot, reach.units)])


@lru_cache(maxsize=256)
def _rows(snapshot: Snapshot, reach: Reach) -> Ints:
    employees = snapshot.tables["employees"]["employee_id"]
    seen = employees.isin(reach.people).to_numpy()
    if reach.units:
        units = np.append(_below(snapshot, reach.units), False)  # the last: of no unit
        seen = seen | units[snapshot.present("unit")]
    return np.flatnonzero(seen)


def _below(snapshot: Snapshot, ids: frozenset[str]) -> NDArray[np.bool_]:
    """Return which units are among some, or below them."""
    units = snapshot.tables["units"]
    above = units["parent"].to_numpy()
    found: NDArray[np.bool_] = units["unit_id"].isin(ids).to_numpy()
    while True:
        more = found | np.append(found, False)[above]
        if (more == found).all():
            return found
        found = more
