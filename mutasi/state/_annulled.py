"""Postings that never were, and those that go on as if nothing had been."""

import numpy as np
from numpy.typing import NDArray

from mutasi.state._columns import Tables, days
from mutasi.vocabulary import Assignment

DAY = np.timedelta64(1, "D")


def annulled(tables: Tables) -> NDArray[np.bool_]:
    """Return which postings were called off before they began, or annulled by an objection.

    The first ended before they began. The others ended on the eve of the answer that
    upheld an objection to their position.
    """
    import pandas as pd

    postings, objections = tables["postings"], tables["objections"]
    ended = days(postings["ended_on"])
    found: NDArray[np.bool_] = ended < days(postings["started_on"])
    upheld = objections[(objections["outcome"] == "upheld") & (objections["position"] >= 0)]
    rows = np.flatnonzero(postings["employee"].isin(upheld["employee"]) & ~np.isnat(ended))
    whose, where = (postings[name].to_numpy()[rows] for name in ("employee", "position"))
    answers = pd.MultiIndex.from_arrays(
        [
            upheld["employee"].to_numpy(),
            upheld["position"].to_numpy(),
            days(upheld["answered_on"]),
        ]
    )
    found[rows] |= pd.MultiIndex.from_arrays([whose, where, ended[rows] + DAY]).isin(answers)
    return found


def in_effect(tables: Tables) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Return since when each posting counts, and which count by themselves.

    Whoever returns because a move was annulled holds the former post as if they had never
    left: it counts from its first day on, and neither its earlier part nor the annulled
    posting counts beside it.
    """
    postings = tables["postings"]
    since, ended = days(postings["started_on"]), days(postings["ended_on"])
    void = annulled(tables)
    begun = since.copy()
    employee, position = postings["employee"].to_numpy(), postings["position"].to_numpy()
    definitive = (postings["assignment"] == Assignment.DEFINITIVE).to_numpy()
    between = np.flatnonzero(void & (ended >= begun))
    for row in between[np.argsort(begun[between], kind="stable")]:
        own = np.flatnonzero((employee == employee[row]) & definitive)
        for after in own[begun[own] == ended[row] + DAY]:
            before = own[(position[own] == position[after]) & (ended[own] == begun[row] - DAY)]
            if len(before):
                since[after] = since[before].min()
                void[before] = True
    return since, ~void
