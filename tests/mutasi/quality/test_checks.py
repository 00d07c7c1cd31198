"""M24: what is missing, late, wrong or at odds is found, and nothing else is."""

from datetime import timedelta
from functools import cache

import pytest

from mutasi.quality import CHECKS, Check, Dimension, Records
from mutasi.vocabulary import NOUNS, columns
from pipelines.quality.mending import faults
from pipelines.quality.tally import Examination
from tests.mutasi.quality.cases import (
    AS_OF,
    BUDI,
    CASES,
    SITI,
    Spoil,
    changed,
    region_of,
    removed,
    spoilt,
)
from tests.records import snapshot

NAMED = {check.name: check for check in CHECKS}


@cache
def sound_records() -> Records:
    """Return the region without a fault."""
    return Records(spoilt())


@cache
def empty_records() -> Records:
    """Return a region with nothing at all."""
    return Records(snapshot(AS_OF))


@cache
def bare_records() -> Records:
    """Return a region after an export of one list: no table besides those that must be."""
    return Records(
        snapshot(
            AS_OF,
            units=[{"unit_id": "U1"}],
            positions=[{"position_id": "P1"}],
            employees=[{"employee_id": SITI}],
            postings=[
                {"employee_id": SITI, "position_id": "P1", "started_on": AS_OF.replace(year=2020)}
            ],
        )
    )


def keys(check: Check, *spoils: Spoil) -> set[str]:
    """Return the keys of the rows that a check finds in the spoilt region."""
    region = spoilt(*spoils) if spoils else region_of(check.name)
    examined = Examination.of(region, [check])
    return {fault.key for fault in faults(examined, "id")}


def test_every_check_has_a_case_and_a_name_of_its_own() -> None:
    assert set(CASES) == set(NAMED)
    assert len(NAMED) == len(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_a_sound_region_is_asked_and_found_sound(check: Check) -> None:
    answer = check(sound_records())

    assert answer.asked.any()
    assert not answer.faulty.any()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_a_spoilt_row_is_found_and_no_other(check: Check) -> None:
    assert keys(check) == CASES[check.name][1]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_a_check_mends_a_field_of_the_vocabulary(check: Check) -> None:
    fields = {noun.table: {column.name for column in columns(noun)} for noun in NOUNS}

    assert check.field in fields[check.table]
    assert check.of in fields
    assert check.text.endswith(".")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_an_empty_region_is_asked_nothing(check: Check) -> None:
    answer = check(empty_records())

    assert answer.asked.shape == answer.faulty.shape
    assert not answer.faulty.any()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_people_and_posts_alone_can_be_judged(check: Check) -> None:
    answer = check(bare_records())

    assert not (answer.faulty & ~answer.asked).any()


def test_a_posting_may_begin_up_to_the_latest_day_that_is_told() -> None:
    answer = NAMED["posting_not_far_ahead"](sound_records())
    latest = answer.facts["latest"][0].item()

    for day, late in ((latest, False), (latest + timedelta(1), True)):
        region = spoilt(changed("postings", 0, started_on=day, known_on=AS_OF))
        assert NAMED["posting_not_far_ahead"](Records(region)).faulty.any() == late


def test_all_four_dimensions_of_bkn_are_asked() -> None:
    assert {check.dimension for check in CHECKS} == set(Dimension)


@pytest.mark.parametrize(
    ("results", "behaviour", "predicate"),
    [
        (1, 1, 1),
        (1, 2, 2),
        (1, 3, 4),
        (2, 1, 2),
        (2, 2, 2),
        (2, 3, 4),
        (3, 1, 3),
        (3, 2, 3),
        (3, 3, 5),
    ],
)
def test_the_matrix_of_predicates_is_that_of_permenpanrb_6_2022(
    results: int, behaviour: int, predicate: int
) -> None:
    check = NAMED["predicate_as_recomputed"]
    rated = changed("appraisals", 3, results=results, behaviour=behaviour, predicate=predicate)
    wrong = changed("appraisals", 3, predicate=predicate % 5 + 1)

    assert not keys(check, rated)
    assert keys(check, rated, wrong) == {f"{SITI} · 2022"}


def test_who_has_left_is_asked_only_whether_the_post_was_left() -> None:
    region = spoilt(
        changed("standings", 0, standing="99"),
        changed("employees", 0, born_on=None, name=None),
        removed("educations", employee_id=SITI),
    )

    found = {check.name for check in CHECKS if check(Records(region)).faulty.any()}

    assert found == {"post_left_with_service"}


@pytest.mark.parametrize(
    ("day", "is_late"),
    [pytest.param(31, False, id="in March not yet"), pytest.param(1, True, id="in April")],
)
def test_the_last_year_is_due_in_april(day: int, is_late: bool) -> None:
    as_of = AS_OF.replace(month=4 if is_late else 3, day=day)
    region = spoilt(removed("appraisals", employee_id=BUDI, year=2024)).rewound(as_of)

    assert NAMED["latest_year_appraised"](Records(region)).faulty.any() == is_late


def test_a_pppk_number_is_compared_by_its_year_only() -> None:
    check = NAMED["appointment_as_in_number"]

    assert not keys(check, changed("employees", 2, appointed_on=AS_OF.replace(year=2023)))
    assert keys(check, changed("employees", 2, appointed_on=AS_OF.replace(year=2022)))


def test_an_own_range_of_grades_counts_before_that_of_the_rung() -> None:
    check = NAMED["grade_within_rung"]
    low = changed("grades", 1, grade=9)

    assert not keys(check, low, changed("positions", 0, lowest_grade=9))
    assert keys(check, low, changed("positions", 0, lowest_grade=None)) == {SITI}


def test_one_step_below_the_range_is_tolerated_and_above_it_none() -> None:
    check = NAMED["grade_within_rung"]

    assert not keys(check, changed("grades", 1, grade=10))
    assert keys(check, changed("grades", 1, grade=13)) == {SITI}


def test_units_below_a_circle_are_not_in_it() -> None:
    records = Records(
        snapshot(
            AS_OF,
            units=[
                {"unit_id": "A", "parent_id": "B"},
                {"unit_id": "B", "parent_id": "A"},
                {"unit_id": "C", "parent_id": "A"},
                {"unit_id": "TOP"},
                {"unit_id": "OFFICE", "parent_id": "TOP"},
                {"unit_id": "ROOM", "parent_id": "OFFICE"},
            ],
        )
    )

    assert records.circles.tolist() == [True, True, False, False, False, False]
    assert records.roots.tolist() == [-1, -1, -1, 3, 3, 3]
    assert records.offices.tolist() == [0, 1, 2, 3, 4, 4]
