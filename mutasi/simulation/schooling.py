"""What invented people studied."""

from typing import NamedTuple, Self

import numpy as np

from mutasi.simulation.arrays import FOREVER, Bools, Floats, Ints, drawn
from mutasi.simulation.establishment import FAMILY_NAMES, FUNCTION_BITS, RUNG_NAMES, Establishment
from mutasi.vocabulary import FIELDS


class Schooling(NamedTuple):
    """One education a person; ``level`` 0 and ``day`` FOREVER where there is none."""

    level: Ints
    fields: Ints
    day: Ints

    def joined(self, others: Self) -> Self:
        """Return these followed by others."""
        return type(self)(*(np.concatenate(pair) for pair in zip(self, others, strict=True)))


LEVELS: dict[str, dict[int, float]] = {
    "PTK": {40: 0.86, 45: 0.14},
    "PDI": {30: 0.62, 35: 0.05, 40: 0.33},
    "PAP": {15: 0.55, 17: 0.22, 30: 0.08, 40: 0.15},
    "OLO": {15: 0.5, 17: 0.42, 30: 0.04, 40: 0.04},
    "PUO": {5: 0.3, 10: 0.3, 15: 0.3, 17: 0.1},
    "TR": {30: 0.86, 35: 0.07, 40: 0.07},
    "MH": {30: 0.82, 35: 0.08, 40: 0.1},
    "PY": {30: 0.78, 35: 0.08, 40: 0.14},
    "PT": {40: 0.86, 35: 0.05, 45: 0.09},
    "MU": {40: 0.8, 35: 0.03, 45: 0.17},
    "MA": {40: 0.7, 45: 0.29, 50: 0.01},
    "IV.b": {30: 0.15, 35: 0.04, 40: 0.68, 45: 0.13},
    "IV.a": {30: 0.07, 35: 0.04, 40: 0.62, 45: 0.27},
    "III.b": {40: 0.5, 45: 0.49, 50: 0.01},
    "III.a": {40: 0.3, 45: 0.67, 50: 0.03},
    "II.b": {40: 0.12, 45: 0.8, 50: 0.08},
}
"""Shares of levels of education by rung."""

FITTING = {"school": 0.96, "health": 0.98}
"""Share of people whose field qualifies for their functional post; else 0.82."""

COMMON = {
    "education": 0.14, "economics": 0.24, "government": 0.17, "law": 0.12, "social": 0.13,
    "engineering": 0.09, "agriculture": 0.06, "informatics": 0.05,
    "science": 0.0, "religion": 0.0, "languages": 0.0, "security": 0.0, "general": 0.0,
}  # fmt: skip
"""Fields of study of those whose field was not asked for; else 0.005."""


def schooling(
    rng: np.random.Generator, posts: Establishment, chosen: Ints, *, may_rise: bool
) -> tuple[Schooling, Schooling]:
    """Return a first and a later education (level 0: none) of holders of posts.

    Days are not settled yet (FOREVER).

    Args:
        rng: Source of chance.
        posts: The region's posts.
        chosen: Number of the post of each person.
        may_rise: Whether some studied on while in service.
    """
    count = len(chosen)
    level = np.zeros(count, dtype=np.int64)
    rung = posts.rung[chosen]
    for number in np.unique(rung):
        here = rung == number
        shares = LEVELS[RUNG_NAMES[number]]
        level[here] = rng.choice(list(shares), size=int(here.sum()), p=list(shares.values()))
    level = np.maximum(level, posts.education[chosen])
    wanted = np.where(posts.fields[chosen] > 0, posts.fields[chosen], 0)
    served = FUNCTION_BITS[posts.function[chosen]]
    asked = wanted > 0
    fits = rng.random(count) < np.where(asked, _fitting(posts, chosen), 0.5)
    field = np.where(fits, _one_of(rng, np.where(asked, wanted, served)), _any(rng, count))
    field = np.where(level < 17, 0, field)
    never = np.full(count, FOREVER, dtype=np.int64)
    before = _before(level)
    rises = (before > 0) & (rng.random(count) < _rise(level, posts.track[chosen]))
    rises &= np.full(count, may_rise)
    stays = (rng.random(count) < 0.85) | (level >= 45)
    previous = np.where(stays, field, _any(rng, count))
    previous = np.where(before < 17, 0, previous)
    first = Schooling(np.where(rises, before, level), np.where(rises, previous, field), never)
    return first, Schooling(np.where(rises, level, 0), np.where(rises, field, 0), never)


def _fitting(posts: Establishment, chosen: Ints) -> Floats:
    track = posts.track[chosen]
    return np.where(track == 0, FITTING["school"], np.where(track == 1, FITTING["health"], 0.82))


def _one_of(rng: np.random.Generator, choices: Ints) -> Ints:
    """Return one of the bits set in each number, mostly the first listed ones."""
    place = np.arange(len(FIELDS))
    has = (choices[:, None] >> place) & 1
    return 1 << drawn(rng, (has + 1e-12).astype(np.float64))


def _any(rng: np.random.Generator, count: int) -> Ints:
    weights = np.array([COMMON.get(field, 0.005) for field in FIELDS])
    return 1 << rng.choice(len(FIELDS), size=count, p=weights / weights.sum())


def _before(level: Ints) -> Ints:
    """Return the level from which people usually rise to a level; 0 if from none."""
    steps = {30: 15, 35: 30, 40: 15, 42: 40, 45: 40, 47: 42, 50: 45}
    dense = np.zeros(51, dtype=np.int64)
    for above, below in steps.items():
        dense[above] = below
    return dense[level]


def _rise(level: Ints, track: Ints) -> Floats:
    """Return how likely a level was reached while in service."""
    by_level = np.zeros(51)
    by_level[[30, 35, 40, 42, 45, 47, 50]] = [0.15, 0.3, 0.22, 0.0, 0.8, 0.85, 1.0]
    chance: Floats = by_level[level]
    return np.where((track <= 1) & (level <= 40), chance * 0.5, chance)


def field_names(fields: Ints) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Return the first field of study in each number of bits; None where there is none.

    >>> field_names(np.array([1, 4, 0])).tolist()
    ['health', 'engineering', None]
    """
    place = np.arange(len(FIELDS))
    has: Bools = ((fields[:, None] >> place) & 1) == 1
    names = np.array([*FIELDS, None], dtype=object)
    return names[np.where(has.any(axis=1), has.argmax(axis=1), len(FIELDS))]


assert set(LEVELS) == set(RUNG_NAMES)
assert FAMILY_NAMES[1] == "clerk"
