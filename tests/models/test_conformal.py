"""Intervals hold what they promise: nine in ten, whoever it is about."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.conformal import COVERAGE, Widths, group, quantile, scheme_on, widths
from models.learner import Floats

SCHEMES = {"skp_2011"}


def off(count: int, seed: int, moves: float = 0.1) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return errors that are the larger the less is known, what is known, and who stayed."""
    rng = np.random.default_rng(seed)
    evidence = rng.uniform(1.0, 7.0, count)
    error = rng.normal(size=count) * np.hypot(6.0, evidence)
    return error, evidence, rng.random(count) >= moves


def fitted(count: int = 3000, seed: int = 0, moves: float = 0.1) -> Widths:
    """Return widths by errors of one year."""
    return widths(*off(count, seed, moves), spread=12.0, schemes=SCHEMES)


@pytest.mark.parametrize("seed", range(5))
def test_nine_in_ten_of_new_ratings_lie_inside(seed: int) -> None:
    found = fitted(seed=seed)
    error, evidence, _ = off(50_000, seed=seed + 100)

    held = np.abs(error) <= found.of(evidence, "skp_2011")

    assert held.mean() == pytest.approx(COVERAGE, abs=0.02)


@pytest.mark.parametrize("third", range(3))
def test_nine_in_ten_lie_inside_however_much_is_known(third: int) -> None:
    coverage = []
    for seed in range(10):
        found = fitted(seed=seed)
        error, evidence, _ = off(20_000, seed=seed + 100)
        mine = group(evidence, found.bounds) == third
        coverage.append(np.mean((np.abs(error) <= found.of(evidence, "skp_2011"))[mine]))

    assert np.mean(coverage) == pytest.approx(COVERAGE, abs=0.015)
    assert min(coverage) > 0.86


def test_one_width_for_all_would_not_hold_for_those_of_whom_little_is_known() -> None:
    error, evidence, _ = off(50_000, seed=1)
    little = group(evidence, fitted().bounds) == 2

    assert np.mean(np.abs(error)[little] <= quantile(np.abs(error))) < 0.86


def test_the_less_is_known_the_wider() -> None:
    found = fitted()

    assert found.half[0] < found.half[1] < found.half[2]
    assert found.count == 3000


def test_the_known_are_parted_in_thirds() -> None:
    error, evidence, is_stay = off(999, seed=2)
    found = widths(error, evidence, is_stay, spread=12.0, schemes=SCHEMES)

    assert np.bincount(group(evidence, found.bounds)).tolist() == [333, 333, 333]


def test_of_whom_nothing_is_known_belongs_to_the_last() -> None:
    assert group(np.array([np.nan, 1.0, 2.0, 3.0, 9.0]), (1.0, 3.0)).tolist() == [2, 0, 1, 1, 2]


def test_a_small_group_leans_on_all() -> None:
    """Of three groups of ten nothing is concluded about their differences."""
    rng = np.random.default_rng(4)
    evidence = np.repeat([1.0, 2.0, 3.0], 10)
    error = rng.normal(size=30) * np.repeat([1.0, 1.0, 20.0], 10)
    found = widths(error, evidence, np.ones(30, bool), spread=12.0, schemes=SCHEMES)
    common = quantile(np.abs(error))
    own = [quantile(np.abs(error[evidence == one])) for one in (1.0, 2.0, 3.0)]

    for half, mine in zip(found.half, own, strict=True):
        assert half == pytest.approx((10 * mine + 200 * common) / 210)


def test_where_all_are_known_alike_there_is_one_width() -> None:
    error, _, is_stay = off(300, seed=3)
    found = widths(error, np.full(300, 5.0), is_stay, spread=12.0, schemes=SCHEMES)

    assert found.bounds == (5.0, 5.0)
    assert found.of(np.array([5.0]), "skp_2011")[0] == found.half[0]
    assert found.half[1] == found.half[2]


@pytest.mark.parametrize("schemes", ["skp_2022", np.array(["skp_2022"] * 3)])
def test_a_scheme_that_nobody_was_rated_by_widens(schemes: object) -> None:
    found = fitted()
    evidence = np.array([1.0, 4.0, 7.0])
    known, unseen = found.of(evidence, "skp_2011"), found.of(evidence, schemes)  # type: ignore[arg-type]  # one or many

    assert (unseen > known).all()
    assert unseen[0] == found.unseen


