"""Intervals and chances made otherwise, on the same back-test."""

from dataclasses import replace

import numpy as np
import pytest

from models.conformal import quantile
from models.examples import Examples
from models.learner import Task, probability
from models.past import past_of
from models.training import LEAST_TO_CALIBRATE
from models.weighting import Chosen
from pipelines.regions.choices import chances, widths
from pipelines.regions.choices.past import made
from pipelines.regions.choices.years import Year, years
from pipelines.regions.rivals import PRODUCT
from tests.pipelines.regions.choices.conftest import Known

NOBODY = Chosen(None, None)


@pytest.fixture(scope="module")
def tested(known: Known) -> list[Year]:
    return years(known.region.lessons)


def test_nothing_is_known_before_a_year_that_came_later(tested: list[Year]) -> None:
    """Of ratings and of answers two years each; a rating comes later, so they differ."""
    assert [sum(len(kind) > 0 for kind in of) for of in _kinds(tested)] == [2, 2]
    for year in tested:
        days = [kind.decisions.decided_on for kind in (year.moves, year.offers)]
        begins = np.concatenate(days).min()
        assert year.known.performance.decisions.known_on.max() < begins
        assert year.known.stays.decisions.known_on.max() < begins


def _kinds(tested: list[Year]) -> list[list[Examples]]:
    return [[year.moves for year in tested], [year.offers for year in tested]]


def test_equal_weights_give_the_quantile_of_the_product() -> None:
    off = np.random.default_rng(0).exponential(size=250)

    assert widths.quantiles(off, np.ones(250), np.ones(1))[0] == quantile(off)


def test_errors_like_those_asked_about_count_for_more() -> None:
    """Of wide errors there are few; all that is asked about is like them."""
    random = np.random.default_rng(0)
    kind = random.random(2000) < 0.05
    off = random.exponential(size=2000) * np.where(kind, 9.0, 1.0)
    known = kind[:, None] + random.normal(scale=0.1, size=(2000, 1))
    asked = 1.0 + random.normal(scale=0.1, size=(500, 1))

    ratio, of_asked = widths.likelihood_ratio(known, asked)

    assert ratio[kind].mean() > 9.0 * ratio[~kind].mean()
    assert np.median(widths.quantiles(off, ratio, of_asked)) > 3.0 * quantile(off)


def test_what_tells_the_pairs_apart_is_of_the_person_or_the_post_alone(known: Known) -> None:
    names = widths.alone(known.own.recipe.names)

    assert "person_record" in names
    assert not {"is_same_post", "distance_change_km"} & set(names)


def test_each_way_gives_other_intervals_and_none_has_seen_the_ratings(tested: list[Year]) -> None:
    year = next(year for year in reversed(tested) if len(year.moves))
    decisions = year.moves.decisions
    other = replace(year.moves, decisions=replace(decisions, label=decisions.label + 20.0))
    found, again = widths.ways(year), widths.ways(replace(year, moves=other))

    assert list(found) == [PRODUCT, "weighted", "of_people"]
    for name, ends in found.items():
        assert (ends.low < ends.high).all(), name
        assert np.array_equal(ends.low, again[name].low), name
    for name in ("weighted", "of_people"):
        assert not np.allclose(found[name].high, found[PRODUCT].high), name


def test_folds_of_people_hold_ratings_that_nobody_like_them_taught(known: Known) -> None:
    """Noise that belongs to nobody: nine in ten of fresh ratings are held."""
    own = known.own
    random = np.random.default_rng(3)
    decisions = own.moves.decisions
    noise = replace(decisions, label=random.normal(50.0, 8.0, len(decisions)))
    fresh = replace(own.moves, decisions=noise)
    own = made(own.head, replace(known.region.lessons, performance=fresh), NOBODY, None)
    half = np.arange(len(fresh)) % 2 == 0
    ends = widths.of_people(
        replace(own, moves=fresh.where(half), weight=own.weight[half]),
        fresh.where(~half),
    )

    held = np.mean((fresh.label[~half] >= ends.low) & (fresh.label[~half] <= ends.high))
    assert 0.82 < held < 0.97


def test_chances_are_corrected_always_or_never(tested: list[Year]) -> None:
    year = tested[-1]
    found, labels = chances.ways(year)

    assert 0 < labels < LEAST_TO_CALIBRATE
    assert np.array_equal(found[PRODUCT], found["never"])
    assert not np.allclose(found["always"], found["never"])


def test_a_correction_does_not_change_the_order(tested: list[Year]) -> None:
    found, _ = chances.ways(tested[-1])

    assert np.array_equal(np.argsort(found["always"]), np.argsort(found["never"]))


def test_the_recipe_of_the_chances_is_that_of_the_product(tested: list[Year]) -> None:
    year = tested[-1]
    head = year.learned.heads["acceptance"]
    recipe = chances.recipe_of(head)
    offers = year.known.acceptance
    everybody = np.ones(len(offers), dtype=bool)

    learner = recipe.fitted(past_of(offers), Task.BINARY, everybody)

    known = offers.columns(recipe.names)
    assert np.allclose(probability(learner.raw(known)), probability(head.learner.raw(known)))
