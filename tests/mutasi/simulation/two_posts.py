"""A world of one person and two posts, made by hand."""

import numpy as np

from mutasi.simulation import behavior
from mutasi.simulation.arrays import day_number
from mutasi.simulation.behavior import Facts, Pairs, World
from mutasi.simulation.career import Situation
from mutasi.simulation.establishment import FAMILY_NAMES
from mutasi.simulation.worlds import NATURES
from mutasi.vocabulary import FUNCTIONS

HEALTH, EDUCATION = FUNCTIONS.index("health"), FUNCTIONS.index("education")
DAY = day_number(2024)


def world(**changes: object) -> World:
    """Return two posts, of health and of education, 11 km apart, and one person."""
    facts: dict[str, object] = {
        "nature": NATURES["usual"],
        "drawn_on": np.array([DAY]),
        "ability": np.zeros(1),
        "stubborn": np.zeros(1),
        "ties": np.array([False]),
        "talent": np.zeros(1),
        "competence": np.full((1, 9), 2.0),
        "born": np.array([day_number(1985)]),
        "unit": np.array([0, 1]),
        "function": np.array([HEALTH, EDUCATION]),
        "family": np.array([0, 1]),
        "level": np.array([2, 2]),
        "allowance": np.array([8, 8]),
        "fields": np.array([1, 2]),
        "standard": np.full((2, 10), 2.0),
        "remote": np.array([False, False]),
        "north": np.array([-7.0, -7.0]),
        "east": np.array([110.0, 110.1]),
        "leadership": np.zeros(2),
        "fit_strength": 1.0,
        "willingness": 2.0,
        "salt": 1,
    }
    return World(**{**facts, **changes})  # type: ignore[arg-type]  # one dictionary of many kinds


def facts() -> Facts:
    """Return where the person is: ten years in health, at home beside that post."""
    practice = np.zeros((1, len(FUNCTIONS)))
    practice[0, HEALTH] = 10.0
    similar = np.zeros((1, len(FAMILY_NAMES)))
    similar[0, 0] = 10.0
    situation = Situation(
        day=DAY,
        post=np.array([0]),
        since=np.array([DAY - 1461]),
        eased=np.array([False]),
        in_function=practice,
        in_family=similar,
    )
    return Facts(situation, np.array([-7.0]), np.array([110.0]), np.array([1]), np.array([10]))


def pair(post: int) -> Pairs:
    return Pairs(np.array([0]), np.array([post]), np.array([DAY]), np.array([False]))


def match(where: World, post: int) -> float:
    return float(behavior.match(where, facts(), pair(post), DAY)[0])


def chance(where: World, post: int) -> float:
    return float(behavior.motives(where, facts(), np.array([0]), np.array([post])).probability()[0])
