"""Plans whose limits go across the network: a linear program for the prices, then a search.

A budget, a cap on moves, a floor across units, people who belong together and a stated
depth break the flow.  The linear program without whole moves prices every row; a move
that is further below the best of its person than the bound is above a plan at hand can
be in no better plan, so the search for whole moves (HiGHS) only sees the others.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array, vstack

from mutasi.planning import highs
from mutasi.planning.early import plan_at_once
from mutasi.planning.problem import RESOLUTION, Ints, Mask
from mutasi.planning.progress import Progress, Stage, Told, unheard
from mutasi.planning.rows import PRICE_STEPS, Program, whole

NEAR: Final = 0.0005
"""Share of the bound by which a move may be below the best of its person to be looked
at first …"""

WIDER: Final = 20
"""… and how many times further is looked where that was not enough."""

LEAST_SECONDS: Final = 0.05
INFEASIBLE: Final = 2


class Impossible(Exception):
    """No plan keeps all limits."""


@dataclass(frozen=True, eq=False)
class Found:
    """What was found in time.

    Attributes:
        columns: Columns of the moves that are made; None if no plan was found.
        prices: Of each row, those of the linear program; zero if it was not solved.
        is_best: Whether the search was over: no plan is worth more.
    """

    columns: Ints | None
    prices: Ints
    is_best: bool


def best_found(program: Program, seconds: float, told: Told = unheard) -> Found:
    """Return the best plan that is found in a time.

    What is found within the time depends on the machine; a search that is over does not.

    Args:
        program: The limits.
        seconds: How long to look.
        told: Is told of the bound and of every better plan, and ends the search by raising.

    Raises:
        Impossible: If no plan keeps all limits.
    """
    ends = perf_counter() + seconds
    told(Progress(Stage.PRICES))
    prices, columns = _prices(program, seconds), _staying(program)
    if prices is None:
        early, prices = plan_at_once(program)
        columns = _better(program, columns, early)
    bound, left = program.bound(prices)
    regret = program.best(left)[program.person] - left
    near = max(NEAR * abs(bound), PRICE_STEPS)
    while (gap := _gap(program, columns, bound)) > 0:
        told(_progress(program, columns, bound))
        looked = np.flatnonzero(regret <= min(near, gap))
        better, is_over = _searched(program, looked, ends)
        columns = _better(program, columns, better)
        if not is_over:
            return Found(columns, prices, is_best=False)
        if columns is None and len(looked) == len(regret):
            raise Impossible
        if _gap(program, columns, bound) <= near or len(looked) == len(regret):
            break
        near *= WIDER
    return Found(columns, prices, is_best=True)


def _progress(program: Program, columns: Ints | None, bound: int) -> Progress:
    scale = RESOLUTION / PRICE_STEPS
    value = None if columns is None else _worth(program, columns) * scale
    return Progress(Stage.SEARCH, value, bound * scale)


def _gap(program: Program, columns: Ints | None, bound: int) -> float:
    """Return how far a plan may be below the best."""
    return np.inf if columns is None else bound - _worth(program, columns)


def _prices(program: Program, seconds: float) -> Ints | None:
    """Return the price of every row where moves may be made in part; None if time is short.

    Raises:
        Impossible: If not even such moves keep all limits.
    """
    columns = np.arange(len(program.pair))
    if not len(columns) or seconds < LEAST_SECONDS:
        return None
    alone, stays = people(program, columns)
    must = ~stays
    solved = highs.linprog(
        -program.worth * RESOLUTION,
        A_ub=vstack([program.matrix, alone[np.flatnonzero(stays)]]),
        b_ub=np.concatenate([program.limit, np.ones(np.count_nonzero(stays))]),
        A_eq=alone[np.flatnonzero(must)] if must.any() else None,
        b_eq=np.ones(np.count_nonzero(must)) if must.any() else None,
        bounds=(0, None),
        options={"time_limit": seconds},
    )
    if solved.status == INFEASIBLE:
        raise Impossible
    if solved.status != 0:
        return None
    return whole(-solved.ineqlin.marginals[: len(program.keys)] / RESOLUTION)


def _searched(program: Program, columns: Ints, ends: float) -> tuple[Ints | None, bool]:
    """Return the best plan of some columns, and whether the search was over in time."""
    seconds = ends - perf_counter()
    if seconds < LEAST_SECONDS:
        return None, False
    if not len(columns):
        return _staying(program), True
    alone, stays = people(program, columns)
    solved = highs.milp(
        -program.worth[columns] * RESOLUTION,
        integrality=np.ones(len(columns), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(program.matrix[:, columns], -np.inf, program.limit),
            LinearConstraint(alone, np.where(stays, 0, 1), 1),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    is_over = solved.status in (0, INFEASIBLE)
    return (None if solved.x is None else columns[solved.x > 1 / 2]), is_over


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


def _staying(program: Program) -> Ints | None:
    """Return that nobody moves, if that keeps all limits."""
    nobody = np.empty(0, dtype=np.int64)
    return nobody if program.problem.may_stay.all() and program.keeps(nobody) else None


def _better(program: Program, one: Ints | None, other: Ints | None) -> Ints | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=lambda columns: _worth(program, columns))


def _worth(program: Program, columns: Ints) -> int:
    return int(program.worth[columns].sum()) * PRICE_STEPS
