"""What a plan is worth, told by models that did not choose it.

The model that chose a plan overrates what it chose.  So the whole plan is made again: by
a model of each half of the people, valued by one of the other half; and in a past in
which person and post do not match, to see what would be promised then.  What came of
those whom the past named tells of lists made the same way, where enough of them overlap.
"""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pandas as pd

from models.artifact import Head
from models.candidates import Candidates, Ints, past_candidates
from models.examples import NAMES, Lessons, Progress, past_lessons
from models.learner import Floats
from models.policies import Policy
from models.recommender import Recommender
from models.training import LEAST_MOVES
from models.value import NULLS, Value, Valuer, propensities
from mutasi.errors import PlanNotFound
from mutasi.planning import steps
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import Plan
from mutasi.planning.request import PlanRequest
from pipelines.pages.figure import Figure
from pipelines.planning.question import Question
from pipelines.planning.schema_worth import Overlap, Verdict, Withheld, Worth
from pipelines.planning.worth import worth

FEW = 1000
"""Rated moves below which promises are known to be mostly luck (docs/bench.md)."""

LEAST_SECONDS = 1.0
"""What each plan that is made again may take at least."""

YEARS, DAYS, VACANCIES_A_DAY = 3, 18, 8
"""How many of the latest years' past vacancies are asked about, how many days of them are
drawn, and vacancies of each."""


def valued(
    recommender: Recommender,
    asked: Question,
    plan: Plan,
    request: PlanRequest,
    progress: Progress,
) -> Worth | Withheld:
    """Return what a plan is worth by models that did not choose it, or why nobody can say.

    Args:
        recommender: The region, with the model that chose.
        asked: What the numbers of the plan stand for.
        plan: The plan.
        request: What was asked; making plans again takes about as long as it allows.
        progress: Told what is done.
    """
    head = None if recommender.artifact is None else recommender.artifact.performance
    if head is None:
        return "no_model"
    gain = asked.offers.value - asked.offers.staying
    promised = gain[plan.moves][~np.isnan(gain[plan.moves])]
    if not len(promised):
        return "nobody_gains"
    began = perf_counter()
    lessons = past_lessons(recommender.snapshot, progress, _names(head))
    if len(lessons.performance) < LEAST_MOVES:
        return "few_moves"
    valuer = Valuer(lessons, head)
    holders = np.flatnonzero(~np.isnan(asked.offers.staying))
    candidates = _candidates(recommender, asked, holders, valuer.names)
    total = NULLS + 1
    progress("worth", 0, total)
    try:
        value = valuer.values(
            candidates,
            policies={"plan": again(asked, request, holders)},
            done=lambda number: progress("worth", number, total),
        )["plan"]
    except PlanNotFound:
        return "no_time"
    overlap = _overlap(recommender, lessons, valuer)
    progress("worth", total, total)
    return Worth(
        moves=len(promised),
        promised=float(promised.mean()),
        cross_fitted=Figure.of(value.cross_fitted),
        nulls=NULLS,
        null=float(np.median(value.null)),
        null_cross_fitted=value.bound,
        verdict=verdict(value),
        learned=len(lessons.performance),
        is_thin=len(lessons.performance) < FEW,
        overlap=overlap,
        seconds=perf_counter() - began,
    )


def verdict(value: Value) -> Verdict:
    """Return what may be said of a plan by the model that did not choose."""
    if value.cross_fitted.high < 0:
        return "loss"
    if not value.cross_fitted.low > 0:
        return "unsure"
    return "gain" if value.is_told_from_null else "chance"


def _names(head: Head) -> tuple[str, ...]:
    """Return the features that the past must be told with."""
    return tuple(dict.fromkeys((*NAMES, *head.columns)))


def _candidates(
    recommender: Recommender, asked: Question, rows: Ints, names: tuple[str, ...]
) -> Candidates:
    """Return the pairs of a plan of people who hold a post, as candidates for vacancies."""
    snapshot, found = recommender.snapshot, asked.offers.at(rows)
    posts, vacancy = np.unique(found.position, return_inverse=True)
    present = snapshot.employees["position"][found.employee]
    return Candidates(
        names=names,
        vacancy=vacancy.astype(np.int64),
        employee_id=snapshot.employees["employee_id"][found.employee],
        position_id=snapshot.positions["position_id"][posts],
        decided_on=np.full(len(posts), np.datetime64(snapshot.as_of, "D")),
        moving=recommender.prepared.pairs(names, found.employee, found.position),
        staying=recommender.prepared.pairs(names, found.employee, present),
        was_named=np.zeros(len(rows), dtype=bool),
    )


def again(asked: Question, request: PlanRequest, holders: Ints) -> Policy:
    """Return what makes the same plan again by other gains of those who hold a post.

    All else that was asked stays: law, seats, floors, limits, pins, wishes and weights.
    """
    row = np.full(len(asked.offers.employee), -1)
    row[holders] = np.arange(len(holders))
    seconds = max(request.seconds / (3 * NULLS), LEAST_SECONDS)

    def planned(_: Candidates, gain: Floats) -> Ints:
        value = asked.offers.value.copy()
        value[holders] = asked.offers.staying[holders] + gain
        told = worth(asked.known, replace(asked.offers, value=value), request)
        moves = row[optimize(replace(asked.problem, worth=steps(told)), seconds).moves]
        return np.asarray(moves[moves >= 0])

    return planned


def _overlap(recommender: Recommender, lessons: Lessons, valuer: Valuer) -> Overlap:
    """Return what came of those whom the past named, where lists made alike name them too."""
    proposal, snapshot = recommender.scorer.proposal, recommender.snapshot
    if proposal is None:
        return Overlap(withheld="no_proposals")
    until = pd.Timestamp(snapshot.as_of)
    since = np.datetime64(until - pd.DateOffset(years=YEARS), "D")
    names = tuple(dict.fromkeys((*valuer.names, *proposal.columns)))
    candidates = past_candidates(
        snapshot,
        names,
        since,
        np.datetime64(until, "D"),
        DAYS,
        VACANCIES_A_DAY,
    )
    if not candidates.was_named.any():
        return Overlap(withheld="nobody_named")
    before = lessons.known_before(since)
    if len(before.performance) < LEAST_MOVES:
        return Overlap(vacancies=len(candidates.position_id), withheld="thin")
    gain, effective = Valuer(before, valuer.head).doubly_robust(
        candidates,
        propensities(candidates, proposal),
        valuer.outcomes(candidates),
    )
    return Overlap(
        gain=None if gain is None else Figure.of(gain),
        vacancies=len(candidates.position_id),
        effective=effective,
        withheld="thin" if gain is None else None,
    )
