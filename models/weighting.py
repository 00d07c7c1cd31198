"""Who is chosen is no accident: how much a past decision counts against selection.

Those in charge propose whom they like; some accept; of some moves no rating ever
tells.  What is learned from the rest speaks of the rest, unless a decision that was
unlikely to be seen counts for more: inverse propensity weights (Horvitz & Thompson
1952), clipped and of mean 1.  Their square root is taken, because whole weights
leave a third of the evidence (their effective number, Kish 1965) for a bias that
features already carry; whether they help at all is tried on the later past.
"""

from dataclasses import dataclass

import numpy as np

from features.sets import PROPOSAL
from models.artifact import Head
from models.examples import Examples, Lessons
from models.fitting import LinearConfig
from models.heads import learned, present
from models.learner import Floats, Task
from models.past import past_of
from models.selection import Recipe

PENALTIES = (30.0, 300.0, 3000.0)
POWER = 0.5
CLIPPED = 0.02
"""Share of the smallest and of the largest weights that count as the bound beside them."""

OVERLAP = 0.005
"""Share of past proposals that were less likely than what may lie outside."""

RARE = 0.1
"""Part of the usual odds of being proposed below which a pair may lie outside.  Outside
are pairs that are rare in both ways: nobody alike was ever proposed."""

LEAST_PROPOSED = 30
LEAST_UNSEEN = 30
"""Proposals, and unseen moves, below which nothing is learned of who is chosen."""


@dataclass(frozen=True)
class Chosen:
    """What is known of how the examples came to be.

    Attributes:
        proposal: Who is proposed; None where too few proposals are on record.
        seen: Which moves are rated afterwards; None where nearly all are.
    """

    proposal: Head | None
    seen: Head | None

    def of_offers(self, examples: Examples) -> Floats:
        """Return the weight of each answered offer; all 1 where nothing is known."""
        return self._weights(examples, [self.proposal])

    def of_moves(self, examples: Examples, acceptance: Head | None) -> Floats:
        """Return the weight of each rated move, by proposal, acceptance and being seen."""
        return self._weights(examples, [self.proposal, acceptance, self.seen])

    def _weights(self, examples: Examples, heads: list[Head | None]) -> Floats:
        chance = np.ones(len(examples))
        for head in heads:
            if head is not None:
                chance *= head.chance(examples.columns(head.columns))
        if not len(examples) or self.proposal is None:
            return np.ones(len(examples))
        weight = np.power(chance, -POWER)
        low, high = np.quantile(weight, (CLIPPED, 1.0 - CLIPPED))
        clipped = np.clip(weight, low, high)
        return np.asarray(clipped / clipped.mean())


def learn_choices(lessons: Lessons) -> Chosen:
    """Learn who is proposed, and which moves are rated afterwards."""
    proposed, seen = lessons.proposals, lessons.seen
    proposal = None
    if min(proposed.label.sum(), (1 - proposed.label).sum()) >= LEAST_PROPOSED:
        proposal = _learned(proposed)
    rated = None
    if min(seen.label.sum(), (1 - seen.label).sum()) >= LEAST_UNSEEN:
        rated = _learned(seen)
    return Chosen(proposal, rated)


def effective(weight: Floats) -> float:
    """Return how many equal examples weighted ones are worth.

    >>> effective(np.array([1.0, 1.0, 0.0]))
    2.0
    """
    return float(weight.sum() ** 2 / np.square(weight).sum()) if len(weight) else 0.0


def _learned(examples: Examples) -> Head:
    names = present(examples, PROPOSAL)
    recipes = [Recipe(LinearConfig(penalty=penalty), names) for penalty in PENALTIES]
    head, _ = learned(past_of(examples), Task.BINARY, recipes)
    raw = head.raw(examples.columns(head.columns))
    usual = np.log(np.mean(np.exp(raw[examples.label == 0])))
    least = float(min(np.quantile(raw[examples.label == 1], OVERLAP), usual + np.log(RARE)))
    return Head(head.learner, head.facts.model_copy(update={"least": least}))
