"""Who wins an objection has the former post back, as if they had never left it."""

from datetime import date
from typing import Any

import pytest

from features.frames import moves_in_effect, stints
from models.receipt import WhereTo
from models.recommender import Recommender
from mutasi.career import Post, career_of
from mutasi.fingerprint import fingerprints
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines import receipts
from tests.serving.conftest import settings_of
from tests.serving.proposals.conftest import STEPS, TO_OFFER, TODAY, Cast

DURING, RULED, LATER = date(2026, 4, 6), date(2026, 4, 10), date(2026, 12, 31)
"""A day in the new post, that on which the objection is upheld, and one long after."""


def known(cast: Cast, day: date) -> Snapshot:
    """Return what a service that starts now knows of a day."""
    with session.reading(cast.app.state.region.store.engine) as work:
        return personnel.snapshot(work, day)


def stands(cast: Cast, day: date) -> dict[str, Any]:
    """Return where the person stands, by what is known on a day, and what has led there."""
    snapshot = known(cast, day)
    row, people = snapshot.employee_row(cast.move.nip), snapshot.employees
    held, moves = stints(snapshot), moves_in_effect(snapshot)
    mine = held.employee == row
    recommender = Recommender(snapshot, None)
    return {
        "position": snapshot.positions["position_id"][people["position"][row]],
        "posted_since": people["posted_since"][row],
        "posts": posts(cast, day),
        "stints": sorted(zip(held.started_on[mine], held.is_present[mine], strict=True)),
        "moves": moves.loc[moves["employee"] == row, "started_on"].tolist(),
        "positions": recommender.positions(cast.move.nip, 5, explain=False).recommended,
        "findings": recommender.examine(cast.move.nip, cast.move.position_id).findings,
    }


def posts(cast: Cast, day: date) -> tuple[Post, ...]:
    return career_of(known(cast, day), cast.move.nip).posts


def executed(cast: Cast, started_on: str, **more: str) -> str:
    proposal = cast.proposed(**more)
    cast.done(proposal, *TO_OFFER, "accept")
    body = {**STEPS["execute"][2], "started_on": started_on}
    answer = cast.post("analyst", f"/{proposal}/execution", body)
    assert answer.status_code == 200, answer.text
    return proposal


@pytest.mark.parametrize(
    "started_on",
    [
        pytest.param("2026-04-01", id="on the day of the decree"),
        pytest.param("2026-05-01", id="a month before the first day"),
    ],
)
@pytest.mark.parametrize("day", [TODAY, LATER], ids=["at once", "long after"])
def test_what_is_reversed_before_it_had_effect_leaves_everything_as_it_was(
    cast: Cast, started_on: str, day: date
) -> None:
    before = stands(cast, day)
    proposal = executed(cast, started_on)

    cast.done(proposal, "object", "uphold")

    assert stands(cast, day) == before


def test_what_is_reversed_after_some_days_counts_as_if_nobody_had_left(cast: Cast) -> None:
    before = stands(cast, LATER)
    proposal = executed(cast, "2026-04-01")
    cast.today(RULED)

    cast.done(proposal, "object", "uphold")

    assert stands(cast, LATER) == before
    assert stands(cast, RULED)["posted_since"] == before["posted_since"]


def test_who_wins_a_second_objection_still_counts_from_the_first_day(cast: Cast) -> None:
    before = stands(cast, LATER)
    for begun, ruled in ((TODAY, DURING), (RULED, date(2026, 4, 20))):
        cast.today(begun)
        proposal = cast.proposed()
        cast.done(proposal, "approve_giving", "approve_receiving", "decide")
        offer = {"answer_by": "2026-04-30"}
        assert cast.post("analyst", f"/{proposal}/offer", offer).status_code == 200
        cast.done(proposal, "accept")
        body = {**STEPS["execute"][2], "started_on": begun.isoformat()}
        assert cast.post("analyst", f"/{proposal}/execution", body).status_code == 200
        cast.today(ruled)
        cast.done(proposal, "object", "uphold")

    assert stands(cast, LATER) == before


