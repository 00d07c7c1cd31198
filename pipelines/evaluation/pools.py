"""Past vacancies with everyone who could have been named for them, scored.

All are scored by the model that was learned before that year began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.frames import moves_in_effect
from models import proposals
from models.artifact import Head
from models.examples import Progress
from models.learner import Floats
from models.proposals import drawn, with_ids
from models.scoring import Gains, Scorer, Scores
from mutasi.snapshot import Snapshot
from pipelines.evaluation.backtest import LAST_RATING

DAYS_A_YEAR, VACANCIES_A_DAY = 6, 12
"""How many past days of a year, and vacancies of each, are drawn."""

SMALLEST = 11
"""Candidates below which a list of ten is no choice."""

SAMPLED = 30
"""Candidates of each vacancy, drawn at random, whose gains are predicted too."""

UNRATED = 50.0
"""Rating that stands in, for ranking, where a person never was rated: the mean."""

BEHIND = 1000.0
"""What puts candidates without enough evidence behind all others, as the product does."""


@dataclass(frozen=True)
class Heads:
    """What was learned before a year began."""

    performance: Head | None = None
    acceptance: Head | None = None
    proposal: Head | None = None


@dataclass(frozen=True, eq=False)
class Pools:
    """Candidates of past vacancies, one row per candidate and vacancy.

    Attributes:
        vacancy: Number of the vacancy.
        decided_on: Day of each vacancy's decision, by number.
        position_id: The position of each vacancy, by number.
        chosen_count: How many were chosen for each vacancy, by number.
        employee_id: The candidate.
        present_id: The position that the candidate held; None for none.
        was_chosen: Whether this candidate was the one who moved.
        has_evidence: Whether the past can speak of the pair at all.
        performance: Predicted performance, leniency of raters apart, T points; NaN
            without a head.
        acceptance: Predicted chance of acceptance; NaN without a head.
        is_sampled: Whether the candidate is one of :data:`SAMPLED` whose gain is
            predicted.
        gain: Predicted gain over staying, T points; NaN where none is.
        gain_low: Lower end of its 90 % interval.
        gain_high: Upper end.
        scores: What ranks, by ranker, the model's utility first.
    """

    vacancy: NDArray[np.int64]
    decided_on: NDArray[np.datetime64]
    position_id: NDArray[np.object_]
    chosen_count: NDArray[np.int64]
    employee_id: NDArray[np.object_]
    present_id: NDArray[np.object_]
    was_chosen: NDArray[np.bool_]
    has_evidence: NDArray[np.bool_]
    performance: Floats
    acceptance: Floats
    is_sampled: NDArray[np.bool_]
    gain: Floats
    gain_low: Floats
    gain_high: Floats
    scores: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.vacancy)

    @property
    def day(self) -> NDArray[np.datetime64]:
        """The day of decision of each row."""
        return self.decided_on[self.vacancy]


@dataclass(frozen=True, eq=False)
class _Scored:
    """One vacancy's candidates with what is predicted of them."""

    pool: proposals.Pool
    present_id: NDArray[np.object_]
    has_evidence: NDArray[np.bool_]
    performance: Floats
    acceptance: Floats
    is_sampled: NDArray[np.bool_]
    gain: Floats
    gain_low: Floats
    gain_high: Floats
    scores: Mapping[str, Floats]


def pools(
    snapshot: Snapshot, heads: Mapping[int, Heads], progress: Progress, seed: int = 0
) -> Pools | None:
    """Return pools of vacancies drawn from the test years; None if there are none.

    Args:
        snapshot: What is known now.
        heads: What was learned before each test year.
        progress: Told after each day.
        seed: Which vacancies are drawn.
    """
    moves = moves_in_effect(snapshot).rename(columns={"decided_on": "day"})
    moved = with_ids(snapshot, moves[["day", "employee", "position"]])
    random = np.random.default_rng(seed)
    rows = [
        drawn(moved[moved["day"].dt.year == year], random, DAYS_A_YEAR, VACANCIES_A_DAY)
        for year in sorted(heads)
    ]
    if not rows:
        return None
    scorers = {year: _scorer(of_year) for year, of_year in heads.items()}
    found = [
        _scored(pool, scorers[pool.day.year], random)
        for pool in proposals.pools(
            snapshot,
            pd.concat(rows, ignore_index=True),
            lambda done, total: progress("vacancies", done, total),
        )
        if len(pool.eligible) >= SMALLEST
    ]
    return _joined(found) if found else None


def _scorer(heads: Heads) -> Scorer:
    """Return the scorer of what was learned before a year, as it would have served."""
    known = {each.name: getattr(heads, each.name) for each in fields(heads)}
    return Scorer({name: head for name, head in known.items() if head is not None})


def _scored(pool: proposals.Pool, scorer: Scorer, random: np.random.Generator) -> _Scored:
    """Return what is predicted of the candidates, and what each ranker ranks by."""
    matrix = pool.features(scorer.names)
    rating = pool.features((LAST_RATING,))[:, 0]
    found = scorer.scores(matrix)
    unknown = np.full(len(matrix), np.nan)
    present = pool.prepared.snapshot.employees["position"][pool.eligible]
    sampled = np.sort(random.permutation(len(matrix))[:SAMPLED])
    gains = _gains(pool, scorer, matrix, sampled, present)
    return _Scored(
        pool,
        pool.prepared.snapshot.present("position_id")[pool.eligible],
        found.has_evidence,
        unknown if found.performance is None else found.value,
        unknown if found.acceptance is None else found.acceptance,
        np.isin(np.arange(len(matrix)), sampled),
        gains.gain,
        gains.low,
        gains.high,
        {
            "model": _worth(found),
            "random": np.zeros(len(matrix)),
            "last_rating": np.where(np.isnan(rating), UNRATED, rating),
            "profile": scorer.profile(matrix),
        },
    )


def _worth(found: Scores) -> Floats:
    return np.where(found.has_evidence, found.utility, found.utility - BEHIND)


def _gains(
    pool: proposals.Pool,
    scorer: Scorer,
    matrix: Floats,
    sampled: NDArray[np.int64],
    present: NDArray[np.int64],
) -> Gains:
    """Return the gains of some candidates; NaN for the others."""
    every = np.full((3, len(matrix)), np.nan)
    if scorer.performance is not None:
        who, where = pool.eligible[sampled], present[sampled]
        staying = pool.prepared.pairs(scorer.names, who, where)
        found = scorer.gains(matrix[sampled], staying, where >= 0)
        every[:, sampled] = found.gain, found.low, found.high
    return Gains(*every)


ROWS = tuple(each.name for each in fields(_Scored) if each.name not in {"pool", "scores"})


def _joined(found: list[_Scored]) -> Pools:
    each = [one.pool for one in found]
    return Pools(
        vacancy=np.repeat(np.arange(len(each)), [len(pool.eligible) for pool in each]),
        decided_on=np.array([pool.day for pool in each], "datetime64[D]"),
        position_id=np.array([pool.position_id for pool in each], object),
        chosen_count=np.array([pool.named_count for pool in each]),
        employee_id=np.concatenate([pool.employee_id for pool in each]),
        was_chosen=np.concatenate([pool.was_named for pool in each]),
        scores={
            name: np.concatenate([one.scores[name] for one in found]) for name in found[0].scores
        },
        **{name: np.concatenate([getattr(one, name) for one in found]) for name in ROWS},
    )
