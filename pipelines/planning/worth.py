"""What each move of a plan is worth beyond staying, T points."""

from collections.abc import Iterable

import numpy as np

from features.frames import DAYS_PER_YEAR
from models.offers import Offers
from models.utility import REFUSED
from mutasi.planning.request import PlanRequest, Preference, Weights
from mutasi.rules import Law
from pipelines.planning.known import Floats, Known, Mask


def worth(known: Known, found: Offers, request: PlanRequest) -> Floats:
    """Return what offering each move is worth.

    If it is accepted, what it changes for the person's work, the shortage, the way and
    the career, by its chance; if refused, what that costs, by the rest; and a wish that
    it meets.  Who is lent changes as much, for a shorter time.
    """
    weights = request.weights
    accepted = _accepted(found, weights, known.weight)
    accepted -= weights.workload * _gap_left(known, found, accepted)
    wishes = _wishes(known, found, request.preference)
    if request.temporary is not None:
        years = Law(known.as_of)("tenure.minimum_years")  # that a move is to last at least
        share = (request.temporary.until - known.as_of).days / (DAYS_PER_YEAR * years)
        lent = share * (accepted + weights.move) - request.temporary.cost
        accepted = np.where(found.lent, lent, accepted)
        wishes = np.where(found.lent, share * wishes, wishes)
    refused = (1.0 - found.acceptance) * weights.refusal
    return np.asarray(found.acceptance * accepted - refused + wishes)


def is_wished(known: Known, found: Offers, wish: Preference) -> Mask:
    """Return which pairs a wish is about."""
    there = np.ones(len(found.employee), dtype=bool)
    if wish.unit is not None:
        there &= known.unit[found.position] == wish.unit
    if wish.post is not None:
        there &= known.posts[found.position] == wish.post
    return np.asarray(there & (found.employee == known.person_row[wish.person]))


def _accepted(found: Offers, weights: Weights, weight: Floats) -> Floats:
    """Return what each move is worth if it is made, but for the gap that it leaves; T points.

    Who holds no post is worth as much as an empty post is.
    """
    staying = np.where(np.isnan(found.staying), REFUSED, found.staying)
    return np.asarray(
        weights.gain * (found.value - staying)
        - weights.move
        + weights.workload * weight[found.position]
        + weights.career * np.nan_to_num(found.levels_up)
        - weights.per_km * np.nan_to_num(found.farther_km)
    )


def _gap_left(known: Known, found: Offers, accepted: Floats) -> Floats:
    """Return the weight of the gap that each move leaves.

    A post with more people than it needs can give as many as it has too many; they are
    those who have most to gain, whoever of them moves in the end, so that a plan never
    promises to end more shortage than it does.  Nobody misses the holder of a post that
    is closed, or whose need was never assessed.
    """
    best = np.full(len(known.present), -np.inf)
    np.maximum.at(best, found.employee, accepted)
    people = np.unique(found.employee)
    people = people[known.present[people] >= 0]
    post = known.present[people]
    order = np.lexsort((-best[people], post))
    rank = np.empty(len(people), dtype=np.int64)
    rank[order] = np.arange(len(people)) - np.searchsorted(post[order], post[order])
    gap = np.zeros(len(known.present))
    gap[people] = np.where(rank < known.spare[post], 0.0, known.weight[post])
    return np.asarray(gap[found.employee])


def _wishes(known: Known, found: Offers, wishes: Iterable[Preference]) -> Floats:
    worth = np.zeros(len(found.employee))
    for wish in wishes:
        worth += wish.worth * is_wished(known, found, wish)
    return worth
