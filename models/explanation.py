"""Why a score is what it is: contributions of concepts, with the facts behind them.

Numbers only; ``mutasi.i18n`` has the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from features import FEATURES
from models.learner import Floats, probability


class Aspect(StrEnum):
    """What a reason speaks of."""

    PERFORMANCE = "performance"
    ACCEPTANCE = "acceptance"
    PROFILE = "profile"


@dataclass(frozen=True)
class Reason:
    """What one concept does to one prediction.

    Attributes:
        aspect: The prediction.
        concept: The concept, a key of the message catalogue.
        effect: By how much: T points for performance, percentage points (-100 to
            100) for acceptance, points of 100 for the profile.
        facts: The concept's features of the pair by name, and the position's
            ``function``; None = unknown.
    """

    aspect: Aspect
    concept: str
    effect: float
    facts: Mapping[str, float | str | None]


def reasons(
    aspect: Aspect,
    columns: Sequence[str],
    contributions: Floats,
    matrix: Floats,
    functions: Sequence[str | None],
) -> list[list[Reason]]:
    """Return the reasons of each pair, the strongest first.

    Contributions of a concept's features are added up; for a chance they are
    turned from log-odds into percentage points around the pair's own chance.

    Args:
        aspect: What is explained.
        columns: The features, in order.
        contributions: What each feature adds to each pair's raw score, the base
            last; shape ``(pairs, features + 1)``.
        matrix: The features themselves; shape ``(pairs, features)``.
        functions: The function of government of each pair's position.
    """
    concepts, grouped = by_concept(columns, contributions[:, :-1])
    if aspect is Aspect.ACCEPTANCE:
        raw = contributions.sum(axis=1, keepdims=True)
        grouped = 100.0 * (probability(raw) - probability(raw - grouped))
    return [
        _ordered(aspect, concepts, effects, facts, function)
        for effects, facts, function in zip(
            grouped, facts_of(columns, concepts, matrix), functions, strict=True
        )
    ]


def concept_of(name: str) -> str:
    """Return the concept under which a feature is explained."""
    concept = FEATURES[name].concept
    assert concept is not None, f"{name} is explained under no concept"
    return concept.value


def by_concept(names: Sequence[str], parts: Floats) -> tuple[list[str], Floats]:
    """Return the concepts of some features, and the features' parts added up by them."""
    concepts = list(dict.fromkeys(concept_of(name) for name in names))
    member = np.array([[concept_of(name) == concept for concept in concepts] for name in names])
    return concepts, parts @ member.astype(float)


def facts_of(
    names: Sequence[str], concepts: Sequence[str], matrix: Floats
) -> list[list[dict[str, float | None]]]:
    """Return each row's features by concept, in the order of the concepts; None = unknown."""
    places = [
        [place for place, name in enumerate(names) if concept_of(name) == concept]
        for concept in concepts
    ]
    return [
        [
            {names[place]: None if np.isnan(row[place]) else float(row[place]) for place in group}
            for group in places
        ]
        for row in matrix
    ]


def _ordered(
    aspect: Aspect,
    concepts: Sequence[str],
    effects: Floats,
    facts: Sequence[Mapping[str, float | None]],
    function: str | None,
) -> list[Reason]:
    found = [
        Reason(aspect, concept, float(effect), {**known, "function": function})
        for concept, effect, known in zip(concepts, effects, facts, strict=True)
        if any(value is not None for value in known.values())
    ]
    return sorted(found, key=lambda reason: -abs(reason.effect))
