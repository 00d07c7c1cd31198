"""A world of steps, by hand."""

import numpy as np
import pytest

from mutasi.simulation import behavior
from mutasi.simulation.behavior import Pairs
from mutasi.simulation.worlds import NATURES
from tests.mutasi.simulation.two_posts import DAY, chance, facts, match, world

STEPS = NATURES["thresholds"]


def stepped(kilometres: float, **changes: object) -> float:
    """Return the match with the post of health so far from home, in a world of steps."""
    east = np.array([110.0 + kilometres / 110.49, 110.1])
    return match(world(nature=STEPS, east=east, **changes), 0)


def test_a_way_is_harmless_up_to_the_cliff_and_no_worse_beyond() -> None:
    near, before, after, far = (stepped(way) for way in (0.0, 17.5, 18.5, 60.0))

    assert near == before
    assert before - after == pytest.approx(0.14)
    assert after == far


@pytest.mark.parametrize(
    ("standard", "post", "cost"),
    [
        pytest.param(2.3, 1, 0.0, id="a small shortfall of someone new"),
        pytest.param(2.5, 1, 0.48, id="a large shortfall of someone new"),
        pytest.param(3.9, 1, 0.48, id="a larger one costs no more"),
        pytest.param(3.9, 0, 0.0, id="any shortfall of the experienced"),
    ],
)
def test_a_shortfall_hurts_beyond_a_step_and_only_the_new(
    standard: float, post: int, cost: float
) -> None:
    asked = world(nature=STEPS, standard=np.full((2, 10), standard))

    assert match(world(nature=STEPS), post) - match(asked, post) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("family", "gain"),
    [
        pytest.param(0, 0.0, id="structural"),
        pytest.param(1, 0.0, id="clerk"),
        pytest.param(2, 0.20, id="functional"),
    ],
)
def test_what_was_studied_counts_in_functional_posts_alone(family: int, gain: float) -> None:
    here = {"nature": STEPS, "family": np.array([family, family])}
    fits, other = world(**here), world(**here, fields=np.array([2, 2]))

    assert match(fits, 0) - match(other, 0) == pytest.approx(gain)


def test_people_do_best_in_the_middle_of_their_time_in_a_post() -> None:
    steps = world(nature=STEPS)

    def after(years: float) -> float:
        start = np.array([DAY - round(365.25 * years)])
        held = Pairs(np.array([0]), np.array([0]), start, np.array([False]))
        return float(behavior.match(steps, facts(), held, DAY)[0])

    assert after(4) > after(1) > after(0)
    assert after(4) > after(7)
    assert after(0) == pytest.approx(after(8), abs=1e-3)


def test_ability_counts_for_more_on_a_high_rung() -> None:
    def gain(level: int) -> float:
        rung = {"nature": STEPS, "level": np.array([level, 1])}
        return match(world(**rung, ability=np.array([1.0])), 0) - match(world(**rung), 0)

    assert gain(4) == gain(6) > 0 > gain(3) == gain(1)


def test_a_longer_way_is_no_reason_until_it_is_too_long() -> None:
    def ready(kilometres: float) -> float:
        return chance(world(nature=STEPS, east=np.array([110.0, 110.0 + kilometres / 110.49])), 1)

    assert ready(1) == ready(17.5)
    assert ready(18.5) < ready(17.5) - 0.2
    assert ready(60) == ready(18.5)
