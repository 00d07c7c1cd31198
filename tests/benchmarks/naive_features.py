"""The features of a pair as many would write them: for one person and one post at a time.

What describes a person or a post alone is at hand in their rows; what depends on
both is worked out here, from the person's stays and trainings where needed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from math import cos, hypot, isnan, nan, radians
from typing import Any

import pandas as pd

from features.education import STEPS
from features.location import EARTH_RADIUS_KM
from mutasi.vocabulary import COMPETENCIES


def pair_features(
    person: Any, post: Any, stays: Sequence[Any], trainings: Sequence[Any]
) -> dict[str, float]:
    """Return the features of one pair that need both sides.

    Args:
        person: A row of the staff.
        post: A row of the posts.
        stays: The person's definitive postings: position's codes and years.
        trainings: The person's trainings: function and hours.
    """
    return (
        _competence(person, post, trainings)
        | _education(person, post)
        | _experience(person, post, stays)
        | _step(person, post)
        | _place(person, post)
    )


def _competence(person: Any, post: Any, trainings: Sequence[Any]) -> dict[str, float]:
    features = {}
    met = demanded = 0.0
    for name in COMPETENCIES:
        held, required = person[f"held_{name}"], post[f"required_{name}"]
        features[f"gap_{name}"] = held - required
        if not isnan(held) and not isnan(required):
            met += min(held, required)
            demanded += required
    features["job_person_match"] = 100 * met / demanded if demanded > 0 else nan
    about = person["technical_function"]
    elsewhere = 1 if about not in ("", post["function"]) else 0
    features["gap_technical"] = person["held_technical"] - elsewhere - post["required_technical"]
    features["training_hours_in_function"] = sum(
        training.hours for training in trainings if training.function == post["function"]
    )
    return features


def _education(person: Any, post: Any) -> dict[str, float]:
    lowest = post["minimum_education"]
    step = nan if isnan(lowest) else bisect_right(STEPS, lowest)
    studied, fitting = person["studied"], post["fitting_fields"]
    return {
        "education_margin": person["education_step"] - step,
        "field_fits": nan if 0 in (studied, fitting) else float(studied & fitting != 0),
    }


def _experience(person: Any, post: Any, stays: Sequence[Any]) -> dict[str, float]:
    features = {}
    for code, kind in (
        ("function_code", "function"),
        ("family_code", "family"),
        ("title_code", "title"),
        ("unit", "unit"),
    ):
        there, here = post[code], person[f"present_{code}"]
        same = nan if there < 0 or here < 0 else float(there == here)
        features[f"is_same_{kind}"] = same
        features[f"years_in_{kind}"] = sum(
            stay.years for stay in stays if there >= 0 and getattr(stay, code) == there
        )
    features["is_same_post"] = float(post["post_code"] == person["position"])
    features["years_in_post"] = sum(
        stay.years for stay in stays if stay.post_code == post["post_code"]
    )
    service = person["service_years"]
    features["function_share"] = features["years_in_function"] / max(service, 1.0)
    return features


def _step(person: Any, post: Any) -> dict[str, float]:
    return {
        "levels_up": post["level"] - person["present_level"],
        "grade_margin": person["grade"] - post["lowest_grade"],
        "grade_above_holders": person["grade"] - post["holders_grade"],
        "allowance_change": post["allowance_class"] - person["present_allowance_class"],
        "staffing_change": post["unit_staffing"] - person["staffing_now"],
    }


def _place(person: Any, post: Any) -> dict[str, float]:
    middle = radians((person["home_latitude"] + post["latitude"]) / 2)
    east = radians(post["longitude"] - person["home_longitude"]) * cos(middle)
    north = radians(post["latitude"] - person["home_latitude"])
    distance = EARTH_RADIUS_KM * hypot(east, north)
    home, place = person["home_place"], post["place"]
    return {
        "distance_then_km": distance,
        "distance_change_km": distance - person["distance_now_km"],
        "is_home_place": nan if pd.isna(home) or pd.isna(place) else float(home == place),
        "remoteness_change": post["is_remote"] - person["present_is_remote"],
    }
