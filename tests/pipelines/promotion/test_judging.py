"""What is gathered for the gates: what can be tested, and how long rankings take."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from models.artifact import Artifact
from mutasi.snapshot import Snapshot
from pipelines.evaluation.backtest import PERFORMANCE, QUESTIONS
from pipelines.promotion import judging
from tests.artifacts import heads, save
from tests.pipelines.promotion.made import lessons, quiet

NOTHING = Snapshot.of(date(2024, 7, 1), {})


@pytest.mark.parametrize(
    ("inferred", "asked"),
    [
        pytest.param(0, QUESTIONS, id="recorded answers"),
        pytest.param(9, (PERFORMANCE,), id="inferred answers"),
    ],
)
def test_inferred_answers_teach_and_are_not_tested_on(
    inferred: int, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lessons()
    monkeypatch.setattr(
        judging, "teaching_answers", lambda _: (made.acceptance.decisions, inferred)
    )
    monkeypatch.setattr(judging, "past_lessons", lambda *_: made)

    found, questions = judging._lessons(NOTHING, quiet)

    assert found is made
    assert questions == asked


@dataclass
class Answer:
    """A ranking that took so long."""

    eligible: int
    timings: dict[str, float]


@dataclass
class Clocked:
    """Answers in times that are written down, and remembers what it was asked."""

    times: Iterator[float]
    eligible: int = 3
    asked: list[str] = field(default_factory=list)

    def vacancies(self) -> list[Any]:
        return [type("Vacancy", (), {"position_id": name})() for name in ("P1", "P2")]

    def candidates(self, position_id: str, limit: int = 10) -> Answer:
        if limit == 1:
            return Answer(self.eligible if position_id == "P2" else 0, {})
        self.asked.append(position_id)
        took = next(self.times)
        return Answer(self.eligible, {"rules": took / 4, "scoring": 3 * took / 4})


@pytest.fixture
def model(tmp_path_factory: pytest.TempPathFactory) -> Artifact:
    return Artifact(save(tmp_path_factory.mktemp("model")), heads())


def test_the_first_ranking_of_each_is_not_counted_and_one_slow_one_not_either(
    model: Artifact, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Clocked(iter([900.0, *[40.0] * 8, 5000.0]))
    second = Clocked(iter([20.0] * 10))
    made = iter([first, second])
    monkeypatch.setattr(judging, "Recommender", lambda *_: next(made))

    found = judging._paces(NOTHING, model, model)

    assert found is not None
    assert (found.challenger, found.champion) == (40.0, 20.0)
    assert first.asked == second.asked == ["P2"] * 10


def test_where_nobody_is_eligible_no_time_is_taken(
    model: Artifact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "Recommender", lambda *_: Clocked(iter([]), eligible=0))

    assert judging._paces(NOTHING, model, model) is None
