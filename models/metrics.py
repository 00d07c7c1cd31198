"""How good predictions are: error, correlation, probability, coverage.

Pure functions of equally long vectors, ``actual`` first.  A figure that the data
cannot give (a correlation with a constant, an AUC of one class, the mean of
nothing) is NaN, never a made-up zero; missing values in the input are an error,
because leaving rows out is the caller's decision.  Nothing depends on the order
of rows: equal values share their mean rank.

``models.ranking_metrics`` judges ranked lists, ``models.intervals`` says how sure
a figure is.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def rmse(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return the root mean squared error √(mean (y − f)²), in the unit of ``actual``.

    >>> rmse([1, 2], [2, 1])
    1.0
    """
    y, f = vectors(actual, predicted)
    return float(np.sqrt(np.mean((y - f) ** 2))) if y.size else np.nan


def mae(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return the mean absolute error mean |y − f|, in the unit of ``actual``.

    >>> mae([1, 2, 3], [1, 2, 6])
    1.0
    """
    y, f = vectors(actual, predicted)
    return float(np.mean(np.abs(y - f))) if y.size else np.nan


def bias(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return the mean of f − y: above zero means that too much was promised.

    >>> bias([1, 2, 3], [1, 2, 6])
    1.0
    """
    y, f = vectors(actual, predicted)
    return float(np.mean(f - y)) if y.size else np.nan


def r_squared(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return 1 − Σ(y − f)² / Σ(y − ȳ)²: 0 is no better than the mean, below 0 is worse.

    NaN if ``actual`` does not vary.

    >>> r_squared([1, 2, 3], [1, 2, 3]), r_squared([1, 2, 3], [2, 2, 2])
    (1.0, 0.0)
    """
    y, f = vectors(actual, predicted)
    total = float(np.sum((y - y.mean()) ** 2)) if y.size else 0.0
    return 1.0 - float(np.sum((y - f) ** 2)) / total if total > 0 else np.nan


def pearson(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return Pearson's correlation cov(y, f) / (sd(y) sd(f)); NaN if one is constant.

    >>> round(pearson([1, 2, 3], [2, 4, 6]), 12), pearson([1, 2], [5, 5])
    (1.0, nan)
    """
    y, f = vectors(actual, predicted)
    if y.size < 2 or np.ptp(y) == 0 or np.ptp(f) == 0:
        return np.nan
    y, f = y - y.mean(), f - f.mean()
    y, f = y / np.abs(y).max(), f / np.abs(f).max()
    return float(np.clip((y @ f) / np.sqrt((y @ y) * (f @ f)), -1.0, 1.0))


def spearman(actual: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return Spearman's rank correlation: Pearson's of the mean ranks.

    >>> round(spearman([1, 2, 3], [1, 8, 27]), 12)
    1.0
    """
    y, f = vectors(actual, predicted)
    return pearson(mean_ranks(y), mean_ranks(f))


def auc(label: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Return the area under the ROC curve: P(score⁺ > score⁻) + ½ P(score⁺ = score⁻).

    By ranks (Mann & Whitney 1947): (R⁺ − n⁺(n⁺+1)/2) / (n⁺ n⁻), R⁺ the sum of the
    mean ranks of the positives.  NaN if there is only one class.

    >>> auc([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.8])
    0.875
    """
    y, f = _labelled(label, score)
    positives = float(y.sum())
    pairs = positives * (y.size - positives)
    if pairs == 0:
        return np.nan
    above = float(mean_ranks(f)[y == 1].sum()) - positives * (positives + 1) / 2
    return above / pairs


def brier(label: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean squared error of a probability (Brier 1950); 0 is perfect.

    >>> brier([0, 1], [0.5, 1.0])
    0.125
    """
    y, p = _probable(label, probability)
    return float(np.mean((y - p) ** 2)) if y.size else np.nan


def log_loss(label: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return −mean(y ln p + (1 − y) ln(1 − p)), in nats.

    Probabilities are clipped by the machine epsilon, so that a certainty that
    proves wrong costs much but not everything.

    >>> round(log_loss([0, 1], [0.5, 0.5]), 6)
    0.693147
    """
    y, p = _probable(label, probability)
    epsilon = np.finfo(np.float64).eps
    p = np.clip(p, epsilon, 1 - epsilon)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p))) if y.size else np.nan


@dataclass(frozen=True, eq=False)
class Calibration:
    """Stated against observed frequency, one entry per occupied bin, ascending.

    Attributes:
        stated: Mean probability in the bin.
        observed: Share of positives in the bin.
        count: Rows in the bin.
        low: Lower end of Wilson's 95 % interval of ``observed``.
        high: Its upper end.
    """

    stated: Floats
    observed: Floats
    count: Ints
    low: Floats
    high: Floats


def calibration(
    label: npt.ArrayLike, probability: npt.ArrayLike, *, bins: int = 10, equal: str = "mass"
) -> Calibration:
    """Return the calibration curve (reliability diagram).

    Args:
        label: 0 or 1.
        probability: In [0, 1].
        bins: How many bins at most.
        equal: ``"mass"``: about as many rows in each bin, rows of equal
            probability never apart; ``"width"``: bins of width 1 / ``bins``.

    Raises:
        ValueError: If ``equal`` is neither.

    >>> calibration([0, 0, 1, 1], [0.1, 0.2, 0.6, 0.9], bins=2).observed.tolist()
    [0.0, 1.0]
    """
    y, p = _probable(label, probability)
    if equal not in ("mass", "width"):
        raise ValueError(f"bins are equal in mass or width, not in {equal!r}")
    place = (mean_ranks(p) - 0.5) / max(p.size, 1) if equal == "mass" else p
    bin_of = np.minimum((place * bins).astype(np.int64), bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    kept = count > 0
    successes = np.bincount(bin_of, weights=y, minlength=bins)[kept]
    stated = np.bincount(bin_of, weights=p, minlength=bins)[kept] / count[kept]
    low, high = wilson(successes, count[kept])
    return Calibration(stated, successes / count[kept], count[kept].astype(np.int64), low, high)


def ece(
    label: npt.ArrayLike, probability: npt.ArrayLike, *, bins: int = 10, equal: str = "mass"
) -> float:
    """Return the expected calibration error Σ_b (n_b / n) |observed_b − stated_b|.

    Equal mass is the default: with bins of equal width (Naeini et al. 2015) most
    of the rows of a rare or a common outcome share one bin.  With few rows the
    figure is biased upwards, of a perfect model too (Nixon et al. 2019).

    >>> round(ece([0, 1, 1, 1], [0.5, 0.5, 0.5, 0.5]), 6)
    0.25
    """
    curve = calibration(label, probability, bins=bins, equal=equal)
    gaps = np.abs(curve.observed - curve.stated)
    return float(curve.count @ gaps / curve.count.sum()) if curve.count.size else np.nan


def wilson(
    successes: npt.ArrayLike, counts: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return Wilson's score interval (1927) of shares ``successes / counts``.

    >>> [round(float(end), 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    k, n = np.asarray(successes, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def coverage(actual: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> float:
    """Return the share of outcomes within their stated interval, ends included.

    >>> coverage([1, 2, 3, 4], [0, 2, 4, 0], [2, 2, 5, 3])
    0.5
    """
    y, below, above = vectors(actual, low, high)
    return float(np.mean((below <= y) & (y <= above))) if y.size else np.nan


def width(low: npt.ArrayLike, high: npt.ArrayLike) -> float:
    """Return the mean width of intervals.

    >>> width([0, 1], [2, 5])
    3.0
    """
    below, above = vectors(low, high)
    return float(np.mean(above - below)) if below.size else np.nan


def mean_ranks(values: npt.ArrayLike) -> Floats:
    """Return ascending ranks from 1; equal values share their mean rank.

    >>> mean_ranks([10, 30, 10]).tolist()
    [1.5, 3.0, 1.5]
    """
    (x,) = vectors(values)
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)


def vectors(*values: npt.ArrayLike) -> tuple[Floats, ...]:
    """Return the values as vectors of floats.

    Raises:
        ValueError: If they differ in length, are no vectors, or lack a value.
    """
    arrays = tuple(np.asarray(value, dtype=np.float64) for value in values)
    for array in arrays:
        if array.ndim != 1 or array.shape != arrays[0].shape:
            raise ValueError(f"not vectors of one length: {[a.shape for a in arrays]}")
        if np.isnan(array).any():
            raise ValueError("a value is missing")
    return arrays


def _labelled(label: npt.ArrayLike, score: npt.ArrayLike) -> tuple[Floats, Floats]:
    y, f = vectors(label, score)
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("a label is neither 0 nor 1")
    return y, f


def _probable(label: npt.ArrayLike, probability: npt.ArrayLike) -> tuple[Floats, Floats]:
    y, p = _labelled(label, probability)
    if p.size and (p.min() < 0 or p.max() > 1):
        raise ValueError("a probability lies outside [0, 1]")
    return y, p
