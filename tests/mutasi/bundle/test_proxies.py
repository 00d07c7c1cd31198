"""Inferred answers: returns refuse, stays accept, whatever else tells nothing."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from mutasi.bundle.contract import NOUN_OF
from mutasi.bundle.proxies import proxies
from mutasi.vocabulary import columns

UNTIL = pd.Timestamp("2024-01-01")
POSITIONS = pd.DataFrame({"position_id": ["A1", "A2", "B1", "C1"], "unit_id": ["A", "A", "B", "C"]})


def frame(table: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=[column.name for column in columns(NOUN_OF[table])])
    kinds = {
        column.name: "datetime64[s]" if column.kind is date else "str"
        for column in columns(NOUN_OF[table])
    }
    return made.astype(kinds)


def career(*posts: tuple[str, str], ends: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the transfers and postings of somebody who held posts from days on."""
    moves: list[dict[str, object]] = [
        {
            "employee_id": "E",
            "from_position_id": before,
            "position_id": post,
            "decided_on": day,
            "started_on": day,
            "known_on": day,
        }
        for (before, _), (post, day) in pairwise(posts)
    ]
    last = [day for _, day in posts[1:]] + [ends]
    held: list[dict[str, object]] = [
        {
            "employee_id": "E",
            "position_id": post,
            "started_on": day,
            "ended_on": end,
            "assignment": "D",
            "known_on": day,
        }
        for (post, day), end in zip(posts, last, strict=True)
    ]
    return frame("transfers", moves), frame("postings", held)


def inferred(
    *posts: tuple[str, str], ends: str | None = None, offers: pd.DataFrame | None = None
) -> list[tuple[str, str, str]]:
    moves, held = career(*posts, ends=ends)
    asked = frame("offers", []) if offers is None else offers
    found = proxies(moves, asked, held, POSITIONS, UNTIL)
    days = found["known_on"].dt.strftime("%Y-%m-%d")
    assert (found["answered_on"] == found["known_on"]).all()
    return list(zip(found["position_id"], found["evidence"], days, strict=True))


def test_who_stays_24_months_accepted_and_it_is_known_then() -> None:
    assert inferred(("A1", "2018-01-01"), ("B1", "2020-03-01")) == [
        ("B1", "proxy_stay", "2022-03-01")
    ]


@pytest.mark.parametrize("back", ["A1", "A2"])
def test_who_is_back_in_the_former_unit_in_time_refused_and_it_is_known_then(back: str) -> None:
    assert inferred(("A1", "2018-01-01"), ("B1", "2020-03-01"), (back, "2022-02-28")) == [
        ("B1", "proxy_return", "2022-02-28")
    ]


def test_a_detour_back_counts_too() -> None:
    posts = (("A1", "2018-01-01"), ("B1", "2020-03-01"), ("C1", "2021-01-01"), ("A1", "2021-06-01"))

    assert ("B1", "proxy_return", "2021-06-01") in inferred(*posts)


def test_a_return_after_24_months_is_none() -> None:
    assert inferred(("A1", "2018-01-01"), ("B1", "2020-03-01"), ("A1", "2022-03-01")) == [
        ("B1", "proxy_stay", "2022-03-01")
    ]


def test_moves_within_the_unit_are_no_returns_to_it() -> None:
    assert inferred(("A1", "2018-01-01"), ("A2", "2021-01-01"), ("C1", "2022-06-01")) == []


@pytest.mark.parametrize(
    ("posts", "ends"),
    [
        pytest.param((("B1", "2020-03-01"), ("C1", "2021-03-01")), None, id="moved on"),
        pytest.param((("B1", "2020-03-01"),), "2021-12-31", id="left"),
        pytest.param((("B1", "2022-06-01"),), None, id="too early to say"),
    ],
)
def test_whatever_else_happened_tells_nothing_of_the_first_move(
    posts: tuple[tuple[str, str], ...], ends: str | None
) -> None:
    found = inferred(("A1", "2018-01-01"), *posts, ends=ends)

    assert "B1" not in [post for post, *_ in found]


def offer(offered_on: str, **more: object) -> pd.DataFrame:
    row = {"offer_id": "O", "employee_id": "E", "position_id": "B1", "offered_on": offered_on}
    return frame("offers", [row | {"known_on": offered_on} | more])


def test_a_recorded_offer_that_led_to_the_move_wins() -> None:
    posts = (("A1", "2018-01-01"), ("B1", "2020-03-01"))

    assert inferred(*posts, offers=offer("2020-01-15")) == []
    assert len(inferred(*posts, offers=offer("2018-01-15"))) == 1
    assert len(inferred(*posts, offers=offer("2020-01-15", evidence="proxy_stay"))) == 1


def test_the_same_records_give_the_same_ids_which_tell_nobodys_number() -> None:
    moves, held = career(("A1", "2018-01-01"), ("B1", "2020-03-01"))
    first, second = (proxies(moves, frame("offers", []), held, POSITIONS, UNTIL) for _ in range(2))

    pd.testing.assert_frame_equal(first, second)
    assert first["offer_id"].str.fullmatch("P-[0-9a-f]{16}").all()
