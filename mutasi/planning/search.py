"""Plans whose limits go across the network: a linear program for the prices, then a search.

A budget, a cap on moves, a floor across units, people who belong together and a stated
depth break the flow.  The linear program without whole moves prices every row, and the
moves that it makes in part or whole hold a good plan; a move that is further below the
best of its person than the bound is above a plan at hand can be in no better plan, so the
search for whole moves (HiGHS) only sees the others: the nearest first, and then more, each
search as it is likely to be over in time.  HiGHS looks at its clock too seldom to be
stopped in one that is too large.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint

from mutasi.planning import highs
from mutasi.planning.early import plan_at_once
from mutasi.planning.problem import RESOLUTION, Ints
from mutasi.planning.progress import Progress, Stage, Told, unheard
from mutasi.planning.relaxation import INFEASIBLE, LEAST_SECONDS, Impossible, people, relaxed
from mutasi.planning.rows import PRICE_STEPS, Program

FIRST_LOOK: Final = 5_000
"""How many moves are looked at first, the nearest to the best of their person …"""

WIDER: Final = 4
"""… and how many times as many where those were not enough."""

NEARLY: Final = 0.001
"""Gap at which the first plan is good enough, as the search goes on from it."""

PRICES_SHARE: Final = 0.5
"""Share of the time after which prices are taken as they are."""


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
    began = perf_counter()
    ends = began + seconds
    told(Progress(Stage.PRICES))
    columns, prices = _at_hand(program, began + PRICES_SHARE * seconds, ends, told)
    bound, left = program.bound(prices)
    regret = program.best(left)[program.person] - left
    told(_progress(program, columns, bound))
    most, taken = FIRST_LOOK, 0.0
    while (gap := _gap(program, columns, bound)) > 0:
        if WIDER * taken > ends - perf_counter():
            return Found(columns, prices, is_best=False)
        near = min(gap, np.partition(regret, most)[most]) if most < len(regret) else gap
        looked = np.flatnonzero(regret <= near)
        since = perf_counter()
        better, is_over = _searched(program, looked, ends)
        taken = perf_counter() - since
        columns = _better(program, columns, better)
        told(_progress(program, columns, bound))
        if not is_over:
            return Found(columns, prices, is_best=False)
        if columns is None and len(looked) == len(regret):
            raise Impossible
        if _gap(program, columns, bound) <= near or len(looked) == len(regret):
            break
        most *= WIDER
    return Found(columns, prices, is_best=True)


def _at_hand(program: Program, priced: float, ends: float, told: Told) -> tuple[Ints | None, Ints]:
    """Return a plan that is found soon, None if there is none, and the price of every row.

    Of the moves that the linear program makes in part or whole the best plan is mostly a
    good one.  Where it took too long, the plan is one that takes no search.

    Args:
        program: The limits.
        priced: When to be content with the prices so far.
        ends: When to be content with no plan.
        told: Is told of every bound.

    Raises:
        Impossible: If no plan keeps all limits.
    """
    found, columns = relaxed(program, priced, told), _staying(program)
    if found is not None:
        rounded, _ = _searched(program, found.columns, ends, NEARLY)
        if rounded is not None:
            return _better(program, columns, rounded), found.prices
    early, prices = plan_at_once(program)
    return _better(program, columns, early), prices if found is None else found.prices


def _progress(program: Program, columns: Ints | None, bound: int) -> Progress:
    scale = RESOLUTION / PRICE_STEPS
    value = None if columns is None else _worth(program, columns) * scale
    return Progress(Stage.SEARCH, value, bound * scale)


def _gap(program: Program, columns: Ints | None, bound: int) -> float:
    """Return how far a plan may be below the best."""
    return np.inf if columns is None else bound - _worth(program, columns)


def _searched(
    program: Program, columns: Ints, ends: float, gap: float = 0.0
) -> tuple[Ints | None, bool]:
    """Return the best plan of some columns, and whether the search was over in time.

    Args:
        program: The limits.
        columns: Those that are looked at.
        ends: When to end.
        gap: Share of its worth by which a plan may be below the best of these columns.
    """
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
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    is_over = solved.status in (0, INFEASIBLE)
    return (None if solved.x is None else columns[solved.x > 1 / 2]), is_over


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
