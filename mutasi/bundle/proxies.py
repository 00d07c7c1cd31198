"""Answers that nobody recorded, inferred from returns and stays: labelled proxies.

No central system keeps what employees said to a placement.  Who is back in the former
unit or post within 24 months stands for a refusal, who still holds the post after 24
months for an acceptance; whoever did neither (moved on, left) tells nothing.  A proxy is
no answer: it is marked as such, and a recorded answer always wins.
"""

import pandas as pd

from mutasi.vocabulary import Answer, Assignment, Evidence, Offer, columns

MONTHS = pd.DateOffset(months=24)
"""How long a placement must last to count as accepted."""

ASKED_BEFORE = pd.Timedelta(days=366)
"""How long before a move an offer may lie that led to it."""

PERSON, POST, START = "employee_id", "position_id", "started_on"


def proxies(
    transfers: pd.DataFrame,
    offers: pd.DataFrame,
    postings: pd.DataFrame,
    positions: pd.DataFrame,
    until: pd.Timestamp,
) -> pd.DataFrame:
    """Return an inferred answer for each transfer that has none and tells one.

    Args:
        transfers: Moves.
        offers: Offers; inferred ones among them are passed over.
        postings: Who held which post.
        positions: Posts with their units.
        until: The last day of which anything is known.

    Returns:
        With the columns of :class:`mutasi.vocabulary.Offer`, ``evidence`` saying what was
        inferred; known from the day on which the return, or 24 months of stay, were.
    """
    moves = _unanswered(transfers, offers)
    moves = moves.assign(due=moves[START] + MONTHS)
    back = _returned(moves, transfers, positions)
    back = back[back <= until]
    stayed = _stayed(moves, transfers, postings, until)
    refused = moves.loc[back.index].assign(
        answer=Answer.REFUSED.value, evidence=Evidence.RETURN.value, answered_on=back
    )
    accepted = moves.loc[stayed].assign(
        answer=Answer.ACCEPTED.value,
        evidence=Evidence.STAY.value,
        answered_on=moves.loc[stayed, "due"],
    )
    made = pd.concat([refused, accepted])
    told = made[PERSON] + " " + made[POST] + " " + made[START].dt.strftime("%Y-%m-%d")
    made["offer_id"] = pd.util.hash_pandas_object(told, index=False).map("P-{:016x}".format)
    made["offered_on"] = made["decided_on"].where(made["decided_on"] <= made[START], made[START])
    made["known_on"] = made["answered_on"]
    made["reason"] = pd.Series(None, made.index, dtype="str")
    return made[[column.name for column in columns(Offer)]].reset_index(drop=True)


def _unanswered(transfers: pd.DataFrame, offers: pd.DataFrame) -> pd.DataFrame:
    """Return the moves, of known kind and once each, to which no recorded offer led."""
    moves = transfers[transfers["offer_id"].isna()].reset_index(drop=True)
    recorded = offers["evidence"].isna() | (offers["evidence"] == Evidence.RECORDED.value)
    asked = offers.loc[recorded, [PERSON, POST, "offered_on"]]
    pairs = moves[[PERSON, POST, START]].reset_index().merge(asked, on=[PERSON, POST])
    lead = pairs[START] - pairs["offered_on"]
    led = pairs.loc[(lead >= pd.Timedelta(0)) & (lead <= ASKED_BEFORE), "index"]
    return moves[~moves.index.isin(led)]


def _returned(
    moves: pd.DataFrame, transfers: pd.DataFrame, positions: pd.DataFrame
) -> "pd.Series[pd.Timestamp]":
    """Return since when it is known of moves that they were undone in time, by their label."""
    unit = positions.set_index(POST)["unit_id"]
    later = transfers[[PERSON, START, POST, "known_on"]]
    both = moves.reset_index().merge(later, on=PERSON, suffixes=("", "_later"))
    both = both[(both[f"{START}_later"] > both[START]) & (both[f"{START}_later"] < both["due"])]
    left = both["from_position_id"].map(unit)
    same_post = both[f"{POST}_later"] == both["from_position_id"]
    same_unit = (both[f"{POST}_later"].map(unit) == left) & (both[POST].map(unit) != left)
    back = both[same_post | same_unit]
    known = back[[f"{START}_later", "known_on_later"]].max(axis=1)
    return known.groupby(back["index"]).min()


def _stayed(
    moves: pd.DataFrame, transfers: pd.DataFrame, postings: pd.DataFrame, until: pd.Timestamp
) -> list[int]:
    """Return the labels of moves whose post was held without a break for 24 months."""
    held = postings[postings["assignment"] == Assignment.DEFINITIVE.value]
    held = held[[PERSON, POST, START, "ended_on"]]
    there = moves.reset_index().merge(held, on=[PERSON, POST, START])
    lasting = there["ended_on"].isna() | (there["ended_on"] >= there["due"])
    there = there[lasting & (there["due"] <= until)]
    next_moves = there[["index", PERSON, START, "due"]].merge(
        transfers[[PERSON, START]], on=PERSON, suffixes=("", "_later")
    )
    away = (next_moves[f"{START}_later"] > next_moves[START]) & (
        next_moves[f"{START}_later"] < next_moves["due"]
    )
    moved_on = set(next_moves.loc[away, "index"])
    return [label for label in there["index"] if label not in moved_on]
