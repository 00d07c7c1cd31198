"""Measure imports: ``python -m tests.benchmarks.importing``, or ``make bench``.

Each import is the command that people type, in a process of its own, of which the system
tells how long it worked and the most memory that it held.  This process loads no data,
so that none of it counts.  The bound is on the work, so that other work on the machine
counts for little; on a machine that does nothing else it is what goes by.
Ends with code 1 if a bound is missed.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich import box
from rich.console import Console
from rich.table import Table

MOST_SECONDS = 60.0
MOST_MEGABYTES = 1000.0
MISSED = 1
UNIT = 1024 if sys.platform != "darwin" else 1
"""Bytes in the unit in which the system tells memory."""

console = Console()
progress = Console(stderr=True)


@dataclass(frozen=True)
class Line:
    """What one command cost.

    Attributes:
        what: What was done.
        rows: Rows that it read.
        taken: Rows of the store that came of them, derived ones as well.
        worked: Seconds of work, with the start of the interpreter.
        elapsed: Seconds that went by.
        megabytes: The most memory that it held at once.
        is_met: Whether it keeps the bounds; None if there are none.
    """

    what: str
    rows: int
    taken: int
    worked: float
    elapsed: float
    megabytes: float
    is_met: bool | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    with TemporaryDirectory() as folder:
        lines = measured(Path(folder), options.employees, options.years, options.layouts)
    if options.json:
        console.print_json(json.dumps([asdict(line) for line in lines]))
    else:
        console.print(table(lines, options.employees))
    return MISSED if any(line.is_met is False for line in lines) else 0


def measured(folder: Path, employees: int, years: int, layouts: Sequence[str]) -> list[Line]:
    """Return what it costs to import a region as SIASN exports it.

    Args:
        folder: For the files and the stores.
        employees: People in service; those who left meanwhile come on top.
        years: Years that the region has lived.
        layouts: How the files lie, each in a region of its own.
    """
    progress.print(f"simulate {employees} employees, {years} years")
    home, first = folder / "home", folder / layouts[0]
    size = ("--employees", str(employees), "--years", str(years))
    _run("simulate", "--out", folder / "bundle", *size)
    _run("--home", home, "import", folder / "bundle")
    lines = []
    for layout in layouts:
        _run("--home", home, "export", folder / layout, "--format", "siasn", "--layout", layout)
        what = f"SIASN JSON ({layout})"
        lines.append(imported(what, folder / f"{layout}.home", folder / layout, bounded=True))
    again = imported("the same again", folder / f"{layouts[0]}.home", first, bounded=True)
    return [*lines, again]


def imported(what: str, home: Path, folder: Path, *, bounded: bool) -> Line:
    """Import a folder and return what it cost.

    Args:
        what: What to call it.
        home: Of the store.
        folder: An export of SIASN.
        bounded: Whether the bounds are about it.

    Raises:
        RuntimeError: If the command fails.
    """
    progress.print(f"import {what}")
    started = perf_counter()
    said, worked, most = _run("--home", home, "import", folder, "--format", "siasn", "--json")
    elapsed = perf_counter() - started
    tables = json.loads(said)["tables"].values()
    return Line(
        what,
        sum(table["read"] for table in tables),
        sum(table["new"] + table["changed"] + table["unchanged"] for table in tables),
        worked,
        elapsed,
        most,
        (worked < MOST_SECONDS and most < MOST_MEGABYTES) if bounded else None,
    )


BETWEEN = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]), file=sys.stderr)
sys.exit(done.returncode)
"""
"""Runs a command from a small process: a command counts the memory of who started it as its own."""


def _run(*arguments: str | Path) -> tuple[str, float, float]:
    """Run a command of ours; return what it printed, its seconds of work and megabytes.

    Raises:
        RuntimeError: If it fails.
    """
    begun = (sys.executable, "-c", "from pipelines.cli import main; main()")
    command = [*begun, *map(str, arguments)]
    done = subprocess.run(
        [sys.executable, "-c", BETWEEN, *command], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}")
    worked, most = json.loads(done.stderr)
    return done.stdout, worked, most * UNIT / 1e6


def table(lines: Sequence[Line], employees: int) -> Table:
    """Return what was measured as a table."""
    shown = Table(
        title=f"Import of {employees:,} employees in service, with all who left;"
        " stored with what follows from it",
        box=box.SIMPLE,
    )
    for name in ("", "rows read", "stored", "s of work", "s elapsed", "MB"):
        shown.add_column(name, justify="right" if name else "left")
    shown.add_column(f"< {MOST_SECONDS:.0f} s, {MOST_MEGABYTES:,.0f} MB")
    words = {True: "[green]met[/]", False: "[red]missed[/]", None: "[dim]no promise[/]"}
    for line in lines:
        counts = (f"{line.rows:,}", f"{line.taken:,}")
        cost = (f"{line.worked:.1f}", f"{line.elapsed:.1f}", f"{line.megabytes:,.0f}")
        shown.add_row(line.what, *counts, *cost, words[line.is_met])
    return shown


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.benchmarks.importing", description=__doc__)
    parser.add_argument("--employees", type=int, default=10_000, help="size of the region")
    parser.add_argument("--years", type=int, default=10, help="years it has lived")
    parser.add_argument(
        "--layouts", nargs="+", default=["resources", "documents"], help="of the files"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    return parser


if __name__ == "__main__":
    sys.exit(main())
