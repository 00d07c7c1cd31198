"""Rules about age: service left before retirement, oldest age on arrival."""

from datetime import date

from tests.mutasi.rules.verifier.calendar import first_of_next_month, months_before
from tests.mutasi.rules.verifier.terms import BROKEN, UNKNOWN, Answer, Move


def time_to_retirement(move: Move) -> Answer | None:
    retires = _retires_on(move)
    if retires is None:
        return UNKNOWN
    return BROKEN if move.on > months_before(retires, move.law("retirement.least_months")) else None


def near_retirement(move: Move) -> Answer | None:
    retires, months = _retires_on(move), move.law("retirement.warning_months")
    return BROKEN if retires is not None and move.on > months_before(retires, months) else None


def executive_age(move: Move) -> Answer | None:
    of_age = "retirement.oldest_executive"
    comes_from_below = move.present is None or move.present.of_rung(of_age) is None
    return _too_old(move, move.post.of_rung(of_age)) if comes_from_below else None


def functional_age(move: Move) -> Answer | None:
    oldest = move.post.of_rung("retirement.oldest_functional")
    return _too_old(move, oldest) if move.comes_into_function else None


def _retires_on(move: Move) -> date | None:
    """Return the day of retirement from the post."""
    age = move.post.own_or_of_rung("retirement_age", "retirement.age_of_rung")
    attained = move.person.attains(age or move.law("retirement.usual_age"))
    return None if attained is None else first_of_next_month(attained)


def _too_old(move: Move, oldest: int | None) -> Answer | None:
    """Return whether the birthday of the oldest age is over."""
    if oldest is None:
        return None
    birthday = move.person.attains(oldest)
    if birthday is None:
        return UNKNOWN
    return BROKEN if move.on > birthday else None
