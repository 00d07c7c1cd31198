"""One invented region: lived through, learned from, and asked about its vacancies."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import process_time

import numpy as np

from models.candidates import Candidates
from models.conformal import group
from models.examples import Lessons
from models.learner import Floats
from models.policies import POLICIES
from models.scoring import Gains, Scorer
from models.training import Learned, learn
from models.value import Value, Valuer
from pipelines.evaluation.backtest import Scored, backtest
from pipelines.regions import regret
from pipelines.regions.asked import Ints, Mask, Truths, asked, of_people, people_of, some
from pipelines.regions.design import Trial
from pipelines.regions.rivals import FEWER, PRODUCT, Said, of_product, rivals

YEARS = 2
"""Latest years that are tested for coverage and calibration."""

DRAWS = 300
"""Draws behind every interval."""

SHARE = 0.3
"""Share of the people whom the product knows where it is to do with fewer."""


@dataclass(frozen=True, eq=False)
class Compared:
    """Predictions beside the truth.

    Attributes:
        vacancy: Vacancy of each pair.
        person: Person of each, by a number.
        true_performance: The truth of each, T points.
        true_acceptance: The true chance.
        performance: What each predictor said, by name.
        acceptance: The same of the chance.
        regret: By predictor, true utility lost by the first of each vacancy, on average.
        at_hand: The same where not everybody is at hand, draw by draw.
        plan_regret: By predictor, true utility lost a vacancy by the best plan.
    """

    vacancy: Ints
    person: Ints
    true_performance: Floats
    true_acceptance: Floats
    performance: Mapping[str, Floats]
    acceptance: Mapping[str, Floats]
    regret: Mapping[str, float]
    at_hand: Mapping[str, Floats]
    plan_regret: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Kept:
    """What the product says of its own sureness, beside what came.

    Attributes:
        held: Whether the 90% interval held each rating of the back-test.
        thin: How much was known of the person: 0 the most, 2 the least.
        chance: Stated chances of the back-test.
        accepted: What came of them.
        gain_held: Whether the 90% interval held each true gain.
        gain: Stated gain of each pair.
        true_gain: The truth.
        evidence: Share of eligible pairs with enough evidence.
    """

    held: Mask
    thin: Ints
    chance: Floats
    accepted: Floats
    gain_held: Mask
    gain: Floats
    true_gain: Floats
    evidence: float


@dataclass(frozen=True)
class Worth:
    """What one policy is worth, T points a move.

    Attributes:
        value: By the product.
        realised: In truth.
        best: The most that any choice gains.
        naive_promised: By plain LightGBM, of what it chose.
        naive_realised: In truth.
    """

    value: Value
    realised: float
    best: float
    naive_promised: float
    naive_realised: float


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one region.

    Attributes:
        trial: Which.
        moves: Rated moves that were learned from.
        offers: Answers that were learned from.
        compared: Predictions beside the truth.
        kept: Sureness beside what came.
        worth: Policies by name.
        parts: Parts of the performance head that earned their place.
        seconds: CPU seconds.
    """

    trial: Trial
    moves: int
    offers: int
    compared: Compared
    kept: Kept
    worth: Mapping[str, Worth]
    parts: tuple[str, ...]
    seconds: float


def run(trial: Trial, *, with_fewer: bool = False) -> Outcome:
    """Invent a region, learn from its past and ask about its open positions.

    Args:
        trial: Which region.
        with_fewer: Also learn from some of its people alone.
    """
    start = process_time()
    region = asked(trial)
    lessons, candidates, truth = region.lessons, region.candidates, region.truth
    learned = learn(lessons)
    scorer = Scorer(learned.heads)
    said = {PRODUCT: of_product(scorer, candidates), **rivals(lessons, candidates)}
    if with_fewer:
        said[FEWER] = of_product(Scorer(learn(_of_some(lessons)).heads), candidates)
    rows = some(candidates)
    head = learned.heads["performance"]
    return Outcome(
        trial=trial,
        moves=len(lessons.performance),
        offers=len(lessons.acceptance),
        compared=_compared(candidates, truth, said, rows),
        kept=_kept(backtest(lessons, YEARS), scorer, candidates, truth, rows),
        worth=_worth(lessons, learned, candidates, truth, said["lightgbm"]),
        parts=tuple(one.part for one in head.facts.trials if one.is_kept),
        seconds=process_time() - start,
    )


