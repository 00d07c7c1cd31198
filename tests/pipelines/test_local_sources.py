"""`mutasi import` of what an agency keeps itself: local lists, maps, analyses of workload."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from mutasi.settings import Settings
from mutasi.store import personnel, session
from pipelines.cli import app
from tests.regions import BUDI, tiny_folder

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that holds the very small region."""
    result = taken_in(tmp_path / "home", tiny_folder(tmp_path / "region"))
    assert result.exit_code == 0, result.output
    return tmp_path / "home"


def taken_in(home: Path, place: Path, *options: str) -> Result:
    arguments = ["--home", str(home), "import", str(place), "--lang", "id", *options]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def rows(home: Path, table: str) -> pd.DataFrame:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return personnel.rows(work, table)


def test_one_list_is_taken_in_and_nothing_else_changes(home: Path, tmp_path: Path) -> None:
    before = rows(home, "units")
    place = tmp_path / "terpencil.csv"
    place.write_text("Kode unit,Terpencil\nPKM-1,ya\nPKM-9,ya\n", encoding="utf-8")

    result = taken_in(home, place, "--format", "lists")

    assert result.exit_code == 3, result.output
    pd.testing.assert_frame_equal(
        rows(home, "units"), before.assign(is_remote=before["unit_id"] == "PKM-1")
    )


def test_a_recorded_answer_comes_in_beside_those_stored(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "jawaban.csv"
    text = f"NIP,Kode jabatan,Tanggal penawaran,Jawaban\n{BUDI},P2,2020-01-31,diterima\n"
    place.write_text(text, encoding="utf-8")

    first, again = (taken_in(home, place, "--format", "lists", "--json") for _ in range(2))

    counts = [json.loads(result.stdout)["tables"]["offers"] for result in (first, again)]
    assert [(count["new"], count["unchanged"]) for count in counts] == [(1, 0), (0, 1)]


def test_a_map_is_drawn_and_what_it_says_otherwise_is_told(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "peta.csv"
    place.write_text(
        "nomor;nama;tipe;kebutuhan;eksisting\n1;Dinas Kesehatan;Unit;;\n"
        "1.1;Puskesmas Satu;Unit;;\n1.1.1;Perawat;Jabatan;4;2\n",
        encoding="utf-8",
    )

    untold = taken_in(home, place, "--format", "peta")
    result = taken_in(home, place, "--format", "peta", "--since", "2025-01-01")

    assert (untold.exit_code, result.exit_code) == (2, 0)
    assert "eksisting tertulis 2 tetapi menurut data 1" in result.stdout
    needs = rows(home, "needs")
    assert needs[["position_id", "needed"]].to_numpy().tolist() == [["P2", 4]]


@pytest.mark.parametrize(
    ("option", "kind"),
    [("--since", "bundle"), ("--since", "siasn"), ("--as-of", "lists"), ("--as-of", "peta")],
)
def test_an_option_of_another_format_is_refused(tmp_path: Path, option: str, kind: str) -> None:
    result = taken_in(tmp_path / "home", tmp_path, "--format", kind, option, "2025-01-01")

    assert result.exit_code == 2
    assert f"--format {'peta' if option == '--since' else 'siasn'}" in result.output
    assert not (tmp_path / "home").exists()


def test_a_folder_without_lists_is_refused_in_words(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = CliRunner().invoke(
        app, ["--home", str(home), "import", str(tmp_path / "empty"), "--format", "lists"]
    )

    assert result.exit_code != 0
    assert type(result.exception).__name__ == "ListUnknown"
