"""Measure the service beside MLflow's: ``python -m tests.benchmarks.serving``, or ``make bench``.

The same question, who for a vacancy of a region, with the law, both models and twenty
people with reasons in words, is asked over HTTP of `mutasi serve` and of `mlflow models
serve` with a pyfunc that answers the same.  Starts, work and memory are measured in turns, so that
other work on the machine counts for little; then each is laden by a schedule.  The bound of
the start is of later ones: at the first, Mutasi keeps what it makes of the records.
Needs Linux (``/proc``).  Ends with code 1 if a bound is missed.
"""

import asyncio
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx2
import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from models import aliases
from models.aliases import Alias
from models.boosted import BoostedConfig
from models.recommender import Recommender
from mutasi.settings import Settings
from mutasi.store import personnel, session
from tests.artifacts import vouch
from tests.benchmarks import services
from tests.benchmarks.ground import BOOSTED, boosters, records, sample
from tests.benchmarks.load import Load, laden
from tests.benchmarks.measurement import Bound
from tests.benchmarks.services import Service
from tests.benchmarks.timing import Quartiles

MISSED = 1
TOLERANCE = 0.002
"""By how much figures may differ, which are told to three decimals."""

MLFLOW, WRAPPED = "mlflow, a pyfunc", "mlflow, Mutasi inside"
MOST_P99 = 250.0
LEAST = {"work": 5.0, "memory": 5.0, "start": 8.0}
"""How many times as much the pyfunc has to need."""

console = Console()
progress = Console(stderr=True)


@dataclass(frozen=True)
class Plan:
    """What to measure.

    Attributes:
        employees: Size of the region.
        years: Years that it has lived.
        starts: How often each is started after the first time.
        vacancies: How many questions, drawn with a fixed seed; the load asks for all.
        rounds: In how many rounds they are asked, the services taking turns.
        rate: Questions a second of the load.
        seconds: How long the load is.
        candidates: Boosters that validation chooses from; None leaves what training learns.
    """

    employees: int = 8000
    years: int = 10
    starts: int = 3
    vacancies: int = 100
    rounds: int = 5
    rate: float = 20.0
    seconds: float = 60.0
    candidates: Sequence[BoostedConfig] | None = BOOSTED


@dataclass
class Line:
    """What one service cost.

    Attributes:
        way: Which.
        first: Seconds from the first start of all to the first answer; Mutasi keeps then what
            it makes of the records.
        starts: Seconds from each later start to the first answer.
        work: Milliseconds of work a request, one at a time, of each round.
        megabytes: Memory that it holds after all that was asked, what processes share once.
        load: What came of the load.
        laden: Milliseconds of work a question of the load.
    """

    way: str
    first: float = 0.0
    starts: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    load: Load | None = None
    laden: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    plan = Plan(
        employees=options.employees,
        years=options.years,
        starts=options.starts,
        rate=options.rate,
        seconds=options.seconds,
        candidates=None if options.learned else BOOSTED,
    )
    with TemporaryDirectory() as folder:
        lines = measured(plan, Path(folder), progress.print)
    found = bounds(lines)
    if options.json:
        told = {"lines": [asdict(each) for each in lines], "bounds": [asdict(b) for b in found]}
        console.print_json(json.dumps(told))
    else:
        show(plan, lines, found)
    return MISSED if any(bound.is_met is False for bound in found) else 0


