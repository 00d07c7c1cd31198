"""Rules about the post: that it is another and open, and the education it demands."""

from tests.mutasi.rules.verifier.records import last
from tests.mutasi.rules.verifier.terms import BROKEN, UNKNOWN, Answer, Move


def another_post(move: Move) -> Answer | None:
    return BROKEN if move.present is not None and move.present.id == move.post.id else None


def post_exists(move: Move) -> Answer | None:
    return BROKEN if _is_closed(move) else None


def post_open(move: Move) -> Answer | None:
    known = move.post.known
    assessed = [row for row in known.of_post(move.post.id, "needs") if row["since"] <= move.on]
    need = last(assessed, lambda row: row["since"])
    needed = 0 if need is None or _is_closed(move) else need["needed"]
    return None if needed > known.holders.get(move.post.id, 0) else BROKEN


def minimum_education(move: Move) -> Answer | None:
    demanded = move.post.own_or_of_rung("minimum_education", "education.least_of_rung")
    if demanded is None:
        return None
    if demanded == move.law("education.first_degree"):
        demanded = move.law("education.diploma_four")
    levels = [row["level"] for row in move.person.records("educations")]
    if not levels:
        return UNKNOWN
    return BROKEN if max(levels) < demanded else None


def field_of_study(move: Move) -> Answer | None:
    named = move.post["fields"]
    if not named:
        return None
    fields = {row["field"] for row in move.person.records("educations")} - {None}
    if not fields:
        return UNKNOWN
    return BROKEN if fields.isdisjoint(named.split(";")) else None


def _is_closed(move: Move) -> bool:
    """Return whether the post has ceased to exist by the day."""
    closed = move.post["closed_on"]
    return closed is not None and closed <= move.on
