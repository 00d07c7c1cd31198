"""Excel workbooks (xlsx) as rows of text, read as they are streamed.

Nothing is unpacked of a file that claims to be larger than the limits below, and reading
stops where a sheet has more rows or columns than they allow: memory stays bounded whatever
is handed in. The standard library suffices; what it costs to know of each cell whether it
was a number, a day, or a formula that nobody calculated, a library would hide.
"""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from mutasi.errors import BundleFileUnreadable, SpreadsheetTooLarge

UNPACKED = 400_000_000
"""Most bytes of all parts of a workbook together."""

RATIO = 200
"""Most bytes that a byte may unpack to, in parts of which it matters."""

MATTERS = 1_000_000
"""Smaller parts may be as dense as they like, in bytes unpacked."""

ROWS, COLUMNS = 200_000, 512
"""Most rows and columns with something in them."""

MERGED = 1_000_000
"""Most cells that are filled because they are merged with another."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How old Excel files begin, and new ones with a password."""

EXACT_BELOW = 2.0**53
CHUNK = 1 << 16
DAY_STYLES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Built-in formats of numbers that show a day or a time."""

NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # days, not moments


class Kind(IntEnum):
    """What a cell is."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    DAY = 3
    FORMULA = 4
    """A formula whose value is not in the file."""
    FAULT = 5
    """What a formula could not work out, as #REF!, or a number that is none."""


@dataclass
class Grid:
    """The filled rows of a sheet.

    Attributes:
        name: Name of the sheet.
        numbers: Number of each row, as a person counts.
        texts: The text of each row's cells from the first column on; None where empty.
        kinds: The ``Kind`` of each of these cells.
        encoding: What a CSV was written in; empty of a workbook.
    """

    name: str
    numbers: list[int] = field(default_factory=list)
    texts: list[list[str | None]] = field(default_factory=list)
    kinds: list[bytearray] = field(default_factory=list)
    encoding: str = ""


def grids(path: Path) -> list[Grid]:
    """Return the sheets of a workbook that are not hidden, in order.

    Days are ISO text and other numbers the shortest text that reads as the same number,
    above 2⁵³ in scientific notation, for their last digits are lost. The value of merged
    cells stands in each of them.

    Raises:
        BundleFileUnreadable: If it is no such workbook or is damaged.
        SpreadsheetTooLarge: If it is beyond the limits of this module.
    """
    try:
        with ZipFile(path) as archive:
            _check_size(path, archive)
            return [
                _Reader(path, book, name).read(archive, part)
                for book in [_Book(archive)]
                for name, part in book.sheets
            ]
    except (BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError) as error:
        raise BundleFileUnreadable(file=path.name, reason=_kind_of_damage(path)) from error
    # What the parts say of each other is wrong (KeyError, ValueError, IndexError), or they are
    # encrypted or packed in a way that zipfile cannot read (RuntimeError, NotImplementedError).
    except (KeyError, ValueError, IndexError, RuntimeError, NotImplementedError) as error:
        raise BundleFileUnreadable(file=path.name, reason="damaged") from error


def _kind_of_damage(path: Path) -> str:
    with path.open("rb") as file:
        return "old_excel" if file.read(4) == OLD_EXCEL else "damaged"


