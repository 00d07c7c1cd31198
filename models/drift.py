"""Whether a later period still is what was learned from: shifts, differences, paths.

A small period differs by chance alone.  Every figure here comes with what chance
would do: decisions about one person, one post or one day are no independent
witnesses, so they count for as many as they are worth (the design effect, Kish
1965; Rao & Scott 1981).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from models import metrics
from models.intervals import LEVEL, Interval
from models.learner import Floats

SMOOTHING = 0.5
"""Decisions that every cell is thought to have seen before any (Jeffreys)."""

FALSE_ALARMS = 0.01
"""Share of quiet periods in which one search raises any alarm at all; a report makes
several."""

WIDER = 2.576 / 1.960
"""By how much an interval of 99% is wider than the 95% one that is shown."""

DRAWS = 2000
"""Draws of chance behind the bound of one shift."""

PATHS = 1000
"""Draws of chance behind the bound of one path."""

ALLOWANCE = 0.125
"""Half the shift that a path is to find, in standard deviations of one outcome: a
quarter of one is 2 T points of a rating, or 9 points of a chance of 85%."""

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]
Redrawn = Callable[[np.random.Generator], Floats]
"""Draws standardised residuals anew, as they might be if nothing had changed."""


@dataclass(frozen=True)
class Shift:
    """How far the spread of one feature has moved, as a population stability index.

    Attributes:
        index: The index with its 95% interval.
        usual: What chance alone gives on average.
        bound: What chance alone does not exceed, but for the false alarms allowed.
        effective: How many independent decisions the period's are worth.
    """

    index: Interval
    usual: float
    bound: float
    effective: float

    @property
    def beyond_chance(self) -> float:
        """What of the index chance does not explain; 0 below the bound."""
        return max(self.index.value - self.usual, 0.0) if self.index.value > self.bound else 0.0


def smoothed(counts: NDArray[np.int64] | Floats) -> Floats:
    """Return the share of each cell, along the last axis; none is quite 0."""
    cells = counts.shape[-1]
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray((counts + SMOOTHING) / (total + SMOOTHING * cells), dtype=np.float64)


def stability(then: Floats, now: Floats) -> Floats:
    """Return the population stability index Σ (now − then) ln(now / then), along the last axis.

    Also known as Jeffreys' divergence (Kullback & Leibler 1951); .10 counts as a
    moderate shift, .25 as a large one (Siddiqi 2006).

    >>> round(float(stability(np.array([0.5, 0.5]), np.array([0.6, 0.4]))), 4)
    0.0405
    """
    return np.asarray(((now - then) * np.log(now / then)).sum(axis=-1))


def chance_index(cells: int, *counts: float) -> float:
    """Return the mean index of samples of one spread: (cells − 1) Σ 1/count."""
    return (cells - 1) * sum(1.0 / max(count, 1.0) for count in counts)


def design_effect(cell: Ints, cells: int, clusters: Sequence[NDArray[np.generic]]) -> float:
    """Return by how much clustered decisions overstate their number; at least 1.

    The sum over cells of the variance between clusters over that of independent
    decisions; of several ways to cluster the worst.

    Args:
        cell: The cell of each decision.
        cells: How many there are.
        clusters: Ways in which decisions belong together, a code or name each.
    """
    chosen = np.zeros((len(cell), cells))
    chosen[np.arange(len(cell)), cell] = 1.0
    rest = chosen - chosen.mean(axis=0)
    alone = float(np.square(rest).sum())
    found = 1.0
    for cluster in clusters:
        names, code = np.unique(cluster, return_inverse=True)
        if alone <= 0.0 or not 1 < len(names) < len(cell):
            continue
        sums = np.column_stack([np.bincount(code, column) for column in rest.T])
        between = float(np.square(sums).sum()) * len(names) / (len(names) - 1)
        found = max(found, between / alone)
    return found


def shift(
    then: Floats,
    count: int,
    cell: Ints,
    clusters: Sequence[NDArray[np.generic]],
    searched: int = 1,
    seed: int = 0,
) -> Shift:
    """Return how far a feature has moved from where it was.

    The bound comes from draws of both samples from the spread of the first: a small
    period may differ by much and mean nothing.  Few draws lie as far out as it does, so
    it is the quantile of a scaled chi-squared variable with their mean and variance
    (Satterthwaite 1946).

    Args:
        then: Share of each cell in training.
        count: How many decisions they are of.
        cell: The cell of each decision of the period.
        clusters: Ways in which these belong together.
        searched: How many features are searched for a shift, so that all of them
            together raise an alarm in :data:`FALSE_ALARMS` of quiet periods
            (Bonferroni).
        seed: Where the draws start.

    Raises:
        ValueError: If the period holds no decision.
    """
    if not len(cell):
        raise ValueError("a period without decisions has not shifted")
    cells = len(then)
    effect = design_effect(cell, cells, clusters)
    sizes = [max(round(rows / effect), 1) for rows in (count, len(cell))]
    before = smoothed(then * count)
    now = smoothed(np.bincount(cell, minlength=cells))
    random = np.random.default_rng(seed)
    drawn = [smoothed(random.multinomial(size, before, DRAWS)) for size in sizes]
    null = stability(drawn[0], drawn[1])
    again = stability(drawn[0], smoothed(random.multinomial(sizes[1], now, DRAWS)))
    value = float(stability(before, now))
    low, high = np.quantile(again, ((1 - LEVEL) / 2, (1 + LEVEL) / 2)) - again.mean()
    return Shift(
        index=Interval(value, max(value + float(low), 0.0), value + float(high)),
        usual=float(null.mean()),
        bound=_upper(null, 1 - FALSE_ALARMS / searched),
        effective=len(cell) / effect,
    )


def _upper(null: Floats, level: float) -> float:
    """Return a quantile of a scaled chi-squared variable, by Wilson & Hilferty (1931)."""
    mean, variance = float(null.mean()), float(null.var())
    ninth = variance / (9.0 * mean**2)  # 2 / (9 · degrees of freedom)
    return mean * (1.0 - ninth + NormalDist().inv_cdf(level) * float(np.sqrt(ninth))) ** 3


def share(hits: float, count: float) -> Interval:
    """Return a share with Wilson's 95% interval; NaN of nothing.

    >>> share(0, 0).value
    nan
    """
    if count <= 0:
        return Interval(np.nan, np.nan, np.nan)
    low, high = metrics.wilson(hits, count)
    return Interval(hits / count, float(low), float(high))


def mean(value: float, deviation: float, count: float) -> Interval:
    """Return a mean with its normal 95% interval."""
    half = 1.96 * deviation / np.sqrt(max(count, 1.0))
    return Interval(value, value - half, value + half)


def difference(now: Interval, then: Interval) -> Interval:
    """Return by how much one figure exceeds another of other rows, from their intervals.

    Newcombe's (1998) way for shares, which holds for any two figures (MOVER, Zou &
    Donner 2008).

    >>> found = difference(share(30, 100), share(20, 100))
    >>> round(found.value, 2), found.excludes_zero
    (0.1, False)
    """
    low = np.hypot(now.value - now.low, then.high - then.value)
    high = np.hypot(now.high - now.value, then.value - then.low)
    value = now.value - then.value
    return Interval(value, float(value - low), float(value + high))


def surely_above(found: Interval, bound: float) -> bool:
    """Return whether a figure lies above a bound, with 99% on one side and the other.

    >>> surely_above(Interval(1.0, 0.5, 1.5), 0.0), surely_above(Interval(1.0, 0.1, 1.9), 0.0)
    (True, False)
    """
    return bool(found.value - WIDER * (found.value - found.low) > bound)


def surely_below(found: Interval, bound: float) -> bool:
    """Return whether a figure lies below a bound, as :func:`surely_above`."""
    return bool(found.value + WIDER * (found.high - found.value) < bound)


def surely_beyond(found: Interval, noticed: float) -> bool:
    """Return whether a difference is surely one, and large enough to be noticed."""
    is_sure = surely_above(found, 0.0) or surely_below(found, 0.0)
    return is_sure and abs(found.value) >= noticed


def usual_ece(chance: Floats, level: float = 1 - FALSE_ALARMS, seed: int = 0) -> float:
    """Return the calibration error that chances without any fault do not exceed.

    The figure is never 0 of a finite number of answers, so it is put beside that of
    answers drawn by these very chances.
    """
    random = np.random.default_rng(seed)
    drawn = [
        metrics.ece((random.random(len(chance)) < chance).astype(float), chance)
        for _ in range(PATHS)
    ]
    return float(np.quantile(drawn, level))


@dataclass(frozen=True, eq=False)
class Path:
    """Whether outcomes went on as predicted: a two-sided CUSUM, day by day.

    Attributes:
        day: Days of decision, ascending.
        above: What outcomes lie above their predictions, added up beyond the
            allowance; it starts anew at 0.
        below: The same below.
        bound: What chance alone does not exceed on any day.
        left: Place of the first day beyond it; None while the path was kept.
        began: Place of the day from which that sum grew: when the change began.
    """

    day: Days
    above: Floats
    below: Floats
    bound: float
    left: int | None
    began: int | None

    @property
    def is_above(self) -> bool:
        """Whether the path was left upward: more came than was predicted."""
        return self.left is not None and bool(self.above[self.left] > self.bound)


def cusum(
    decided_on: Days,
    residual: Floats,
    redrawn: Redrawn,
    allowance: float = ALLOWANCE,
    false_alarms: float = FALSE_ALARMS,
    seed: int = 0,
) -> Path:
    """Return the path of outcomes about their predictions (Page 1954).

    Outcomes of one day are added at once, as their order says nothing.  The bound is
    the largest sum of a whole path that the given share of redrawn ones exceeds.

    Args:
        decided_on: Day of each decision.
        residual: Outcome minus prediction, in standard deviations.
        redrawn: Draws such residuals anew.
        allowance: What of each is let pass, in standard deviations.
        false_alarms: Share of quiet paths that are said to be left.
        seed: Where the draws start.

    Raises:
        ValueError: If there are no outcomes.
    """
    if not len(residual):
        raise ValueError("a path needs outcomes")
    days, code, count = np.unique(decided_on, return_inverse=True, return_counts=True)
    random = np.random.default_rng(seed)
    sums = np.array([np.bincount(code, redrawn(random)) for _ in range(PATHS)], dtype=np.float64)
    allowed = np.asarray(allowance * count, dtype=np.float64)
    above, below = _sums(sums, allowed)
    bound = float(
        np.quantile(np.maximum(above, below).max(axis=1), 1 - false_alarms, method="higher")
    )
    own = np.bincount(code, residual)[None, :].astype(np.float64)
    above, below = (found[0] for found in _sums(own, allowed))
    beyond = np.flatnonzero(np.maximum(above, below) > bound)
    left = int(beyond[0]) if len(beyond) else None
    began = None
    if left is not None:
        grown = above if above[left] > bound else below
        began = int(np.flatnonzero(np.append(0.0, grown[:left]) == 0.0)[-1])
    return Path(days, above, below, bound, left, began)


def answering(chance: Floats) -> Redrawn:
    """Return what draws residuals of answers whose chances are as stated."""
    spread = np.sqrt(chance * (1.0 - chance))

    def redrawn(random: np.random.Generator) -> Floats:
        return np.asarray(((random.random(len(chance)) < chance) - chance) / spread)

    return redrawn


def turning(residual: Floats, cluster: NDArray[np.generic]) -> Redrawn:
    """Return what draws residuals whose sign is chance, cluster by cluster.

    What belongs together turns together, so that what a rater did to everybody is no
    change of its own (the wild cluster bootstrap, Cameron, Gelbach & Miller 2008).
    """
    code = np.unique(cluster, return_inverse=True)[1]
    clusters = int(code.max(initial=-1)) + 1

    def redrawn(random: np.random.Generator) -> Floats:
        return np.asarray(residual * (2.0 * random.integers(0, 2, clusters)[code] - 1.0))

    return redrawn


def _sums(sums: Floats, allowed: Floats) -> tuple[Floats, Floats]:
    """Return the sums of paths that start anew at 0: above and below, shape as ``sums``."""
    above, below = np.empty_like(sums), np.empty_like(sums)
    up = down = np.zeros(len(sums))
    for day in range(sums.shape[1]):
        up = above[:, day] = np.maximum(up + sums[:, day] - allowed[day], 0.0)
        down = below[:, day] = np.maximum(down - sums[:, day] - allowed[day], 0.0)
    return above, below
