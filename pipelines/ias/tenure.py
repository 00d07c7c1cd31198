"""The second outcome: who stayed in the post for two years or more.

A stay is labelled only where the label was known: two years must have passed
by the day from which one looks back, or else a stay that still lasts and one
that ended early would not have had the same chance to be seen.  An open row that
a later row follows has ended (see ``pipelines.ias.stays``); an open row without
one still lasts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from features.sets import STAYING
from models import metrics
from models.boosted import BoostedConfig
from models.fitting import LinearConfig, fit
from models.intervals import Interval, interval
from models.learner import Floats, Task, probability
from pipelines.ias.questions import Question

DAYS: Final = 730
BOOSTED: Final = BoostedConfig(trees=200, learning_rate=0.03, leaves=8, least_rows=50)
LINEAR: Final = LinearConfig(penalty=100.0)
LEAST_STAYS: Final = 50
"""Stays below which nothing is learned, or measured."""


@dataclass(frozen=True)
class Tenure:
    """How well stays of two years or more were foreseen.

    Attributes:
        trained: Stays that taught.
        tested: Stays that tested.
        trained_share: Part of those that taught which lasted two years.
        tested_share: Part of those that tested which lasted two years.
        figures: AUC, expected calibration error and Brier score of each model.
    """

    trained: int
    tested: int
    trained_share: float
    tested_share: float
    figures: dict[str, dict[str, Interval]]


def tenure(
    teaching: Sequence[Question],
    testing: Sequence[Question],
    seen_from: np.datetime64,
    draws: int,
) -> Tenure | None:
    """Return how well stays were foreseen from what was known on the eve.

    Args:
        teaching: Reshuffles whose stays teach if two years had passed by the
            first day of the testing ones.
        testing: Reshuffles whose stays test if two years had passed by ``seen_from``.
        seen_from: Day from which one looks back; no later than the records end.
        draws: Draws of the bootstrap.

    Returns:
        The figures; None if there are too few stays to learn from or to test on.
    """
    opened = min(question.reshuffle.opened_on for question in testing)
    matrix, lasted, _ = _stays(teaching, opened)
    tested, label, reshuffle = _stays(testing, seen_from)
    if min(len(lasted), len(label)) < LEAST_STAYS or len(np.unique(lasted)) < 2:
        return None
    stated = {
        "base_rate": np.full(len(label), lasted.mean()),
        "linear": probability(fit(matrix, lasted, Task.BINARY, LINEAR).raw(tested)),
        "boosted": probability(fit(matrix, lasted, Task.BINARY, BOOSTED).raw(tested)),
    }
    judged: dict[str, Callable[..., float]] = {
        "auc": metrics.auc,
        "ece": metrics.ece,
        "brier": metrics.brier,
    }
    return Tenure(
        trained=len(lasted),
        tested=len(label),
        trained_share=float(lasted.mean()),
        tested_share=float(label.mean()),
        figures={
            model: {
                name: interval(figure, label, chance, groups=reshuffle, draws=draws)
                for name, figure in judged.items()
            }
            for model, chance in stated.items()
        },
    )


def _stays(part: Sequence[Question], seen_from: np.datetime64) -> tuple[Floats, Floats, Floats]:
    """Return features, labels and reshuffles of the stays whose two years had passed."""
    rows, labels, groups = [np.empty((0, len(STAYING)))], [np.empty(0)], [np.empty(0)]
    for number, question in enumerate(part):
        reshuffle = question.reshuffle
        passed = reshuffle.started_on + np.timedelta64(DAYS, "D") <= seen_from
        until = np.where(np.isnat(reshuffle.ended_on), seen_from, reshuffle.ended_on)
        lasted = (until - reshuffle.started_on).astype(int) >= DAYS
        rows.append(question.real[passed])
        labels.append(lasted[passed].astype(float))
        groups.append(np.full(passed.sum(), float(number)))
    return np.concatenate(rows), np.concatenate(labels), np.concatenate(groups)
