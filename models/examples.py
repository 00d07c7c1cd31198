"""What past decisions teach from: features as then known, and what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from features.decisions import as_then_known
from features.outcomes import (
    Decisions,
    answers,
    joined,
    performances,
    rated_years,
    sightings,
    stays,
)
from features.sets import ACCEPTANCE, EVIDENCE, PERFORMANCE, PROPOSAL
from models.learner import Floats
from models.proposals import past_proposals
from mutasi.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

NAMES: tuple[str, ...] = tuple(dict.fromkeys((*PERFORMANCE, *ACCEPTANCE, *PROPOSAL, *EVIDENCE)))
"""Every feature that any part of a model reads."""


@dataclass(frozen=True)
class Examples:
    """Past decisions with their features and labels.

    Attributes:
        names: The features, in order.
        matrix: One row per decision, one column per feature; NaN = unknown.
        decisions: Who, where to, when, what became of it, and since when that is known.
        of_others: Which are of other regions; None = none.
    """

    names: tuple[str, ...]
    matrix: Floats
    decisions: Decisions
    of_others: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.decisions)

    @property
    def label(self) -> Floats:
        """What became of each decision."""
        return self.decisions.label

    @property
    def is_elsewhere(self) -> NDArray[np.bool_]:
        """Which are of other regions."""
        return np.zeros(len(self), dtype=bool) if self.of_others is None else self.of_others

    def where(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> "Examples":
        """Return the examples of a mask or of row numbers."""
        others = None if self.of_others is None else self.of_others[kept]
        return Examples(self.names, self.matrix[kept], self.decisions.where(kept), others)

    def columns(self, names: Sequence[str]) -> Floats:
        """Return some of the features, in the order asked for."""
        place = {name: index for index, name in enumerate(self.names)}
        return self.matrix[:, [place[name] for name in names]]

    def known_before(self, day: np.datetime64) -> "Examples":
        """Return the examples whose label was known before a day."""
        return self.where(np.asarray(self.decisions.known_on < day))


@dataclass(frozen=True)
class Lessons:
    """Everything that the past of a region teaches.

    Attributes:
        performance: Moves that were rated: the rating after, T points.
        stays: Everybody who was not moved, year by year: the rating after.
        acceptance: Offers answered: 1 = accepted, 0 = refused.
        proposals: Candidates whom the law allowed for past vacancies: 1 = proposed.
        seen: Moves whose first whole year is over: 1 = a rating tells how it went.
    """

    performance: Examples
    stays: Examples
    acceptance: Examples
    proposals: Examples
    seen: Examples

    def known_before(self, day: np.datetime64) -> "Lessons":
        """Return what was known before a day."""
        return Lessons(
            **{each.name: getattr(self, each.name).known_before(day) for each in fields(self)}
        )


def past_lessons(
    snapshot: Snapshot,
    progress: Progress | None = None,
    names: tuple[str, ...] = NAMES,
    answered: Decisions | None = None,
) -> Lessons:
    """Return what the past teaches.

    The days of all decisions are walked through once; a decision about someone or
    something that was not on record on its eve is left out.

    Args:
        snapshot: What is known.
        progress: Called after each day of decision.
        names: The features wanted.
        answered: Answers to learn acceptance from; those recorded by default.
    """
    labels = rated_years(snapshot)
    decisions = {
        "performance": performances(snapshot, labels),
        "stays": stays(snapshot, labels),
        "acceptance": answers(snapshot) if answered is None else answered,
        "seen": sightings(snapshot, labels),
    }

    def told(what: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(what, done, total) if progress else None

    together = joined(list(decisions.values()))
    matrix = as_then_known(snapshot, together, names, told("past"))
    on_record = np.asarray(~np.isnan(matrix).all(axis=1))
    found: dict[str, Examples] = {}
    first = 0
    for name, own in decisions.items():
        rows = np.flatnonzero(on_record[first : first + len(own)])
        found[name] = Examples(names, matrix[first + rows], own.where(rows))
        first += len(own)
    proposed, features = past_proposals(snapshot, names, told("proposals"))
    return Lessons(**found, proposals=Examples(names, features, proposed))


def merged(own: Lessons, others: Sequence[Lessons]) -> Lessons:
    """Return what a region's past teaches together with that of others.

    The others teach, but only the region's own past decides what earns its place.
    Without others it is what the region's past teaches.

    Args:
        own: What the region's past teaches.
        others: What the pasts of other regions teach, with the same features.
    """
    if not others:
        return own

    def one(name: str) -> Examples:
        parts: list[Examples] = [getattr(each, name) for each in (own, *others)]
        sizes = [len(part) for part in parts]
        return Examples(
            parts[0].names,
            np.vstack([part.matrix for part in parts]),
            joined([part.decisions for part in parts]),
            np.arange(sum(sizes)) >= sizes[0],
        )

    return Lessons(**{each.name: one(each.name) for each in fields(Lessons)})
