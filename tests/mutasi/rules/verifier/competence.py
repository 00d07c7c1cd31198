"""Rules about competence and potential."""

from datetime import date
from fractions import Fraction

from tests.mutasi.rules.verifier.calendar import anniversary
from tests.mutasi.rules.verifier.records import Row, Rows, last
from tests.mutasi.rules.verifier.terms import BROKEN, NINE, UNKNOWN, Answer, Move


def competency_standard(move: Move) -> Answer | None:
    if not move.post.is_structural or any(move.post[name] is None for name in NINE):
        return None
    match = _job_person_match(move)
    if match is None or not _is_assessed(move):
        return UNKNOWN
    return BROKEN if match < move.law("competence.least_match") else None


def competency_gap(move: Move) -> Answer | None:
    match = _job_person_match(move)
    if match is None or not _is_assessed(move):
        return None
    return BROKEN if match < move.law("competence.full_match") else None


def succession_pool(move: Move) -> Answer | None:
    if not move.post.is_structural or move.levels_up is None or move.levels_up <= 0:
        return None
    box = _box(move)
    if box is None:
        return UNKNOWN
    return None if box in move.law("competence.pool") else BROKEN


def _job_person_match(move: Move) -> Fraction | None:
    """Return the match in percent over competencies held and demanded."""
    held = move.person.competences
    both = [(held[name], Fraction(move.post[name])) for name in held if move.post[name] is not None]
    demanded = sum(asked for _, asked in both)
    return sum(min(pair) for pair in both) / demanded * 100 if demanded else None


def _is_assessed(move: Move) -> bool:
    """Return whether the last assessment of competence still counts."""
    latest = _latest(move.person.records("assessments"))
    return latest is not None and _counts(move, latest)


def _counts(move: Move, assessment: Row) -> bool:
    """Return whether an assessment is not yet past its last anniversary that counts."""
    made: date = assessment["assessed_on"]
    return move.on <= anniversary(made, move.law("competence.valid_years"))


def _box(move: Move) -> int | None:
    """Return the box of the talent matrix, or nothing."""
    told = [row for row in move.person.records("potentials") if row["total"] is not None]
    potential, predicates = _latest(told), move.person.predicates
    if not predicates or potential is None or not _counts(move, potential):
        return None
    row = move.law("competence.performance_rows")[predicates[max(predicates)] - 1]
    total, bounds = potential["total"], move.law("competence.potential_bounds")
    box: int = move.law("competence.boxes")[row][sum(total >= bound for bound in bounds)]
    return box


def _latest(assessments: Rows) -> Row | None:
    return last(assessments, lambda row: row["assessed_on"])
