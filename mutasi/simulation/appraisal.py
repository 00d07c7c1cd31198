"""Yearly ratings: what raters make of a performance, under either regulation."""

from functools import lru_cache

import numpy as np

from mutasi.simulation.arrays import Floats, Ints
from mutasi.vocabulary import Scheme

FIRST_QUADRANT_YEAR = 2022
"""First year that is judged under PermenPANRB 6/2022."""

HABITUAL = 0.20
"""Standard deviation of the leniency of units over the years."""

PASSING = 0.20
"""Standard deviation of the leniency of a unit in one year."""

CHANCE = 0.64
"""Standard deviation of what nobody can explain in a rating."""

ASPECT = 0.28
"""Standard deviation of what sets results and behaviour apart."""

RESULTS_BOUNDS = (0.30, -1.80)
BEHAVIOUR_BOUNDS = (1.00, -2.40)
"""Ratings above the first are 1 (above expectation), below the second 3."""

NUMERIC_BOUNDS = (91.0, 76.0, 61.0, 51.0)

PREDICATES = np.array([[1, 2, 4], [2, 2, 4], [3, 3, 5]])
"""Predicate by results (row) and behaviour (column), both 1 to 3 (PermenPANRB 6/2022)."""

NODES = np.linspace(-5, 5, 401)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
"""A standard normal, in steps: ratings jump, so no smooth quadrature fits them."""

GRID = np.linspace(-4.5, 4.5, 361)
SEEN = np.linspace(-10, 10, 2001)


def scheme(year: int) -> Scheme:
    """Return the regulation that a year is judged under."""
    return Scheme.QUADRANT if year >= FIRST_QUADRANT_YEAR else Scheme.NUMERIC


def number(rating: Floats) -> Floats:
    """Return the SKP number (points) that a rating is written down as."""
    score = 86.3 + 3.6 * rating - 2.5 * np.clip(-rating - 1.1, 0, None)
    return np.asarray(np.round(np.clip(score, 45.0, 99.0), 2), dtype=np.float64)


def aspects(rating: Floats, apart: Floats) -> tuple[Ints, Ints]:
    """Return results and behaviour, 1 (above expectation) to 3.

    Args:
        rating: What the rater thinks, in standard deviations.
        apart: Standard normal numbers, two columns.
    """
    scale = np.hypot(1.0, ASPECT)
    seen = (rating[:, None] + ASPECT * apart) / scale
    return _classed(seen[:, 0], RESULTS_BOUNDS), _classed(seen[:, 1], BEHAVIOUR_BOUNDS)


def _classed(seen: Floats, bounds: tuple[float, float]) -> Ints:
    return np.where(seen > bounds[0], 1, np.where(seen < bounds[1], 3, 2))


def predicate(results: Ints, behaviour: Ints) -> Ints:
    """Return the predicate of a year, 1 (best) to 5."""
    return np.asarray(PREDICATES[results - 1, behaviour - 1], dtype=np.int64)


def numeric_predicate(score: Floats) -> Ints:
    """Return the class of an SKP number, 1 (best) to 5."""
    return np.asarray(1 + np.sum([score < bound for bound in NUMERIC_BOUNDS], axis=0))


def value(results: Ints, behaviour: Ints) -> Floats:
    """Return the points of results and behaviour by the predicate and within it; more is better.

    It is the scale on which ratings are compared (``features.points.points``).
    """
    points = np.array([100.0, 80.0, 60.0, 40.0, 20.0])[predicate(results, behaviour) - 1]
    return np.asarray(points + 5.0 * (4 - results - behaviour))


def expected(signal: Floats, year: int) -> Floats:
    """Return the mean of what is written down for a performance, over raters and chance.

    Args:
        signal: Performance in standard deviations of a rating.
        year: The year that is judged; it sets the scheme.

    Returns:
        SKP points, or :func:`value` from 2022 on.
    """
    return np.interp(signal, GRID, _curve(scheme(year)))


@lru_cache
def _curve(regulation: Scheme) -> Floats:
    spread = np.sqrt(HABITUAL**2 + PASSING**2 + CHANCE**2)
    seen = GRID[:, None] + spread * NODES
    if regulation is Scheme.NUMERIC:
        return np.asarray(number(seen) @ WEIGHTS)
    return np.asarray(np.interp(seen, SEEN, _pair_values(SEEN)) @ WEIGHTS)


def _pair_values(seen: Floats) -> Floats:
    """Return the mean points over what sets results and behaviour apart."""
    scale = np.hypot(1.0, ASPECT)
    aspect = (seen[..., None] + ASPECT * NODES) / scale
    odds = [
        [(_classed(aspect, bounds) == rating) @ WEIGHTS for rating in (1, 2, 3)]
        for bounds in (RESULTS_BOUNDS, BEHAVIOUR_BOUNDS)
    ]
    total = np.zeros_like(seen)
    for results in (1, 2, 3):
        for behaviour in (1, 2, 3):
            worth = value(np.array([results]), np.array([behaviour]))[0]
            total += worth * odds[0][results - 1] * odds[1][behaviour - 1]
    return total
