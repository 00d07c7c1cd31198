"""Fit one learner to examples; the only place that needs scikit-learn."""

import numpy as np
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression, Ridge

from models.boosted import Boosted, BoostedConfig
from models.learner import Floats, Learner, Task
from models.linear import Linear

OFTEN = 0.02
"""Share of missing values from which being missing has an effect of its own."""


OUTLYING = 0.005
"""Share of the smallest and of the largest values that count as the bound beside them."""


class LinearConfig(BaseModel, extra="forbid", frozen=True):
    """Hyper-parameters: the strength of the penalty, as examples that pull to zero."""

    penalty: float = 100.0


Config = BoostedConfig | LinearConfig


def fit(
    matrix: Floats, label: Floats, task: Task, config: Config, weight: Floats | None = None
) -> Learner:
    """Fit the learner that a configuration describes.

    Args:
        matrix: One row per example; NaN = unknown. A column that is all NaN
            teaches nothing.
        label: One value per example; 0 or 1 for a binary task.
        task: The kind of label.
        config: Which learner, and its hyper-parameters.
        weight: One weight per example; equal without.
    """
    if isinstance(config, BoostedConfig):
        return Boosted.fit(matrix, label, task, config, weight)
    return _linear(matrix, label, task, config, weight)


def _linear(
    matrix: Floats, label: Floats, task: Task, config: LinearConfig, weight: Floats | None
) -> Linear:
    """Fit a ridge or logistic regression.

    Outlying values are drawn in and columns standardised; a missing value counts
    as the mean, and a column that is missing often enough also has an effect of
    being missing.
    """
    absent = np.isnan(matrix)
    known = np.where(absent.all(axis=0), 0.0, matrix)
    low, high = np.nanquantile(known, OUTLYING, axis=0), np.nanquantile(known, 1 - OUTLYING, axis=0)
    count = np.maximum((~absent).sum(axis=0), 1)
    filled = np.where(absent, 0.0, np.clip(matrix, low, high))
    mean = filled.sum(axis=0) / count
    centred = np.where(absent, 0.0, filled - mean)
    scale = np.sqrt((centred**2).sum(axis=0) / count)
    scale = np.where(scale > 0, scale, 1.0)
    often = np.flatnonzero(absent.mean(axis=0) >= OFTEN)
    rate = absent[:, often].mean(axis=0)
    inputs = np.hstack([centred / scale, absent[:, often] - rate])
    if task is Task.REGRESSION:
        ridge = Ridge(alpha=config.penalty).fit(inputs, label, weight)
        effects, base = ridge.coef_, float(ridge.intercept_)
    else:
        logistic = LogisticRegression(C=1.0 / config.penalty, max_iter=2000)
        logistic.fit(inputs, label, weight)
        effects, base = logistic.coef_[0], float(logistic.intercept_[0])
    columns = matrix.shape[1]
    missing = np.zeros(columns)
    missing[often] = effects[columns:]
    base -= float(effects[columns:] @ rate)
    return Linear(low, high, mean, scale, effects[:columns], missing, base)
