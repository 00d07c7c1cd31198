"""How much time is left until retirement, and how old one may be on arrival."""

from collections.abc import Mapping

import numpy as np

from mutasi.rules._arrival import arrives
from mutasi.rules._law import Law
from mutasi.rules._rule import (
    Array,
    Case,
    Deferred,
    Judgement,
    Severity,
    first_of,
    month_of,
    rule,
    years_before,
)
from mutasi.rules._rung import by_rung


def retirement_month(case: Case, law: Law) -> Array:
    """Return the month on whose first day one retires, in months since 1970; NaN if unknown.

    It follows the month in which the age of retirement (BUP) is reached: the
    post's own or, where none is on record, that of its rung (PP 11/2017 Ps 239).
    """
    own = case.retirement_age
    of_rung = by_rung(law("retirement.age_of_rung"), case.rung_number)
    age = np.where(np.isnan(of_rung), law("retirement.usual_age"), of_rung)
    month: Array = case.born_month + 12.0 * np.where(np.isnan(own), age, own) + 1.0
    return month


@rule(basis="PP 11/2017 Ps 239; kebijakan setempat", is_final=True)
def time_to_retirement(case: Case, law: Law) -> Judgement:
    """At least a year of service is left in the new post.

    One retires on the first day of the month after that in which the age of
    retirement is reached: the post's own or, where none is on record, that of its
    rung, else the usual one. Twelve months before that day, to the day, is the last
    on which a move is possible: the day is the law's, the months are local policy.
    Unknown where the day of birth is not on record.
    """
    months = law("retirement.least_months")
    retires = retirement_month(case, law)
    return Judgement(
        breached=month_of(case.on) > retires - months,
        unknown=np.isnan(case.born_month),
        facts={"retires_on": Deferred(first_of, retires), "months": months},
    )


@rule(basis="kebijakan setempat (contoh: KMK 7/2023)", severity=Severity.WARNS)
def near_retirement(case: Case, law: Law) -> Judgement:
    """Less than two years of service left asks for a second look.

    Counted as in ``time_to_retirement``; two years to the day are enough.
    """
    months = law("retirement.warning_months")
    retires = retirement_month(case, law)
    return Judgement(
        breached=month_of(case.on) > retires - months,
        facts={"retires_on": Deferred(first_of, retires), "months": months},
    )


@rule(basis="PP 11/2017 Ps 107; PP 17/2020", is_final=True)
def executive_age(case: Case, law: Law) -> Judgement:
    """Whoever enters the high leadership posts (JPT) is at most as old as the law allows.

    The birthday of that age itself still counts.  It is asked of those who come
    from below, not of those whose present post's rung has such an age too. Unknown
    where it is asked and the day of birth is not on record.
    """
    oldest = law("retirement.oldest_executive")
    holds = ~np.isnan(by_rung(oldest, case.present_rung_number))
    return _old(case, oldest, ~holds)


@rule(basis="PermenPANRB 1/2023", is_final=True)
def functional_age(case: Case, law: Law) -> Judgement:
    """Whoever comes into a functional post from another job is at most as old as its rung allows.

    The birthday of that age itself still counts.  A move within a job family is no
    such arrival; where one of the two families is unknown it is one. Unknown where it
    is asked and the day of birth is not on record.
    """
    return _old(case, law("retirement.oldest_functional"), arrives(case))


def _old(case: Case, oldest: Mapping[str, float], asked: Array) -> Judgement:
    """Return where someone who is asked has passed the birthday of the rung's highest age."""
    eve = case.on - np.timedelta64(1, "D")
    too_old = {rung: years_before(eve, int(age)) for rung, age in oldest.items()}
    born_by = by_rung(too_old, case.rung_number)
    return Judgement(
        breached=asked & (case.born_on <= born_by),
        unknown=asked & np.isnat(case.born_on) & ~np.isnat(born_by),
        facts={"oldest": Deferred(by_rung, oldest, case.rung_number)},
    )
