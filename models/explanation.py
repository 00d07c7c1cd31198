"""Why a score is what it is: contributions of concepts, with the facts behind them.

Numbers only; ``mutasi.i18n`` has the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isnan

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
    worth: Floats | float = 1.0,
    least: float = 0.0,
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
        worth: What one unit of an effect is worth, for each pair or for all.
        least: What an effect must be worth to be told, either way.
    """
    concepts, grouped = by_concept(columns, contributions[:, :-1])
    if aspect is Aspect.ACCEPTANCE:
        raw = contributions.sum(axis=1, keepdims=True)
        grouped = 100.0 * (probability(raw) - probability(raw - grouped))
    grouping = _grouping(tuple(columns))
    is_known = (~np.isnan(matrix)).astype(float) @ grouping.member > 0.0
    is_told = is_known & (np.abs(grouped * np.reshape(worth, (-1, 1))) >= least)
    return [
        _ordered(
            Reason(
                aspect,
                concepts[each],
                float(effects[each]),
                {**_facts(columns, grouping.places[each], row), "function": function},
            )
            for each in np.flatnonzero(told)
        )
        for effects, told, row, function in zip(grouped, is_told, matrix, functions, strict=True)
    ]


def concept_of(name: str) -> str:
    """Return the concept under which a feature is explained."""
    concept = FEATURES[name].concept
    assert concept is not None, f"{name} is explained under no concept"
    return concept.value


def by_concept(names: Sequence[str], parts: Floats) -> tuple[list[str], Floats]:
    """Return the concepts of some features, and the features' parts added up by them."""
    found = _grouping(tuple(names))
    return [*found.concepts], parts @ found.member


def facts_of(
    names: Sequence[str], concepts: Sequence[str], matrix: Floats
) -> list[list[dict[str, float | None]]]:
    """Return each row's features by concept, in the order of the concepts; None = unknown."""
    found = _grouping(tuple(names))
    groups = [found.places[found.concepts.index(concept)] for concept in concepts]
    return [[_facts(names, group, row) for group in groups] for row in matrix]


@dataclass(frozen=True)
class _Grouping:
    """Which features are explained under which concept: by place, and as a matrix of 0 and 1."""

    concepts: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    member: Floats


@lru_cache(maxsize=64)
def _grouping(names: tuple[str, ...]) -> _Grouping:
    of_each = [concept_of(name) for name in names]
    concepts = tuple(dict.fromkeys(of_each))
    member = np.array([[one == concept for concept in concepts] for one in of_each], dtype=float)
    places = tuple(tuple(np.flatnonzero(column).tolist()) for column in member.T)
    return _Grouping(concepts, places, member)


def _facts(names: Sequence[str], places: Sequence[int], row: Floats) -> dict[str, float | None]:
    """Return some of a row's features; None = unknown."""
    values = row[[*places]].tolist()
    return {
        names[place]: None if isnan(value) else value
        for place, value in zip(places, values, strict=True)
    }


def _ordered(found: Iterable[Reason]) -> list[Reason]:
    return sorted(found, key=lambda reason: -abs(reason.effect))
