"""Fit one learner to examples; the only place that needs scikit-learn."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression, Ridge

from models.boosted import Boosted, BoostedConfig
from models.corrected import Corrected
from models.learner import Floats, Learner, Task, log_odds, probability
from models.linear import Linear

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
    low, high = np.nanquantile(known, OUTLYING, axis=0), np.nanquantile(known, 1 - OUTLYING, axis=0)
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
    effects, base, kept = _allowed(inputs, label, task, config, weight, ways, kept)
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
        factor=_factor(inputs, label, task, config, weight, effects, base, kept),
    )


def _allowed(
    inputs: Floats,
    label: Floats,
    task: Task,
    config: LinearConfig,
    weight: Floats | None,
    ways: Floats,
    kept: NDArray[np.bool_],
) -> tuple[Floats, float, NDArray[np.bool_]]:
    """Return effects of which none goes the forbidden way, the base, and which were fitted."""
    while True:
        effects = np.zeros(inputs.shape[1])
        if not kept.any():
            rate = float(np.average(label, weights=weight))
            return effects, rate if task is Task.REGRESSION else float(log_odds(rate)), kept
        if task is Task.REGRESSION:
            ridge = Ridge(alpha=config.penalty).fit(inputs[:, kept], label, weight)
            effects[kept], base = ridge.coef_, float(ridge.intercept_)
        else:
            logistic = LogisticRegression(C=1.0 / config.penalty, max_iter=2000)
            logistic.fit(inputs[:, kept], label, weight)
            effects[kept], base = logistic.coef_[0], float(logistic.intercept_[0])
        wrong = effects * ways < 0
        if not wrong.any():
            return effects, base, kept
        kept = kept & ~wrong


def _factor(
    inputs: Floats,
    label: Floats,
    task: Task,
    config: LinearConfig,
    weight: Floats | None,
    effects: Floats,
    base: float,
    kept: NDArray[np.bool_],
) -> Floats:
    """Return a square root of the covariance of effects, to six digits."""
    rows = np.ones(len(label)) if weight is None else weight
    raw = base + inputs @ effects
    if task is Task.REGRESSION:
        noise = float(np.average(np.square(label - raw), weights=rows))
    else:
        noise = 1.0
        rows = rows * probability(raw) * (1.0 - probability(raw))
    used = inputs[:, kept]
    precision = (used * rows[:, None]).T @ used + config.penalty * np.eye(used.shape[1])
    factor = np.zeros((inputs.shape[1], used.shape[1]))
    factor[kept] = np.linalg.inv(np.linalg.cholesky(precision)).T * np.sqrt(noise)
    return np.round(factor, 6)
