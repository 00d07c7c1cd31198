"""What we compute ourselves beside libraries that compute the same another way."""

import numpy as np
import pytest
from crepes import ConformalRegressor
from mapie.regression import SplitConformalRegressor
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import Ridge
from venn_abers import VennAbers

from models import metrics
from models.conformal import GROUP_WEIGHT, quantile, widths
from models.fitting import LinearConfig, fit
from models.learner import Floats, Task, log_odds, probability
from models.training import LEAST_TO_CALIBRATE, correction


def errors(count: int) -> Floats:
    return np.random.default_rng(count).standard_t(4, size=count) * 8


@pytest.mark.parametrize("count", [19, 99, 250, 999, 4000])
def test_half_a_width_is_that_of_mapie(count: int) -> None:
    error = errors(count)
    nothing = DummyRegressor(strategy="constant", constant=0.0)
    fitted = nothing.fit(np.zeros((2, 1)), np.zeros(2))
    other = SplitConformalRegressor(fitted, confidence_level=0.9, prefit=True)
    _, ends = other.conformalize(np.zeros((count, 1)), error).predict_interval(np.zeros((1, 1)))

    assert quantile(np.abs(error)) == pytest.approx(float(ends.ravel()[1]))


@pytest.mark.parametrize("count", [600, 3000])
def test_widths_of_groups_lie_between_those_of_crepes_and_the_common_one(count: int) -> None:
    evidence = np.linspace(1.0, 4.0, count)
    error = errors(count) * evidence
    found = widths(error, evidence, np.ones(count, dtype=bool), float(error.std()), {"one"})
    group = np.searchsorted(found.bounds, evidence)
    grouped = ConformalRegressor().fit(error, bins=group)
    own = grouped.predict_int(np.zeros(3), bins=np.arange(3), confidence=0.9)[:, 1]
    weight = np.bincount(group) / (np.bincount(group) + GROUP_WEIGHT)
    expected = weight * own + (1 - weight) * quantile(np.abs(error))

    np.testing.assert_allclose(found.half, expected, rtol=0.02)


def test_corrected_chances_mean_what_those_of_venn_abers_mean() -> None:
    rng = np.random.default_rng(5)
    raw = rng.normal(size=12_000) * 2
    label = (rng.random(len(raw)) < probability(0.5 * raw + 0.3)).astype(float)
    known, new = slice(0, 2 * LEAST_TO_CALIBRATE), slice(2 * LEAST_TO_CALIBRATE, None)
    shift, slope = correction(raw[known], label[known])
    stated = probability(raw)
    other = VennAbers()
    other.fit(np.column_stack([1 - stated, stated])[known], label[known])
    by_other = other.predict_proba(np.column_stack([1 - stated, stated])[new])[0][:, 1]
    corrected = probability(shift + slope * raw[new])

    assert metrics.ece(label[new], stated[new]) > 0.1
    assert metrics.ece(label[new], corrected) < metrics.ece(label[new], by_other) + 0.01
    assert metrics.log_loss(label[new], corrected) < metrics.log_loss(label[new], by_other) + 0.001
    assert np.corrcoef(log_odds(by_other), log_odds(corrected))[0, 1] > 0.98


@pytest.mark.parametrize("penalty", [1.0, 100.0])
def test_effects_are_those_of_the_ridge_of_scikit_learn(penalty: float) -> None:
    rng = np.random.default_rng(4)
    matrix = rng.uniform(size=(500, 6)) @ rng.normal(size=(6, 6))
    label = matrix @ rng.normal(size=6) + rng.normal(size=500)
    weight = rng.uniform(0.2, 3.0, size=500)
    drawn_in = np.clip(matrix, *np.quantile(matrix, (0.005, 0.995), axis=0))
    inputs = (drawn_in - drawn_in.mean(axis=0)) / drawn_in.std(axis=0)
    other = Ridge(alpha=penalty).fit(inputs, label, weight)
    ours = fit(matrix, label, Task.REGRESSION, LinearConfig(penalty=penalty), weight)

    np.testing.assert_allclose(ours.raw(matrix), other.predict(inputs), rtol=1e-6)
