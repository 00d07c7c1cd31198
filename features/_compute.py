"""Compute features in the order of their needs.

What describes an employee or a position is computed once for a snapshot, what
describes a pair once for a question; training and serving come in by the same
door.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from features import (
    appraisal,
    competence,
    education,
    history,
    holders,
    location,
    moves,
    paths,
    track_record,
    workload,
)
from features._feature import Array, Feature, Floats, Grain, Tally
from features._panel import Block, Panel
from features.frames import Ratings, Stints, ratings, stints
from features.track_record import Apart, apart
from mutasi.snapshot import Rows, Snapshot

MODULES = (
    competence,
    education,
    history,
    appraisal,
    track_record,
    moves,
    location,
    workload,
    holders,
    paths,
)

FEATURES: dict[str, Feature] = {
    value.name: value
    for module in MODULES
    for value in (*vars(module).values(), *(holders.MADE if module is holders else ()))
    if isinstance(value, Feature)
}


class Prepared:
    """The features of one snapshot: columns kept, pairs computed when asked for.

    Args:
        snapshot: What was known on the day.
        kept: Columns that were computed before, by grain and name.

    Attributes:
        snapshot: What was known on the day.
    """

    def __init__(
        self, snapshot: Snapshot, kept: Mapping[tuple[Grain, str], Any] | None = None
    ) -> None:
        self.snapshot = snapshot
        self._kept = kept or {}
        self._columns: dict[tuple[Grain, str], Any] = {}
        self._panels: dict[tuple[str, ...], Panel] = {}

    def pairs(
        self,
        names: Sequence[str],
        employees: Rows,
        positions: Rows,
        given: Mapping[str, Array] | None = None,
    ) -> Floats:
        """Return features of pairs of an employee and a position.

        Args:
            names: The columns wanted, in the order wanted.
            employees: Rows of the employees; one row stands for all pairs.
            positions: Rows of the positions; one row stands for all pairs.
            given: Columns of the pairs that are not as recorded, by name; features
                that are computed from them follow.

        Returns:
            One row per pair and one column per name, float64, stored column
            after column; NaN = unknown.

        Raises:
            KeyError: If a name is not a feature.
        """
        wanted = tuple(names)
        if wanted not in self._panels:
            self._panels[wanted] = self._panel(wanted)
        return self._panels[wanted].matrix(employees, positions, given)

    def _panel(self, names: tuple[str, ...]) -> Panel:
        ordered: dict[str, Feature | None] = {}
        for name in names:
            _order(FEATURES[name].name, ordered)
        pairs = [each for each in ordered.values() if each and each.grain is Grain.PAIR]
        crosses = [each for each in ordered.values() if each and each.grain is Grain.CROSS]
        codes = dict.fromkeys(each.by for each in crosses if each.by is not None)
        alone = {**codes, **ordered}
        for each in (*pairs, *crosses):
            del alone[each.name]
        posts = [name for name in alone if self._is_position(name)]
        people = [name for name in alone if not self._is_position(name)]
        return Panel(
            names=names,
            people=Block({name: self.column(Grain.EMPLOYEE, name) for name in people}),
            posts=Block({name: self.column(Grain.POSITION, name) for name in posts}),
            tallies={each.name: self._tally(each) for each in crosses},
            steps=pairs,
        )

    def _tally(self, wanted: Feature) -> tuple[Tally | None, str]:
        assert wanted.by is not None, f"{wanted.name} says not by which code"
        return self.column(Grain.CROSS, wanted.name), wanted.by

    def column(self, grain: Grain, name: str) -> Any:
        """Return a whole column: of all employees, of all positions, or a tally of both.

        Raises:
            KeyError: If the grain has no such column.
        """
        key = (grain, name)
        if key in self._kept:
            return self._kept[key]
        if key not in self._columns:
            self._columns[key] = self._fresh_column(grain, name)
        return self._columns[key]

    def _fresh_column(self, grain: Grain, name: str) -> Any:
        wanted = FEATURES.get(name)
        if wanted is not None:
            return self._computed(wanted)
        if grain is Grain.POSITION:
            return self.snapshot.positions[name]
        if name.startswith("present_"):
            return self._present(name.removeprefix("present_"))
        return self.snapshot.employees[name]

    def _present(self, name: str) -> Array:
        if name in self.snapshot.positions:
            return self.snapshot.present(name)
        column = np.append(self.column(Grain.POSITION, name), np.nan)
        return np.asarray(column[self.snapshot.employees["position"]])

    def _computed(self, wanted: Feature) -> Any:
        """Compute a column; one that would be made from an empty table is absent."""
        tables = self.snapshot.tables
        if any(need in tables and tables[need].empty for need in wanted.needs):
            if wanted.grain is Grain.CROSS:
                return None
            table = "employees" if wanted.grain is Grain.EMPLOYEE else "positions"
            return np.full(len(tables[table]), np.nan)
        return wanted.compute(**{need: self._need(wanted.grain, need) for need in wanted.needs})

    def _need(self, grain: Grain, name: str) -> Any:
        if name in WHOLE:
            return WHOLE[name](self)
        if name in self.snapshot.tables:
            return self.snapshot.tables[name]
        return self.column(Grain.POSITION if grain is Grain.POSITION else Grain.EMPLOYEE, name)

    def _is_position(self, name: str) -> bool:
        wanted = FEATURES.get(name)
        return name in self.snapshot.positions if wanted is None else wanted.grain is Grain.POSITION

    @cached_property
    def stints(self) -> Stints:
        """The definitive postings up to the day."""
        return stints(self.snapshot)

    @cached_property
    def ratings(self) -> Ratings:
        """The appraisals that say something."""
        return ratings(self.snapshot)

    @cached_property
    def ratings_apart(self) -> Apart:
        """What the person, the post, the unit and the rater add to them."""
        return apart(self.ratings, self.snapshot.positions)


def _order(name: str, ordered: dict[str, Feature | None]) -> None:
    """Add a column and all that pairs need for it, what is needed first."""
    wanted = FEATURES.get(name)
    if wanted is not None and wanted.grain is Grain.PAIR:
        for need in wanted.needs:
            _order(need, ordered)
    ordered.setdefault(name, wanted)


WHOLE: dict[str, Callable[[Prepared], Any]] = {
    "as_of": lambda prepared: np.datetime64(prepared.snapshot.as_of, "D"),
    "stints": lambda prepared: prepared.stints,
    "ratings": lambda prepared: prepared.ratings,
    "ratings_apart": lambda prepared: prepared.ratings_apart,
    "posts": lambda prepared: prepared.snapshot.positions,
    "people": lambda prepared: prepared.snapshot.employees,
    "employees_count": lambda prepared: len(prepared.snapshot.tables["employees"]),
    "positions_count": lambda prepared: len(prepared.snapshot.tables["positions"]),
    "units_count": lambda prepared: len(prepared.snapshot.tables["units"]),
}
"""What a feature of a whole column may ask for besides columns and tables."""


def prepare(snapshot: Snapshot) -> Prepared:
    """Return the features of a snapshot, ready to be asked about pairs."""
    return Prepared(snapshot)
