"""Splits in time: nothing is learned from what was not yet known."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from models.splits import rolling, split

FIRST = np.datetime64("2015-01-01")


def days(*texts: str) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    return np.array(texts, "datetime64[D]")


@given(
    decided=st.lists(st.integers(0, 3000), min_size=1, max_size=60),
    delay=st.integers(0, 900),
    least=st.integers(1, 10),
)
def test_every_label_learned_from_was_known_before_the_period(
    decided: list[int], delay: int, least: int
) -> None:
    decided_on = FIRST + np.array(decided)
    known_on = decided_on + delay

    for found in rolling(decided_on, known_on, least=least):
        assert found.train.size >= least
        assert (known_on[found.train] < found.test_from).all()
        assert (decided_on[found.test] >= found.test_from).all()
        assert (decided_on[found.test] < found.test_until).all()
        assert not set(found.train) & set(found.test)


@given(decided=st.lists(st.integers(0, 3000), min_size=1, max_size=60))
def test_no_decision_is_tested_twice(decided: list[int]) -> None:
    decided_on = FIRST + np.array(decided)

    tested = [row for found in rolling(decided_on, decided_on) for row in found.test]

    assert len(tested) == len(set(tested))


def test_a_rating_of_the_year_after_keeps_two_years_apart() -> None:
    decided_on = days("2018-05-01", "2019-05-01", "2020-05-01", "2021-05-01")
    known_on = days("2020-03-01", "2021-03-01", "2022-03-01", "2023-03-01")

    (found,) = rolling(decided_on, known_on)

    assert found.test_from == np.datetime64("2021-01-01")
    assert found.train.tolist() == [0]


def test_only_the_latest_years_are_tested_on_request() -> None:
    decided_on = days("2018-05-01", "2019-05-01", "2020-05-01", "2021-05-01")

    assert [str(found.test_from) for found in rolling(decided_on, decided_on, last=2)] == [
        "2020-01-01",
        "2021-01-01",
    ]
    assert rolling(decided_on, decided_on, last=0) == ()


def test_a_label_that_is_not_known_yet_teaches_nothing() -> None:
    found = split(
        days("2018-05-01", "2018-06-01"),
        days("2018-06-01", "NaT"),
        np.datetime64("2020-01-01"),
        np.datetime64("2021-01-01"),
    )

    assert found.train.tolist() == [0]


def test_no_decisions_are_no_splits() -> None:
    assert rolling(days(), days()) == ()


def test_a_period_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        split(days(), days(), np.datetime64("2020-01-01"), np.datetime64("2020-01-01"))
    with pytest.raises(ValueError, match="0 days of knowledge for 1"):
        split(days("2020-01-01"), days(), np.datetime64("2020-01-01"), np.datetime64("2021-01-01"))
