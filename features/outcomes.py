"""Labels: what became of an offer and of a move.

Performance is measured in *T points*: an appraisal against all appraisals of
its year and scheme, 50 the mean and 10 a standard deviation.  So a rating of
2019 (a number) and one of 2024 (a quadrant) speak one language, and a lenient
year gives nobody an advantage.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from features._feature import Array, Floats
from mutasi.snapshot import Snapshot
from mutasi.state import predicates
from mutasi.vocabulary import Answer, Evidence, Scheme

MEAN, DEVIATION = 50.0, 10.0
PREDICATE_POINTS = np.array([np.nan, 100.0, 80.0, 60.0, 40.0, 20.0])
"""Points of the predicates 1 (sangat baik) to 5 (sangat kurang), as agencies use them."""
YEAR = pd.Timedelta(days=366)
RATING_POINTS = 5.0
"""Points that a rating of results or behaviour above or below expectation adds or takes."""


@dataclass(frozen=True)
class Decisions:
    """Past decisions about a pair, and what became of them.

    Attributes:
        employee_id: Ids of the employees.
        position_id: Ids of the positions they were to move to.
        decided_on: Days of the decisions, ``datetime64[D]``.
        label: What became of it; float.
        known_on: Days from which the label was known, ``datetime64[D]``.
    """

    employee_id: Array
    position_id: Array
    decided_on: Array
    label: Floats
    known_on: Array

    def __len__(self) -> int:
        return len(self.label)

    def where(self, kept: Array) -> "Decisions":
        """Return the decisions of a mask or of row numbers."""
        return Decisions(
            self.employee_id[kept],
            self.position_id[kept],
            self.decided_on[kept],
            self.label[kept],
            self.known_on[kept],
        )


def joined(parts: Sequence[Decisions]) -> Decisions:
    """Return the decisions of all parts, one part after the other."""
    return Decisions(
        *(
            np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Decisions)
        )
    )


def points(appraisals: pd.DataFrame) -> Floats:
    """Return each appraisal's raw points on the scale of its scheme; NaN if it says nothing."""
    finer = np.nan_to_num(2 - appraisals["results"].to_numpy(float)) + np.nan_to_num(
        2 - appraisals["behaviour"].to_numpy(float)
    )
    predicate = np.nan_to_num(predicates(appraisals)).astype(int)
    quadrant = PREDICATE_POINTS[predicate] + RATING_POINTS * finer
    number = appraisals["score"].to_numpy(float)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy() & ~np.isnan(number)
    return np.where(numeric, number, quadrant)


def t_points(appraisals: pd.DataFrame) -> Floats:
    """Return each appraisal in T points against all appraisals of its year and scheme.

    A year in which everyone has the same rating tells nothing: 50.
    """
    raw = points(appraisals)
    known = ~np.isnan(raw)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy()
    year = appraisals["year"].to_numpy(float)
    group = (2 * (year - year.min(initial=np.inf)) + numeric).astype(np.int64)
    count = np.maximum(np.bincount(group, known), 1)
    value = np.where(known, raw, 0.0)
    mean = np.bincount(group, value) / count
    spread = np.sqrt(np.maximum(np.bincount(group, value**2) / count - mean**2, 0.0))
    spread = np.where(spread < 1e-9, np.inf, spread)
    standard: Floats = (raw - mean[group]) / spread[group]
    return MEAN + DEVIATION * standard


def is_recorded(offers: pd.DataFrame) -> "pd.Series[bool]":
    """Return which offers are recorded, and not inferred from what happened later."""
    return offers["evidence"].isna() | (offers["evidence"] == Evidence.RECORDED)


def answers(snapshot: Snapshot) -> Decisions:
    """Return the offers that were accepted (1) or refused (0), as recorded and known."""
    offers = snapshot.tables["offers"]
    return _answered(snapshot, offers[is_recorded(offers)])


