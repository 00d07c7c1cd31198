"""How long one must stay before a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Deferred, Judgement, Severity, anniversary, rule, years_before


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019", of_person=True)
def minimum_tenure(case: Case, law: Law) -> Judgement:
    """A move is possible two years after the present post began at the earliest.

    The anniversary itself counts: whoever has served exactly two years may move,
    and on that day the block ends. Unknown where no present post is on record.
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
    """After five years in a post a move is due.

    The fifth anniversary itself counts.
    """
    limit = law("tenure.maximum_years")
    since = case.posted_since
    return Judgement(since <= years_before(case.on, limit), facts={"since": since, "limit": limit})


@rule(basis="PermenPANRB 6/2024", of_person=True)
def own_request_lock(case: Case, law: Law) -> Judgement:
    """A move at one's own request is possible ten years after appointment at the earliest.

    It is asked only of moves at the employee's own request; the anniversary
    itself counts, and on that day the block ends.
    """
    required = law("tenure.own_request_years")
    since = case.appointed_on
    asked = np.bool_(case.is_own_request)
    return Judgement(
        breached=asked & (since > years_before(case.on, required)),
        facts={"since": since, "required": required},
        clears_on=Deferred(anniversary, since, required),
    )
