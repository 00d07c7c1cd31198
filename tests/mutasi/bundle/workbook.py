"""Workbooks as Excel writes them, and as it would not."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{SPACE}"><numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yyyy"/>'
    '<numFmt numFmtId="165" formatCode="&quot;hari&quot; 0"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs></styleSheet>"
)
"""Styles 0 to 3: none, a built-in day, a day of one's own, a number with a word that has a d."""

RAW = "raw:"
"""What begins so is the cell's XML itself, ``REF`` standing for its place."""


def cell(column: int, row: int, value: object) -> str:
    """Return a cell: text, a number, or raw XML; columns count from 0."""
    place = f"{chr(ord('A') + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = str(value)
    if text.startswith(RAW):
        return text.removeprefix(RAW).replace('"REF"', f'"{place}"')
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: Iterable[Iterable[object]], merged: Iterable[str] = (), before: str = "") -> str:
    """Return the XML of a sheet."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(at, number, value) for at, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    data = f"<sheetData>{''.join(lines)}</sheetData><mergeCells>{merges}</mergeCells>"
    return f'{before}<worksheet xmlns="{SPACE}">{data}</worksheet>'


def workbook(path: Path, sheets: Mapping[str, str], shared: str = "", hidden: str = "") -> Path:
    """Write a workbook of sheets and return its path.

    Args:
        path: Where to.
        sheets: The XML of each, by name.
        shared: The items of the shared strings.
        hidden: The name of a sheet that is hidden.
    """
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name == hidden else "/>")
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml" Type="worksheet"/>'
        for number in range(1, len(sheets) + 1)
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SPACE}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SPACE}">{shared}</sst>')
        for number, text in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return path
