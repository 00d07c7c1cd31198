"""Labels: what became of an offer, of a move, and of staying.

Performance is measured in T points (see ``features.points``): the rating of the
first whole calendar year after the decision.  Of whoever was not moved it tells
what staying led to, so a move and a stay are measured alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from features._feature import Array, Floats
from features.frames import Ratings, days, moves_in_effect, ratings, stints
from features.track_record import apart
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Answer, Evidence

if TYPE_CHECKING:
    import pandas as pd

YEAR = np.timedelta64(366, "D")
ASKED = "07-01"
"""Month and day on which, every year, everybody who stays counts as a decision to stay:
in the middle of the days on which moves are decided."""


@dataclass(frozen=True)
class Decisions:
    """Past decisions about a pair, and what became of them.

    Attributes:
        employee_id: Ids of the employees.
        position_id: Ids of the positions they were to move to.
        decided_on: Days of the decisions, ``datetime64[D]``.
        label: What became of it; float.
        known_on: Days from which the label was known, ``datetime64[D]``.
        leniency: What the rater is thought to have added to a rating, T points, by
            the ratings up to that year; 0 for an answer.
    """

    employee_id: Array
    position_id: Array
    decided_on: Array
    label: Floats
    known_on: Array
    leniency: Floats

    def __len__(self) -> int:
        return len(self.label)

    def where(self, kept: Array) -> "Decisions":
        """Return the decisions of a mask or of row numbers."""
        return Decisions(*(getattr(self, field.name)[kept] for field in fields(self)))


def joined(parts: Sequence[Decisions]) -> Decisions:
    """Return the decisions of all parts, one part after the other."""
    return Decisions(
        *(
            np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Decisions)
        )
    )


def is_recorded(offers: "pd.DataFrame") -> "pd.Series[bool]":
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


def _answered(snapshot: Snapshot, offers: "pd.DataFrame") -> Decisions:
    said = offers["answer"].isin([Answer.ACCEPTED, Answer.REFUSED])
    offers = offers[said & (offers["employee"] >= 0) & (offers["position"] >= 0)]
    return Decisions(
        employee_id=_ids(snapshot, "employees", offers["employee"]),
        position_id=_ids(snapshot, "positions", offers["position"]),
        decided_on=days(offers["offered_on"]),
        label=(offers["answer"] == Answer.ACCEPTED).to_numpy().astype(float),
        known_on=days(offers["answered_on"]),
        leniency=np.zeros(len(offers)),
    )


def performances(
    snapshot: Snapshot, labels: "pd.DataFrame | None" = None, later: int = 0
) -> Decisions:
    """Return the moves with a rating of the first whole year after, in T points.

    The first whole year is the calendar year after the one in which the new post
    began, or that year itself if it began on 1 January.  Who moved again before
    the end of that year has no rating that speaks of the post, and is left out.

    Args:
        snapshot: What is known.
        labels: Its ratings, as :func:`rated_years` returns them.
        later: Years after the first whole one of which the rating is wanted instead.
    """
    import pandas as pd

    moves = moves_in_effect(snapshot)
    started = days(moves["started_on"])
    year = first_whole_year(started) + later
    wanted = pd.DataFrame(
        {
            "employee": moves["employee"],
            "position": moves["position"],
            "year": year.astype(float),
            "decided_on": moves["decided_on"],
        }
    )
    stayed = ~left_before(moves["employee"].to_numpy(), started, year)
    return _rated(snapshot, wanted[stayed], rated_years(snapshot) if labels is None else labels)


def sightings(snapshot: Snapshot, labels: "pd.DataFrame | None" = None) -> Decisions:
    """Return whether a rating tells how each move went: 1 or 0.

    Known half a year after the first whole year in the new post is over; a move that
    is younger is left out.  Arguments as of :func:`performances`.
    """
    moves = moves_in_effect(snapshot)
    year = first_whole_year(days(moves["started_on"]))
    known_on = (year + 1 - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 6
    every = Decisions(
        employee_id=_ids(snapshot, "employees", moves["employee"]),
        position_id=_ids(snapshot, "positions", moves["position"]),
        decided_on=days(moves["decided_on"]),
        label=np.zeros(len(moves)),
        known_on=known_on.astype("datetime64[D]"),
        leniency=np.zeros(len(moves)),
    )
    every = replace(
        every, label=_moves(every).isin(_moves(performances(snapshot, labels))).astype(float)
    )
    closed = every.known_on <= np.datetime64(snapshot.as_of, "D")
    on_record = (moves["employee"] >= 0) & (moves["position"] >= 0)
    return every.where(closed & on_record.to_numpy())


def _moves(decisions: Decisions) -> "pd.MultiIndex":
    import pandas as pd

    return pd.MultiIndex.from_arrays(
        [decisions.employee_id, decisions.position_id, decisions.decided_on]
    )


def stays(snapshot: Snapshot, labels: "pd.DataFrame | None" = None) -> Decisions:
    """Return what staying led to: everybody's rating of each next year in the same post.

    Asked on one day of each year (:data:`ASKED`) of everybody in a definitive post
    who was still there at the end of the year that is rated.  Arguments as of
    :func:`performances`.
    """
    import pandas as pd

    labels = rated_years(snapshot) if labels is None else labels
    held = stints(snapshot)
    lasts = np.where(held.is_present, np.datetime64("9999-12-31", "D"), held.ended_on)
    found = []
    for year in np.unique(labels["year"].to_numpy()).astype(int):
        day = np.datetime64(f"{year - 1}-{ASKED}", "D")
        there = (held.started_on < day) & (lasts >= np.datetime64(f"{year}-12-31", "D"))
        rows = np.flatnonzero(there)
        rows = rows[np.argsort(held.started_on[rows], kind="stable")]
        one = pd.DataFrame(
            {"employee": held.employee[rows], "position": held.position[rows], "year": year}
        )
        # Of two rows that nobody closed, the later one is where somebody works.
        found.append(one.assign(decided_on=day).drop_duplicates("employee", keep="last"))
    if not found:
        return answers(snapshot).where(np.zeros(0, dtype=np.int64))
    return _rated(snapshot, pd.concat(found, ignore_index=True).astype({"year": float}), labels)


def rated_years(snapshot: Snapshot) -> "pd.DataFrame":
    """Return every rating with what its rater is thought to have added.

    Returns:
        Columns ``employee``, ``year``, ``label`` and ``leniency`` (T points), and
        ``rated_on``.
    """
    import pandas as pd

    rated = ratings(snapshot)
    return pd.DataFrame(
        {
            "employee": rated.employee,
            "year": rated.year.astype(float),
            "label": rated.rating,
            "rated_on": rated.known_on,
            "leniency": leniencies(rated, snapshot),
        }
    )


def leniencies(rated: Ratings, snapshot: Snapshot) -> Floats:
    """Return what the rater added to each rating, by the ratings up to its year: T points."""
    found = np.zeros(len(rated.year))
    for year in np.unique(rated.year):
        until = rated.year <= year
        of_year = rated.year[until] == year
        found[rated.year == year] = apart(rated.where(until), snapshot.positions).leniency[of_year]
    return found


def _rated(snapshot: Snapshot, wanted: "pd.DataFrame", labels: "pd.DataFrame") -> Decisions:
    found = wanted.merge(labels, on=["employee", "year"], validate="many_to_one")
    found = found[(found["employee"] >= 0) & (found["position"] >= 0)]
    return Decisions(
        employee_id=_ids(snapshot, "employees", found["employee"]),
        position_id=_ids(snapshot, "positions", found["position"]),
        decided_on=days(found["decided_on"]),
        label=found["label"].to_numpy(float),
        known_on=days(found["rated_on"]),
        leniency=found["leniency"].to_numpy(float),
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


def _ids(snapshot: Snapshot, table: str, rows: "pd.Series[Any]") -> Array:
    ids: Array = snapshot.tables[table].iloc[:, 0].to_numpy(object)[rows.to_numpy(np.int64)]
    return ids
