"""Effects go the one way that a personnel officer would demand."""

import numpy as np
import pytest

from features import FEATURES
from features.sets import FIRM_MOTIVES, MOTIVES, ONLY_ANSWERS, WAYS
from models.boosted import Boosted, BoostedConfig
from models.fitting import FIRM, Config, CorrectedConfig, LinearConfig, fit
from models.learner import Floats, Learner, Task
from models.linear import Linear
from models.training import RATING_WAYS

LINEAR = LinearConfig(penalty=1.0)
TREES = BoostedConfig(trees=60, leaves=8, least_rows=10, columns_share=1.0)
CONFIGS = [
    pytest.param(LINEAR, id="linear"),
    pytest.param(TREES, id="boosted"),
    pytest.param(CorrectedConfig(linear=LINEAR, trees=TREES), id="corrected"),
]
WAYS_HERE = (1, -1, 0, 1)
TRUE = np.array([2.0, 1.5, -1.0, -2.0])
"""The second and the last effect go the forbidden way."""


def data(task: Task, seed: int = 0, count: int = 1000) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, 4))
    matrix[rng.random(matrix.shape) < 0.1] = np.nan
    score = np.nan_to_num(matrix) @ TRUE
    if task is Task.REGRESSION:
        return matrix, score + rng.normal(size=count)
    return matrix, (rng.random(count) < 1 / (1 + np.exp(-score))).astype(float)


def steps(learner: Learner, column: int, seed: int = 1) -> Floats:
    """Return how the score changes as one column of many rows goes up, step by step."""
    rows, _ = data(Task.REGRESSION, seed, count=50)
    scores = []
    for value in np.linspace(-4.0, 4.0, 41):
        rows[:, column] = value
        scores.append(learner.raw(rows))
    return np.diff(scores, axis=0)


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("config", CONFIGS)
class TestWays:
    def test_no_effect_ever_goes_the_forbidden_way(self, config: Config, task: Task) -> None:
        learner = fit(*data(task), task, config, monotone=WAYS_HERE)

        assert (steps(learner, 0) >= -1e-12).all()
        assert (steps(learner, 1) <= 1e-12).all()
        assert (steps(learner, 3) >= -1e-12).all()

    def test_an_effect_that_goes_the_demanded_way_is_kept(self, config: Config, task: Task) -> None:
        learner = fit(*data(task), task, config, monotone=WAYS_HERE)

        assert steps(learner, 0).sum(axis=0).mean() > 2.0

    def test_an_effect_that_may_go_either_way_is_kept(self, config: Config, task: Task) -> None:
        learner = fit(*data(task), task, config, monotone=WAYS_HERE)

        assert steps(learner, 2).sum(axis=0).mean() < -0.5

    def test_without_ways_the_forbidden_would_be_learned(self, config: Config, task: Task) -> None:
        learner = fit(*data(task), task, config)

        assert steps(learner, 1).sum(axis=0).mean() > 1.0
        assert steps(learner, 3).sum(axis=0).mean() < -1.0


def test_what_has_no_effect_is_as_if_it_were_not_there() -> None:
    """The others' effects are those of a model without the forbidden columns."""
    matrix, label = data(Task.REGRESSION)
    made = fit(matrix, label, Task.REGRESSION, LINEAR, monotone=WAYS_HERE)
    without = matrix.copy()
    without[:, [1, 3]] = 0.0
    alone = fit(without, label, Task.REGRESSION, LINEAR)

    assert isinstance(made, Linear)
    assert isinstance(alone, Linear)
    assert made.effect[[1, 3]].tolist() == [0.0, 0.0]
    assert np.abs(made.effect[[0, 2]] - alone.effect[[0, 2]]).max() < 0.1


def test_what_has_no_effect_leaves_nothing_open() -> None:
    matrix, label = data(Task.REGRESSION)
    made = fit(matrix, label, Task.REGRESSION, LINEAR, monotone=WAYS_HERE)
    assert isinstance(made, Linear)
    other = matrix.copy()
    other[:, 3] = 1.0
    known = ~np.isnan(matrix[:, 3])

    assert np.abs(made.factor[[1, 3]]).max() == 0.0
    np.testing.assert_allclose(made.sampled(matrix)[known], made.sampled(other)[known])


