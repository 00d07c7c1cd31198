"""Templates: written, filled in, taken in."""

import csv
import re
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from mutasi.bundle.spreadsheets import sheets
from mutasi.bundle.stored import Stored
from mutasi.i18n import LANGUAGES
from mutasi.lists.catalogue import LISTS, LocalList
from mutasi.lists.reading import read as read_files
from pipelines import cli
from pipelines.pages import workbook
from pipelines.template import explanation, list_named, write
from tests.records import TODAY

read = partial(read_files, today=TODAY)

EACH = pytest.mark.parametrize("each", LISTS, ids=[each.name for each in LISTS])


@EACH
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_reads_an_empty_template_as_an_empty_list(
    tmp_path: Path, each: LocalList, kind: str, language: str
) -> None:
    path = tmp_path / f"{each.title(language)}.{kind}"
    write(each, path, language)

    bundle = read(path, Stored())

    assert (bundle.rejected, bundle.ignored) == ((), ())
    assert {table: len(frame) for table, frame in bundle.frames.items()} == {each.noun.table: 0}


@EACH
def test_the_example_of_a_template_is_good_input(tmp_path: Path, each: LocalList) -> None:
    table = explanation(each, "id")[1:]
    path = tmp_path / f"{each.names[0]}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[row[0] for row in table], [row[-1] for row in table]])
    ids = {"employees": {table[0][-1]}, "positions": {"JAB-0123"}, "units": {"UNIT-045"}}

    reasons = {fault.reason for fault in read(path, Stored(ids)).rejected}

    assert reasons <= ({"unknown_reference"} if each.updates else set())


def test_a_list_is_asked_for_in_either_language() -> None:
    assert list_named("Masa Larangan") is list_named("blackouts")


def test_the_command_lists_writes_and_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTASI_HOME", str(tmp_path / "home"))
    path = tmp_path / "jawaban.xlsx"
    runner = CliRunner()

    listed = runner.invoke(cli.app, ["template", "--lang", "id"])
    done = runner.invoke(cli.app, ["template", "jawaban", "--out", str(path), "--lang", "id"])
    again = runner.invoke(cli.app, ["template", "jawaban", "--out", str(path)])

    assert all(each.title("id") in listed.output for each in LISTS)
    assert (done.exit_code, again.exit_code) == (0, 2)
    (sheet,) = sheets(path, list_named("jawaban").headings)
    assert "tanggal_penawaran" in sheet.frame


def test_excel_takes_a_nip_typed_into_a_template_for_text(tmp_path: Path) -> None:
    path = tmp_path / "domisili.xlsx"
    write(list_named("domisili"), path, "id")

    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()

    columns = re.findall(r"<col [^>]*/>", sheet)
    assert [f'style="{workbook.TYPED}"' in column for column in columns] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert re.findall(r"<xf[ />]", styles.split("cellXfs")[1])[workbook.TYPED]
    assert 'numFmtId="49"' in styles
