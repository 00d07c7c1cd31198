"""Past vacancies with everyone who could have been named for them.

A vacancy is a position that somebody moved to on a past day; its pool is
everyone in service in its region whom the law allowed to move there, as known on
the eve.  All are scored by the model learned before that year began.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features import prepare
from models.artifact import Head
from models.baseline import PROFILE, profile_score
from models.examples import Progress
from models.learner import Floats
from models.utility import utility
from mutasi.rules import RULES, Case, judge
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import ACTIVE
from pipelines.evaluation.backtest import LAST_RATING, WIDE

DAYS_A_YEAR, VACANCIES_A_DAY = 3, 7
"""How many past days of a year, and vacancies of each, are drawn."""

SMALLEST = 11
"""Candidates below which a list of ten is no choice."""

UNRATED = 50.0
"""Rating that stands in, for ranking, where a person never was rated: the mean."""


@dataclass(frozen=True)
class Heads:
    """What was learned before a year began."""

    performance: Head | None = None
    acceptance: Head | None = None


@dataclass(frozen=True, eq=False)
class Pools:
    """Candidates of past vacancies, one row per candidate and vacancy.

    Attributes:
        vacancy: Number of the vacancy.
        decided_on: Day of each vacancy's decision, by number.
        position_id: The position of each vacancy, by number.
        chosen_count: How many were chosen for each vacancy, by number.
        employee_id: The candidate.
        was_chosen: Whether this candidate was the one who moved.
        performance: Predicted performance, T points; NaN without a head.
        acceptance: Predicted chance of acceptance; NaN without a head.
        scores: What ranks, by ranker, the model's utility first.
    """

    vacancy: NDArray[np.int64]
    decided_on: NDArray[np.datetime64]
    position_id: NDArray[np.object_]
    chosen_count: NDArray[np.int64]
    employee_id: NDArray[np.object_]
    was_chosen: NDArray[np.bool_]
    performance: Floats
    acceptance: Floats
    scores: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.vacancy)


@dataclass(frozen=True, eq=False)
class _Pool:
    """Candidates of one vacancy."""

    day: date
    position_id: str
    chosen_count: int
    employee_id: NDArray[np.object_]
    was_chosen: NDArray[np.bool_]
    performance: Floats
    acceptance: Floats
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
    drawn = _drawn(snapshot, heads, seed)
    found: list[_Pool] = []
    for done, (day, wanted) in enumerate(drawn.items()):
        eve = snapshot.rewound(day - timedelta(days=1))
        found += _pools_of(eve, day, wanted, heads[day.year])
        progress("vacancies", done + 1, len(drawn))
    return _joined(found) if found else None


def _drawn(
    snapshot: Snapshot, heads: Mapping[int, Heads], seed: int
) -> dict[date, dict[str, list[str]]]:
    """Return the days drawn, each with its vacancies and who was chosen for them."""
    moves = snapshot.tables["transfers"]
    moves = moves[(moves["employee"] >= 0) & (moves["position"] >= 0)]
    day = moves["decided_on"].to_numpy("datetime64[s]").astype("datetime64[D]")
    who = snapshot.tables["employees"]["employee_id"].to_numpy(object)[moves["employee"]]
    where = snapshot.tables["positions"]["position_id"].to_numpy(object)[moves["position"]]
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    random = np.random.default_rng(seed)
    drawn: dict[date, dict[str, list[str]]] = {}
    for tested in sorted(heads):
        days: NDArray[Any] = np.unique(day[year == tested])
        for one in np.sort(random.permutation(days)[:DAYS_A_YEAR]):
            posts = np.unique(where[day == one].astype(str))
            drawn[one.item()] = {
                str(post): [str(name) for name in who[(day == one) & (where == post)]]
                for post in np.sort(random.permutation(posts)[:VACANCIES_A_DAY])
            }
    return drawn


def _pools_of(
    eve: Snapshot, day: date, wanted: Mapping[str, list[str]], heads: Heads
) -> list[_Pool]:
    people, posts = eve.employees, eve.positions
    prepared = prepare(eve)
    known = {name: row for row, name in enumerate(posts["position_id"])}
    in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
    found = []
    for position_id, chosen in wanted.items():
        if position_id not in known:
            continue
        row = known[position_id]
        staff = np.flatnonzero(in_service & (people["employee_region"] == posts["region"][row]))
        pairs = eve.pairs(staff, row)
        verdict = judge(RULES, Case(np.datetime64(eve.as_of, "D"), pairs.count, pairs.column))
        eligible = staff[verdict.eligible]
        if len(eligible) < SMALLEST:
            continue
        matrix = prepared.pairs(WIDE, eligible, row)
        names = people["employee_id"][eligible]
        found.append(
            _Pool(
                day,
                position_id,
                len(chosen),
                names,
                np.isin(names.astype(str), chosen),
                *_scored(matrix, heads),
            )
        )
    return found


def _scored(matrix: Floats, heads: Heads) -> tuple[Floats, Floats, Mapping[str, Floats]]:
    """Return predicted performances and chances, and what each ranker ranks by."""
    unknown = np.full(len(matrix), np.nan)
    rating = _columns(matrix, (LAST_RATING,))[:, 0]
    profile = profile_score(_columns(matrix, PROFILE))
    performance = acceptance = None
    if heads.performance is not None:
        performance = heads.performance.raw(_columns(matrix, heads.performance.columns))
    if heads.acceptance is not None:
        acceptance = heads.acceptance.chance(_columns(matrix, heads.acceptance.columns))
    value = profile if performance is None else performance
    scores = {
        "model": utility(value, acceptance),
        "random": np.zeros(len(matrix)),
        "last_rating": np.where(np.isnan(rating), UNRATED, rating),
        "profile": profile,
    }
    return (
        unknown if performance is None else performance,
        unknown if acceptance is None else acceptance,
        scores,
    )


def _columns(matrix: Floats, names: tuple[str, ...]) -> Floats:
    return matrix[:, [WIDE.index(name) for name in names]]


def _joined(found: list[_Pool]) -> Pools:
    return Pools(
        vacancy=np.repeat(np.arange(len(found)), [len(pool.employee_id) for pool in found]),
        decided_on=np.array([pool.day for pool in found], "datetime64[D]"),
        position_id=np.array([pool.position_id for pool in found], object),
        chosen_count=np.array([pool.chosen_count for pool in found]),
        employee_id=np.concatenate([pool.employee_id for pool in found]),
        was_chosen=np.concatenate([pool.was_chosen for pool in found]),
        performance=np.concatenate([pool.performance for pool in found]),
        acceptance=np.concatenate([pool.acceptance for pool in found]),
        scores={
            name: np.concatenate([pool.scores[name] for pool in found]) for name in found[0].scores
        },
    )
