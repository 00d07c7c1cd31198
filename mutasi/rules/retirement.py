"""How much time is left until retirement."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Judgement, Severity, anniversary, rule


def retires_on(case: Case) -> Array:
    """Return the first day of the month after the age of retirement; NaT if unknown."""
    age = case.retirement_age
    birthday = anniversary(case.born_on, np.where(np.isnan(age), 0, age))
    month_after = birthday.astype("datetime64[M]") + np.timedelta64(1, "M")
    return np.where(np.isnan(age), np.datetime64("NaT"), month_after.astype("datetime64[D]"))


@rule(basis="PP 11/2017 Ps 239; local policy for the months left")
def time_to_retirement(case: Case, law: Law) -> Judgement:
    """At least a year of service is left in the new post."""
    months = law("retirement.least_months")
    day = retires_on(case)
    last_start = (day.astype("datetime64[M]") - np.timedelta64(months, "M")).astype("datetime64[D]")
    return Judgement(
        breached=case.on > last_start,
        unknown=np.isnat(case.born_on),
        facts={"retires_on": day, "months": months},
    )


@rule(basis="KMK 7/2023; local policy", severity=Severity.WARNS)
def near_retirement(case: Case, law: Law) -> Judgement:
    """Less than two years of service left asks for a second look."""
    months = law("retirement.warning_months")
    day = retires_on(case)
    last_start = (day.astype("datetime64[M]") - np.timedelta64(months, "M")).astype("datetime64[D]")
    return Judgement(case.on > last_start, facts={"retires_on": day, "months": months})
