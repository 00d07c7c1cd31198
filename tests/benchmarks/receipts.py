"""Measure what a receipt costs: ``python -m tests.benchmarks.receipts``, or ``make bench``.

The same question, who for a vacancy, goes through the whole service, once with the receipt
kept and once without, in turns and in one process.  The store is SQLite on the disk of the
temporary folder, or the database that ``--database`` names, which must be empty.
"""

import json
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from unittest.mock import patch

import numpy as np
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from starlette.testclient import TestClient

from models import aliases
from models.aliases import Alias
from mutasi.settings import Settings
from mutasi.store import personnel, session
from serving.app import create_app
from tests.artifacts import vouch
from tests.benchmarks.ground import BOOSTED, boosters, records, sample
from tests.benchmarks.timing import Floats, Quartiles

WITH, WITHOUT = "with a receipt", "without"
TOKEN = "of the benchmark"
KEEP = "serving.recommendations.service.keep"

console = Console()


@dataclass(frozen=True)
class Line:
    """What one way costs, in milliseconds a request.

    Attributes:
        way: With a receipt or without.
        elapsed: What went by.
        worked: What the process worked, all threads together.
    """

    way: str
    elapsed: Quartiles
    worked: Quartiles


def measured(
    home: Path, database: str | None, employees: int, vacancies: int, runs: int
) -> list[Line]:
    """Return what a request costs with a receipt and without, and what the receipt adds."""
    settings = Settings(
        home=home, database=database, api_token=SecretStr(TOKEN), calls_per_minute=10**9
    )
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        personnel.save(work, records(employees, 2 if employees < 1000 else 10))
        snapshot = personnel.snapshot(work)
    store.dispose()
    boosters(snapshot, settings.models / "benchmark", BOOSTED[:1])
    aliases.change(settings.models, {Alias.CHAMPION: "benchmark"})
    vouch(settings)
    app = create_app(settings)
    shown = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(app, headers=shown) as caller:
        logging.getLogger("mutasi").setLevel(logging.WARNING)
        questions = sample(app.state.region.recommender, vacancies)
        _cost(caller, questions, 1)
        elapsed, worked = _cost(caller, questions, runs)
    lines = [Line(way, Quartiles.of(elapsed[way]), Quartiles.of(worked[way])) for way in elapsed]
    added = (Quartiles.of(cost[WITH] - cost[WITHOUT]) for cost in (elapsed, worked))
    return [*lines, Line("what it adds", *added)]


def _cost(
    caller: TestClient, questions: Sequence[str], runs: int
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return what each question costs each way: what went by, and what was worked."""
    elapsed: dict[str, list[float]] = {WITH: [], WITHOUT: []}
    worked: dict[str, list[float]] = {WITH: [], WITHOUT: []}
    for question in [*questions] * runs:
        for way in (WITH, WITHOUT):
            begun, busy = perf_counter(), process_time()
            if way == WITH:
                answer = caller.get(f"/v1/vacancies/{question}/candidates")
            else:
                with patch(KEEP, lambda *_: "none"):
                    answer = caller.get(f"/v1/vacancies/{question}/candidates")
            elapsed[way].append(1000.0 * (perf_counter() - begun))
            worked[way].append(1000.0 * (process_time() - busy))
            if answer.status_code != 200 or (answer.json()["receipt_id"] == "none") == (
                way == WITH
            ):
                raise ValueError(f"{question}, {way}: {answer.status_code}")
    return tuple(  # type: ignore[return-value]  # elapsed and worked: two, which no generator tells
        {way: np.array(cost) for way, cost in found.items()} for found in (elapsed, worked)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--employees", type=int, default=6000)
    parser.add_argument("--vacancies", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--database", help="URL of an empty database; default SQLite")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        lines = measured(
            Path(folder), options.database, options.employees, options.vacancies, options.runs
        )
    if options.json:
        console.print_json(json.dumps([asdict(line) for line in lines]))
        return 0
    table = Table("request", "elapsed ms: p50", "p25–p75", "worked ms: p50", "p25–p75")
    for line in lines:
        table.add_row(line.way, *_told(line.elapsed), *_told(line.worked))
    console.print(table)
    return 0


def _told(cost: Quartiles) -> tuple[str, str]:
    return f"{cost.median:.2f}", f"{cost.low:.2f}–{cost.high:.2f}"


if __name__ == "__main__":
    sys.exit(main())
