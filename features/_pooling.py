"""Crossed effects, each drawn to the whole as far as the data ask for it.

A value (a rating) belongs to several groups at once: a person, a post, a unit, a
rater.  What each adds is a random effect with one variance per kind of group, so
that small groups lean on the whole and large ones speak for themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features._feature import Array, Floats

SWEEPS = 30
"""Rounds of backfitting, at most."""

SETTLED = 0.02
"""Change of any effect below which no further round is made, in units of the value."""


@dataclass(frozen=True)
class Products:
    """The sum of products of two values each that share their groups, and how many.

    What two values share tells the variance of what their common groups add; that
    of pairs which share one thing but not another is a difference of two.
    """

    total: float
    count: float

    def __sub__(self, other: "Products") -> "Products":
        return Products(self.total - other.total, self.count - other.count)

    def __add__(self, other: "Products") -> "Products":
        return Products(self.total + other.total, self.count + other.count)

    @property
    def mean(self) -> float:
        """The covariance; 0 where no two values share their groups."""
        return self.total / self.count if self.count > 0.5 else 0.0


def products(value: Floats, *codes: Array) -> Products:
    """Return the products of all two values that have every code in common.

    Args:
        value: The values, without a common mean.
        codes: The groups of each value, kind by kind; -1 = unknown.

    >>> products(np.array([1.0, 2.0, 3.0]), np.array([0, 0, 1]))
    Products(total=4.0, count=2.0)
    """
    known = np.all([code >= 0 for code in codes], axis=0)
    kept = value[known]
    group = grouped(*(code[known] for code in codes))
    count = np.bincount(group).astype(float)
    total, square = np.bincount(group, kept), np.bincount(group, kept**2)
    return Products(float((total**2 - square).sum()), float((count**2 - count).sum()))


def grouped(*codes: Array) -> Array:
    """Return one code per combination of codes, in no gaps; -1 where one is unknown.

    >>> grouped(np.array([3, 3, 7]), np.array([1, 2, -1])).tolist()
    [0, 1, -1]
    """
    import pandas as pd

    known = np.all([code >= 0 for code in codes], axis=0)
    key = np.zeros(int(known.sum()), dtype=np.int64)
    for code in codes:
        kept = code[known].astype(np.int64)
        key = pd.factorize(key * (int(kept.max(initial=0)) + 1) + kept)[0].astype(np.int64)
    found: Array = np.full(len(known), -1, dtype=np.int64)
    found[known] = key
    return found


@dataclass(frozen=True)
class Effects:
    """What each group of each kind adds.

    Attributes:
        effect: By kind, one value per code; the last is 0, for code -1.
        error: By kind, the standard error of each; of an unseen group, the
            standard deviation of its kind.
        noise: Standard deviation of what is left.
    """

    effect: Mapping[str, Floats]
    error: Mapping[str, Floats]
    noise: float


def crossed(
    value: Floats, codes: Mapping[str, Array], variance: Mapping[str, float], noise: float
) -> Effects:
    """Return the effects of crossed groups on a value, by backfitting.

    The best linear unbiased predictions of random effects (Henderson 1975), but
    for their errors, which leave out what effects of different kinds share.

    Args:
        value: The values, without a common mean.
        codes: By kind, the group of each value; -1 = unknown.
        variance: By kind, the variance of effects; 0 = there are none.
        noise: Variance of what is left.

    >>> found = crossed(np.array([4.0, 6.0, -5.0]), {"who": np.array([0, 0, 1])}, {"who": 5.0}, 5.0)
    >>> found.effect["who"].round(2).tolist()
    [3.33, -2.5, 0.0]
    """
    effect = {kind: np.zeros(int(code.max(initial=-1)) + 2) for kind, code in codes.items()}
    shrinkage = {kind: noise / max(variance[kind], 1e-9) for kind in codes}
    counts = {
        kind: np.bincount(code[code >= 0], minlength=len(effect[kind])).astype(float)
        for kind, code in codes.items()
    }
    left = value.astype(float)
    # An unknown group is the last, whose effect stays 0.
    taken = [kind for kind in codes if variance[kind] > 0.0 and len(value)]
    for _ in range(SWEEPS):
        moved = 0.0
        for kind in taken:
            code, before = codes[kind], effect[kind]
            left += before[code]
            total = np.bincount(np.where(code >= 0, code, len(before) - 1), left, len(before))
            effect[kind] = total / (counts[kind] + shrinkage[kind])
            effect[kind][-1] = 0.0
            left -= effect[kind][code]
            moved = max(moved, float(np.abs(effect[kind] - before).max()))
        if moved < SETTLED:
            break
    error = {kind: np.sqrt(noise / (counts[kind] + shrinkage[kind])) for kind in codes}
    return Effects(effect, error, float(np.sqrt(noise)))
