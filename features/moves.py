"""Past offers and moves of a person, and how they went."""

from typing import TYPE_CHECKING

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature
from features.frames import Ratings, Stints, days
from features.outcomes import first_whole_year, is_recorded
from mutasi.vocabulary import Answer

if TYPE_CHECKING:
    import pandas as pd

SHORT_STAY_YEARS = 2.0
YEARS = 10_000
"""More than any calendar year, so that a person and a year make one number."""


@feature(Grain.EMPLOYEE, "moves", Concept.PAST_MOVES)
def moves_count(transfers: "pd.DataFrame", employees_count: int) -> Floats:
    """Return how many moves there were so far."""
    return np.bincount(transfers["employee"], minlength=employees_count).astype(float)


@feature(Grain.EMPLOYEE, "share", Concept.PAST_MOVES)
def short_stays_share(stints: Stints, employees_count: int) -> Floats:
    """Return the part of ended posts that lasted less than two years; missing if none ended."""
    ended = ~stints.is_present
    count = np.bincount(stints.employee[ended], minlength=employees_count)
    short = ended & (stints.years < SHORT_STAY_YEARS)
    number = np.bincount(stints.employee[short], minlength=employees_count)
    return np.where(count > 0, number / np.maximum(count, 1), np.nan)


@feature(Grain.EMPLOYEE, "T points", Concept.PAST_MOVES)
def past_moves_gain(transfers: "pd.DataFrame", ratings: Ratings, employees_count: int) -> Floats:
    """Return the mean change of the rating over past moves, drawn to 0; missing if unknown.

    The rating of the first whole year after a move minus that of the last whole
    year before it.
    """
    started = days(transfers["started_on"])
    started_year = started.astype("datetime64[Y]").astype(np.int64) + 1970
    employee = transfers["employee"].to_numpy()
    has_moved = np.zeros(employees_count, dtype=bool)
    has_moved[employee] = True
    rated = ratings.where(has_moved[ratings.employee])
    after = _looked_up(rated, employee, first_whole_year(started))
    before = _looked_up(rated, employee, started_year - 1)
    change = after - before
    known = ~np.isnan(change)
    count = np.bincount(employee[known], minlength=employees_count)
    total = np.bincount(employee[known], change[known], employees_count)
    return np.where(count > 0, total / (count + 1.0), np.nan)


@feature(Grain.EMPLOYEE, "offers", Concept.PAST_MOVES)
def offers_refused(offers: "pd.DataFrame", employees_count: int) -> Floats:
    """Return how many offers were refused so far."""
    refused = offers[is_recorded(offers) & (offers["answer"] == Answer.REFUSED)]
    return np.bincount(refused["employee"], minlength=employees_count).astype(float)


@feature(Grain.EMPLOYEE, "offers", Concept.PAST_MOVES)
def offers_accepted(offers: "pd.DataFrame", employees_count: int) -> Floats:
    """Return how many offers were accepted so far."""
    accepted = offers[is_recorded(offers) & (offers["answer"] == Answer.ACCEPTED)]
    return np.bincount(accepted["employee"], minlength=employees_count).astype(float)


def _looked_up(rated: Ratings, employee: Array, year: Array) -> Floats:
    """Return the rating of each employee in each year, missing if there is none."""
    keys, wanted = rated.employee * YEARS + rated.year, employee * YEARS + year
    order = np.argsort(keys)
    place = np.append(order, -1)[np.searchsorted(keys, wanted, sorter=order)]
    found = np.append(keys, -1)[place] == wanted
    return np.where(found, np.append(rated.rating, np.nan)[place], np.nan)
