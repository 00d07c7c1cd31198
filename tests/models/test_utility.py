"""What a placement is worth, and which cannot be told apart."""

import numpy as np

from models.learner import Floats
from models.utility import APART, REFUSED, bands, utility

DRAWN = 2000


def drawn(means: list[float], deviation: float, shared: float = 0.0) -> Floats:
    """Return draws about means, with something unknown that all share."""
    rng = np.random.default_rng(0)
    own = deviation * rng.normal(size=(len(means), DRAWN))
    return np.array(means)[:, None] + own + shared * rng.normal(size=DRAWN)


def test_utility_weighs_performance_by_the_chance_of_acceptance() -> None:
    value, chance = np.array([60.0]), np.array([0.5])

    assert utility(value, None).tolist() == [60.0]
    assert utility(value, chance).tolist() == [(60.0 + REFUSED) / 2]


def test_a_placement_that_would_be_refused_is_worth_a_refusal() -> None:
    assert utility(np.array([20.0, 80.0]), np.array([0.0, 0.0])).tolist() == [REFUSED] * 2


def test_draws_of_chances_are_weighed_draw_by_draw() -> None:
    value, chance = np.array([[50.0, 70.0]]), np.array([[1.0, 0.5]])

    assert utility(value, chance).tolist() == [[50.0, 50.0]]


def test_bands_begin_where_a_placement_is_clearly_worse_than_the_first() -> None:
    assert bands(drawn([60.0, 59.0, 58.0, 57.0, 40.0], deviation=1.0)).tolist() == [1, 1, 1, 2, 3]
    assert bands(drawn([60.0, 59.0, 58.0, 57.0, 40.0], deviation=0.0)).tolist() == [1, 2, 3, 4, 5]
    assert bands(drawn([60.0, 59.0, 58.0, 57.0, 40.0], deviation=20.0)).tolist() == [1] * 5


def test_what_is_unknown_of_all_alike_tells_none_apart_less() -> None:
    apart = [60.0, 50.0, 40.0]

    assert bands(drawn(apart, deviation=1.0, shared=50.0)).tolist() == [1, 2, 3]


def test_one_in_twenty_draws_is_too_few_to_be_in_the_band() -> None:
    beaten = np.full(100, 50.0)
    first = np.full(100, 55.0)
    wins = int(100 * APART)
    rarely, often = first.copy(), first.copy()
    rarely[:wins] = often[: wins + 1] = 45.0

    assert bands(np.array([rarely, beaten])).tolist() == [1, 2]
    assert bands(np.array([often, beaten])).tolist() == [1, 1]


def test_twins_share_a_band() -> None:
    assert bands(np.full((3, DRAWN), 50.0)).tolist() == [1, 1, 1]


def test_nobody_has_no_band() -> None:
    assert bands(np.empty((0, DRAWN))).tolist() == []
