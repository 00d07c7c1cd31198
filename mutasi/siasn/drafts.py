"""Rows of SIASN on their way to a table: text by field, and what is known to be wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from mutasi.bundle.contract import NOUN_OF
from mutasi.siasn.gathering import NOT_PLAIN, Rows
from mutasi.siasn.values import identities, identity, is_nothing, read
from mutasi.vocabulary import columns

Texts = Mapping[str, "pd.Series[str]"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with rows, beside what the table's contract finds.

    Attributes:
        rows: Labels.
        field: The field, empty if it is about the whole row.
        reason: Code of the reason.
        expected: What may stand there.
    """

    rows: list[int]
    field: str
    reason: str
    expected: str = ""


@dataclass(frozen=True)
class Draft:
    """Rows on their way to a table.

    Attributes:
        table: The table.
        shown: Text, one column for each of the table's fields, by label.
        faults: What is wrong with them.
    """

    table: str
    shown: pd.DataFrame
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, table: str, index: Any, told: Texts) -> "Draft":
        """Return a draft of what is told; other fields are empty."""
        empty = pd.Series(None, index, dtype="str")
        names = [column.name for column in columns(NOUN_OF[table])]
        return cls(table, pd.DataFrame({name: told.get(name, empty) for name in names}, index))

    def blame(self, where: "pd.Series[bool]", field: str, reason: str, expected: str = "") -> None:
        """Say that something is wrong with rows."""
        if where.any():
            self.faults.append(Fault(where.index[where].tolist(), field, reason, expected))

    def keep(
        self, field: str, known: "pd.Series[str]", said: "pd.Series[str]", wanted: str
    ) -> None:
        """Fill a field with what is known; what was said and is not known stays, blamed."""
        self.shown[field] = known.fillna(said)
        self.blame(known.isna() & said.notna(), field, "unknown_code", wanted)


class People:
    """Who is meant: numbers of employees by SIASN's own ids of persons."""

    def __init__(self, gathered: Sequence[Rows]) -> None:
        """Learn the ids from all rows that tell both."""
        told: dict[str, str] = {}
        for rows in gathered:
            if {"idPns", "nipBaru"} <= set(rows.said):
                pairs = rows.said[["idPns", "nipBaru"]].dropna().drop_duplicates()
                names = identities(pairs["idPns"])
                told = dict(zip(names, pairs["nipBaru"], strict=True)) | told
        self._told = told

    def of(self, rows: Rows) -> "pd.Series[str]":
        """Return the number of the person of each row, missing where nobody knows."""
        said = rows.said["nipBaru"]
        return said.fillna(read(rows.said["idPns"], self._number))

    def _number(self, person: str) -> str | None:
        bare = person.strip()
        return bare if bare.isdigit() and len(bare) == 18 else self._told.get(identity(bare))


def draft(rows: Rows, people: People | None, **computed: "pd.Series[str]") -> Draft:
    """Return rows as records of their table.

    Fields that are not computed are as the resource's key says.

    Args:
        rows: What was gathered.
        people: Who is meant by a row; none where rows are not about people.
        computed: Fields that are worked out.
    """
    told = {name: rows.said[key] for name, key in rows.resource.feeds.items()}
    made = Draft.of(rows.resource.table, rows.said.index, {**told, **computed})
    if rows.faults:
        made.faults.extend(Fault([row], "", reason) for row, reason in rows.faults.items())
    if people is not None:
        number = people.of(rows)
        made.shown["employee_id"] = number
        made.blame(number.isna() & rows.said["idPns"].notna(), "employee_id", "unknown_person")
    deleted = rows.said["deletedAt"]
    made.blame(deleted.notna() & ~is_nothing(deleted), "", "deleted_at_source")
    for name in rows.resource.feeds:
        made.blame(made.shown[name] == NOT_PLAIN, name, "not_a_plain_value")
    return made