def measured(plan: Plan, folder: Path, told: Callable[[str], object]) -> list[Line]:
    """Return what each service costs.

    Raises:
        ValueError: If they do not answer the same.
    """
    told(f"simulate {plan.employees} employees, {plan.years} years, and train both models")
    home = folder / "home"
    vacancies = _settled(plan, home)
    questions = vacancies[: plan.vacancies]
    pyfuncs = [
        services.pyfunc(home, "mutasi", WRAPPED, folder / "wrapped"),
        services.pyfunc(home, "everyone", MLFLOW, folder / "everyone"),  # last: slow to calm down
    ]
    ways = [services.mutasi(home), *pyfuncs]
    lines = {way.name: Line(way.name) for way in ways}
    told("start each for the first time")
    for way in ways:
        with services.running(way, questions[0], folder) as service:
            lines[way.name].first = service.seconds
    for turn in range(plan.starts - 1):
        told(f"start each, {turn + 1} of {plan.starts}")
        for way in ways:
            with services.running(way, questions[0], folder) as service:
                lines[way.name].starts.append(service.seconds)
    with ExitStack() as stack:
        told(f"start each, {plan.starts} of {plan.starts}, and ask each {len(questions)} vacancies")
        begun = {
            way.name: stack.enter_context(services.running(way, questions[0], folder))
            for way in ways
        }
        for name, service in begun.items():
            lines[name].starts.append(service.seconds)
        require_same(begun, questions)
        _ask_in_turns(begun, lines, questions, plan.rounds)
        for name, service in begun.items():
            told(f"load on {name}: {plan.rate:g} a second for {plan.seconds:g} s")
            _load(service, lines[name], vacancies, plan)
            lines[name].megabytes = service.megabytes()
    return list(lines.values())


def require_same(running: Mapping[str, Service], questions: Sequence[str]) -> None:
    """Refuse to compare services that do not answer the same.

    Raises:
        ValueError: If they do not.
    """
    for question in questions:
        first, *others = (service.ask(question) for service in running.values())
        for other in others:
            place = difference(first, other)
            if place is not None:
                raise ValueError(f"{question}: answers differ at {place}")


