"""Intervals of ratings made otherwise, beside the product's, on the same back-test.

*Weighted*: as the product's, but errors count by how much more such pairs there are
among those predicted than among those missed (the likelihood ratio, told by a
classifier; Tibshirani, Barber, Candès & Ramdas 2019).  *Of people*: the jackknife+ by
folds (CV+, Barber, Candès, Ramdas & Tibshirani 2021): everybody's moves are predicted
by what the others' past teaches; folds are of people and never of time, and nothing is
learned that was not known before the test year.
"""

from dataclasses import dataclass

import numpy as np

from features import FEATURES, Grain
from features.sets import LENIENCY
from models.conformal import COVERAGE, GROUP_WEIGHT, group, moves_scale, scheme_on
from models.examples import Examples
from models.fitting import LinearConfig, fit
from models.learner import Floats, Task
from models.selection import Judge
from models.training import missed
from models.weighting import learn_choices
from pipelines.regions.choices.past import Made, made
from pipelines.regions.choices.years import Year
from pipelines.regions.rivals import PRODUCT

FOLDS = 5
TELLING = LinearConfig(penalty=100.0)
"""What tells the pairs predicted from those missed."""

ERROR = "person_record_error"


@dataclass(frozen=True, eq=False)
class Ends:
    """Intervals, one a pair; T points."""

    low: Floats
    high: Floats


def ways(year: Year) -> dict[str, Ends]:
    """Return the intervals of a year's moves in each way, the product's first."""
    head, test = year.learned.heads["performance"], year.moves
    own = made(head, year.known, learn_choices(year.known), year.learned.heads.get("acceptance"))
    assert head.facts.widths is not None, "a performance head has widths"
    raw = head.raw(test.columns(head.columns))
    evidence = test.columns((ERROR,))[:, 0]
    half = head.facts.widths.of(evidence, scheme_on(test.decisions.decided_on))
    return {
        PRODUCT: Ends(raw - half, raw + half),
        "weighted": weighted(own, test),
        "of_people": of_people(own, test),
    }


def weighted(own: Made, test: Examples) -> Ends:
    """Return the product's intervals with errors that count by the likelihood ratio."""
    past, recipe = own.past, own.recipe
    judge = Judge(past, Task.REGRESSION)
    later = np.flatnonzero(judge.later)
    found = missed(later, judge.raw(recipe), own.moves, own.stays)
    both = (own.moves, own.stays)
    off = np.abs(found.error)
    is_stay = found.rows >= len(own.moves)
    off = off * np.where(is_stay, moves_scale(found.error, is_stay), 1.0)
    names = alone(recipe.names)
    known = np.vstack([part.columns(names) for part in both])[found.rows]
    ratio, asked = likelihood_ratio(known, test.columns(names))
    evidence = np.concatenate([part.columns((ERROR,))[:, 0] for part in both])[found.rows]
    facts = own.head.facts
    assert facts.widths is not None, "a performance head has widths"
    member, asks = (
        group(each, facts.widths.bounds) for each in (evidence, test.columns((ERROR,))[:, 0])
    )
    half = quantiles(off, ratio, asked)
    for number in range(3):
        own_group, here = member == number, asks == number
        if own_group.any() and here.any():
            share = own_group.sum() / (own_group.sum() + GROUP_WEIGHT)
            of_group = quantiles(off[own_group], ratio[own_group], asked[here])
            half[here] = share * of_group + (1.0 - share) * half[here]
    raw = own.head.raw(test.columns(own.head.columns))
    return Ends(raw - half, raw + half)


def quantiles(off: Floats, weight: Floats, asked: Floats, coverage: float = COVERAGE) -> Floats:
    """Return for each pair the error that the weighted share ``coverage`` does not exceed.

    What is asked about counts as an error without end, by its own weight; where that
    is too much, the largest error stands in (as in ``models.conformal.quantile``).

    Args:
        off: Sizes of errors.
        weight: What each counts for.
        asked: What each pair asked about counts for.
        coverage: Share that is to be held.

    >>> quantiles(np.arange(1.0, 100.0), np.ones(99), np.ones(1))
    array([90.])
    """
    order = np.argsort(off, kind="stable")
    mass = np.cumsum(weight[order])
    place = np.searchsorted(mass, coverage * (mass[-1] + asked) - 1e-9)
    return np.asarray(off[order][np.minimum(place, len(off) - 1)])


def likelihood_ratio(known: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """Return how much more such pairs there are among those asked about, of both kinds.

    Args:
        known: Features of the pairs whose errors are known.
        asked: Those of the pairs asked about.
    """
    label = np.concatenate([np.zeros(len(known)), np.ones(len(asked))])
    together = np.vstack([known, asked])
    learner = fit(together, label, Task.BINARY, TELLING)
    ratio = np.exp(learner.raw(together))
    return ratio[: len(known)], ratio[len(known) :]


def alone(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features of the person or the post alone.

    Those of both tell a stay from a move without fail, and would leave stays no weight.
    """
    of_both = {Grain.PAIR, Grain.CROSS}
    return tuple(name for name in names if FEATURES[name].grain not in of_both)


def of_people(own: Made, test: Examples) -> Ends:
    """Return CV+ intervals of moves, by folds of people."""
    past, recipe = own.past, own.recipe
    who = np.concatenate(
        [part.decisions.employee_id.astype(str) for part in (own.moves, own.stays)]
    )
    people, code = np.unique(who, return_inverse=True)
    fold = (np.random.default_rng(0).permutation(len(people)) % FOLDS)[code]
    moves = len(own.moves)
    usual, there = (np.nan_to_num(each.columns((LENIENCY,))[:, 0]) for each in (own.moves, test))
    asked = test.columns(recipe.names)
    low, high = np.empty((len(test), moves)), np.empty((len(test), moves))
    for number in range(FOLDS):
        out = fold[:moves] == number
        learner = recipe.fitted(past, Task.REGRESSION, fold != number)
        foreseen = learner.raw(own.moves.columns(recipe.names)[out]) + usual[out]
        off = np.abs(own.moves.label[out] - foreseen)
        said = (learner.raw(asked) + there)[:, None]
        low[:, out], high[:, out] = said - off, said + off
    return Ends(-_rank(-low), _rank(high))


def _rank(ends: Floats, coverage: float = COVERAGE) -> Floats:
    """Return of each row the ⌈(n + 1) · coverage⌉-th smallest; the largest where n is small."""
    count = ends.shape[1]
    place = min(int(np.ceil((count + 1) * coverage)), count) - 1
    return np.asarray(np.partition(ends, place, axis=1)[:, place])
