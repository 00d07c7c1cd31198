"""Metrics against scikit-learn and against what must always hold."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st
from scipy import stats
from sklearn import metrics as reference
from sklearn.calibration import calibration_curve

from models import metrics

Floats = npt.NDArray[np.float64]
finite = st.floats(-1e3, 1e3, width=32)


@st.composite
def labelled(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Labels of both classes and probabilities, many of them equal."""
    size = draw(st.integers(2, 40))
    label = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    label[0], label[1] = True, False
    chance = draw(st.lists(st.integers(0, 20), min_size=size, max_size=size))
    return np.array(label, float), np.array(chance, float) / 20


@st.composite
def measured(draw: st.DrawFn) -> tuple[Floats, Floats]:
    size = draw(st.integers(2, 40))
    rows = st.lists(finite, min_size=size, max_size=size)
    return np.array(draw(rows)), np.array(draw(rows))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(metrics.rmse, reference.root_mean_squared_error, id="rmse"),
        pytest.param(metrics.mae, reference.mean_absolute_error, id="mae"),
    ],
)
@given(data=measured())
def test_errors_are_those_of_scikit_learn(
    ours: Callable[..., float], theirs: Callable[..., float], data: tuple[Floats, Floats]
) -> None:
    assert ours(*data) == pytest.approx(theirs(*data))


def test_correlations_are_those_of_scipy(rng: np.random.Generator) -> None:
    actual = rng.normal(size=200)
    predicted = np.round(actual + rng.normal(size=200), 1)

    assert metrics.pearson(actual, predicted) == pytest.approx(
        stats.pearsonr(actual, predicted).statistic
    )
    assert metrics.spearman(actual, predicted) == pytest.approx(
        stats.spearmanr(actual, predicted).statistic
    )
    assert metrics.r_squared(actual, predicted) == pytest.approx(
        reference.r2_score(actual, predicted)
    )


@given(data=measured())
def test_a_correlation_lies_between_minus_one_and_one(data: tuple[Floats, Floats]) -> None:
    found = metrics.pearson(*data)

    assert np.isnan(found) or -1 <= found <= 1


@given(data=labelled())
def test_judgements_of_chances_are_those_of_scikit_learn(data: tuple[Floats, Floats]) -> None:
    assert metrics.auc(*data) == pytest.approx(reference.roc_auc_score(*data))
    assert metrics.brier(*data) == pytest.approx(reference.brier_score_loss(*data))
    assert metrics.log_loss(*data) == pytest.approx(reference.log_loss(*data))


@given(data=labelled())
def test_auc_turns_round_with_the_score_and_ignores_its_scale(data: tuple[Floats, Floats]) -> None:
    label, score = data

    assert metrics.auc(label, -score) == pytest.approx(1 - metrics.auc(label, score))
    assert metrics.auc(label, np.exp(3 * score)) == pytest.approx(metrics.auc(label, score))


@given(data=labelled(), seed=st.integers(0, 100))
def test_the_order_of_rows_means_nothing(data: tuple[Floats, Floats], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(data[0]))
    mixed = (data[0][order], data[1][order])

    for figure in (metrics.auc, metrics.brier, metrics.log_loss, metrics.ece, metrics.spearman):
        assert figure(*mixed) == pytest.approx(figure(*data), nan_ok=True)


def test_bins_of_equal_width_are_those_of_scikit_learn(rng: np.random.Generator) -> None:
    chance = rng.random(500)
    label = (rng.random(500) < chance).astype(float)
    observed, stated = calibration_curve(label, chance, n_bins=8)

    curve = metrics.calibration(label, chance, bins=8, equal="width")

    np.testing.assert_allclose(curve.observed, observed)
    np.testing.assert_allclose(curve.stated, stated)


@given(data=labelled(), bins=st.integers(1, 12))
def test_bins_of_equal_mass_hold_every_row_once_and_ties_together(
    data: tuple[Floats, Floats], bins: int
) -> None:
    curve = metrics.calibration(*data, bins=bins)

    assert curve.count.sum() == len(data[0])
    assert len(curve.count) <= bins
    assert (np.diff(curve.stated) > 0).all()
    assert ((curve.low <= curve.observed) & (curve.observed <= curve.high)).all()


def test_who_states_the_frequencies_is_calibrated_and_who_doubts_is_not() -> None:
    label = np.repeat([1.0, 0.0], [80, 20])

    assert metrics.ece(label, np.full(100, 0.8)) == pytest.approx(0)
    assert metrics.ece(label, np.full(100, 0.5)) == pytest.approx(0.3)


def test_bins_are_equal_in_mass_or_in_width() -> None:
    with pytest.raises(ValueError, match="'size'"):
        metrics.ece([0, 1], [0.2, 0.9], equal="size")


def test_wilson_s_interval_is_that_of_scipy() -> None:
    low, high = metrics.wilson([0, 7, 20], [20, 20, 20])

    for place, successes in enumerate((0, 7, 20)):
        exact = stats.binomtest(successes, 20).proportion_ci(method="wilson")
        assert (low[place], high[place]) == pytest.approx((exact.low, exact.high))


def test_nothing_to_judge_is_nan() -> None:
    assert np.isnan(metrics.rmse([], []))
    assert np.isnan(metrics.auc([], []))
    assert np.isnan(metrics.auc([1, 1], [0.2, 0.4]))
    assert np.isnan(metrics.brier([], []))
    assert np.isnan(metrics.ece([], []))
    assert np.isnan(metrics.coverage([], [], []))
    assert np.isnan(metrics.r_squared([2, 2], [1, 3]))


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        metrics.rmse([1, np.nan], [1, 2])
    with pytest.raises(ValueError, match="one length"):
        metrics.mae([1, 2], [1])
    with pytest.raises(ValueError, match="neither 0 nor 1"):
        metrics.auc([0, 2], [0.1, 0.2])
    with pytest.raises(ValueError, match="outside"):
        metrics.brier([0, 1], [0.1, 1.2])


def test_an_interval_of_nine_tenths_holds_nine_tenths(rng: np.random.Generator) -> None:
    actual = rng.normal(size=5000)

    found = metrics.coverage(actual, np.full(5000, -1.645), np.full(5000, 1.645))

    assert found == pytest.approx(0.9, abs=0.015)
    assert metrics.width([-1.0, 0.0], [1.0, 4.0]) == 3.0
    assert metrics.bias([1.0, 2.0], [2.0, 4.0]) == 1.5