def difference(one: object, other: object, place: str = "$") -> str | None:
    """Return where two answers differ by more than rounding, or None if they do not."""
    if isinstance(one, float) and isinstance(other, float):
        return None if abs(one - other) <= TOLERANCE else place
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        found = (difference(one[key], other[key], f"{place}.{key}") for key in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        found = (difference(*pair, f"{place}[{number}]") for number, pair in pairs)
    else:
        return None if one == other else place
    return next((each for each in found if each is not None), None)


def _settled(plan: Plan, home: Path) -> list[str]:
    """Make a home with a region and a model, and return all vacancies, in an order by chance."""
    settings = Settings(home=home)
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        personnel.save(work, records(plan.employees, plan.years))
    with session.reading(store) as work:
        snapshot = personnel.snapshot(work)
    store.dispose()
    model = boosters(snapshot, settings.models / "benchmark", plan.candidates)
    aliases.change(settings.models, {Alias.CHAMPION: "benchmark"})
    vouch(settings)
    recommender = Recommender(snapshot, model)
    return sample(recommender, len(recommender.vacancies()))


def _ask_in_turns(
    running: Mapping[str, Service],
    lines: Mapping[str, Line],
    questions: Sequence[str],
    rounds: int,
) -> None:
    """Ask every service a part of the questions in turn, and note what that worked."""
    for turn in range(rounds):
        asked = questions[turn::rounds]
        for name, service in running.items():
            before = service.worked()
            for question in asked:
                service.ask(question)
            lines[name].work.append(1000.0 * (service.worked() - before) / len(asked))


def _load(service: Service, line: Line, questions: Sequence[str], plan: Plan) -> None:
    """Ask a service by the schedule, and note what came of it."""
    count = round(plan.rate * plan.seconds)
    asked = [questions[place % len(questions)] for place in range(count)]
    before = service.worked()
    line.load = asyncio.run(_laden(service, asked, plan.rate))
    answered = len(line.load.latencies)
    line.laden = 1000.0 * (service.worked() - before) / max(answered, 1)


async def _laden(service: Service, questions: Sequence[str], rate: float) -> Load:
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx2.AsyncClient(
        base_url=service.url, headers=service.headers, limits=limits, timeout=None
    ) as client:

        async def ask(position: str) -> int:
            asked = service.way.question(position, services.LIMIT)
            answer = await client.request(asked.method, asked.path, json=asked.body)
            return answer.status_code

        return await laden(ask, questions, rate)


def bounds(lines: Sequence[Line]) -> list[Bound]:
    """Return how many times as much the pyfuncs need, with what was promised of it."""
    ours, *others = lines
    assert ours.load is not None
    p99 = ours.load.percentile(0.99)
    found = [
        Bound(
            f"p99 of {ours.way} under load, ms",
            Quartiles(*(ours.load.percentile(share) for share in (0.95, 0.99, 1.0))),
            f"≤ {MOST_P99:g}",
            p99 <= MOST_P99 and not ours.load.wrong,
        )
    ]
    for other in others:
        ratios = {
            "work": Quartiles.of(np.divide(other.work, ours.work)),
            "memory": Quartiles(*[other.megabytes / ours.megabytes] * 3),
            "start": Quartiles.of(np.divide(other.starts, ours.starts)),
        }
        is_promised = other.way == MLFLOW
        found += [
            Bound(
                f"{what}: {other.way} ÷ {ours.way}",
                ratio,
                f"≥ {LEAST[what]:g}" if is_promised else None,
                ratio.median >= LEAST[what] if is_promised else None,
            )
            for what, ratio in ratios.items()
        ]
    return found


def show(plan: Plan, lines: Sequence[Line], found: Sequence[Bound]) -> None:
    """Print what was found as tables."""
    console.print(
        f"Who for a vacancy of a region of {plan.employees:,} employees over HTTP, twenty with"
        f" reasons, by {'boosters' if plan.candidates else 'what training learns'}; Mutasi asked"
        " with tokens of a client. All answer the same, and none keeps an answer for who asks"
        " again: every request is worked out. The load asks for all vacancies."
    )
    shown = Table(
        title=f"One process each; load of {plan.rate:g} a second for {plan.seconds:g} s by"
        " schedule, latencies from the moment on the schedule",
        box=box.SIMPLE,
    )
    shown.add_column("")
    for heading in (
        *("s to first answer, at first", "later", "MB", "ms of work, alone", "ms of work, laden"),
        *("p50 ms", "p95 ms", "p99 ms", "wrong"),
    ):
        shown.add_column(heading, justify="right")
    for line in lines:
        assert line.load is not None
        told = [f"{line.first:.1f}", f"{median(line.starts):.1f}", f"{line.megabytes:,.0f}"]
        told += [f"{median(line.work):.1f}", f"{line.laden:.1f}"]
        told += [f"{line.load.percentile(share):,.0f}" for share in (0.5, 0.95, 0.99)]
        shown.add_row(line.way, *told, f"{line.load.wrong:,} of {line.load.asked:,}")
    console.print(shown)
    ratios = Table("Bound", "measured", "from–to", "promised", title="Bounds", box=box.SIMPLE)
    verdicts = {True: "[green]met[/]", False: "[red]missed[/]", None: "[dim]no promise[/]"}
    for bound in found:
        ratio = bound.ratio
        promised = f"{bound.limit or ''} {verdicts[bound.is_met]}".strip()
        row = (f"{ratio.median:.2f}", f"{ratio.low:.2f}–{ratio.high:.2f}", promised)
        ratios.add_row(bound.text, *row)
    console.print(ratios)


def _parser() -> ArgumentParser:
    parser, plan = ArgumentParser(prog="python -m tests.benchmarks.serving"), Plan()
    parser.description = __doc__
    parser.add_argument("--employees", type=int, default=plan.employees, help="size of the region")
    parser.add_argument("--years", type=int, default=plan.years, help="years it has lived")
    parser.add_argument("--starts", type=int, default=plan.starts, help="how often each is started")
    parser.add_argument("--rate", type=float, default=plan.rate, help="questions a second")
    parser.add_argument("--seconds", type=float, default=plan.seconds, help="length of the load")
    parser.add_argument(
        "--learned",
        action="store_true",
        help="both models as `mutasi train` learns them, lines, in place of boosters",
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    return parser


if __name__ == "__main__":
    sys.exit(main())
