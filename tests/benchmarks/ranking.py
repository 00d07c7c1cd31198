"""Measure ranking: ``python -m tests.benchmarks.ranking``, or ``make bench``.

Ends with code 1 if a bound is missed.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from rich import box
from rich.console import Console
from rich.table import Table

from tests.benchmarks.measurement import (
    BARE_ALL,
    BARE_ELIGIBLE,
    MUTASI,
    NO_REASONS,
    Bound,
    Line,
    Plan,
    Report,
    report,
)
from tests.benchmarks.timing import Quartiles

MISSED = 1

console = Console()
progress = Console(stderr=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    plan = Plan(
        employees=options.employees,
        years=options.years,
        vacancies=options.vacancies,
        runs=options.runs,
        sizes=tuple(options.sizes),
    )
    with TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        found = report(plan, home, progress.print)
    if options.json:
        console.print_json(json.dumps(asdict(found)))
    else:
        show(found, console)
    return MISSED if any(bound.is_met is False for bound in found.bounds) else 0


def show(found: Report, console: Console) -> None:
    """Print what was found as tables."""
    facts = found.facts
    heads = facts["heads"]
    console.print(
        f"One vacancy of a region of {facts['employees']:,} employees on {facts['as_of']};"
        f" vacancies: {facts['vacancies']}; {facts['runs']} runs, ways in turn, one thread.\n"
        "Milliseconds of work: median (quartiles). Bare: Booster.predict alone, both heads.\n"
        "Naive: pandas row by row, MLflow pyfunc. Boosters only, by validation: "
        + "; ".join(
            f"{name} {head['trees']} trees × {head['leaves']} leaves, {head['columns']} columns"
            for name, head in heads.items()
        )
    )
    ways = Table("Way", title="One vacancy", box=box.SIMPLE)
    for heading in ("employees", "eligible", "ms of work", "ms elapsed"):
        ways.add_column(heading, justify="right")
    for line in found.lines:
        counts = (f"{line.considered:,}", f"{line.eligible:,}")
        ways.add_row(line.way, *counts, _milliseconds(line.cpu), f"{line.elapsed.median:,.1f}")
    console.print(ways)
    bounds = Table("Ratio", "measured", "quartiles", "promised", title="Ratios", box=box.SIMPLE)
    for bound in found.bounds:
        middle = f"{bound.ratio.low:.2f}–{bound.ratio.high:.2f}"
        bounds.add_row(bound.text, f"{bound.ratio.median:.2f}×", middle, _verdict(bound))
    console.print(bounds)
    console.print(
        f"The naive way answers {facts['naive_vacancies']} vacancies {facts['naive_runs']} times;"
        " it finds the same people eligible and blocked by the same rules, its predictions"
        f" differ by {facts['naive_predictions_differ_by']:.0e} at most."
    )
    console.print(_growth([*found.lines, *found.growth]))


def _growth(lines: Sequence[Line]) -> Table:
    ways = (MUTASI, NO_REASONS, BARE_ELIGIBLE, BARE_ALL)
    title = "As the region grows, ms of work (larger regions have lived one year)"
    table = Table(title=title, box=box.SIMPLE)
    for heading in ("employees", "eligible", *ways):
        table.add_column(heading, justify="right")
    for size, together in groupby(
        (line for line in lines if line.way in ways), key=lambda line: line.considered
    ):
        of_size = list(together)
        cells = [f"{line.cpu.median:,.1f}" for line in of_size]
        table.add_row(f"{size:,}", f"{of_size[0].eligible:,}", *cells)
    return table


def _verdict(bound: Bound) -> str:
    if bound.is_met is None:
        return "[dim]no promise[/]"
    return f"{bound.limit} " + ("[green]met[/]" if bound.is_met else "[red]missed[/]")


def _milliseconds(cost: Quartiles) -> str:
    return f"{cost.median:,.1f} ({cost.low:,.1f}–{cost.high:,.1f})"


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.benchmarks.ranking", description=__doc__)
    plan = Plan()
    parser.add_argument("--employees", type=int, default=plan.employees, help="size of the region")
    parser.add_argument("--years", type=int, default=plan.years, help="years it has lived")
    parser.add_argument("--vacancies", type=int, default=plan.vacancies, help="questions")
    parser.add_argument("--runs", type=int, default=plan.runs, help="how often all are asked")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=plan.sizes, help="larger regions to measure"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    parser.add_argument("--home", type=Path, help="folder to keep the models in")
    return parser


if __name__ == "__main__":
    sys.exit(main())