def test_under_an_unseen_scheme_nothing_is_foreseen() -> None:
    """The width is that of a rating about which one could only guess the mean."""
    rng = np.random.default_rng(6)
    rating = rng.normal(50.0, 12.0, 5000)
    predicted = 50.0 + 0.7 * (rating - 50.0)
    error = rating - predicted
    found = widths(
        error, rng.random(5000), np.ones(5000, bool), spread=float(rating.std()), schemes=SCHEMES
    )

    assert np.mean(np.abs(rating - 50.0) <= found.unseen) == pytest.approx(COVERAGE, abs=0.02)


def test_an_unseen_scheme_never_narrows() -> None:
    error, evidence, is_stay = off(500, seed=5)
    found = widths(error, evidence, is_stay, spread=0.1, schemes=SCHEMES)

    assert (found.of(evidence, "other") >= found.of(evidence, "skp_2011")).all()


def test_moves_that_are_further_off_than_stays_widen_all() -> None:
    error, evidence, is_stay = off(6000, seed=7, moves=0.3)
    further = np.where(is_stay, error, 1.5 * error)
    found = widths(further, evidence, is_stay, spread=12.0, schemes=SCHEMES)
    new, known, _ = off(20_000, seed=8)

    held = np.abs(1.5 * new) <= found.of(known, "skp_2011")
    assert held.mean() == pytest.approx(COVERAGE, abs=0.02)


def test_two_moves_say_little_of_all_moves() -> None:
    error, evidence, _ = off(2000, seed=9)
    is_stay = np.arange(2000) >= 2
    further = np.where(is_stay, error, 5.0 * error)
    alike, other = (
        widths(one, evidence, is_stay, spread=12.0, schemes=SCHEMES) for one in (error, further)
    )

    np.testing.assert_allclose(alike.half, other.half, rtol=0.05)


@pytest.mark.parametrize("is_stay", [True, False])
def test_of_moves_alone_or_stays_alone_errors_are_taken_as_they_are(is_stay: bool) -> None:
    error, _, _ = off(400, seed=10)
    found = widths(error, np.full(400, 1.0), np.full(400, is_stay), spread=12.0, schemes=SCHEMES)

    assert found.half[0] == pytest.approx(quantile(np.abs(error)))


@pytest.mark.parametrize("count", [9, 19, 100])
def test_on_average_over_pasts_coverage_is_never_below_its_promise(count: int) -> None:
    rng = np.random.default_rng(count)
    half = [quantile(np.abs(rng.normal(size=count))) for _ in range(2000)]
    new = np.abs(rng.normal(size=2000))

    assert np.mean(new <= half) == pytest.approx(
        np.ceil((count + 1) * COVERAGE) / (count + 1), abs=0.02
    )


def test_few_errors_give_the_widest_interval() -> None:
    assert quantile(np.array([1.0, 4.0, 2.0])) == 4.0


def test_the_rank_counts_the_rating_that_is_to_come() -> None:
    """Of ten errors the largest, of nineteen the eighteenth: nine in ten of one more."""
    assert quantile(np.arange(1.0, 11.0)) == 10.0
    assert quantile(np.arange(1.0, 20.0)) == 18.0
    assert quantile(np.arange(1.0, 101.0)) == 91.0


def test_few_errors_still_make_widths() -> None:
    found = widths(
        np.array([1.0, -4.0, 2.0]), np.array([1.0, 2.0, 3.0]), np.ones(3, bool), 10.0, SCHEMES
    )

    assert max(found.half) <= 4.0
    assert min(found.half) > 3.9, "drawn to the largest, which is all that is known"
    assert found.count == 3


def test_the_scheme_in_force_is_told_of_each_day() -> None:
    days = np.array(["2022-02-28", "2022-03-01", "2019-01-01"], "datetime64[D]")

    assert scheme_on(days).tolist() == ["skp_2011", "skp_2022", "skp_2011"]
