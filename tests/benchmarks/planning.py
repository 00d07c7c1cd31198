"""Measure plans: ``python -m tests.benchmarks.planning``, or ``make bench BENCH=planning``.

Each question is planned in a process of its own, beside bare solvers on the same numbers
in the same run; time is the work of the process, so that other work on the machine counts
for little.  Ends with code 1 if a bound is missed or two ways disagree.
"""

import json
import resource
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from time import process_time
from typing import Any

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from rich.console import Console
from rich.table import Table
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from mutasi.planning import RESOLUTION, Problem, network
from mutasi.planning.optimizer import optimize
from mutasi.planning.relaxation import people
from mutasi.planning.rows import program
from tests.benchmarks.regions import Size, assignment, crossed, region

MOST_TIMES = 1.5
"""How many times the bare flow a plan with chains and floors may take."""

MOST_GAP, MOST_SECONDS = 0.01, 60.0
"""What a plan with all kinds of demands may leave open, and how long it may take."""

LEAST_SECONDS = 1.0

MISSED = 1
MEGABYTE = 1024.0

console = Console()


@dataclass(frozen=True)
class Line:
    """What one way cost.

    Attributes:
        question: What was asked.
        way: Which way.
        seconds: Work of the process.
        megabytes: The most memory that it held at once, the interpreter included.
        value: What was found, T points; None if nothing.
        gap: By how much that may be below the best, as a share; None if not told.
        times: The seconds beside those of the plan.
        is_met: Whether a bound is kept; None if there is none.
    """

    question: str
    way: str
    seconds: float
    megabytes: float
    value: float | None
    gap: float | None
    times: float
    is_met: bool | None


Found = tuple[float, float, float | None, float | None]
"""Seconds, megabytes, value and gap."""


def planned(problem: Problem) -> Found:
    """Plan."""
    plan, seconds = _timed(lambda: optimize(problem, MOST_SECONDS))
    return seconds, _megabytes(), plan.value, plan.gap


def soon(problem: Problem) -> Found:
    """Plan in the least time that a request may give."""
    plan, seconds = _timed(lambda: optimize(problem, LEAST_SECONDS))
    return seconds, _megabytes(), plan.value, plan.gap


def bare_flow(problem: Problem) -> Found:
    """Solve the same flow, and nothing else."""
    arcs = network.arcs_of(program(problem))

    def solve() -> int:
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.most, arcs.cost)
        assert solver.solve() == solver.OPTIMAL
        return int(-solver.optimal_cost())

    worth, seconds = _timed(solve)
    return seconds, _megabytes(), worth * RESOLUTION, None


def dense(problem: Problem) -> Found:
    """Solve an assignment as a full matrix."""
    table = np.full((len(problem.posts), len(problem.people)), 0.0)
    table[problem.post, problem.person] = np.maximum(problem.worth, 0)
    found, seconds = _timed(lambda: linear_sum_assignment(table, maximize=True))
    return seconds, _megabytes(), int(table[found].sum()) * RESOLUTION, None


def whole_program(problem: Problem) -> Found:
    """Give the whole program to HiGHS."""
    rows = program(problem)
    alone, stays = people(rows, np.arange(len(rows.pair)))

    def solve() -> Any:
        return milp(
            -rows.worth * RESOLUTION,
            integrality=np.ones(len(rows.pair), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=[
                LinearConstraint(rows.matrix, -np.inf, rows.limit),
                LinearConstraint(alone, np.where(stays, 0, 1), 1),
            ],
            options={"time_limit": MOST_SECONDS, "mip_rel_gap": MOST_GAP},
        )

    solved, seconds = _timed(solve)
    value = None if solved.x is None else -float(solved.fun)
    gap = None if solved.x is None else float(solved.mip_gap)
    return seconds, _megabytes(), value, gap


Ways = Mapping[str, Callable[[Problem], Found]]
ASSIGNMENT: Ways = {"plan": planned, "scipy, full matrix": dense, "bare flow": bare_flow}
FLOW: Ways = {"plan": planned, "bare flow": bare_flow}
ACROSS: Ways = {"plan": planned, "plan, 1 s": soon, "HiGHS, to 1%": whole_program}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--share", type=float, default=1.0, help="part of the full sizes")
    options = parser.parse_args(arguments)
    lines = measured(options.share)
    if options.json:
        console.print_json(json.dumps([asdict(line) for line in lines]))
    else:
        console.print(table(lines))
    return MISSED if any(line.is_met is False for line in lines) else 0


def measured(share: float) -> list[Line]:
    """Return what every way costs.

    Args:
        share: Part of the full sizes, for a quick look.
    """

    def part(count: int) -> int:
        return max(int(count * share), 20)

    small, large = (part(5_000), part(500)), (part(50_000), part(5_000))
    wide = Size(part(50_000), part(55_000), part(5_500), part(2_750), part(55_000), 11)
    deep = Size(part(10_000), part(9_000), part(500), part(400), part(1_500), 50)
    return [
        *_lines("assignment {} × {}, the best 50".format(*small), assignment, small, ASSIGNMENT),
        *_lines("assignment {} × {}, the best 50".format(*large), assignment, large, ASSIGNMENT),
        *_lines(f"chains and floors, {wide.people} people", region, (wide,), FLOW),
        *_lines(f"all kinds of demands, {deep.people} people", crossed, (deep,), ACROSS),
    ]


def _lines(
    question: str, made: Callable[..., Problem], size: tuple[object, ...], ways: Ways
) -> list[Line]:
    found = {name: _alone(way, made, size) for name, way in ways.items()}
    own, *_ = found.values()
    return [
        Line(
            question=question,
            way=name,
            seconds=seconds,
            megabytes=megabytes,
            value=value,
            gap=gap,
            times=seconds / own[0],
            is_met=_is_met(ways, found) if name == "plan" else None,
        )
        for name, (seconds, megabytes, value, gap) in found.items()
    ]


def _is_met(ways: Ways, found: Mapping[str, Found]) -> bool:
    """Return whether the plan keeps its bound: as good as every other way, or near and in time."""
    seconds, _, value, gap = found["plan"]
    if ways is ACROSS:
        return gap is not None and gap <= MOST_GAP and seconds <= MOST_SECONDS
    is_best = all(other[2] == value for other in found.values())
    return is_best and (ways is not FLOW or seconds <= MOST_TIMES * found["bare flow"][0])


def _alone(
    way: Callable[[Problem], Found], made: Callable[..., Problem], size: tuple[object, ...]
) -> Found:
    """Run a way in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_of_made, way, made, size).result()


def _of_made(
    way: Callable[[Problem], Found], made: Callable[..., Problem], size: tuple[object, ...]
) -> Found:
    return way(made(*size))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = process_time()
    found = work()
    return found, process_time() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def table(lines: Sequence[Line]) -> Table:
    """Return the lines as a table for people."""
    shown = Table()
    for heading in ("", "way", "seconds", "× plan", "MB", "T points", "gap", "kept"):
        shown.add_column(heading)
    for line in lines:
        shown.add_row(
            line.question,
            line.way,
            f"{line.seconds:.2f}",
            f"{line.times:.2f}",
            f"{line.megabytes:.0f}",
            "–" if line.value is None else f"{line.value:,.1f}",
            "–" if line.gap is None else f"{line.gap:.3%}",
            {None: "", True: "yes", False: "NO"}[line.is_met],
        )
    return shown


if __name__ == "__main__":
    raise SystemExit(main())
