"""`mutasi staffing` and `mutasi forecast`: one set of figures on terminal, page, data and list."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from mutasi.errors import RegionEmpty
from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.staffing import Past, Units, balance
from mutasi.store import personnel, session
from pipelines.cli import app
from pipelines.staffing.balancing import family_names, staffing
from pipelines.staffing.forecasting import forecast
from pipelines.staffing.job import write_forecast, write_staffing
from pipelines.staffing.page import forecast_page, heat_map, staffing_page
from pipelines.staffing.schema import Cell, Forecast, Staffing
from pipelines.staffing.wording import SECTION, Told
from tests.mutasi.staffing.made import TODAY, region
from tests.records import frames, snapshot

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
URGENT = {"unit_id": "CLINIC", "subject": "queues", "since": date(2025, 1, 1), "weight": 2.0}
COUNTED = {
    "position_id": "nurse",
    "since": date(2025, 1, 1),
    "needed": 3,
    "workload": 60_000.0,
}


def run(settings: Settings, *arguments: str) -> str:
    """Return what a command prints, in one line."""
    result = CliRunner().invoke(app, ["--home", str(settings.home), *arguments])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.fixture(scope="module")
def folder(stored: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which both jobs wrote in both languages."""
    folder = tmp_path_factory.mktemp("reports")
    for language in LANGUAGES:
        write_staffing(stored, out=folder, language=language)
        write_forecast(stored, (12, 24), out=folder, language=language)
    return folder


