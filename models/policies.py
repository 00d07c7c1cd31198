"""Ways of choosing who moves where, by what each move is thought to gain."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from models.candidates import Candidates, Ints
from models.learner import Floats

NOWHERE = -1e6

Policy = Callable[[Candidates, Floats], Ints]
"""Takes candidates and their gains, and returns the rows of those who are to move."""


def top(candidates: Candidates, gain: Floats) -> Ints:
    """Return the best of each vacancy; one person may be the best of many."""
    order = np.lexsort((-gain, candidates.vacancy))
    first = np.unique(candidates.vacancy[order], return_index=True)[1]
    return order[first].astype(np.int64)


def plan(candidates: Candidates, gain: Floats) -> Ints:
    """Return as many moves as can be, with the largest sum: nobody and no vacancy twice."""
    people, column = np.unique(candidates.employee_id.astype(str), return_inverse=True)
    vacancies = int(candidates.vacancy.max(initial=-1)) + 1
    table = np.full((vacancies, len(people)), NOWHERE)
    row_of = np.full(table.shape, -1)
    table[candidates.vacancy, column] = gain
    row_of[candidates.vacancy, column] = np.arange(len(candidates))
    vacancy, person = linear_sum_assignment(table, maximize=True)
    rows = row_of[vacancy, person]
    return rows[rows >= 0].astype(np.int64)


POLICIES: dict[str, Policy] = {"top": top, "plan": plan}
