"""Rules about governments: contract, blackout, and whose approval a move needs."""

from datetime import date

from tests.mutasi.rules.verifier.records import first_day_without
from tests.mutasi.rules.verifier.terms import BROKEN, UNKNOWN, Answer, Move, Post


def contract_scope(move: Move) -> Answer | None:
    kind = move.person["kind"]
    if kind is None:
        return UNKNOWN
    if kind != "PPPK":
        return None
    keeps_employer = move.person["region"] == move.post.region
    return None if keeps_employer and _keeps_job(move) and not move.post.is_structural else BROKEN


def no_blackout(move: Move) -> Answer | None:
    free = max(_free_of_blackout(post) for post in move.both_posts)
    return None if free == move.on else Answer(ends_on=free)


def approval_within(move: Move) -> Answer | None:
    return BROKEN if _is_within(move) else None


def approval_of_governor(move: Move) -> Answer | None:
    if _is_within(move):
        return None
    if _is_unknown(move):
        return UNKNOWN
    return BROKEN if _are_regional(move) and _share_province(move) else None


def approval_of_minister(move: Move) -> Answer | None:
    if _is_within(move) or _is_unknown(move):
        return None
    return BROKEN if _are_regional(move) and not _share_province(move) else None


def approval_of_bkn(move: Move) -> Answer | None:
    if _is_within(move) or _is_unknown(move):
        return None
    return None if _are_regional(move) else BROKEN


def approval_of_civil_registry(move: Move) -> Answer | None:
    return _official_of(move, "civil_registry")


def consultation_on_inspectorate(move: Move) -> Answer | None:
    return _official_of(move, "audit")


def _keeps_job(move: Move) -> bool:
    """Return whether the job family is the same, or the title."""
    if move.present is None:
        return False
    return move.keeps_family or move.present["title"] == move.post["title"]


def _free_of_blackout(post: Post) -> date:
    """Return the first day without a window of the post's government, if an official holds it."""
    on = post.known.on
    if not post.is_structural and not post["title"].startswith("Kepala"):
        return on
    windows = post.known.of_region(post.region, "blackouts")
    closed = [row for row in windows if row["approved_on"] is None or row["approved_on"] > on]
    return first_day_without(closed, on, "since", "until") or date.max


def _official_of(move: Move, function: str) -> Answer | None:
    """Return whether the post left or the post taken is structural and of a function."""
    concerned = (post.is_structural and post.function == function for post in move.both_posts)
    return BROKEN if any(concerned) else None


def _is_within(move: Move) -> bool:
    """Return whether the employer and the post's government are one by name."""
    return bool(move.person["region"] == move.post.region)


def _of_both(move: Move, column: str) -> tuple[str | None, str | None]:
    """Return a column of the employer and of the post's government."""
    governments = move.post.known.governments
    rows = governments.get(move.person["region"]), governments.get(move.post.region)
    origin, target = (None if row is None else row[column] for row in rows)
    return origin, target


def _kinds(move: Move) -> tuple[str | None, str | None]:
    return _of_both(move, "kind")


def _are_regional(move: Move) -> bool:
    """Return whether neither government is of the centre or abroad."""
    return {"PUSAT", "LN"}.isdisjoint(_kinds(move))


def _is_unknown(move: Move) -> bool:
    """Return whether it is unknown which approvals two governments need."""
    lacks_province = _are_regional(move) and None in _of_both(move, "province")
    return None in _kinds(move) or lacks_province


def _share_province(move: Move) -> bool:
    origin, target = _of_both(move, "province")
    return origin == target
