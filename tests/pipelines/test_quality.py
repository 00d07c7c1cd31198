"""M24: `mutasi quality`: page, figures and list of the rows to mend say the same."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from mutasi.errors import RegionEmpty
from mutasi.i18n import LANGUAGES, has_words, render
from mutasi.quality import CHECKS, Dimension, Severity
from mutasi.settings import Settings
from mutasi.store import session, trail
from pipelines.quality.cost import KINDS
from pipelines.quality.job import Judged, examined, judge_store, judged
from pipelines.quality.page import page
from pipelines.quality.schema import SCHEMA, Report
from tests.mutasi.quality.cases import AS_OF, changed, spoilt
from tests.pipelines.conftest import Run
from tests.pipelines.listed import sheets
from tests.records import snapshot

NIP = re.compile(r"\b(?:19|20)\d{16}\b")

LAYOUT = {
    "CheckFigures": "asked dimension faulty field name of people severity table",
    "Cost": "candidates drawn draws kinds model vacancies",
    "DimensionFigures": "asked checks dimension faulty people score",
    "FieldFigures": "faulty field share table",
    "Figure": "high low value",
    "Filled": "field filled rows table",
    "KindCost": "acceptance acceptance_today kind missing of offices pairs performance "
    "performance_today replaced without",
    "Note": "code facts",
    "Place": "name share",
    "Report": "as_of checks cost dimensions employees faulty fields filled format notes offices "
    "people_at_risk people_with_gap positions region serving unit_figures units",
    "UnitFigures": "faulty name office_id people people_with_gap scores unit_id",
}
"""What readers of ``quality.json`` rely on; a change raises ``SCHEMA``."""


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


def test_the_layout_of_the_figures_is_what_readers_rely_on() -> None:
    schema = Report.model_json_schema()
    parts = {**schema["$defs"], "Report": schema}
    found = {name: " ".join(sorted(part.get("properties", ()))) for name, part in parts.items()}

    assert {name: text for name, text in found.items() if text} == LAYOUT
    assert SCHEMA == 1


def test_figures_page_and_list_say_the_same(written: Judged) -> None:
    report = Report.model_validate_json(written.json.read_text(encoding="utf-8"))
    overview, *dimensions = sheets(written.workbook).values()

    assert report == written.report
    assert sum(len(rows) - 1 for rows in dimensions) == sum(report.faulty.values())
    assert len(overview) - 1 == len(report.checks) == len(CHECKS)
    for rows, figures in zip(dimensions, report.dimensions, strict=True):
        assert len(rows) - 1 == figures.faulty
    assert sum(unit.people for unit in report.unit_figures) == report.serving
    assert sum(office.people for office in report.offices) == report.serving
    for of_units in (report.unit_figures, report.offices):
        for dimension in report.dimensions:
            assert sum(each.faulty[dimension.dimension] for each in of_units) == dimension.faulty


def test_only_the_list_names_people(written: Judged) -> None:
    rows = [row for sheet in sheets(written.workbook).values() for row in sheet]

    assert any(NIP.search(cell) for row in rows for cell in row)
    assert not NIP.search(written.json.read_text(encoding="utf-8"))
    assert not NIP.search(written.page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(written: Judged, language: str) -> None:
    html = page(written.report, language)

    assert f'<html lang="{language}">' in html
    assert not re.search(r"https?:|//\w|<script|<link|<iframe|@import|url\((?!#)|src=", html)
    assert 'name="viewport"' in html
    for dimension in Dimension:
        assert render(f"quality.dimension.{dimension}", language) in html
    assert html == page(written.report, language)


def test_offices_stand_worst_first(written: Judged) -> None:
    means = [
        np.mean([score for score in office.scores.values() if score is not None])
        for office in written.report.offices
    ]

    assert means == sorted(means)


def test_without_a_model_the_report_says_so(stored: Settings, tmp_path: Path) -> None:
    found = judge_store(stored, silent, out=tmp_path, language="en")

    assert found.report.cost is None
    assert found.report.notes[0].code == "no_model"
    assert "mutasi train" in found.page.read_text(encoding="utf-8")


def test_an_earlier_day_is_judged_as_it_was_known(stored: Settings, tmp_path: Path) -> None:
    early = judge_store(stored, silent, out=tmp_path, as_of=AS_OF.replace(year=2023))

    assert early.report.as_of == "2023-06-01"


def test_nobody_on_record_is_an_error() -> None:
    with pytest.raises(RegionEmpty):
        examined(snapshot(AS_OF, positions=[{"position_id": "P1"}]), silent)


def test_an_empty_home_is_one_sentence_and_exit_code_2(run: Run, tmp_path: Path) -> None:
    code, _, err = run("--home", str(tmp_path), "quality")

    assert code == 2
    assert "mutasi import" in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_and_writes(
    run: Run, stored: Settings, tmp_path: Path, language: str
) -> None:
    words = ("quality", "--out", str(tmp_path), "--lang", language)
    code, out, _ = run("--home", str(stored.home), *words)

    assert code == 0
    assert render("quality.dimension.timeliness", language) in out
    assert not NIP.search(out)
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"quality.json", f"quality.{language}.html", f"quality.{language}.xlsx"}
    with session.reading(session.engine(stored.database_url)) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["kind"], last["object"]) == ("read", "records", "quality")


def test_the_command_speaks_json(run: Run, stored: Settings, tmp_path: Path) -> None:
    words = ("quality", "--out", str(tmp_path), "--json", "--as-of", "2024-01-31")
    code, out, _ = run("--home", str(stored.home), *words)

    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert json.loads(out)["as_of"] == "2024-01-31"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_report_is_in_the_catalogue(language: str) -> None:
    wanted = [
        *(f"check.{each.name}.{part}" for each in CHECKS for part in ("title", "expected", "why")),
        *(f"kind.{kind}" for kind in KINDS),
        *(f"table.{each.table}" for each in CHECKS),
        *(f"severity.{severity}" for severity in Severity),
    ]

    assert not [key for key in wanted if not has_words(f"quality.{key}", language)]


def test_a_table_that_is_not_about_people_is_counted_without_them() -> None:
    region = spoilt(changed("units", 2, latitude=None))
    report = judged(examined(region, silent), None, silent)
    located = next(each for each in report.checks if each.name == "unit_located")

    assert (located.faulty, located.people) == (1, None)
    assert report.people_with_gap == 0
    assert "governments" not in {each.table for each in report.filled}
