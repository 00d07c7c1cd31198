"""How long one must stay before a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, Severity, anniversary, rule


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019")
def minimum_tenure(case: Case, law: Law) -> Judgement:
    """A move is possible two years after the present post began at the earliest.

    The anniversary itself counts: whoever has served exactly two years may move.
    """
    required = law("tenure.minimum_years")
    earliest = anniversary(case.posted_since, required)
    return Judgement(
        breached=earliest > case.on,
        unknown=np.isnat(case.posted_since),
        facts={"since": case.posted_since, "required": required},
        clears_on=earliest,
    )


@rule(basis="PP 11/2017 Ps 190", severity=Severity.INFORMS)
def maximum_tenure(case: Case, law: Law) -> Judgement:
    """After five years in a post a move is due."""
    limit = law("tenure.maximum_years")
    due = anniversary(case.posted_since, limit)
    return Judgement(due <= case.on, facts={"since": case.posted_since, "limit": limit})
