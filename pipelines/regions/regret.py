"""What is lost by whom a predictor puts first, in utility that is true.

The first of sixty lists are some twenty-five people: whoever heads one list heads
others.  So how sure a regret is does not follow from the number of vacancies.  People
are drawn as well as vacancies (crossed resampling, Owen 2007): half of the candidates
are at hand at a time (half-samples, McCarthy 1966), as not everybody is when a post
is to be filled.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from models.candidates import Candidates
from models.learner import Floats
from models.policies import POLICIES

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

AT_HAND = 0.5
"""Share of people who are at hand in a draw; of halves the spread is that of the whole."""


def of_lists(candidates: Candidates, score: Floats, true: Floats) -> float:
    """Return how much true utility the first of a list lacks to the best, on average."""
    best = np.full(int(candidates.vacancy.max()) + 1, -np.inf)
    np.maximum.at(best, candidates.vacancy, true)
    return float((best - true[POLICIES["top"](candidates, score)]).mean())


def of_plan(candidates: Candidates, score: Floats, true: Floats) -> float:
    """Return how much true utility a vacancy the best plan by a score lacks to the best plan."""
    best, chosen = (true[POLICIES["plan"](candidates, values)].sum() for values in (true, score))
    return float((best - chosen) / (int(candidates.vacancy.max()) + 1))


def at_hand(
    candidates: Candidates, scores: Mapping[str, Floats], true: Floats, draws: int
) -> dict[str, Floats]:
    """Return the regret of the first of those who are at hand, draw by draw.

    Args:
        candidates: Who could move where.
        scores: What each predictor ranks by, of each candidate.
        true: True utility of each candidate.
        draws: How often people and vacancies are drawn, the same for every predictor.

    Returns:
        By predictor, one value a draw: T points, the mean over the vacancies drawn.
    """
    best_first = ordered(candidates, true)
    orders = {name: ordered(candidates, values) for name, values in scores.items()}
    found: dict[str, Floats] = {name: np.empty(draws) for name in scores}
    for draw, (is_there, weight) in enumerate(drawn(candidates, draws)):
        best = first(best_first, is_there, candidates.vacancy)
        times = weight[candidates.vacancy[best]]
        for name, one in found.items():
            lost = true[best] - true[first(orders[name], is_there, candidates.vacancy)]
            one[draw] = times @ lost / max(times.sum(), 1)
    return found


def drawn(candidates: Candidates, draws: int) -> Iterator[tuple[Mask, Ints]]:
    """Yield which candidates are at hand, and how often each vacancy counts.

    Args:
        candidates: Who could move where.
        draws: How often; the same candidates are always drawn alike.
    """
    random = np.random.default_rng(0)
    vacancies = int(candidates.vacancy.max()) + 1
    people, who = np.unique(candidates.employee_id.astype(str), return_inverse=True)
    for _ in range(draws):
        is_there = (random.random(len(people)) < AT_HAND)[who]
        yield is_there, random.multinomial(vacancies, np.full(vacancies, 1.0 / vacancies))


def ordered(candidates: Candidates, score: Floats) -> Ints:
    """Return the rows vacancy by vacancy, the best of each first."""
    return np.asarray(np.lexsort((-score, candidates.vacancy)))


def first(order: Ints, is_there: Mask, vacancy: Ints) -> Ints:
    """Return the row of the first of each vacancy who is at hand.

    Args:
        order: The rows, as :func:`ordered` returns.
        is_there: Which of them are at hand.
        vacancy: The vacancy of each row.
    """
    left = order[is_there[order]]
    return np.asarray(left[np.unique(vacancy[left], return_index=True)[1]])
