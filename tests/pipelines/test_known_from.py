"""`mutasi import` believes no record that is known from a day that has not come."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mutasi import clock
from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.store import personnel, session
from pipelines.cli import app
from tests.regions import SITI, tiny_folder

MOMENT = 1774882800
"""30 March 2026, 22:00 in Jakarta and already the 31st in Jayapura."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    return tiny_folder(tmp_path / "region")


def graded(folder: Path, known_on: str) -> None:
    """Let one grade be known from a day, and nothing else change."""
    (folder / "grades.csv").write_text(
        f"employee_id,since,grade,known_on\n{SITI},2016-04-01,10,{known_on}\n"
    )


def taken_in(home: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), "import", str(folder), *options])


def day_of_region(home: Path) -> date:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return personnel.last_known_on(work)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_2099_is_put_into_quarantine_and_the_region_keeps_its_day(
    folder: Path, tmp_path: Path, language: str
) -> None:
    home = tmp_path / "home"
    taken_in(home, folder)
    before = day_of_region(home)
    graded(folder, "2099-01-01")

    result = taken_in(home, folder, "--lang", language, "--json")

    assert result.exit_code == 3
    assert json.loads(result.stdout)["reasons"] == [
        {"file": "grades.csv", "reason": "known_ahead", "rows": 1}
    ]
    with (home / "quarantine" / "region.csv").open(encoding="utf-8-sig", newline="") as listed:
        _, row = csv.reader(listed)
    assert row[:4] == ["grades.csv", "2", "known_on", "2099-01-01"]
    assert "2026-03-31" in row[4]
    assert day_of_region(home) == before


def test_a_strict_import_refuses_its_file(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    taken_in(home, folder)
    before = day_of_region(home)
    graded(folder, "2099-01-01")

    result = taken_in(home, folder, "--strict")

    assert result.exit_code == 1
    assert day_of_region(home) == before


@pytest.mark.parametrize(("known_on", "code"), [("2026-03-31", 0), ("2026-04-01", 3)])
def test_today_is_the_latest_day_anywhere_in_the_country(
    folder: Path, tmp_path: Path, known_on: str, code: int
) -> None:
    graded(folder, known_on)

    assert taken_in(tmp_path / "home", folder).exit_code == code


def test_who_says_the_day_of_the_files_is_believed(folder: Path, tmp_path: Path) -> None:
    graded(folder, "2041-03-30")

    assert taken_in(tmp_path / "home", folder, "--as-of", "2041-03-30").exit_code == 0
    assert day_of_region(tmp_path / "home") == date(2041, 3, 30)
