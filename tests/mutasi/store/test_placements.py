"""What cases leave in the records, on both databases."""

from datetime import date
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from mutasi.errors import DayUnusable
from mutasi.store import personnel, placements, session
from mutasi.store.session import Work
from mutasi.vocabulary import Answer
from tests.mutasi.store import invented

RECORDS = invented.region(np.random.default_rng(7), rows=5)
WHO = str(RECORDS["employees"]["employee_id"].iloc[0])
WHERE, ELSEWHERE = map(str, RECORDS["positions"]["position_id"].iloc[:2])
DAY, FIRST, LAST = date(2026, 4, 1), date(2026, 5, 1), date(2026, 8, 31)


@pytest.fixture
def region(store: sa.Engine) -> sa.Engine:
    """A store with records of which none is a posting, an offer, a move or an objection."""
    told = ("postings", "offers", "transfers", "objections")
    with session.unit_of_work(store) as work:
        personnel.save(work, {name: rows for name, rows in RECORDS.items() if name not in told})
    return store


def rows(store: sa.Engine, table: str) -> list[dict[str, Any]]:
    with session.reading(store) as work:
        found = personnel.rows(work, table)
    return [
        {str(name): str(value)[:10] if "_on" in str(name) else value for name, value in row.items()}
        for row in found.to_dict("records")
    ]


def move(work: Work, position: str, started_on: date) -> None:
    placements.wait(work)
    placements.moved(work, WHO, position, DAY, started_on, DAY, None)


def test_an_offer_is_answered_once_it_is_there(region: sa.Engine) -> None:
    with session.unit_of_work(region) as work:
        placements.offered(work, "1", WHO, WHERE, DAY)
        placements.answered(work, "1", Answer.REFUSED, FIRST, "distance")

    (offer,) = rows(region, "offers")
    assert (offer["answer"], offer["answered_on"]) == ("refused", "2026-05-01")
    assert (offer["reason"], offer["known_on"]) == ("distance", "2026-04-01")


def test_a_move_closes_the_post_that_was_held(region: sa.Engine) -> None:
    with session.unit_of_work(region) as work:
        move(work, WHERE, DAY)
        move(work, ELSEWHERE, FIRST)

    held = {row["position_id"]: row["ended_on"] for row in rows(region, "postings")}
    moves = [(row["from_position_id"], row["position_id"]) for row in rows(region, "transfers")]
    assert held == {WHERE: "2026-04-30", ELSEWHERE: "NaT"}
    assert moves[1] == (WHERE, ELSEWHERE)


def test_a_move_before_the_post_that_is_held_began_is_refused(region: sa.Engine) -> None:
    with session.unit_of_work(region) as work:
        move(work, WHERE, FIRST)

    with pytest.raises(DayUnusable), session.unit_of_work(region) as work:
        move(work, ELSEWHERE, FIRST)
    assert [row["position_id"] for row in rows(region, "postings")] == [WHERE]


def test_who_is_lent_longer_has_one_posting_that_lasts_longer(region: sa.Engine) -> None:
    with session.unit_of_work(region) as work:
        placements.lent(work, WHO, WHERE, FIRST, FIRST, DAY)
        placements.lasts_until(work, WHO, WHERE, FIRST, LAST)

    (posting,) = rows(region, "postings")
    assert (posting["assignment"], posting["ended_on"]) == ("PLT", "2026-08-31")


def test_an_objection_is_ruled_on(region: sa.Engine) -> None:
    with session.unit_of_work(region) as work:
        placements.objected(work, WHO, WHERE, DAY, "family")
        placements.ruled(work, WHO, DAY, "upheld", FIRST)

    (objection,) = rows(region, "objections")
    assert (objection["outcome"], objection["answered_on"]) == ("upheld", "2026-05-01")


@pytest.mark.parametrize(
    ("on", "held"),
    [
        pytest.param(date(2026, 4, 20), [(WHERE, DAY, None)], id="before the first day"),
        pytest.param(FIRST, [(WHERE, DAY, None)], id="on the first day"),
        pytest.param(
            LAST,
            [(WHERE, DAY, "2026-04-30"), (ELSEWHERE, FIRST, "2026-08-30"), (WHERE, LAST, None)],
            id="months after it",
        ),
    ],
)
def test_who_is_back_because_a_move_was_annulled_counts_from_the_first_day(
    region: sa.Engine, on: date, held: list[tuple[str, date, str | None]]
) -> None:
    with session.unit_of_work(region) as work:
        move(work, WHERE, DAY)
        move(work, ELSEWHERE, FIRST)
        placements.objected(work, WHO, ELSEWHERE, DAY, "family")
        placements.ruled(work, WHO, DAY, "upheld", on)
        placements.annulled(work, WHO, ELSEWHERE, FIRST, on, had_post=True)

    begun = [row for row in rows(region, "postings") if not row["ended_on"] < row["started_on"]]
    with session.reading(region) as work:
        known = personnel.snapshot(work, date(2027, 1, 1))
    who = known.employee_row(WHO)

    assert sorted((row["position_id"], row["started_on"], row["ended_on"]) for row in begun) == (
        sorted((place, str(first), last or "NaT") for place, first, last in held)
    )
    assert known.positions["position_id"][known.employees["position"][who]] == WHERE
    assert str(known.employees["posted_since"][who]) == DAY.isoformat()


def test_who_left_a_post_before_the_move_there_was_annulled_stays_where_they_are(
    region: sa.Engine,
) -> None:
    with session.unit_of_work(region) as work:
        move(work, WHERE, DAY)
        move(work, ELSEWHERE, FIRST)
        move(work, WHERE, LAST)
    before = rows(region, "postings")

    with session.unit_of_work(region) as work:
        placements.annulled(work, WHO, ELSEWHERE, FIRST, date(2026, 9, 5), had_post=True)

    assert rows(region, "postings") == before
