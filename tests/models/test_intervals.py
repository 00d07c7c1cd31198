"""Bootstrap intervals: their width, their groups, and differences on the same draws."""

import numpy as np
import pytest

from models.intervals import Interval, interval, paired_difference, resampled
from models.metrics import auc, mae


def test_an_interval_is_as_wide_as_theory_says(rng: np.random.Generator) -> None:
    values = rng.normal(size=400)

    found = interval(np.mean, values)

    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)
    assert found.low < found.value < found.high


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = 0
    for seed in range(200):
        values = np.random.default_rng(seed).normal(size=60)
        found = interval(np.mean, values, draws=200, seed=seed)
        held += found.low <= 0 <= found.high

    assert 0.89 <= held / 200 <= 0.98


def test_rows_of_one_person_are_no_more_witnesses_than_the_person(
    rng: np.random.Generator,
) -> None:
    people = np.repeat(np.arange(30), 20)
    values = rng.normal(size=30)[people]

    alone, together = interval(np.mean, values), interval(np.mean, values, groups=people)

    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_a_difference_is_sure_where_the_figures_overlap(rng: np.random.Generator) -> None:
    actual = rng.normal(scale=10, size=300)
    model, baseline = actual * 0.50, actual * 0.45

    ours, theirs = interval(mae, actual, model), interval(mae, actual, baseline)
    difference = paired_difference(mae, actual, model, baseline)

    assert ours.high > theirs.low
    assert difference.value == pytest.approx(ours.value - theirs.value)
    assert difference.high < 0
    assert difference.excludes_zero


def test_the_same_seed_gives_the_same_ends(rng: np.random.Generator) -> None:
    values = rng.normal(size=50)

    assert interval(np.median, values, seed=3) == interval(np.median, values, seed=3)
    assert interval(np.median, values, seed=3) != interval(np.median, values, seed=4)


def test_several_figures_share_their_draws(rng: np.random.Generator) -> None:
    values = rng.normal(size=50)

    found = resampled(lambda x: [x.mean(), x.mean() + 1], values, draws=100)

    assert found.interval(0) == interval(np.mean, values, draws=100)
    difference = found.difference(1, 0)
    assert (difference.low, difference.high) == pytest.approx((1.0, 1.0))


def test_one_witness_gives_a_figure_without_ends() -> None:
    found = interval(np.mean, [1.0, 2.0], groups=[5, 5])

    assert found.value == 1.5
    assert np.isnan(found.low)
    assert not found.excludes_zero


def test_draws_without_a_figure_are_left_out() -> None:
    rare = interval(auc, [1, *[0] * 30], np.arange(31.0))
    never = interval(lambda _: np.nan, [1.0, 2.0])

    assert rare.value == 0
    assert np.isfinite(rare.high)
    assert np.isnan(never.low)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        interval(mae, [1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="empty"):
        interval(np.mean, [])
    with pytest.raises(ValueError, match="1 groups for 2 rows"):
        interval(np.mean, [1.0, 2.0], groups=[1])


def test_an_interval_without_ends_is_not_sure() -> None:
    assert not Interval(1.0, np.nan, np.nan).excludes_zero
