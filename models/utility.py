"""What a placement is worth, and which placements cannot be told apart."""

import numpy as np
from numpy.typing import NDArray

from models.learner import Floats

REFUSED = 30.0
"""Worth of an offer that is refused, in T points: two standard deviations below the
mean, for a post that stays empty and a search that starts again."""

APART = 0.05
"""Share of draws in which a placement may beat another and still count as worse."""


def utility(performance: Floats, acceptance: Floats | None) -> Floats:
    """Return the expected worth of offering each placement, in T points.

    U = p · performance + (1 − p) · worth of a refusal; the performance alone where
    no chance of acceptance is known.
    """
    if acceptance is None:
        return performance
    return acceptance * performance + (1.0 - acceptance) * REFUSED


def bands(utilities: Floats) -> NDArray[np.int64]:
    """Return the band of each placement of a ranked list, 1 first.

    A band holds those that beat its first in more than a twentieth of the draws: by
    what is known they cannot be told from it.

    Args:
        utilities: Draws of each placement's utility, the best placement first; shape
            ``(placements, draws)``.

    >>> bands(np.array([[60.0, 58.0], [59.0, 59.0], [50.0, 50.0]])).tolist()
    [1, 1, 2]
    """
    band = np.ones(len(utilities), dtype=np.int64)
    first = 0
    while first < len(utilities):
        wins = (utilities[first:] >= utilities[first]).mean(axis=1)
        differs = wins <= APART
        if not differs.any():
            break
        first += int(differs.argmax())
        band[first:] += 1
    return band
