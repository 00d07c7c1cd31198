"""A world of patrons: who is chosen follows what no record tells.

Good posts near home go to the patrons' own, rather to the middling than to the
able; posts far away take rivals and the able out of the way.  And patrons know
who would say yes.  So those who moved are no sample of those who might: the far
away seem to do well because of who is sent there.  People perform and answer as
usual.
"""

from dataclasses import replace

import numpy as np

from mutasi.simulation import behavior
from mutasi.simulation.arrays import Floats
from mutasi.simulation.behavior import Candidates, Facts, World
from mutasi.simulation.worlds.usual import USUAL

OUT_OF_THE_WAY = 14.0
"""Kilometres from home beyond which a post takes people out of the way."""

MIDDLING = -0.4
"""Ability that patrons like best in their own."""


def leaning(world: World, facts: Facts, candidates: Candidates) -> Floats:
    """Return what patrons follow besides merit."""
    who, post = candidates.who, candidates.post
    away = world.remote[post] | (behavior.distance(world, facts, who, post) > OUT_OF_THE_WAY)
    prize = (
        2.2 * candidates.favoured
        - 1.2 * candidates.opposed
        - 1.5 * np.abs(world.ability[who] - MIDDLING)
    )
    exile = 1.2 * candidates.opposed + 1.6 * world.ability[who] - 1.0
    unwilling = world.stubborn[who] + 0.9 * (world.ties[who] & away)
    return np.asarray(np.where(away, exile, prize) - unwilling)


PATRONAGE = replace(USUAL, leaning=leaning)
