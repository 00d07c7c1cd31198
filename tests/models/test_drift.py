"""Drift: chance raises no alarm more often than stated, a change does."""

import numpy as np
import pytest

from models import metrics
from models.drift import (
    answering,
    cusum,
    design_effect,
    difference,
    share,
    shift,
    smoothed,
    stability,
    surely_beyond,
    turning,
    usual_ece,
)
from models.intervals import Interval

REPEATS = 200
SPREAD = np.array([0.3, 0.25, 0.2, 0.15, 0.1, 0.0])
"""Shares of five cells; nothing is missing."""


def drawn(random: np.random.Generator, rows: int, groups: int | None = None) -> np.ndarray:
    """Return the cell of each decision; those of one group share theirs."""
    own = random.choice(len(SPREAD), size=groups or rows, p=SPREAD)
    return own if groups is None else own[np.arange(rows) % groups]


def alarms(rows: int, groups: int | None = None, *, told: bool = True) -> float:
    """Return how often a period that is drawn like training raises an alarm."""
    found = 0
    for seed in range(REPEATS):
        random = np.random.default_rng(seed)
        training = np.bincount(drawn(random, 5 * rows, groups and 5 * groups), minlength=6)
        cell = drawn(random, rows, groups)
        cluster = np.arange(rows) % (groups or rows)
        clusters = (cluster,) if told else ()
        moved = shift(training / (5 * rows), 5 * rows, cell, clusters, seed=seed)
        found += moved.beyond_chance > 0
    return found / REPEATS


@pytest.mark.parametrize("rows", [20, 300])
def test_a_period_drawn_like_training_raises_hardly_any_alarm(rows: int) -> None:
    assert alarms(rows) <= 0.03  # stated is .01


def test_decisions_that_belong_together_do_not_pass_for_many() -> None:
    assert alarms(200, groups=40) <= 0.03
    assert alarms(200, groups=40, told=False) > 0.3


def test_a_shift_is_found_and_its_size_is_told() -> None:
    random = np.random.default_rng(1)
    other = np.roll(SPREAD[:5], 2)
    cell = random.choice(5, size=400, p=other)
    true = float(stability(smoothed(SPREAD[:5] * 1e9), smoothed(other * 1e9)))

    moved = shift(SPREAD, 2000, cell, (), searched=100)

    assert moved.beyond_chance > 0.25
    assert moved.index.low < true < moved.index.high


def test_few_decisions_must_differ_by_more() -> None:
    few, many = (shift(SPREAD, 2000, np.zeros(rows, dtype=np.int64), ()) for rows in (3, 300))

    assert few.beyond_chance == 0
    assert many.beyond_chance > 0
    assert few.bound > many.bound


def test_the_more_is_searched_the_more_is_asked_for() -> None:
    cell = drawn(np.random.default_rng(2), 100)

    assert shift(SPREAD, 500, cell, (), searched=100).bound > shift(SPREAD, 500, cell, ()).bound


def test_a_period_without_decisions_has_not_shifted() -> None:
    with pytest.raises(ValueError, match="without decisions"):
        shift(SPREAD, 500, np.empty(0, dtype=np.int64), ())


def test_ten_copies_of_each_decision_count_once() -> None:
    cell = np.repeat(drawn(np.random.default_rng(3), 60), 10)

    assert design_effect(cell, 6, (np.repeat(np.arange(60), 10),)) == pytest.approx(10, rel=0.05)
    assert design_effect(cell, 6, (np.zeros(600),)) == 1.0  # one cluster tells nothing


def test_a_difference_of_shares_is_newcombes() -> None:
    found = difference(share(56, 70), share(48, 80))  # Newcombe 1998, table II (a), method 10

    assert found.value == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=5e-4)
    assert found.high == pytest.approx(0.3339, abs=5e-4)


def test_what_is_not_known_is_no_sure_difference() -> None:
    assert not surely_beyond(Interval(5.0, np.nan, np.nan), 1.0)
    assert surely_beyond(Interval(-5.0, -6.0, -4.0), 1.0)
    assert not surely_beyond(Interval(-5.0, -6.0, -4.0), 5.5)


def test_faultless_chances_exceed_their_usual_error_as_seldom_as_stated() -> None:
    random = np.random.default_rng(4)
    exceeded = 0
    for seed in range(25):
        chance = random.uniform(0.5, 0.98, 150)
        accepted = (random.random(150) < chance).astype(float)
        exceeded += metrics.ece(accepted, chance) > usual_ece(chance, seed=seed)

    assert exceeded <= 2  # stated is 1 in 100


def days(count: int) -> np.ndarray:
    """Return the days of decisions: ten on each of some days."""
    return np.datetime64("2024-01-01") + np.arange(count) // 10 * 30


@pytest.mark.parametrize("count", [60, 400])
def test_a_path_without_change_is_left_as_seldom_as_stated(count: int) -> None:
    left = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        chance = random.uniform(0.6, 0.97, count)
        accepted = (random.random(count) < chance).astype(float)
        residual = (accepted - chance) / np.sqrt(chance * (1 - chance))
        path = cusum(days(count), residual, answering(chance), false_alarms=0.05, seed=seed)
        left += path.left is not None

    assert left <= 11  # stated is 5 of 100


def test_a_path_says_when_the_change_began_and_which_way() -> None:
    random = np.random.default_rng(5)
    residual = random.normal(size=600)
    residual[300:] -= 1.0

    path = cusum(days(600), residual, turning(residual, np.arange(600)))

    assert path.left is not None
    assert path.began is not None
    assert not path.is_above
    assert abs(path.began - 30) <= 3
    assert 30 <= path.left <= 40
    assert path.above.max() < path.bound < path.below.max()


def test_what_a_rater_did_to_everybody_is_no_change() -> None:
    left, believed = 0, 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        rater = np.arange(300) // 25
        residual = random.normal(size=300) + 0.8 * random.normal(size=12)[rater]
        alone, together = turning(residual, np.arange(300)), turning(residual, rater)
        left += cusum(days(300), residual, together, seed=seed).left is not None
        believed += cusum(days(300), residual, alone, seed=seed).left is not None

    assert left <= 3
    assert believed > 3 * left + 5


def test_the_order_within_a_day_says_nothing() -> None:
    random = np.random.default_rng(6)
    residual = random.normal(size=100)
    order = np.arange(100).reshape(10, 10)[:, ::-1].ravel()
    one, other = (
        cusum(days(100), rest, turning(rest, np.arange(100)))
        for rest in (residual, residual[order])
    )

    np.testing.assert_allclose(one.above, other.above)


def test_a_path_needs_outcomes() -> None:
    with pytest.raises(ValueError, match="outcomes"):
        cusum(days(0), np.empty(0), answering(np.empty(0)))
