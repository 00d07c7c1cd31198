"""How well someone was rated so far, in T points (see ``features.points``)."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature
from features.frames import Ratings
from features.points import MEAN

SHRINKAGE = 1.5
"""Average ratings by which a mean of few years is drawn to 50; about the ratio of
the noise of one rating to what lasts in a person."""

LEAST_COMPARED = 5
"""People whom a rater must have judged in a year to be compared."""


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def last_rating(ratings: Ratings, employees_count: int) -> Floats:
    """Return the latest rating; missing if there is none."""
    rating = np.full(employees_count, np.nan)
    rating[ratings.employee] = ratings.rating
    return rating


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def recent_rating(ratings: Ratings, as_of: Array, employees_count: int) -> Floats:
    """Return the mean of the last three judged years, drawn to 50 where there are few."""
    rated = _recent(ratings, as_of, years=3)
    return _shrunken(rated.employee, rated.rating, employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def career_rating(ratings: Ratings, employees_count: int) -> Floats:
    """Return the mean of all judged years, drawn to 50 where there are few."""
    return _shrunken(ratings.employee, ratings.rating, employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def rating_within_rater(ratings: Ratings, as_of: Array, employees_count: int) -> Floats:
    """Return the recent mean against colleagues judged by the same rater in the same year.

    Lenient raters give everyone more; what is left says more of the person. A
    rater who judged fewer than five people that year is not compared.
    """
    rated = _recent(ratings, as_of, years=3)
    rated = rated.where(rated.rater >= 0)
    year = rated.year - rated.year.min(initial=9999)
    group = rated.rater * (int(year.max(initial=0)) + 1) + year
    judged = np.bincount(group)
    mean = np.bincount(group, rated.rating) / np.maximum(judged, 1)
    compared = judged[group] >= LEAST_COMPARED
    above = rated.rating - mean[group] + MEAN
    return _shrunken(rated.employee[compared], above[compared], employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def rating_trend(last_rating: Floats, recent_rating: Floats) -> Floats:
    """Return how far the latest rating is above the mean of three years."""
    return last_rating - recent_rating


def _recent(ratings: Ratings, as_of: Array, years: int) -> Ratings:
    this_year = as_of.astype("datetime64[Y]").astype(int) + 1970
    return ratings.where(ratings.year >= this_year - years - 1)


def _shrunken(employee: Array, rating: Floats, employees_count: int) -> Floats:
    count = np.bincount(employee, minlength=employees_count)
    total = np.bincount(employee, rating - MEAN, employees_count)
    return np.where(count > 0, MEAN + total / (count + SHRINKAGE), np.nan)
