"""`mutasi import`: all good rows or nothing, told in words."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from mutasi.bundle.writing import write
from mutasi.errors import (
    BundleColumnMissing,
    BundleFileMissing,
    BundleFileRejected,
    BundleFileUnreadable,
    MutasiError,
    RegionEmpty,
)
from mutasi.settings import Settings
from mutasi.store import personnel, session
from pipelines.cli import app
from tests.regions import BUDI, SITI, WATI, added, spoilt, tiny, tiny_folder

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_folder(tmp_path / "region")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def taken_in(home: Path, folder: Path, *options: str, language: str = "en") -> Result:
    arguments = ["--home", str(home), "import", str(folder), "--lang", language, *options]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def stored(home: Path) -> dict[str, pd.DataFrame]:
    """Return what the store holds, by table."""
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return dict(personnel.snapshot(work).tables)


def counts(result: Result) -> dict[str, dict[str, int]]:
    tables: dict[str, dict[str, int]] = json.loads(result.stdout)["tables"]
    return tables


def test_a_region_is_stored_and_summed_up(home: Path, folder: Path) -> None:
    result = taken_in(home, folder)

    assert result.exit_code == 0, result.output
    assert re.search(r"postings\s*│\s*4 │\s*4 │", result.stdout)
    assert "(derived)" in result.stdout
    assert set(stored(home)["employees"]["employee_id"]) == {SITI, BUDI, WATI}


def test_the_same_files_again_change_nothing(home: Path, folder: Path) -> None:
    taken_in(home, folder)

    again = counts(taken_in(home, folder, "--json"))

    assert {table: (row["new"], row["changed"]) for table, row in again.items()} == dict.fromkeys(
        again, (0, 0)
    )
    assert again["employees"]["unchanged"] == 3


def test_a_changed_row_is_counted_and_replaces_the_old(home: Path, folder: Path) -> None:
    taken_in(home, folder)
    spoilt(folder / "grades.csv", ",10,", ",11,")

    again = counts(taken_in(home, folder, "--json"))

    assert again["grades"] == {"read": 1, "new": 0, "changed": 1, "unchanged": 0, "quarantined": 0}
    assert stored(home)["grades"]["grade"].tolist() == [11]


def test_derived_moves_never_replace_recorded_ones(home: Path, folder: Path) -> None:
    moves = folder / "transfers.csv"
    moves.write_text(
        f"employee_id,position_id,decided_on,started_on\n{SITI},P1,2018-12-20,2019-01-01\n"
    )
    taken_in(home, folder)
    moves.unlink()

    again = counts(taken_in(home, folder, "--json"))

    assert again["transfers"]["unchanged"] == 1
    assert stored(home)["transfers"]["decided_on"].tolist() == [pd.Timestamp("2018-12-20")]


# ------------------------------------------------------------------ quarantine


def test_bad_rows_are_listed_and_good_ones_stored(home: Path, folder: Path) -> None:
    spoilt(folder / "employees.csv", SITI, "1.98505E+17")

    result = taken_in(home, folder)

    assert result.exit_code == 3
    assert "employees.csv: Excel has damaged the NIP" in result.stdout
    with (home / "quarantine" / "region.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    assert listed[0] == ["file", "row", "field", "value", "reason"]
    assert listed[1][:4] == ["employees.csv", "2", "employee_id", "•••+17"]
    assert listed[2][:3] == ["grades.csv", "2", "employee_id"]
    assert len(stored(home)["employees"]) == 2


def test_the_list_of_bad_rows_is_in_the_readers_language(home: Path, folder: Path) -> None:
    spoilt(folder / "postings.csv", "2018-12-31", "2011-12-31")
    place = home / "elsewhere" / "bad.csv"

    result = taken_in(home, folder, "--quarantine", str(place), language="id")

    assert result.exit_code == 3
    assert "postings.csv,2,ended_on,2011-12-31,berakhir sebelum started_on" in place.read_text(
        encoding="utf-8-sig"
    )
    assert str(place) in result.stdout.replace("\n", "")


def test_a_value_that_a_spreadsheet_would_run_is_made_inert(home: Path, folder: Path) -> None:
    spoilt(folder / "grades.csv", ",10,", ",=1+1,")

    taken_in(home, folder)

    assert "'=1+1" in (home / "quarantine" / "region.csv").read_text(encoding="utf-8-sig")


def test_a_program_reads_what_was_wrong(home: Path, folder: Path) -> None:
    added(folder / "employees.csv", f'{SITI},"Z","R","PNS",,,2010-01-01,')

    result = taken_in(home, folder, "--json")

    told = json.loads(result.stdout)
    assert told["reasons"] == [{"file": "employees.csv", "reason": "duplicate", "rows": 1}]
    assert told["tables"]["employees"]["quarantined"] == 1
    assert told["quarantine"].endswith("region.csv")


def test_strict_stores_nothing_where_a_row_is_bad(home: Path, folder: Path) -> None:
    spoilt(folder / "positions.csv", '"PKM-1"', '"PKM-9"')

    result = taken_in(home, folder, "--strict")

    assert isinstance(result.exception, BundleFileRejected)
    assert result.exception.params["file"] == "positions.csv"
    assert result.exception.params["rejected"] == 1
    assert (home / "quarantine" / "region.csv").is_file()
    assert nothing_is_stored(home)


# ------------------------------------------------------------------- bad files


def nothing_is_stored(home: Path) -> bool:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return not any(personnel.ids(work).values())


def without_a_file(folder: Path) -> None:
    (folder / "postings.csv").unlink()


def without_a_column(folder: Path) -> None:
    spoilt(folder / "postings.csv", '"started_on"', '"tmt"')


def truncated(folder: Path) -> None:
    write(folder, tiny(), "parquet")
    path = folder / "employees.parquet"
    path.write_bytes(path.read_bytes()[:50])


def in_another_encoding(folder: Path) -> None:
    (folder / "units.csv").write_bytes("unit_id,name\n".encode("utf-16"))


def without_employees(folder: Path) -> None:
    for table in ("postings", "employees", "offers", "grades", "appraisals"):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n")


def with_bad_employees_only(folder: Path) -> None:
    path = folder / "employees.csv"
    path.write_text("employee_id,region,appointed_on\n1.98E+17,R,2010-01-01\n")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (without_a_file, BundleFileMissing),
        (without_a_column, BundleColumnMissing),
        (truncated, BundleFileUnreadable),
        (in_another_encoding, BundleFileUnreadable),
        (without_employees, RegionEmpty),
        (with_bad_employees_only, BundleFileRejected),
    ],
)
def test_a_file_that_cannot_be_used_stores_nothing(
    spoil: Callable[[Path], None], error: type[MutasiError], home: Path, folder: Path
) -> None:
    spoil(folder)

    result = taken_in(home, folder)

    assert isinstance(result.exception, error)
    assert nothing_is_stored(home)


def test_a_bad_file_leaves_what_was_stored_before(home: Path, folder: Path) -> None:
    taken_in(home, folder)
    spoilt(folder / "grades.csv", ",10,", ",11,")
    (folder / "transfers.csv").write_text("employee_id\n")

    result = taken_in(home, folder)

    assert isinstance(result.exception, BundleColumnMissing)
    assert stored(home)["grades"]["grade"].tolist() == [10]


def test_a_failure_midway_leaves_what_was_stored_before(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(home, folder)
    spoilt(folder / "grades.csv", ",10,", ",11,")
    save = personnel.save

    def saved_then_failed(*arguments: object, **named: object) -> None:
        save(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
        raise OSError("the disk is full")

    monkeypatch.setattr("pipelines.ingest.personnel.save", saved_then_failed)

    result = taken_in(home, folder)

    assert isinstance(result.exception, OSError)
    assert stored(home)["grades"]["grade"].tolist() == [10]


def test_a_folder_that_is_not_there_is_wrong_usage(home: Path, tmp_path: Path) -> None:
    assert taken_in(home, tmp_path / "nowhere").exit_code == 2


@pytest.mark.slow
def test_the_public_tables_are_stored(home: Path, real_data: Path) -> None:
    result = taken_in(home, real_data / "ias", "--format", "ias", "--json")

    assert result.exit_code in {0, 3}
    assert counts(result)["postings"]["new"] > 100_000
