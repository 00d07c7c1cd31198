"""What protects a person, told of own accord."""

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, Severity, rule


@rule(basis="UU 20/2023; UU 8/2016", severity=Severity.INFORMS, of_person=True)
def protective_circumstance(case: Case, _: Law) -> Judgement:
    """Circumstances that the employee told are weighed with the employee before a decision.

    Which ones is not said here, and no national norm makes them a bar: they never
    block and never lower a rank.
    """
    return Judgement(case.has_circumstance)