def read(folder: Path, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("name", ["staffing", "forecast"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_m2_m17_page_and_workbook_tell_what_the_data_tell(
    name: str, language: str, folder: Path
) -> None:
    page = (folder / f"{name}.{language}.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert not re.search(r"<script|https?://|<link|\bsrc=", page)
    with ZipFile(folder / f"{name}.{language}.xlsx") as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 # made here
    assert len(list(sheet.iter(f"{MAIN}row"))) == len(read(folder, name)["positions"]) + 1


def test_m19_whatever_is_listed_the_region_is_the_same(folder: Path) -> None:
    told = read(folder, "staffing")

    assert told["total"]["filled"] == 500
    tops = [unit for unit in told["units"] if unit["parent"] is None]
    for name in ("needed", "filled", "shortage", "surplus"):
        for groups in (told["positions"], told["sectors"], tops):
            assert sum(group[name] for group in groups) == told["total"][name]
    shortages = [group["weighted"] for group in told["positions"]]
    assert shortages == sorted(shortages, reverse=True)


def test_m19_need_is_told_year_by_year(folder: Path) -> None:
    told = read(folder, "staffing")
    years = {point["day"][:4] for point in told["trend"] if point["is_assessed"]}
    last = [point for point in told["trend"] if point["day"] == told["as_of"]]

    assert len(years) >= 6
    assert sum(point["filled"] for point in last) == told["total"]["filled"]


def test_m17_a_forecast_says_how_such_forecasts_fared(folder: Path) -> None:
    told = read(folder, "forecast")
    year = told["hindsight"][0]

    assert [found["months"] for found in told["hindsight"]] == [12, 24]
    assert len(year["trials"]) >= 3
    assert year["error"] < year["baseline_error"]


def test_m2_the_command_lists_what_was_asked_for(stored: Settings, tmp_path: Path) -> None:
    asked = ("--by", "sector", "--lang", "en", "--out", str(tmp_path))

    assert "Need and people" in run(stored, "staffing", *asked, "--limit", "2")
    assert "the 90% interval held what came" in run(stored, "forecast", *asked)


def test_a_day_can_be_chosen_and_horizons_too(stored: Settings, tmp_path: Path) -> None:
    chosen = ("--as-of", "2023-06-30", "--months", "36, 6,6", "--json", "--out", str(tmp_path))
    told = json.loads(run(stored, "forecast", *chosen))

    assert told["as_of"] == "2023-06-30"
    assert told["months"] == [6, 36]


@pytest.mark.parametrize("months", ["", "twelve", "0", "12,121", "-1"])
def test_horizons_that_are_none_are_wrong_usage(months: str, stored: Settings) -> None:
    asked = ["--home", str(stored.home), "forecast", "--months", months]

    assert CliRunner().invoke(app, asked).exit_code == 2


@pytest.mark.parametrize("day", ["1979-12-31", "2101-01-01", "yesterday"])
def test_a_day_far_off_is_wrong_usage(day: str, stored: Settings) -> None:
    asked = ["--home", str(stored.home), "staffing", "--as-of", day]

    assert CliRunner().invoke(app, asked).exit_code == 2


@pytest.mark.parametrize("day", [date(1995, 1, 1), date(2090, 12, 31)])
def test_the_past_and_the_future_of_the_records_can_be_asked_about(
    day: date, stored: Settings, tmp_path: Path
) -> None:
    assert write_staffing(stored, as_of=day, out=tmp_path).report.as_of == day
    assert write_forecast(stored, (120,), as_of=day, out=tmp_path).report.as_of == day


def test_a_day_before_all_records_is_an_empty_region(stored: Settings, tmp_path: Path) -> None:
    with pytest.raises(RegionEmpty):
        write_staffing(stored, as_of=date(1900, 1, 2), out=tmp_path)


def test_a_page_says_all_that_must_be_kept_in_mind() -> None:
    gone = {"employee_id": "ani", "since": date(2025, 1, 1), "standing": "88"}
    late = {"employee_id": "eko", "since": TODAY, "standing": "01"}
    past = Past(region(demands=[URGENT], needs=[COUNTED], standings=[gone, late]))
    report = staffing(past, TODAY, "en")

    assert [gap.code for gap in report.gaps] == ["unassessed", "departed"]
    assert [(signal.unit, signal.weight) for signal in report.signals] == [("Clinic", 2.0)]
    page = staffing_page(report, "en")
    assert "queues" in page
    assert "nobody ended their posting" in page


def test_a_page_of_few_records_says_what_it_cannot_tell() -> None:
    past = Past(region())
    report = forecast(past, TODAY, (12,))

    assert [gap.code for gap in report.gaps] == ["undated", "no_rate"]
    assert report.leaving is None
    page = forecast_page(report, "en")
    assert "Too few years have passed" in page


def test_efficiency_is_told_where_workload_is_on_record(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, frames(**_rows()))

    words = run(settings, "staffing", "--lang", "en", "--as-of", TODAY.isoformat())

    assert "EU (class)" in words
    assert "0.80 (C)" in words


def test_efficiency_of_some_people_only_says_of_how_many() -> None:
    report = staffing(Past(region(needs=[COUNTED])), TODAY, "en")
    told = Told("en", SECTION)

    assert told.efficiency(report.total) == "0.80 (C; of 1)"
    clinic = next(unit for unit in report.units if unit.key == "CLINIC")
    assert (clinic.measured, clinic.filled) == (1, 3)


def _rows() -> dict[str, list[dict[str, object]]]:
    return {
        "units": [{"unit_id": "U1", "name": "Clinic"}],
        "positions": [{"position_id": "nurse", "title": "Nurse"}],
        "needs": [COUNTED],
        "employees": [{"employee_id": "ani"}],
        "postings": [
            {"employee_id": "ani", "position_id": "nurse", "started_on": date(2020, 1, 1)}
        ],
    }


def test_a_family_is_called_by_what_its_titles_have_in_common() -> None:
    titles = [
        ("nurse", "FUNGSIONAL", "Perawat Terampil"),
        ("nurse", "FUNGSIONAL", "Perawat Ahli Muda"),
        ("clerk", "PELAKSANA", "Pengolah Data"),
        ("clerk", "PELAKSANA", "Pengadministrasi"),
        (None, "STRUKTURAL", "Camat"),
        (None, None, "Anything"),
    ]
    records = snapshot(
        TODAY,
        units=[{"unit_id": "U1"}],
        positions=[
            {"position_id": str(n), "family": family, "kind": kind, "title": title}
            for n, (family, kind, title) in enumerate(titles)
        ],
    )
    posts = balance(records, Units.of(records))

    assert family_names(posts, "en").tolist() == [
        "Perawat",
        "Perawat",
        "general position",
        "general position",
        "Camat",
        "Anything",
    ]


def test_the_heat_map_sums_up_what_it_does_not_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.staffing.page.OFFICES", 1)
    monkeypatch.setattr("pipelines.staffing.page.FAMILIES", 1)
    figures = {("A", "nurse"): (9, 4), ("A", "clerk"): (1, 2), ("B", "clerk"): (3, 3)}
    found = heat_map(
        [
            Cell(office=office, family=family, needed=needed, filled=filled)
            for (office, family), (needed, filled) in figures.items()
        ],
        "others",
    )

    assert found.families == ("nurse", "others")
    squares = {
        office: [square and (square.shade, square.filled, square.needed) for square in row]
        for office, row in found.offices
    }
    assert squares == {"A": [("h1", 4, 9), ("over", 2, 1)], "others": [None, ("even", 3, 3)]}


def test_no_person_is_named_in_what_is_written(stored: Settings, folder: Path) -> None:
    with session.reading(session.engine(stored.database_url)) as work:
        known = set(personnel.snapshot(work).tables["employees"]["employee_id"])
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.[hj]*")]
    for path in folder.glob("*.xlsx"):
        with ZipFile(path) as book:
            texts += [book.read(name).decode() for name in book.namelist()]

    assert len(texts) > 6
    assert not known & {number for text in texts for number in re.findall(r"\d{18}", text)}


def test_what_is_written_can_be_read_again(folder: Path) -> None:
    for kind, name in ((Staffing, "staffing"), (Forecast, "forecast")):
        text = (folder / f"{name}.json").read_text(encoding="utf-8")
        assert kind.model_validate_json(text).model_dump_json(indent=2) + "\n" == text


def test_json_on_the_terminal_is_of_what_is_listed(stored: Settings, tmp_path: Path) -> None:
    asked = ("staffing", "--by", "sector", "--json", "--out", str(tmp_path))
    told = json.loads(run(stored, *asked))

    assert told["by"] == "sector"
    assert sum(group["filled"] for group in told["groups"]) == told["total"]["filled"]
