"""What the heads of a model say of pairs: predictions, their worth, their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import FEATURES
from models.artifact import Artifact, Head
from models.baseline import PROFILE, profile_parts, profile_score
from models.explanation import Aspect, Reason, reasons
from models.learner import Floats, probability
from models.utility import REFUSED, utility, utility_error

LEAST_WORTH = 0.3
"""What a reason must do to the utility to be worth telling, in T points."""

REASONS_FOR = 3
REASONS_AGAINST = 2
"""How many reasons are given for and against a recommendation."""

Ints = NDArray[np.int64]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Predictions of pairs, one value each; None where no head is at hand.

    ``value`` is the performance, or the transparent score in its place.
    """

    performance: Floats | None
    acceptance: Floats | None
    value: Floats
    utility: Floats

    def at(self, rows: Ints) -> "Scores":
        """Return the predictions of some rows."""
        return Scores(
            None if self.performance is None else self.performance[rows],
            None if self.acceptance is None else self.acceptance[rows],
            self.value[rows],
            self.utility[rows],
        )


class Scorer:
    """Scores rows of features with the heads at hand.

    Args:
        artifact: The trained model; None leaves the transparent score.

    Attributes:
        names: The features that a row must have, in order.

    Raises:
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """

    def __init__(self, artifact: Artifact | None) -> None:
        self.performance = artifact.performance if artifact else None
        self.acceptance = artifact.acceptance if artifact else None
        heads = [head for head in self._heads if head is not None]
        for head in heads:
            head.require(tuple(FEATURES))
        wanted = [name for head in heads for name in head.columns]
        self.names: Names = tuple(dict.fromkeys([*wanted, *PROFILE]))
        self._places: dict[Names, Ints] = {}

    @property
    def _heads(self) -> tuple[Head | None, Head | None]:
        return self.performance, self.acceptance

    def scores(self, matrix: Floats) -> Scores:
        """Return the predictions of rows of :attr:`names`."""
        performance = acceptance = None
        if self.performance is not None:
            performance = self.performance.raw(self._columns(matrix, self.performance.columns))
        if self.acceptance is not None:
            odds = self.acceptance.raw(self._columns(matrix, self.acceptance.columns))
            acceptance = probability(odds)
        value = self.profile(matrix) if performance is None else performance
        return Scores(performance, acceptance, value, utility(value, acceptance))

    def profile(self, matrix: Floats) -> Floats:
        """Return the transparent score of each row, 0 to 100."""
        return profile_score(self._columns(matrix, PROFILE))

    def errors(self, scores: Scores) -> Floats:
        """Return the standard error of each utility."""
        spreads = [head.facts.spread if head else 0.0 for head in self._heads]
        return utility_error(scores.value, scores.acceptance, *spreads)

    def reasons(
        self, functions: Sequence[str | None], matrix: Floats, scores: Scores
    ) -> list[tuple[Reason, ...]]:
        """Return the strongest reasons of each row, by what they do to the utility.

        Args:
            functions: The function of government of each row's position.
            matrix: The rows.
            scores: Their predictions.
        """
        told: list[list[tuple[float, Reason]]] = [[] for _ in functions]

        def tell(aspect: Aspect, names: Names, contributions: Floats, part: Floats) -> None:
            worth = _worth(aspect, scores)
            found = reasons(aspect, names, contributions, part, functions)
            for row, group in enumerate(found):
                told[row] += [(reason.effect * worth[row], reason) for reason in group]

        if self.performance is None:
            part = self._columns(matrix, PROFILE)
            tell(Aspect.PROFILE, PROFILE, profile_parts(part), part)
        for aspect, head in (
            (Aspect.PERFORMANCE, self.performance),
            (Aspect.ACCEPTANCE, self.acceptance),
        ):
            if head is not None:
                part = self._columns(matrix, head.columns)
                tell(aspect, head.columns, head.contributions(part), part)
        return [_strongest(group) for group in told]

    def _columns(self, matrix: Floats, names: Names) -> Floats:
        if names not in self._places:
            self._places[names] = np.array([self.names.index(name) for name in names])
        return matrix[:, self._places[names]]


def _worth(aspect: Aspect, scores: Scores) -> Floats:
    """Return what one unit of an aspect's effect does to the utility of each pair."""
    if aspect is Aspect.ACCEPTANCE:
        return np.asarray((scores.value - REFUSED) / 100.0)
    return np.ones(len(scores.value)) if scores.acceptance is None else scores.acceptance


def _strongest(told: list[tuple[float, Reason]]) -> tuple[Reason, ...]:
    ordered = [
        reason
        for worth, reason in sorted(told, key=lambda pair: -abs(pair[0]))
        if abs(worth) >= LEAST_WORTH
    ]
    speaking_for = [reason for reason in ordered if reason.effect > 0][:REASONS_FOR]
    against = [reason for reason in ordered if reason.effect < 0][:REASONS_AGAINST]
    return (*speaking_for, *against)