def _check_size(path: Path, archive: ZipFile) -> None:
    """Refuse what would not fit; the sizes claimed bound what can be read."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED:
        raise SpreadsheetTooLarge(file=path.name, reason="unpacked", limit=UNPACKED)
    dense = (
        part.file_size > max(RATIO * part.compress_size, MATTERS) and part.file_size > MATTERS
        for part in parts
    )
    if any(dense):
        raise SpreadsheetTooLarge(file=path.name, reason="ratio", limit=RATIO)


Attributes = Mapping[str, str]


def _walk(
    archive: ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Tell of the elements of a part, by name without prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def first(name: str, given: Attributes) -> None:
        prefixed = ":" in name  # as the outermost element is written, so are those within
        parser.StartElementHandler = _bare(start) if prefixed else start
        parser.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if prefixed else end
        start(name.rpartition(":")[2], given)

    parser.StartElementHandler = first
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _bare(start: Callable[[str, Attributes], None]) -> Callable[[str, Attributes], None]:
    return lambda name, given: start(name.rpartition(":")[2], given)


def _no_doctype(*_: object) -> None:
    raise ValueError("a workbook declares no document type: entities could grow without bound")


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, archive: ZipFile) -> None:
        self.epoch = EPOCH
        self._names: list[tuple[str, str]] = []
        self._targets: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._in_styles = False
        self.strings: list[str] = []
        parts = set(archive.namelist())
        _walk(archive, "xl/workbook.xml", self._sheet)
        _walk(archive, "xl/_rels/workbook.xml.rels", self._target)
        if "xl/styles.xml" in parts:
            _walk(archive, "xl/styles.xml", self._style, self._style_end)
        if "xl/sharedStrings.xml" in parts:
            pieces = _Pieces(self.strings.append)
            _walk(archive, "xl/sharedStrings.xml", pieces.start, pieces.end, pieces.text)
        self.sheets = [(name, self._targets[key]) for name, key in self._names]
        self.shows_day = [self._is_day(style) for style in self._styles]

    def _sheet(self, name: str, given: Attributes) -> None:
        if name == "workbookPr" and given.get("date1904") in {"1", "true"}:
            self.epoch = EPOCH_1904
        if name == "sheet" and given.get("state", "visible") == "visible":
            key = next(value for key, value in given.items() if key.rpartition(":")[2] == "id")
            self._names.append((given["name"], key))

    def _target(self, name: str, given: Attributes) -> None:
        if name == "Relationship":
            target = given["Target"]
            self._targets[given["Id"]] = target[1:] if target[0] == "/" else f"xl/{target}"

    def _style(self, name: str, given: Attributes) -> None:
        if name == "numFmt":
            self._codes[given["numFmtId"]] = given["formatCode"]
        self._in_styles |= name == "cellXfs"
        if name == "xf" and self._in_styles:
            self._styles.append(given.get("numFmtId", "0"))

    def _style_end(self, name: str) -> None:
        self._in_styles &= name != "cellXfs"

    def _is_day(self, style: str) -> bool:
        shown = NOT_SHOWN.sub("", self._codes.get(style, "")).casefold()
        return int(style) in DAY_STYLES or any(letter in shown for letter in "dmyh")


class _Pieces:
    """The text of each ``si``: its pieces together, without how they are pronounced."""

    def __init__(self, done: Callable[[str], None]) -> None:
        self._done = done
        self._pieces: list[str] = []
        self._wanted = self._spoken = False

    def start(self, name: str, _: Attributes) -> None:
        self._spoken |= name == "rPh"
        self._wanted = name == "t" and not self._spoken

    def text(self, piece: str) -> None:
        if self._wanted:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        self._wanted = False
        self._spoken &= name != "rPh"
        if name == "si":
            self._done(_plain("".join(self._pieces)))
            self._pieces.clear()


class _Reader:
    """Reads one sheet."""

    def __init__(self, path: Path, book: _Book, name: str) -> None:
        self._file = path.name
        self._book = book
        self._grid = Grid(name)
        self._row = self._column = 0
        self._texts: list[str | None] = []
        self._kinds = bytearray()
        self._given: Attributes = {}
        self._pieces: list[str] = []
        self._wanted = self._formula = False
        self._merged: list[str] = []

    def read(self, archive: ZipFile, part: str) -> Grid:
        _walk(archive, part, self._start, self._end, self._text)
        filled = 0
        for reference in self._merged:
            filled += _fill(self._grid, reference)
            if filled > MERGED:
                raise SpreadsheetTooLarge(file=self._file, reason="merged", limit=MERGED)
        return self._grid

    def _start(self, name: str, given: Attributes) -> None:
        if name in {"v", "t"}:
            self._wanted = True
        elif name == "c":
            place = PLACE.fullmatch(given.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
            self._given, self._formula = given, False
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row, before = int(given.get("r", self._row + 1)), self._row
            self._column = 0
            if self._row <= before:
                raise ValueError(f"row {self._row} stands after row {before}")
        elif name == "mergeCell":
            self._merged.append(given["ref"])

    def _text(self, piece: str) -> None:
        if self._wanted:
            self._pieces.append(piece)

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._wanted = False
        elif name == "c":
            self._put("".join(self._pieces))
            self._pieces.clear()
        elif name == "row" and self._texts:
            self._grid.numbers.append(self._row)
            self._grid.texts.append(self._texts)
            self._grid.kinds.append(self._kinds)
            self._texts, self._kinds = [], bytearray()
            if len(self._grid.numbers) > ROWS:
                raise SpreadsheetTooLarge(file=self._file, reason="rows", limit=ROWS)

    def _put(self, value: str) -> None:
        text, kind = self._cell(value)
        if kind is Kind.EMPTY:
            return
        if self._column > COLUMNS:
            raise SpreadsheetTooLarge(file=self._file, reason="columns", limit=COLUMNS)
        gap = self._column - 1 - len(self._texts)
        self._texts += [*[None] * gap, text]
        self._kinds += bytes([*[Kind.EMPTY] * gap, kind])

    def _cell(self, value: str) -> tuple[str, Kind]:
        if not value:
            return ("", Kind.FORMULA) if self._formula else ("", Kind.EMPTY)
        kind = self._given.get("t", "n")
        if kind == "s":
            text = self._book.strings[int(value)]
            return (text, Kind.TEXT) if text else ("", Kind.EMPTY)
        if kind == "n":
            return self._number(value)
        return _plain(value), {"e": Kind.FAULT, "d": Kind.DAY}.get(kind, Kind.TEXT)

    def _number(self, value: str) -> tuple[str, Kind]:
        number = float(value)
        style = int(self._given.get("s", 0))
        shows_day = style < len(self._book.shows_day) and self._book.shows_day[style]
        if shows_day:
            try:
                moment = self._book.epoch + timedelta(days=number)
            except OverflowError:
                return value, Kind.FAULT
            day = moment.date().isoformat()
            return day if number.is_integer() else f"{day} {moment:%H:%M:%S}", Kind.DAY
        whole = number.is_integer() and abs(number) < EXACT_BELOW
        return str(int(number)) if whole else repr(number), Kind.NUMBER


def _plain(text: str) -> str:
    """Return text without the carriage returns that Excel spells out."""
    return text.replace("_x000D_", "")


@cache
def column_number(letters: str) -> int:
    """Return the number of a column from its letters.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _fill(grid: Grid, reference: str) -> int:
    """Put the value of merged cells into each that lies in a filled row; return how many."""
    corners = [PLACE.fullmatch(corner) for corner in reference.split(":")]
    (left, top), (right, bottom) = (
        (column_number(corner[1]) - 1, int(corner[2])) for corner in corners if corner
    )
    first, last = bisect_left(grid.numbers, top), bisect_right(grid.numbers, bottom)
    if first == last or grid.numbers[first] != top or len(grid.texts[first]) <= left:
        return 0
    text, kind = grid.texts[first][left], grid.kinds[first][left]
    width = min(right + 1, COLUMNS)
    for texts, kinds in zip(grid.texts[first:last], grid.kinds[first:last], strict=True):
        gap = max(width - len(texts), 0)
        texts.extend([None] * gap)
        kinds.extend(bytes(gap))
        texts[left:width] = [text] * (width - left)
        kinds[left:width] = bytes([kind]) * (width - left)
    return (last - first) * (width - left)
