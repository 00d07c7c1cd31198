"""The job: back-test everything that the store allows, and say what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features.outcomes import is_recorded
from models.examples import Examples, Progress
from mutasi.errors import RegionEmpty
from mutasi.settings import Settings
from mutasi.simulation import Truth
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from mutasi.vocabulary import Answer
from pipelines.evaluation import against_truth, figures, lists, page
from pipelines.evaluation.backtest import (
    QUESTIONS,
    Scored,
    backtest,
    folds_of,
    past_decisions,
)
from pipelines.evaluation.pools import Heads, Pools, pools
from pipelines.evaluation.schema import Gap, Report

YEARS = 5
"""How many of the latest years are tested."""

JSON_FILE = "report.json"


@dataclass(frozen=True)
class Evaluated:
    """What was written.

    Attributes:
        report: The figures.
        json: Where they are.
        page: The page for people.
    """

    report: Report
    json: Path
    page: Path


def evaluate_store(
    settings: Settings,
    progress: Progress,
    *,
    truth: Path | None = None,
    out: Path | None = None,
    years: int = YEARS,
    language: str = "id",
) -> Evaluated:
    """Back-test on the store, and write the report as JSON and as one HTML page.

    Args:
        settings: Where the store is.
        progress: Told what is done.
        truth: Folder of the truth about an invented region.
        out: Where to write; ``evaluation`` in the home by default.
        years: How many of the latest years to test.
        language: Of the page.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        TruthUnreadable: If the truth cannot be read.
        TruthMismatch: If the truth is about another region.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    known = None if truth is None else against_truth.opened(truth, snapshot)
    report = evaluate(snapshot, progress, truth=known, years=years)
    folder = out or settings.home / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    written = Evaluated(report, folder / JSON_FILE, folder / f"report.{language}.html")
    written.json.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    written.page.write_text(page.page(report, language), encoding="utf-8")
    return written


def evaluate(
    snapshot: Snapshot,
    progress: Progress,
    *,
    truth: Truth | None = None,
    years: int = YEARS,
    draws: int = figures.DRAWS,
) -> Report:
    """Return how predictions of past years fared, made from what was known before each.

    Args:
        snapshot: What is known now.
        progress: Told what is done.
        truth: The truth about an invented region.
        years: How many of the latest years to test.
        draws: Bootstrap draws behind each interval.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
    """
    if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
        raise RegionEmpty(as_of=snapshot.as_of)
    examples = past_decisions(snapshot, progress)
    scored = backtests(examples, years, progress)
    drawn = pools(snapshot, heads_of(scored), progress) if "performance" in scored else None
    tasks = {}
    for place, (name, one) in enumerate(scored.items()):
        tasks[name] = figures.task(one, draws)
        progress("figures", place + 1, len(scored))
    performance = scored.get("performance")
    return Report(
        as_of=snapshot.as_of.isoformat(),
        region=", ".join(sorted(set(snapshot.tables["employees"]["region"]))),
        employees=len(snapshot.tables["employees"]),
        positions=len(snapshot.tables["positions"]),
        draws=draws,
        performance=tasks.get("performance"),
        acceptance=tasks.get("acceptance"),
        movers=None if performance is None else figures.movers(performance, draws),
        choices=None if drawn is None else lists.choices(drawn, draws),
        truth=None
        if truth is None or drawn is None
        else against_truth.against(truth, drawn, list(scored.values()), draws),
        gaps=gaps(snapshot, examples, scored, drawn, truth),
    )


def backtests(
    examples: Mapping[str, Examples], years: int, progress: Progress
) -> dict[str, Scored]:
    """Return the back-test of each question that can be tested."""
    splits = {
        question.name: folds_of(question, examples[question.name], years) for question in QUESTIONS
    }
    total = sum(len(folds) for folds in splits.values())
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        progress("backtest", done, total)

    found = {}
    for question in QUESTIONS:
        scored = backtest(question, examples[question.name], splits[question.name], told)
        if scored is not None:
            found[question.name] = scored
    return found


def heads_of(scored: Mapping[str, Scored]) -> dict[int, Heads]:
    """Return what was learned before each test year of performance.

    Where chances were tested too, only of the years that both know.
    """
    learned = {name: {fold.year: fold.head for fold in one.folds} for name, one in scored.items()}
    performance, acceptance = learned.get("performance", {}), learned.get("acceptance", {})
    years = sorted(performance.keys() & acceptance.keys()) or sorted(performance)
    return {year: Heads(performance[year], acceptance.get(year)) for year in years}


def gaps(
    snapshot: Snapshot,
    examples: Mapping[str, Examples],
    scored: Mapping[str, Scored],
    drawn: Pools | None,
    truth: Truth | None,
) -> tuple[Gap, ...]:
    """Return what could not be evaluated, and what the figures do not say."""
    found = [
        Gap(
            code=f"{question.name}_untested",
            facts={"found": len(examples[question.name]), "needed": question.least},
        )
        for question in QUESTIONS
        if question.name not in scored
    ]
    found += _unjudged(snapshot, scored)
    if drawn is None:
        found.append(Gap(code="no_vacancies", facts={}))
    if truth is None:
        found.append(Gap(code="unchosen_unknown", facts={}))
    return tuple(found)


def _unjudged(snapshot: Snapshot, scored: Mapping[str, Scored]) -> list[Gap]:
    """Return how many decisions of the tested years have no label."""
    found = []
    moves, offers = snapshot.tables["transfers"], snapshot.tables["offers"]
    offers = offers[is_recorded(offers)]
    if "performance" in scored:
        one = scored["performance"]
        count = int(np.isin(moves["decided_on"].dt.year, one.year).sum())
        found.append(Gap(code="moves_unrated", facts={"count": count - len(one), "total": count}))
    if "acceptance" in scored:
        tested = offers[np.isin(offers["offered_on"].dt.year, scored["acceptance"].year)]
        said = tested["answer"].isin([Answer.ACCEPTED, Answer.REFUSED])
        found.append(
            Gap(code="offers_open", facts={"count": int((~said).sum()), "total": len(tested)})
        )
    return [gap for gap in found if gap.facts["count"]]
