"""What the records of a region leave out, and of whom more than of others."""

from dataclasses import dataclass

import numpy as np

from mutasi.simulation.arrays import Bools, Floats

MOST = 0.97
"""Share that is left out at most, of anybody."""


@dataclass(frozen=True)
class Silence:
    """Shares of what is left out at missingness 1, and how they differ.

    Attributes:
        home: Of homes.
        field: Of fields of study.
        rating: Of ratings.
        late: Of ratings that are told much later than usual.
        leader: Of leaders who never come to be assessed.
        other: Of others who never come to be assessed.
        remote: Times as much where the unit is remote.
        small: Times as much where the unit is small.
        low: Times as much for each standard deviation that a rating is below the mean.
        failed: Times as much for ratings that fell after a move.
    """

    home: float = 0.14
    field: float = 0.06
    rating: float = 0.03
    late: float = 0.03
    leader: float = 0.35
    other: float = 0.82
    remote: float = 1.0
    small: float = 1.0
    low: float = 1.0
    failed: float = 1.0

    def times(self, remote: Bools, small: Bools) -> Floats:
        """Return how many times the usual share is left out of people in units."""
        return np.where(remote, self.remote, 1.0) * np.where(small, self.small, 1.0)

    def of_ratings(self, rating: Floats, failed: Bools) -> Floats:
        """Return how many times the usual share of ratings is left out.

        Args:
            rating: The ratings, in standard deviations of their year.
            failed: Whether each fell after a move.
        """
        return self.low ** (-rating) * np.where(failed, self.failed, 1.0)


def left_out(share: float, missingness: float, times: Floats) -> Floats:
    """Return shares at a missingness, each so many times the usual one."""
    return np.minimum(share * missingness * times, MOST)
