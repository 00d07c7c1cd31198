"""What moves did to ratings: beside what was predicted, and beside similar people who stayed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.frames import days
from features.sets import EVIDENCE
from models import matching
from models.artifact import Artifact, Head
from models.examples import Examples
from models.fairness import publishable
from models.intervals import Interval, interval
from models.learner import Floats
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import KIND_OF_MOVE, LATER, Gathered, Moved
from pipelines.monitoring.schema import SMALLEST, Effect, Ratified, Verdict
from pipelines.pages.figure import Figure

DRAWS = 500
"""Bootstrap draws behind an interval."""

WORTH = 1.0
"""T points, a tenth of a standard deviation: an effect that is surely less is none."""

EVERY = "all"
PARTITIONS = (("promotion", "lateral", "downward"), ("same_function", "other_function"))
"""Kinds of move: by level, and by function of government."""

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


def after(model: Artifact, found: Gathered, snapshot: Snapshot) -> tuple[Ratified, ...]:
    """Return the ratings of the whole years after moves, beside prediction and stayers."""
    head = model.performance
    if head is None:
        return ()
    return tuple(
        _after(name, head, found.moved[name], found.stays, snapshot)
        for name in LATER
        if len(found.moved[name].moves) >= SMALLEST
    )


def verdict(effect: Interval) -> Verdict:
    """Return what an interval allows to say of an effect.

    >>> verdict(Interval(0.2, -0.5, 0.9)), verdict(Interval(2.0, -1.0, 5.0))
    (<Verdict.NOT_EFFECTIVE: 'not_effective'>, <Verdict.UNSURE: 'unsure'>)
    """
    if effect.low > 0:
        return Verdict.EFFECTIVE
    return Verdict.NOT_EFFECTIVE if effect.high < WORTH else Verdict.UNSURE


def _after(name: str, head: Head, moved: Moved, stays: Examples, snapshot: Snapshot) -> Ratified:
    moves = moved.moves
    person = moves.decisions.employee_id.astype(str)
    said = head.raw(moves.columns(head.columns))

    def of(values: Floats) -> Figure:
        return Figure.of(interval(np.mean, values, groups=person, draws=DRAWS))

    compared = Compared.of(head, moved, stays, snapshot, LATER[name])
    return Ratified(
        year="first" if name == "first" else "second",
        count=len(moves),
        rating=of(moves.label),
        predicted=float(said.mean()),
        gap=of(moves.label - said),
        unmatched=int((~compared.is_matched).sum()),
        imbalance=compared.imbalance,
        effects=effects(compared, kinds(moves)),
    )


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


def kinds(moves: Examples) -> dict[str, Mask]:
    """Return which moves are of which kind; one of which it is unknown is of none."""
    levels, function = moves.columns(KIND_OF_MOVE).T
    return {
        "promotion": levels > 0,
        "lateral": levels == 0,
        "downward": levels < 0,
        "same_function": function == 1,
        "other_function": function == 0,
    }


def effects(compared: Compared, kinds: Mapping[str, Mask]) -> tuple[Effect, ...]:
    """Return the effects of all moves, and of each kind that may be told of."""
    matched = compared.is_matched
    told = [_effect(EVERY, compared, matched, is_told=int(matched.sum()) >= SMALLEST)]
    for names in PARTITIONS:
        of_kind = [matched & kinds[name] for name in names]
        unknown = matched & ~np.any(of_kind, axis=0)
        may_be_told = publishable([int(rows.sum()) for rows in (*of_kind, unknown)])
        told += [
            _effect(name, compared, rows, is_told=is_told and bool(rows.any()))
            for name, rows, is_told in zip(names, of_kind, may_be_told, strict=False)
        ]
    return tuple(told)


def _effect(name: str, compared: Compared, rows: Mask, *, is_told: bool) -> Effect:
    if not is_told:
        return Effect(group=name, count=None, effect=None, verdict=None)
    found = compared.effect(rows)
    return Effect(
        group=name, count=int(rows.sum()), effect=Figure.of(found), verdict=verdict(found)
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
    moves = snapshot.tables["transfers"]
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
