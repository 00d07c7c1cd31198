"""What came of moves: beside what was predicted, and beside similar people who stayed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from features.decisions import as_then_known
from features.frames import days, moves_in_effect
from features.outcomes import Decisions, rated_years, stays
from features.points import t_points
from features.sets import EVIDENCE
from models import matching
from models.artifact import Head
from models.examples import Examples
from models.intervals import Interval
from models.learner import Floats
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Scheme

if TYPE_CHECKING:
    import pandas as pd

NORMAL = 1.96
"""Standard deviations on either side that hold 95 in 100 of a normal distribution."""

DRAWS = 500
"""Bootstrap draws behind an interval."""

WORTH = 1.0
"""T points, a tenth of a standard deviation: an effect that is surely less is none."""

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Verdict(StrEnum):
    """Whether moves did what they were for."""

    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"
    UNSURE = "unsure"


@dataclass(frozen=True, eq=False)
class Moved:
    """Moves that were rated in a whole year after.

    Attributes:
        moves: People with their new posts; the rating.
        staying: The same people with the posts they left, row by row; NaN where that
            is not on record.
        year: The year that was rated.
    """

    moves: Examples
    staying: Examples
    year: Ints


def verdict(effect: Interval) -> Verdict:
    """Return what an interval allows to say of an effect.

    >>> verdict(Interval(0.2, -0.5, 0.9)), verdict(Interval(2.0, -1.0, 5.0))
    (<Verdict.NOT_EFFECTIVE: 'not_effective'>, <Verdict.UNSURE: 'unsure'>)
    """
    if effect.low > 0:
        return Verdict.EFFECTIVE
    return Verdict.NOT_EFFECTIVE if effect.high < WORTH else Verdict.UNSURE


@dataclass(frozen=True, eq=False)
class Compared:
    """Movers beside similar people who stayed, rated in the same year.

    Alike are those of whom as good a rating was predicted if they stay, with as much
    known of them.  Ratings are without what their raters are thought to have added.

    Attributes:
        said: What was predicted of each mover in the post that was left, T points.
        rest: The rating minus that.
        person: Who moved.
        pool_said: The same of those who stayed.
        pool_rest: The same of those who stayed.
        pool_person: Who stayed.
        neighbours: Rows of the pool beside each mover; -1 where there are too few.
    """

    said: Floats
    rest: Floats
    person: NDArray[np.str_]
    pool_said: Floats
    pool_rest: Floats
    pool_person: NDArray[np.str_]
    neighbours: Ints

    @classmethod
    def of(cls, head: Head, moved: Moved, stays: Examples, snapshot: Snapshot, later: int) -> Self:
        """Match movers with people who stayed.

        Args:
            head: Predicts ratings.
            moved: The moves.
            stays: Ratings of those who were not moved.
            snapshot: Tells who moved shortly before, and is no stayer yet.
            later: Years after the first whole one of which the rating is.
        """
        year = _year_of(stays.decisions.decided_on) + 1
        settled = ~_moved_lately(snapshot, stays, year, later)
        pool, year = stays.where(settled), year[settled]
        points, others = _points(head, moved.staying), _points(head, pool)
        known = ~np.isnan(moved.staying.matrix).all(axis=1)
        neighbours = np.full((len(points), matching.NEIGHBOURS), -1, dtype=np.int64)
        neighbours[known] = matching.nearest(points[known], others, moved.year[known], year)
        return cls(
            said=points[:, 0],
            rest=_net(moved.moves) - points[:, 0],
            person=moved.moves.decisions.employee_id.astype(str),
            pool_said=others[:, 0],
            pool_rest=_net(pool) - others[:, 0],
            pool_person=pool.decisions.employee_id.astype(str),
            neighbours=neighbours,
        )

    @property
    def is_matched(self) -> Mask:
        """Which movers have people beside them."""
        return np.asarray(self.neighbours[:, 0] >= 0)

    @property
    def imbalance(self) -> float | None:
        """How much better movers were thought to be than those beside them."""
        kept = self.is_matched
        if not kept.any():
            return None
        beside = self.pool_said[self.neighbours[kept]].mean()
        return float((self.said[kept].mean() - beside) / max(float(self.pool_said.std()), 1e-9))

    def effect(self, rows: Mask) -> Interval:
        """Return the effect of some of the moves; all of them have people beside them."""
        return matching.difference(
            self.rest[rows],
            self.person[rows],
            self.pool_rest,
            self.pool_person,
            self.neighbours[rows],
            DRAWS,
        )


def _points(head: Head, examples: Examples) -> Floats:
    """Return by what people are alike: the rating predicted, and how much is known."""
    said = head.net(examples.columns(head.columns))
    return np.column_stack([said, examples.columns(EVIDENCE[:1])[:, 0]])


def _net(examples: Examples) -> Floats:
    """Return ratings without what their raters are thought to have added."""
    return np.asarray(examples.label - examples.decisions.leniency)


def _moved_lately(snapshot: Snapshot, stays: Examples, year: Ints, later: int) -> Mask:
    """Return who began a post in the rated year or so shortly before as the movers did."""
    import pandas as pd

    moves = moves_in_effect(snapshot)
    moves = moves[moves["employee"] >= 0]
    ids = snapshot.tables["employees"]["employee_id"].to_numpy(object)
    began = pd.MultiIndex.from_arrays([ids[moves["employee"]], _year_of(days(moves["started_on"]))])
    lately = np.zeros(len(stays), dtype=bool)
    for before in range(later + 2):
        keys = pd.MultiIndex.from_arrays([stays.decisions.employee_id, year - before])
        lately |= np.asarray(keys.isin(began))
    return lately


def _year_of(day: NDArray[np.datetime64]) -> Ints:
    return day.astype("datetime64[Y]").astype(np.int64) + 1970


@dataclass(frozen=True)
class Aftermath:
    """What came of one move.

    Attributes:
        year: The year of whose ratings the scale is.
        rating: T points.
        effect: By how much the rating, less what was predicted had the person stayed, lies
            above that of people alike who stayed; with a 95% interval; None where there
            are too few, or nothing was predicted.
        people: How many people alike stand beside.
        verdict: What the interval allows to say; None without one.
    """

    year: int
    rating: float
    effect: Interval | None
    people: int
    verdict: Verdict | None


@dataclass(frozen=True)
class Rated:
    """A move and how it was rated.

    Attributes:
        employee_id: Who moved.
        origin_id: The post that was left; None if none was held.
        decided_on: The day of the decision.
        year: The calendar year of the rating.
        results: *Hasil kerja*, 1 above expectation to 3 below.
        behaviour: *Perilaku kerja*, likewise.
    """

    employee_id: str
    origin_id: str | None
    decided_on: date
    year: int
    results: int
    behaviour: int


def aftermath(snapshot: Snapshot, head: Head | None, rated: Rated) -> Aftermath | None:
    """Return what came of one move, by the ratings that are known of its year.

    One move says little: the interval is that of one rating against the mean of a few,
    as far apart as ratings of people alike who stayed are from each other.  What the rater
    is thought to have added is taken off theirs, and not known of this one.

    Args:
        snapshot: What is known; if of a day before the decision, the last of them counts.
        head: Predicts ratings; None where there is none.
        rated: The move and its rating.

    Returns:
        None if no year's ratings are known, so that the rating has no scale. If those of its
        own year are not, the latest year is the scale.
    """
    years = snapshot.tables["appraisals"]["year"]
    if years.empty:
        return None
    year = rated.year if (years == rated.year).any() else int(years.max())
    rating = _on_scale(snapshot, rated, year)
    if np.isnan(rating):
        return None
    found = None if head is None else _beside(snapshot, head, rated, year, rating)
    if found is None:
        return Aftermath(year, rating, None, 0, None)
    return Aftermath(year, rating, found, matching.NEIGHBOURS, verdict(found))


def _on_scale(snapshot: Snapshot, rated: Rated, year: int) -> float:
    """Return a rating in T points against all ratings of a year."""
    import pandas as pd

    table = snapshot.tables["appraisals"]
    table = table[table["year"] == year]
    own = table.iloc[[0]].assign(
        scheme=Scheme.QUADRANT.value,
        score=np.nan,
        predicate=np.nan,
        results=float(rated.results),
        behaviour=float(rated.behaviour),
    )
    return float(t_points(pd.concat([table, own], ignore_index=True))[-1])


def _beside(
    snapshot: Snapshot, head: Head, rated: Rated, year: int, rating: float
) -> Interval | None:
    """Return the rating against those of people alike who stayed; None where there are too few."""
    known_by = snapshot.as_of + timedelta(days=1)  # the eve of a later decision is not known
    staying = Decisions(
        employee_id=np.array([rated.employee_id], dtype=object),
        position_id=np.array([rated.origin_id], dtype=object),
        decided_on=np.array([min(rated.decided_on, known_by)], dtype="datetime64[D]"),
        label=np.array([rating]),
        known_on=np.array([known_by], dtype="datetime64[D]"),
        leniency=np.zeros(1),
    )
    names = tuple(dict.fromkeys([*head.columns, *EVIDENCE]))
    own = Examples(names, as_then_known(snapshot, staying, names), staying)
    stayers = _stayers(snapshot, names, year)
    compared = Compared.of(head, Moved(own, own, np.array([year])), stayers, snapshot, 0)
    if not compared.is_matched.all():
        return None
    beside = compared.pool_rest[compared.neighbours[0]]
    apart = float(compared.rest[0] - beside.mean())
    spread = float(compared.pool_rest.std() * np.sqrt(1.0 + 1.0 / matching.NEIGHBOURS))
    return Interval(apart, apart - NORMAL * spread, apart + NORMAL * spread)


@lru_cache(maxsize=8)
def _stayers(snapshot: Snapshot, names: tuple[str, ...], year: int) -> Examples:
    """Return what staying led to by the ratings of a year; found once for all who ask."""
    labels = _labels(snapshot)
    told = stays(snapshot, labels[labels["year"] == year])
    matrix = as_then_known(snapshot, told, names)
    return Examples(names, matrix, told).where(np.asarray(~np.isnan(matrix).all(axis=1)))


@lru_cache(maxsize=2)
def _labels(snapshot: Snapshot) -> "pd.DataFrame":
    """Return every rating of a snapshot, its rater's leniency beside it; found once."""
    return rated_years(snapshot)
