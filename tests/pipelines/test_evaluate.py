"""`mutasi evaluate`: nothing from the future, every figure beside its baselines, one page."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from features.outcomes import Decisions
from models.artifact import Head
from models.examples import Examples
from models.fitting import LinearConfig
from models.selection import CANDIDATES
from mutasi.errors import RegionEmpty, TruthMismatch, TruthUnreadable
from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from mutasi.simulation import Region, SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from pipelines.cli import app
from pipelines.evaluation import against_truth, figures
from pipelines.evaluation.backtest import QUESTIONS, WIDE, Question, Scored, backtest, folds_of
from pipelines.evaluation.job import Evaluated, backtests, evaluate
from pipelines.evaluation.page import page
from pipelines.evaluation.schema import SCHEMA, Gap, Report
from pipelines.evaluation_summary import show_evaluation
from tests.records import snapshot

PERFORMANCE, ACCEPTANCE = QUESTIONS
RATING, DISTANCE = WIDE.index("last_rating"), WIDE.index("distance_change_km")
LAST_DAY = date(2026, 3, 31)


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


def quick(question: Question) -> Question:
    """Return a question that is learned by one light learner."""

    def learn(examples: Examples, resamples: int) -> Head:
        return question.learn(examples, (LinearConfig(penalty=100.0),), resamples)

    return Question(
        question.name, question.task, question.names, learn, question.least, question.baselines
    )


def examples(question: Question, signal: float = 1.0, seed: int = 5, count: int = 600) -> Examples:
    """Return six years of decisions whose label follows rating and distance."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, len(WIDE)))
    strength = signal * (3.0 * matrix[:, RATING] - 3.0 * matrix[:, DISTANCE])
    matrix[:, RATING] = 50 + 10 * matrix[:, RATING]
    matrix[rng.random(matrix.shape) < 0.05] = np.nan
    label = 50 + strength + rng.normal(size=count) * 5
    if question is ACCEPTANCE:
        label = (rng.random(count) < 1 / (1 + np.exp(-strength / 2))).astype(float)
    days = np.datetime64("2016-01-01") + np.sort(rng.integers(0, 6 * 365, count) // 30 * 30)
    ids = np.array([f"E{row % 97}" for row in range(count)], dtype=object)
    return Examples(WIDE, matrix, Decisions(ids, ids, days, label, days + 400))


def scored(question: Question, given: Examples, years: int = 3) -> Scored:
    wanted = quick(question)
    found = backtest(wanted, given, folds_of(wanted, given, years), lambda: None)
    assert found is not None
    return found


def test_what_became_known_later_changes_no_prediction() -> None:
    given = examples(PERFORMANCE)
    found = scored(PERFORMANCE, given, years=1)
    start = np.datetime64("2021-01-01")
    later = given.decisions.known_on >= start
    changed = given.label + np.where(later, 1000.0, 0.0)
    forged = Examples(
        WIDE,
        given.matrix,
        Decisions(
            given.decisions.employee_id,
            given.decisions.position_id,
            given.decisions.decided_on,
            changed,
            given.decisions.known_on,
        ),
    )

    again = scored(PERFORMANCE, forged, years=1)

    assert later[given.decisions.decided_on < start].any()
    assert set(found.year) == {2021}
    for name, predicted in found.predictions.items():
        np.testing.assert_array_equal(predicted, again.predictions[name])


def test_the_base_rate_is_that_of_what_was_known_before_the_year() -> None:
    given = examples(ACCEPTANCE)
    found = scored(ACCEPTANCE, given, years=2)

    for fold in found.folds:
        known = given.decisions.known_on < np.datetime64(f"{fold.year}-01-01")
        stated = found.predictions["base_rate"][found.year == fold.year]
        assert fold.learned_from == known.sum()
        assert set(stated) == {given.label[known].mean()}


def test_who_never_was_rated_is_expected_to_be_average() -> None:
    found = scored(PERFORMANCE, examples(PERFORMANCE), years=1)
    last, unrated = found.predictions["last_rating"], ~found.was_rated

    assert unrated.any()
    np.testing.assert_allclose(last[unrated], found.predictions["base_rate"][unrated])


@pytest.mark.parametrize("question", [PERFORMANCE, ACCEPTANCE], ids=lambda one: str(one.name))
def test_a_model_that_knows_more_is_surely_better(question: Question) -> None:
    task = figures.task(scored(question, examples(question, count=1200)), draws=200)
    compared = task.comparison
    main, better = next(iter(compared.measures.items()))
    difference = compared.differences[compared.rival][main].difference

    assert list(compared.predictors) == ["model", *question.baselines]
    assert compared.verdict == "better"
    assert compared.drawn_by == "day"
    assert not compared.is_thin
    assert difference.high is not None
    assert difference.low is not None
    assert difference.high < 0 if better == "low" else difference.low > 0
    assert (task.concordance["model"] or 0) > 0.65
    assert [year.year for year in task.years] == [2019, 2020, 2021]
    assert sum(year.count for year in task.years) == compared.count == sum(task.bins.count)


def test_of_pure_noise_nothing_is_claimed() -> None:
    task = figures.task(scored(PERFORMANCE, examples(PERFORMANCE, signal=0.0)), draws=200)

    assert task.comparison.verdict != "better"
    assert abs(task.comparison.predictors["model"]["pearson"].value or 0) < 0.2


def test_the_interval_of_nine_tenths_is_checked_against_what_came() -> None:
    task = figures.task(scored(PERFORMANCE, examples(PERFORMANCE)), draws=100)

    assert task.coverage is not None
    assert task.coverage.realised.value == pytest.approx(0.9, abs=0.06)
    assert task.coverage.unrated is not None
    assert 10 < task.coverage.width < 25


def test_few_days_are_drawn_by_person() -> None:
    given = examples(PERFORMANCE)
    few = given.decisions.decided_on.astype("datetime64[Y]").astype("datetime64[D]") + 180
    own = given.decisions
    yearly = Examples(
        WIDE,
        given.matrix,
        Decisions(own.employee_id, own.position_id, few, own.label, few + 400),
    )

    found = figures.task(scored(PERFORMANCE, yearly), draws=50).comparison

    assert found.drawn_by == "person"
    assert found.clusters == 97


def test_concordance_counts_pairs() -> None:
    rng = np.random.default_rng(3)
    label, told = rng.integers(0, 5, 60).astype(float), rng.integers(0, 4, 60).astype(float)
    pairs = [(i, j) for i in range(60) for j in range(60) if label[i] > label[j]]
    agreed = [1.0 if told[i] > told[j] else 0.5 if told[i] == told[j] else 0.0 for i, j in pairs]

    assert figures.concordance(label, told) == pytest.approx(np.mean(agreed))
    assert figures.concordance(label, np.ones(60)) == 0.5
    assert np.isnan(figures.concordance(np.ones(60), told))


def test_movers_of_a_day_are_ordered_and_random_order_is_beside() -> None:
    found = figures.movers(scored(PERFORMANCE, examples(PERFORMANCE, count=1500)), draws=200)

    assert found is not None
    ndcg = {name: one["ndcg"].value for name, one in found.comparison.predictors.items()}
    assert list(ndcg) == ["model", "random", "last_rating", "profile"]
    assert (ndcg["model"] or 0) > (ndcg["last_rating"] or 1) > (ndcg["random"] or 1)
    assert found.comparison.drawn_by == "day"


def test_days_with_few_movers_order_nobody() -> None:
    assert figures.movers(scored(PERFORMANCE, examples(PERFORMANCE, count=300)), draws=10) is None


def test_too_few_labels_test_nothing() -> None:
    given = {
        "performance": examples(PERFORMANCE, count=40),
        "acceptance": examples(ACCEPTANCE, count=40),
    }

    assert backtests(given, 5, silent) == {}


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


def test_the_back_test_learns_as_training_does() -> None:
    wanted: Sequence[object] = CANDIDATES

    assert PERFORMANCE.learn.__defaults__ is not None
    assert PERFORMANCE.learn.__defaults__[0] is wanted
    assert ACCEPTANCE.learn.__defaults__ is not None
    assert ACCEPTANCE.learn.__defaults__[0] is wanted
