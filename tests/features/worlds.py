"""Invented ratings whose parts are known: who adds what to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features._feature import Array, Floats
from features.frames import Ratings
from features.points import MEAN

FIRST_YEAR = 2010
USUAL: Mapping[str, float] = {
    "person": 30.0,
    "match": 8.0,
    "post": 5.0,
    "title": 4.0,
    "family": 3.0,
    "unit": 8.0,
    "rater": 6.0,
    "passing": 5.0,
    "noise": 31.0,
}
"""Variance of each part, T points squared."""


@dataclass(frozen=True)
class World:
    """Ratings with what made them.

    Attributes:
        ratings: The ratings, in order of year.
        posts: Columns of the positions: title, family and unit.
        truth: By part, what each of its groups adds.
    """

    ratings: Ratings
    posts: Mapping[str, Array]
    truth: Mapping[str, Floats]


def world(
    seed: int,
    variance: Mapping[str, float] = USUAL,
    people: int = 4000,
    years: int = 8,
    units: int = 200,
    posts_a_unit: int = 20,
    rater_changes: float = 0.05,
) -> World:
    """Return the ratings of people who now and then change posts, by raters who change units.

    Args:
        seed: Of everything that chance decides.
        variance: Of each part.
        people: How many, each rated every year.
        years: How many.
        units: How many; each has one rater a year.
        posts_a_unit: Positions in each.
        rater_changes: Part of the units that exchange their raters every year.
    """
    rng = np.random.default_rng(seed)
    posts = units * posts_a_unit
    title = rng.integers(0, 40, posts)
    columns = {
        "title_code": title,
        "family_code": title % 8,
        "unit": np.repeat(np.arange(units), posts_a_unit),
    }
    sizes = {"person": people, "post": posts, "title": 40, "family": 8}
    sizes |= {"unit": units, "rater": units}
    deviation = {part: float(np.sqrt(of_part)) for part, of_part in variance.items()}
    truth = {part: rng.normal(0.0, deviation[part], size) for part, size in sizes.items()}
    post, rater = rng.integers(0, posts, people), np.arange(units)
    match = rng.normal(0.0, deviation["match"], people)
    found = []
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        moves = rng.random(people) < 0.15
        post = np.where(moves, rng.integers(0, posts, people), post)
        match = np.where(moves, rng.normal(0.0, deviation["match"], people), match)
        exchanged = np.flatnonzero(rng.random(units) < rater_changes)
        rater[exchanged] = rng.permutation(rater[exchanged])
        passing = rng.normal(0.0, deviation["passing"], units)
        by_whom = rater[columns["unit"][post]]
        value = truth["person"] + match + truth["post"][post] + passing[by_whom]
        value += truth["title"][title[post]] + truth["family"][title[post] % 8]
        value += truth["unit"][columns["unit"][post]] + truth["rater"][by_whom]
        value += rng.normal(0.0, deviation["noise"], people)
        found.append((np.arange(people), np.full(people, year), value, by_whom, post))
    employee, judged, rating, by_whom, held = map(np.concatenate, zip(*found, strict=True))
    rating = MEAN + rating - rating.mean()
    known_on = (judged + 1 - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 59
    return World(Ratings(employee, judged, rating, by_whom, held, known_on), columns, truth)
