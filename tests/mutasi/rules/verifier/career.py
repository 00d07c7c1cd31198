"""Rules about the career: steps on the ladder, grade, years of experience."""

from datetime import timedelta
from fractions import Fraction
from math import ceil

from tests.mutasi.rules.verifier.terms import BROKEN, UNKNOWN, YEAR, Answer, Move, Post


def one_step_up(move: Move) -> Answer | None:
    up = move.levels_up
    if move.present is None:
        return None
    if move.post.is_structural and move.post.of_rung("experience.standing") is not None:
        up = _standing(move.post) - _standing(move.present)
    return BROKEN if up is not None and up > move.law("grade.most_levels_up") else None


def no_demotion(move: Move) -> Answer | None:
    up = move.levels_up
    if move.present is not None and move.post.is_structural != move.present.is_structural:
        height = move.post.of_rung("experience.standing")
        if height is not None and height == move.present.of_rung("experience.standing"):
            return None
    return BROKEN if up is not None and -up > move.law("grade.most_levels_down") else None


def grade_range(move: Move) -> Answer | None:
    lowest, highest = _grades(move.post)
    if move.person["kind"] == "PPPK" or (lowest is None and highest is None):
        return None
    grade = move.person.on_the_day("grades", "grade")
    if grade is None:
        return UNKNOWN
    tolerated = move.law("grade.tolerated_steps_below")
    is_below = lowest is not None and grade < lowest - tolerated
    is_above = highest is not None and grade > highest
    return BROKEN if is_below or is_above else None


def grade_below_range(move: Move) -> Answer | None:
    lowest, _ = _grades(move.post)
    grade = move.person.on_the_day("grades", "grade")
    if move.person["kind"] == "PPPK" or lowest is None or grade is None:
        return None
    return BROKEN if grade < lowest else None


def level_experience(move: Move) -> Answer | None:
    years = move.post.of_rung("experience.years_below")
    stands = _standing(move.post)
    if years is None or (move.present is not None and _standing(move.present) >= stands):
        return None

    def counts(post: Post) -> bool:
        return _standing(post) >= stands - 1

    served = sum(days for post, days in move.person.served if counts(post))
    answer = _too_little(move, served, years)
    if answer is not BROKEN or move.present is None or not counts(move.present):
        return answer
    return Answer(ends_on=move.on + timedelta(days=ceil(years * YEAR - served)))


def executive_field(move: Move) -> Answer | None:
    years = move.post.of_rung("experience.years_in_field")
    return None if years is None else _in_field(move, years)


def functional_field(move: Move) -> Answer | None:
    if not move.comes_into_function:
        return None
    return _in_field(move, move.law("experience.years_in_functional_field"))


def _grades(post: Post) -> tuple[int | None, int | None]:
    """Return the lowest and highest grade of a post."""
    return (
        post.own_or_of_rung("lowest_grade", "grade.lowest_of_rung"),
        post.own_or_of_rung("highest_grade", "grade.highest_of_rung"),
    )


def _standing(post: Post) -> int:
    """Return how high a post stands."""
    return int(post.of_rung("experience.standing") or 0)


def _in_field(move: Move, years: int) -> Answer | None:
    """Return whether too few years were served in the function of the post."""
    function = move.post.function
    if function is None:
        return UNKNOWN
    served = sum(days for post, days in move.person.served if post.function == function)
    return _too_little(move, served, years)


def _too_little(move: Move, served: int, years: int) -> Answer | None:
    """Return whether too little was served, unknown if what is not on record could fill it."""
    missing: Fraction = years * YEAR - served
    before = move.person.days_before_record
    if missing <= 0:
        return None
    return UNKNOWN if before is None or before >= missing else BROKEN
