"""Spreadsheets (xlsx) for people: sheets of headings and rows, written as they are.

Text is written as text, so nothing that a cell holds is taken for a formula.  The
same sheets give the same bytes.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from itertools import count
from math import isfinite
from pathlib import Path
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Cell = str | float | bool | date | None
"""What a cell may hold; NaN and None leave it empty."""

MOST_ROWS, LONGEST_TEXT, LONGEST_NAME = 1_048_576, 32_767, 31
"""Limits of the format."""

WIDEST, NARROWEST, LOOKED_AT = 60, 8, 200
"""Bounds of a column's width in characters, and rows that are looked at to choose it."""

DAY_ZERO = date(1899, 12, 30)
PLAIN, HEADING, DAY, TYPED = range(4)

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME = "http://schemas.openxmlformats.org"
MAIN = f'xmlns="{NAME}/spreadsheetml/2006/main"'
KIND = f"{NAME}/officeDocument/2006/relationships"
PACKAGE = f'xmlns="{NAME}/package/2006/'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'<styleSheet {MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1" applyAlignment="1">'
    '<alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


class Sheet(NamedTuple):
    """One sheet: a row of headings, and rows as long as it.

    Into ``typed`` columns, by number from 0, people type text: Excel makes no numbers and
    no days of it.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    typed: Collection[int] = ()


def write(path: Path | IO[bytes], sheets: Mapping[str, Sheet]) -> None:
    """Write a workbook; the headings stay in sight and can filter.

    Args:
        path: The file, one that is there is replaced; or where to write it.
        sheets: By name, in order; a name is cut at 31 characters, and numbered where
            one before it is the same then; rows that do not fit a sheet go on in the next.

    Raises:
        ValueError: If there is no sheet.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, text in _parts(dict(_fitting(sheets))):
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            file.writestr(part, PROLOGUE + text)


def _fitting(sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets under names that are allowed, none too long, no two alike."""
    taken: set[str] = set()
    for name, sheet in sheets.items():
        for start in range(0, max(len(sheet.rows), 1), MOST_ROWS - 1):
            free = next(each for each in _names(name) if each.casefold() not in taken)
            taken.add(free.casefold())
            yield free, sheet._replace(rows=sheet.rows[start : start + MOST_ROWS - 1])


def _names(name: str) -> Iterator[str]:
    """Yield names for a sheet: its own as far as it is allowed, then the same numbered from 2."""
    allowed = re.sub(r"[\[\]:*?/\\]", " ", name)
    yield allowed[:LONGEST_NAME]
    for number in count(2):
        mark = f" ({number})"
        yield allowed[: LONGEST_NAME - len(mark)] + mark


def _parts(sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{SHEET_TYPE}.{kind}+xml"/>'
        for part, kind in [
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{number}", "worksheet") for number in numbers),
        ]
    )
    links = "application/vnd.openxmlformats-package.relationships+xml"
    known = f'<Default Extension="rels" ContentType="{links}"/>{kinds}'
    yield "[Content_Types].xml", f'<Types {PACKAGE}content-types">{known}</Types>'
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    named = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook {MAIN} xmlns:r="{KIND}"><sheets>{named}</sheets></workbook>',
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", STYLES
    for number, sheet in zip(numbers, sheets.values(), strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(sheet)


def _links(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="r{number}" Type="{KIND}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships {PACKAGE}relationships">{links}</Relationships>'


def _sheet(sheet: Sheet) -> str:
    text = StringIO()
    text.write(
        f'<worksheet {MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    text.write(f"<cols>{''.join(_widths(sheet))}</cols><sheetData>")
    text.write(_row(sheet.headings, HEADING))
    for row in sheet.rows:
        text.write(_row(row, PLAIN))
    last = f"{_letters(len(sheet.headings))}{len(sheet.rows) + 1}"
    text.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')
    return text.getvalue()


def _widths(sheet: Sheet) -> Iterator[str]:
    for number, heading in enumerate(sheet.headings):
        seen = [len(str(row[number])) for row in sheet.rows[:LOOKED_AT]]
        width = min(WIDEST, max(NARROWEST, min(len(heading), 16), *seen, 0) + 2)
        style = f' style="{TYPED}"' if number in sheet.typed else ""
        place = f'min="{number + 1}" max="{number + 1}"'
        yield f'<col {place} width="{width}"{style} customWidth="1"/>'


def _row(cells: Sequence[Cell], style: int) -> str:
    return f"<row>{''.join(_cell(cell, style) for cell in cells)}</row>"


def _cell(value: Cell, style: int) -> str:
    if isinstance(value, date):
        return f'<c s="{DAY}"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, str):
        said = escape(UNWRITABLE.sub("", value)[:LONGEST_TEXT])
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    if isinstance(value, bool):
        return f'<c s="{style}" t="b"><v>{int(value)}</v></c>'
    if value is None or not isfinite(value):
        return f'<c s="{style}"/>'
    return f'<c s="{style}"><v>{value:.15g}</v></c>'


def _letters(number: int) -> str:
    """Return the name of a column.

    >>> _letters(1), _letters(26), _letters(27)
    ('A', 'Z', 'AA')
    """
    more, letter = divmod(number - 1, 26)
    return (_letters(more) if more else "") + chr(ord("A") + letter)
