"""A doubly robust learner of the performance after a move.

Of the candidates of past vacancies most were not named, and nobody knows how they would
have done.  Everyone gets what a model expects of them; whoever was rated after the move
also what it missed, divided by how likely it was that this would be seen.  On these
pseudo-outcomes the product's own recipe is fitted in place of the ratings (Kennedy,
"Towards optimal doubly robust estimation of heterogeneous causal effects", 2023).  What
expects, who is proposed and what is seen were learned from the other half of the people;
who accepts, from everybody.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.artifact import Head
from models.examples import Examples, Lessons
from models.learner import Floats, Task
from models.past import Past
from models.weighting import LEAST_PROPOSED, Chosen, learn_choices
from mutasi.errors import TooFewTransfers
from pipelines.regions.asked import of_people, people_of
from pipelines.regions.choices.past import Made

LEAST_CHANCE = 0.02
"""Chance of being seen below which nobody counts for more."""


@dataclass(frozen=True, eq=False)
class Pseudo:
    """Pairs that could have come about, with pseudo-outcomes.

    Attributes:
        expected: What a model expects of each rated move.
        corrected: The same, and what it missed by how likely that was to be seen.
        unseen: Candidates of whom no rating tells.
        expected_unseen: What a model expects of them.
        counts: How many such candidates each of them stands for.
    """

    expected: Floats
    corrected: Floats
    unseen: Examples
    expected_unseen: Floats
    counts: float


def robust(own: Made, lessons: Lessons, acceptance: Head | None) -> Head:
    """Return the performance head that pseudo-outcomes teach.

    Args:
        own: What the product's was made of.
        lessons: What the past teaches.
        acceptance: Who accepts.

    Raises:
        TooFewTransfers: If half of the people were proposed too seldom.
    """
    found = pseudo_outcomes(own, lessons, acceptance)
    return own.fitted(replace(own.recipe, is_weighted=True), taught(own, found))


def taught(own: Made, found: Pseudo) -> Past:
    """Return a past with pseudo-outcomes in place of the ratings of moves.

    All pairs together count as much as the moves did.
    """
    past, unseen = own.past, found.unseen
    moves, nobody = len(own.moves), np.zeros(len(unseen), dtype=bool)
    each = moves / (moves + found.counts * len(unseen))
    weight = np.concatenate([np.full(moves, each), np.ones(len(own.stays))])

    days = unseen.decisions
    parts = (own.moves, own.stays, unseen)
    who = np.concatenate([part.decisions.employee_id.astype(str) for part in parts])
    return Past(
        names=past.names,
        matrix=np.vstack([past.matrix, unseen.matrix]),
        label=np.concatenate([found.corrected, past.label[moves:], found.expected_unseen]),
        who=np.unique(who, return_inverse=True)[1].astype(np.int64),
        decided_on=np.concatenate([past.decided_on, days.decided_on]),
        known_on=np.concatenate([past.known_on, days.known_on]),
        weight=np.concatenate([weight, np.full(len(unseen), each * found.counts)]),
        is_stay=np.concatenate([past.is_stay, nobody]),
        is_elsewhere=np.concatenate([past.is_elsewhere, nobody]),
    )


def pseudo_outcomes(own: Made, lessons: Lessons, acceptance: Head | None) -> Pseudo:
    """Return what is to be expected of everyone who could have been named.

    Args:
        own: What the product's head was made of.
        lessons: What the past teaches.
        acceptance: Who accepts.

    Raises:
        TooFewTransfers: If half of the people were proposed too seldom.
    """
    past, recipe = own.past, own.recipe
    moves = len(own.moves)
    rated = pairs(own.moves)
    was_rated = np.isin(pairs(lessons.proposals), rated)
    unseen = lessons.proposals.where(~was_rated)
    people = people_of(lessons)
    is_first = np.random.default_rng(0).permutation(len(people)) % 2 == 0
    expected, chance = np.empty(moves), np.empty(moves)
    expected_unseen = np.empty(len(unseen))
    for judged, teaching in (
        (people[is_first], people[~is_first]),
        (people[~is_first], people[is_first]),
    ):
        choices = learn_choices(of_people(lessons, teaching))
        known = np.concatenate([_is_of(part, teaching) for part in (own.moves, own.stays)])
        learner = recipe.fitted(past, Task.REGRESSION, known)
        here, there = _is_of(own.moves, judged), _is_of(unseen, judged)
        expected[here] = learner.raw(own.moves.columns(recipe.names)[here])
        chance[here] = seen_chance(choices, acceptance, own.moves.where(here))
        expected_unseen[there] = learner.raw(unseen.columns(recipe.names)[there])
    counts = moves / max(int(was_rated.sum()), 1)
    inverse = 1.0 / np.maximum(chance, LEAST_CHANCE)
    inverse *= (moves + counts * len(unseen)) / inverse.sum()  # stabilised: they stand for all
    return Pseudo(
        expected=expected,
        corrected=expected + inverse * (past.label[:moves] - expected),
        unseen=unseen,
        expected_unseen=expected_unseen,
        counts=counts,
    )


def seen_chance(choices: Chosen, acceptance: Head | None, examples: Examples) -> Floats:
    """Return how likely it was that pairs came about and were rated.

    Raises:
        TooFewTransfers: If it is not known who is proposed.
    """
    if choices.proposal is None:
        raise TooFewTransfers(head="proposal", found=len(examples), needed=LEAST_PROPOSED)
    chance = np.ones(len(examples))
    for head in (choices.proposal, acceptance, choices.seen):
        if head is not None:
            chance *= head.chance(examples.columns(head.columns))
    return chance


def pairs(examples: Examples) -> NDArray[np.str_]:
    """Return who and where, as one text a decision."""
    who, where = examples.decisions.employee_id, examples.decisions.position_id
    return np.char.add(np.char.add(who.astype(str), "|"), where.astype(str))


def _is_of(examples: Examples, people: NDArray[np.str_]) -> NDArray[np.bool_]:
    return np.isin(examples.decisions.employee_id.astype(str), people)
