"""How much time is left until retirement."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Deferred, Judgement, Severity, first_of, month_of, rule


def retirement_month(case: Case) -> Array:
    """Return the month on whose first day one retires, in months since 1970; NaN if unknown.

    It follows the month in which the age of retirement (BUP) is reached.
    """
    month: Array = case.born_month + 12.0 * case.retirement_age + 1.0
    return month


@rule(basis="PP 11/2017 Ps 239")
def time_to_retirement(case: Case, law: Law) -> Judgement:
    """At least a year of service is left in the new post."""
    months = law("retirement.least_months")
    retires = retirement_month(case)
    return Judgement(
        breached=month_of(case.on) > retires - months,
        unknown=np.isnan(case.born_month),
        facts={"retires_on": Deferred(first_of, retires), "months": months},
    )


@rule(basis="KMK 7/2023", severity=Severity.WARNS)
def near_retirement(case: Case, law: Law) -> Judgement:
    """Less than two years of service left asks for a second look."""
    months = law("retirement.warning_months")
    retires = retirement_month(case)
    return Judgement(
        breached=month_of(case.on) > retires - months,
        facts={"retires_on": Deferred(first_of, retires), "months": months},
    )
