"""How well someone was rated so far, in T points (see ``features.outcomes``)."""

import numpy as np
import pandas as pd

from features._feature import Array, Concept, Floats, Grain, feature
from features.outcomes import MEAN, t_points

SHRINKAGE = 1.5
"""Average ratings by which a mean of few years is drawn to 50; about the ratio of
the noise of one rating to what lasts in a person."""


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def last_rating(appraisals: pd.DataFrame, employees_count: int) -> Floats:
    """Return the latest rating; missing if there is none."""
    rated = _rated(appraisals)
    rating = np.full(employees_count, np.nan)
    rating[rated["employee"]] = rated["rating"]
    return rating


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def recent_rating(appraisals: pd.DataFrame, as_of: Array, employees_count: int) -> Floats:
    """Return the mean of the last three judged years, drawn to 50 where there are few."""
    rated = _recent(_rated(appraisals), as_of, years=3)
    return _shrunken(rated["employee"], rated["rating"], employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def career_rating(appraisals: pd.DataFrame, employees_count: int) -> Floats:
    """Return the mean of all judged years, drawn to 50 where there are few."""
    rated = _rated(appraisals)
    return _shrunken(rated["employee"], rated["rating"], employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def rating_within_rater(appraisals: pd.DataFrame, as_of: Array, employees_count: int) -> Floats:
    """Return the recent mean against colleagues judged by the same rater in the same year.

    Lenient raters give everyone more; what is left says more of the person. A
    rater who judged fewer than five people that year is not compared.
    """
    rated = _recent(_rated(appraisals), as_of, years=3).dropna(subset=["rater"])
    group = rated.groupby(["rater", "year"])["rating"]
    compared = group.transform("size") >= 5
    rated = rated.assign(above=rated["rating"] - group.transform("mean") + MEAN)[compared]
    return _shrunken(rated["employee"], rated["above"], employees_count)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_PERFORMANCE)
def rating_trend(last_rating: Floats, recent_rating: Floats) -> Floats:
    """Return how far the latest rating is above the mean of three years."""
    return last_rating - recent_rating


def _rated(appraisals: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings that say something, in order of year."""
    rated = appraisals.assign(rating=t_points(appraisals)).dropna(subset=["rating"])
    return rated.sort_values("year", kind="stable")


def _recent(rated: pd.DataFrame, as_of: Array, years: int) -> pd.DataFrame:
    this_year = as_of.astype("datetime64[Y]").astype(int) + 1970
    return rated[rated["year"] >= this_year - years - 1]


def _shrunken(
    employee: "pd.Series[int]", rating: "pd.Series[float]", employees_count: int
) -> Floats:
    count = np.bincount(employee, minlength=employees_count)
    total = np.bincount(employee, rating - MEAN, employees_count)
    return np.where(count > 0, MEAN + total / (count + SHRINKAGE), np.nan)
