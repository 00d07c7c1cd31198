"""How long everyone served, and in what kinds of posts."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mutasi.state._columns import NOBODY, Tables, days
from mutasi.vocabulary import RUNGS, Assignment

if TYPE_CHECKING:
    import pandas as pd


def rung_numbers(rungs: "pd.Series[str]") -> NDArray[np.int64]:
    """Return the place of each rung among ``vocabulary.RUNGS``; -1 if it is none of them."""
    import pandas as pd

    return pd.Index(RUNGS).get_indexer(pd.Index(rungs)).astype(np.int64)


def days_by(
    as_of: date, tables: Tables, code: NDArray[np.int64], people: int, kinds: int
) -> NDArray[np.int32]:
    """Return how many days each employee held posts of each kind by definitive posting.

    Args:
        as_of: The day up to which a stay that lasts counts.
        tables: The records.
        code: The kind of each position, 0 or more; -1 = none of them.
        people: The number of employees.
        kinds: The number of kinds.

    Returns:
        Shape ``(people, kinds + 1)``; the last column is of posts of no kind.
    """
    postings = tables["postings"]
    moment = np.datetime64(as_of, "D")
    started, ended = days(postings["started_on"]), days(postings["ended_on"])
    kept = (postings["assignment"] == Assignment.DEFINITIVE).to_numpy() & (started <= moment)
    last = np.where(np.isnat(ended), moment, np.minimum(ended, moment))
    length = (last - started).astype(np.int64).clip(0)[kept]
    kind = code[postings["position"].to_numpy()[kept]] % (kinds + 1)
    place = postings["employee"].to_numpy()[kept] * (kinds + 1) + kind
    total = np.bincount(place, length, people * (kinds + 1)).reshape(people, kinds + 1)
    return total.astype(np.int32)


def unrecorded_days(tables: Tables, appointed_on: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Return the days between everyone's appointment and first definitive posting on record.

    NaN for who has none on record.
    """
    postings = tables["postings"]
    postings = postings[postings["assignment"] == Assignment.DEFINITIVE]
    started = days(postings["started_on"])
    order = np.argsort(-started.astype(np.int64), kind="stable")
    first = np.full(len(appointed_on), NOBODY)
    first[postings["employee"].to_numpy()[order]] = started[order]
    gap = (first - appointed_on).astype(float).clip(0)
    return np.where(np.isnat(first), np.nan, gap)
