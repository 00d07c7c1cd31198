"""The benchmark of the service measures what it says, on a region too small to be timed."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from models.boosted import BoostedConfig
from tests.benchmarks import serving
from tests.benchmarks.ground import boosters, predicting, region
from tests.benchmarks.load import laden
from tests.benchmarks.serving import MLFLOW, Line, Plan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # MLflow warns of what it would like besides
]

SMALL = Plan(
    employees=300,
    years=6,
    starts=1,
    vacancies=4,
    rounds=2,
    seconds=1.0,
    candidates=(BoostedConfig(trees=20, leaves=4),),
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    return serving.measured(SMALL, tmp_path_factory.mktemp("benchmark"), lambda _: None)


@pytest.fixture
def printed(lines: list[Line], monkeypatch: pytest.MonkeyPatch) -> Console:
    """What the command prints goes here; it measures nothing anew."""
    console = Console(record=True, width=140)
    monkeypatch.setattr(serving, "console", console)
    monkeypatch.setattr(serving, "measured", lambda *_: lines)
    return console


def test_every_service_answers_the_same_and_all_of_it_is_measured(lines: list[Line]) -> None:
    assert len(lines) == 3
    for line in lines:
        assert line.load is not None
        assert (line.load.asked, line.load.wrong) == (20, 0)
        assert len(line.starts) == 1
        assert all(work > 0 for work in [*line.starts, line.laden, line.megabytes])


def test_models_as_training_learns_them_are_lines(tmp_path: Path) -> None:
    snapshot = region(SMALL.employees, SMALL.years)

    model = boosters(snapshot, tmp_path / "learned", candidates=None)

    assert {head.learner.kind for head in predicting(model).values()} <= {"linear", "corrected"}


def test_people_read_tables(lines: list[Line], printed: Console) -> None:
    serving.main([])

    text = printed.export_text()
    assert all(line.way in text for line in lines)
    assert "no promise" in text


def test_programs_read_json_and_a_bound_that_is_missed_fails_the_command(
    lines: list[Line], printed: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = [replace(line, megabytes=100.0) for line in lines]
    monkeypatch.setattr(serving, "measured", lambda *_: slow)

    code = serving.main(["--json"])

    read = json.loads(printed.export_text())
    missed = [bound["text"] for bound in read["bounds"] if bound["is_met"] is False]
    assert code == 1
    assert f"memory: {MLFLOW} ÷ {slow[0].way}" in missed


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ({"a": [1.0, "x"]}, None),
        ({"a": [1.001, "x"]}, None),
        ({"a": [1.01, "x"]}, "$.a[0]"),
        ({"a": [1.0, "y"]}, "$.a[1]"),
        ({"a": [1.0]}, "$.a"),
        ({"b": [1.0, "x"]}, "$"),
    ],
)
def test_answers_differ_where_they_differ_by_more_than_rounding(
    other: object, place: str | None
) -> None:
    assert serving.difference({"a": [1.0, "x"]}, other) == place


def test_a_slow_answer_puts_no_question_off_and_counts_from_its_moment() -> None:
    one_at_a_time = asyncio.Lock()

    async def ask(question: str) -> int:
        async with one_at_a_time:
            await asyncio.sleep(0.2 if question == "slow" else 0.0)
        return 200

    load = asyncio.run(laden(ask, ["slow", "a", "b", "c"], rate=100.0))

    assert load.wrong == 0
    assert all(latency > 150 for latency in load.latencies)


def test_a_question_without_an_answer_took_for_ever() -> None:
    async def ask(question: str) -> int:
        if question == "never":
            await asyncio.Event().wait()
        return 503 if question == "refused" else 200

    load = asyncio.run(laden(ask, ["a", "never", "refused", "b"], rate=1000.0, patience=0.1))

    assert (load.asked, load.wrong) == (4, 2)
    assert load.percentile(0.3) < 1000
    assert load.percentile(0.99) == float("inf")
