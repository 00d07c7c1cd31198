"""How sure a figure is: bootstrap intervals, of figures and of their differences.

The percentile bootstrap (Efron 1979).  Rows that belong together (one person,
one decision day) are drawn together: the cluster bootstrap (Davison & Hinkley
1997, §3.8), because a hundred rows of ten people are not a hundred witnesses.  Rows
that belong together two ways (of one vacancy, of one person) are drawn both ways
(crossed resampling, Owen 2007): groups of the one again, and half of those of the other
at a time (half-samples, McCarthy 1966).  What belongs to a single row is then drawn more
than once, so such an interval errs to the wide side where rows of one person are few.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
HALF = 0.5


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


@dataclass(frozen=True, eq=False)
class Resampled:
    """Several figures of the same rows, and of the same draws of them.

    Because the draws are shared, what makes a draw easy or hard for two figures
    cancels out of their difference: two figures whose own intervals overlap may
    still surely differ.

    Attributes:
        values: The figures on all rows, shape ``(figures,)``.
        draws: The figures of each draw, shape ``(draws, figures)``.
        level: Share of draws between the ends of an interval.
    """

    values: Floats
    draws: Floats
    level: float = LEVEL

    def interval(self, figure: int) -> Interval:
        """Return one of the figures.

        Draws in which it is NaN (as the AUC of a draw with one class) are left
        out; the ends are NaN if that leaves less than half of the draws.
        """
        return self._interval(self.values[figure], self.draws[:, figure])

    def difference(self, figure: int, other: int) -> Interval:
        """Return one figure minus another, pair by pair."""
        return self._interval(
            self.values[figure] - self.values[other],
            self.draws[:, figure] - self.draws[:, other],
        )

    def unbiased(self, figure: int) -> Interval:
        """Return one of the figures without what small data add to it, by the same draws.

        Of a figure that is too large on few rows, as the calibration error, draws are
        too large once more: by as much as they exceed the figure it is corrected, and
        its interval is that of the basic bootstrap (Davison & Hinkley 1997, §5.2.1).

        >>> found = Resampled(np.array([3.0]), np.array([[4.0], [4.0], [4.0], [4.0]]))
        >>> found.unbiased(0)
        Interval(value=2.0, low=2.0, high=2.0)
        """
        value = float(self.values[figure])
        found = self._interval(value, self.draws[:, figure])
        middle = float(np.nanmean(self.draws[:, figure])) if not np.isnan(found.low) else value
        return Interval(2 * value - middle, 2 * value - found.high, 2 * value - found.low)

    def _interval(self, value: float, drawn: Floats) -> Interval:
        known = drawn[~np.isnan(drawn)]
        if known.size < max(drawn.size / 2, 1):
            return Interval(float(value), np.nan, np.nan)
        low, high = np.quantile(known, ((1 - self.level) / 2, (1 + self.level) / 2))
        return Interval(float(value), float(low), float(high))


def resampled(
    statistic: Callable[..., npt.ArrayLike],
    *arrays: npt.ArrayLike,
    groups: npt.ArrayLike | None = None,
    crossed: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = LEVEL,
) -> Resampled:
    """Return several figures, and draws that say how sure they are.

    Args:
        statistic: Takes ``arrays`` (or as many rows, drawn again) and returns
            the figures, as many each time.
        arrays: Vectors or matrices with one row per row.
        groups: Rows with the same value are drawn together; None: each row alone.
        crossed: Rows with the same value of this are there together, in half of the
            draws; None: all rows are there. A draw of nothing leaves figures NaN.
        draws: How many times is drawn; none at all if there are fewer than two
            groups.
        seed: Where the draws start: the same seed gives the same ends.
        level: Share of draws between the ends of an interval.

    Raises:
        ValueError: If there are no rows, or arrays or groups differ in length.

    >>> found = resampled(lambda x: [x.min(), x.max()], [1.0, 2.0, 3.0], draws=50)
    >>> found.values.tolist(), found.draws.shape
    ([1.0, 3.0], (50, 2))
    """
    rows = [np.asarray(array) for array in arrays]
    sizes = {len(row) for row in rows}
    if len(sizes) != 1 or 0 in sizes:
        raise ValueError(f"not of one length, or empty: {[len(row) for row in rows]}")
    values = np.atleast_1d(np.asarray(statistic(*rows), dtype=np.float64))
    nothing = np.full(values.size, np.nan)
    drawn = [
        np.atleast_1d(np.asarray(statistic(*(row[taken] for row in rows)), dtype=np.float64))
        if len(taken)
        else nothing
        for taken in _drawn(len(rows[0]), groups, crossed, draws, seed)
    ]
    return Resampled(values, np.reshape(drawn, (-1, values.size)), level)


def interval(
    statistic: Callable[..., float],
    *arrays: npt.ArrayLike,
    groups: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = LEVEL,
) -> Interval:
    """Return one figure with its bootstrap interval; arguments as in :func:`resampled`.

    >>> interval(np.mean, [1.0, 2.0, 3.0, 4.0], draws=200, seed=1)
    Interval(value=2.5, low=1.25, high=3.5)
    """
    return resampled(
        statistic, *arrays, groups=groups, draws=draws, seed=seed, level=level
    ).interval(0)


def paired_difference(
    statistic: Callable[[Any, Any], float],
    actual: npt.ArrayLike,
    predicted: npt.ArrayLike,
    baseline: npt.ArrayLike,
    *,
    groups: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = LEVEL,
) -> Interval:
    """Return statistic(actual, predicted) − statistic(actual, baseline), on the same draws.

    Arguments as in :func:`resampled`.

    >>> from models.metrics import mae
    >>> paired_difference(mae, [1, 2, 3], [1, 2, 3], [2, 3, 4])
    Interval(value=-1.0, low=-1.0, high=-1.0)
    """
    return resampled(
        lambda y, model, other: [statistic(y, model), statistic(y, other)],
        actual,
        predicted,
        baseline,
        groups=groups,
        draws=draws,
        seed=seed,
        level=level,
    ).difference(0, 1)


def crossed_ratio(
    over: npt.ArrayLike,
    under: npt.ArrayLike,
    groups: npt.ArrayLike,
    crossed: npt.ArrayLike,
    besides: float = 0.0,
    level: float = LEVEL,
) -> Interval:
    """Return the sum of one column over that of another, of rows that belong together two ways.

    The variance is that of either way, less what both count (Cameron, Gelbach & Miller
    2011), never less than that of one way; the ends are those of a normal distribution,
    too near for fewer than some ten of either.

    Args:
        over: One value per row; with ones ``under`` it, the ratio is its mean.
        under: One value per row, not negative.
        groups: Rows with the same value belong together.
        crossed: So do rows with the same value of this.
        besides: Variance of the ratio for which the rows are not to blame.
        level: Share of the distribution between the ends; they are NaN where there are
            fewer than two of either.

    >>> found = crossed_ratio([1.0, 2.0, 3.0, 4.0], np.ones(4), [1, 1, 2, 2], [1, 2, 1, 2])
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (2.5, 1.11, 3.89)
    """
    above, below = np.asarray(over, dtype=float), np.asarray(under, dtype=float)
    value = float(above.sum() / below.sum())
    error = (above - value * below) / below.sum()
    codes = [np.unique(np.asarray(way), return_inverse=True)[1] for way in (groups, crossed)]
    if min(int(code.max()) for code in codes) < 1:
        return Interval(value, np.nan, np.nan)
    pair = np.unique(np.column_stack(codes), axis=0, return_inverse=True)[1].ravel()
    one, other, both = (np.square(np.bincount(code, error)).sum() for code in (*codes, pair))
    variance = max(one, other, one + other - both) + besides
    half = float(NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(variance))
    return Interval(value, value - half, value + half)


def _drawn(
    size: int,
    groups: npt.ArrayLike | None,
    crossed: npt.ArrayLike | None,
    draws: int,
    seed: int,
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the row numbers of each draw; nothing if there are fewer than two groups."""
    names = np.arange(size) if groups is None else np.asarray(groups)
    if names.shape != (size,):
        raise ValueError(f"{names.size} groups for {size} rows")
    _, code, counts = np.unique(names, return_inverse=True, return_counts=True)
    order = np.argsort(code, kind="stable")
    starts = np.cumsum(counts) - counts
    others = None if crossed is None else np.unique(np.asarray(crossed), return_inverse=True)[1]
    random = np.random.default_rng(seed)
    for _ in range(draws if counts.size > 1 else 0):
        chosen = random.integers(counts.size, size=counts.size)
        taken = counts[chosen]
        ends = np.cumsum(taken)
        rows = order[np.repeat(starts[chosen] - (ends - taken), taken) + np.arange(ends[-1])]
        if others is not None:
            rows = rows[(random.random(others.max() + 1) < HALF)[others[rows]]]
        yield rows
