"""The records of a snapshot, as checks look at them."""

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.rules import Law
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import ACTIVE, LEFT, Assignment

Mask = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEEPEST = 30
"""Units above a unit beyond which the chain is taken for a circle."""


class Records:
    """Columns and masks that several checks ask for, each made once.

    Attributes:
        snapshot: What is known.
        on: The day.
        law: The law of the day.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.on = np.datetime64(snapshot.as_of, "D")
        self.law = Law(snapshot.as_of)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the snapshot."""
        return self.snapshot.tables[name]

    def days(self, table: str, column: str) -> Days:
        """Return a column of days; NaT where there is none."""
        return self.table(table)[column].to_numpy("datetime64[s]").astype("datetime64[D]")

    def numbers(self, table: str, column: str) -> Floats:
        """Return a column of numbers; NaN where there is none."""
        return self.table(table)[column].to_numpy(float)

    def texts(self, table: str, column: str) -> NDArray[np.object_]:
        """Return a column of texts; None where there is none."""
        values = self.table(table)[column]
        texts: NDArray[np.object_] = values.to_numpy(object, copy=True)
        texts[values.isna().to_numpy(bool)] = None
        return texts

    def codes(self, table: str, reference: str) -> Ints:
        """Return the row numbers of what the rows of a table refer to; -1 for none."""
        return self.table(table)[reference].to_numpy(np.int64)

    def is_empty(self, table: str, column: str) -> Mask:
        """Return where a column is empty."""
        return self.table(table)[column].isna().to_numpy(bool)

    def person(self, table: str, column: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the employees for the rows of a table of records about them."""
        found: NDArray[Any] = column[self.codes(table, "employee")]
        return found

    def present(self, column: str) -> NDArray[Any]:
        """Return a column of the post that everyone holds now; empty for who holds none."""
        return self.snapshot.present(column)

    def has(self, table: str, reference: str = "employee", of: str = "employees") -> Mask:
        """Return of which rows of a table another holds records."""
        code = self.codes(table, reference)
        return np.bincount(code[code >= 0], minlength=len(self.table(of))) > 0

    @cached_property
    def people(self) -> Any:
        """Where everyone stands: :func:`mutasi.state.employees`."""
        return self.snapshot.employees

    @cached_property
    def posts(self) -> Any:
        """What every position is: :func:`mutasi.state.positions`."""
        return self.snapshot.positions

    @cached_property
    def has_left(self) -> Mask:
        """Who is no longer in service, by the legal standing."""
        return np.isin(self.people["standing"].astype(str), list(LEFT))

    @cached_property
    def serves(self) -> Mask:
        """Who is in service: holds a post or is active, and has not left."""
        held = (self.people["position"] >= 0) | (self.people["standing"] == ACTIVE)
        return np.asarray(held & ~self.has_left)

    @cached_property
    def is_contract(self) -> Mask:
        """Who is employed under contract (PPPK)."""
        return np.asarray(self.people["is_contract"] == 1)

    @cached_property
    def grade_bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest grade of each position: its own, or its rung's by law."""
        rung = self.texts("positions", "rung")
        bounds = []
        for own, legal in (("lowest_grade", "lowest"), ("highest_grade", "highest")):
            of_rung = self.law(f"grade.{legal}_of_rung")
            by_law = np.array([of_rung.get(each, np.nan) for each in rung], dtype=float)
            value = self.numbers("positions", own)
            bounds.append(np.where(np.isnan(value), by_law, value))
        return bounds[0], bounds[1]

    def in_use(self, table: str) -> Mask:
        """Return the rows of a table that placement now rests on.

        Of people those in service, of records about people those of such people,
        of positions those that are held or needed and not closed, of units those
        with such a position.
        """
        if table == "employees":
            return self.serves
        if table == "positions":
            return self._posts_in_use
        if table == "units":
            unit = self.codes("positions", "unit")[self._posts_in_use]
            return np.bincount(unit[unit >= 0], minlength=len(self.table("units"))) > 0
        code = self.codes(table, "employee")
        return np.append(self.serves, False)[code]

    @cached_property
    def _posts_in_use(self) -> Mask:
        used = (self.posts["filled"] > 0) | (self.posts["needed"] > 0)
        return np.asarray(used & ~self.posts["is_closed"])

    @cached_property
    def is_definitive(self) -> Mask:
        """Which postings are definitive."""
        return (self.table("postings")["assignment"] == Assignment.DEFINITIVE).to_numpy(bool)

    @cached_property
    def roots(self) -> Ints:
        """The uppermost unit above each unit; -1 where the chain is a circle."""
        return self._climbed(stop=0)

    @cached_property
    def offices(self) -> Ints:
        """The unit just below the uppermost one above each unit (*perangkat daerah*).

        The uppermost is its own; so is a unit whose chain is a circle.
        """
        found = self._climbed(stop=1)
        return np.where(found < 0, np.arange(len(found)), found)

    @cached_property
    def circles(self) -> Mask:
        """Which units are above themselves."""
        above = np.append(self.codes("units", "parent"), -1)
        at = np.arange(len(above) - 1)
        for _ in range(DEEPEST):
            at = np.where(above[at] >= 0, above[at], at)
        found = np.zeros(len(at), dtype=bool)
        found[at[above[at] >= 0]] = True
        return found

    def _climbed(self, stop: int) -> Ints:
        """Return the unit at the uppermost, or one step below it; -1 in a circle."""
        above = self.codes("units", "parent")
        padded = np.append(above, -1)
        at = np.arange(len(above))
        ahead = padded if stop == 0 else np.append(padded, -1)[padded]
        for _ in range(DEEPEST):
            at = np.where(ahead[at] >= 0, padded[at], at)
        return np.where(ahead[at] >= 0, -1, at)

    def unit_of(self, table: str) -> Ints:
        """Return the unit that the rows of a table concern; -1 where there is none.

        A record about a person concerns the unit of the present post.
        """
        columns = self.table(table).columns
        if table == "units":
            return np.arange(len(self.table(table)))
        if "unit" in columns:
            return self.codes(table, "unit")
        place = np.append(self.codes("positions", "unit"), -1)
        if "employee" in columns or table == "employees":
            unit = place[self.people["position"]]
            return (
                unit if table == "employees" else np.append(unit, -1)[self.codes(table, "employee")]
            )
        return place[self.codes(table, "position")]
