"""How far a rating may lie from its prediction: intervals that hold what they promise.

Split conformal (Vovk, Gammerman & Shafer 2005) on predictions of the latest closed
year by what was known before it, of stays and moves together: a region has a
hundred times as many stays, and both are off by as much (moves have their own say,
drawn to 1).  Three groups by how much is known of the pair have widths of their
own (Mondrian, ibid. §4.5), drawn to the common one where a group is small.  Under a
scheme of appraisal that nobody was yet rated by, the widths are those of a rating
of which nothing is foreseen.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel

from models.learner import Floats
from mutasi.rules import Law

COVERAGE = 0.9
GROUP_WEIGHT = 200.0
"""Errors by which the width of a group is drawn to the common one."""

MOVES_WEIGHT = 200.0
"""Errors of moves by which their ratio to those of stays is drawn to 1."""


class Widths(BaseModel, extra="forbid", frozen=True):
    """Half the width of 90% intervals.

    Attributes:
        bounds: Standard errors of the person's record that part the three groups.
        half: Half the width in each group, T points, the best known first.
        unseen: Half the width under a scheme that nobody was yet rated by.
        schemes: Schemes that ratings were predicted under.
        count: Errors behind them.
    """

    bounds: tuple[float, float]
    half: tuple[float, float, float]
    unseen: float
    schemes: tuple[str, ...]
    count: int

    def of(self, evidence: Floats, scheme: ArrayLike) -> Floats:
        """Return half the width of each pair's interval.

        Args:
            evidence: Standard error of each person's record.
            scheme: Scheme that the rating will be made under, of each or of all.
        """
        known = np.isin(np.asarray(scheme, dtype=str), self.schemes)
        own = np.asarray(self.half)[group(evidence, self.bounds)]
        return np.where(known, own, np.maximum(own, self.unseen))


def group(evidence: Floats, bounds: Sequence[float] | Floats) -> NDArray[np.int64]:
    """Return 0, 1 or 2: how much is known of each pair, the best known first."""
    return np.searchsorted(np.asarray(bounds), evidence, side="left").astype(np.int64)


def scheme_on(day: NDArray[np.datetime64]) -> NDArray[np.str_]:
    """Return the scheme of appraisal in force on each day."""
    days, place = np.unique(day.astype("datetime64[D]"), return_inverse=True)
    schemes = [str(Law(one.item())("performance.scheme")) for one in days]
    return np.array(schemes, dtype=str)[place]


def widths(
    error: Floats, evidence: Floats, is_stay: NDArray[np.bool_], spread: float, schemes: set[str]
) -> Widths:
    """Return the widths that errors ask for.

    Args:
        error: Rating minus prediction, of pairs that the learner had not seen.
        evidence: Standard error of each person's record.
        is_stay: Which of them are no moves.
        spread: Standard deviation of all ratings: what is off if nothing is foreseen.
        schemes: Schemes that these ratings were made under.
    """
    scale = moves_scale(error, is_stay)
    off = np.abs(error) * np.where(is_stay, scale, 1.0)
    low, high = (float(bound) for bound in np.quantile(evidence, (1 / 3, 2 / 3)))
    common = quantile(off)
    member = group(evidence, (low, high))
    half = []
    for number in range(3):
        own = off[member == number]
        weight = len(own) / (len(own) + GROUP_WEIGHT)
        half.append(weight * (quantile(own) if len(own) else common) + (1.0 - weight) * common)
    ratio = spread / max(float(np.sqrt(np.mean(np.square(error)))), 1e-9)
    return Widths(
        bounds=(low, high),
        half=(half[0], half[1], half[2]),
        unseen=common * max(ratio, 1.0),
        schemes=tuple(sorted(schemes)),
        count=len(off),
    )


def quantile(off: Floats, coverage: float = COVERAGE) -> float:
    """Return the ⌈(n + 1) · coverage⌉-th smallest error; the largest where n is too small.

    >>> quantile(np.arange(1.0, 100.0))
    90.0
    """
    rank = int(np.ceil((len(off) + 1) * coverage))
    return float(np.sort(off)[min(rank, len(off)) - 1])


def moves_scale(error: Floats, is_stay: NDArray[np.bool_]) -> float:
    """Return how much more moves are off than stays, drawn to 1 where they are few."""
    moves = int((~is_stay).sum())
    if not moves or moves == len(error):
        return 1.0
    ratio = np.sqrt(np.mean(np.square(error[~is_stay])) / np.mean(np.square(error[is_stay])))
    return float(np.exp(moves / (moves + MOVES_WEIGHT) * np.log(max(ratio, 1e-9))))
