"""The one interface behind which every learner stands.

A learner is always fitted: only ``fit`` and ``load`` make one.  It sees plain
matrices; what the columns mean is the artifact's business.
"""

from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Kind = Literal["linear", "boosted", "corrected"]

DRAWS = 200
"""How many ways of reading the same past are drawn, for what is not sure."""


class Task(StrEnum):
    """What kind of label is learned."""

    REGRESSION = "regression"
    BINARY = "binary"


class Learner(Protocol):
    """What has been learned from examples.

    The *raw score* is the value itself for a regression and the log-odds for a
    binary label.
    """

    kind: ClassVar[Kind]

    def raw(self, matrix: Floats) -> Floats:
        """Return the raw score of each row; shape ``(rows,)``."""
        ...

    def contributions(self, matrix: Floats) -> Floats:
        """Return what each column adds to each row's raw score.

        Returns:
            Shape ``(rows, columns + 1)``; the last column is the expected raw
            score, and a row's sum is its raw score.
        """
        ...

    def sampled(self, matrix: Floats) -> Floats:
        """Return raw scores as the past might as well have taught them.

        The draws are the same at every call, so that draws of two matrices may be
        taken from each other.

        Returns:
            Shape ``(rows, DRAWS)``, about the raw score.
        """
        ...

    def save(self, file: Path) -> None:
        """Write it as text, without suffix in ``file``; nothing is pickled."""
        ...


def probability(log_odds: Floats) -> Floats:
    """Return probabilities of log-odds."""
    return 1.0 / (1.0 + np.exp(-log_odds))


def log_odds(chance: ArrayLike) -> Floats:
    """Return log-odds of probabilities, kept off 0 and 1 by 1e-9."""
    kept = np.clip(np.asarray(chance, dtype=np.float64), 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept / (1 - kept)))


def losses(task: Task, raw: Floats, label: Floats) -> Floats:
    """Return each example's squared error, or log loss for a binary label."""
    if task is Task.REGRESSION:
        return np.square(raw - label)
    return np.logaddexp(0.0, raw) - label * raw
