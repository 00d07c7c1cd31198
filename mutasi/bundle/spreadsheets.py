"""Spreadsheets that people hand in, xlsx or CSV, as text under their headings.

One door for every list that is not a bundle: peta jabatan, local lists, exports of SIASN.
A bundle's own files are stricter (:mod:`mutasi.bundle.files`), for a program writes them.
"""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from mutasi.bundle.files import SEPARATORS
from mutasi.bundle.formulas import meant
from mutasi.bundle.rejected import shown_name
from mutasi.bundle.workbooks import COLUMNS, ROWS, UNPACKED, Grid, Kind, grids
from mutasi.errors import BundleFileUnreadable, HeadingsUnknown, SpreadsheetTooLarge

KINDS = (".xlsx", ".xlsm", ".csv")

LOOKED_AT = 30
"""Rows among which the headings are looked for; titles may stand above them."""

TITLES = 1 << 16
"""Letters among which these rows lie."""

ENCODINGS = (("utf-8-sig", b""), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"), ("cp1252", b""))
"""What a CSV may be written in, and the bytes that it must begin with."""


@dataclass(frozen=True)
class Sheet:
    """One table of a spreadsheet.

    Attributes:
        name: Name of the file, and of the sheet where there are several.
        frame: Its columns as text, by heading as :func:`heading` writes it; missing where
            empty. The index is the number of the row as a person counts.
        kinds: The ``workbooks.Kind`` of each cell; text throughout in a CSV.
        broken: Rows of a CSV that have more or fewer fields than there are headings.
        encoding: What a CSV was written in; empty of a workbook.
    """

    name: str
    frame: pd.DataFrame
    kinds: pd.DataFrame
    broken: Sequence[int]
    encoding: str


def heading(text: str) -> str:
    """Return a heading as it is compared: without case, marks and blanks.

    >>> heading(" NIP  Baru *"), heading("Kebutuhan (ABK)")
    ('nip_baru', 'kebutuhan_abk')
    """
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")


def sheets(path: Path, known: Collection[str]) -> list[Sheet]:
    """Return the tables of a file, one for each sheet that has headings that are known.

    The headings stand in the row, of the first ones, that has most of the known; there
    must be at least two, or all of fewer. Rows above it are not read.

    Args:
        path: An xlsx workbook, or a CSV in UTF-8, UTF-16 or Windows-1252 with comma,
            semicolon or tab between fields and any ends of lines.
        known: Headings that are looked for, as :func:`heading` writes them.

    Raises:
        BundleFileUnreadable: If it cannot be read, or names a known column twice.
        SpreadsheetTooLarge: If it has more rows or columns, or unpacks to more, than the
            limits of :mod:`mutasi.bundle.workbooks`.
        HeadingsUnknown: If no sheet has such headings.
    """
    table = path.suffix.casefold() == ".csv"
    found = [_csv(path, known)] if table else grids(path)
    made = []
    for grid in found:
        row = _place(grid, known)
        if row is not None:
            name = f"{path.name}/{grid.name}" if len(found) > 1 else path.name
            made.append(_sheet(shown_name(Path(path.name)), name, grid, row, known))
    if not made:
        raise HeadingsUnknown(file=shown_name(Path(path.name)), known=", ".join(sorted(known)))
    return made


def _hits(texts: Iterable[str | None], known: Collection[str]) -> int:
    return len({heading(text) for text in texts if text} & set(known))


def _place(grid: Grid, known: Collection[str]) -> int | None:
    """Return which row of a grid names the columns; none if there is no such row."""
    hits = [_hits(texts, known) for texts in grid.texts[:LOOKED_AT]]
    most = max(hits, default=0)
    return hits.index(most) if most >= min(2, len(set(known))) else None


def _sheet(file: str, name: str, grid: Grid, row: int, known: Collection[str]) -> Sheet:
    heads = [heading(text or "") for text in grid.texts[row]]
    if any(heads.count(head) > 1 for head in set(heads) & set(known)):
        raise BundleFileUnreadable(file=file, reason="column_twice")
    places = {head: heads.index(head) for head in heads if head}
    rows, kinds = grid.texts[row + 1 :], grid.kinds[row + 1 :]
    width = len(heads)
    spilt = [grid.encoding != "" and any(cells[width:]) for cells in rows]
    kept = [place for place, is_spilt in enumerate(spilt) if not is_spilt]
    index = pd.Index([grid.numbers[row + 1 + place] for place in kept], dtype="int64")
    cells = [[*rows[place], *[None] * (width - len(rows[place]))] for place in kept]
    codes = np.zeros((len(kept), width), dtype=np.uint8)
    for line, place in enumerate(kept):
        known_of = kinds[place][:width]
        codes[line, : len(known_of)] = known_of
    return Sheet(
        name,
        pd.DataFrame(
            {
                head: pd.Series([c[at] for c in cells], index, dtype="str")
                for head, at in places.items()
            },
            index=index,
        ),
        pd.DataFrame({head: codes[:, at] for head, at in places.items()}, index=index),
        [grid.numbers[row + 1 + place] for place, is_spilt in enumerate(spilt) if is_spilt],
        grid.encoding,
    )


def _csv(path: Path, known: Collection[str]) -> Grid:
    """Return the rows of a CSV."""
    if path.stat().st_size > UNPACKED:
        raise SpreadsheetTooLarge(
            file=shown_name(Path(path.name)), reason="unpacked", limit=UNPACKED
        )
    text, encoding = _decoded(path)
    mark = _separator(text, known)
    grid = Grid("", encoding=encoding)
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=mark), 1):
            if any(row):
                _take(path, grid, number, row)
    except csv.Error as error:
        raise BundleFileUnreadable(file=shown_name(Path(path.name)), reason="open_quote") from error
    if _swallowed(grid, text, mark):
        raise BundleFileUnreadable(file=shown_name(Path(path.name)), reason="open_quote")
    return grid


