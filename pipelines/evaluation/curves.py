"""What was predicted against what came, in bins; and how far off chance alone would be."""

import numpy as np

from models import metrics
from models.fairness import SUPPRESSION_THRESHOLD
from models.learner import Floats
from pipelines.evaluation.schema import Bins
from pipelines.pages.figure import Figure

BINS = 10


def exact_ece(chance: Floats, draws: int, seed: int = 0) -> Figure:
    """Return the ECE that exact chances would have had by mere chance, and its 95 % range."""
    random = np.random.default_rng(seed)
    drawn = [
        metrics.ece((random.random(len(chance)) < chance).astype(float), chance)
        for _ in range(draws)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(value=float(np.mean(drawn)), low=float(low), high=float(high))


def calibration_bins(label: Floats, chance: Floats) -> Bins:
    """Return stated chances against observed shares."""
    curve = metrics.calibration(label, chance, bins=_bins(len(label)))
    return Bins(
        predicted=tuple(curve.stated.tolist()),
        observed=tuple(curve.observed.tolist()),
        low=tuple(curve.low.tolist()),
        high=tuple(curve.high.tolist()),
        count=tuple(curve.count.tolist()),
    )


def bins(label: Floats, predicted: Floats) -> Bins:
    """Return mean labels of bins of equal mass, with normal 95 % intervals of the means."""
    place = (metrics.mean_ranks(predicted) - 0.5) / len(predicted)
    bin_of = np.unique((place * _bins(len(label))).astype(np.int64), return_inverse=True)[1]
    count = np.bincount(bin_of)
    mean = np.bincount(bin_of, label) / count
    variance = np.bincount(bin_of, (label - mean[bin_of]) ** 2) / np.maximum(count - 1, 1)
    half = 1.96 * np.sqrt(variance / count)
    return Bins(
        predicted=tuple((np.bincount(bin_of, predicted) / count).tolist()),
        observed=tuple(mean.tolist()),
        low=tuple((mean - half).tolist()),
        high=tuple((mean + half).tolist()),
        count=tuple(count.tolist()),
    )


def _bins(cases: int) -> int:
    """Return how many bins tell of no fewer people than may be told of."""
    return int(np.clip(cases // SUPPRESSION_THRESHOLD, 1, BINS))
