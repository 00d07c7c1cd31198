"""Figures of positions summed up: by position, by unit up the tree, by sector."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.snapshot import Snapshot

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class By(StrEnum):
    """What figures are summed up by."""

    POSITION = "position"
    UNIT = "unit"
    SECTOR = "sector"


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a region as a tree.

    Attributes:
        names: Frame with ``unit_id`` and ``name``, one row a unit.
        parent: Row of the unit above; -1 at the top.
        depth: Units above it.
        circular: Rows of units that the records put below themselves; they count
            as standing at the top.
    """

    names: pd.DataFrame
    parent: Ints
    depth: Ints
    circular: Ints

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Return the units of a snapshot."""
        frame = snapshot.tables["units"]
        parent = frame["parent"].to_numpy(np.int64).copy()
        far = parent
        for _ in range(len(parent).bit_length()):
            far = np.append(far, -1)[far]
        circular = np.unique(far[far >= 0])
        parent[circular] = -1
        return cls(frame[["unit_id", "name"]], parent, _depth(parent), circular)

    @cached_property
    def _below(self) -> list[Ints]:
        """The units of each depth below the top, from the lowest up."""
        return [np.flatnonzero(self.depth == n) for n in range(self.depth.max(initial=0), 0, -1)]

    def with_those_below(self, own: Floats) -> Floats:
        """Return what each unit has with all units below it; shape ``(units, figures)``."""
        total = own.copy()
        for rows in self._below:
            np.add.at(total, self.parent[rows], total[rows])
        return total

    def strongest_above(self, own: Floats) -> Floats:
        """Return the largest value of each unit and of those above it; NaN where none has any."""
        found = own.copy()
        for rows in reversed(self._below):
            found[rows] = np.fmax(found[rows], found[self.parent[rows]])
        return found

    @cached_property
    def office(self) -> Ints:
        """The office that each unit is part of: a unit right below the only top, or a top."""
        least = int(np.count_nonzero(self.depth == 0) == 1)
        office: Ints = np.arange(len(self.parent))
        while (low := self.depth[office] > least).any():
            office[low] = self.parent[office[low]]
        return office


def _depth(parent: Ints) -> Ints:
    depth: Ints = np.zeros(len(parent), dtype=np.int64)
    above = parent
    while (above >= 0).any():
        depth += above >= 0
        above = np.append(parent, -1)[above]
    return depth


def grouped(posts: pd.DataFrame, by: By, units: Units, figures: Sequence[str]) -> pd.DataFrame:
    """Return figures of positions summed up.

    Args:
        posts: One row a position: ``position_id``, ``title``, ``unit`` (row), ``function``
            and the figures.
        by: Position, unit (each with all below it) or sector (function of government).
        units: The units that the rows of ``posts`` belong to.
        figures: Columns that can be added.

    Returns:
        One row a group: ``key`` (its id; none for posts of no known sector), ``name``
        (none for sectors, whose key says it), ``parent`` (id of the unit that a position
        belongs to, or that stands above a unit; else none), ``unit_name`` of a position,
        ``depth`` of a unit, and the figures.
    """
    values = posts[list(figures)].to_numpy(float)
    ids, names = (_padded(units.names[column]) for column in ("unit_id", "name"))
    if by is By.UNIT:
        own = np.zeros((len(units.parent), len(figures)))
        np.add.at(own, posts["unit"].to_numpy(), values)
        said: dict[str, Any] = {"key": ids[:-1], "name": names[:-1], "parent": ids[units.parent]}
        values, depth = units.with_those_below(own), units.depth
    elif by is By.SECTOR:
        number, sectors = pd.factorize(posts["function"], sort=True, use_na_sentinel=False)
        own = np.zeros((len(sectors), len(figures)))
        np.add.at(own, number, values)
        keys = pd.Series(sectors, dtype=object)
        said = {"key": keys.where(keys.notna(), None).to_numpy(), "name": None, "parent": None}
        values, depth = own, np.zeros(len(own), dtype=np.int64)
    else:
        unit = posts["unit"].to_numpy()
        said = {
            "key": posts["position_id"].to_numpy(object),
            "name": posts["title"].to_numpy(object),
            "parent": ids[unit],
        }
        depth = np.zeros(len(posts), dtype=np.int64)
    where = names[posts["unit"].to_numpy()] if by is By.POSITION else None
    index = np.arange(len(values))
    head = pd.DataFrame({**said, "unit_name": where, "depth": depth}, index=index)
    return pd.concat([head, pd.DataFrame(values, index, list(figures))], axis=1)


def _padded(column: "pd.Series[str]") -> NDArray[Any]:
    return np.append(column.to_numpy(object), np.array([None], dtype=object))
