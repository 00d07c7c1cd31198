"""Rows that were not taken, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pandas as pd

from mutasi.bundle import parsing
from mutasi.vocabulary import columns

LONGEST_SHOWN = 40
SHOWN_OF_PERSONAL = 3

REASONS = (
    "answered_before_offer",
    "appointed_before_birth",
    "duplicate",
    "empty",
    "ended_before_start",
    "highest_below_lowest",
    "nip_birth_date",
    "nip_lost_digits",
    "nip_not_18_digits",
    "no_day_of_entry",
    "not_a_boolean",
    "not_a_date",
    "not_a_number",
    "not_a_whole_number",
    "out_of_bounds",
    "unknown_code",
    "unknown_reference",
    "wrong_number_of_fields",
)
"""Why a row may be quarantined; the catalogue has words for each."""


@dataclass(frozen=True)
class Rejected:
    """One thing wrong with a row that was put into quarantine.

    Attributes:
        file: Name of the file.
        row: Number of the row as a person counts: the heading of a CSV is row
            1; the first record of a Parquet file is row 1.
        field: The field, empty if it is about the whole row.
        value: What stood there, shortened, masked if it identifies a person.
        reason: One of :data:`REASONS`.
        expected: What may stand there: bounds, codes, a table, another row.
    """

    file: str
    row: int
    field: str
    value: str
    reason: str
    expected: str


class Quarantine:
    """What is wrong with the rows of one file.

    Attributes:
        rows: The rows that are bad: labels of the file's frame.
    """

    def __init__(self, noun: type[Any], file: str, shown: pd.DataFrame) -> None:
        """Open the quarantine of a file.

        Args:
            noun: What the file's rows are.
            file: Name of the file.
            shown: The file's text, by row number as a person counts.
        """
        self._file = file
        self._shown = shown
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
                self._found.append(Rejected(self._file, row, field, value, reason, wanted))
        self.rows.update(rows)

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
        show = masked if parsing.is_personal(self._columns[field]) else shortened
        return [show(value) for value in said]


def shortened(value: str) -> str:
    """Return a value that is not too long to be shown."""
    return value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1]}…"


def masked(value: str) -> str:
    """Return a value that identifies a person so that it does not.

    >>> masked("198505172010011001"), masked("Siti")
    ('•••001', '•••')
    """
    if not value:
        return ""
    long = len(value) > 2 * SHOWN_OF_PERSONAL
    return f"•••{value[-SHOWN_OF_PERSONAL:]}" if long else "•••"
