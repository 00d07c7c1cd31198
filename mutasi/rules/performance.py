"""Whether past appraisals allow a move."""

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, rule


@rule(basis="Peraturan BKN 5/2019 Ps 3; PP 11/2017 Ps 54", of_person=True)
def good_appraisals(case: Case, law: Law) -> Judgement:
    """The appraisals of the last two years are at least 'Baik'.

    Of the appraisals that say a predicate, those of the last judged year and of the
    year before it count; the worst decides. Unknown where fewer years are on record
    than the law looks at.
    """
    worst, count = case.worst_predicate, case.predicates_count
    return Judgement(
        breached=worst > law("performance.worst_predicate"),
        unknown=count < law("performance.years"),
        facts={"worst": worst, "years": count},
    )
