"""What a period holds: its decisions, and the outcomes that became known in it.

Features are those of the eve of each decision.  An outcome counts only if it became
known after the day whose knowledge the champion learned from: the model has not seen it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.decisions import as_then_known
from features.frames import days, moves_in_effect
from features.outcomes import (
    Decisions,
    answers,
    first_whole_year,
    is_recorded,
    joined,
    performances,
    rated_years,
    sightings,
    stays,
)
from features.sets import EVIDENCE
from models.aftermath import Moved
from models.artifact import Artifact
from models.examples import Examples
from models.proposals import with_ids
from mutasi.errors import PeriodUnusable
from mutasi.snapshot import Snapshot

KIND_OF_MOVE = ("levels_up", "is_same_function")
"""Features that tell what kind of move it is."""

LATER = {"first": 0, "second": 1}
"""The whole years in the new post that are looked at, and how many years they are after
the first."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Period:
    """The days that are compared with training.

    Attributes:
        since: First day.
        until: Last day.
        learned: Day whose knowledge the champion learned from.
    """

    since: date
    until: date
    learned: date

    @property
    def years(self) -> float:
        """How long it is."""
        return ((self.until - self.since).days + 1) / 365.25

    def holds(self, day: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Return which days lie in it."""
        first, last = np.datetime64(self.since, "D"), np.datetime64(self.until, "D")
        return np.asarray((day >= first) & (day <= last))

    def reveals(self, known_on: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Return which outcomes became known in it, and to the champion not before."""
        return self.holds(known_on) & np.asarray(known_on > np.datetime64(self.learned, "D"))


def period_of(
    learned: date, last: date, since: date | None = None, until: date | None = None
) -> Period:
    """Return the period to compare: all since training, but at least twelve months.

    Args:
        learned: Day whose knowledge the champion learned from.
        last: Last day on which anything became known.
        since: First day, if it was asked for.
        until: Last day, if it was asked for.

    Raises:
        PeriodUnusable: If it holds no day, or ends after the records.
    """
    end = last if until is None else until
    year_ago = (pd.Timestamp(end) - pd.DateOffset(years=1)).date()
    first = min(learned, year_ago) + timedelta(days=1) if since is None else since
    if not first <= end <= last:
        raise PeriodUnusable(since=first, until=end, last=last)
    return Period(first, end, learned)


@dataclass(frozen=True, eq=False)
class Gathered:
    """What a period holds.

    Attributes:
        period: The period.
        offers: Offers made in it; the label says nothing.
        moves: Moves decided in it; the label says nothing.
        answers: Answers to offers that became known in it.
        moved: Moves whose rating became known in it, by whole year after the move.
        stays: Ratings of those who stayed that became known in it.
        sighted: Moves of which it was due in it to know whether a rating tells.
    """

    period: Period
    offers: Examples
    moves: Examples
    answers: Examples
    moved: Mapping[str, Moved]
    stays: Examples
    sighted: Decisions


def gathered(
    snapshot: Snapshot,
    model: Artifact,
    period: Period,
    progress: Callable[[int, int], None] | None = None,
) -> Gathered:
    """Return what a period holds.

    Args:
        snapshot: What is known on its last day.
        model: The champion.
        period: The period.
        progress: Told after each day of decision.
    """
    labels, offers = rated_years(snapshot), snapshot.tables["offers"]
    of_years = {
        name: _revealed(performances(snapshot, labels, later), period)
        for name, later in LATER.items()
    }
    origins = {name: _origins(snapshot, decisions) for name, decisions in of_years.items()}
    parts = {
        "offers": _made(snapshot, offers[is_recorded(offers)], "offered_on", period),
        "moves": _made(snapshot, moves_in_effect(snapshot), "decided_on", period),
        "answers": _revealed(answers(snapshot), period),
        "stays": _revealed(stays(snapshot, labels), period),
        **of_years,
        **{f"staying_{name}": origin for name, (origin, _) in origins.items()},
    }
    found = _examples(snapshot, parts, _names(model), progress)
    return Gathered(
        period=period,
        **{name: _on_record(found[name]) for name in ("offers", "moves", "answers", "stays")},
        moved={
            name: _moved(found[name], found[f"staying_{name}"], origins[name][1] + later)
            for name, later in LATER.items()
        },
        sighted=_revealed(sightings(snapshot, labels), period),
    )


def units_of(snapshot: Snapshot, position_id: NDArray[np.generic]) -> Ints:
    """Return the unit of each position; -1 where it has none."""
    row = pd.Index(snapshot.tables["positions"]["position_id"]).get_indexer(pd.Index(position_id))
    unit: Ints = np.append(snapshot.positions["unit"], -1)[row].astype(np.int64)
    return unit


def _names(model: Artifact) -> tuple[str, ...]:
    read = [name for head in model.heads.values() for name in head.columns]
    return tuple(dict.fromkeys([*read, *EVIDENCE, *KIND_OF_MOVE]))


def _examples(
    snapshot: Snapshot,
    parts: Mapping[str, Decisions],
    names: tuple[str, ...],
    progress: Callable[[int, int], None] | None,
) -> dict[str, Examples]:
    """Return the features of several lots of decisions, walking through their days once."""
    matrix = as_then_known(snapshot, joined(list(parts.values())), names, progress)
    ends = np.cumsum([len(part) for part in parts.values()])
    rows = np.split(matrix, ends[:-1])
    return {
        name: Examples(names, own, part)
        for (name, part), own in zip(parts.items(), rows, strict=True)
    }


def _moved(moves: Examples, staying: Examples, year: Ints) -> Moved:
    known = np.asarray(~np.isnan(moves.matrix).all(axis=1))
    return Moved(moves.where(known), staying.where(known), year[known])


def _on_record(examples: Examples) -> Examples:
    """Return the decisions about people and posts that were on record on the eve."""
    return examples.where(np.asarray(~np.isnan(examples.matrix).all(axis=1)))


def _revealed(decisions: Decisions, period: Period) -> Decisions:
    return decisions.where(period.reveals(decisions.known_on))


def _made(snapshot: Snapshot, rows: pd.DataFrame, day: str, period: Period) -> Decisions:
    """Return the decisions of some rows that were made in a period."""
    rows = with_ids(snapshot, rows.rename(columns={day: "day"}))
    made_on = days(rows["day"])
    who, where = (rows[name].to_numpy(object) for name in ("employee_id", "position_id"))
    every = _undecided(who, where, made_on)
    return every.where(period.holds(made_on))


def _undecided(
    employee_id: NDArray[np.object_],
    position_id: NDArray[np.object_],
    decided_on: NDArray[np.datetime64],
) -> Decisions:
    """Return decisions of which it is not said what became of them."""
    nothing = np.full(len(decided_on), np.nan)
    return Decisions(
        employee_id=employee_id,
        position_id=position_id,
        decided_on=decided_on,
        label=nothing,
        known_on=np.full(len(decided_on), np.datetime64("NaT", "D")),
        leniency=np.zeros(len(decided_on)),
    )


def _origins(snapshot: Snapshot, moves: Decisions) -> tuple[Decisions, Ints]:
    """Return the same people with the posts that they left, and the first whole year after."""
    table = moves_in_effect(snapshot)
    ids = np.array([*snapshot.tables["positions"]["position_id"], None], dtype=object)
    keys = ["employee_id", "position_id", "decided_on"]
    known = with_ids(snapshot, table.rename(columns={"decided_on": "day"}))
    kept = table[(table["employee"] >= 0) & (table["position"] >= 0)]
    known = known.assign(
        decided_on=days(known["day"]),
        origin=ids[kept["from_position"].to_numpy()],
        year=first_whole_year(days(kept["started_on"])),
    ).drop_duplicates(keys)
    wanted = pd.DataFrame(
        {name: getattr(moves, name) for name in keys}, index=np.arange(len(moves))
    )
    found = wanted.merge(known, on=keys, how="left", validate="many_to_one")
    origins = _undecided(moves.employee_id, found["origin"].to_numpy(object), moves.decided_on)
    return origins, found["year"].to_numpy(np.int64)
