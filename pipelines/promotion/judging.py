"""A challenger's figures gathered, and brought before the gates."""

from collections.abc import Sequence
from datetime import date
from statistics import median

import numpy as np
from numpy.typing import NDArray

from models.artifact import Artifact
from models.examples import Lessons, Progress, merged, past_lessons
from models.learner import Task
from models.recommendation import Ranking
from models.recommender import Recommender
from models.training import teaching_answers
from mutasi.errors import MutasiError
from mutasi.snapshot import Snapshot
from pipelines import staleness
from pipelines.evaluation import curves, figures
from pipelines.evaluation.backtest import (
    ACCEPTED,
    PERFORMANCE,
    QUESTIONS,
    WIDE,
    Question,
    Scored,
    backtest,
)
from pipelines.evaluation.schema import Bins, Comparison
from pipelines.promotion import gates, shares
from pipelines.promotion.duels import duel
from pipelines.promotion.schema import Duel, Judgement, Paces, Ratio

YEARS = 3
"""How many of the latest years are back-tested."""

RUNS = 9
"""Rankings whose median time counts."""

VACANCIES_TRIED = 50
"""Vacancies among which one with candidates is looked for."""


def judge(
    snapshot: Snapshot,
    challenger: Artifact,
    champion: Artifact | None,
    progress: Progress,
    problem: MutasiError | None = None,
    others: Sequence[Lessons] = (),
) -> Judgement:
    """Return what the gates say of a challenger.

    Args:
        snapshot: What is known; later knowledge than the challenger's is left out.
        challenger: The model that was trained.
        champion: The model that serves; None where there is none that can be used.
        progress: Told what is done.
        problem: Why the champion cannot be used.
        others: What the pasts of other regions taught it.
    """
    learned = challenger.manifest
    snapshot = snapshot.rewound(min(snapshot.as_of, date.fromisoformat(learned.as_of)))
    own, questions = _lessons(snapshot, progress)
    lessons = merged(own, others)
    scored = backtest(lessons, YEARS, progress, questions=questions)
    compared = {name: _compared(one) for name, one in scored.items()}
    clusters = {name: _clusters(one, compared[name]) for name, one in scored.items()}
    duels = {} if champion is None else _duels(lessons, champion, questions)
    ratios = _ratios(snapshot, challenger, champion, progress)
    paces = None if champion is None else _paces(snapshot, challenger, champion)
    before = None if champion is None else champion.manifest
    chances, ratings = ACCEPTED.name, PERFORMANCE.name
    return Judgement(
        as_of=snapshot.as_of.isoformat(),
        region=learned.region,
        challenger=learned.version,
        champion=None if before is None else before.version,
        gates=(
            gates.data_contract(lessons, learned, before, staleness.refusals(snapshot)),
            gates.champion(duels, learned, before, None if problem is None else problem.code),
            gates.baselines(compared),
            gates.calibration(scored.get(chances), clusters.get(chances)),
            gates.coverage(scored.get(ratings), clusters.get(ratings)),
            gates.fairness(ratios),
            gates.latency(paces),
        ),
        backtest=compared,
        bins={name: _bins(one) for name, one in scored.items()},
        duels=duels,
        ratios=ratios,
        paces=paces,
    )


def _lessons(snapshot: Snapshot, progress: Progress) -> tuple[Lessons, tuple[Question, ...]]:
    """Return what a challenger learned from, and what it can be tested on.

    Inferred answers teach, but they are no answers to test on.
    """
    answered, inferred = teaching_answers(snapshot)
    lessons = past_lessons(snapshot, progress, WIDE, answered)
    return lessons, (PERFORMANCE,) if inferred else QUESTIONS


def _compared(scored: Scored) -> Comparison:
    binary = scored.question.task is Task.BINARY
    measures = figures.ACCEPTANCE if binary else figures.PERFORMANCE
    return figures.comparison(scored, measures, figures.DRAWS)


def _clusters(scored: Scored, compared: Comparison) -> NDArray[np.str_]:
    """Return what is drawn together, as in the comparison."""
    of_day = compared.drawn_by == "day"
    return (scored.decided_on if of_day else scored.employee_id).astype(str)


def _bins(scored: Scored) -> Bins:
    draw = curves.calibration_bins if scored.question.task is Task.BINARY else curves.bins
    return draw(scored.label, scored.predictions["model"])


def _duels(
    lessons: Lessons, champion: Artifact, questions: tuple[Question, ...]
) -> dict[str, Duel]:
    found = {question.name: duel(question, lessons, champion) for question in questions}
    return {name: one for name, one in found.items() if one is not None}


def _ratios(
    snapshot: Snapshot, challenger: Artifact, champion: Artifact | None, progress: Progress
) -> tuple[Ratio, ...]:
    models = [model for model in (challenger, champion) if model is not None]
    shown = shares.candidates(snapshot, models, progress)
    return tuple(
        ratio
        for attribute in shares.ATTRIBUTES
        for ratio in shares.ratios(shown, attribute, shares.groups_of(snapshot, shown, attribute))
    )


def _paces(snapshot: Snapshot, challenger: Artifact, champion: Artifact) -> Paces | None:
    """Return how long both take, in turns; None if nobody is eligible for anything."""
    ready = [Recommender(snapshot, model) for model in (challenger, champion)]
    asked = next(
        (
            vacancy.position_id
            for vacancy in ready[0].vacancies()[:VACANCIES_TRIED]
            if ready[0].candidates(vacancy.position_id, limit=1).eligible
        ),
        None,
    )
    if asked is None:
        return None
    rounds = [[_milliseconds(each.candidates(asked)) for each in ready] for _ in range(RUNS + 1)]
    challenger_took, champion_took = (median(took) for took in zip(*rounds[1:], strict=True))
    return Paces(challenger=challenger_took, champion=champion_took)


def _milliseconds(ranking: Ranking) -> float:
    return sum(ranking.timings.values())