def _take(path: Path, grid: Grid, number: int, row: list[str]) -> None:
    if len(row) > COLUMNS and any(row[COLUMNS:]):
        raise SpreadsheetTooLarge(file=shown_name(Path(path.name)), reason="columns", limit=COLUMNS)
    if len(grid.numbers) == ROWS:
        raise SpreadsheetTooLarge(file=shown_name(Path(path.name)), reason="rows", limit=ROWS)
    grid.numbers.append(number)
    grid.texts.append([meant(cell) or None for cell in row[:COLUMNS]])
    grid.kinds.append(bytearray(Kind.TEXT if cell else Kind.EMPTY for cell in row[:COLUMNS]))


def _decoded(path: Path) -> tuple[str, str]:
    """Return the text of a file and what it is written in: the first that fits."""
    content = path.read_bytes()
    for encoding, beginning in ENCODINGS:
        if content.startswith(beginning):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    raise BundleFileUnreadable(file=shown_name(Path(path.name)), reason="encoding")


def _separator(text: str, known: Collection[str]) -> str:
    """Return what stands between the fields: that by which most headings are known."""
    head = "\n".join(text[:TITLES].splitlines()[:LOOKED_AT])

    def told(mark: str) -> tuple[int, int]:
        rows = csv.reader(StringIO(head), delimiter=mark)
        return max((_hits(row, known) for row in rows), default=0), head.count(mark)

    return max(SEPARATORS, key=told)


def _swallowed(grid: Grid, text: str, mark: str) -> bool:
    """Return whether a quote that nobody closed has made one field of many rows."""
    width = max(map(len, grid.texts), default=0)
    inside = (
        cell for cells in grid.texts for cell in cells if cell and ("\n" in cell or "\r" in cell)
    )
    open_at_end = text.count('"') % 2 == 1
    return any(open_at_end or cell.count(mark) >= max(width - 1, 1) for cell in inside)
