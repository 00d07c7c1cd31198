"""`mutasi bench ias`, on invented tables and on the real ones where they are at hand."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from mutasi.errors import TooFewReshuffles
from pipelines.cli import app
from pipelines.ias.display import shown
from pipelines.ias.frames import frames
from pipelines.ias.measure import Figures, Period, bench
from pipelines.ias.questions import questions
from pipelines.ias.ranked import by_post
from pipelines.ias.tenure import tenure
from tests.pipelines.ias.made import career, written

PERIOD = Period(date(2009, 1, 1), date(2009, 1, 1), date(2016, 1, 1))
STATE = "Rajasthan"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    officers, rows = career(range(1996, 2016))
    return written(tmp_path_factory.mktemp("ias"), rows, officers)


@pytest.fixture(scope="module")
def measured(invented: Path) -> Figures:
    return bench(invented, PERIOD, draws=50)


def test_service_that_decides_is_learned(measured: Figures) -> None:
    chance, rule, boosted = (
        measured.ranking[way]["ndcg_at_10"].value for way in ("random", "rule", "boosted")
    )

    assert rule > chance + 0.1
    assert boosted > chance + 0.1


def test_trees_of_ranks_learn_too_and_stand_beside_trees_of_pairs(measured: Figures) -> None:
    chance, ranked, boosted = (
        measured.ranking[way]["ndcg_at_10"].value for way in ("random", "ranked", "boosted")
    )

    assert ranked > chance + 0.1
    assert measured.above_ranked.value == pytest.approx(boosted - ranked)


def test_the_movers_for_one_post_are_one_group(invented: Path) -> None:
    days = (np.datetime64("1996-01-01"), np.datetime64("2016-01-01"))
    question = questions(frames(invented), days)[0]
    count = len(question.reshuffle)

    first = by_post(question)[:count]

    assert (first % count == 0).all()
    assert question.is_real[first].sum() == 1


def test_every_way_has_every_figure(measured: Figures) -> None:
    ways = ["random", "rule", "linear", "ranked", "boosted", "balanced"]
    assert list(measured.ranking) == ways
    assert len({tuple(figures) for figures in measured.ranking.values()}) == 1


def test_what_could_not_be_learned_is_said(measured: Figures) -> None:
    assert set(measured.not_learned) == {"acceptance", "performance"}
    assert {"past_performance", "competence_fit", "distance"} <= set(measured.absent)


def test_no_reshuffle_teaches_and_tests(invented: Path) -> None:
    asked = questions(frames(invented), (np.datetime64("1990-01-01"), np.datetime64("2009-01-01")))

    assert max(each.reshuffle.closed_on for each in asked) < np.datetime64("2009-01-01")
    assert min(each.reshuffle.opened_on for each in asked) >= np.datetime64("1990-01-01")


def test_the_days_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="not in order"):
        Period(date(2012, 1, 1), date(2011, 1, 1), date(2016, 1, 1))


def test_too_few_reshuffles_are_refused(invented: Path) -> None:
    with pytest.raises(TooFewReshuffles) as refused:
        bench(invented, Period(date(1998, 1, 1), date(1999, 1, 1), date(2016, 1, 1)))

    assert refused.value.params["needed"] == 5


def test_a_stay_is_judged_only_when_its_two_years_have_passed(invented: Path) -> None:
    days = (np.datetime64("1996-01-01"), np.datetime64("2016-01-01"))
    asked = questions(frames(invented), days)
    half = len(asked) // 2

    early, late = (
        tenure(asked[:half], asked[half:], np.datetime64(day), draws=5)
        for day in ("2010-01-01", "2015-01-01")
    )

    assert late is not None
    posts = [each.reshuffle.started_on for each in asked[half:]]
    seen = np.concatenate(posts) + np.timedelta64(730, "D") <= np.datetime64("2015-01-01")
    assert late.tested == seen.sum() < len(seen)
    assert early is None or early.tested < late.tested


def test_the_same_tables_give_the_same_figures(invented: Path, measured: Figures) -> None:
    assert bench(invented, PERIOD, draws=50) == measured


def said(folder: Path, *options: str) -> Result:
    days = ["--train-until", "2009-01-01", "--test-from", "2009-01-01"]
    arguments = ["bench", "ias", str(folder), *days, *options]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "120"})


@pytest.mark.parametrize(("language", "word"), [("id", "perombakan"), ("en", "reshuffles")])
def test_the_tables_have_words_in_both_languages(
    measured: Figures, language: str, word: str
) -> None:
    console = Console(record=True, width=100, file=StringIO())

    for part in shown(measured, language):
        console.print(part)

    text = console.export_text()
    assert word in text
    assert "NDCG@10" in text


def test_the_command_prints_json_for_a_program(invented: Path) -> None:
    result = said(invented, "--json")

    found = json.loads(result.stdout)
    assert found["period"]["train_until"] == "2009-01-01"
    assert set(found["ranking"]["boosted"]["ndcg_at_10"]) == {"value", "low", "high"}


def test_days_that_are_none_are_wrong_usage(invented: Path) -> None:
    assert said(invented, "--test-until", "soon").exit_code == 2
    assert said(invented, "--test-until", "2001-01-01").exit_code == 2


def test_the_import_takes_the_tables_in(invented: Path, tmp_path: Path) -> None:
    arguments = ["--home", str(tmp_path), "import", str(invented), "--format", "ias", "--json"]

    result = CliRunner().invoke(app, arguments)

    assert result.exit_code == 0, result.output
    tables = json.loads(result.stdout)["tables"]
    assert tables["employees"]["new"] == 48
    assert tables["transfers"]["new"] > 100


@pytest.fixture(scope="module")
def real(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One state of the real tables."""
    source = real_data / "ias"
    if not (source / "officers.parquet").is_file():
        pytest.skip(f"the public IAS tables are not at {source}; nothing real was measured")
    folder = tmp_path_factory.mktemp("real")
    officers = pd.read_parquet(source / "officers.parquet")
    officers = officers[officers["Cadre"] == STATE]
    officers.to_parquet(folder / "officers.parquet")
    experience = pd.read_parquet(source / "experience.parquet")
    experience = experience[experience["identity_no"].isin(officers["ID"])]
    experience.to_parquet(folder / "experience.parquet")
    return folder


@pytest.mark.slow
def test_real_careers_are_ranked_better_than_by_chance_and_no_worse_than_by_rule(
    real: Path,
) -> None:
    found = bench(real, draws=100)

    ranking = {way: figures["ndcg_at_10"] for way, figures in found.ranking.items()}
    assert ranking["rule"].low > ranking["random"].high
    assert ranking["boosted"].low > ranking["random"].high
    assert found.above_rule["balanced"].high > 0


@pytest.mark.slow
def test_stale_open_rows_do_not_pass_for_long_stays(real: Path) -> None:
    postings = frames(real)["postings"]
    begun = postings["started_on"].dt.year
    ended = postings["ended_on"].fillna(pd.Timestamp("2015-12-31"))
    lasted = (ended - postings["started_on"]).dt.days >= 730

    early, late = lasted[begun.between(2001, 2005)], lasted[begun.between(2010, 2013)]

    assert abs(early.mean() - late.mean()) < 0.1
