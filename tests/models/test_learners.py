"""What every learner promises."""

from pathlib import Path

import numpy as np
import pytest

from models.artifact import LEARNERS
from models.boosted import Boosted, BoostedConfig
from models.fitting import Config, CorrectedConfig, LinearConfig, fit
from models.learner import DRAWS, Floats, Learner, Task, log_odds, losses, probability
from tests.models.conftest import examples

CONFIGS = [
    pytest.param(LinearConfig(penalty=10.0), id="linear"),
    pytest.param(BoostedConfig(trees=20, leaves=4), id="boosted"),
    pytest.param(
        CorrectedConfig(linear=LinearConfig(penalty=10.0), trees=BoostedConfig(trees=20, leaves=4)),
        id="corrected",
    ),
]
TASKS = [Task.REGRESSION, Task.BINARY]


def data(task: Task) -> tuple[Floats, Floats]:
    made = examples("performance" if task is Task.REGRESSION else "acceptance")
    return made.matrix, made.label


def read(learner: Learner, file: Path) -> Learner:
    found: Learner = LEARNERS[learner.kind].load(file)
    return found


def config_without_chance(config: Config) -> Config:
    """Return the configuration with trees that see every row and column."""
    every = {"columns_share": 1.0, "rows_share": 1.0}
    if isinstance(config, BoostedConfig):
        return config.model_copy(update=every)
    if isinstance(config, CorrectedConfig):
        return config.model_copy(update={"trees": config.trees.model_copy(update=every)})
    return config


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("config", CONFIGS)
class TestEveryLearner:
    def test_comes_back_from_disk_the_same(
        self, config: Config, task: Task, tmp_path: Path
    ) -> None:
        matrix, label = data(task)
        learner = fit(matrix, label, task, config)
        learner.save(tmp_path / "head")

        again = read(learner, tmp_path / "head")
        np.testing.assert_array_equal(again.raw(matrix), learner.raw(matrix))
        np.testing.assert_array_equal(again.sampled(matrix), learner.sampled(matrix))

    def test_is_the_same_from_the_same_data(
        self, config: Config, task: Task, tmp_path: Path
    ) -> None:
        matrix, label = data(task)
        for name in ("one", "two"):
            fit(matrix, label, task, config).save(tmp_path / name)

        one, two = (sorted(tmp_path.glob(f"{name}.*")) for name in ("one", "two"))
        assert [file.suffix for file in one] == [file.suffix for file in two]
        assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]

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
        assert learner.sampled(matrix[:0]).shape == (0, DRAWS)

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

    def test_draws_lie_about_the_score_and_are_the_same_at_every_call(
        self, config: Config, task: Task
    ) -> None:
        matrix, label = data(task)
        learner = fit(matrix, label, task, config)
        drawn = learner.sampled(matrix)

        assert drawn.shape == (len(matrix), DRAWS)
        np.testing.assert_array_equal(drawn, learner.sampled(matrix))
        np.testing.assert_array_equal(drawn[:7], learner.sampled(matrix[:7]))
        off = drawn.mean(axis=1) - learner.raw(matrix)
        assert np.abs(off).max() < 0.5 * drawn.std(axis=1).max()
        assert (drawn.std(axis=1) > 0).all()

    def test_examples_that_weigh_nothing_teach_nothing(self, config: Config, task: Task) -> None:
        matrix, label = data(task)
        weight = (np.arange(len(label)) < 300).astype(float)
        changed = np.where(weight > 0, label, 1 - label)
        flat = config_without_chance(config)

        one, two = (fit(matrix, each, task, flat, weight).raw(matrix) for each in (label, changed))

        np.testing.assert_allclose(one, two, atol=1e-6)


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