def inferred_answers(snapshot: Snapshot) -> Decisions:
    """Return what returns and stays stand for: refused (0) and accepted (1).

    An inferred answer to what was offered, and recorded, within a year of it is left out.
    """
    offers = snapshot.tables["offers"]
    recorded = is_recorded(offers)
    pair = ["employee", "position"]
    both = offers[~recorded].reset_index().merge(offers[recorded], on=pair, suffixes=("", "_told"))
    apart = (both["offered_on"] - both["offered_on_told"]).abs()
    told = both.loc[apart <= YEAR, "index"]
    return _answered(snapshot, offers[~recorded & ~offers.index.isin(told)])


def _answered(snapshot: Snapshot, offers: pd.DataFrame) -> Decisions:
    said = offers["answer"].isin([Answer.ACCEPTED, Answer.REFUSED])
    offers = offers[said & (offers["employee"] >= 0) & (offers["position"] >= 0)]
    return Decisions(
        employee_id=_ids(snapshot, "employees", offers["employee"]),
        position_id=_ids(snapshot, "positions", offers["position"]),
        decided_on=_days(offers["offered_on"]),
        label=(offers["answer"] == Answer.ACCEPTED).to_numpy().astype(float),
        known_on=_days(offers["answered_on"]),
    )


def performances(snapshot: Snapshot) -> Decisions:
    """Return the moves with a rating of the first whole year after, in T points.

    The first whole year is the calendar year after the one in which the new post
    began, or that year itself if it began on 1 January.  Who moved again before
    the end of that year has no rating that speaks of the post, and is left out.
    """
    moves = snapshot.tables["transfers"]
    ratings = snapshot.tables["appraisals"]
    started = _days(moves["started_on"])
    year = first_whole_year(started)
    rated = pd.DataFrame(
        {
            "employee": ratings["employee"],
            "year": ratings["year"],
            "label": t_points(ratings),
            "rated_on": ratings["known_on"],
        }
    ).dropna(subset=["label"])
    wanted = pd.DataFrame(
        {
            "employee": moves["employee"],
            "position": moves["position"],
            "year": year.astype(float),
            "decided_on": moves["decided_on"],
        }
    )
    wanted = wanted[~left_before(moves["employee"].to_numpy(), started, year)]
    found = wanted.merge(rated, on=["employee", "year"], validate="many_to_one")
    found = found[(found["employee"] >= 0) & (found["position"] >= 0)]
    return Decisions(
        employee_id=_ids(snapshot, "employees", found["employee"]),
        position_id=_ids(snapshot, "positions", found["position"]),
        decided_on=_days(found["decided_on"]),
        label=found["label"].to_numpy(float),
        known_on=_days(found["rated_on"]),
    )


def first_whole_year(started_on: Array) -> Array:
    """Return the first calendar year that lies wholly on or after each day.

    >>> first_whole_year(np.array(["2020-01-01", "2020-01-02"], "datetime64[D]")).tolist()
    [2020, 2021]
    """
    year = started_on.astype("datetime64[Y]")
    late = started_on > year.astype("datetime64[D]")
    return year.astype(np.int64) + 1970 + late


def left_before(employee: Array, started_on: Array, year: Array) -> Array:
    """Return which moves were followed by another before the end of a year."""
    order = np.lexsort((started_on, employee))
    same = employee[order][1:] == employee[order][:-1]
    following = np.append(
        np.where(same, started_on[order][1:], np.datetime64("9999-01-01", "D")),
        np.datetime64("9999-01-01", "D"),
    )[: len(order)]
    next_start = np.empty_like(started_on)
    next_start[order] = following
    year_ends = (year - 1970 + 1).astype("datetime64[Y]").astype("datetime64[D]")
    left: Array = next_start < year_ends
    return left


def _days(column: "pd.Series[Any]") -> Array:
    return column.to_numpy("datetime64[s]").astype("datetime64[D]")


def _ids(snapshot: Snapshot, table: str, rows: "pd.Series[Any]") -> Array:
    ids: Array = snapshot.tables[table].iloc[:, 0].to_numpy(object)[rows.to_numpy(np.int64)]
    return ids
