"""The usual world: many small effects that add up, as in real organisations.

The person counts for more than the match, the rater and chance for more than both.
"""

import numpy as np

from mutasi.simulation import behavior
from mutasi.simulation.arrays import YEAR, Floats, Ints
from mutasi.simulation.behavior import Candidates, Facts, Motives, Nature, Pairs, World
from mutasi.simulation.silence import Silence

CHANCE_MATCH = 0.09
"""Part of the match that no record tells."""

MATCH_CENTRE = 0.12
"""Usual match of people with the posts they hold."""


def match(world: World, facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return what pairs add: schooling, competence and practice, the way, years in the post."""
    who, post = pairs.who, pairs.post
    practice, similar = behavior.practice(world, facts, pairs, middle)
    more = behavior.gained(facts, pairs, middle)
    served = (middle - pairs.start) / YEAR
    away = behavior.distance(world, facts, who, post)
    short = world.standard[post, 9] - behavior.technical(world, facts, who, post, more)
    total: Floats = (
        0.20 * behavior.schooled(world, facts, who, post)
        - 0.30 * behavior.gap(world, who, post, middle)
        - 0.08 * np.clip(short, 0, 2)
        + 0.16 * (1 - np.exp(-practice / 4))
        + 0.10 * (1 - np.exp(-similar / 4))
        - 0.10 * np.clip((away - 10) / 25, 0, 2)
        - 0.03 * np.clip(served - 6, 0, 6)
        + CHANCE_MATCH * behavior.hashed(world.salt, who, post)
        - MATCH_CENTRE
    )
    return total


def motives(world: World, facts: Facts, who: Ints, post: Ints) -> Motives:
    """Return why people would go: the way, the family, the rung, the pay, the time served."""
    held = np.maximum(facts.where.post[who], 0)
    away = behavior.distance(world, facts, who, post)
    longer = behavior.further(world, facts, who, post)
    up = np.clip(world.level[post] - world.level[held], -2, 2)
    pay = np.clip(world.allowance[post] - world.allowance[held], -3, 3)
    harder = world.remote[post] & ~world.remote[held]
    rest = (
        world.willingness
        - world.stubborn[who]
        + 0.75 * up
        + 0.22 * pay
        + 0.08 * (behavior.served(facts, who) - 4)
        + 0.5 * (away < 4)
        - 0.9 * harder
        - 0.4 * (behavior.age(world, facts, who) > 54)
        + 0.5 * behavior.hashed(world.salt + 1, who, post)
    )
    way = -1.35 * np.clip(longer / 15, -0.8, 3)
    home = np.where(world.ties[who] & (longer > 6), -1.3, 0.0)
    return Motives(way, home, rest)


def leaning(world: World, _: Facts, candidates: Candidates) -> Floats:
    """Return what those in charge follow besides merit: their own people, and the able."""
    return np.asarray(0.8 * candidates.favoured + 0.9 * world.ability[candidates.who])


USUAL = Nature(match, motives, leaning, Silence())
