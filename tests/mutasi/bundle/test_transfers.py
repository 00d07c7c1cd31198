"""Moves that follow from postings."""

from datetime import date
from typing import Any

import pandas as pd

from mutasi.bundle.transfers import transfers
from tests.records import frames


def moves(*postings: tuple[str, str, int, int | None, str]) -> list[tuple[Any, ...]]:
    """Return person, post left, post entered and year of the moves between postings by year."""
    rows = [
        {
            "employee_id": person,
            "position_id": post,
            "started_on": date(first, 1, 1),
            "ended_on": None if last is None else date(last, 12, 31),
            "assignment": how,
        }
        for person, post, first, last, how in postings
    ]
    made = transfers(frames(postings=rows)["postings"])
    years = pd.to_datetime(made["started_on"]).dt.year
    return list(
        zip(made["employee_id"], made["from_position_id"], made["position_id"], years, strict=True)
    )


def test_a_change_of_post_is_a_move() -> None:
    assert moves(("a", "P", 2010, 2012, "D"), ("a", "Q", 2013, None, "D")) == [
        ("a", "P", "Q", 2013)
    ]


def test_a_posting_without_an_end_lasts_until_the_next() -> None:
    assert moves(("a", "P", 2010, None, "D"), ("a", "Q", 2013, None, "D")) == [
        ("a", "P", "Q", 2013)
    ]


def test_the_first_posting_and_other_people_are_no_moves() -> None:
    assert moves(("a", "P", 2010, 2012, "D"), ("b", "Q", 2013, None, "D")) == []


def test_staying_under_a_new_decree_is_no_move() -> None:
    assert moves(("a", "P", 2010, 2012, "D"), ("a", "P", 2013, None, "D")) == []


def test_acting_is_no_move() -> None:
    assert moves(
        ("a", "P", 2010, 2012, "D"), ("a", "Q", 2011, 2011, "PLT"), ("a", "R", 2013, None, "D")
    ) == [("a", "P", "R", 2013)]


def test_a_posting_beside_another_is_no_move_and_hides_none() -> None:
    assert moves(
        ("a", "P", 2010, 2012, "D"),
        ("a", "X", 2011, 2020, "D"),
        ("a", "Y", 2012, 2020, "D"),
        ("a", "Q", 2013, None, "D"),
    ) == [("a", "P", "Q", 2013)]


def test_nobody_moves_twice_on_a_day() -> None:
    assert (
        len(
            moves(
                ("a", "P", 2010, 2012, "D"),
                ("a", "Q", 2013, 2014, "D"),
                ("a", "R", 2013, 2014, "D"),
            )
        )
        == 1
    )


def test_no_postings_make_no_moves() -> None:
    assert moves() == []
