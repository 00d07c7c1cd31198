"""The rules as many would write them: for one person and one post, in plain Python.

A comparison with NaN or NaT is false, so that a missing fact blocks nobody.
"""

from typing import Any

import numpy as np
import pandas as pd

from mutasi.rules import Law
from mutasi.vocabulary import COMPETENCIES, RUNGS

DAYS_PER_YEAR = 365.25


def objections(person: Any, post: Any, law: Law) -> list[str]:
    """Return the rules that block a move.

    Args:
        person: A row of the staff.
        post: A row of the posts.
        law: The law of the day.
    """
    today = pd.Timestamp(law.on)
    lowest, highest = _grades(post, law)
    broken = {
        "active_service": pd.notna(person["standing_number"])
        and person["standing_number"] not in law("standing.movable"),
        "no_running_sanction": person["sanction_severity"] >= law("standing.blocking_severity"),
        "minimum_tenure": person["posted_since"]
        > today - pd.DateOffset(years=law("tenure.minimum_years")),
        "good_appraisals": person["worst_predicate"] > law("performance.worst_predicate"),
        "grade_range": person["is_contract"] != 1
        and (
            person["grade"] < lowest - law("grade.tolerated_steps_below")
            or person["grade"] > highest
        ),
        "one_step_up": _step_up(person, post, law) > law("grade.most_levels_up"),
        "no_demotion": person["present_level"] - post["level"] > law("grade.most_levels_down")
        and not _stand_equal(person, post, law),
        "minimum_education": person["education_level"] < _enough_education(post, law),
        "field_of_study": post["qualifying"] != 0
        and person["studied"] != 0
        and person["studied"] & post["qualifying"] == 0,
        "level_experience": _lacks_level(person, post, law),
        "competency_standard": post["is_structural"]
        and _match(person, post, law) < law("competence.least_match"),
        "time_to_retirement": _months_left(person, post, law) < law("retirement.least_months"),
        "executive_age": _rung(person, "present_") not in law("retirement.oldest_executive")
        and _is_past(person, law("retirement.oldest_executive").get(_rung(post)), today),
        "functional_age": _arrives(person, post)
        and _is_past(person, law("retirement.oldest_functional").get(_rung(post)), today),
        "contract_scope": person["is_contract"] == 1
        and (
            not (_same(person, post, "family_code") or _same(person, post, "title_code"))
            or post["region"] != person["employee_region"]
            or post["is_structural"]
        ),
        "no_blackout": (post["leads"] and pd.notna(post["blackout_until"]))
        or (person["present_leads"] and pd.notna(person["present_blackout_until"])),
        "another_post": post["position_row"] == person["position"],
        "post_exists": post["is_closed"],
    }
    return [rule for rule, is_broken in broken.items() if is_broken]


def warnings(person: Any, post: Any, law: Law) -> list[str]:
    """Return the rules that do not block but are told.

    Args:
        person: A row of the staff.
        post: A row of the posts.
        law: The law of the day.
    """
    today = pd.Timestamp(law.on)
    in_field = person["days_by_function"][post["function_code"]] / DAYS_PER_YEAR
    told = {
        "maximum_tenure": person["posted_since"]
        <= today - pd.DateOffset(years=law("tenure.maximum_years")),
        "grade_below_range": person["is_contract"] != 1 and person["grade"] < _grades(post, law)[0],
        "executive_field": in_field < law("experience.years_in_field").get(_rung(post), 0),
        "functional_field": _arrives(person, post)
        and in_field < law("experience.years_in_functional_field"),
        "competency_gap": _match(person, post, law) < law("competence.full_match"),
        "succession_pool": post["is_structural"]
        and post["level"] > person["present_level"]
        and _box(person, law) not in (*law("competence.pool"), None),
        "near_retirement": _months_left(person, post, law) < law("retirement.warning_months"),
        "post_open": post["open"] == 0,
        "protective_circumstance": person["has_circumstance"],
        "approval_within": post["region"] == person["employee_region"],
        "approval_of_civil_registry": _touches(person, post, "civil_registry"),
        "consultation_on_inspectorate": _touches(person, post, "audit"),
    }
    return [rule for rule, is_told in told.items() if is_told]


