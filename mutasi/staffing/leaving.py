"""How often people leave for other reasons than retirement, from the region's own past."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mutasi.staffing.grouping import Floats
from mutasi.staffing.service import Flow

FEWEST_YEARS, FEWEST_LEFT = 3, 20
"""Below these the rate rests on few data."""

PRIOR = 0.5
"""Leavings that are thought to have been seen before any (Jeffreys)."""

COVERED = 0.90
"""How often the interval is to hold what comes."""


@dataclass(frozen=True)
class Rate:
    """Leavings but for retirement: resignations, deaths, moves to other governments.

    The rate follows a gamma distribution, and what comes of it a negative binomial.
    Years that differ more than chance lets them widen it.

    Attributes:
        years: Years it was learned from.
        left: People who left in them.
        served: Years that people served in them, those due for retirement left out.
        dispersion: How much more years differ than by chance; 1 = not more.
    """

    years: int
    left: int
    served: float
    dispersion: float

    @property
    def mean(self) -> float:
        """Leavings per person and year."""
        return (self.left + PRIOR) / self.served

    @property
    def is_thin(self) -> bool:
        """Whether it rests on few data."""
        return self.years < FEWEST_YEARS or self.left < FEWEST_LEFT

    def interval(self, exposure: Floats) -> tuple[Floats, Floats]:
        """Return the ends of the 90% interval of how many leave.

        Args:
            exposure: Years that people will serve, one entry a group.
        """
        distinct, place = np.unique(exposure, return_inverse=True)
        serving = distinct > 0
        low, high = np.zeros(len(distinct)), np.zeros(len(distinct))
        low[serving], high[serving] = self._ends(distinct[serving])
        return low[place], high[place]

    def _ends(self, exposure: Floats) -> tuple[Floats, Floats]:
        shape = (self.left + PRIOR) / self.dispersion
        stays = 1.0 / (1.0 + exposure * self.dispersion / self.served)
        tail = (1 - COVERED) / 2
        mass = shape * np.log(stays)
        below = np.exp(mass)
        low, high = np.zeros(len(exposure)), np.zeros(len(exposure))
        number = 0
        while (short := below < 1 - tail).any():
            low += below < tail
            high += short
            mass += np.log1p(-stays) + np.log((number + shape) / (number + 1))
            number += 1
            below += np.exp(mass)
        return low, high


def rate(flows: Sequence[Flow]) -> Rate | None:
    """Return the rate of years past; None if nobody is known to have left in them.

    Records that hold only those who are still there cannot tell it.
    """
    left = np.array([np.count_nonzero(flow.left & ~flow.due) for flow in flows], dtype=float)
    served = np.array([np.count_nonzero(~flow.due) for flow in flows], dtype=float)
    if not any(flow.left.any() for flow in flows) or served.sum() == 0:
        return None
    usual = served * (left.sum() + PRIOR) / served.sum()
    spread = ((left - usual) ** 2 / usual).sum() / max(len(flows) - 1, 1)
    dispersion = max(1.0, spread) if len(flows) > 1 else 1.0
    return Rate(len(flows), int(left.sum()), float(served.sum()), float(dispersion))
