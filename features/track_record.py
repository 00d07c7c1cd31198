"""Ratings taken apart: what the person adds, the post, the unit, and the rater.

Every rating on record is the sum of what lasts in the person, what the person
has in this very post, what the post, its title and its job family have, what
lasts in the unit and in its rater, what the rater thought that year, and chance.
Each part is drawn to the whole as far as the ratings themselves ask for it
(:mod:`features._pooling`); of a person or post that nobody rated, nothing is
known: 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature
from features._pooling import Effects, Products, crossed, grouped, products
from features.frames import Ratings
from features.points import MEAN
from mutasi.state import Columns

ENOUGH_SHARED = 1000
"""Pairs of ratings of one person in two units from which person and match are told apart."""

ENOUGH_CROSSED = 30
"""Units with two raters, and raters with two units, from which the two are told apart.
Else what lasts in a unit is taken for a habit of its raters: what may be leniency is
promised to nobody."""

USUAL_MATCH = 4.0
"""Variance of what people have in one post beyond the rest, in T points squared, before
any data: how well people fit their jobs correlates by .20 with how well they do them
(Kristof-Brown, Zimmerman & Johnson 2005), which is 4% of the variance of ratings."""

MATCH_WEIGHT = 1000.0
"""People rated in two posts by whom the variance of the match is drawn to the usual one."""

LEAST_NOISE = 0.1
"""Least share of the spread of ratings that is chance."""


@dataclass(frozen=True)
class Apart:
    """The parts of all ratings.

    Attributes:
        ratings: The ratings.
        codes: By part, the group of each rating.
        effects: What each group adds, in T points.
        deviation: By part, the standard deviation of what its groups add.
        usual_match: Standard deviation of the match, drawn to the usual one.
        tells_units: Whether units and their raters could be told apart.
    """

    ratings: Ratings
    codes: Mapping[str, Array]
    effects: Effects
    deviation: Mapping[str, float]
    usual_match: float
    tells_units: bool

    @property
    def leniency(self) -> Floats:
        """What the rater added to each rating, T points."""
        found: Floats = sum(
            (self.effects.effect[part][self.codes[part]] for part in ("rater", "passing")),
            start=np.zeros(len(self.ratings.rating)),
        )
        return found


def apart(ratings: Ratings, posts: Columns) -> Apart:
    """Return ratings taken apart.

    Args:
        ratings: The ratings of a snapshot.
        posts: Its columns of positions.
    """
    post = ratings.position

    def of_post(name: str) -> Array:
        column: Array = np.append(posts[name], -1)
        return column[post]

    unit = of_post("unit")
    # Whoever is not on record as the rater is the unit's.
    unsaid = np.where(unit >= 0, int(ratings.rater.max(initial=-1)) + 1 + unit, -1)
    rater = np.where(ratings.rater >= 0, ratings.rater, unsaid)
    codes = {
        "person": ratings.employee,
        "match": grouped(ratings.employee, post),
        "post": post,
        "title": of_post("title_code"),
        "family": of_post("family_code"),
        "unit": unit,
        "rater": rater,
        "passing": grouped(rater, ratings.year),
    }
    value = ratings.rating - MEAN
    variance = _variances(value, codes, ratings.year)
    whole = float(value @ value) / max(len(value), 1)
    noise = max(whole - sum(variance.values()), LEAST_NOISE * whole, 1e-9)
    return Apart(
        ratings,
        codes,
        crossed(value, codes, variance, noise),
        {part: float(np.sqrt(found)) for part, found in variance.items()},
        _usual_match(codes, variance["match"]),
        variance["unit"] > 0.0,
    )


def _usual_match(codes: Mapping[str, Array], variance: float) -> float:
    """Return the standard deviation of the match, by as much as people changed posts."""
    known = codes["match"] >= 0
    person = np.zeros(int(codes["match"].max(initial=-1)) + 1, dtype=np.int64)
    person[codes["match"][known]] = codes["person"][known]
    posts = np.bincount(person)
    movers = float((posts >= 2).sum())
    weight = movers / (movers + MATCH_WEIGHT)
    return float(np.sqrt(weight * variance + (1.0 - weight) * USUAL_MATCH))


def _variances(value: Floats, codes: Mapping[str, Array], year: Array) -> dict[str, float]:
    """Return the variance of each part, from what ratings that share groups have in common.

    Two ratings of one person in two units share the person; two of one person in
    one post also the match and the post; two people in one post only the post.
    Taking one from the other leaves each part alone (Henderson's first method,
    Searle, Casella & McCulloch 1992, ch. 5, with products in the place of squares).
    """

    def shared(*parts: str, apart_by: tuple[str, ...]) -> Products:
        own = [year if part == "year" else codes[part] for part in parts]
        found = products(value, *own)
        for part in apart_by:
            found = found - products(value, *own, year if part == "year" else codes[part])
        if len(apart_by) == 2:  # taken away twice
            both = [year if part == "year" else codes[part] for part in apart_by]
            found = found + products(value, *own, *both)
        return found

    elsewhere = shared("person", apart_by=("unit",))
    unit = max(shared("unit", apart_by=("person", "year")).mean, 0.0)
    post = shared("post", apart_by=("person", "year")).mean
    title = shared("title", apart_by=("unit", "person")).mean
    family = max(shared("family", apart_by=("unit", "person")).mean, 0.0)
    same = products(value, codes["match"]).mean - max(post, 0.0)
    person = elsewhere.mean if elsewhere.count >= ENOUGH_SHARED else same
    habit = shared("unit", "rater", apart_by=("person", "year"))
    lasting = max(habit.mean, 0.0) if habit.count >= ENOUGH_SHARED else unit
    passing = products(value, codes["passing"]).mean
    of_unit, of_rater = _told_apart(value, codes, lasting)
    found = {
        "person": person,
        "match": same - person,
        "post": post - unit - max(title, family),
        "title": title - family,
        "family": family,
        "unit": of_unit,
        "rater": of_rater,
        "passing": passing - lasting,
    }
    return {part: max(number, 0.0) for part, number in found.items()}


def _told_apart(value: Floats, codes: Mapping[str, Array], lasting: float) -> tuple[float, float]:
    """Return what of the variance that lasts in units is theirs and what their raters'."""
    import pandas as pd

    unit, rater, person = codes["unit"], codes["rater"], codes["person"]
    pairs = pd.DataFrame({"unit": unit, "rater": rater}).drop_duplicates()
    pairs = pairs[(pairs["unit"] >= 0) & (pairs["rater"] >= 0)]
    crossed_raters = int((pairs["rater"].value_counts() >= 2).sum())
    crossed_units = int((pairs["unit"].value_counts() >= 2).sum())
    if min(crossed_raters, crossed_units) < ENOUGH_CROSSED:
        return 0.0, lasting
    by_others = products(value, unit) - products(value, unit, rater)
    by_others -= products(value, unit, person) - products(value, unit, rater, person)
    elsewhere = products(value, rater) - products(value, rater, unit)
    elsewhere -= products(value, rater, person) - products(value, rater, unit, person)
    alone = max(by_others.mean, 0.0), max(elsewhere.mean, 0.0)
    share = alone[0] / sum(alone) if sum(alone) > 0.0 else 0.0
    return share * lasting, (1.0 - share) * lasting


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def person_record(ratings_apart: Apart, employees_count: int) -> Floats:
    """Return what lasts in the person's ratings, rater and post taken out; 0 = as usual."""
    return _at(ratings_apart.effects.effect["person"], np.arange(employees_count))


