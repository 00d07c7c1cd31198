"""Where everyone and everything stands on the day of a snapshot.

Dated records become one row per employee and one row per position.  Every
column is a numpy array as long as its table; dates are ``datetime64[D]``,
numbers float (NaN = unknown), texts object arrays (``None`` = unknown).
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutasi.vocabulary import COMPETENCIES, FIELDS, Assignment, EmployeeKind, SanctionLevel, Scheme

Columns = Mapping[str, NDArray[Any]]
Tables = Mapping[str, pd.DataFrame]

NONE = np.array(None, dtype=object)
NOBODY = np.datetime64("NaT", "D")
SEVERITIES = {SanctionLevel.LIGHT: 1, SanctionLevel.MODERATE: 2, SanctionLevel.SEVERE: 3}
NUMERIC_BOUNDS = (91.0, 76.0, 61.0, 51.0)
"""SKP numbers from which the predicate is 1, 2, 3, 4; below the last it is 5
(PP 46/2011)."""


def employees(as_of: date, tables: Tables) -> Columns:
    """Return one row per employee.

    Returns:
        ``employee_id``, ``employee_name``, ``employee_region``, ``is_contract``,
        ``born_on``, ``born_month`` (months since 1970), ``appointed_on``;
        ``standing``, ``standing_number``, ``standing_since``; ``grade``
        (1–17), ``grade_since``; ``position`` (row of the present definitive
        post, -1 = none), ``posted_since``; ``home_place``, ``home_latitude``,
        ``home_longitude``; ``education_level`` (highest, SIASN code) and
        ``studied`` (fields of study, a bit each, see :func:`field_bits`);
        ``sanction_severity`` (0–3) and ``sanction_until`` of the sanction that
        runs longest; ``worst_predicate`` (1 best … 5) and ``predicates_count``
        of the two last judged years.
    """
    moment = np.datetime64(as_of, "D")
    people = tables["employees"]
    count = len(people)
    standing = _latest(tables["standings"], "since", moment, count)
    grade = _latest(tables["grades"], "since", moment, count)
    home = _latest(tables["residences"], "since", moment, count)
    postings = tables["postings"]
    definitive = (postings["assignment"] == Assignment.DEFINITIVE).to_numpy()
    lasting = postings[definitive & postings["ended_on"].isna().to_numpy()]
    post = _latest(lasting, "started_on", moment, count)
    return {
        "employee_id": _objects(people["employee_id"]),
        "employee_name": _objects(people["name"]),
        "employee_region": _objects(people["region"]),
        "is_contract": np.where(
            people["kind"].isna(), np.nan, people["kind"] == EmployeeKind.CONTRACT
        ).astype(float),
        "born_on": _days(people["born_on"]),
        "born_month": _months(_days(people["born_on"])),
        "appointed_on": _days(people["appointed_on"]),
        "standing": _text(tables["standings"], "standing", standing),
        "standing_number": np.append(_said(tables["standings"]["standing"], _as_number), np.nan)[
            standing
        ],
        "standing_since": _day(tables["standings"], "since", standing),
        "grade": _number(tables["grades"], "grade", grade),
        "grade_since": _day(tables["grades"], "since", grade),
        "position": _code(lasting, "position", post),
        "posted_since": _day(lasting, "started_on", post),
        "home_place": _text(tables["residences"], "place", home),
        "home_latitude": _number(tables["residences"], "latitude", home),
        "home_longitude": _number(tables["residences"], "longitude", home),
        "education_level": _largest(tables["educations"], "level", count),
        "studied": _studied(tables["educations"], count),
        **_sanctions(tables["sanctions"], moment, count),
        **_predicates(tables["appraisals"], count),
    }


def positions(as_of: date, tables: Tables, people: Columns) -> Columns:
    """Return one row per position, with what it has from its unit.

    Returns:
        ``position_id``, ``position_row``, ``title``, ``position_kind``, ``family``, ``rung``,
        ``level``, ``function`` (its own or its unit's), ``lowest_grade``,
        ``highest_grade``, ``minimum_education``,
        ``qualifying`` (fields of study that qualify, a bit each; 0 = any),
        ``retirement_age``, ``allowance_class``; ``required_<competency>`` and
        ``required_technical``; ``unit`` (row of the unit, -1 = none),
        ``unit_id``, ``unit_name``, ``region``, ``place``, ``latitude``,
        ``longitude``, ``is_remote``; ``title_code``, ``family_code``,
        ``function_code``, ``place_code`` (equal texts have equal codes, -1 =
        unknown); ``is_closed``; ``needed`` (people; NaN =
        never assessed), ``filled`` (people) and ``open`` (people missing; 0 if
        closed or never assessed).
    """
    moment = np.datetime64(as_of, "D")
    posts, units = tables["positions"], tables["units"]
    unit = posts["unit"].to_numpy()
    need = _latest(tables["needs"], "since", moment, len(posts), by="position")
    needed = _number(tables["needs"], "needed", need)
    holders = people["position"]
    filled = np.bincount(holders[holders >= 0], minlength=len(posts)).astype(float)
    closed = _days(posts["closed_on"]) <= moment
    unit_function = _text(units, "function", unit)
    own_function = _objects(posts["function"])
    function = np.where(np.equal(own_function, NONE), unit_function, own_function)
    place = _text(units, "place", unit)
    return {
        "position_id": _objects(posts["position_id"]),
        "position_row": np.arange(len(posts)),
        "title": _objects(posts["title"]),
        "position_kind": _objects(posts["kind"]),
        "family": _objects(posts["family"]),
        "rung": _objects(posts["rung"]),
        "level": posts["level"].to_numpy(),
        "function": function,
        "lowest_grade": posts["lowest_grade"].to_numpy(),
        "highest_grade": posts["highest_grade"].to_numpy(),
        "minimum_education": posts["minimum_education"].to_numpy(),
        "qualifying": field_bits(posts["fields"]),
        "retirement_age": posts["retirement_age"].to_numpy(),
        "allowance_class": posts["allowance_class"].to_numpy(),
        **{f"required_{name}": posts[name].to_numpy() for name in (*COMPETENCIES, "technical")},
        "unit": unit,
        "unit_id": _text(units, "unit_id", unit),
        "unit_name": _text(units, "name", unit),
        "region": _text(units, "region", unit),
        "place": place,
        "latitude": _number(units, "latitude", unit),
        "longitude": _number(units, "longitude", unit),
        "is_remote": _number(units, "is_remote", unit),
        "title_code": pd.factorize(posts["title"])[0],
        "family_code": pd.factorize(posts["family"])[0],
        "function_code": pd.factorize(function)[0],
        "place_code": pd.factorize(place)[0],
        "is_closed": closed,
        "needed": needed,
        "filled": filled,
        "open": np.where(closed, 0.0, np.nan_to_num(np.clip(needed - filled, 0, None))),
    }


def _latest(
    frame: pd.DataFrame, since: str, moment: np.datetime64, count: int, by: str = "employee"
) -> NDArray[np.int64]:
    """Return for each code the row with the last date that is not after the day; -1 if none."""
    row = np.full(count, -1, dtype=np.int64)
    days = _days(frame[since])
    order = np.argsort(days, kind="stable")
    order = order[(days <= moment)[order] & (frame[by].to_numpy() >= 0)[order]]
    row[frame[by].to_numpy()[order]] = order
    return row


def _sanctions(frame: pd.DataFrame, moment: np.datetime64, count: int) -> dict[str, NDArray[Any]]:
    ends = _days(frame["ended_on"])
    running = (_days(frame["decided_on"]) <= moment) & (np.isnat(ends) | (ends >= moment))
    frame, ends = frame[running], ends[running]
    severity = np.zeros(count)
    weight = frame["severity"].map(SEVERITIES).to_numpy(float)
    np.maximum.at(severity, frame["employee"].to_numpy(), weight)
    until = np.full(count, NOBODY)
    open_ended = np.datetime64("9999-12-31", "D")
    last = np.where(np.isnat(ends), open_ended, ends)
    order = np.argsort(last, kind="stable")
    until[frame["employee"].to_numpy()[order]] = last[order]
    return {"sanction_severity": severity, "sanction_until": until}


def predicates(appraisals: pd.DataFrame) -> NDArray[np.float64]:
    """Return the predicate of each appraisal, 1 (best) to 5; NaN if not known.

    A numeric SKP is put in its class by :data:`NUMERIC_BOUNDS`.
    """
    score = appraisals["score"].to_numpy(float)
    by_number = 1.0 + np.sum([score < bound for bound in NUMERIC_BOUNDS], axis=0)
    by_number[np.isnan(score)] = np.nan
    given = appraisals["predicate"].to_numpy(float)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy()
    return np.where(numeric & np.isnan(given), by_number, given)


def _predicates(frame: pd.DataFrame, count: int) -> dict[str, NDArray[Any]]:
    value = predicates(frame)
    known = ~np.isnan(value)
    who = frame["employee"].to_numpy()[known]
    year, value = frame["year"].to_numpy()[known], value[known]
    last = np.full(count, -np.inf)
    np.maximum.at(last, who, year)
    recent = year > last[who] - 2
    worst = np.zeros(count)
    np.maximum.at(worst, who[recent], value[recent])
    number = np.bincount(who[recent], minlength=count).astype(float)
    return {
        "worst_predicate": np.where(number > 0, worst, np.nan),
        "predicates_count": number,
    }


def field_bits(texts: "pd.Series[Any]") -> NDArray[np.int64]:
    """Return lists of fields of study as bits, in the order of ``vocabulary.FIELDS``.

    >>> field_bits(pd.Series(["health", "health;education", None])).tolist()
    [1, 3, 0]
    """
    bits = {field: 1 << place for place, field in enumerate(FIELDS)}
    said = _said(texts, lambda text: sum(bits.get(field, 0) for field in text.split(";")))
    return np.nan_to_num(said).astype(np.int64)


def _said(texts: "pd.Series[Any]", number: Callable[[str], float]) -> NDArray[np.float64]:
    """Return the number that each text says, reading equal texts once; NaN where there is none."""
    codes, distinct = pd.factorize(texts)
    return np.array([*map(number, distinct), np.nan])[codes]


def _as_number(text: str) -> float:
    return float(text) if text.isdecimal() else np.nan


def _studied(frame: pd.DataFrame, count: int) -> NDArray[np.int64]:
    studied = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(studied, frame["employee"].to_numpy(), field_bits(frame["field"]))
    return studied


def _largest(frame: pd.DataFrame, column: str, count: int) -> NDArray[np.float64]:
    found = np.full(count, -np.inf)
    np.maximum.at(found, frame["employee"].to_numpy(), frame[column].to_numpy(float))
    return np.where(np.isinf(found), np.nan, found)


def _days(column: "pd.Series[Any]") -> NDArray[np.datetime64]:
    return column.to_numpy("datetime64[s]").astype("datetime64[D]")


def _months(days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Return the months from January 1970 to that of each day; NaN where there is none."""
    months = days.astype("datetime64[M]").astype(np.int64).astype(float)
    return np.where(np.isnat(days), np.nan, months)


def _day(frame: pd.DataFrame, column: str, row: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return np.append(_days(frame[column]), NOBODY)[row]


def _number(frame: pd.DataFrame, column: str, row: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.append(frame[column].to_numpy(float), np.nan)[row]


def _text(frame: pd.DataFrame, column: str, row: NDArray[np.int64]) -> NDArray[Any]:
    found: NDArray[Any] = np.append(_objects(frame[column]), NONE)[row]
    return found


def _objects(column: "pd.Series[Any]") -> NDArray[Any]:
    texts = column.to_numpy(object)
    texts[column.isna().to_numpy()] = None
    return texts


def _code(frame: pd.DataFrame, column: str, row: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.append(frame[column].to_numpy(np.int64), -1)[row]
