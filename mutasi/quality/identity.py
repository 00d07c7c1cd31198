"""Who somebody is, against what the number of identity (NIP) says.

Eight digits say the day of birth, six the month of appointment (of PPPK four the
year, then two that are no month), one the sex.
"""

import numpy as np
import pandas as pd

from mutasi.quality._check import Answer, Dimension, Severity, check, filled
from mutasi.quality._records import Days, Mask, Records
from mutasi.rules import anniversary
from mutasi.vocabulary import EmployeeKind

YOUNGEST = 17
"""Years of age below which nobody is appointed."""

SEX_OF_DIGIT = {"1": "M", "2": "F"}

name_recorded = filled("name_recorded", "employees.name", Severity.LOW, "The name is recorded.")
kind_recorded = filled(
    "kind_recorded", "employees.kind", Severity.HIGH, "Whether PNS or PPPK is recorded."
)
birth_recorded = filled(
    "birth_recorded", "employees.born_on", Severity.HIGH, "The day of birth is recorded."
)


@check(Dimension.ACCURACY, Severity.HIGH, "employees.born_on")
def birth_as_in_number(records: Records) -> Answer:
    """The day of birth is the one in the NIP."""
    said = _born(records)
    born = records.days("employees", "born_on")
    asked = records.serves & ~np.isnat(said) & ~np.isnat(born)
    return Answer(asked, said != born, {"found": born, "said": said})


@check(Dimension.ACCURACY, Severity.MEDIUM, "employees.appointed_on")
def appointment_as_in_number(records: Records) -> Answer:
    """The month of appointment is the one in the NIP; of PPPK the year."""
    number = _numbers(records)
    appointed = records.table("employees")["appointed_on"]
    by_month = _has_month(number)
    year = number.str[8:12]
    said = (number.str[12:14] + "-" + year).where(by_month, year)
    held = appointed.dt.strftime("%m-%Y").where(by_month, appointed.dt.strftime("%Y"))
    asked = records.serves & _is_whole(number)
    return Answer(
        asked,
        (said != held).to_numpy(bool),
        {"found": records.days("employees", "appointed_on"), "said": said.to_numpy(object)},
    )


@check(Dimension.ACCURACY, Severity.MEDIUM, "employees.sex")
def sex_as_in_number(records: Records) -> Answer:
    """The sex is the one in the NIP."""
    number = _numbers(records)
    said = number.str[14].map(SEX_OF_DIGIT)
    sex = records.table("employees")["sex"]
    asked = records.serves & _is_whole(number) & (said.notna() & sex.notna()).to_numpy(bool)
    facts = {"found": sex.to_numpy(object), "said": said.to_numpy(object)}
    return Answer(asked, (said != sex).to_numpy(bool), facts)


@check(Dimension.ACCURACY, Severity.MEDIUM, "employees.kind")
def kind_as_in_number(records: Records) -> Answer:
    """The NIP of a PNS says a month of appointment."""
    number = _numbers(records)
    kind = records.table("employees")["kind"]
    asked = records.serves & _is_whole(number) & (kind == EmployeeKind.CIVIL_SERVANT).to_numpy(bool)
    facts = {"found": kind.to_numpy(object), "digits": number.str[12:14].to_numpy(object)}
    return Answer(asked, ~_has_month(number), facts)


@check(Dimension.ACCURACY, Severity.HIGH, "employees.appointed_on")
def grown_up_at_appointment(records: Records) -> Answer:
    """Nobody is appointed before the age of 17."""
    born, appointed = records.people["born_on"], records.people["appointed_on"]
    asked = records.serves & ~np.isnat(born) & ~np.isnat(appointed)
    earliest = anniversary(born, YOUNGEST)
    return Answer(asked, appointed < earliest, {"found": appointed, "earliest": earliest})


@check(Dimension.CONSISTENCY, Severity.MEDIUM, "employees.employee_id")
def one_number_a_person(records: Records) -> Answer:
    """A person has one NIP: name, day of birth and sex do not come twice."""
    people = records.table("employees")
    same = pd.DataFrame(
        {"name": people["name"].str.casefold(), "born": people["born_on"], "sex": people["sex"]}
    )
    asked = records.serves & same[["name", "born"]].notna().all(axis=1).to_numpy(bool)
    among = same[asked]
    group = among.groupby(list(among.columns), dropna=False, sort=False)
    number = people["employee_id"][asked]
    first = number.groupby(group.ngroup()).transform("first")
    last = number.groupby(group.ngroup()).transform("last")
    twice = np.zeros(len(people), dtype=bool)
    twice[asked] = among.duplicated(keep=False).to_numpy(bool)
    other = np.full(len(people), None, dtype=object)
    other[asked] = np.where(number == first, last, first)
    return Answer(asked, twice, {"found": people["employee_id"].to_numpy(object), "other": other})


def _numbers(records: Records) -> "pd.Series[str]":
    return records.table("employees")["employee_id"]


def _is_whole(number: "pd.Series[str]") -> Mask:
    return number.str.fullmatch(r"\d{18}").to_numpy(bool)


def _has_month(number: "pd.Series[str]") -> Mask:
    return number.str[12:14].str.fullmatch(r"0[1-9]|1[0-2]").to_numpy(bool)


def _born(records: Records) -> Days:
    said = pd.to_datetime(_numbers(records).str[:8], format="%Y%m%d", errors="coerce")
    return said.to_numpy("datetime64[s]").astype("datetime64[D]")
