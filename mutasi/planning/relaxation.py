"""The linear program of a plan, by the few moves that matter.

Where moves may be made in part, a plan is a linear program, and the prices of its limits
bound every plan.  Most moves are in no good plan, so it is solved with the best few of each
post; all others are priced, and those that leave more than their person's best join, until
none does (Gilmore & Gomory 1961).  Prices of every round bound every plan, so there is a
bound early, and it falls.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array, vstack

from mutasi.planning import highs
from mutasi.planning.problem import RESOLUTION, Ints, Mask
from mutasi.planning.progress import Progress, Stage, Told
from mutasi.planning.rows import PRICE_STEPS, Program, whole

FIRST: Final = 3
"""How many moves to each post the first round looks at."""

LEAST_SECONDS: Final = 0.05
INFEASIBLE: Final = 2

NOTHING: Final = 1e-9
"""Share of a move that counts as none of it."""


class Impossible(Exception):
    """No plan keeps all limits."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The best of what was found where moves may be made in part.

    Attributes:
        prices: Of each row.
        bound: What no plan can be worth more than, in steps of price.
        columns: Columns of which at least a part is made.
    """

    prices: Ints
    bound: int
    columns: Ints


def relaxed(program: Program, ends: float, told: Told) -> Relaxed | None:
    """Return prices of all limits and the moves that they speak for; None if time is short.

    Args:
        program: The limits.
        ends: When to be content with the round before, by :func:`time.perf_counter`.
        told: Is told of the bound of each round.

    Raises:
        Impossible: If not even moves in part keep all limits.
    """
    every = np.arange(len(program.pair))
    columns, found = _first(program), None
    while (seconds := ends - perf_counter()) >= LEAST_SECONDS and len(every):
        solved = _solved(program, columns, seconds)
        if solved.status == INFEASIBLE:
            if len(columns) == len(every):
                raise Impossible
            columns = every
            continue
        if solved.status != 0:
            break
        prices = whole(-solved.ineqlin.marginals[: len(program.keys)] / RESOLUTION)
        bound, left = program.bound(prices)
        if found is None or bound <= found.bound:
            found = Relaxed(prices, bound, columns[solved.x > NOTHING])
        told(Progress(Stage.PRICES, bound=found.bound / PRICE_STEPS * RESOLUTION))
        joining = _worth_more(program, columns, left)
        if not len(joining):
            break
        columns = np.union1d(columns, joining)
    return found


def people(program: Program, columns: Ints) -> tuple[csr_array, Mask]:
    """Return which columns are each person's, and who of them may stay.

    Everybody who must move has a row, be it empty.
    """
    may_stay = program.problem.may_stay
    rows = np.union1d(program.person[columns], np.flatnonzero(~may_stay))
    place = np.searchsorted(rows, program.person[columns])
    ones = np.ones(len(columns))
    matrix = csr_array((ones, (place, np.arange(len(columns)))), shape=(len(rows), len(columns)))
    return matrix, np.asarray(may_stay[rows])


def _first(program: Program) -> Ints:
    """Return the best few columns of each post and step, and all of whoever must move."""
    place = program.problem.post[program.pair] + len(program.problem.posts) * program.step
    order = np.lexsort((-program.worth, place))
    ordered = place[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    must = np.flatnonzero(~program.problem.may_stay[program.person])
    return np.union1d(order[rank < FIRST], must)


def _worth_more(program: Program, columns: Ints, left: Ints) -> Ints:
    """Return columns that leave more than the best of their person among some columns."""
    best = np.where(program.problem.may_stay, 0, np.iinfo(np.int64).min // 4)
    np.maximum.at(best, program.person[columns], left[columns])
    return np.flatnonzero(left > best[program.person] + PRICE_STEPS)


def _solved(program: Program, columns: Ints, seconds: float) -> Any:
    """Return what the solver says of the linear program of some columns."""
    alone, stays = people(program, columns)
    several = np.flatnonzero(stays & (alone.sum(axis=1) > 1))  # one move alone is at most one
    must = np.flatnonzero(~stays)
    return highs.linprog(
        -program.worth[columns] * RESOLUTION,
        A_ub=vstack([program.matrix[:, columns], alone[several]]),
        b_ub=np.concatenate([program.limit, np.ones(len(several))]),
        A_eq=alone[must] if len(must) else None,
        b_eq=np.ones(len(must)) if len(must) else None,
        bounds=(0, 1),
        options={"time_limit": seconds},
    )
