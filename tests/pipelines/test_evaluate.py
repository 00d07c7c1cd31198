"""`mutasi evaluate`: nothing from the future, every figure beside its baselines, one page."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mutasi.errors import RegionEmpty, TruthMismatch, TruthUnreadable
from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from mutasi.simulation import Region, SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from pipelines.cli import app
from pipelines.evaluation import against_truth
from pipelines.evaluation.backtest import QUESTIONS
from pipelines.evaluation.job import Evaluated, evaluate
from pipelines.evaluation.page import page
from pipelines.evaluation.schema import SCHEMA, Gap, Report
from pipelines.evaluation_summary import show_evaluation
from tests.records import snapshot

LAST_DAY = date(2026, 3, 31)


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


@pytest.fixture(scope="session")
def lived() -> Region:
    """A small region that is old enough to be tested."""
    return simulate(SimulationConfig(employees=700, years=7, seed=3))


@pytest.fixture(scope="session")
def known(lived: Region) -> Snapshot:
    return Snapshot.of(LAST_DAY, lived.frames)


@pytest.fixture(scope="session")
def report(lived: Region, known: Snapshot) -> Report:
    return evaluate(known, silent, truth=lived.truth, years=2, draws=60)


def test_a_simulated_region_is_evaluated_against_its_truth(report: Report) -> None:
    assert report.format == SCHEMA
    assert report.performance is not None
    assert report.acceptance is not None
    assert report.choices is not None
    truth = report.truth
    assert truth is not None
    assert truth.performance is not None
    worth = {name: figure.value or 0.0 for name, figure in truth.worth.items()}
    assert worth["best_possible"] > worth["model"] > worth["random"]
    assert (truth.performance["within"].value or 0) > 0.2
    assert 0 < (truth.ceiling["pearson"] or 0) < 1
    assert (truth.ceiling["auc"] or 0) > 0.7
    assert truth.lists.comparison.drawn_by == "vacancy"


def test_the_report_holds_no_record_of_a_person(report: Report, known: Snapshot) -> None:
    text = report.model_dump_json()

    assert not [name for name in known.tables["employees"]["employee_id"] if name in text]


def test_the_report_comes_back_from_its_json(report: Report) -> None:
    assert Report.model_validate_json(report.model_dump_json()) == report


@pytest.fixture(scope="session")
def pages(report: Report) -> dict[str, str]:
    return {language: page(report, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_predicting_has_a_name(language: str) -> None:
    for question in QUESTIONS:
        for name in ("model", *question.baselines):
            assert render(f"evaluate.predictor.{name}", language)
            assert render(f"evaluate.about.{name}", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_but_itself(pages: dict[str, str], language: str) -> None:
    text = pages[language]
    ids = re.findall(r'\bid="([^"]+)"', text)
    referred = re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', text)

    assert f'<html lang="{language}">' in text
    assert "http" not in text
    assert "<script" not in text
    assert "src=" not in text
    assert len(ids) == len(set(ids))
    assert set(referred) <= set(ids)
    assert text.count("<svg") >= 10
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).split()


def test_the_same_figures_give_the_same_page(report: Report, pages: dict[str, str]) -> None:
    assert page(report, "id") == pages["id"]


def test_the_page_opens_with_plain_words_and_marks_the_simulated_part(
    pages: dict[str, str],
) -> None:
    text = pages["en"]

    assert text.index("A simulated region") < text.index("Performance after a move")
    assert text.index("Answer to an offer") < text.index("RMSE, T points")
    assert text.index("Simulated regions only") < text.index("Against the known truth")


def test_without_the_truth_the_page_says_what_nobody_can_know(report: Report) -> None:
    gap = Gap(code="unchosen_unknown", facts={})
    text = page(report.model_copy(update={"truth": None, "gaps": (gap,)}), "en")

    assert "Simulated regions only" not in text
    assert "A simulated region" not in text
    assert "Only the outcomes of those who were chosen are known" in text


def bare(**tables: list[dict[str, object]]) -> Snapshot:
    return snapshot(
        LAST_DAY,
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "P1"}],
        employees=[{"employee_id": "E1"}],
        **tables,
    )


def test_a_region_without_moves_says_that_nothing_could_be_tested() -> None:
    found = evaluate(bare(), silent)
    text = page(found, "en")

    assert found.performance is None
    assert found.truth is None
    assert [gap.code for gap in found.gaps] == [
        "performance_untested",
        "acceptance_untested",
        "no_vacancies",
        "unchosen_unknown",
    ]
    assert "There are too few records to test the model" in text
    assert "Could not be tested" in text


def test_an_empty_region_is_refused() -> None:
    with pytest.raises(RegionEmpty):
        evaluate(snapshot(LAST_DAY), silent)


def test_the_truth_of_another_region_is_refused(lived: Region, tmp_path: Path) -> None:
    lived.truth.save(tmp_path)

    with pytest.raises(TruthMismatch):
        against_truth.opened(tmp_path, bare())


@pytest.mark.parametrize("content", [None, "{", "{}"], ids=["absent", "cut short", "empty"])
def test_a_truth_that_cannot_be_read_is_refused(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "truth.json").write_text(content, encoding="utf-8")

    with pytest.raises(TruthUnreadable):
        against_truth.opened(tmp_path, bare())


def test_the_command_writes_what_it_prints(stored: Settings, tmp_path: Path) -> None:
    options = ("--out", str(tmp_path), "--years", "1", "--lang", "en", "--json")
    result = CliRunner().invoke(app, ["--home", str(stored.home), "evaluate", *options])
    written = (tmp_path / "report.json").read_text(encoding="utf-8")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == json.loads(written)
    assert Report.model_validate_json(written).format == SCHEMA
    assert (tmp_path / "report.en.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_names_the_model_s_rivals_and_the_page(
    report: Report, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated = Evaluated(report, Path("report.json"), Path(f"report.{language}.html"))

    show_evaluation(evaluated, language, as_json=False)
    shown = capsys.readouterr().out

    assert f"report.{language}.html" in shown
    assert "NDCG@10" in shown
    assert render("evaluate.gap.thin", language, part="").split("«")[0].split("“")[0] in shown
