"""Who predicts: the product, and what it is measured against."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.baseline import PROFILE, profile_score
from models.candidates import Candidates
from models.examples import Lessons
from models.fitting import Config, LinearConfig, fit
from models.learner import Floats, Learner, Task, probability
from models.scoring import Scorer
from models.utility import utility
from pipelines.evaluation.backtest import (
    ACCEPTED,
    LAST_RATING,
    PERFORMANCE,
    PLAIN_RIDGE,
    PLAIN_TREES,
    Question,
    examples_of,
)

PRODUCT, FEWER = "model", "model_fewer"
"""The product, and the product that knows a third of the people."""


LAST = 1000.0
"""What puts a pair without evidence after all others."""


@dataclass(frozen=True, eq=False)
class Said:
    """What one predictor says of candidates.

    Attributes:
        performance: T points after the move; None where it predicts none.
        acceptance: Chance; None where it predicts none.
        staying: T points in the present post; None where it predicts none.
        score: What it ranks by.
    """

    performance: Floats | None
    acceptance: Floats | None
    staying: Floats | None
    score: Floats


def of_product(scorer: Scorer, candidates: Candidates) -> Said:
    """Return what the product says; those without enough evidence come last."""
    assert scorer.performance is not None, "every region has enough moves to learn from"
    scores = scorer.scores(candidates.columns(candidates.moving, scorer.names))
    columns = scorer.performance.columns
    return Said(
        scores.value,
        scores.acceptance,
        scorer.performance.net(candidates.columns(candidates.staying, columns)),
        scores.utility - np.where(scores.has_evidence, 0.0, LAST),
    )


def of_plain(config: Config, lessons: Lessons, candidates: Candidates) -> Said:
    """Return what one learner says that is fitted to moves and answers as they come."""
    performance = _plain(config, PERFORMANCE, lessons)
    acceptance = _plain(config, ACCEPTED, lessons)
    then, now = (
        performance.raw(candidates.columns(matrix, PERFORMANCE.names))
        for matrix in (candidates.moving, candidates.staying)
    )
    chance = probability(acceptance.raw(candidates.columns(candidates.moving, ACCEPTED.names)))
    return Said(then, chance, now, utility(then, chance))


def of_last_rating(candidates: Candidates) -> Said:
    """Return what the last rating says: people do everywhere as they did."""
    rating = candidates.columns(candidates.moving, (LAST_RATING,))[:, 0]
    known = np.where(np.isnan(rating), 50.0, rating)
    return Said(known, None, known, known)


def of_profile(candidates: Candidates) -> Said:
    """Return what the profile-matching score ranks."""
    score = profile_score(candidates.columns(candidates.moving, PROFILE))
    return Said(None, None, None, score)


def rivals(lessons: Lessons, candidates: Candidates) -> Mapping[str, Said]:
    """Return what the baselines say, by name."""
    return {
        "last_rating": of_last_rating(candidates),
        "profile": of_profile(candidates),
        "ridge": of_plain(PLAIN_RIDGE, lessons, candidates),
        "lightgbm": of_plain(PLAIN_TREES, lessons, candidates),
    }


def _plain(config: Config, question: Question, lessons: Lessons) -> Learner:
    examples = examples_of(question, lessons)
    if question.task is Task.BINARY and len(np.unique(examples.label)) < 2:
        config = LinearConfig(penalty=1e9)
    return fit(examples.columns(question.names), examples.label, question.task, config)
