"""The rules as many would write them: for one person and one post, in plain Python.

A comparison with NaN is false, so that a missing fact blocks nobody.
"""

from typing import Any

import pandas as pd

from mutasi.rules import Law
from mutasi.vocabulary import PositionKind


def objections(person: Any, post: Any, law: Law) -> list[str]:
    """Return the rules that block a move.

    Args:
        person: A row of the staff.
        post: A row of the posts.
        law: The law of the day.
    """
    today = pd.Timestamp(law.on)
    enough_education = post["minimum_education"]
    if enough_education == law("education.first_degree"):
        enough_education = law("education.diploma_four")
    retires = person["born_month"] + 12 * post["retirement_age"] + 1
    this_month = 12 * (law.on.year - 1970) + law.on.month - 1 + (law.on.day > 1)
    broken = {
        "active_service": pd.notna(person["standing_number"])
        and person["standing_number"] not in law("standing.movable"),
        "no_running_sanction": person["sanction_severity"] >= law("standing.blocking_severity"),
        "minimum_tenure": person["posted_since"]
        > today - pd.DateOffset(years=law("tenure.minimum_years")),
        "good_appraisals": person["worst_predicate"] > law("performance.worst_predicate"),
        "grade_range": person["is_contract"] != 1
        and (
            person["grade"] < post["lowest_grade"] - law("grade.tolerated_steps_below")
            or person["grade"] > post["highest_grade"]
        ),
        "one_step_up": post["level"] - person["present_level"] > law("grade.most_levels_up"),
        "no_demotion": person["present_level"] - post["level"] > law("grade.most_levels_down"),
        "minimum_education": person["education_level"] < enough_education,
        "field_of_study": post["qualifying"] != 0
        and person["studied"] != 0
        and person["studied"] & post["qualifying"] == 0,
        "time_to_retirement": this_month > retires - law("retirement.least_months"),
        "contract_scope": person["is_contract"] == 1
        and (
            post["family_code"] != person["present_family_code"]
            or post["position_kind"] == PositionKind.STRUCTURAL
        ),
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
    retires = person["born_month"] + 12 * post["retirement_age"] + 1
    this_month = 12 * (law.on.year - 1970) + law.on.month - 1 + (law.on.day > 1)
    told = {
        "maximum_tenure": person["posted_since"]
        <= today - pd.DateOffset(years=law("tenure.maximum_years")),
        "grade_below_range": person["is_contract"] != 1 and person["grade"] < post["lowest_grade"],
        "near_retirement": this_month > retires - law("retirement.warning_months"),
        "post_open": post["open"] == 0,
    }
    return [rule for rule, is_told in told.items() if is_told]
