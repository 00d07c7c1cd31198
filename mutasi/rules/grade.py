"""Whether the grade and the step on the ladder fit the post."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Judgement, Severity, rule
from mutasi.rules._rung import by_rung, said_or


@rule(basis="PP 13/2002; PP 11/2017")
def grade_range(case: Case, law: Law) -> Judgement:
    """The grade lies in the range of the post, or one step below it.

    The range is the post's own or, where none is on record, that of its rung.
    Employees under contract (PPPK) have a ladder of their own and are not
    measured by this range. Unknown where the grade is not on record but a range is.
    """
    tolerated = law("grade.tolerated_steps_below")
    grade, lowest, highest = case.grade, _lowest(case, law), _highest(case, law)
    by_ladder = case.is_contract != 1
    return Judgement(
        breached=by_ladder & ((grade < lowest - tolerated) | (grade > highest)),
        unknown=by_ladder & np.isnan(grade) & ~(np.isnan(lowest) & np.isnan(highest)),
        facts={"grade": grade, "lowest": lowest, "highest": highest},
    )


@rule(basis="PP 13/2002", severity=Severity.WARNS)
def grade_below_range(case: Case, law: Law) -> Judgement:
    """A grade below the range of the post needs a reason.

    The range is that of ``grade_range``; it is not asked of PPPK.
    """
    lowest = _lowest(case, law)
    return Judgement(
        breached=(case.is_contract != 1) & (case.grade < lowest),
        facts={"grade": case.grade, "lowest": lowest},
    )


@rule(basis="Perpres 116/2022; SE Kepala BKN 7/2024; PP 11/2017 Ps 54, 107")
def one_step_up(case: Case, law: Law) -> Judgement:
    """A promotion goes up one step at most.

    To a structural post whose rung has a standing (as in ``level_experience``: JPT 3,
    administrator 2, pengawas 1, all others 0) the step is its standing less that of the
    present post; to any other post it is the level of the post less the level of the
    present post. Not asked of one without a present post.
    """
    most = law("grade.most_levels_up")
    standing = by_rung(law("experience.standing"), case.rung_number)
    held = np.nan_to_num(by_rung(law("experience.standing"), case.present_rung_number))
    leads = case.is_structural & ~np.isnan(standing)
    step = np.where(leads, standing - held, case.level - case.present_level)
    return Judgement((case.position >= 0) & (step > most), facts={"step": step, "most": most})


@rule(basis="PP 94/2021 Ps 8")
def no_demotion(case: Case, law: Law) -> Judgement:
    """A move is no demotion, which is a sanction.

    The step is the level of the present post less the level of the post. Between a
    structural and another post that have the same standing (as in ``one_step_up``) there
    is none.
    """
    most = law("grade.most_levels_down")
    standing, held = (
        by_rung(law("experience.standing"), number)
        for number in (case.rung_number, case.present_rung_number)
    )
    is_equal = (standing == held) & (case.is_structural != case.present_is_structural)
    step = case.present_level - case.level
    return Judgement((step > most) & ~is_equal, facts={"step": step, "most": most})


def _lowest(case: Case, law: Law) -> Array:
    return said_or(case.lowest_grade, law("grade.lowest_of_rung"), case.rung_number)


def _highest(case: Case, law: Law) -> Array:
    return said_or(case.highest_grade, law("grade.highest_of_rung"), case.rung_number)
