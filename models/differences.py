"""What sets two predictions apart, concept by concept, so that it adds up.

Numbers only; words are put to them at the edges.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.explanation import Aspect, by_concept, facts_of
from models.learner import Floats, probability
from models.scoring import Parts, Scores
from models.utility import APART, REFUSED

LEVEL = 1e-6
"""Difference of log-odds below which the way of the chance is a straight line."""

LEAST_LEANING = 0.75
"""Share of the ways to read the past below which two people cannot be told apart."""


class Sureness(StrEnum):
    """How sure it is who of two people is better."""

    SURE = "sure"
    LEANING = "leaning"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Side:
    """What one concept does for one person.

    Attributes:
        effect: What it adds to the person's prediction, in the difference's unit.
        facts: The concept's features of the person, and the position's ``function``;
            None = unknown.
    """

    effect: float
    facts: Mapping[str, float | str | None]

    @property
    def is_known(self) -> bool:
        """Whether anything of the concept is on record."""
        return any(value is not None for name, value in self.facts.items() if name != "function")


@dataclass(frozen=True)
class Difference:
    """What one concept does more for the first of two people than for the second.

    Attributes:
        aspect: The prediction.
        concept: The concept.
        effect: By how much: T points, percentage points of the chance, or points of
            the profile.  Those of one aspect add up to the difference of the two
            predictions.
        worth: What that does to the difference of the two utilities, T points; all
            of them together add up to it.
        first: The concept and the first person.
        second: The concept and the second person.
    """

    aspect: Aspect
    concept: str
    effect: float
    worth: float
    first: Side
    second: Side


def differences(
    parts: Iterable[Parts], scores: Scores, function: str | None
) -> tuple[Difference, ...]:
    """Return what sets the first of two pairs apart from the second, the worthiest first.

    A concept that is the same for both is left out.

    Args:
        parts: What the predictions of both are made of.
        scores: The predictions.
        function: The function of government of the position.
    """
    worth = _worth(scores)
    found = [each for part in parts for each in _of_part(part, worth[part.aspect], function)]
    return tuple(sorted(found, key=lambda each: (-abs(each.worth), each.aspect, each.concept)))


def certainty(drawn: Floats, expected: Floats) -> float:
    """Return in which share of draws the first of two pairs is better than the second.

    Each draw counts with its mirror image about what is expected, so that who is
    expected to be better is so in half of the draws at least, and a twin in half.

    Args:
        drawn: Draws of both utilities, shape ``(2, draws)``.
        expected: The utilities expected.

    >>> certainty(np.array([[60.0, 54.0], [55.0, 55.0]]), np.array([58.0, 55.0]))
    0.75
    """
    apart = drawn[0] - drawn[1]
    both = np.concatenate([apart, 2.0 * (expected[0] - expected[1]) - apart])
    return float(np.mean(both > 0.0) + np.mean(both == 0.0) / 2.0)


def sureness(certainty: float) -> Sureness:
    """Return how sure it is who of two people is better.

    Sure is what would part them into two bands (:func:`models.utility.bands`).

    >>> [sureness(share).value for share in (0.97, 0.87, 0.6, 0.03)]
    ['sure', 'leaning', 'undecided', 'sure']
    """
    share = max(certainty, 1.0 - certainty)
    if share >= 1.0 - APART:
        return Sureness.SURE
    return Sureness.LEANING if share >= LEAST_LEANING else Sureness.UNDECIDED


def _worth(scores: Scores) -> dict[Aspect, float]:
    """Return what one unit of each aspect's difference does to that of the utility.

    Of a product each factor's difference counts by the mean of the other:
    Δ(p·v) = mean(p)·Δv + mean(v)·Δp.
    """
    chance = 1.0 if scores.acceptance is None else float(scores.acceptance.mean())
    return {
        Aspect.PERFORMANCE: chance,
        Aspect.PROFILE: chance,
        Aspect.ACCEPTANCE: float(scores.value.mean() - REFUSED) / 100.0,
    }


def _of_part(part: Parts, worth: float, function: str | None) -> Iterator[Difference]:
    concepts, grouped = by_concept(part.columns, part.contributions[:, :-1])
    if part.aspect is Aspect.ACCEPTANCE:
        grouped = grouped * _points_per_log_odds(part.contributions.sum(axis=1))
    facts = facts_of(part.columns, concepts, part.matrix)
    for concept, effects, known in zip(
        concepts, grouped.T.tolist(), zip(*facts, strict=True), strict=True
    ):
        first, second = (
            Side(effect, {**of_person, "function": function})
            for effect, of_person in zip(effects, known, strict=True)
        )
        if first.effect != second.effect:
            apart = first.effect - second.effect
            yield Difference(part.aspect, concept, apart, apart * worth, first, second)


def _points_per_log_odds(raw: Floats) -> float:
    """Return the percentage points of chance that a log-odd is worth between two pairs."""
    chance = probability(raw)
    whole = float(raw[0] - raw[1])
    if abs(whole) < LEVEL:
        return float(100.0 * chance[0] * (1.0 - chance[0]))
    return float(100.0 * (chance[0] - chance[1])) / whole
