"""Bootstrap intervals: their width, their groups, and differences on the same draws."""

import numpy as np
import pytest

from models.intervals import Floats, Interval, crossed_ratio, interval, paired_difference, resampled
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


def crossed_rows(seed: int) -> tuple[Floats, Floats, Floats]:
    """Return 20 vacancies with the same 12 people each, both of whom matter; the mean is 0."""
    rng = np.random.default_rng(seed)
    vacancy, person = (part.ravel() for part in np.indices((20, 12)))
    values = rng.normal(size=20)[vacancy] + rng.normal(size=12)[person]
    return values + 0.5 * rng.normal(size=240), vacancy.astype(float), person.astype(float)


@pytest.mark.parametrize("by_draws", [True, False])
def test_rows_of_the_same_people_in_many_vacancies_tell_less_than_they_seem_to(
    by_draws: bool,
) -> None:
    held, one_way = [], []
    for seed in range(60):
        values, vacancy, person = crossed_rows(seed)
        alone = interval(np.mean, values, groups=vacancy, draws=200)
        both = crossed_ratio(values, np.ones(240), vacancy, person)
        if by_draws:
            both = resampled(
                lambda x: [x.mean()], values, groups=vacancy, crossed=person, draws=200
            ).interval(0)
        held.append(both.low < 0 < both.high)
        one_way.append(alone.low < 0 < alone.high)

    assert np.mean(held) >= 0.88
    assert np.mean(one_way) < 0.75


def test_people_of_one_vacancy_each_change_nothing() -> None:
    values, vacancy, _ = crossed_rows(0)
    own = crossed_ratio(values, np.ones(240), vacancy, np.arange(240))
    usual = interval(np.mean, values, groups=vacancy, draws=2000)

    assert own.value == pytest.approx(usual.value)
    assert own.low == pytest.approx(usual.low, abs=0.08)
    assert own.high == pytest.approx(usual.high, abs=0.08)


def test_a_ratio_of_sums_is_as_sure_as_what_stands_over_it_for_its_share() -> None:
    """Doubling both columns changes nothing, nor does another row of nothing."""
    values, vacancy, person = crossed_rows(1)
    share = np.full(240, 0.5)
    plain = crossed_ratio(values, np.ones(240), vacancy, person)
    found = crossed_ratio(
        np.append(values * share, 0.0), np.append(share, 0.0), [*vacancy, 0.0], [*person, 0.0]
    )

    assert (found.value, found.low) == pytest.approx((plain.value, plain.low))


def test_what_the_rows_are_not_to_blame_for_comes_on_top() -> None:
    values, vacancy, person = crossed_rows(1)
    plain, more = (
        crossed_ratio(values, np.ones(240), vacancy, person, besides=variance)
        for variance in (0.0, 4.0)
    )

    assert more.value == plain.value
    assert (more.high - more.value) ** 2 == pytest.approx(
        (plain.high - plain.value) ** 2 + 4.0 * 1.96**2, rel=1e-3
    )


def test_one_vacancy_or_one_person_gives_no_interval() -> None:
    found = crossed_ratio([1.0, 3.0], [1.0, 1.0], ["a", "b"], ["p", "p"])

    assert found.value == 2.0
    assert np.isnan([found.low, found.high]).all()