def test_where_every_effect_goes_the_forbidden_way_the_mean_is_left() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(200, 2))
    label = matrix.sum(axis=1) + rng.normal(size=200)
    made = fit(matrix, label, Task.REGRESSION, LINEAR, monotone=(-1, -1))

    np.testing.assert_allclose(made.raw(matrix), label.mean())


def test_a_column_s_being_missing_has_no_demanded_way() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(400, 1))
    label = matrix[:, 0] + rng.normal(size=400)
    matrix[::4] = np.nan
    label[::4] -= 5.0
    made = fit(matrix, label, Task.REGRESSION, LINEAR, monotone=(1,))

    assert isinstance(made, Linear)
    assert made.missing[0] < -2.0
    assert made.effect[0] > 0.5


def test_trees_upon_scores_add_to_them() -> None:
    """They start from the scores given, not from a mean of their own."""
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(1000, 2))
    left = np.where(matrix[:, 0] > 0, 4.0, -2.0)
    told = rng.normal(50.0, 10.0, 1000)
    trees = Boosted.fit(matrix, told + left, Task.REGRESSION, TREES, offset=told)

    assert np.corrcoef(trees.raw(matrix), left)[0, 1] > 0.99
    assert np.abs(trees.raw(matrix)).max() < 5.0


def test_ways_are_demanded_of_features_that_there_are() -> None:
    assert set(WAYS) <= set(FEATURES)
    assert set(WAYS.values()) == {1, -1}


def test_closing_a_gap_never_lowers_a_prediction() -> None:
    gaps = [name for name in FEATURES if name.startswith("gap_")]

    assert len(gaps) == 10
    assert all(WAYS[name] == RATING_WAYS[name] == 1 for name in gaps)


def test_the_way_to_work_is_no_matter_of_performance() -> None:
    assert not ONLY_ANSWERS & set(RATING_WAYS)
    assert set(WAYS) - set(RATING_WAYS) == ONLY_ANSWERS


def test_what_is_known_to_matter_is_pulled_to_zero_by_less() -> None:
    """Its own penalty is as many times smaller as its prior variance is larger."""
    rng = np.random.default_rng(0)
    matrix = rng.choice([-1.0, 1.0], size=(60, 2))
    label = matrix.sum(axis=1) + rng.normal(size=60)
    config = LinearConfig(penalty=100.0)
    made = fit(matrix, label, Task.REGRESSION, config, firm=(True, False))
    inputs = matrix - matrix.mean(axis=0)
    inputs /= inputs.std(axis=0)
    penalty = np.diag([100.0 / FIRM**2, 100.0])
    expected = np.linalg.solve(inputs.T @ inputs + penalty, inputs.T @ (label - label.mean()))

    found = np.linalg.lstsq(inputs, made.raw(matrix) - label.mean(), rcond=None)[0]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert found[0] > 2 * found[1]


def test_what_is_known_to_matter_is_as_unsure_as_its_prior_says() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.choice([-1.0, 1.0], size=(60, 2))
    label = matrix.sum(axis=1) + rng.normal(size=60)
    made = fit(matrix, label, Task.REGRESSION, LinearConfig(penalty=100.0), firm=(True, False))
    inputs = matrix - matrix.mean(axis=0)
    inputs /= inputs.std(axis=0)
    noise = np.mean(np.square(label - made.raw(matrix)))
    precision = inputs.T @ inputs + np.diag([100.0 / FIRM**2, 100.0])
    expected = np.sqrt(noise * np.einsum("ij,jk,ik->i", inputs, np.linalg.inv(precision), inputs))

    np.testing.assert_allclose(made.sampled(matrix).std(axis=1), expected, rtol=0.2)


def test_the_way_to_work_is_known_to_matter_to_who_is_asked() -> None:
    assert set(FIRM_MOTIVES) <= set(MOTIVES)
    assert set(FIRM_MOTIVES) <= set(WAYS)
