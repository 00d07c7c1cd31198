"""Values as people and spreadsheets write them, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.bundle.rejected import INVISIBLE
from mutasi.vocabulary import Column

Mask = NDArray[np.bool_]

EMPTY = frozenset({"", "-", "null", "NULL", "0000-00-00", "00-00-0000", "00/00/0000"})
"""What stands for no value in the exports of personnel systems."""

YES = frozenset({"true", "1", "1.0", "yes", "y", "ya", "benar"})
NO = frozenset({"false", "0", "0.0", "no", "n", "tidak", "salah"})

ISO = r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?$"
DAY_FIRST = r"^(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})(?:[T ].*)?$"
WHOLE = r"[+-]?\d+(?:[.,]0+)?"
NUMBER = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"
SCIENTIFIC = r"\d(?:[.,]\d+)?[eE][+]?\d+"
EXACT_BELOW = 2.0**53
"""Whole numbers from here on are not exact in a spreadsheet's number."""


@dataclass(frozen=True)
class Parsed:
    """A column that was read.

    Attributes:
        values: The values, empty where there is none or it is no such value.
        faults: For each reason code the rows that cannot be read.
    """

    values: "pd.Series[Any]"
    faults: Mapping[str, Mask]


def text(raw: "pd.Series[Any]") -> "pd.Series[str]":
    """Return a column as trimmed text, empty as missing.

    >>> text(pd.Series([12.0, None])).tolist()
    ['12', nan]
    """
    if pd.api.types.is_datetime64_any_dtype(raw):
        shown = raw.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_float_dtype(raw):
        numbers = raw.astype("float64")
        whole = (numbers % 1 == 0) & (numbers.abs() < EXACT_BELOW)
        shown = numbers.astype(object).astype(str)
        shown = shown.mask(whole, shown.str.removesuffix(".0"))
    else:
        shown = raw.astype(object).astype(str)
    trimmed: pd.Series[str] = shown.astype("str").str.strip()
    return trimmed.mask(raw.isna() | trimmed.isin(EMPTY))


def parsed(column: Column, shown: "pd.Series[str]") -> Parsed:
    """Read a column of text by what its vocabulary says it is.

    Each distinct text is read once.
    """
    codes, distinct = pd.factorize(shown)
    read = _read(column, pd.Series(distinct, dtype="str"))
    values = read.values.reindex(codes)
    values.index = shown.index
    faults = {
        reason: np.append(wrong, False)[codes]  # code -1, empty, is the last
        for reason, wrong in read.faults.items()
        if wrong.any()
    }
    return Parsed(values, faults)


def is_nip(column: Column) -> bool:
    """Return whether a column holds numbers of employees."""
    return column.name == "employee_id"


def is_personal(column: Column) -> bool:
    """Return whether a column's values identify a person."""
    return column.fact.personal or is_nip(column)


def _read(column: Column, distinct: "pd.Series[str]") -> Parsed:
    if is_nip(column):
        return _nips(distinct)
    if column.fact.codes is not None:
        spelling = {code.casefold(): str(code) for code in column.fact.codes}
        known = distinct.str.casefold().map(spelling)
        return Parsed(known.fillna(distinct).astype("str"), {})
    if column.kind is date:
        return _days(distinct)
    if column.kind is bool:
        return _booleans(distinct)
    if column.kind in {int, float}:
        return _numbers(distinct, whole=column.kind is int)
    unseen = distinct.str.contains(INVISIBLE, regex=True).to_numpy(dtype=bool)
    return Parsed(distinct, {"invisible_character": unseen})


def _nips(distinct: "pd.Series[str]") -> Parsed:
    bare = distinct.str.replace(r"[\s.'’`]", "", regex=True)
    digits = bare.str.fullmatch("[0-9]{18}").to_numpy(dtype=bool)
    # A spreadsheet's number keeps 15 digits; nobody is the 000th of a day.
    rounded = digits & bare.str.endswith("000").to_numpy(dtype=bool)
    lost = distinct.str.fullmatch(SCIENTIFIC).to_numpy(dtype=bool) | rounded
    born = pd.to_datetime(bare.str[:8].where(digits), format="%Y%m%d", errors="coerce")
    return Parsed(
        bare,
        {
            "nip_lost_digits": lost,
            "nip_not_18_digits": ~digits & ~lost,
            "nip_birth_date": digits & born.isna().to_numpy(),
        },
    )


def _days(distinct: "pd.Series[str]") -> Parsed:
    iso = distinct.str.extract(ISO)
    parts = iso.fillna(distinct.str.extract(DAY_FIRST)[["year", "month", "day"]])
    matched = parts["year"].notna().to_numpy()
    padded = parts["year"] + "-" + parts["month"].str.zfill(2) + "-" + parts["day"].str.zfill(2)
    # The year 1 is how Go and .NET write that there is no day.
    nothing = (parts["year"] == "0001").to_numpy(dtype=bool)
    days = pd.to_datetime(padded.mask(nothing), format="%Y-%m-%d", errors="coerce")
    wrong = (~matched | days.isna().to_numpy()) & ~nothing
    return Parsed(days.astype("datetime64[s]"), {"not_a_date": wrong})


def _booleans(distinct: "pd.Series[str]") -> Parsed:
    said = distinct.str.casefold()
    yes, no = said.isin(YES), said.isin(NO)
    return Parsed(yes.astype("boolean"), {"not_a_boolean": (~(yes | no)).to_numpy()})


def _numbers(distinct: "pd.Series[str]", *, whole: bool) -> Parsed:
    number = distinct.str.fullmatch(NUMBER).to_numpy(dtype=bool)
    pointed = distinct.where(number).str.replace(",", ".", regex=False)
    values = pd.to_numeric(pointed, errors="coerce").astype("float64")
    number = number & np.isfinite(values.to_numpy())
    faults = {"not_a_number": ~number}
    if whole:
        faults["not_a_whole_number"] = number & (values % 1 != 0).to_numpy()
    return Parsed(values, faults)
