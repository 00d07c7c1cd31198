"""Features of past decisions, as they could be known on the eve of each."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from features._compute import prepare
from features._feature import Array, Floats
from features.outcomes import Decisions
from mutasi.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd


def as_then_known(
    snapshot: Snapshot,
    decisions: Decisions,
    names: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> Floats:
    """Return the features of past decisions with the knowledge of the day before each.

    Args:
        snapshot: A snapshot of a later day.
        decisions: The decisions.
        names: The features wanted, in order.
        progress: Called with days done and days in all.

    Returns:
        One row per decision, one column per name.  A person or position that
        was not on record on the eve has a row of NaN.
    """
    matrix = np.full((len(decisions), len(names)), np.nan)
    days = np.unique(decisions.decided_on)
    for done, day in enumerate(days):
        rows = np.flatnonzero(decisions.decided_on == day)
        eve = snapshot.rewound((day - np.timedelta64(1, "D")).item())
        employees = _rows(eve.tables["employees"]["employee_id"], decisions.employee_id[rows])
        positions = _rows(eve.tables["positions"]["position_id"], decisions.position_id[rows])
        known = (employees >= 0) & (positions >= 0)
        if known.any():
            matrix[rows[known]] = prepare(eve).pairs(names, employees[known], positions[known])
        if progress is not None:
            progress(done + 1, len(days))
    return matrix


def _rows(ids: "pd.Series[str]", wanted: Array) -> Array:
    import pandas as pd

    return pd.Index(ids).get_indexer(pd.Index(wanted)).astype(np.int64)
