"""Seats are counted alike on both sides of a move, whenever the records were read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mutasi.snapshot import Snapshot
from mutasi.store import cases, personnel, session
from mutasi.store.cases import Done, Kind, Subject
from mutasi.store.tables import TABLES
from mutasi.workflow.proposals import Act, State
from serving.proposals.seats import seats_left
from tests.serving.proposals.conftest import TO_OFFER, TODAY, Cast
from tests.serving.proposals.content import CONTENT

AHEAD, LATER = date(2026, 4, 15), date(2026, 12, 31)
"""A day between decree and first day in the new post, and one long after."""


def read(cast: Cast, day: date) -> Snapshot:
    """Return the records as a service that starts now would read them."""
    with session.reading(cast.app.state.region.store.engine) as work:
        return personnel.snapshot(work, day)


def left(cast: Cast, snapshot: Snapshot, position_id: str, day: date = TODAY) -> int:
    with session.reading(cast.app.state.region.store.engine) as work:
        return seats_left(work, snapshot, position_id, day)


def origin(cast: Cast) -> str:
    """Return the post that is held by who is to move."""
    snapshot = read(cast, TODAY)
    row = snapshot.employees["position"][snapshot.employee_row(cast.move.nip)]
    return str(snapshot.positions["position_id"][row])


def given(cast: Cast, position_id: str) -> None:
    """Let it be decided that who moves gets another post, by a service that knows the first."""
    region = cast.app.state.region
    subject = Subject.of(region.recommender.snapshot, cast.move.nip, position_id)
    with session.unit_of_work(region.store.engine, cases.QUEUE) as work:
        made = Done(Act.PROPOSE, State.DECIDED, True, "account:x", TODAY, {})
        cases.begin(work, Kind.PROPOSAL, subject, CONTENT, "onward", made)


def shift(cast: Cast, days: int) -> None:
    """Let the new posting begin on another day than the decree says."""
    postings = TABLES["postings"]
    mine = (
        postings.c.employee_id == cast.move.nip,
        postings.c.position_id == cast.move.position_id,
        postings.c.ended_on.is_(None),
    )
    with session.unit_of_work(cast.app.state.region.store.engine) as work:
        begun = work.execute(sa.select(postings.c.started_on).where(*mine)).scalar_one()
        another = {"started_on": begun + timedelta(days=days)}
        work.execute(sa.update(postings).where(*mine).values(**another))


def test_a_seat_that_is_given_taken_and_given_back_is_so_on_both_sides_by_any_reading(
    cast: Cast,
) -> None:
    here, there = origin(cast), cast.move.position_id
    before = read(cast, LATER)
    begin = {position: left(cast, before, position) for position in (here, there)}
    proposal, readings = cast.proposed(), [before, read(cast, AHEAD)]
    cast.done(proposal, "approve_giving", "approve_receiving")

    for act in ("decide", "offer", "accept", "execute", "object", "uphold"):
        cast.done(proposal, act)
        if act in ("execute", "uphold"):  # which the records have
            readings += [read(cast, AHEAD), read(cast, LATER)]
        moved = 0 if act == "uphold" else 1

        for snapshot in readings:
            assert left(cast, snapshot, there) == begin[there] - moved, act
            assert left(cast, snapshot, here) == begin[here] + moved, act


def test_who_moves_on_before_the_records_are_read_sits_once(cast: Cast) -> None:
    """The second proposal knows the first post alone, as the service does."""
    here, there = origin(cast), cast.move.position_id
    snapshot = read(cast, LATER)
    onward = next(
        vacancy.position_id
        for vacancy in cast.app.state.region.recommender.vacancies()
        if vacancy.position_id not in (here, there)
    )
    begin = {position: left(cast, snapshot, position) for position in (here, there, onward)}
    cast.done(cast.proposed(), *TO_OFFER, "accept", "execute")
    given(cast, onward)

    now = {position: left(cast, snapshot, position) - begin[position] for position in begin}
    assert now == {here: 1, there: 0, onward: -1}


def test_who_is_lent_has_a_seat_until_the_last_day_and_keeps_their_own_by_any_reading(
    cast: Cast,
) -> None:
    here, there = origin(cast), cast.move.position_id
    before = read(cast, LATER)
    begin = {position: left(cast, before, position) for position in (here, there)}
    proposal = cast.proposed(until="2026-08-31")
    cast.done(proposal, *TO_OFFER, "accept", "execute")

    for snapshot in (before, read(cast, LATER)):
        assert left(cast, snapshot, there, date(2026, 8, 31)) == begin[there] - 1
        assert left(cast, snapshot, there, date(2026, 9, 1)) == begin[there]
        assert left(cast, snapshot, here) == begin[here]


@pytest.mark.parametrize("end", ["return", "reversal"])
def test_the_seat_of_who_was_lent_is_free_once_they_return(cast: Cast, end: str) -> None:
    here, there = origin(cast), cast.move.position_id
    before = read(cast, LATER)
    begin = {position: left(cast, before, position) for position in (here, there)}
    proposal = cast.proposed(until="2026-08-31")
    cast.done(proposal, *TO_OFFER, "accept", "execute")
    during = read(cast, LATER)

    if end == "return":
        assert cast.post("analyst", f"/{proposal}/return", {}).status_code == 200
    else:
        cast.done(proposal, "object", "uphold")

    for snapshot in (before, during, read(cast, LATER)):
        assert left(cast, snapshot, there) == begin[there]
        assert left(cast, snapshot, here) == begin[here]


def test_an_import_that_gives_another_first_day_is_the_same_move(cast: Cast) -> None:
    there = cast.move.position_id
    begin = left(cast, read(cast, LATER), there)
    cast.done(cast.proposed(), *TO_OFFER, "accept", "execute")
    shift(cast, days=-20)

    assert left(cast, read(cast, LATER), there) == begin - 1


def test_who_held_no_post_holds_none_once_the_move_is_reversed(cast: Cast) -> None:
    there, region = cast.move.position_id, cast.app.state.region
    begin = left(cast, read(cast, LATER), there)
    subject = replace(
        Subject.of(region.recommender.snapshot, cast.move.nip, there),
        origin_position_id=None,
        origin_unit_id=None,
    )
    with session.unit_of_work(region.store.engine, cases.QUEUE) as work:
        made = Done(Act.PROPOSE, State.DECIDED, True, "account:x", TODAY, {})
        case = cases.begin(work, Kind.PROPOSAL, subject, CONTENT, "nowhere", made)
        decided = Done(Act.DECIDE, State.ACCEPTED, True, "account:x", TODAY, {})
        cases.add(work, Kind.PROPOSAL, case, decided)

    cast.done(case.case_id, "execute")
    assert left(cast, read(cast, LATER), there) == begin - 1
    cast.done(case.case_id, "object", "uphold")

    found = read(cast, LATER)
    assert found.employees["position"][found.employee_row(cast.move.nip)] == -1
    assert left(cast, found, there) == begin
