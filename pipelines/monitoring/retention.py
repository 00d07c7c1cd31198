"""Who is still in the post 6, 12 and 24 months after a move."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.frames import days
from models import drift
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import LEFT, Assignment
from pipelines.monitoring.gathering import Period
from pipelines.monitoring.schema import SMALLEST, Stayed
from pipelines.pages.figure import Figure

MONTHS = (6, 12, 24)
DAYS_A_MONTH = 30.4375

USUAL_YEARS = 6
"""Years before the period that tell what is usual."""

Mask = NDArray[np.bool_]


def stayed(snapshot: Snapshot, period: Period) -> tuple[Stayed, ...]:
    """Return who is still in the post some months after a move, beside the years before."""
    moves = snapshot.tables["transfers"]
    moves = moves[(moves["employee"] >= 0) & (moves["position"] >= 0)]
    started: NDArray[np.datetime64] = days(moves["started_on"])
    first = np.datetime64(period.since, "D")
    earliest = first - np.timedelta64(round(USUAL_YEARS * 365.25), "D")
    told = []
    for months in MONTHS:
        mark = started + np.timedelta64(round(months * DAYS_A_MONTH), "D")
        serves, is_there = _at_mark(snapshot, moves, mark)
        now = serves & period.holds(mark)
        before = serves & (mark >= earliest) & (mark < first)
        told.append(
            Stayed(
                months=months,
                count=int(now.sum()),
                share=_share(is_there[now]),
                usual=_share(is_there[before]),
                usual_count=int(before.sum()),
            )
        )
    return tuple(told)


def _at_mark(
    snapshot: Snapshot, moves: pd.DataFrame, mark: NDArray[np.datetime64]
) -> tuple[Mask, Mask]:
    """Return who is in service some time after a move, and who of them in the post."""
    postings = snapshot.tables["postings"]
    held = postings[(postings["assignment"] == Assignment.DEFINITIVE).to_numpy()]
    held = held[["employee", "position", "started_on", "ended_on"]]
    wanted = pd.DataFrame(
        {
            "move": np.arange(len(moves)),
            "employee": moves["employee"].to_numpy(),
            "new": moves["position"].to_numpy(),
            "mark": mark,
        }
    )
    found = wanted.merge(held, on="employee")
    ended = days(found["ended_on"])
    at = days(found["mark"])
    lasts = (days(found["started_on"]) <= at) & (np.isnat(ended) | (ended >= at))
    serves, is_there = np.zeros(len(moves), dtype=bool), np.zeros(len(moves), dtype=bool)
    serves[found["move"].to_numpy()[lasts]] = True
    own = lasts & (found["new"] == found["position"]).to_numpy()
    is_there[found["move"].to_numpy()[own]] = True
    return serves & ~_gone_at(snapshot, wanted), is_there


def _gone_at(snapshot: Snapshot, wanted: pd.DataFrame) -> Mask:
    """Return who had left the service by each mark."""
    standings = snapshot.tables["standings"]
    left = standings[standings["standing"].isin(list(LEFT))][["employee", "since"]]
    found = wanted.merge(left, on="employee")
    gone = np.zeros(len(wanted), dtype=bool)
    gone[found["move"].to_numpy()[days(found["since"]) <= days(found["mark"])]] = True
    return gone


def _share(is_there: Mask) -> Figure | None:
    if len(is_there) < SMALLEST:
        return None
    return Figure.of(drift.share(float(is_there.sum()), len(is_there)))
