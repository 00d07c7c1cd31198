"""What past decisions teach from: features as then known, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.decisions import as_then_known
from features.outcomes import Decisions, answers, performances
from features.sets import ACCEPTANCE, PERFORMANCE
from models.learner import Floats
from mutasi.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Examples:
    """Past decisions with their features and labels.

    Attributes:
        names: The features, in order.
        matrix: One row per decision, one column per feature; NaN = unknown.
        decisions: Who, where to, when, what became of it, and since when that is known.
    """

    names: tuple[str, ...]
    matrix: Floats
    decisions: Decisions

    def __len__(self) -> int:
        return len(self.decisions)

    @property
    def label(self) -> Floats:
        """What became of each decision."""
        return self.decisions.label

    def where(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> "Examples":
        """Return the examples of a mask or of row numbers."""
        return Examples(self.names, self.matrix[kept], self.decisions.where(kept))

    def columns(self, names: tuple[str, ...]) -> Floats:
        """Return some of the features, in the order asked for."""
        place = {name: index for index, name in enumerate(self.names)}
        return self.matrix[:, [place[name] for name in names]]

    def known_before(self, day: np.datetime64) -> "Examples":
        """Return the examples whose label was known before a day."""
        return self.where(np.asarray(self.decisions.known_on < day))


def performance_examples(snapshot: Snapshot, progress: Progress | None = None) -> Examples:
    """Return the moves whose performance afterwards is known; labels in T points."""
    return _examples(snapshot, performances(snapshot), PERFORMANCE, "performance", progress)


def acceptance_examples(snapshot: Snapshot, progress: Progress | None = None) -> Examples:
    """Return the offers that were answered; 1 = accepted."""
    return _examples(snapshot, answers(snapshot), ACCEPTANCE, "acceptance", progress)


def _examples(
    snapshot: Snapshot,
    decisions: Decisions,
    names: tuple[str, ...],
    task: str,
    progress: Progress | None,
) -> Examples:
    def told(done: int, total: int) -> None:
        if progress is not None:
            progress(task, done, total)

    matrix = as_then_known(snapshot, decisions, names, told)
    on_record = np.asarray(~np.isnan(matrix).all(axis=1))
    return Examples(names, matrix[on_record], decisions.where(on_record))
