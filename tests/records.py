"""Make records for tests by saying only what matters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from mutasi.snapshot import Snapshot
from mutasi.vocabulary import NOUNS, columns

LONG_AGO = date(1990, 1, 1)

TODAY = date(2026, 6, 1)
"""The day on which tests read files."""

DEFAULTS: dict[str, dict[str, Any]] = {
    "units": {"name": "Unit", "region": "R", "is_remote": False},
    "positions": {"unit_id": "U1", "title": "Post"},
    "employees": {"region": "R", "appointed_on": date(2010, 1, 1)},
    "postings": {"assignment": "D"},
    "appraisals": {"scheme": "skp_2011"},
    "trainings": {"title": "Training", "kind": "technical"},
    "sanctions": {"severity": "R"},
}
NATURAL_DAY = (
    "started_on",
    "since",
    "completed_on",
    "assessed_on",
    "graduated_on",
    "offered_on",
    "decided_on",
    "appointed_on",
)


def frames(**tables: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return one frame per noun from rows that say only some fields.

    A record is known from its natural day unless it says otherwise; an appraisal
    from 1 March of the next year.
    """
    return {
        noun.table: pd.DataFrame(
            [_filled(noun, row) for row in tables[noun.table]],
            columns=[column.name for column in columns(noun)],
        )
        for noun in NOUNS
        if noun.table in tables
    }


def snapshot(as_of: date, **tables: list[dict[str, Any]]) -> Snapshot:
    """Return a snapshot of rows that say only some fields."""
    return Snapshot.of(as_of, frames(**tables))


def _filled(noun: type[Any], said: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: None for column in columns(noun)}
    row |= DEFAULTS.get(noun.table, {})
    row |= said
    if "known_on" not in said:
        days = [row[name] for name in NATURAL_DAY if row.get(name) is not None]
        row["known_on"] = days[0] if days else LONG_AGO
        if noun.table == "appraisals":
            row["known_on"] = date(row["year"] + 1, 3, 1)
    return row
