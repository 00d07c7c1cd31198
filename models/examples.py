"""What past decisions teach from: features as then known, and what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.decisions import as_then_known
from features.outcomes import Decisions, answers, joined, performances
from features.sets import ACCEPTANCE, PERFORMANCE
from models.learner import Floats
from mutasi.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


FEATURES_OF: Mapping[str, tuple[str, ...]] = {
    "performance": PERFORMANCE,
    "acceptance": ACCEPTANCE,
}
"""The features that each question is answered from."""


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


def past_examples(
    snapshot: Snapshot,
    progress: Progress | None = None,
    names: Mapping[str, tuple[str, ...]] = FEATURES_OF,
    answered: Decisions | None = None,
) -> dict[str, Examples]:
    """Return what the past teaches: moves rated afterwards, and offers answered.

    The days of all decisions are walked through once.

    Args:
        snapshot: What is known.
        progress: Called after each day of decision.
        names: The features wanted, by question.
        answered: Answers to learn acceptance from; those recorded by default.

    Returns:
        ``performance``: labels in T points (see ``features.outcomes``);
        ``acceptance``: 1 = accepted, 0 = refused. A decision about someone or
        something that was not on record on its eve is left out.
    """
    said = answers(snapshot) if answered is None else answered
    decisions = {"performance": performances(snapshot), "acceptance": said}
    together = joined(list(decisions.values()))
    every = tuple(dict.fromkeys(name for wanted in names.values() for name in wanted))

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress("past", done, total)

    whole = Examples(every, as_then_known(snapshot, together, every, told), together)
    on_record = np.asarray(~np.isnan(whole.matrix).all(axis=1))
    found, first = {}, 0
    for question, own in decisions.items():
        rows = np.arange(first, first + len(own))
        part = whole.where(rows[on_record[rows]])
        wanted = names[question]
        found[question] = Examples(wanted, part.columns(wanted), part.decisions)
        first += len(own)
    return found
