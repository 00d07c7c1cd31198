"""How long one must stay before a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Deferred, Judgement, Severity, anniversary, rule, years_before


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019", of_person=True)
def minimum_tenure(case: Case, law: Law) -> Judgement:
    """A move is possible two years after the present post began at the earliest.

    The anniversary itself counts: whoever has served exactly two years may move.
    """
    required = law("tenure.minimum_years")
    since = case.posted_since
    return Judgement(
        breached=since > years_before(case.on, required),
        unknown=np.isnat(since),
        facts={"since": since, "required": required},
        clears_on=Deferred(anniversary, since, required),
    )


@rule(basis="PP 11/2017 Ps 190", severity=Severity.INFORMS, of_person=True)
def maximum_tenure(case: Case, law: Law) -> Judgement:
    """After five years in a post a move is due."""
    limit = law("tenure.maximum_years")
    since = case.posted_since
    return Judgement(since <= years_before(case.on, limit), facts={"since": since, "limit": limit})
