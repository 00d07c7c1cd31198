"""From which day on the law lets somebody come whom it blocks today."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from mutasi.rules import RULES, Case, Verdict, judge, law_of
from mutasi.snapshot import Pairs

FINAL = tuple(rule for rule in RULES if rule.is_final)
"""The rules whose breach is for good."""

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]


def eligible_on(pairs: Pairs, verdict: Verdict, rows: Ints) -> list[date | None]:
    """Return the first day without the blocks of each of some pairs if no fact changes.

    None for one that nothing blocks, or that something blocks for as long as
    facts are as they are: by then one may have grown too old.  Blackouts that
    begin between are not looked for.

    Args:
        pairs: The pairs that were judged.
        verdict: What the rules say of them.
        rows: Which of them are asked about; shape ``(asked,)``.
    """
    found: list[date | None] = [None] * len(rows)
    places = np.flatnonzero(~verdict.eligible[rows] & (verdict.lasting[rows] == 0))
    waiting = rows[places]
    clears_on = verdict.clears_on[waiting]
    law = law_of(clears_on)
    last = np.array([clears_on[law == each].max() for each in law], clears_on.dtype)
    may_come = _keeps_final(pairs, waiting, last)
    # What is for good only grows: who may come on the last day of a law may come before.
    asked = np.flatnonzero(~may_come)
    may_come[asked] = _keeps_final(pairs, waiting[asked], clears_on[asked])
    for place in np.flatnonzero(may_come).tolist():
        found[places[place]] = clears_on[place].item()
    return found


def _keeps_final(pairs: Pairs, rows: Ints, days: Days) -> NDArray[np.bool_]:
    """Return which of some pairs break, on a day each, no rule whose breach is for good."""
    kept = np.zeros(len(rows), dtype=bool)
    for day in np.unique(days):
        places = np.flatnonzero(days == day)
        then = Case(day, len(places), pairs.at(rows[places]).column)
        kept[places] = judge(FINAL, then).eligible
    return kept
