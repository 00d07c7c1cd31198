"""Who is still in the post 6, 12 and 24 months after a move."""

import numpy as np
from numpy.typing import NDArray

from features.frames import days, moves_in_effect
from features.lasting import DAYS_A_MONTH, still_there
from models import drift
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import Period
from pipelines.monitoring.schema import SMALLEST, Stayed
from pipelines.pages.figure import Figure

MONTHS = (6, 12, 24)

USUAL_YEARS = 6
"""Years before the period that tell what is usual."""

Mask = NDArray[np.bool_]


def stayed(snapshot: Snapshot, period: Period) -> tuple[Stayed, ...]:
    """Return who is still in the post some months after a move, beside the years before."""
    moves = moves_in_effect(snapshot)
    moves = moves[(moves["employee"] >= 0) & (moves["position"] >= 0)]
    started: NDArray[np.datetime64] = days(moves["started_on"])
    first = np.datetime64(period.since, "D")
    earliest = first - np.timedelta64(round(USUAL_YEARS * 365.25), "D")
    told = []
    for months in MONTHS:
        mark = started + np.timedelta64(round(months * DAYS_A_MONTH), "D")
        serves, is_there = still_there(snapshot, moves, mark)
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


def _share(is_there: Mask) -> Figure | None:
    if len(is_there) < SMALLEST:
        return None
    return Figure.of(drift.share(float(is_there.sum()), len(is_there)))
