"""Bounds that regulations list by rung, day or class, each tried on both of its sides."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np

from mutasi.rules import RULES, Case, Law, entries, judge
from mutasi.rules._law import _parameters
from mutasi.rules.competence import talent_box
from mutasi.rules.retirement import retirement_month
from mutasi.vocabulary import RUNGS
from tests.mutasi.rules.test_cases import ALLOWED, DAY, columns

BY_NAME = {rule.name: rule for rule in RULES}
TODAY = date(2024, 6, 1)
CIVIL_SERVICE_RULES = date(2017, 4, 7)
"""PP 11/2017 came into force."""

OTHER_DAYS = {
    "assignment.most_months": [date(2021, 1, 14)],
    "objection.working_days": [date(2021, 8, 10)],
    "objection.holidays": [date(2021, 8, 10)],
    "retirement.age_of_rung": [date(1979, 4, 1), CIVIL_SERVICE_RULES],
    "retirement.usual_age": [date(1979, 4, 1), date(2014, 1, 15), CIVIL_SERVICE_RULES],
    "performance.scheme": [date(1900, 1, 1), date(2022, 3, 1)],
    "workload.minutes_a_year": [date(1900, 1, 1), date(2020, 1, 1)],
    "workload.least_efficiency": [date(1900, 1, 1)],
}
"""Earlier regulations, and what serves to look back."""

GRADES = {
    "I.a": "IV/d IV/e",
    "I.b": "IV/c IV/e",
    "II.a": "IV/c IV/d",
    "II.b": "IV/b IV/c",
    "III.a": "IV/a IV/b",
    "III.b": "III/d IV/a",
    "IV.a": "III/c III/d",
    "IV.b": "III/b III/c",
    "V.a": "III/a III/b",
    "V.b": "III/a III/b",
    "PM": "II/a II/a",
    "TR": "II/b II/d",
    "MH": "III/a III/b",
    "PY": "III/c III/d",
    "PT": "III/a III/b",
    "MU": "III/c III/d",
    "MA": "IV/a IV/c",
    "UT": "IV/d IV/e",
}
"""Lowest and highest grade: PP 13/2002, and the usual range of each jenjang."""

SCHOOL, DIPLOMA, DEGREE = 15, 30, 40
EDUCATION = {
    **dict.fromkeys(["I.a", "I.b", "II.a", "II.b", "III.a", "III.b"], DEGREE),
    **dict.fromkeys(["IV.a", "IV.b"], DIPLOMA),
    **dict.fromkeys(["PM", "TR", "MH", "PY"], SCHOOL),
    **dict.fromkeys(["PT", "MU", "MA", "UT"], DEGREE),
}

STANDING = {
    **dict.fromkeys(["I.a", "I.b", "II.a", "II.b", "UT"], 3),
    **dict.fromkeys(["III.a", "III.b", "MA"], 2),
    **dict.fromkeys(["IV.a", "IV.b", "MU"], 1),
}
"""High leadership, administrators, pengawas, and what is their equal."""

YEARS_BELOW = {"II.a": 2, "II.b": 2, "III.a": 3, "III.b": 3, "IV.a": 4, "IV.b": 4}

USUAL_AGE = {date(1979, 4, 1): 56, date(2014, 1, 14): 56, date(2014, 1, 15): 58, TODAY: 58}
RETIRES_AT = {
    **dict.fromkeys(["I.a", "I.b", "II.a", "II.b", "MA"], 60),
    "UT": 65,
}

OLDEST_FUNCTIONAL = {
    **dict.fromkeys(["PM", "TR", "MH", "PY", "PT", "MU"], 53),
    "MA": 55,
    "UT": 60,
}

LOW, MIDDLE, HIGH = (0.0, 59.9), (60.0, 79.9), (80.0, 100.0)
BOXES = {1: (4, 7, 9), 2: (2, 5, 8), 3: (1, 3, 6), 4: (1, 3, 6), 5: (1, 3, 6)}
"""The talent matrix by predicate: low, middle, high potential (PermenPANRB 3/2020)."""


def breached(rule: str, pairs: list[dict[str, Any]]) -> list[bool]:
    """Return where one rule is broken, of pairs that differ from an allowed one in some facts."""
    each = [columns(ALLOWED | facts) for facts in pairs]
    table = {name: np.concatenate([facts[name] for facts in each]) for name in each[0]}
    case = Case(DAY, len(pairs), table.__getitem__)
    found: list[bool] = judge([BY_NAME[rule]], case).breached[0].tolist()
    return found


def number_of(grade: str) -> int:
    """Return a grade as a number: 1 is I/a, 17 is IV/e."""
    group, _, step = grade.partition("/")
    return 4 * ["I", "II", "III", "IV"].index(group) + "abcde".index(step) + 1


def years_ago(years: int, *, days_more: int = 0) -> date:
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=days_more)


def test_each_parameter_counts_from_the_day_of_its_regulation() -> None:
    days = {name: [entry["since"] for entry in entries(name)] for name in _parameters()}

    assert days == {name: [CIVIL_SERVICE_RULES] for name in days} | OTHER_DAYS


def test_people_are_lent_for_six_months_at_most() -> None:
    assert Law(TODAY)("assignment.most_months") == 6


def test_a_post_without_a_range_of_grades_has_that_of_its_rung() -> None:
    for rung in RUNGS:
        lowest, highest = map(number_of, GRADES[rung].split())
        unsaid = {"rung_number": rung, "lowest_grade": np.nan, "highest_grade": np.nan}
        grades = (lowest - 2, lowest - 1, lowest, highest, highest + 1)
        pairs = [unsaid | {"grade": float(grade)} for grade in grades]

        assert breached("grade_range", pairs) == [True, False, False, False, True], rung
        assert breached("grade_below_range", pairs) == [True, True, False, False, False], rung


def test_a_post_without_a_level_of_education_has_that_of_its_rung() -> None:
    for rung in RUNGS:
        enough = 35 if EDUCATION.get(rung) == DEGREE else EDUCATION.get(rung, 0)  # 35 is a D-IV
        unsaid = {"rung_number": rung, "minimum_education": np.nan}
        pairs = [unsaid | {"education_level": level} for level in (float(enough), enough - 1.0)]

        assert breached("minimum_education", pairs) == [False, enough > 0], rung


def test_years_are_asked_of_who_stands_lower() -> None:
    routes = list(product(YEARS_BELOW, (*RUNGS, "")))
    pairs = [
        {"rung_number": rung, "present_rung_number": held, "days_at_rung": {}}
        for rung, held in routes
    ]

    asked = [STANDING.get(held, 0) < STANDING[rung] for rung, held in routes]
    assert breached("level_experience", pairs) == asked


def test_years_count_in_posts_that_stand_one_below_or_higher() -> None:
    routes = list(product(YEARS_BELOW, (*RUNGS, "")))
    for missing in (0, 1):
        pairs = [
            {
                "rung_number": rung,
                "present_rung_number": "",
                "days_at_rung": {held: int(np.ceil(365.25 * YEARS_BELOW[rung])) - missing},
            }
            for rung, held in routes
        ]

        counts = [STANDING.get(held, 0) >= STANDING[rung] - 1 for rung, held in routes]
        assert breached("level_experience", pairs) == [not each or missing > 0 for each in counts]


def test_no_years_on_a_level_below_are_asked_for_other_posts() -> None:
    others = [rung for rung in (*RUNGS, "") if rung not in YEARS_BELOW]
    pairs = [{"rung_number": rung, "days_at_rung": {}} for rung in others]

    assert not any(breached("level_experience", pairs))


def test_high_leadership_alone_asks_for_five_years_in_the_field() -> None:
    asked = [rung in {"II.a", "II.b"} for rung in RUNGS]
    enough = [{"rung_number": rung, "days_in_function": 1827} for rung in RUNGS]
    short = [{"rung_number": rung, "days_in_function": 1826} for rung in RUNGS]

    assert not any(breached("executive_field", enough))
    assert breached("executive_field", short) == asked


def test_who_enters_high_leadership_is_at_most_56() -> None:
    leading = {"II.a", "II.b"}
    routes = list(product(RUNGS, RUNGS))
    pairs = [{"rung_number": rung, "present_rung_number": held} for rung, held in routes]
    birthday, day_past = ({"born_on": years_ago(56, days_more=days)} for days in (0, 1))

    assert not any(breached("executive_age", [pair | birthday for pair in pairs]))
    assert breached("executive_age", [pair | day_past for pair in pairs]) == [
        rung in leading and held not in leading for rung, held in routes
    ]


def test_who_comes_into_a_functional_post_is_at_most_as_old_as_its_rung_says() -> None:
    for days, is_past in ((0, False), (1, True)):
        pairs = [
            {
                "rung_number": rung,
                "family_code": 8,
                "born_on": years_ago(OLDEST_FUNCTIONAL.get(rung, 70), days_more=days),
            }
            for rung in RUNGS
        ]

        assert breached("functional_age", pairs) == [
            is_past and rung in OLDEST_FUNCTIONAL for rung in RUNGS
        ]


def test_a_post_without_an_age_of_retirement_has_that_of_its_rung() -> None:
    born = {"retirement_age": np.nan, "born_month": "1970-03"}

    for rung in RUNGS:
        for day, usual in USUAL_AGE.items():
            case = Case(DAY, 1, columns(ALLOWED | born | {"rung_number": rung}).__getitem__)
            month = retirement_month(case, Law(day)).astype("datetime64[M]").item()
            assert month == date(1970 + RETIRES_AT.get(rung, usual), 4, 1)


def test_predicate_and_potential_say_the_box() -> None:
    known = [
        (predicate, potential, box)
        for predicate, boxes in BOXES.items()
        for potentials, box in zip((LOW, MIDDLE, HIGH), boxes, strict=True)
        for potential in potentials
    ]
    pairs = [
        {"is_structural": True, "level": 4.0, "last_predicate": float(one), "potential": other}
        for one, other, _ in known
    ]
    boxes = [
        talent_box(Case(DAY, 1, columns(ALLOWED | facts).__getitem__), Law(TODAY)).item()
        for facts in pairs
    ]

    assert boxes == [box for _, _, box in known]
    assert breached("succession_pool", pairs) == [box not in {7, 8, 9} for _, _, box in known]


def test_a_year_of_work_has_75000_minutes_from_2020_on() -> None:
    assert Law(date(2019, 12, 31))("workload.minutes_a_year") == 72_000
    assert Law(date(2020, 1, 1))("workload.minutes_a_year") == 75_000


def test_the_classes_of_a_units_efficiency_begin_where_the_regulation_says() -> None:
    least = {"A": 1.01, "B": 0.90, "C": 0.70, "D": 0.50}

    assert Law(TODAY)("workload.least_efficiency") == least
