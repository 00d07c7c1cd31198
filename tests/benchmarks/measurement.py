"""What ranking costs in Mutasi, in the boosters alone, and written naively.

The same question, who is best for a vacancy, is answered by every way in turn, in
one process, on one thread.  A time is what the answering thread worked, so that
other work on the machine counts for little; a ratio is the median of ratios,
question by question in each run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from models.artifact import Artifact
from models.boosted import BoostedConfig
from models.recommender import Recommender
from tests.benchmarks.ground import BOOSTED, Bare, boosters, predicting, region, sample, staff
from tests.benchmarks.naive import NaiveRecommender
from tests.benchmarks.timing import Cost, Quartiles, Way, costs

LEAST_AGAINST_NAIVE = 50.0
MOST_AGAINST_BARE = 1.5
TOLERANCE = 1e-6
"""By how much the naive predictions may differ, T points and probability."""

MUTASI = "Mutasi, with reasons"
NO_REASONS = "Mutasi, no reasons"
BARE_ELIGIBLE = "bare, eligible rows"
BARE_ALL = "bare, all rows"
NAIVE = "naive"


@dataclass(frozen=True)
class Plan:
    """What to measure.

    Attributes:
        employees: Size of the region.
        years: Years that it has lived.
        vacancies: How many questions, drawn with a fixed seed.
        runs: How often all are asked.
        few: How many of them the naive way is asked, which takes seconds each; twice
            as many are asked in each larger region.
        few_runs: How often, and how often larger regions are asked.
        sizes: Larger regions; they have lived one year.
        candidates: Boosters that validation chooses from.
    """

    employees: int = 6000
    years: int = 10
    vacancies: int = 30
    runs: int = 5
    few: int = 4
    few_runs: int = 2
    sizes: tuple[int, ...] = (12_000, 25_000, 50_000)
    candidates: Sequence[BoostedConfig] = BOOSTED


@dataclass(frozen=True)
class Line:
    """What one way costs in one region, in milliseconds.

    Attributes:
        way: What was measured.
        considered: Employees in service, as median over the questions.
        eligible: How many of them the law allows, likewise.
        cpu: What the thread worked.
        elapsed: What went by.
    """

    way: str
    considered: int
    eligible: int
    cpu: Quartiles
    elapsed: Quartiles


@dataclass(frozen=True)
class Bound:
    """What two ways cost against each other, and what was promised of it.

    The promise against the bare models is about the rows that are ranked, which
    are all of the staff. Against the rows that the law leaves to be scored there
    is none; the smaller they are, the more the law itself weighs.

    Attributes:
        text: The two ways.
        ratio: Cost of the first over cost of the second.
        limit: What was promised, at least or at most; None if nothing was.
        is_met: Whether the median keeps it.
    """

    text: str
    ratio: Quartiles
    limit: str | None = None
    is_met: bool | None = None


@dataclass(frozen=True)
class Report:
    """What was found.

    Attributes:
        facts: What was measured on what.
        lines: The ways in the region itself.
        bounds: Ratios, with what was promised of them.
        growth: The ways in larger regions.
    """

    facts: dict[str, Any]
    lines: list[Line]
    bounds: list[Bound]
    growth: list[Line]


def report(plan: Plan, home: Path, told: Callable[[str], object]) -> Report:
    """Measure everything.

    Args:
        plan: What to measure.
        home: Folder for the models.
        told: Told what is being done.

    Raises:
        ValueError: If the naive way does not answer what Mutasi answers.
    """
    told(f"simulate {plan.employees} employees, {plan.years} years")
    snapshot = region(plan.employees, plan.years)
    told("train both heads, boosters only")
    artifact = boosters(snapshot, home / "model", plan.candidates)
    recommender = Recommender(snapshot, artifact)
    questions = sample(recommender, plan.vacancies)
    told(f"measure Mutasi and the bare models: {len(questions)} vacancies, {plan.runs} runs")
    measured = mutasi_and_bare(recommender, questions, plan.runs)
    few = questions[: plan.few]
    told(f"measure the naive way: {len(few)} vacancies, {plan.few_runs} runs")
    everyone = staff(recommender, few[0]).employees
    naive = NaiveRecommender(snapshot, everyone, artifact, home / "naive")
    largest = largest_difference(recommender, naive, few)
    rivals: dict[str, Way] = {MUTASI: recommender.candidates, NAIVE: naive.candidates}
    against = costs(rivals, few, plan.few_runs)
    return Report(
        facts={
            "employees": plan.employees,
            "years": plan.years,
            "as_of": snapshot.as_of.isoformat(),
            "vacancies": f"{len(questions)} of {len(recommender.vacancies())}, drawn by seed",
            "runs": plan.runs,
            "naive_vacancies": len(few),
            "naive_runs": plan.few_runs,
            "naive_predictions_differ_by": largest,
            "heads": {
                name: {"columns": len(head.columns), **head.facts.config}
                for name, head in predicting(artifact).items()
            },
        },
        lines=[
            *lines(recommender, questions, measured),
            *lines(recommender, few, {NAIVE: against[NAIVE]}),
        ],
        bounds=bounds(measured, against),
        growth=growth(artifact, plan, told),
    )


def largest_difference(
    recommender: Recommender, naive: NaiveRecommender, questions: Sequence[str]
) -> float:
    """Return by how much Mutasi's predictions and the naive ones differ at most.

    Raises:
        ValueError: If others are eligible or blocked, predictions differ by more than
            :data:`TOLERANCE`, or there are none.
    """
    differences = [0.0]
    for question in questions:
        ranking, other = recommender.candidates(question, limit=200), naive.candidates(question)
        if (ranking.considered, ranking.eligible) != (other.considered, len(other.scored)):
            raise ValueError(f"{question}: {ranking.eligible} or {len(other.scored)} eligible")
        if dict(ranking.excluded_by_rule) != dict(other.blocked):
            raise ValueError(f"{question}: blocked {ranking.excluded_by_rule} or {other.blocked}")
        for shown in ranking.recommended:
            if not shown.has_evidence:  # the naive way predicts for everyone
                continue
            row = other.scored.loc[shown.employee_id]
            differences += [
                abs(getattr(shown, name) - row[name])
                for name in ("performance", "acceptance", "utility")
            ]
    if len(differences) == 1:
        raise ValueError(f"nothing was predicted for {len(questions)} vacancies")
    if max(differences) > TOLERANCE:
        raise ValueError(f"naive predictions differ by {max(differences)}")
    return max(differences)


def mutasi_and_bare(
    recommender: Recommender, questions: Sequence[str], runs: int
) -> dict[str, Cost]:
    """Return the cost of Mutasi with and without reasons, and of the boosters alone."""
    bare = Bare.of(recommender, questions)
    ways: dict[str, Way] = {
        MUTASI: recommender.candidates,
        NO_REASONS: partial(recommender.candidates, explain=False),
        BARE_ELIGIBLE: bare.predict_eligible,
        BARE_ALL: bare.predict_everyone,
    }
    costs(ways, questions, 1)
    return costs(ways, questions, runs)


def lines(
    recommender: Recommender, questions: Sequence[str], measured: dict[str, Cost]
) -> list[Line]:
    """Return measurements as lines of a table."""
    rankings = [recommender.candidates(question, explain=False) for question in questions]
    considered = int(np.median([ranking.considered for ranking in rankings]))
    eligible = int(np.median([ranking.eligible for ranking in rankings]))
    return [
        Line(way, considered, eligible, Quartiles.of(cost.cpu), Quartiles.of(cost.elapsed))
        for way, cost in measured.items()
    ]


def bounds(measured: dict[str, Cost], against: dict[str, Cost]) -> list[Bound]:
    """Return the ratios, with what was promised of them."""
    naive = against[NAIVE].times(against[MUTASI])
    ranked = measured[NO_REASONS].times(measured[BARE_ALL])
    scored = measured[NO_REASONS].times(measured[BARE_ELIGIBLE])
    return [
        Bound(
            f"{NAIVE} ÷ {MUTASI}",
            naive,
            f"≥ {LEAST_AGAINST_NAIVE:g}",
            naive.median >= LEAST_AGAINST_NAIVE,
        ),
        Bound(
            f"{NO_REASONS} ÷ {BARE_ALL}",
            ranked,
            f"≤ {MOST_AGAINST_BARE:g}",
            ranked.median <= MOST_AGAINST_BARE,
        ),
        Bound(f"{NO_REASONS} ÷ {BARE_ELIGIBLE}", scored),
    ]


def growth(artifact: Artifact, plan: Plan, told: Callable[[str], object]) -> list[Line]:
    """Return what an answer costs in larger regions, by the same boosters."""
    found = []
    for employees in plan.sizes:
        told(f"measure {employees} employees")
        recommender = Recommender(region(employees, years=1), artifact)
        questions = sample(recommender, 2 * plan.few)
        measured = mutasi_and_bare(recommender, questions, plan.few_runs)
        found += lines(recommender, questions, measured)
    return found
