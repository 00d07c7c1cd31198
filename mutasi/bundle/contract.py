"""What the files of a bundle must be: contracts derived from the vocabulary."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from mutasi.vocabulary import NOUNS, Column, columns

REQUIRED = ("units", "positions", "employees", "postings")
"""Tables of every bundle that begins a region; the others may be absent."""

LONG_AGO = date(1900, 1, 1)
"""Since when units and positions are known, where nothing says otherwise."""

EARLIEST, LATEST = pd.Timestamp("1900-01-01"), pd.Timestamp("2100-12-31")
"""Days outside these are slips of the keyboard."""

GRACE = pd.Timedelta(days=366)
"""How long after the day of the files a record may begin: what is decided already."""

NATURAL_DAY = {
    "needs": "since",
    "demands": "since",
    "employees": "appointed_on",
    "standings": "since",
    "grades": "since",
    "residences": "since",
    "postings": "started_on",
    "reviews": "ended_on",
    "educations": "graduated_on",
    "trainings": "completed_on",
    "assessments": "assessed_on",
    "potentials": "assessed_on",
    "sanctions": "decided_on",
    "credits": "decided_on",
    "awards": "awarded_on",
    "merit_indices": "measured_on",
    "circumstances": "since",
    "offers": "offered_on",
    "transfers": "decided_on",
    "objections": "objected_on",
}
"""The field from which a record is known, where ``known_on`` is empty."""

ORDERED = {
    "blackouts": (("since", "until", "ended_before_start"),),
    "demands": (("since", "until", "ended_before_start"),),
    "circumstances": (("since", "until", "ended_before_start"),),
    "reviews": (("started_on", "ended_on", "ended_before_start"),),
    "positions": (("lowest_grade", "highest_grade", "highest_below_lowest"),),
    "employees": (("born_on", "appointed_on", "appointed_before_birth"),),
    "postings": (("started_on", "ended_on", "ended_before_start"),),
    "sanctions": (("decided_on", "ended_on", "ended_before_start"),),
    "offers": (("offered_on", "answered_on", "answered_before_offer"),),
    "objections": (("objected_on", "answered_on", "answered_before_offer"),),
}
"""Pairs of fields of which the second may not be below the first, and the reason
code of a row where it is."""


def dtype(column: Column) -> str:
    """Return the dtype of a column that was read.

    A whole number that may be empty is ``float64``, with NaN for empty.
    """
    if column.kind is int:
        return "float64" if column.optional else "int64"
    return {str: "str", float: "float64", bool: "bool", date: "datetime64[s]"}[column.kind]


def required_columns(noun: type[Any]) -> list[str]:
    """Return the columns that a table's file must have."""
    return [
        column.name for column in columns(noun) if not column.optional and column.name != "known_on"
    ]


def natural_days(noun: type[Any], frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return the day from which each record is known if its file does not say."""
    if noun.table == "appraisals":
        march = {"year": frame["year"] + 1, "month": 3, "day": 1}
        return pd.to_datetime(pd.DataFrame(march), errors="coerce")
    if noun.table in NATURAL_DAY:
        return frame[NATURAL_DAY[noun.table]]
    return pd.Series(pd.Timestamp(LONG_AGO), frame.index)


@cache
def contract(table: str) -> pa.DataFrameSchema:
    """Return what the records of a table must be.

    A failed check's ``error`` is the reason code of the rows that fail it.

    Raises:
        KeyError: If there is no such table.
    """
    noun = _noun(table)
    return pa.DataFrameSchema(
        {column.name: _contract(column) for column in columns(noun)},
        checks=[
            pa.Check(_in_order, name=later, error=reason, earlier=earlier, later=later)
            for earlier, later, reason in ORDERED.get(table, ())
        ],
        unique=list(noun.key),
        name=table,
    )


def _noun(table: str) -> type[Any]:
    return {noun.table: noun for noun in NOUNS}[table]


def _contract(column: Column) -> pa.Column:
    fact = column.fact
    checks = []
    if fact.codes is not None:
        checks.append(pa.Check.isin(fact.codes, error="unknown_code"))
    if fact.low is not None and fact.high is not None:
        checks.append(pa.Check.in_range(fact.low, fact.high, error="out_of_bounds"))
    if column.kind is date:
        checks.append(pa.Check.in_range(EARLIEST, LATEST, error="out_of_bounds"))
    return pa.Column(
        dtype(column),
        checks,
        nullable=column.optional,
        description=fact.text,
        metadata={"unit": fact.unit, "personal": fact.personal},
    )


def _in_order(frame: pd.DataFrame, *, earlier: str, later: str) -> "pd.Series[bool]":
    return ~(frame[later] < frame[earlier])


def expected(column: Column) -> str:
    """Return what a column's values may be, in signs that need no translation.

    >>> from mutasi.vocabulary import GradeHeld
    >>> expected(columns(GradeHeld)[2])
    '1–17'
    """
    fact = column.fact
    if fact.codes is not None:
        return ", ".join(fact.codes)
    if column.kind is date:
        return f"{EARLIEST:%Y-%m-%d} – {LATEST:%Y-%m-%d}"
    if fact.low is not None and fact.high is not None:
        return f"{fact.low:g}–{fact.high:g}"
    return fact.references or ""


NOUN_OF: Mapping[str, type[Any]] = {noun.table: noun for noun in NOUNS}
"""The noun of each table."""
