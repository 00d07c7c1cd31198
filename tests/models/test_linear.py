"""Linear models: what is fitted, what is not sure of it, and back from disk."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import BayesianRidge, LogisticRegression, Ridge

from models.fitting import LinearConfig, fit
from models.learner import DRAWS, Floats, Task, probability
from models.linear import Linear

PENALTY = 5.0


def data(count: int = 60, columns: int = 3, seed: int = 0) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, columns)) * np.array([1.0, 10.0, 0.1])[:columns]
    matrix[:, 1] += 3 * matrix[:, 0]
    label = 50 + 2 * matrix[:, 0] + 0.3 * matrix[:, 1] + rng.normal(size=count)
    return matrix, label


def fitted(matrix: Floats, label: Floats, task: Task = Task.REGRESSION) -> Linear:
    found = fit(matrix, label, task, LinearConfig(penalty=PENALTY))
    assert isinstance(found, Linear)
    return found


def standard(matrix: Floats, made: Linear) -> Floats:
    """Return a matrix as the model reads it."""
    return np.asarray((np.clip(matrix, made.low, made.high) - made.mean) / made.scale)


def test_effects_are_those_of_ridge_regression() -> None:
    matrix, label = data()
    made = fitted(matrix, label)
    inputs = standard(matrix, made)
    reference = Ridge(alpha=PENALTY).fit(inputs, label)

    np.testing.assert_allclose(made.raw(matrix), reference.predict(inputs))
    np.testing.assert_allclose(inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(inputs.std(axis=0), 1.0)


def test_draws_have_the_spread_of_a_bayesian_linear_model() -> None:
    """Its posterior, worked out: noise × x' (X'X + penalty I)⁻¹ x."""
    matrix, label = data()
    made = fitted(matrix, label)
    inputs = standard(matrix, made)
    noise = np.mean(np.square(label - made.raw(matrix)))
    covariance = noise * np.linalg.inv(inputs.T @ inputs + PENALTY * np.eye(3))
    rows, _ = data(seed=1)
    asked = standard(rows, made)
    expected = np.sqrt(np.einsum("ij,jk,ik->i", asked, covariance, asked))

    exact = np.sqrt(np.square(asked @ made.factor).sum(axis=1))
    np.testing.assert_allclose(exact, expected, rtol=1e-4)
    drawn = made.sampled(rows).std(axis=1)
    np.testing.assert_allclose(drawn, expected, rtol=0.25)
    assert np.mean(drawn / expected) == pytest.approx(1.0, abs=0.1)


def test_draws_have_the_spread_that_scikit_learn_gives_a_bayesian_ridge() -> None:
    matrix, label = data(count=400)
    made = fitted(matrix, label)
    inputs = standard(matrix, made)
    reference = BayesianRidge().fit(inputs, label)
    _, spread = reference.predict(inputs, return_std=True)
    of_effects = np.sqrt(np.maximum(spread**2 - 1 / reference.alpha_, 0.0))
    alike = fit(
        matrix, label, Task.REGRESSION, LinearConfig(penalty=reference.lambda_ / reference.alpha_)
    )

    assert isinstance(alike, Linear)
    np.testing.assert_allclose(
        np.sqrt(np.square(inputs @ alike.factor).sum(axis=1)), of_effects, rtol=0.02
    )


def test_draws_of_chances_have_the_spread_of_laplace_s_approximation() -> None:
    matrix, label = data(count=200)
    answer = (label > np.median(label)).astype(float)
    made = fitted(matrix, answer, Task.BINARY)
    inputs = standard(matrix, made)
    reference = LogisticRegression(C=1 / PENALTY, max_iter=2000).fit(inputs, answer)
    chance = reference.predict_proba(inputs)[:, 1]
    precision = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + PENALTY * np.eye(3)
    expected = np.sqrt(np.einsum("ij,jk,ik->i", inputs, np.linalg.inv(precision), inputs))

    np.testing.assert_allclose(probability(made.raw(matrix)), chance, atol=1e-3)
    np.testing.assert_allclose(
        np.sqrt(np.square(inputs @ made.factor).sum(axis=1)), expected, rtol=1e-3
    )


def test_differences_hold_the_truth_as_often_as_their_draws_say() -> None:
    """With effects drawn from the prior that the penalty stands for."""
    rng = np.random.default_rng(3)
    held = []
    for _ in range(400):
        matrix = rng.normal(size=(100, 5))
        effects = rng.normal(size=5) / np.sqrt(PENALTY)  # noise of variance 1
        label = 50 + matrix @ effects + rng.normal(size=100)
        one, other = rng.uniform(-1.5, 1.5, size=(2, 1, 5))
        made = fitted(matrix, label)
        low, high = np.quantile(made.sampled(one) - made.sampled(other), (0.05, 0.95))
        held.append(low <= ((one - other) @ effects).item() <= high)

    assert np.mean(held) == pytest.approx(0.9, abs=0.04)


def test_more_examples_leave_less_open() -> None:
    rows, _ = data(seed=1)
    few, many = (fitted(*data(count)).sampled(rows).std(axis=1) for count in (60, 6000))

    assert (many < 0.2 * few).all()


def test_examples_that_weigh_twice_count_as_two() -> None:
    _, label = data()
    matrix = np.random.default_rng(2).choice([-1.0, 1.0], size=(len(label), 3))
    config = LinearConfig(penalty=PENALTY)
    twice = fit(np.vstack([matrix, matrix]), np.tile(label, 2), Task.REGRESSION, config)
    weighed = fit(matrix, label, Task.REGRESSION, config, np.full(len(label), 2.0))

    np.testing.assert_allclose(twice.raw(matrix), weighed.raw(matrix))
    np.testing.assert_allclose(twice.sampled(matrix), weighed.sampled(matrix), rtol=1e-5)


def test_draws_of_two_rows_may_be_taken_from_each_other() -> None:
    """What both have in common is as unsure in both, and cancels."""
    matrix, label = data()
    made = fitted(matrix, label)
    other = matrix.copy()
    other[:, 2] = matrix[::-1, 2]
    apart = made.sampled(matrix) - made.sampled(other)
    alone = np.zeros_like(matrix) + made.mean
    alone[:, 2] = matrix[:, 2]
    alone_other = alone.copy()
    alone_other[:, 2] = other[:, 2]

    np.testing.assert_allclose(apart, made.sampled(alone) - made.sampled(alone_other), atol=1e-9)
    assert (apart.std(axis=1) < made.sampled(matrix).std(axis=1)).mean() > 0.5


def test_a_value_that_is_unknown_counts_as_the_mean() -> None:
    matrix, label = data()
    matrix[0, 0] = np.nan
    made = fitted(matrix, label)
    row = matrix[:1].copy()
    row[0, 0] = made.mean[0]

    np.testing.assert_allclose(made.raw(matrix[:1]), made.raw(row))
    np.testing.assert_allclose(made.sampled(matrix[:1]), made.sampled(row))
    assert made.often.tolist() == []


def test_being_unknown_often_has_an_effect_of_its_own() -> None:
    matrix, label = data(count=400)
    absent = np.arange(400) % 3 == 0
    matrix[absent, 0] = np.nan
    made = fitted(matrix, label + 5.0 * absent)
    effect = made.missing[0]

    assert made.often.tolist() == [0]
    assert effect > 3.0
    np.testing.assert_allclose(made.contributions(matrix)[absent, 0], effect)
    assert made.sampled(matrix)[absent].std(axis=1).min() > 0


def test_a_column_that_says_nothing_has_no_effect() -> None:
    matrix, label = data()
    matrix[:, 2] = 7.0
    made = fitted(matrix, label)
    moved = matrix.copy()
    moved[:, 2] = 9.0

    assert made.effect[2] == 0
    np.testing.assert_array_equal(made.raw(moved), made.raw(matrix))
    np.testing.assert_allclose(made.sampled(moved), made.sampled(matrix))


@pytest.mark.parametrize("task", list(Task))
def test_where_no_column_says_anything_the_rate_is_all_that_is_known(task: Task) -> None:
    label = np.array([1.0, 0.0, 1.0, 1.0])
    made = fit(np.ones((4, 2)), label, task, LinearConfig())
    raw = made.raw(np.ones((1, 2)))

    assert (raw if task is Task.REGRESSION else probability(raw))[0] == pytest.approx(0.75)
    assert made.sampled(np.ones((1, 2))).tolist() == [[raw[0]] * DRAWS]


def test_an_outlier_counts_as_the_bound_beside_it() -> None:
    matrix, label = data(count=1000)
    made = fitted(matrix, label)
    wild = matrix.copy()
    wild[0, 0] = 1e6

    assert np.abs(fitted(wild, label).effect - made.effect).max() < 0.05


def test_it_comes_back_from_disk_with_all_that_is_not_sure(tmp_path: Path) -> None:
    matrix, label = data(count=400)
    matrix[::3, 0] = np.nan
    made = fitted(matrix, label)
    made.save(tmp_path / "head")
    again = Linear.load(tmp_path / "head")

    np.testing.assert_array_equal(again.sampled(matrix), made.sampled(matrix))
    np.testing.assert_array_equal(again.factor, made.factor)
    np.testing.assert_array_equal(again.often, made.often)
    assert again.base == made.base


def test_a_text_cut_short_is_refused(tmp_path: Path) -> None:
    fitted(*data()).save(tmp_path / "head")
    file = tmp_path / "head.json"
    file.write_text(file.read_text(encoding="utf-8")[:50], encoding="utf-8")

    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        Linear.load(tmp_path / "head")
