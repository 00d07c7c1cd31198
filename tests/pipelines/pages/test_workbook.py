"""Workbooks are what a spreadsheet reads, and hold what was given."""

import math
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given, strategies as st

from pipelines.pages import workbook
from pipelines.pages.workbook import Cell, Sheet, write

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path: Path, number: int = 1) -> list[list[tuple[str, str]]]:
    """Return the kind and the text of every cell of a sheet."""
    with ZipFile(path) as file:
        root = ET.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 # made here
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        for row in root.iter(f"{MAIN}row")
    ]


def test_cells_are_kept_as_what_they_are(tmp_path: Path) -> None:
    row: list[Cell] = ["=1+1", 1.5, None, math.nan, True, date(2024, 2, 29)]
    write(tmp_path / "a.xlsx", {"A": Sheet(list("uvwxyz"), [row])})

    assert cells(tmp_path / "a.xlsx")[1] == [
        ("inlineStr", "=1+1"),
        ("n", "1.5"),
        ("n", ""),
        ("n", ""),
        ("b", "1"),
        ("n", "45351"),
    ]


def test_every_sheet_is_there_under_a_name_that_is_allowed(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", {"a/b & c": Sheet(["x"], []), "n" * 40: Sheet(["y"], [[2]])})

    with ZipFile(tmp_path / "a.xlsx") as file:
        book = ET.fromstring(file.read("xl/workbook.xml"))  # noqa: S314 # made here
    assert [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")] == ["a b & c", "n" * 31]
    assert cells(tmp_path / "a.xlsx", 2) == [[("inlineStr", "y")], [("n", "2")]]


def test_names_that_are_alike_once_they_are_cut_are_numbered(tmp_path: Path) -> None:
    names = ["n" * 31, "N" * 40, "n" * 41, "n" * 27 + " (2)"]
    write(tmp_path / "a.xlsx", {name: Sheet([name], []) for name in names})

    with ZipFile(tmp_path / "a.xlsx") as file:
        book = ET.fromstring(file.read("xl/workbook.xml"))  # noqa: S314 # made here
    assert [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")] == [
        "n" * 31,
        "N" * 27 + " (2)",
        "n" * 27 + " (3)",
        "n" * 27 + " (4)",
    ]
    assert [cells(tmp_path / "a.xlsx", number + 1)[0][0][1] for number in range(4)] == names


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, {"A": Sheet(["x"], [["text"]])})

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one sheet"):
        write(tmp_path / "a.xlsx", {})


def test_rows_that_do_not_fit_a_sheet_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    write(tmp_path / "a.xlsx", {"A": Sheet(["x"], [[1], [2], [3]])})

    assert [len(cells(tmp_path / "a.xlsx", number)) for number in (1, 2)] == [3, 2]


@given(st.text())
def test_any_text_leaves_a_workbook_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    write(path, {"A": Sheet([text], [[text]])})

    assert len(cells(path)) == 2
