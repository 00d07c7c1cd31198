"""One row per employee."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mutasi.state._annulled import in_effect
from mutasi.state._columns import (
    NOBODY,
    Columns,
    LazyColumns,
    Tables,
    code_at,
    day_at,
    days,
    largest,
    latest_row,
    months,
    number_at,
    objects,
    said,
    text_at,
    without_gap,
)
from mutasi.state._regions import regions
from mutasi.state._service import days_by, rung_numbers, unrecorded_days
from mutasi.vocabulary import (
    COMPETENCIES,
    FIELDS,
    RUNGS,
    Assignment,
    EmployeeKind,
    SanctionLevel,
    Scheme,
)

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = {SanctionLevel.LIGHT: 1, SanctionLevel.MODERATE: 2, SanctionLevel.SEVERE: 3}
NUMERIC_BOUNDS = (91.0, 76.0, 61.0, 51.0)
"""SKP numbers from which the predicate is 1, 2, 3, 4; below the last it is 5
(PP 46/2011)."""

QUADRANTS = np.array([[1.0, 2.0, 4.0], [2.0, 2.0, 4.0], [3.0, 3.0, 5.0]])
"""Predicate by results (rows) and behaviour (columns), each above, as expected,
below (PermenPANRB 6/2022)."""

ASSESSED = tuple(f"held_{name}" for name in (*COMPETENCIES, "technical"))


def employees(as_of: date, tables: Tables) -> Columns:
    """Return one row per employee.

    Returns:
        ``employee_id``, ``employee_name``, ``employee_region`` with its
        ``employee_region_code``, ``employee_government`` (row of
        ``GovernmentKind``, -1 = unknown) and ``employee_province_code``;
        ``is_contract``, ``born_on``, ``born_month`` (months since 1970),
        ``appointed_on``;
        ``standing``, ``standing_number``, ``standing_since``; ``grade``
        (1–17), ``grade_since``; ``position`` (row of the present definitive
        post, -1 = none), ``posted_since``; ``home_place``, ``home_latitude``,
        ``home_longitude``; ``education_level`` (highest, SIASN code) and
        ``studied`` (fields of study, a bit each, see :func:`field_bits`);
        ``sanction_severity`` (0–3) of the heaviest that runs and ``sanction_until``,
        the last day of those that run and follow without a gap;
        ``worst_predicate`` (1 best … 5) and ``predicates_count`` of the two
        last judged years, ``last_predicate`` of the last;
        ``held_<competency>`` and ``held_technical`` (the last level on record
        of each), ``assessed_on`` (the last assessment); ``potential`` (0–100)
        of the last assessment of potential, made on ``potential_assessed_on``;
        ``has_circumstance`` (of those that protect); ``days_at_rung`` (days
        served by rung of ``vocabulary.RUNGS``, none of them last; one row per
        employee) and ``unrecorded_days`` (between appointment and the first
        definitive posting on record).
    """
    moment = np.datetime64(as_of, "D")
    people = tables["employees"]
    count = len(people)
    standing = latest_row(tables["standings"], "since", moment, count)
    grade = latest_row(tables["grades"], "since", moment, count)
    home = latest_row(tables["residences"], "since", moment, count)
    postings = tables["postings"]
    definitive = (postings["assignment"] == Assignment.DEFINITIVE).to_numpy()
    since, counts = in_effect(tables)
    kept = definitive & counts & postings["ended_on"].isna().to_numpy()
    lasting, since = postings[kept], since[kept]
    post = latest_row(lasting, "started_on", moment, count)
    return LazyColumns(
        {
            "employee_id": objects(people["employee_id"]),
            "employee_name": objects(people["name"]),
            "employee_region": objects(people["region"]),
            "is_contract": np.where(
                people["kind"].isna(), np.nan, people["kind"] == EmployeeKind.CONTRACT
            ).astype(float),
            "born_on": days(people["born_on"]),
            "born_month": months(days(people["born_on"])),
            "appointed_on": days(people["appointed_on"]),
            "standing": text_at(tables["standings"], "standing", standing),
            "standing_number": np.append(said(tables["standings"]["standing"], _as_number), np.nan)[
                standing
            ],
            "standing_since": day_at(tables["standings"], "since", standing),
            "grade": number_at(tables["grades"], "grade", grade),
            "grade_since": day_at(tables["grades"], "since", grade),
            "position": code_at(lasting, "position", post),
            "posted_since": np.append(since, NOBODY)[post],
            "home_place": text_at(tables["residences"], "place", home),
            "home_latitude": number_at(tables["residences"], "latitude", home),
            "home_longitude": number_at(tables["residences"], "longitude", home),
            "education_level": largest(tables["educations"], "level", count),
            "studied": _studied(tables["educations"], count),
            **_sanctions(tables["sanctions"], moment, count),
            **_predicates(tables["appraisals"], count),
        },
        {
            (
                "employee_region_code",
                "employee_government",
                "employee_province_code",
            ): lambda: {
                f"employee_{name}": values
                for name, values in regions(people["region"], tables).items()
            },
            (*ASSESSED, "assessed_on"): partial(_assessed, tables["assessments"], count),
            ("potential", "potential_assessed_on"): partial(
                _potential, tables["potentials"], moment, count
            ),
            ("has_circumstance",): partial(_circumstances, tables["circumstances"], moment, count),
            ("days_at_rung",): lambda: {
                "days_at_rung": days_by(
                    as_of, tables, rung_numbers(tables["positions"]["rung"]), count, len(RUNGS)
                )
            },
            ("unrecorded_days",): lambda: {
                "unrecorded_days": unrecorded_days(tables, days(people["appointed_on"]))
            },
        },
    )


def _assessed(frame: "pd.DataFrame", count: int) -> Columns:
    """Return the last level on record of each competency, and the day of the last assessment."""
    assessed = days(frame["assessed_on"])
    order = np.argsort(assessed, kind="stable")
    who = frame["employee"].to_numpy()
    last = np.full(count, NOBODY)
    last[who[order]] = assessed[order]
    held: dict[str, NDArray[Any]] = {"assessed_on": last}
    for name in ASSESSED:
        levels = frame[name.removeprefix("held_")].to_numpy(float)
        known = order[~np.isnan(levels[order])]
        held[name] = np.full(count, np.nan)
        held[name][who[known]] = levels[known]
    return held


def _potential(frame: "pd.DataFrame", moment: np.datetime64, count: int) -> Columns:
    row = latest_row(frame[frame["total"].notna()], "assessed_on", moment, count)
    known = frame[frame["total"].notna()]
    return {
        "potential": number_at(known, "total", row),
        "potential_assessed_on": day_at(known, "assessed_on", row),
    }


def _circumstances(frame: "pd.DataFrame", moment: np.datetime64, count: int) -> Columns:
    until = days(frame["until"])
    lasts = (days(frame["since"]) <= moment) & (np.isnat(until) | (until >= moment))
    told = np.zeros(count, dtype=bool)
    told[frame["employee"].to_numpy()[lasts]] = True
    return {"has_circumstance": told}


def _sanctions(
    frame: "pd.DataFrame", moment: np.datetime64, count: int
) -> Mapping[str, NDArray[Any]]:
    who, since, ends = (
        frame["employee"].to_numpy(),
        days(frame["decided_on"]),
        days(frame["ended_on"]),
    )
    last = np.where(np.isnat(ends), np.datetime64("9999-12-31", "D"), ends)
    running = (since <= moment) & (last >= moment)
    severity = np.zeros(count)
    weight = frame["severity"].map(SEVERITIES).to_numpy(float)
    np.maximum.at(severity, who[running], weight[running])
    until = np.full(count, NOBODY)
    until[who[running]] = moment
    return {
        "sanction_severity": severity,
        "sanction_until": without_gap(until, who, since, last),
    }


def predicates(appraisals: "pd.DataFrame") -> NDArray[np.float64]:
    """Return the predicate of each appraisal, 1 (best) to 5; NaN if not known.

    A numeric SKP is put in its class by :data:`NUMERIC_BOUNDS`.  From 2022 on the
    predicate follows from results and behaviour (:data:`QUADRANTS`): what was sent
    counts only where one of them is missing, for senders are known to err.
    """
    score = appraisals["score"].to_numpy(float)
    by_number = 1.0 + np.sum([score < bound for bound in NUMERIC_BOUNDS], axis=0)
    by_number[np.isnan(score)] = np.nan
    given = appraisals["predicate"].to_numpy(float)
    numeric = (appraisals["scheme"] == Scheme.NUMERIC).to_numpy()
    by_ratings = quadrants(
        appraisals["results"].to_numpy(float), appraisals["behaviour"].to_numpy(float)
    )
    quadrant = np.where(np.isnan(by_ratings), given, by_ratings)
    return np.where(numeric, np.where(np.isnan(given), by_number, given), quadrant)


def quadrants(results: NDArray[np.float64], behaviour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the predicate that follows from two ratings, 1 to 3 each; NaN if one is missing.

    >>> quadrants(np.array([1.0, 3.0, np.nan]), np.array([3.0, 1.0, 1.0])).tolist()
    [4.0, 3.0, nan]
    """
    known = ~np.isnan(results + behaviour)
    row, column = (
        np.where(known, rating, 1.0).astype(np.int64) - 1 for rating in (results, behaviour)
    )
    return np.where(known, QUADRANTS[row, column], np.nan)


def _predicates(frame: "pd.DataFrame", count: int) -> Mapping[str, NDArray[Any]]:
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
    latest = np.full(count, np.nan)
    is_last = year == last[who]
    latest[who[is_last]] = value[is_last]
    return {
        "worst_predicate": np.where(number > 0, worst, np.nan),
        "predicates_count": number,
        "last_predicate": latest,
    }


def field_bits(texts: "pd.Series[Any]") -> NDArray[np.int64]:
    """Return lists of fields of study as bits, in the order of ``vocabulary.FIELDS``.

    >>> import pandas as pd
    >>> field_bits(pd.Series(["health", "health;education", None])).tolist()
    [1, 3, 0]
    """
    bits = {field: 1 << place for place, field in enumerate(FIELDS)}
    told = said(texts, lambda text: sum(bits.get(field, 0) for field in text.split(";")))
    return np.nan_to_num(told).astype(np.int64)


def _as_number(text: str) -> float:
    return float(text) if text.isdecimal() else np.nan


def _studied(frame: "pd.DataFrame", count: int) -> NDArray[np.int64]:
    studied = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(studied, frame["employee"].to_numpy(), field_bits(frame["field"]))
    return studied
