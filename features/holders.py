"""Who held such posts before: their grade and service when they came, and how long they stayed.

Where a post's own grade is not on record, earlier holders tell what it demands.
They are looked at on five levels, from the post itself to all posts of its
family, each a column of its own: which one to trust depends on how many holders
there were, and that is for the model to learn.  The grade and service of who is
to come never enter: only stays that had begun by the day do.
"""

from typing import Any, Final

import numpy as np

from features._feature import Array, Concept, Feature, Floats, Grain, feature
from features.frames import Stints
from features.history import years_between
from mutasi.state import Columns

LEVELS: Final = {
    "post": "post_code",
    "speciality": "speciality_code",
    "similar": "similar_code",
    "title": "title_code",
    "family": "family_code",
}
"""Codes of positions by which holders are put together: the post alone, its title
within its family, its title within its function, its title, its family."""

SPREAD_LEVELS: Final = ("speciality", "similar", "title")
STAY_LEVELS: Final = ("post", "similar", "title")
UNITS: Final = {"grade": "grades", "service": "years"}


@feature(Grain.POSITION, "code")
def post_code(positions_count: int) -> Array:
    """Return each position's own code."""
    return np.arange(positions_count)


@feature(Grain.POSITION, "code")
def speciality_code(title_code: Array, family_code: Array) -> Array:
    """Return a code of the title within the family; -1 if either is unknown."""
    return _both(title_code, family_code)


@feature(Grain.POSITION, "code")
def similar_code(title_code: Array, function_code: Array) -> Array:
    """Return a code of the title within the function; -1 if either is unknown."""
    return _both(title_code, function_code)


def _both(first: Array, second: Array) -> Array:
    known = (first >= 0) & (second >= 0)
    keys = first.astype(np.int64) * (int(second.max(initial=-1)) + 1) + second
    _, code = np.unique(keys, return_inverse=True)
    return np.where(known, code, -1)


def _facts(fact: str, stints: Stints, people: Columns) -> Floats:
    if fact == "grade":
        return stints.grade
    if fact == "stay":
        return np.where(stints.is_present, np.nan, stints.years)
    return years_between(people["appointed_on"][stints.employee], stints.started_on)


def _grouped(code: Array, post: Array, value: Floats) -> tuple[Floats, Floats, Floats]:
    """Return, for every position, count, mean and deviation of the values of its group."""
    group = code[post]
    known = ~np.isnan(value) & (group >= 0)
    group, value = group[known], value[known]
    groups = int(code.max(initial=-1)) + 2
    count = np.bincount(group, minlength=groups).astype(float)
    several = np.maximum(count, 1)
    mean = np.bincount(group, value, groups) / several
    square = np.bincount(group, value**2, groups) / several
    deviation = np.sqrt(np.maximum(square - mean**2, 0.0))
    mean[count == 0] = deviation[count == 0] = np.nan
    return count[code], mean[code], deviation[code]


def _mean(fact: str, level: str) -> Feature:
    def mean(stints: Stints, people: Columns, **code: Any) -> Floats:
        return _grouped(code[LEVELS[level]], stints.position, _facts(fact, stints, people))[1]

    mean.__doc__ = f"Return the mean {fact} with which holders on the level {level} came."
    needs = ("stints", "people", LEVELS[level])
    return _feature(f"{fact}_of_{level}_holders", Grain.POSITION, UNITS[fact], None, needs, mean)


def _stay(level: str) -> Feature:
    def stay(stints: Stints, people: Columns, **code: Any) -> Floats:
        return _grouped(code[LEVELS[level]], stints.position, _facts("stay", stints, people))[1]

    stay.__doc__ = f"Return the mean length of the stays that have ended on the level {level}."
    needs = ("stints", "people", LEVELS[level])
    name = f"stay_years_of_{level}_holders"
    return _feature(name, Grain.POSITION, "years", Concept.TENURE, needs, stay)


def _spread(level: str) -> Feature:
    def spread(stints: Stints, people: Columns, **code: Any) -> Floats:
        return _grouped(code[LEVELS[level]], stints.position, _facts("service", stints, people))[2]

    spread.__doc__ = f"Return the deviation of the service of holders on the level {level}."
    needs = ("stints", "people", LEVELS[level])
    name = f"service_spread_of_{level}_holders"
    return _feature(name, Grain.POSITION, "years", Concept.LEVEL_STEP, needs, spread)


def _count(level: str) -> Feature:
    def count(stints: Stints, **code: Any) -> Floats:
        return _grouped(code[LEVELS[level]], stints.position, np.zeros(len(stints.position)))[0]

    count.__doc__ = f"Return how many came to posts on the level {level} so far."
    needs = ("stints", LEVELS[level])
    name = f"{level}_holders_count"
    return _feature(name, Grain.POSITION, "people", Concept.LEVEL_STEP, needs, count)


def _above(fact: str, level: str) -> Feature:
    own = "grade" if fact == "grade" else "service_years"
    of_holders = f"{fact}_of_{level}_holders"

    def above(**values: Any) -> Floats:
        difference: Floats = values[own] - values[of_holders]
        return difference

    above.__doc__ = f"Return how far the {fact} is above that with which such holders came."
    name = f"{fact}_above_{level}_holders"
    return _feature(name, Grain.PAIR, UNITS[fact], Concept.LEVEL_STEP, (own, of_holders), above)


def _feature(
    name: str,
    grain: Grain,
    unit: str,
    concept: Concept | None,
    needs: tuple[str, ...],
    compute: Any,
) -> Feature:
    return Feature(name, grain, unit, concept, by=None, needs=needs, compute=compute)


MADE: Final = (
    *(_mean(fact, level) for level in LEVELS for fact in UNITS),
    *(_above(fact, level) for level in LEVELS for fact in UNITS),
    *(_count(level) for level in LEVELS),
    *(_spread(level) for level in SPREAD_LEVELS),
    *(_stay(level) for level in STAY_LEVELS),
)
"""The features of every level."""
