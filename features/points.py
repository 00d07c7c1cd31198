"""Appraisals on one scale: T points.

A rating against all ratings of its year and scheme, 50 the mean and 10 a standard
deviation.  So a rating of 2019 (a number) and one of 2024 (a quadrant) speak one
language, and a lenient year gives nobody an advantage.
"""

from typing import TYPE_CHECKING

import numpy as np

from features._feature import Floats
from mutasi.state import predicates
from mutasi.vocabulary import Scheme

if TYPE_CHECKING:
    import pandas as pd

MEAN, DEVIATION = 50.0, 10.0
PREDICATE_POINTS = np.array([np.nan, 100.0, 80.0, 60.0, 40.0, 20.0])
"""Points of the predicates 1 (sangat baik) to 5 (sangat kurang), as agencies use them."""

RATING_POINTS = 5.0
"""Points that a rating of results or behaviour above or below expectation adds or takes."""


def points(appraisals: "pd.DataFrame") -> Floats:
    """Return each appraisal's raw points on the scale of its scheme; NaN if it says nothing."""
    finer = np.nan_to_num(2 - appraisals["results"].to_numpy(float)) + np.nan_to_num(
        2 - appraisals["behaviour"].to_numpy(float)
    )
    predicate = np.nan_to_num(predicates(appraisals)).astype(int)
    quadrant = PREDICATE_POINTS[predicate] + RATING_POINTS * finer
    number = appraisals["score"].to_numpy(float)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy() & ~np.isnan(number)
    return np.where(numeric, number, quadrant)


def t_points(appraisals: "pd.DataFrame") -> Floats:
    """Return each appraisal in T points against all appraisals of its year and scheme.

    A year in which everyone has the same rating tells nothing: 50.
    """
    raw = points(appraisals)
    known = ~np.isnan(raw)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy()
    year = appraisals["year"].to_numpy(float)
    group = (2 * (year - year.min(initial=np.inf)) + numeric).astype(np.int64)
    count = np.maximum(np.bincount(group, known), 1)
    value = np.where(known, raw, 0.0)
    mean = np.bincount(group, value) / count
    spread = np.sqrt(np.maximum(np.bincount(group, value**2) / count - mean**2, 0.0))
    spread = np.where(spread < 1e-9, np.inf, spread)
    standard: Floats = (raw - mean[group]) / spread[group]
    return MEAN + DEVIATION * standard