@pytest.mark.parametrize("letter", [{}, {"dated_on": "2026-04-04"}], ids=["today", "days ago"])
def test_m6_what_was_known_before_an_objection_was_upheld_stays_as_it_was(
    cast: Cast, letter: dict[str, str]
) -> None:
    proposal = executed(cast, "2026-04-03")
    cast.today(date(2026, 4, 4))
    cast.done(proposal, "object")
    settings = settings_of(cast.app.state.settings.home)
    days = (date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 9))
    told = [fingerprints(known(cast, day)) for day in days]
    kept = []
    for day in days:
        recommender, question = Recommender(known(cast, day), None), WhereTo(cast.move.nip, 5)
        kept.append(receipts.keep(settings, recommender, question, question.ask(recommender)))
    cast.today(RULED)

    ruling = {**STEPS["uphold"][2], **letter}
    answer = cast.post("decider", f"/{proposal}/objection/ruling", ruling)

    assert answer.status_code == 200, answer.text
    assert [fingerprints(known(cast, day)) for day in days] == told
    assert all(receipts.verify(settings, one).is_identical for one in kept)


def test_m6_a_move_that_lies_ahead_is_known_until_the_day_on_which_it_is_reversed(
    cast: Cast,
) -> None:
    proposal = executed(cast, "2026-05-01")
    cast.today(RULED)
    cast.done(proposal, "object")
    told = fingerprints(known(cast, DURING))

    cast.done(proposal, "uphold")

    assert fingerprints(known(cast, DURING)) == told
    assert cast.move.position_id in [post.position_id for post in posts(cast, DURING)]
    assert cast.move.position_id not in [post.position_id for post in posts(cast, RULED)]


def test_a_snapshot_of_later_tells_of_an_earlier_day_what_was_known_then(cast: Cast) -> None:
    proposal = executed(cast, "2026-04-01")
    cast.today(RULED)
    cast.done(proposal, "object", "uphold")

    late = known(cast, LATER)

    for day in (TODAY, DURING, RULED):
        assert fingerprints(late.rewound(day)) == fingerprints(known(cast, day))


@pytest.mark.parametrize("end", ["return", "reversal"])
@pytest.mark.parametrize("day", [TODAY, LATER], ids=["at once", "long after"])
def test_m18_an_assignment_that_is_called_off_before_it_begins_was_never_held(
    cast: Cast, end: str, day: date
) -> None:
    before = stands(cast, day)
    proposal = executed(cast, "2026-05-01", until="2026-08-31")
    assert any(post.is_acting for post in posts(cast, LATER) if post not in before["posts"])

    if end == "return":
        assert cast.post("analyst", f"/{proposal}/return", {}).json()["state"] == "ended"
    else:
        cast.done(proposal, "object", "uphold")

    assert stands(cast, day) == before


def test_a_post_that_is_left_by_a_move_ahead_has_its_last_day_in_the_timeline(cast: Cast) -> None:
    held = posts(cast, TODAY)[0].position_id
    executed(cast, "2026-05-01")

    definitive = [post for post in posts(cast, TODAY) if not post.is_acting]

    assert (definitive[0].position_id, definitive[0].ended_on) == (cast.move.position_id, None)
    assert (definitive[1].position_id, definitive[1].ended_on) == (held, date(2026, 4, 30))


def test_m18_an_extension_that_is_none_is_told_which_days_are(cast: Cast) -> None:
    proposal = executed(cast, "2026-05-01", until="2026-08-31")

    early = cast.post("analyst", f"/{proposal}/extension", {"until": "2026-07-31"}).json()

    assert early["type"] == "/errors/day_unusable"
    assert early["params"]["first"] == "2026-09-01"
    assert early["params"]["last"] == "2026-11-01"
