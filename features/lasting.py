"""Labels: whether a move lasted, as far as postings tell."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.frames import days, moves_in_effect
from features.outcomes import Decisions
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import LEFT, Assignment

DAYS_A_MONTH = 30.4375

MONTHS = 24
"""Months after which a move has lasted: the least that a transfer is to last
(PP 11/2017 Ps 190)."""

Mask = NDArray[np.bool_]


def lastings(snapshot: Snapshot, months: int = MONTHS) -> Decisions:
    """Return whether each move lasted: 1 if its person still held the post some months later.

    A move that is younger, or whose person had left the service by then, is left out.

    Args:
        snapshot: What is known.
        months: After how many months that is asked.
    """
    moves = moves_in_effect(snapshot)
    moves = moves[(moves["employee"] >= 0) & (moves["position"] >= 0)]
    started: NDArray[np.datetime64] = days(moves["started_on"])
    mark = started + np.timedelta64(round(months * DAYS_A_MONTH), "D")
    serves, is_there = still_there(snapshot, moves, mark)
    kept = serves & (mark <= np.datetime64(snapshot.as_of, "D"))
    ids = {
        table: snapshot.tables[table].iloc[:, 0].to_numpy(object)
        for table in ("employees", "positions")
    }
    return Decisions(
        employee_id=ids["employees"][moves["employee"]],
        position_id=ids["positions"][moves["position"]],
        decided_on=days(moves["decided_on"]),
        label=is_there.astype(float),
        known_on=mark,
        leniency=np.zeros(len(moves)),
    ).where(kept)


def still_there(
    snapshot: Snapshot, moves: pd.DataFrame, mark: NDArray[np.datetime64]
) -> tuple[Mask, Mask]:
    """Return who is in service some time after a move, and who of them in the post.

    Args:
        snapshot: What is known.
        moves: Moves of people and to posts that are on record.
        mark: The day asked about, of each.
    """
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
