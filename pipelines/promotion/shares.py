"""How often each group of people is among the first ten for past vacancies.

Who is chosen is counted against how many of the group would be if everybody who was
eligible for the same vacancy had the same chance, so that being eligible where many
are is no disadvantage.  Groups audit; they are never handed to a model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.artifact import Artifact
from models.examples import Progress
from models.fairness import SUPPRESSION_THRESHOLD
from models.intervals import resampled
from models.learner import Floats
from models.proposals import Pool, drawn, lately, named, pools
from models.scoring import Scorer
from mutasi.snapshot import Snapshot
from pipelines.pages.figure import Figure
from pipelines.promotion.schema import Ratio

FIRST = 10
"""How far down a list one looks."""

YEARS = 3
DAYS, VACANCIES_A_DAY = 12, 5
"""How far back, how many days, and how many vacancies of each, are looked at."""

DRAWS = 1000
ATTRIBUTES = ("sex", "kind")


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates of past vacancies, one row per candidate and vacancy.

    Attributes:
        vacancy: Number of the vacancy.
        day: Day of its decision.
        employee_id: The candidate.
        is_first: Whether each model puts the candidate among the first ten; shape
            ``(rows, models)``.
    """

    vacancy: NDArray[np.int64]
    day: NDArray[np.datetime64]
    employee_id: NDArray[np.object_]
    is_first: NDArray[np.bool_]


def candidates(
    snapshot: Snapshot, models: Sequence[Artifact], progress: Progress, seed: int = 0
) -> Candidates:
    """Return the candidates of vacancies drawn from the latest years.

    Args:
        snapshot: What is known.
        models: Each puts them in order.
        progress: Told after each day.
        seed: Which vacancies are drawn.
    """
    rows = lately(named(snapshot), snapshot.as_of, YEARS)
    chosen = drawn(rows, np.random.default_rng(seed), DAYS, VACANCIES_A_DAY)
    scorers = [Scorer(model.heads) for model in models]
    found = [
        (pool, _first(pool, scorers))
        for pool in pools(snapshot, chosen, lambda done, total: progress("shares", done, total))
        if len(pool.eligible) > FIRST
    ]
    size = [len(pool.eligible) for pool, _ in found]
    days = np.array([pool.day for pool, _ in found], "datetime64[D]")
    return Candidates(
        vacancy=np.repeat(np.arange(len(found)), size),
        day=np.repeat(days, size),
        employee_id=np.concatenate([np.empty(0, object), *(pool.employee_id for pool, _ in found)]),
        is_first=np.concatenate(
            [np.empty((0, len(scorers)), dtype=bool), *(first for _, first in found)]
        ),
    )


def ratios(shown: Candidates, attribute: str, group: NDArray[np.object_]) -> list[Ratio]:
    """Return how often each group is among the first ten, against the most frequent one.

    Args:
        shown: The candidates, put in order by the challenger, and by the champion if
            there is one.
        attribute: What tells the groups apart.
        group: Group of each candidate; None where it is not on record.
    """
    told = _told(shown, group)
    if len(told) < 2:
        return []
    expected = _expected(shown, group, told)
    taken = [_taken(shown, group, told, model) for model in range(shown.is_first.shape[1])]
    reference = int(np.argmax(taken[0].sum(axis=0) / expected.sum(axis=0)))
    others = [place for place in range(len(told)) if place != reference]

    def figures(expected: Floats, *taken: Floats) -> Floats:
        rate = _over(np.array([one.sum(axis=0) for one in taken]), expected.sum(axis=0))
        return _over(rate, rate[:, [reference]])[:, others].ravel()

    found = resampled(figures, expected, *taken, groups=_day_of(shown), draws=DRAWS)
    return [
        Ratio(
            attribute=attribute,
            group=told[place],
            reference=told[reference],
            people=_people(shown, group, told[place]),
            challenger=Figure.of(found.interval(number)),
            champion=Figure.of(found.interval(len(others) + number)) if len(taken) > 1 else None,
        )
        for number, place in enumerate(others)
        if not np.isnan(found.values[number])
    ]


def groups_of(snapshot: Snapshot, shown: Candidates, attribute: str) -> NDArray[np.object_]:
    """Return the group of each candidate; None where it is not on record."""
    people = snapshot.tables["employees"]
    row = pd.Index(people["employee_id"]).get_indexer(pd.Index(shown.employee_id))
    values = people[attribute].astype(object).to_numpy()[row]
    found: NDArray[np.object_] = values.copy()
    found[pd.isna(values)] = None
    return found


def _over(above: Floats, below: Floats) -> Floats:
    """Return quotients; NaN where nothing is below."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _first(pool: Pool, scorers: Sequence[Scorer]) -> NDArray[np.bool_]:
    """Return whom each model puts among the first ten."""
    chosen = np.zeros((len(pool.eligible), len(scorers)), dtype=bool)
    for place, scorer in enumerate(scorers):
        chosen[scorer.scores(pool.features(scorer.names)).best(FIRST), place] = True
    return chosen


def _told(shown: Candidates, group: NDArray[np.object_]) -> list[str]:
    """Return the groups that are large enough to be told of."""
    known = pd.DataFrame({"who": shown.employee_id, "group": group}).dropna().drop_duplicates()
    count = known["group"].value_counts()
    return sorted(str(name) for name in count.index[count >= SUPPRESSION_THRESHOLD])


def _people(shown: Candidates, group: NDArray[np.object_], name: str) -> int:
    return len(np.unique(shown.employee_id[group == name].astype(str)))


def _taken(
    shown: Candidates, group: NDArray[np.object_], told: Sequence[str], model: int
) -> Floats:
    """Return how many of each group one model chooses for each vacancy."""
    return _sums(shown, group, told, shown.is_first[:, model].astype(float))


def _expected(shown: Candidates, group: NDArray[np.object_], told: Sequence[str]) -> Floats:
    """Return how many of each group would be chosen for each vacancy by lot."""
    size = np.bincount(shown.vacancy)
    return _sums(shown, group, told, FIRST / size[shown.vacancy])


def _sums(
    shown: Candidates, group: NDArray[np.object_], told: Sequence[str], weight: Floats
) -> Floats:
    vacancies = int(shown.vacancy.max()) + 1
    return np.column_stack(
        [
            np.bincount(shown.vacancy, np.where(group == name, weight, 0.0), vacancies)
            for name in told
        ]
    )


def _day_of(shown: Candidates) -> NDArray[np.str_]:
    """Return the day of each vacancy: vacancies of one day share people, and are drawn together."""
    _, first = np.unique(shown.vacancy, return_index=True)
    return shown.day[first].astype(str)
