"""One file of a bundle: found, opened, its columns named."""

import re
from collections.abc import Iterable, Sequence
from csv import reader
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet

from mutasi.bundle import formulas
from mutasi.errors import BundleColumnMissing, BundleFileMissing, BundleFileUnreadable

KINDS = (".csv", ".parquet")
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Opened:
    """A file as it is.

    Attributes:
        name: Its name.
        frame: Its columns; the index is the row number as a person counts.
        broken: Rows that have too many or too few fields.
    """

    name: str
    frame: pd.DataFrame
    broken: Sequence[int]


def found(folder: Path, table: str, *, required: bool) -> Path | None:
    """Return the file of a table, or nothing if it may be absent and is.

    Names are read without regard to case, as some systems write them.

    Raises:
        BundleFileMissing: If it is required and absent.
        BundleFileUnreadable: If there are two of them.
    """
    names = {f"{table}{kind}" for kind in KINDS}
    there = [path for path in all_of(folder) if path.name.casefold() in names]
    if len(there) > 1:
        both = ", ".join(path.name for path in there)
        raise BundleFileUnreadable(file=both, reason="two_files")
    if not there and required:
        raise BundleFileMissing(file=f"{table}.csv")
    return there[0] if there else None


def all_of(folder: Path) -> list[Path]:
    """Return the files of a folder that are not hidden, in the order of their names."""
    return sorted(
        path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")
    )


def opened(path: Path, required: Sequence[str]) -> Opened:
    """Return what a file holds.

    Headings are read without regard to case, and blanks in them as ``_``.

    Args:
        path: A CSV (comma, semicolon or tab) or Parquet file.
        required: Columns that must be there.

    Raises:
        BundleFileUnreadable: If it is damaged, empty, or not in UTF-8, or names
            a column twice.
        BundleColumnMissing: If a required column is not there.
    """
    read = _csv(path) if path.suffix.casefold() == ".csv" else _parquet(path)
    names = [re.sub(r"\s+", "_", str(name).strip().casefold()) for name in read.frame.columns]
    if len(set(names)) < len(names):
        raise BundleFileUnreadable(file=path.name, reason="column_twice")
    missing = [name for name in required if name not in names]
    if missing:
        raise BundleColumnMissing(file=path.name, columns=", ".join(missing))
    read.frame.columns = pd.Index(names)
    return read


def _parquet(path: Path) -> Opened:
    try:
        frame = parquet.read_table(path).to_pandas(date_as_object=False, ignore_metadata=True)
    except (pa.ArrowException, OSError) as error:
        raise BundleFileUnreadable(file=path.name, reason="damaged") from error
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Opened(path.name, frame, ())


def _csv(path: Path) -> Opened:
    heading = _heading(path)
    separator = max(SEPARATORS, key=heading.count)
    names = next(reader([heading], delimiter=separator))
    odd: dict[int, str] = {}

    def skipped(row: csv.InvalidRow) -> str:
        odd[row.number] = row.text
        return "skip"

    try:
        table = csv.read_csv(
            path,
            # One thread, because only then do odd rows come with their numbers.
            read_options=csv.ReadOptions(use_threads=False, block_size=1 << 26),
            parse_options=csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skipped,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, OSError) as error:
        reason = "encoding" if "UTF8" in str(error) else "damaged"
        raise BundleFileUnreadable(file=path.name, reason=reason) from error
    columns = [formulas.each(formulas.meant, column) for column in table.columns]
    frame = pa.table(columns, names=table.column_names).to_pandas()
    if _swallowed(path, frame, odd.values()):
        raise BundleFileUnreadable(file=path.name, reason="open_quote")
    numbers = np.arange(2, len(frame) + len(odd) + 2)
    frame.index = pd.Index(numbers[~np.isin(numbers, list(odd))])
    return Opened(path.name, frame, [row for row, line in odd.items() if line.strip()])


def _swallowed(path: Path, frame: pd.DataFrame, odd: Iterable[str]) -> bool:
    """Return whether a quote that nobody closed has made one row of many."""
    last = frame.iloc[-1].astype(str) if len(frame) else ()
    many = any("\n" in text.strip() for text in (*odd, *last))
    return many and path.read_bytes().count(b'"') % 2 == 1


def _heading(path: Path) -> str:
    """Return the first line, which names the columns."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            heading = file.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise BundleFileUnreadable(file=path.name, reason="encoding") from error
    if not heading.strip():
        raise BundleFileUnreadable(file=path.name, reason="no_heading")
    return heading
