"""What every learner promises."""

from pathlib import Path

import numpy as np
import pytest

from models.boosted import Boosted, BoostedConfig
from models.fitting import Config, LinearConfig, fit
from models.learner import Floats, Learner, Task, log_odds, losses, probability
from models.linear import Linear
from models.selection import select
from tests.models.conftest import examples

CONFIGS = [
    pytest.param(LinearConfig(penalty=10.0), id="linear"),
    pytest.param(BoostedConfig(trees=20, leaves=4), id="boosted"),
]
TASKS = [Task.REGRESSION, Task.BINARY]


def data(task: Task) -> tuple[Floats, Floats]:
    made = examples("performance" if task is Task.REGRESSION else "acceptance")
    return made.matrix, made.label


def read(learner: Learner, file: Path) -> Learner:
    return Linear.load(file) if isinstance(learner, Linear) else Boosted.load(file)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("config", CONFIGS)
class TestEveryLearner:
    def test_comes_back_from_disk_the_same(
        self, config: Config, task: Task, tmp_path: Path
    ) -> None:
        matrix, label = data(task)
        learner = fit(matrix, label, task, config)
        learner.save(tmp_path / "head")

        np.testing.assert_array_equal(
            read(learner, tmp_path / "head").raw(matrix), learner.raw(matrix)
        )

    def test_is_the_same_from_the_same_data(
        self, config: Config, task: Task, tmp_path: Path
    ) -> None:
        matrix, label = data(task)
        for name in ("one", "two"):
            fit(matrix, label, task, config).save(tmp_path / name)

        one, two = sorted(tmp_path.iterdir())
        assert one.read_bytes() == two.read_bytes()

    def test_contributions_add_up_to_the_score(self, config: Config, task: Task) -> None:
        matrix, label = data(task)
        learner = fit(matrix, label, task, config)

        np.testing.assert_allclose(
            learner.contributions(matrix).sum(axis=1), learner.raw(matrix), atol=1e-9
        )

    def test_of_nobody_there_is_nothing_to_say(self, config: Config, task: Task) -> None:
        matrix, label = data(task)
        learner = fit(matrix, label, task, config)

        assert learner.raw(matrix[:0]).shape == (0,)
        assert learner.contributions(matrix[:0]).shape == (0, matrix.shape[1] + 1)

    def test_is_better_than_the_base_rate(self, config: Config, task: Task) -> None:
        matrix, label = data(task)
        raw = fit(matrix[:300], label[:300], task, config).raw(matrix[300:])
        base = label.mean() if task is Task.REGRESSION else log_odds(label.mean())

        assert losses(task, raw, label[300:]).mean() < losses(task, base, label[300:]).mean()

    def test_survives_missing_values_and_weights(self, config: Config, task: Task) -> None:
        matrix, label = data(task)
        matrix = matrix.copy()
        matrix[:, 0] = np.nan
        learner = fit(matrix, label, task, config, np.full(len(label), 2.0))

        assert np.isfinite(learner.raw(np.full((1, matrix.shape[1]), np.nan))).all()


def test_a_linear_model_does_not_run_away_beyond_the_examples() -> None:
    matrix, label = data(Task.REGRESSION)
    learner = fit(matrix, label, Task.REGRESSION, LinearConfig(penalty=10.0))
    far = np.full((1, matrix.shape[1]), 1e9)

    assert abs(learner.raw(far)[0] - label.mean()) < 10 * label.std()


def test_a_booster_cut_short_is_refused(tmp_path: Path) -> None:
    matrix, label = data(Task.BINARY)
    fit(matrix, label, Task.BINARY, BoostedConfig(trees=5)).save(tmp_path / "head")
    file = tmp_path / "head.txt"
    file.write_text(file.read_text(encoding="utf-8")[:500], encoding="utf-8")

    with pytest.raises(ValueError, match="cut short"):
        Boosted.load(tmp_path / "head")


def test_log_odds_and_probability_undo_each_other() -> None:
    chances = np.array([0.01, 0.5, 0.99])

    np.testing.assert_allclose(probability(log_odds(chances)), chances)


def test_the_simplest_of_equals_is_chosen() -> None:
    made = examples("performance")
    same = (BoostedConfig(trees=20, seed=1), BoostedConfig(trees=20, seed=2))

    chosen = select(made.matrix, made.label, made.decisions.decided_on, Task.REGRESSION, same)

    assert chosen.config == same[0]


def test_the_clearly_better_is_chosen() -> None:
    made = examples("performance")
    candidates = (LinearConfig(penalty=1e6), LinearConfig(penalty=1.0))

    chosen = select(made.matrix, made.label, made.decisions.decided_on, Task.REGRESSION, candidates)

    assert chosen.config == candidates[1]


def test_the_later_part_judges_a_learner_that_has_not_seen_it() -> None:
    made = examples("performance")
    days = made.decisions.decided_on
    chosen = select(made.matrix, made.label, days, Task.REGRESSION, (LinearConfig(),))

    assert chosen.later.tolist() == list(range(300, 400))
    assert days[chosen.later].min() > days[:300].max()


def test_one_day_of_decisions_is_judged_by_itself() -> None:
    made = examples("acceptance")
    days = np.full(len(made), np.datetime64("2020-01-01"))

    chosen = select(made.matrix, made.label, days, Task.BINARY, (LinearConfig(),))

    assert len(chosen.later) == len(made)
