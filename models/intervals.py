"""How sure a figure is: bootstrap intervals, of figures and of their differences.

The percentile bootstrap (Efron 1979).  Rows that belong together (one person,
one decision day) are drawn together: the cluster bootstrap (Davison & Hinkley
1997, §3.8), because a hundred rows of ten people are not a hundred witnesses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Interval:
    """A figure and the ends of its interval.

    Attributes:
        value: The figure on all rows.
        low: Lower end; NaN if it could not be found.
        high: Upper end; NaN if it could not be found.
    """

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside: for a difference, whether it is sure.

        >>> Interval(1.0, 0.2, 1.8).excludes_zero, Interval(1.0, -0.2, 2.2).excludes_zero
        (True, False)
        """
        return self.low > 0 or self.high < 0


def interval(
    statistic: Callable[..., float],
    *arrays: npt.ArrayLike,
    groups: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Return a figure with its bootstrap interval.

    Args:
        statistic: Takes ``arrays`` (or as many rows, drawn again) and returns
            the figure.
        arrays: Vectors of one length.
        groups: Rows with the same value are drawn together; None: each row alone.
        draws: How many times is drawn.
        seed: Where the draws start: the same seed gives the same ends.
        level: Share of draws between the ends.

    Returns:
        Draws whose figure is NaN (as the AUC of a draw with one class) are left
        out; the ends are NaN if that leaves less than half of the draws, or if
        there are fewer than two groups.

    Raises:
        ValueError: If the arrays or the groups differ in length.

    >>> interval(np.mean, [1.0, 2.0, 3.0, 4.0], draws=200, seed=1)
    Interval(value=2.5, low=1.25, high=3.5)
    """
    vectors = [np.asarray(array) for array in arrays]
    size = len(vectors[0])
    if any(len(vector) != size for vector in vectors):
        raise ValueError(f"not of one length: {[len(vector) for vector in vectors]}")
    value = float(statistic(*vectors)) if size else np.nan
    figures = np.array(
        [
            statistic(*(vector[rows] for vector in vectors))
            for rows in _drawn(size, groups, draws, seed)
        ]
    )
    figures = figures[~np.isnan(figures)]
    if figures.size < max(draws / 2, 1):
        return Interval(value, np.nan, np.nan)
    low, high = np.quantile(figures, ((1 - level) / 2, (1 + level) / 2))
    return Interval(value, float(low), float(high))


def paired_difference(
    statistic: Callable[[Any, Any], float],
    actual: npt.ArrayLike,
    predicted: npt.ArrayLike,
    baseline: npt.ArrayLike,
    *,
    groups: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Return statistic(actual, predicted) − statistic(actual, baseline), with its interval.

    Both are taken on the same draws, so what makes a draw easy or hard for both
    cancels out: two figures whose own intervals overlap may still surely differ.
    Arguments as in :func:`interval`.

    >>> from models.metrics import mae
    >>> paired_difference(mae, [1, 2, 3], [1, 2, 3], [2, 3, 4])
    Interval(value=-1.0, low=-1.0, high=-1.0)
    """

    def difference(y: Any, model: Any, other: Any) -> float:
        return statistic(y, model) - statistic(y, other)

    return interval(
        difference,
        actual,
        predicted,
        baseline,
        groups=groups,
        draws=draws,
        seed=seed,
        level=level,
    )


def _drawn(
    size: int, groups: npt.ArrayLike | None, draws: int, seed: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the row numbers of each draw; nothing if there are fewer than two groups."""
    names = np.arange(size) if groups is None else np.asarray(groups)
    if names.shape != (size,):
        raise ValueError(f"{names.size} groups for {size} rows")
    _, code, counts = np.unique(names, return_inverse=True, return_counts=True)
    order = np.argsort(code, kind="stable")
    starts = np.cumsum(counts) - counts
    random = np.random.default_rng(seed)
    for _ in range(draws if counts.size > 1 else 0):
        chosen = random.integers(counts.size, size=counts.size)
        taken = counts[chosen]
        ends = np.cumsum(taken)
        yield order[np.repeat(starts[chosen] - (ends - taken), taken) + np.arange(ends[-1])]
