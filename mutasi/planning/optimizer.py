"""The best plan of a problem: a flow where it is one, a search around it where it is not."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mutasi.errors import PlanImpossible, PlanNotFound
from mutasi.planning import network, search
from mutasi.planning.demands import Demand
from mutasi.planning.plan import Plan
from mutasi.planning.problem import Problem
from mutasi.planning.progress import Progress, Stage, Told, unheard
from mutasi.planning.relaxation import Impossible
from mutasi.planning.rows import Program, program

SECONDS = 60.0


def optimize(problem: Problem, seconds: float = SECONDS, told: Told = unheard) -> Plan:
    """Return the best plan.

    The same problem gives the same plan, unless the time runs out.

    Args:
        problem: Who may move where, and what the plan must keep to.
        seconds: How long a search may take; a flow is not limited.
        told: Is told how far the plan is, and ends it by raising.

    Raises:
        PlanImpossible: If demands cannot hold together; names the fewest of them.
        PlanNotFound: If no plan was found in time.
    """
    rows = program(problem)
    found = _found(rows, seconds, told)
    if found is None:
        raise PlanImpossible(demands=conflict(problem, seconds, told))
    if found.columns is None:
        raise PlanNotFound(seconds=seconds)
    bound, _ = rows.bound(found.prices)
    return Plan(
        problem=problem,
        moves=rows.pair[found.columns],
        step=rows.step[found.columns],
        prices={
            key: price for key, price in zip(rows.keys, found.prices.tolist(), strict=True) if price
        },
        bound=bound,
        is_best=found.is_best,
    )


def conflict(problem: Problem, seconds: float = SECONDS, told: Told = unheard) -> list[Demand]:
    """Return fewest demands that cannot hold together: without any one of them the rest can.

    By halves, because most demands have nothing to do with it (Junker 2004).

    Args:
        problem: One without a plan.
        seconds: How long each trial may take; one that takes longer counts as possible.
        told: Is told of every trial, and ends them by raising.
    """
    nothing = np.zeros_like(problem.worth)
    blank = replace(problem, worth=nothing, demands=())

    def is_impossible(demands: list[Demand]) -> bool:
        told(Progress(Stage.CONFLICT))
        return _found(program(replace(blank, demands=tuple(demands))), seconds) is None

    return _fewest(list(problem.demands), [], is_impossible)


def _fewest(
    demands: list[Demand],
    given: list[Demand],
    is_impossible: Callable[[list[Demand]], bool],
    *,
    is_new: bool = False,
) -> list[Demand]:
    """Return fewest of some demands that are impossible with those given (Junker 2004).

    Args:
        demands: Impossible with those given.
        given: Demands that hold.
        is_impossible: Judges demands.
        is_new: Whether the given are more than before, so that they may be impossible alone.
    """
    if is_new and is_impossible(given):
        return []
    if len(demands) == 1:
        return demands
    half = len(demands) // 2
    one, two = demands[:half], demands[half:]
    of_two = _fewest(two, given + one, is_impossible, is_new=True)
    of_one = _fewest(one, given + of_two, is_impossible, is_new=bool(of_two))
    return of_one + of_two


def _found(rows: Program, seconds: float, told: Told = unheard) -> search.Found | None:
    """Return the best plan of a program; None if there is none."""
    if not network.fits(rows.problem):
        try:
            return search.best_found(rows, seconds, told)
        except Impossible:
            return None
    told(Progress(Stage.FLOW))
    flow = network.best_flow(rows)
    return None if flow is None else search.Found(flow.columns, flow.prices, is_best=True)
