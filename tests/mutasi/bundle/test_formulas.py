"""No cell of any CSV is a formula, and what was meant comes back."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from mutasi.bundle.formulas import inert, meant
from mutasi.bundle.reading import read
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.writing import write
from mutasi.i18n import LANGUAGES
from mutasi.siasn import reading as siasn, writing as siasn_writing
from pipelines.ingest import write_list
from tests.records import TODAY
from tests.regions import tiny

EVIL = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\uff1d1+1",
    "Mawar;=1+1",
    "Mawar\n=1+1",
    "'=1+1",
)
RUN = re.compile(r"[=@\t\r\uff1d\uff20\uff0b\uff0d]|[+-](?![\d.,]+\Z)")
TEXTS = st.text(st.sampled_from("=+-@;,'\"\t\r\n 19.a\uff1d"), max_size=9)


def is_run(cell: str) -> bool:
    """Return whether a spreadsheet, whatever parts its cells, runs any of a cell."""
    return any(RUN.match(part) for part in [cell, *re.split(r"[;\t\r\n]", cell)])


@given(TEXTS)
def test_no_text_is_run_and_each_comes_back(text: str) -> None:
    made = inert(text)

    assert not is_run(made)
    assert meant(made) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_the_list_of_bad_rows_is_run(evil: str, language: str, tmp_path: Path) -> None:
    place = tmp_path / "bad.csv"
    write_list(place, (Rejected(evil, 2, evil, evil, "unknown_code", evil, "grades"),), language)

    with place.open(encoding="utf-8-sig", newline="") as file:
        heads, row = csv.reader(file)

    assert not [cell for cell in (*heads, *row) if is_run(cell)]
    assert [meant(cell) for cell in (row[0], *row[2:4])] == [evil] * 3


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_a_bundle_is_run_and_it_is_read_as_it_was(evil: str, tmp_path: Path) -> None:
    frames = tiny()
    said = evil.strip().replace("\n", " ").replace("\r", " ")
    frames["units"]["name"] = said
    frames["positions"]["title"] = said
    write(tmp_path, frames)

    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if is_run(cell)]
    bundle = read(tmp_path, today=TODAY)
    assert set(bundle.frames["units"]["name"]) == {said}
    assert set(bundle.frames["positions"]["title"]) == {said}


def test_the_list_of_employees_is_written_and_read_so_too(tmp_path: Path) -> None:
    frames = tiny()
    frames["employees"]["name"] = "=1+1"
    siasn_writing.write(tmp_path / "out", frames, "pegawai")

    table = pd.read_csv(tmp_path / "out" / "pegawai.csv", dtype="str", keep_default_na=False)
    names = set(siasn.read(tmp_path / "out", today=TODAY).frames["employees"]["name"])

    assert not [cell for row in table.to_numpy() for cell in row if is_run(cell)]
    assert names == {"=1+1"}
