"""How well scores of pairs reproduce who got which post."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from features.sets import PLACEMENT
from models import metrics, ranking_metrics
from models.intervals import Interval, interval
from pipelines.ias.questions import Floats, Question

FIGURES: Final = ("ndcg_at_10", "hit_at_1", "hit_at_10", "mrr", "auc", "plan", "named")
"""The figures of a ranking: of the list of movers for each post, of a one-to-one
plan (``plan``: share of real postings that it reproduces), and of congestion
(``named``: movers who stand first on some list, by posts)."""

ROUNDS: Final = 50
SERVICE_PER_GRADE: Final = 5.0
"""Years of service that weigh as much as a grade in the rule."""

ENOUGH_YEARS: Final = 4.0
FIELD_WEIGHT: Final = 0.5

Scores = Sequence[Floats]
"""For each question the score of each pair, the higher the better."""


def by_chance(questions: Sequence[Question]) -> Scores:
    """Return scores that know nothing."""
    return [np.zeros(len(question.matrix)) for question in questions]


def by_rule(questions: Sequence[Question]) -> Scores:
    """Return the scores of the hand-made rule on grade, service and field.

    The mover whose grade and service are nearest to those with which earlier
    holders came, with up to half a grade for four years or more in the field.
    Where the post itself had no holder, those of like posts stand in.
    """
    return [
        -np.abs(_gap(question.matrix, "grade"))
        - np.abs(_gap(question.matrix, "service")) / SERVICE_PER_GRADE
        + FIELD_WEIGHT * np.minimum(_field_years(question.matrix), ENOUGH_YEARS) / ENOUGH_YEARS
        for question in questions
    ]


def balanced(questions: Sequence[Question], log_odds: Scores) -> Scores:
    """Return scores under which every mover gets one post and every post one mover.

    The odds of each reshuffle are scaled until the chances of each mover and of
    each post sum to one (Sinkhorn & Knopp 1967): a good mover is not offered to
    every post.
    """
    scaled = []
    for question, raw in zip(questions, log_odds, strict=True):
        table = raw.reshape(len(question.reshuffle), -1)
        for _ in range(ROUNDS):
            table = table - np.logaddexp.reduce(table, axis=1, keepdims=True)
            table = table - np.logaddexp.reduce(table, axis=0, keepdims=True)
        scaled.append(table.ravel())
    return scaled


def figures(questions: Sequence[Question], scores: Scores, draws: int) -> dict[str, Interval]:
    """Return every figure with its bootstrap interval over reshuffles.

    Scores that know nothing get their expectation: equal scores share their
    ranks, and the plan is drawn by lot.
    """
    values = figures_by_post(questions, scores)
    reshuffle = np.repeat(
        np.arange(len(questions)), [len(question.reshuffle) for question in questions]
    )
    found = {
        name: interval(_mean, value, groups=reshuffle, draws=draws)
        for name, value in values.items()
    }
    areas = [
        metrics.auc(question.is_real.astype(float), score)
        for question, score in zip(questions, scores, strict=True)
    ]
    found["auc"] = interval(_mean, np.array(areas), draws=draws)
    return {name: found[name] for name in FIGURES}


def figures_by_post(questions: Sequence[Question], scores: Scores) -> dict[str, Floats]:
    """Return the figures that are means over posts, one value per post."""
    real, score, post = [], [], []
    start = 0
    for question, raw in zip(questions, scores, strict=True):
        count = len(question.reshuffle)
        real.append(question.is_real.astype(float))
        score.append(raw)
        post.append(start + np.tile(np.arange(count), count))
        start += count
    lists = (np.concatenate(real), np.concatenate(score), np.concatenate(post))
    pairs = list(zip(questions, scores, strict=True))
    return {
        "ndcg_at_10": ranking_metrics.ndcg_at(*lists, k=10),
        "hit_at_1": ranking_metrics.hit_at(*lists, k=1),
        "hit_at_10": ranking_metrics.hit_at(*lists, k=10),
        "mrr": ranking_metrics.mrr(*lists),
        "plan": np.concatenate([_planned(question, score) for question, score in pairs]),
        "named": np.concatenate([_first_on_lists(question, score) for question, score in pairs]),
    }


def _planned(question: Question, score: Floats) -> Floats:
    """Return for each mover whether the best one-to-one plan gives him his post."""
    posts = question.reshuffle.position_id
    if np.ptp(score) == 0:
        _, place, count = np.unique(posts.astype(str), return_inverse=True, return_counts=True)
        return np.asarray(count[place] / len(posts), dtype=np.float64)
    _, taken = linear_sum_assignment(-score.reshape(len(posts), -1))
    return np.asarray(posts[taken] == posts, dtype=np.float64)


def _first_on_lists(question: Question, score: Floats) -> Floats:
    """Return for each mover whether he stands first on some post's list."""
    table = score.reshape(len(question.reshuffle), -1)
    return np.asarray((table == table.max(axis=0)).any(axis=1), dtype=np.float64)


def _gap(matrix: Floats, fact: str) -> Floats:
    """Return the gap to the first level of which holders are known; 0 where none is."""
    gap: NDArray[np.float64] = np.full(len(matrix), np.nan)
    for level in ("post", "speciality", "title", "family"):
        column = matrix[:, PLACEMENT.index(f"{fact}_above_{level}_holders")]
        gap = np.where(np.isnan(gap), column, gap)
    return np.nan_to_num(gap)


def _field_years(matrix: Floats) -> Floats:
    return np.nan_to_num(matrix[:, PLACEMENT.index("years_in_function")])


def _mean(values: Floats) -> float:
    return float(np.mean(values))