@feature(Grain.POSITION, "T points", Concept.POST_RECORD)
def post_record(
    ratings_apart: Apart, positions_count: int, title_code: Array, family_code: Array
) -> Floats:
    """Return what lasts in the ratings of whoever holds the post, its title, its job family."""
    effect = ratings_apart.effects.effect
    of_post = _at(effect["post"], np.arange(positions_count))
    return of_post + _at(effect["title"], title_code) + _at(effect["family"], family_code)


@feature(Grain.POSITION, "T points", Concept.POST_RECORD)
def unit_record(ratings_apart: Apart, unit: Array) -> Floats:
    """Return what lasts in the ratings of whoever works in the unit, its rater taken out."""
    return _at(ratings_apart.effects.effect["unit"], unit)


@feature(Grain.POSITION, "T points", Concept.LENIENCY)
def usual_leniency(ratings_apart: Apart, unit: Array, units_count: int) -> Floats:
    """Return what the last rater of the unit usually adds for everybody."""
    rater = np.full(units_count + 1, -1)
    where = ratings_apart.codes["unit"]
    rater[where] = ratings_apart.codes["rater"]  # in order of year: the last one stays
    rater[-1] = -1
    return _at(ratings_apart.effects.effect["rater"], rater[unit])


@feature(Grain.EMPLOYEE, "T points", None)
def person_record_error(ratings_apart: Apart, employees_count: int) -> Floats:
    """Return the standard error of the person's record."""
    return _error(ratings_apart, "person", np.arange(employees_count))


@feature(Grain.POSITION, "T points", None)
def post_record_error(
    ratings_apart: Apart, positions_count: int, unit: Array, usual_leniency: Floats
) -> Floats:
    """Return the standard error of the post's and its unit's record together.

    Where unit and rater could not be told apart, any share of what counts as the
    rater's habit may be the unit's, from nothing to all of it.
    """
    of_post = _error(ratings_apart, "post", np.arange(positions_count))
    of_unit = _error(ratings_apart, "unit", unit)
    if not ratings_apart.tells_units:
        of_unit = np.hypot(of_unit, usual_leniency / np.sqrt(3.0))  # uniform from nothing to all
    return np.hypot(of_post, of_unit)


@feature(Grain.EMPLOYEE, "T points", None)
def match_deviation(ratings_apart: Apart, employees_count: int) -> Floats:
    """Return how much people usually have in one post beyond the rest: the same for all."""
    return np.full(employees_count, ratings_apart.usual_match)


def _at(effect: Floats, code: Array) -> Floats:
    """Return the effect of each code; 0 of one that was never rated."""
    return effect[np.where(code < len(effect) - 1, code, -1)]


def _error(ratings_apart: Apart, part: str, code: Array) -> Floats:
    error, deviation = ratings_apart.effects.error[part], ratings_apart.deviation[part]
    unseen = (code < 0) | (code >= len(error) - 1)
    return np.where(unseen, deviation, error[np.where(unseen, -1, code)])