def _rung(row: Any, of: str = "") -> str | None:
    return RUNGS[row[f"{of}rung_number"]] if row[f"{of}rung_number"] >= 0 else None


def _same(person: Any, post: Any, code: str) -> bool:
    return bool(post[code] >= 0 and post[code] == person[f"present_{code}"])


def _step_up(person: Any, post: Any, law: Law) -> float:
    standing = law("experience.standing")
    if person["position"] < 0:
        return np.nan
    if post["is_structural"] and _rung(post) in standing:
        return float(standing[_rung(post)] - standing.get(_rung(person, "present_"), 0))
    return float(post["level"] - person["present_level"])


def _stand_equal(person: Any, post: Any, law: Law) -> bool:
    standing = law("experience.standing")
    held = standing.get(_rung(person, "present_"))
    kinds_differ = post["is_structural"] != person["present_is_structural"]
    return bool(held is not None and held == standing.get(_rung(post)) and kinds_differ)


def _arrives(person: Any, post: Any) -> bool:
    return post["position_kind"] == "FUNGSIONAL" and not _same(person, post, "family_code")


def _touches(person: Any, post: Any, function: str) -> bool:
    return bool(
        (post["is_structural"] and post["function"] == function)
        or (person["present_is_structural"] and person["present_function"] == function)
    )


def _grades(post: Any, law: Law) -> tuple[float, float]:
    lowest, highest = post["lowest_grade"], post["highest_grade"]
    if np.isnan(lowest):
        lowest = law("grade.lowest_of_rung").get(_rung(post), np.nan)
    if np.isnan(highest):
        highest = law("grade.highest_of_rung").get(_rung(post), np.nan)
    return lowest, highest


def _enough_education(post: Any, law: Law) -> float:
    demanded = post["minimum_education"]
    if np.isnan(demanded):
        demanded = law("education.least_of_rung").get(_rung(post), np.nan)
    if demanded == law("education.first_degree"):
        return float(law("education.diploma_four"))
    return float(demanded)


def _months_left(person: Any, post: Any, law: Law) -> float:
    age = post["retirement_age"]
    if np.isnan(age):
        age = law("retirement.age_of_rung").get(_rung(post), law("retirement.usual_age"))
    this_month = 12 * (law.on.year - 1970) + law.on.month - 1 + (law.on.day > 1)
    return float(person["born_month"] + 12 * age + 1 - this_month)


def _is_past(person: Any, age: int | None, today: pd.Timestamp) -> bool:
    if age is None or pd.isna(person["born_on"]):
        return False
    return bool(person["born_on"] <= today - pd.DateOffset(days=1) - pd.DateOffset(years=age))


def _lacks_level(person: Any, post: Any, law: Law) -> bool:
    standing = law("experience.standing")
    required = law("experience.years_below").get(_rung(post))
    if required is None:
        return False
    demanded = standing[_rung(post)] - 1
    if standing.get(_rung(person, "present_"), 0) > demanded:
        return False
    served = sum(
        days
        for rung, days in zip((*RUNGS, None), person["days_at_rung"], strict=True)
        if standing.get(rung, 0) >= demanded
    )
    return bool(served + person["unrecorded_days"] < required * DAYS_PER_YEAR)


def _match(person: Any, post: Any, law: Law) -> float:
    valid = pd.DateOffset(years=law("competence.valid_years"))
    if not person["assessed_on"] + valid >= pd.Timestamp(law.on):
        return np.nan
    met = total = 0.0
    for name in COMPETENCIES:
        held, demanded = person[f"held_{name}"], post[f"required_{name}"]
        if not np.isnan(held + demanded):
            met += min(held, demanded)
            total += demanded
    return 100 * met / total if total else np.nan


def _box(person: Any, law: Law) -> int | None:
    valid = pd.DateOffset(years=law("competence.valid_years"))
    if np.isnan(person["last_predicate"] + person["potential"]):
        return None
    if not person["potential_assessed_on"] + valid >= pd.Timestamp(law.on):
        return None
    row = law("competence.performance_rows")[int(person["last_predicate"]) - 1]
    column = sum(person["potential"] >= bound for bound in law("competence.potential_bounds"))
    return int(law("competence.boxes")[row][column])
