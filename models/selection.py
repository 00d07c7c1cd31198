"""Which learner fits the data at hand: the last part of the past decides.

Every candidate is fitted on the earlier examples and judged on the later ones;
the best is fitted again on all.  The later examples also tell how far a
prediction is off (for intervals) and whether chances need correcting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosted import BoostedConfig
from models.fitting import Config, LinearConfig, fit
from models.learner import Floats, Learner, Task, losses

CANDIDATES: tuple[Config, ...] = (
    LinearConfig(penalty=3000.0),
    LinearConfig(penalty=300.0),
    LinearConfig(penalty=30.0),
    BoostedConfig(trees=150, leaves=4, least_rows=40),
    BoostedConfig(trees=300, leaves=8, least_rows=30),
    BoostedConfig(trees=300, leaves=31, least_rows=50),
)
"""From the simplest to the most flexible; the simplest of equals is taken."""

LATER_SHARE = 0.25
"""Part of the past, the latest, that judges."""


@dataclass(frozen=True)
class Selected:
    """The learner that was chosen, and how it fared on the later part of the past.

    Attributes:
        learner: Fitted on all examples.
        config: Its configuration.
        losses: Loss on the later part of each candidate, by description.
        later: Rows of the later part.
        raw_later: Raw scores there, by a learner that saw the earlier part only.
    """

    learner: Learner
    config: Config
    losses: dict[str, float]
    later: NDArray[np.int64]
    raw_later: Floats


def select(
    matrix: Floats,
    label: Floats,
    decided_on: NDArray[np.datetime64],
    task: Task,
    candidates: Sequence[Config] = CANDIDATES,
) -> Selected:
    """Choose and fit a learner.

    Args:
        matrix: One row per example.
        label: One value per example.
        decided_on: Day of each example's decision; orders the past.
        task: The kind of label.
        candidates: Configurations, the simplest first.
    """
    order = np.argsort(decided_on, kind="stable")
    cut = decided_on[order[int(len(order) * (1 - LATER_SHARE))]]
    later = decided_on >= cut
    earlier = ~later
    if not earlier.any() or (task is Task.BINARY and len(np.unique(label[earlier])) < 2):
        earlier = np.ones_like(later)
    raws = [
        fit(matrix[earlier], label[earlier], task, config).raw(matrix[later])
        for config in candidates
    ]
    errors = [losses(task, raw, label[later]) for raw in raws]
    best = _simplest(errors)
    return Selected(
        learner=fit(matrix, label, task, candidates[best]),
        config=candidates[best],
        losses={
            repr(config): float(error.mean())
            for config, error in zip(candidates, errors, strict=True)
        },
        later=np.flatnonzero(later).astype(np.int64),
        raw_later=raws[best],
    )


def _simplest(errors: Sequence[Floats]) -> int:
    """Return the first candidate that is not clearly worse than the best.

    Not clearly: by less than one standard error of the difference, example by
    example (the one-standard-error rule of Breiman et al. 1984, paired).
    """
    best = min(errors, key=np.mean)
    for place, error in enumerate(errors):
        excess = error - best
        if excess.mean() <= excess.std() / np.sqrt(len(excess)):
            return place
    raise AssertionError("the best is not worse than itself")
