"""How well features tell a protected attribute that they must not contain.

A model that never sees sex or age may still read them off other columns.  Two
learners are asked to: a logistic regression and trees.  Half of the people teach and
the others are told apart, both ways, so that nobody is on both sides.  ½ is no better
than a blind guess.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models import metrics
from models.boosted import BoostedConfig
from models.fitting import Config, LinearConfig, fit
from models.intervals import Interval, resampled
from models.learner import Floats, Task

LEARNERS: Mapping[str, Config] = {
    "linear": LinearConfig(penalty=100.0),
    "boosted": BoostedConfig(trees=150),
}

LEAST_PEOPLE = 30
"""People with the attribute, and without it, below whom nothing is asked."""

STRONGEST = 3
"""How many of the features that alone tell most are named."""


@dataclass(frozen=True)
class Proxy:
    """How well features tell an attribute.

    Attributes:
        people: People asked about.
        holders: How many of them have the attribute.
        auc: By learner, the chance that of two people the one with the attribute is
            found, with its interval.
        strongest: The features that tell most by themselves, and their AUC, turned so
            that it is at least ½.
    """

    people: int
    holders: int
    auc: Mapping[str, Interval]
    strongest: Mapping[str, float]


def proxy(
    names: Sequence[str],
    matrix: Floats,
    attribute: Floats,
    person: npt.NDArray[np.object_],
    *,
    draws: int,
    seed: int = 0,
) -> Proxy | None:
    """Return how well features tell an attribute; None where too few people have it or lack it.

    Args:
        names: The features.
        matrix: One row per decision; NaN = unknown.
        attribute: 1 where the person of the row has it, else 0.
        person: Whose row each is; rows of one person are drawn together.
        draws: Bootstrap draws.
        seed: Which half of the people each is in.
    """
    ids, number = np.unique(person.astype(str), return_inverse=True)
    holders = len(np.unique(number[attribute == 1]))
    if min(holders, len(np.unique(number[attribute == 0]))) < LEAST_PEOPLE:
        return None
    half = np.random.default_rng(seed).permutation(len(ids))[number] % 2
    told = np.column_stack(
        [_across(matrix, attribute, half, config) for config in LEARNERS.values()]
    )

    def figures(label: Floats, scores: Floats, side: Floats) -> list[float]:
        return [
            float(np.mean([metrics.auc(label[side == one], score[side == one]) for one in (0, 1)]))
            for score in scores.T
        ]

    found = resampled(figures, attribute, told, half, groups=number, draws=draws)
    return Proxy(
        people=len(ids),
        holders=holders,
        auc={name: found.interval(place) for place, name in enumerate(LEARNERS)},
        strongest=_strongest(names, matrix, attribute),
    )


def _across(
    matrix: Floats, attribute: Floats, half: npt.NDArray[np.int64], config: Config
) -> Floats:
    """Return scores of each half of the people by what the other half teaches."""
    told = np.empty(len(attribute))
    for side in (0, 1):
        asked = half == side
        learner = fit(matrix[~asked], attribute[~asked], Task.BINARY, config)
        told[asked] = learner.raw(matrix[asked])
    return told


def _strongest(names: Sequence[str], matrix: Floats, attribute: Floats) -> dict[str, float]:
    """Return the features that tell most where they are known, and how much."""
    alone = {}
    for name, column in zip(names, matrix.T, strict=True):
        known = ~np.isnan(column)
        found = metrics.auc(attribute[known], column[known])
        alone[name] = 0.5 if np.isnan(found) else max(found, 1.0 - found)
    ordered = sorted(alone, key=lambda name: -alone[name])
    return {name: alone[name] for name in ordered[:STRONGEST]}
