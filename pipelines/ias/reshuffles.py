"""Reshuffles: many posts of one state filled anew within 30 days.

The days of a reshuffle count from its first move.  What is known of movers and
posts is known on the eve of that day; who began when inside it is not a feature,
because the day on which a post falls free and the day on which someone begins
would name the pair.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.snapshot import Snapshot

DAYS: Final = 30


@dataclass(frozen=True, eq=False)
class Reshuffle:
    """Movers and the posts that they took, one each, in the same order.

    Attributes:
        region: The state.
        opened_on: Day of the first move, ``datetime64[D]``.
        employee_id: The movers; all had held a post before.
        position_id: The posts that they took.
        started_on: Days on which they began, ``datetime64[D]``; never a feature.
        ended_on: Last days in the posts, NaT = never recorded.
    """

    region: str
    opened_on: np.datetime64
    employee_id: NDArray[Any]
    position_id: NDArray[Any]
    started_on: NDArray[np.datetime64]
    ended_on: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.employee_id)

    @property
    def eve(self) -> date:
        """The day before the first move."""
        return (pd.Timestamp(self.opened_on) - pd.Timedelta(days=1)).date()

    @property
    def closed_on(self) -> np.datetime64:
        """Last day on which a move still belongs to it."""
        return self.opened_on + np.timedelta64(DAYS - 1, "D")


def regions(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the states, in alphabetical order."""
    return sorted(set(frames["employees"]["region"]))


def of_region(frames: Mapping[str, pd.DataFrame], region: str) -> dict[str, pd.DataFrame]:
    """Return the records of the officers of a state, with the posts that they held."""
    people = set(frames["employees"].loc[frames["employees"]["region"] == region, "employee_id"])
    part = {
        name: frame[frame["employee_id"].isin(people)]
        for name, frame in frames.items()
        if "employee_id" in frame
    }
    held = set(part["postings"]["position_id"])
    positions = frames["positions"]
    part["positions"] = positions[positions["position_id"].isin(held)]
    units = frames["units"]
    part["units"] = units[units["unit_id"].isin(set(part["positions"]["unit_id"]))]
    return part


def snapshot(part: Mapping[str, pd.DataFrame]) -> Snapshot:
    """Return all that was ever known of a state."""
    last = max(frame["known_on"].max() for frame in part.values() if len(frame))
    return Snapshot.of(last.date(), part)


def reshuffles(part: Mapping[str, pd.DataFrame], region: str) -> Iterator[Reshuffle]:
    """Yield the reshuffles of a state, one after the other, however small.

    A move is a posting within the state by someone who had held a post before.
    Of a mover's several postings within a reshuffle the first counts.
    """
    postings = part["postings"]
    own = part["units"].loc[part["units"]["region"] == region, "unit_id"]
    positions = part["positions"]
    own_posts = positions.loc[positions["unit_id"].isin(set(own)), "position_id"]
    first = postings.groupby("employee_id")["started_on"].transform("min")
    moves = postings[(postings["started_on"] > first) & postings["position_id"].isin(own_posts)]
    moves = moves.sort_values("started_on", kind="stable")
    started = moves["started_on"].to_numpy("datetime64[s]").astype("datetime64[D]")
    opens = 0
    while opens < len(started):
        ends = int(np.searchsorted(started, started[opens] + np.timedelta64(DAYS, "D")))
        yield _reshuffle(moves.iloc[opens:ends], region, started[opens])
        opens = ends


def _reshuffle(moves: pd.DataFrame, region: str, opened_on: np.datetime64) -> Reshuffle:
    moves = moves.drop_duplicates("employee_id")
    return Reshuffle(
        region=region,
        opened_on=opened_on,
        employee_id=moves["employee_id"].to_numpy(object),
        position_id=moves["position_id"].to_numpy(object),
        started_on=moves["started_on"].to_numpy("datetime64[s]").astype("datetime64[D]"),
        ended_on=moves["ended_on"].to_numpy("datetime64[s]").astype("datetime64[D]"),
    )
