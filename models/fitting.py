"""Fit one learner to examples; the only place that needs scikit-learn."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel
from scipy.linalg import solve
from sklearn.linear_model import LogisticRegression

from models.boosted import Boosted, BoostedConfig
from models.corrected import Corrected
from models.learner import Floats, Learner, Task, log_odds, probability
from models.linear import Linear

Mask = NDArray[np.bool_]

OFTEN = 0.02
"""Share of missing values from which being missing has an effect of its own."""

OUTLYING = 0.005
"""Share of the smallest and of the largest values that count as the bound beside them."""

FIRM = 5.0
"""How much larger effects are thought to be of what is known to matter."""

LEAST_SPREAD = 1e-3
"""Standard deviation below which a column says nothing."""


class LinearConfig(BaseModel, extra="forbid", frozen=True):
    """Hyper-parameters: the strength of the penalty, as examples that pull to zero."""

    penalty: float = 100.0


class CorrectedConfig(BaseModel, extra="forbid", frozen=True):
    """Hyper-parameters of a linear model and of the trees that correct it."""

    linear: LinearConfig
    trees: BoostedConfig = BoostedConfig(trees=150, leaves=4, least_rows=40)


Config = BoostedConfig | LinearConfig | CorrectedConfig


def fit(
    matrix: Floats,
    label: Floats,
    task: Task,
    config: Config,
    weight: Floats | None = None,
    monotone: Sequence[int] | None = None,
    firm: Sequence[bool] | None = None,
) -> Learner:
    """Fit the learner that a configuration describes.

    Args:
        matrix: One row per example; NaN = unknown. A column that is all NaN
            teaches nothing.
        label: One value per example; 0 or 1 for a binary task.
        task: The kind of label.
        config: Which learner, and its hyper-parameters.
        weight: One weight per example; equal without.
        monotone: Per column 1 where more may only add, -1 where it may only take
            away, 0 where either may be.
        firm: Columns that are known to matter before any data; a linear model
            pulls their effects to zero by :data:`FIRM` squared less.
    """
    if isinstance(config, BoostedConfig):
        return Boosted.fit(matrix, label, task, config, weight, monotone)
    if isinstance(config, LinearConfig):
        return _linear(matrix, label, task, config, weight, monotone, firm)
    linear = _linear(matrix, label, task, config.linear, weight, monotone, firm)
    trees = Boosted.fit(matrix, label, task, config.trees, weight, monotone, linear.raw(matrix))
    return Corrected(linear, trees)


def _linear(
    matrix: Floats,
    label: Floats,
    task: Task,
    config: LinearConfig,
    weight: Floats | None,
    monotone: Sequence[int] | None,
    firm: Sequence[bool] | None,
) -> Linear:
    """Fit a ridge or logistic regression.

    Outlying values are drawn in and columns standardised; a missing value counts
    as the mean, and a column that is missing often enough also has an effect of
    being missing.  A column whose effect would go the forbidden way has none.
    """
    absent = np.isnan(matrix)
    known = np.where(absent.all(axis=0), 0.0, matrix)
    low, high = np.nanquantile(known, (OUTLYING, 1.0 - OUTLYING), axis=0)
    count = np.maximum((~absent).sum(axis=0), 1)
    filled = np.where(absent, 0.0, np.clip(matrix, low, high))
    mean = filled.sum(axis=0) / count
    centred = np.where(absent, 0.0, filled - mean)
    scale = np.sqrt((centred**2).sum(axis=0) / count)
    says_nothing = scale < LEAST_SPREAD
    scale = np.where(says_nothing, 1.0, scale)
    if firm is not None:
        scale = np.where(firm, scale / FIRM, scale)
    often = np.flatnonzero(absent.mean(axis=0) >= OFTEN)
    rate = absent[:, often].mean(axis=0)
    inputs = np.hstack([centred / scale, absent[:, often] - rate])
    ways = np.append(np.zeros(matrix.shape[1]) if monotone is None else monotone, 0 * often)
    kept = np.append(~says_nothing, np.ones(len(often), dtype=bool))
    rows = np.ones(len(label)) if weight is None else weight
    if task is Task.REGRESSION:
        effects, base, factor = _ridge(inputs, label, rows, config.penalty, ways, kept)
    else:
        effects, base, factor = _logistic(inputs, label, rows, config.penalty, ways, kept)
    columns = matrix.shape[1]
    missing = np.zeros(columns)
    missing[often] = effects[columns:]
    return Linear(
        low=low,
        high=high,
        mean=mean,
        scale=scale,
        effect=effects[:columns],
        missing=missing,
        often=often.astype(np.int64),
        rate=rate,
        base=base - float(effects[columns:] @ rate),
        factor=factor,
    )


def _ridge(
    inputs: Floats, label: Floats, rows: Floats, penalty: float, ways: Floats, kept: Mask
) -> tuple[Floats, float, Floats]:
    """Return effects, base and factor of a ridge regression.

    The products of the columns are made once, whichever columns are left out after.
    """
    products = _products(inputs, rows)
    whole, mean = rows.sum(), rows @ inputs / rows.sum()
    level = float(rows @ label / whole)
    centred = products - whole * np.outer(mean, mean)
    toward = (rows * (label - level)) @ inputs

    def solved(kept: Mask) -> tuple[Floats, float]:
        effects = np.zeros(len(mean))
        strengths = centred[np.ix_(kept, kept)] + penalty * np.eye(kept.sum())
        effects[kept] = solve(strengths, toward[kept], assume_a="pos")
        return effects, level - float(mean @ effects)

    effects, base, kept = _allowed(solved, ways, kept)
    noise = float(np.average(np.square(label - base - inputs @ effects), weights=rows))
    return effects, base, _factor(products, penalty, noise, kept)


def _logistic(
    inputs: Floats, label: Floats, rows: Floats, penalty: float, ways: Floats, kept: Mask
) -> tuple[Floats, float, Floats]:
    """Return effects, base and factor of a logistic regression."""

    def solved(kept: Mask) -> tuple[Floats, float]:
        effects = np.zeros(inputs.shape[1])
        if not kept.any():
            return effects, float(log_odds(float(np.average(label, weights=rows))))
        logistic = LogisticRegression(C=1.0 / penalty, max_iter=2000)
        logistic.fit(inputs[:, kept], label, rows)
        effects[kept] = logistic.coef_[0]
        return effects, float(logistic.intercept_[0])

    effects, base, kept = _allowed(solved, ways, kept)
    chance = probability(base + inputs @ effects)
    products = _products(inputs, rows * chance * (1.0 - chance))
    return effects, base, _factor(products, penalty, 1.0, kept)


def _allowed(
    solved: Callable[[Mask], tuple[Floats, float]], ways: Floats, kept: Mask
) -> tuple[Floats, float, Mask]:
    """Return effects of which none goes the forbidden way, the base, and which were fitted."""
    while True:
        effects, base = solved(kept)
        wrong = effects * ways < 0
        if not wrong.any():
            return effects, base, kept
        kept = kept & ~wrong


def _products(inputs: Floats, rows: Floats) -> Floats:
    """Return the weighted products of all columns with each other."""
    scaled = inputs * np.sqrt(rows)[:, None]
    return np.asarray(scaled.T @ scaled)


def _factor(products: Floats, penalty: float, noise: float, kept: Mask) -> Floats:
    """Return a square root of the covariance of effects, to six digits."""
    precision = products[np.ix_(kept, kept)] + penalty * np.eye(kept.sum())
    factor = np.zeros((len(products), len(precision)))
    factor[kept] = np.linalg.inv(np.linalg.cholesky(precision)).T * np.sqrt(noise)
    return np.round(factor, 6)
