"""Days and levels that rules count with."""

from datetime import date
from math import isnan

import numpy as np

from mutasi.rules._rule import first_of
from mutasi.rules._rung import by_rung
from mutasi.rules.competence import by_number, job_person_match


def test_months_count_from_january_1970_and_an_unknown_month_has_no_day() -> None:
    days = first_of(np.array([0.0, 3.0, np.nan, -1.0])).tolist()

    assert days == [date(1970, 1, 1), date(1970, 4, 1), None, date(1969, 12, 1)]


def test_m13_the_match_is_over_what_is_on_record_of_both() -> None:
    held = np.array([[3.0, 1.0, np.nan], [np.nan, 5.0, 2.0], [2.0, 2.0, 4.0]])
    demanded = np.array([[4.0, 2.0, 3.0], [1.0, 4.0, np.nan], [4.0, 4.0, np.nan]])

    match = job_person_match(held, demanded)

    np.testing.assert_allclose(match, [100 * 5 / 8, 100 * 7 / 10, np.nan])


def test_m13_the_least_that_can_be_demanded_is_matched_too() -> None:
    one = np.array([[1.0, 0.5]])

    assert job_person_match(one, one).tolist() == [100.0, 100.0]


def test_numbers_are_counted_from_one() -> None:
    values = by_number([7, 8], np.array([1.0, 2.0, np.nan]))

    np.testing.assert_array_equal(values, [7.0, 8.0, np.nan])


def test_a_law_that_names_no_rung_says_nothing_of_any() -> None:
    nothing: list[float] = by_rung({}, np.array([0, -1])).tolist()

    assert all(isnan(value) for value in nothing)
