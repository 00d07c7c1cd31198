"""What a placement is worth, and which placements cannot be told apart."""

import numpy as np
from numpy.typing import NDArray

from models.learner import Floats

REFUSED = 30.0
"""Worth of an offer that is refused, in T points: two standard deviations below the
mean, for a post that stays empty and a search that starts again."""

ONE_SIDED = 1.645
"""Normal quantile of 95%: how many standard errors apart two placements must be."""


def utility(performance: Floats, acceptance: Floats | None) -> Floats:
    """Return the expected worth of offering each placement, in T points.

    U = p · performance + (1 − p) · worth of a refusal; the performance alone where
    no chance of acceptance is known.
    """
    if acceptance is None:
        return performance
    return acceptance * performance + (1.0 - acceptance) * REFUSED


def utility_error(
    performance: Floats, acceptance: Floats | None, performance_error: float, odds_error: float
) -> Floats:
    """Return the standard error of each utility from those of its two predictions.

    Args:
        performance: Expected performance, T points.
        acceptance: Chance of acceptance.
        performance_error: Standard error of the performance, T points.
        odds_error: Standard error of the acceptance, log-odds.
    """
    if acceptance is None:
        return np.full(len(performance), performance_error)
    by_performance = acceptance * performance_error
    by_acceptance = (performance - REFUSED) * acceptance * (1.0 - acceptance) * odds_error
    return np.hypot(by_performance, by_acceptance)


def bands(utilities: Floats, errors: Floats) -> NDArray[np.int64]:
    """Return the band of each placement of a ranked list, 1 first.

    A band holds those that cannot be told from its first at the 95% level.

    >>> bands(np.array([60.0, 59.0, 50.0]), np.array([1.0, 1.0, 1.0])).tolist()
    [1, 1, 2]
    """
    band = np.ones(len(utilities), dtype=np.int64)
    first = 0
    while first < len(utilities):
        apart = utilities[first] - utilities[first:]
        differs = apart > ONE_SIDED * np.hypot(errors[first], errors[first:])
        if not differs.any():
            break
        first += int(differs.argmax())
        band[first:] += 1
    return band
