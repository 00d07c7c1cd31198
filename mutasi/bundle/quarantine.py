"""Rows that were not taken, and why."""

from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from typing import Any

import pandas as pd

from mutasi.bundle import parsing
from mutasi.bundle.rejected import Rejected, masked, shortened
from mutasi.vocabulary import columns

Place = Callable[[int], tuple[str, int]]
"""Tells the file of a labelled row, and its number as a person counts."""

Names = Callable[[int], Mapping[str, str]]
"""Tells what the source of a labelled row calls the fields of its table."""

REASONS = (
    "answered_before_offer",
    "answered_with_error",
    "appointed_before_birth",
    "cancelled_at_source",
    "cell_fault",
    "damaged_document",
    "deleted_at_source",
    "duplicate",
    "empty",
    "ended_before_start",
    "formula_without_value",
    "highest_below_lowest",
    "in_the_future",
    "invisible_character",
    "known_ahead",
    "nip_birth_date",
    "nip_lost_digits",
    "nip_not_18_digits",
    "no_day_of_entry",
    "not_a_boolean",
    "not_a_date",
    "not_a_number",
    "not_a_plain_value",
    "not_a_record",
    "not_a_whole_number",
    "number_became_day",
    "number_twice",
    "out_of_bounds",
    "own_ancestor",
    "repeated",
    "several_positions",
    "task_beside_bad_one",
    "time_unit_untold",
    "two_parents",
    "unknown_code",
    "unknown_period",
    "unknown_person",
    "unknown_reference",
    "wrong_number_of_fields",
)
"""Why a row may be quarantined; the catalogue has words for each."""


class Quarantine:
    """What is wrong with rows of one table.

    Attributes:
        rows: The labels of the rows that are bad.
    """

    def __init__(
        self,
        noun: type[Any],
        shown: pd.DataFrame,
        place: Place,
        names: Names = lambda _: {},
    ) -> None:
        """Open the quarantine of a table's rows.

        Args:
            noun: What the rows are.
            shown: The rows' text, one column a field, by label.
            place: Tells where a row stands.
            names: Tells what a row's source calls its fields, if it has own words for them.
        """
        self._table = noun.table
        self._shown = shown
        self._place = place
        self._names = names
        self._columns = {column.name: column for column in columns(noun)}
        self._found: list[Rejected] = []
        self._seen: set[tuple[int, str]] = set()
        self.rows: set[int] = set()

    def put(
        self, rows: Iterable[int], field: str, reason: str, expected: str | Iterable[str] = ""
    ) -> None:
        """Put rows into quarantine; a field of a row is only said once."""
        rows = list(rows)
        each = repeat(expected) if isinstance(expected, str) else expected
        values = self._values(rows, field)
        for row, value, wanted in zip(rows, values, each, strict=False):
            if (row, field) not in self._seen:
                self._seen.add((row, field))
                told = (self._names(row).get(field, field), value, reason, wanted, self._table)
                self._found.append(Rejected(*self._place(row), *told))
        self.rows.update(rows)

    def named(self, others: Iterable[int], rows: Iterable[int]) -> list[str]:
        """Return what other rows are called where they are held against these rows."""
        pairs = zip(map(self._place, others), map(self._place, rows), strict=True)
        return [
            str(number) if file == beside else f"{file}: {number}"
            for (file, number), (beside, _) in pairs
        ]

    def rejected(self) -> tuple[Rejected, ...]:
        """Return what is wrong, by row."""
        return tuple(sorted(self._found, key=lambda found: found.row))

    def kept(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a frame that are not in quarantine."""
        return frame[~frame.index.isin(list(self.rows))] if self.rows else frame

    def _values(self, rows: list[int], field: str) -> list[str]:
        """Return what stands in a field of each row, as it may be shown."""
        if field not in self._shown:
            return [""] * len(rows)
        said = self._shown[field].reindex(rows).fillna("").tolist()
        column = self._columns.get(field)  # a sheet may have columns that its table has not
        show = masked if column is not None and parsing.is_personal(column) else shortened
        return [show(value) for value in said]
