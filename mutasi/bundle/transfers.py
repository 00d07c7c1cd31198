"""Moves that follow from where people were posted."""

from typing import Any

import pandas as pd

from mutasi.vocabulary import Assignment, Transfer, columns

PERSON, POST, START, END, KNOWN = (
    "employee_id",
    "position_id",
    "started_on",
    "ended_on",
    "known_on",
)


def transfers(postings: pd.DataFrame) -> pd.DataFrame:
    """Return the moves between consecutive definitive postings.

    A move is a posting in another position than the one before. Acting posts
    (*Plt*) are no moves; neither is a posting that begins while the one before
    is known to go on. A posting without a last day lasts until the next.
    Moves count as decided and known on the day they began, for nothing says otherwise, or
    when the posting was known, if that was before.

    Args:
        postings: With the columns of :class:`mutasi.vocabulary.Posting`.

    Returns:
        With the columns of :class:`mutasi.vocabulary.Transfer`, by employee and day.
    """
    held = postings.loc[postings["assignment"] == Assignment.DEFINITIVE.value, [PERSON, POST]]
    held = held.assign(
        **{name: pd.to_datetime(postings.loc[held.index, name]) for name in (START, END, KNOWN)}
    )
    held = held.sort_values([PERSON, START, POST], kind="stable", ignore_index=True)
    held = _in_turn(held.drop_duplicates([PERSON, START], ignore_index=True))
    before = held.groupby(PERSON)[POST].shift()
    moved = held.assign(from_position_id=before)[before.notna() & (before != held[POST])]
    known = moved[KNOWN].where(moved[KNOWN] < moved[START], moved[START])
    made = moved.assign(decided_on=known, known_on=known, offer_id=None)
    made["offer_id"] = made["offer_id"].astype("str")
    return made[[column.name for column in columns(Transfer)]].reset_index(drop=True)


def _in_turn(held: pd.DataFrame) -> pd.DataFrame:
    """Return postings without those that begin while the one before goes on.

    A posting beside another must not hide the ones after it, so only the first
    of a person goes in each round; the rounds are as many as the worst person
    has.
    """
    while True:
        beside = _ended_before(held) > held[START]
        first = beside & ~held[PERSON].where(beside).duplicated()
        if not first.any():
            return held
        held = held[~first].reset_index(drop=True)


def _ended_before(held: pd.DataFrame) -> "pd.Series[Any]":
    return held.groupby(PERSON)[END].shift()
