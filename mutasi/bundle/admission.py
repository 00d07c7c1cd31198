"""Rows on their way to a table: read, held to the contract, taken or put into quarantine."""

from collections.abc import Mapping, Set
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from mutasi.bundle import parsing
from mutasi.bundle.contract import (
    GRACE,
    NATURAL_DAY,
    ORDERED,
    contract,
    dtype,
    expected,
    natural_days,
)
from mutasi.bundle.quarantine import Quarantine
from mutasi.choices import offered
from mutasi.vocabulary import Unit, columns

Known = Mapping[str, Set[str]]
"""Ids that rows may refer to, by table."""

PLACED_BELOW = {"units": "parent_id", "positions": "unit_id"}
"""The field that says what a record stands below: one place each."""


def admitted(
    noun: type[Any],
    shown: pd.DataFrame,
    bad: Quarantine,
    ids: Known,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """Return the good rows of a table as values; put the others into quarantine.

    Args:
        noun: What the rows are.
        shown: One column of text a field; the index labels the rows.
        bad: The quarantine; rows that are in it already are not taken.
        ids: Ids that may be referred to besides those of these rows.
        today: The day of the files: nothing in them can be known later.

    Returns:
        With the dtypes of the contract and the labels kept.
    """
    frame = _parsed(noun, shown, bad)
    _contracted(noun, frame, bad)
    _dated(noun, frame, shown["known_on"].notna(), bad, today)
    frame = _unique(noun, _referred(noun, bad.kept(frame), ids, bad), bad)
    if noun is Unit and _circular(frame, bad):
        frame = _referred(noun, bad.kept(frame), ids, bad)
    return frame


def _parsed(noun: type[Any], shown: pd.DataFrame, bad: Quarantine) -> pd.DataFrame:
    """Return the rows of which every field can be read and none is missing."""
    values = {}
    for column in columns(noun):
        made = parsing.parsed(column, shown[column.name])
        values[column.name] = made.values
        for reason, wrong in made.faults.items():
            bad.put(shown.index[wrong], column.name, reason, expected(column))
    frame = pd.DataFrame(values, index=shown.index)
    frame["known_on"] = frame["known_on"].fillna(natural_days(noun, frame))
    for column in columns(noun):
        if not column.optional:
            empty = frame[column.name].isna()
            if column.name == "known_on":  # what it would follow from is told already
                empty &= ~frame.index.isin(list(bad.rows))
            bad.put(frame.index[empty], column.name, "empty")
    kept = bad.kept(frame)
    return kept.astype({column.name: dtype(column) for column in columns(noun)})


def _contracted(noun: type[Any], frame: pd.DataFrame, bad: Quarantine) -> None:
    """Put the rows that break the contract into quarantine, but for double keys."""
    try:
        contract(noun.table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        wanted = {column.name: column for column in columns(noun)}
        order = {reason: (earlier, later) for earlier, later, reason in ORDERED.get(noun.table, ())}
        cases = broken.failure_cases
        for (field, reason), rows in cases.groupby(["column", "check"])["index"]:
            if reason in order:
                earlier, later = order[reason]
                bad.put(rows, later, reason, earlier)
            elif reason == "unknown_code":
                codes, said = wanted[field].fact.codes or (), frame.loc[rows, field]
                told = {each: offered(codes, each) for each in said.unique()}  # one slip, many rows
                bad.put(rows, field, reason, [told[each] for each in said])
            elif reason != "multiple_fields_uniqueness":
                bad.put(rows, field, reason, expected(wanted[field]))


def _dated(
    noun: type[Any],
    frame: pd.DataFrame,
    is_said: "pd.Series[bool]",
    bad: Quarantine,
    today: pd.Timestamp,
) -> None:
    """Let nothing be known after the day of the files, or it would become the day of everything.

    A day that is said to be the first of knowledge may not lie ahead at all.  One that only
    follows from when the record begins may: what begins next month is known today.  Further
    ahead than :data:`GRACE` it is a slip.
    """
    said = is_said[frame.index]
    ahead, far = frame["known_on"] > today, frame["known_on"] > today + GRACE
    bad.put(frame.index[said & ahead], "known_on", "known_ahead", f"{today:%Y-%m-%d}")
    slips, last = frame.index[~said & far], f"{today + GRACE:%Y-%m-%d}"
    bad.put(slips, NATURAL_DAY.get(noun.table, "known_on"), "in_the_future", last)
    frame["known_on"] = frame["known_on"].mask(ahead, today)


def _referred(noun: type[Any], frame: pd.DataFrame, ids: Known, bad: Quarantine) -> pd.DataFrame:
    """Return the rows whose references are all known."""
    for column in columns(noun):
        target = column.fact.references
        while target is not None:
            known = ids.get(target, frozenset())
            if target == noun.table:
                known = {*known, *frame[noun.key[0]]}
            codes, said = pd.factorize(frame[column.name])
            there = [each in known for each in said] + [True]  # code -1, empty, is the last
            lost = pd.Series(~np.array(there)[codes], frame.index)
            bad.put(frame.index[lost], column.name, "unknown_reference", target)
            frame = frame[~lost]
            if target != noun.table or not lost.any():
                break  # within a table, what referred to the lost is lost as well
    return frame


def _unique(noun: type[Any], frame: pd.DataFrame, bad: Quarantine) -> pd.DataFrame:
    """Return the first row of each key; tell whether the others say anything else."""
    key = list(noun.key)
    double = frame.duplicated(key)
    if double.any():
        rows = pd.Series(frame.index, frame.index)
        first = rows.groupby([frame[name] for name in key]).transform("first")[double]
        reason = pd.Series("duplicate", first.index)
        if noun.table in PLACED_BELOW:
            above = frame[PLACED_BELOW[noun.table]].fillna("")
            reason[above[first.index].to_numpy() != above[first].to_numpy()] = "two_parents"
        reason[frame.duplicated()[double]] = "repeated"
        for code, again in reason.groupby(reason):
            bad.put(again.index, key[0], str(code), bad.named(first[again.index], again.index))
    return frame[~double]


def _circular(units: pd.DataFrame, bad: Quarantine) -> bool:
    """Put the units that are above themselves into quarantine; tell whether there are any.

    Whoever climbs as many steps as there are units has either left the tree at
    its top, or stands on a circle, and from every place of a circle one comes to another.
    """
    ids = pd.Index(units["unit_id"])
    above = np.append(ids.get_indexer(units["parent_id"]), -1)  # -1, the top, stays the top
    for _ in range(len(ids).bit_length()):
        above = above[above]
    circle = np.unique(above[above >= 0])
    bad.put(units.index[circle], "parent_id", "own_ancestor")
    return bool(len(circle))
