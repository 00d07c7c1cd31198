"""Whether the education is what the post demands."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, rule
from mutasi.rules._rung import said_or


@rule(basis="PP 11/2017 Ps 54; PP 17/2020")
def minimum_education(case: Case, law: Law) -> Judgement:
    """The highest education reaches the level that the post demands.

    The level demanded is the post's own or, where none is on record, that of its
    rung. Where S-1 (40) is demanded D-IV (35) is enough. Unknown where no education
    is on record but one is demanded.
    """
    of_rung = law("education.least_of_rung")
    held, demanded = (
        case.education_level,
        said_or(case.minimum_education, of_rung, case.rung_number),
    )
    first_degree, diploma_four = law("education.first_degree"), law("education.diploma_four")
    enough = np.where(demanded == first_degree, diploma_four, demanded)
    return Judgement(
        breached=held < enough,
        unknown=np.isnan(held) & ~np.isnan(demanded),
        facts={"held": held, "demanded": demanded},
    )


@rule(basis="PP 11/2017 Ps 54, 72; PermenPANRB 1/2023")
def field_of_study(case: Case, _: Law) -> Judgement:
    """The field of study is one that qualifies for the post.

    One qualifying field among all educations is enough; a post that names none
    takes any. Unknown where the post names fields and no education's field is known.
    """
    demanded = case.qualifying != 0
    unknown = demanded & (case.studied == 0)
    return Judgement(
        breached=demanded & ~unknown & ((case.studied & case.qualifying) == 0),
        unknown=unknown,
        facts={"studied": case.studied, "qualifying": case.qualifying},
    )
