"""What a decision did, against those who are alike and were decided otherwise: matching.

Nearest neighbours, with what was predicted of each taken off, so that neighbours
that are not quite alike do not tilt the difference (Abadie & Imbens 2011).  The
interval keeps the matches and draws people, those who serve as neighbours with all
that they serve for (the weighted bootstrap of Otsu & Rai 2017): matching anew in
each draw would not be valid (Abadie & Imbens 2008).
"""

import numpy as np
from numpy.typing import NDArray

from models.intervals import Interval, interval
from models.learner import Floats

NEIGHBOURS = 5
"""How many alike stand beside each."""

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def nearest(
    points: Floats, pool: Floats, stratum: Ints, pool_stratum: Ints, count: int = NEIGHBOURS
) -> Ints:
    """Return the rows of the pool that are nearest to each point.

    Distances are Euclidean, each coordinate in standard deviations of the pool; one
    that does not vary there says nothing.

    Args:
        points: One row a point; all known.
        pool: The same coordinates of those who may be neighbours.
        stratum: Points have neighbours of their own stratum only.
        pool_stratum: That of each of the pool.
        count: How many neighbours.

    Returns:
        Shape ``(points, count)``; -1 throughout where a stratum has fewer.

    >>> nearest(np.array([[0.9]]), np.array([[0.0], [1.0]]), np.zeros(1, int), np.zeros(2, int), 1)
    array([[1]])
    """
    found = np.full((len(points), count), -1, dtype=np.int64)
    if not len(pool):
        return found
    spread = pool.std(axis=0)
    scale = np.where(spread > 0, 1.0 / np.where(spread > 0, spread, 1.0), 0.0)
    for each in np.unique(stratum):
        own, others = np.flatnonzero(stratum == each), np.flatnonzero(pool_stratum == each)
        if len(others) < count:
            continue
        there = pool[others] * scale
        for part in np.array_split(own, max(len(own) * len(others) // 10**6, 1)):
            apart = np.square(points[part][:, None, :] * scale - there).sum(axis=2)
            found[part] = others[np.argsort(apart, axis=1, kind="stable")[:, :count]]
    return found


def difference(
    rest: Floats,
    person: NDArray[np.generic],
    pool_rest: Floats,
    pool_person: NDArray[np.generic],
    neighbours: Ints,
    draws: int,
) -> Interval:
    """Return by how much outcomes lie above those of neighbours, with a 95% interval.

    Args:
        rest: Outcome minus what was predicted without the decision, of each point.
        person: Whom each point is about; people are drawn with all that is theirs.
        pool_rest: The same of the pool.
        pool_person: The same of the pool.
        neighbours: Rows of the pool beside each point, as :func:`nearest` returns them.
        draws: How many times is drawn.
    """
    served = np.bincount(neighbours.ravel(), minlength=len(pool_rest)).astype(float)
    serving = np.flatnonzero(served)
    value = np.concatenate([rest, pool_rest[serving]])
    weight = np.concatenate([np.ones(len(rest)), -served[serving]])
    whose = np.concatenate([person.astype(str), pool_person[serving].astype(str)])
    return interval(_apart, value, weight, groups=whose, draws=draws)


def _apart(value: Floats, weight: Floats) -> float:
    """Return the mean of positive weights minus that of negative ones; NaN if one is empty."""
    own, beside = np.maximum(weight, 0.0), np.maximum(-weight, 0.0)
    if not own.any() or not beside.any():
        return float(np.nan)
    return float(own @ value / own.sum() - beside @ value / beside.sum())
