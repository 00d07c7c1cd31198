"""A bundle read: good rows as records, bad ones with their reasons."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from mutasi.bundle import files, parsing
from mutasi.bundle.contract import (
    NOUN_OF,
    ORDERED,
    REQUIRED,
    contract,
    dtype,
    expected,
    natural_days,
    required_columns,
)
from mutasi.bundle.quarantine import Quarantine, Rejected
from mutasi.bundle.transfers import transfers
from mutasi.vocabulary import NOUNS, columns

Progress = Callable[[str, int, int], None]
Known = Mapping[str, Set[str]]


@dataclass(frozen=True)
class Bundle:
    """What a folder holds.

    Attributes:
        frames: The good rows, one frame per table, with the vocabulary's columns.
        read: Rows read, by table; a derived table is not among them.
        rejected: What is wrong with the others, in the order of the tables.
        ignored: Columns, and files, that no table has: ``file: name``.
    """

    frames: Mapping[str, pd.DataFrame]
    read: Mapping[str, int]
    rejected: tuple[Rejected, ...] = ()
    ignored: tuple[str, ...] = ()


def read(folder: Path, known: Known | None = None, progress: Progress | None = None) -> Bundle:
    """Read a region's files.

    Rows that cannot be taken are left out and told; so are rows that refer to
    one that was left out.

    Args:
        folder: With one CSV or Parquet file a table.
        known: Ids that may be referred to besides those of the files, by table.
        progress: Called with "read", the tables done and the tables in all.

    Raises:
        BundleFileMissing: If a required file is not there.
        BundleColumnMissing: If a file lacks a required column.
        BundleFileUnreadable: If a file cannot be read at all.
    """
    paths = {
        noun.table: files.found(folder, noun.table, required=noun.table in REQUIRED)
        for noun in NOUNS
    }
    ids: dict[str, Set[str]] = {table: set(names) for table, names in (known or {}).items()}
    frames: dict[str, pd.DataFrame] = {}
    counts: dict[str, int] = {}
    rejected: list[Rejected] = []
    ignored = _strangers(folder)
    for done, (table, path) in enumerate(paths.items(), start=1):
        if path is not None:
            noun = NOUN_OF[table]
            opened = files.opened(path, required_columns(noun))
            taken = _taken(noun, opened, ids)
            frames[table] = taken.frame
            counts[table] = taken.read
            rejected.extend(taken.rejected)
            ignored += taken.ignored
            ids[table] = {*ids.get(table, ()), *taken.frame[noun.key[0]]}
        if progress is not None:
            progress("read", done, len(paths))
    if "transfers" not in frames:
        frames["transfers"] = transfers(frames["postings"])
    return Bundle(frames, counts, tuple(rejected), tuple(ignored))


@dataclass(frozen=True)
class _Taken:
    frame: pd.DataFrame
    read: int
    rejected: tuple[Rejected, ...]
    ignored: list[str]


def _strangers(folder: Path) -> list[str]:
    """Return the files of a folder that look like tables and are none."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix in files.KINDS and path.stem not in NOUN_OF
    )


def _taken(noun: type[Any], opened: files.Opened, ids: Known) -> _Taken:
    """Return the good rows of a file, and what is wrong with the others."""
    wanted = {column.name: column for column in columns(noun)}
    shown = pd.DataFrame(
        {
            name: parsing.text(opened.frame[name])
            if name in opened.frame
            else pd.Series(np.nan, opened.frame.index, dtype="str")
            for name in wanted
        }
    )
    blank = shown.isna().all(axis=1)
    shown = shown[~blank]
    bad = Quarantine(noun, opened.name, shown)
    fields = str(len(opened.frame.columns))
    bad.put(opened.broken, "", "wrong_number_of_fields", fields)
    frame = _parsed(noun, shown, bad)
    _contracted(noun, frame, bad)
    frame = _referred(noun, bad.kept(frame), ids, bad)
    frame = _unique(noun, frame, bad)
    unknown = [name for name in opened.frame.columns if name not in wanted]
    return _Taken(
        frame.reset_index(drop=True),
        len(shown) + len(opened.broken),
        bad.rejected(),
        [f"{opened.name}: {name}" for name in unknown],
    )


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
            elif reason != "multiple_fields_uniqueness":
                bad.put(rows, field, reason, expected(wanted[field]))


def _referred(noun: type[Any], frame: pd.DataFrame, ids: Known, bad: Quarantine) -> pd.DataFrame:
    """Return the rows whose references are all known."""
    for column in columns(noun):
        target = column.fact.references
        while target is not None:
            known = ids.get(target, frozenset())
            if target == noun.table:
                known = {*known, *frame[noun.key[0]]}
            said = frame[column.name]
            lost = said.notna() & ~said.isin(known)
            bad.put(frame.index[lost], column.name, "unknown_reference", target)
            frame = frame[~lost]
            if target != noun.table or not lost.any():
                break  # within a table, what referred to the lost is lost as well
    return frame


def _unique(noun: type[Any], frame: pd.DataFrame, bad: Quarantine) -> pd.DataFrame:
    """Return the first row of each key."""
    key = list(noun.key)
    double = frame.duplicated(key)
    if double.any():
        rows = pd.Series(frame.index, frame.index)
        first = rows.groupby([frame[name] for name in key]).transform("first")[double]
        bad.put(frame.index[double], key[0], "duplicate", first.astype(str))
    return frame[~double]
