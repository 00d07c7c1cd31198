"""A bundle read: good rows as records, bad ones with their reasons."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mutasi.bundle import files, parsing
from mutasi.bundle.admission import Known, admitted
from mutasi.bundle.contract import NOUN_OF, REQUIRED, required_columns
from mutasi.bundle.quarantine import Quarantine
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.transfers import transfers
from mutasi.choices import MOST, offered
from mutasi.errors import BundleFileUnknown
from mutasi.vocabulary import NOUNS, columns

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Remark:
    """Something that people should know of what was read, and that stores nothing.

    Attributes:
        code: What it is: a key of the catalogue, below ``remark``.
        values: What its words need.
    """

    code: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Bundle:
    """What a folder holds.

    Attributes:
        frames: The good rows, one frame per table, with the vocabulary's columns.
        read: Rows read, by table; a derived table is not among them.
        rejected: What is wrong with the others, in the order of the tables.
        ignored: Columns, and files, that no table has: ``file: name``.
        derived: Records that were worked out from the rows of other tables, by table.
        remarks: What people should know besides.

    Of every table as many rows were read or derived as are in its frame or rejected.
    """

    frames: Mapping[str, pd.DataFrame]
    read: Mapping[str, int]
    rejected: tuple[Rejected, ...] = ()
    ignored: tuple[str, ...] = ()
    derived: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


def read(
    folder: Path, known: Known | None = None, progress: Progress | None = None, *, today: date
) -> Bundle:
    """Read a region's files.

    Rows that cannot be taken are left out and told; so are rows that refer to
    one that was left out.

    Args:
        folder: With one CSV or Parquet file a table.
        known: Ids that may be referred to besides those of the files, by table. To
            known employees a folder may add only some of the tables.
        progress: Called with "read", the files done and the files in all.
        today: The day of the files: nothing in them can be known later.

    Raises:
        BundleFileMissing: If a required file is not there.
        BundleFileUnknown: If there are files, and no table has the name of any.
        BundleColumnMissing: If a file lacks a required column.
        BundleFileUnreadable: If a file cannot be read at all.
    """
    ids: dict[str, Set[str]] = {table: set(names) for table, names in (known or {}).items()}
    paths = _paths(folder, adds=bool(ids.get("employees")))
    frames: dict[str, pd.DataFrame] = {}
    counts: dict[str, int] = {}
    rejected: list[Rejected] = []
    ignored = _strangers(folder)
    for done, (table, path) in enumerate(paths.items(), start=1):
        noun = NOUN_OF[table]
        opened = files.opened(path, required_columns(noun))
        taken = _taken(noun, opened, ids, pd.Timestamp(today))
        frames[table] = taken.frame
        counts[table] = taken.read
        rejected.extend(taken.rejected)
        ignored += taken.ignored
        ids[table] = {*ids.get(table, ()), *taken.frame[noun.key[0]]}
        if progress is not None:
            progress("read", done, len(paths))
    derived = {}
    if "transfers" not in frames and "postings" in frames:
        frames["transfers"] = transfers(frames["postings"])
        derived["transfers"] = len(frames["transfers"])
    return Bundle(frames, counts, tuple(rejected), tuple(ignored), derived)


@dataclass(frozen=True)
class _Taken:
    frame: pd.DataFrame
    read: int
    rejected: tuple[Rejected, ...]
    ignored: list[str]


def _paths(folder: Path, *, adds: bool) -> dict[str, Path]:
    """Return the file of each table that has one; those that begin a region must be there."""
    looked = {noun.table: files.found(folder, noun.table, required=False) for noun in NOUNS}
    there = {table: path for table, path in looked.items() if path is not None}
    unknown = [path.name for path in files.all_of(folder)]
    if unknown and not there:
        raise BundleFileUnknown(
            files=", ".join([*unknown[:MOST], *(["…"] if unknown[MOST:] else [])]),
            known=offered((f"{table}.csv" for table in looked), unknown[0]),
        )
    if not (adds and there):
        for table in REQUIRED:
            files.found(folder, table, required=True)
    return there


def _strangers(folder: Path) -> list[str]:
    """Return the files of a folder that look like tables and are none."""
    return [
        path.name
        for path in files.all_of(folder)
        if path.suffix.casefold() in files.KINDS and path.stem.casefold() not in NOUN_OF
    ]


def _taken(noun: type[Any], opened: files.Opened, ids: Known, today: pd.Timestamp) -> _Taken:
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
    bad = Quarantine(noun, shown, lambda row: (opened.name, row))
    fields = str(len(opened.frame.columns))
    bad.put(opened.broken, "", "wrong_number_of_fields", fields)
    frame = admitted(noun, shown, bad, ids, today)
    unknown = [name for name in opened.frame.columns if name not in wanted]
    return _Taken(
        frame.reset_index(drop=True),
        len(shown) + len(opened.broken),
        bad.rejected(),
        [f"{opened.name}: {name}" for name in unknown],
    )