def _of_some(lessons: Lessons) -> Lessons:
    """Return what the past of some of the people teaches."""
    people = people_of(lessons)
    known = np.random.default_rng(0).random(len(people)) < SHARE
    return of_people(lessons, people[known])


def _compared(
    candidates: Candidates, truth: Truths, said: Mapping[str, Said], rows: Ints
) -> Compared:
    scores = [(name, one.score) for name, one in said.items()]
    return Compared(
        vacancy=candidates.vacancy[rows],
        person=np.unique(candidates.employee_id[rows].astype(str), return_inverse=True)[1],
        true_performance=truth.performance[rows],
        true_acceptance=truth.acceptance[rows],
        performance={
            name: one.performance[rows] for name, one in said.items() if one.performance is not None
        },
        acceptance={
            name: one.acceptance[rows] for name, one in said.items() if one.acceptance is not None
        },
        regret={name: regret.of_lists(candidates, each, truth.utility) for name, each in scores},
        at_hand=regret.at_hand(candidates, dict(scores), truth.utility, DRAWS),
        plan_regret={
            name: regret.of_plan(candidates, each, truth.utility) for name, each in scores
        },
    )


def _kept(
    tested: Mapping[str, Scored],
    scorer: Scorer,
    candidates: Candidates,
    truth: Truths,
    rows: Ints,
) -> Kept:
    ratings, answers = tested.get("performance"), tested.get("acceptance")
    moving, staying = (
        candidates.columns(matrix, scorer.names)[rows]
        for matrix in (candidates.moving, candidates.staying)
    )
    gains: Gains = scorer.gains(moving, staying, np.ones(len(rows), dtype=bool))
    true_gain = truth.gain[rows]
    held, thin = np.empty(0, dtype=bool), np.empty(0, dtype=np.int64)
    if ratings is not None and ratings.low is not None and ratings.high is not None:
        held = np.asarray((ratings.label >= ratings.low) & (ratings.label <= ratings.high))
        thin = group(ratings.evidence, np.quantile(ratings.evidence, (1 / 3, 2 / 3)))
    return Kept(
        held=held,
        thin=thin,
        chance=np.empty(0) if answers is None else answers.predictions["model"],
        accepted=np.empty(0) if answers is None else answers.label,
        gain_held=np.asarray((true_gain >= gains.low) & (true_gain <= gains.high)),
        gain=gains.gain,
        true_gain=true_gain,
        evidence=float(scorer.scores(moving).has_evidence.mean()),
    )


def _worth(
    lessons: Lessons,
    learned: Learned,
    candidates: Candidates,
    truth: Truths,
    naive: Said,
) -> dict[str, Worth]:
    head = learned.heads["performance"]
    values = Valuer(lessons, head).values(candidates)
    then, now = (
        head.net(candidates.columns(matrix, head.columns))
        for matrix in (candidates.moving, candidates.staying)
    )
    assert naive.performance is not None, "plain LightGBM predicts performances"
    assert naive.staying is not None, "and what staying leads to"
    promised = naive.performance - naive.staying
    found = {}
    for name, policy in POLICIES.items():
        taken, naively = policy(candidates, then - now), policy(candidates, promised)
        found[name] = Worth(
            value=values[name],
            realised=float(truth.gain[taken].mean()),
            best=float(truth.gain[policy(candidates, truth.gain)].mean()),
            naive_promised=float(promised[naively].mean()),
            naive_realised=float(truth.gain[naively].mean()),
        )
    return found
