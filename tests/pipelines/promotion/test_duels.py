"""Challenger and champion meet on outcomes that neither had seen."""

from dataclasses import replace

import numpy as np
import pytest

from models.artifact import Artifact, Head
from models.examples import Lessons
from models.training import Learned
from pipelines.evaluation.backtest import ACCEPTED, PERFORMANCE, Question
from pipelines.promotion.duels import Learner, duel, period
from pipelines.promotion.schema import Duel
from tests.artifacts import head, save
from tests.pipelines.promotion.made import examples, lessons

NOTHING = (0.0, 0.0)
"""Effects of a head that says the same of everybody."""


class Procedure:
    """Learns the same whatever it is taught, and remembers what it was taught."""

    def __init__(self, base: float, name: str = "performance") -> None:
        self.heads: dict[str, Head] = {name: head(base, NOTHING)}
        self.taught: list[Lessons] = []

    def __call__(self, given: Lessons) -> Learned:
        self.taught.append(given)
        return Learned(self.heads, ())


def champion(
    factory: pytest.TempPathFactory, as_of: str, base: float = 50.0, name: str = "performance"
) -> Artifact:
    """Return a model that says the same of everybody."""
    heads = {name: head(base, NOTHING)}
    return Artifact(save(factory.mktemp("champion"), heads, as_of=as_of), heads)


def met(rival: Artifact, procedure: Learner, question: Question = PERFORMANCE) -> Duel:
    found = duel(question, lessons(900), rival, procedure)
    assert found is not None
    return found


def test_one_that_is_further_off_is_surely_worse(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = met(champion(tmp_path_factory, "2022-01-01"), Procedure(base=65.0))

    assert found.difference is not None
    assert found.difference.low is not None
    assert found.difference.low > 0
    assert found.measure == "rmse"


def test_one_that_is_nearer_is_surely_better(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = met(champion(tmp_path_factory, "2022-01-01", base=65.0), Procedure(base=50.0))

    assert found.difference is not None
    assert found.difference.high is not None
    assert found.difference.high < 0


def test_chances_are_compared_by_their_log_loss(tmp_path_factory: pytest.TempPathFactory) -> None:
    rival = champion(tmp_path_factory, "2022-01-01", base=0.7, name="acceptance")

    found = met(rival, Procedure(-2.0, "acceptance"), ACCEPTED)

    assert found.measure == "log_loss"
    assert found.difference is not None
    assert found.difference.low is not None
    assert found.difference.low > 0


def test_an_old_champion_meets_what_was_learned_before_the_last_year(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    procedure = Procedure(base=50.0)
    made = examples("performance", 900)
    last = made.decisions.decided_on.max()

    found = met(champion(tmp_path_factory, "2021-01-01"), procedure)

    (taught,) = procedure.taught
    start = np.datetime64(found.known_from)
    assert found.decided_from == found.known_from == str(last - np.timedelta64(365, "D"))
    assert taught.performance.decisions.known_on.max() < start
    assert found.count == (made.decisions.decided_on >= start).sum()


def test_a_young_champion_meets_only_outcomes_that_it_had_not_seen(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    procedure = Procedure(base=50.0)
    made = examples("performance", 900).decisions

    found = met(champion(tmp_path_factory, "2023-09-30"), procedure)

    (taught,) = procedure.taught
    day = np.datetime64("2023-10-01")
    assert found.known_from == "2023-10-01"
    assert found.decided_from < found.known_from
    assert taught.performance.decisions.known_on.max() == made.known_on[made.known_on < day].max()
    assert found.count == (made.known_on >= day).sum()
    assert (made.decided_on[made.known_on >= day] < day).any()


def test_too_few_unseen_decisions_tell_nothing_and_teach_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    procedure = Procedure(base=50.0)

    found = met(champion(tmp_path_factory, "2024-03-01"), procedure)

    assert 0 < found.count < 50
    assert found.difference is None
    assert procedure.taught == []


def test_a_champion_that_saw_everything_leaves_nothing_to_compare(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert met(champion(tmp_path_factory, "2025-01-01"), Procedure(base=50.0)).count == 0


def test_a_procedure_that_could_not_have_learned_tells_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    found = met(champion(tmp_path_factory, "2022-01-01"), Procedure(0.0, name="acceptance"))

    assert found.count >= 50
    assert found.difference is None


def test_what_the_champion_does_not_predict_is_not_compared(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rival = champion(tmp_path_factory, "2022-01-01")

    assert duel(ACCEPTED, lessons(), rival, Procedure(0.0)) is None


def test_without_decisions_there_is_no_period() -> None:
    none = examples("performance").where(np.zeros(0, dtype=np.int64))

    assert period(none, np.datetime64("2022-01-01")) == (
        np.datetime64("2022-01-02"),
        np.datetime64("2022-01-02"),
    )


def test_decisions_of_few_days_are_drawn_by_person(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = lessons(900)
    decisions = made.performance.decisions
    monthly = decisions.decided_on.astype("datetime64[M]").astype("datetime64[D]")
    months = replace(
        made.performance, decisions=replace(decisions, decided_on=monthly, known_on=monthly + 100)
    )

    found = duel(
        PERFORMANCE,
        replace(made, performance=months),
        champion(tmp_path_factory, "2022-01-01"),
        Procedure(52.0),
    )

    assert found is not None
    assert found.difference is not None
    assert found.difference.low is not None
