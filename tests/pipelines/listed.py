"""The list of rows to mend, read back as a spreadsheet program would."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(workbook: Path) -> dict[str, list[list[str]]]:
    """Return the rows of a workbook's sheets, by name."""
    with ZipFile(workbook) as file:
        book = ET.fromstring(file.read("xl/workbook.xml"))  # noqa: S314 # written here
        names = [sheet.attrib["name"] for sheet in book.iter(f"{SPREADSHEET}sheet")]
        return {
            name: [*_rows(file.read(f"xl/worksheets/sheet{number}.xml"))]
            for number, name in enumerate(names, 1)
        }


def _rows(sheet: bytes) -> Iterator[list[str]]:
    root = ET.fromstring(sheet)  # noqa: S314 # written here
    assert not [*root.iter(f"{SPREADSHEET}f")], "no cell is a formula"
    for row in root.iter(f"{SPREADSHEET}row"):
        yield ["".join(cell.itertext()) for cell in row]
