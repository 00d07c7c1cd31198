"""Whether there is a post to move to."""

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, Severity, rule


@rule(basis="PP 11/2017 Ps 190", is_final=True)
def another_post(case: Case, _: Law) -> Judgement:
    """A move leads to another post than the present one."""
    return Judgement(case.position_row == case.position)


@rule(basis="PP 11/2017 Ps 50", is_final=True)
def post_exists(case: Case, _: Law) -> Judgement:
    """The post has not been closed."""
    return Judgement(case.is_closed)


@rule(basis="PermenPANRB 1/2020", severity=Severity.WARNS)
def post_open(case: Case, _: Law) -> Judgement:
    """The post needs more people than hold it now.

    A post that is closed, or whose need was never assessed, needs nobody.
    """
    return Judgement(case.open == 0, facts={"needed": case.needed, "filled": case.filled})
