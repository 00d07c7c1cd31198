"""The benchmark measures what it says, on a region too small to be timed."""

import json
from dataclasses import replace

import pytest
from rich.console import Console

from models.boosted import BoostedConfig
from tests.benchmarks import measurement, ranking
from tests.benchmarks.measurement import (
    BARE_ALL,
    BARE_ELIGIBLE,
    MUTASI,
    NAIVE,
    NO_REASONS,
    Bound,
    Plan,
    Report,
)
from tests.benchmarks.timing import Quartiles

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # MLflow uses what pandas is about to drop
]

SMALL = Plan(
    employees=300,
    years=6,
    vacancies=2,
    runs=1,
    few=1,
    few_runs=1,
    sizes=(400,),
    candidates=(BoostedConfig(trees=20, leaves=4),),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return measurement.report(SMALL, tmp_path_factory.mktemp("benchmark"), lambda _: None)


def test_every_way_is_measured_and_the_naive_way_answers_the_same(found: Report) -> None:
    assert [line.way for line in found.lines] == [
        MUTASI,
        NO_REASONS,
        BARE_ELIGIBLE,
        BARE_ALL,
        NAIVE,
    ]
    assert all(0 < line.cpu.low <= line.cpu.median <= line.cpu.high for line in found.lines)
    assert found.facts["naive_predictions_differ_by"] <= measurement.TOLERANCE
    assert all(line.considered > found.lines[0].considered for line in found.growth)


@pytest.fixture
def printed(found: Report, monkeypatch: pytest.MonkeyPatch) -> Console:
    """What the command prints goes here; it measures nothing anew."""
    console = Console(record=True, width=120)
    monkeypatch.setattr(ranking, "console", console)
    monkeypatch.setattr(ranking, "report", lambda *_: found)
    return console


def test_people_read_tables(found: Report, printed: Console) -> None:
    ranking.main([])

    text = printed.export_text()
    assert all(bound.text in text for bound in found.bounds)
    assert "no promise" in text


def test_programs_read_json(found: Report, printed: Console) -> None:
    ranking.main(["--json"])

    read = json.loads(printed.export_text())
    assert [line["way"] for line in read["lines"]] == [line.way for line in found.lines]
    assert read["facts"]["heads"]["performance"]["trees"] == 20


@pytest.mark.parametrize(("is_met", "code"), [(True, 0), (None, 0), (False, 1)])
def test_a_bound_that_is_missed_fails_the_command(
    found: Report,
    printed: Console,
    monkeypatch: pytest.MonkeyPatch,
    is_met: bool | None,
    code: int,
) -> None:
    bound = Bound("one ÷ other", Quartiles(1.0, 2.0, 3.0), "≤ 1.5", is_met)
    monkeypatch.setattr(ranking, "report", lambda *_: replace(found, bounds=[bound]))

    assert ranking.main([]) == code
    assert "2.00×" in printed.export_text()
