"""A world of steps: effects that come all at once, and only where another holds.

Competence falls short to no harm until it falls far short of whoever is new to
the work; a way to work is bearable or is not; what was studied counts in
functional posts alone.  No sum of straight lines is like it.
"""

from dataclasses import replace

import numpy as np

from mutasi.simulation import behavior
from mutasi.simulation.arrays import YEAR, Floats, Ints
from mutasi.simulation.behavior import Facts, Motives, Pairs, World
from mutasi.simulation.establishment import CLERK_FAMILY, STRUCTURAL_FAMILY
from mutasi.simulation.worlds.usual import USUAL

FAR = 18.0
"""Kilometres from home beyond which a day's work suffers."""

TOO_FAR = 9.0
"""Kilometres that a way may grow before people say no."""

WIDE = 0.4
"""Mean shortfall, in levels, from which on it is felt."""

NEW = 5.0
"""Years in a function before which a shortfall is felt."""

MASTERED = 3.0
"""Years as a leader or clerk after which they help on a high rung."""

PRIME = 4.0
"""Years in a post at which people do best; they do worse as long before as after."""

HIGH = 4
"""Rung from which on ability, and practice as a leader, count for more."""

CHANCE_MATCH = 0.05
"""Part of the match that no record tells."""


def match(world: World, facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return what pairs add, step by step."""
    who, post = pairs.who, pairs.post
    practice, similar = behavior.practice(world, facts, pairs, middle)
    short = behavior.gap(world, who, post, middle) > WIDE
    functional = ~np.isin(world.family[post], (STRUCTURAL_FAMILY, CLERK_FAMILY))
    learned = (facts.studied[who] & world.fields[post]) > 0
    high = world.level[post] >= HIGH
    total: Floats = (
        0.20 * (functional & learned)
        - 0.48 * (short & (practice < NEW))
        + 0.12 * (~functional & high & (similar >= MASTERED))
        - 0.14 * (behavior.distance(world, facts, who, post) > FAR)
        + 0.10 * _prime((middle - pairs.start) / YEAR)
        + np.where(high, 0.14, -0.03) * world.ability[who]
        + CHANCE_MATCH * behavior.hashed(world.salt, who, post)
    )
    return total


def motives(world: World, facts: Facts, who: Ints, post: Ints) -> Motives:
    """Return why people would go, step by step."""
    held = np.maximum(facts.where.post[who], 0)
    longer = behavior.further(world, facts, who, post)
    away = behavior.distance(world, facts, who, post)
    served = behavior.served(facts, who)
    up = world.level[post] - world.level[held]
    pay = world.allowance[post] - world.allowance[held]
    settled = world.ties[who] | (behavior.age(world, facts, who) > 50)
    rest = (
        world.willingness
        - world.stubborn[who]
        + 1.2 * ((up > 0) & (served >= 3))
        - 1.3 * (up < 0)
        + 0.7 * (pay >= 2)
        - 0.7 * (pay <= -2)
        + 0.5 * _prime(served)
        - 1.5 * (world.remote[post] & ~world.remote[held] & settled)
        + 0.5 * behavior.hashed(world.salt + 1, who, post)
    )
    way = np.where((longer > TOO_FAR) & (away > FAR), -2.4, np.where(longer < -TOO_FAR, 0.8, 0.0))
    home = np.where(world.ties[who] & (longer > TOO_FAR), -1.3, 0.0)
    return Motives(way, home, rest)


def _prime(years: Floats) -> Floats:
    """Return 1 at the best time in a post, and less the further from it, -1 at least."""
    return np.clip(1 - ((years - PRIME) / PRIME) ** 2, -1, 1)


THRESHOLDS = replace(USUAL, match=match, motives=motives)
