"""Past offers and moves of a person, and how they went."""

import numpy as np
import pandas as pd

from features._feature import Array, Concept, Floats, Grain, feature
from features.frames import Stints
from features.outcomes import first_whole_year, t_points
from mutasi.vocabulary import Answer

SHORT_STAY_YEARS = 2.0


@feature(Grain.EMPLOYEE, "moves", Concept.PAST_MOVES)
def moves_count(transfers: pd.DataFrame, employees_count: int) -> Floats:
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
def past_moves_gain(
    transfers: pd.DataFrame, appraisals: pd.DataFrame, employees_count: int
) -> Floats:
    """Return the mean change of the rating over past moves, drawn to 0; missing if unknown.

    The rating of the first whole year after a move minus that of the last whole
    year before it.
    """
    started = transfers["started_on"].to_numpy("datetime64[s]").astype("datetime64[D]")
    started_year = started.astype("datetime64[Y]").astype(np.int64) + 1970
    rated = pd.Series(
        t_points(appraisals), index=pd.MultiIndex.from_frame(appraisals[["employee", "year"]])
    )
    employee = transfers["employee"].to_numpy()
    after = _looked_up(rated, employee, first_whole_year(started).astype(float))
    before = _looked_up(rated, employee, (started_year - 1).astype(float))
    change = after - before
    known = ~np.isnan(change)
    count = np.bincount(employee[known], minlength=employees_count)
    total = np.bincount(employee[known], change[known], employees_count)
    return np.where(count > 0, total / (count + 1.0), np.nan)


@feature(Grain.EMPLOYEE, "offers", Concept.PAST_MOVES)
def offers_refused(offers: pd.DataFrame, employees_count: int) -> Floats:
    """Return how many offers were refused so far."""
    refused = offers[offers["answer"] == Answer.REFUSED]
    return np.bincount(refused["employee"], minlength=employees_count).astype(float)


@feature(Grain.EMPLOYEE, "offers", Concept.PAST_MOVES)
def offers_accepted(offers: pd.DataFrame, employees_count: int) -> Floats:
    """Return how many offers were accepted so far."""
    accepted = offers[offers["answer"] == Answer.ACCEPTED]
    return np.bincount(accepted["employee"], minlength=employees_count).astype(float)


def _looked_up(rated: "pd.Series[float]", employee: Array, year: Floats) -> Floats:
    wanted = pd.MultiIndex.from_arrays([employee, year.astype(float)])
    return np.asarray(rated.reindex(wanted), dtype=float)
