"""What proposals leave in the records, so that they teach: offers, answers, moves, objections."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from features.outcomes import answers
from models.receipt import WhereTo
from models.recommender import Recommender
from mutasi.snapshot import Snapshot
from mutasi.store import cases, personnel, session
from mutasi.store.cases import Done, Kind, Subject
from mutasi.workflow.proposals import Act, State
from pipelines import receipts
from tests.serving.conftest import settings_of
from tests.serving.proposals.conftest import STEPS, TO_OFFER, Cast
from tests.serving.proposals.content import CONTENT

LATER = date(2026, 12, 31)


def snapshot(cast: Cast, day: date = LATER) -> Snapshot:
    """Return what is known on a day by what the store holds now."""
    with session.reading(cast.app.state.region.store.engine) as work:
        return personnel.snapshot(work, day)


def rows(cast: Cast, table: str) -> pd.DataFrame:
    """Return the rows of the person who is to move."""
    with session.reading(cast.app.state.region.store.engine) as work:
        found = personnel.rows(work, table)
    mine = found[found["employee_id"] == cast.move.nip]
    return mine.sort_values("known_on", kind="stable")


def answered(cast: Cast) -> list[tuple[Any, ...]]:
    """Return the answers of April 2026 that a training would learn from."""
    told = answers(snapshot(cast))
    return [
        (told.employee_id[row], told.position_id[row], float(told.label[row]))
        for row in range(len(told))
        if str(told.decided_on[row]) == "2026-04-01"
    ]


def test_an_answer_is_an_example_of_the_next_training(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)
    assert answered(cast) == [], "an offer without an answer is none"

    cast.done(proposal, "accept")

    assert answered(cast) == [(cast.move.nip, cast.move.position_id, 1.0)]


def test_a_refusal_is_one_too_with_its_reason(cast: Cast) -> None:
    proposal = cast.proposed()

    cast.done(proposal, *TO_OFFER, "refuse")

    assert answered(cast) == [(cast.move.nip, cast.move.position_id, 0.0)]
    offer = rows(cast, "offers").iloc[-1]
    assert (offer["reason"], offer["evidence"]) == ("distance", "recorded")


def test_an_offer_that_is_withdrawn_is_no_refusal(cast: Cast) -> None:
    proposal = cast.proposed()

    cast.done(proposal, *TO_OFFER, "withdraw")

    assert answered(cast) == []
    assert rows(cast, "offers").iloc[-1]["answer"] == "withdrawn"


def test_a_move_ends_the_post_that_was_held_and_begins_the_new_one(cast: Cast) -> None:
    held = rows(cast, "postings")
    last = held[held["ended_on"].isna()].iloc[-1]["position_id"]
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept", "execute")

    found = snapshot(cast)
    row = found.employee_row(cast.move.nip)
    move = rows(cast, "transfers").iloc[-1]

    posts = rows(cast, "postings").set_index("position_id")
    assert str(posts.loc[[last]].iloc[-1]["ended_on"].date()) == "2026-04-30"
    assert found.positions["position_id"][found.employees["position"][row]] == cast.move.position_id
    assert (move["from_position_id"], move["position_id"]) == (last, cast.move.position_id)
    assert str(move["decided_on"].date()) == "2026-04-01"
    assert str(move["started_on"].date()) == "2026-05-01"
    assert move["offer_id"] == rows(cast, "offers").iloc[-1]["offer_id"]


def test_a_move_is_not_known_before_its_decree(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept", "execute")

    before, after = snapshot(cast, date(2026, 3, 31)), snapshot(cast, date(2026, 5, 1))

    def place(found: Snapshot) -> object:
        row = found.employees["position"][found.employee_row(cast.move.nip)]
        return found.positions["position_id"][row]

    assert place(before) != cast.move.position_id
    assert place(after) == cast.move.position_id


def test_m18_who_is_lent_keeps_the_post_and_works_elsewhere_until_the_last_day(cast: Cast) -> None:
    place = snapshot(cast).employees["position"][snapshot(cast).employee_row(cast.move.nip)]
    proposal = cast.proposed(until="2026-08-31")

    told = cast.done(proposal, *TO_OFFER, "accept", "execute")

    acting = rows(cast, "postings").iloc[-1]
    assert (told["state"], told["until"]) == ("lent", "2026-08-31")
    assert (acting["assignment"], str(acting["ended_on"].date())) == ("PLT", "2026-08-31")
    assert snapshot(cast).employees["position"][snapshot(cast).employee_row(cast.move.nip)] == place
    assert answered(cast) == [], "what is accepted for a time says nothing of a move"
    cast.today(date(2026, 9, 1))
    assert cast.get("analyst", f"/{proposal}").json()["state"] == "expired"


def test_m18_an_assignment_is_extended_as_far_as_the_law_lets_it_and_ends_early(
    cast: Cast,
) -> None:
    proposal = cast.proposed(until="2026-08-31")
    cast.done(proposal, *TO_OFFER, "accept", "execute")

    longer = cast.post("analyst", f"/{proposal}/extension", {"until": "2026-10-31"})
    too_long = cast.post("analyst", f"/{proposal}/extension", {"until": "2026-11-02"})
    shorter = cast.post("analyst", f"/{proposal}/extension", {"until": "2026-09-30"})
    cast.today(date(2026, 6, 15))
    ended = cast.post("analyst", f"/{proposal}/return", {})

    assert (longer.status_code, longer.json()["until"]) == (200, "2026-10-31")
    assert (too_long.status_code, too_long.json()["type"]) == (422, "/errors/assignment_unlawful")
    assert (shorter.status_code, shorter.json()["type"]) == (422, "/errors/day_unusable")
    assert ended.json()["state"] == "ended"
    assert str(rows(cast, "postings").iloc[-1]["ended_on"].date()) == "2026-06-15"


def test_an_objection_and_what_became_of_it_are_on_record(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept", "execute", "object")
    assert rows(cast, "objections").iloc[-1]["outcome"] is None or pd.isna(
        rows(cast, "objections").iloc[-1]["outcome"]
    )

    cast.done(proposal, "dismiss")

    objection = rows(cast, "objections").iloc[-1]
    assert (objection["grounds"], objection["outcome"]) == ("family", "dismissed")


def test_who_has_moved_returns_when_the_objection_is_upheld(cast: Cast) -> None:
    held = rows(cast, "postings")
    last = held[held["ended_on"].isna()].iloc[-1]["position_id"]
    proposal = cast.proposed()

    told = cast.done(proposal, *TO_OFFER, "accept", "execute", "object", "uphold")

    found = snapshot(cast)
    row = found.employees["position"][found.employee_row(cast.move.nip)]
    assert told["state"] == "reversed"
    assert found.positions["position_id"][row] == last


def test_a_first_day_that_cannot_be_is_refused_and_changes_nothing(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept")
    before = len(rows(cast, "postings"))
    body = {**STEPS["execute"][2], "started_on": "2028-01-01"}

    answer = cast.post("analyst", f"/{proposal}/execution", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/day_unusable")
    assert answer.json()["params"]["field"] == "started_on"
    assert len(rows(cast, "postings")) == before


def give(cast: Cast, seats: int, state: State, *then: Done) -> None:
    """Let so many others have a seat of the post, on the day of the records."""
    region = cast.app.state.region
    snapshot = region.recommender.snapshot
    others = [nip for nip in snapshot.employees["employee_id"] if nip != cast.move.nip]
    with session.unit_of_work(region.store.engine, cases.QUEUE) as work:
        for nip in others[:seats]:
            subject = Subject.of(snapshot, nip, cast.move.position_id)
            made = Done(Act.PROPOSE, state, True, "account:x", snapshot.as_of, {})
            case = cases.begin(work, Kind.PROPOSAL, subject, CONTENT, nip, made)
            for done in then:
                case = cases.add(work, Kind.PROPOSAL, case, done)


def decided(cast: Cast) -> tuple[int, str]:
    """Return status and state, or problem, of a decision about the move."""
    proposal = cast.proposed()
    cast.done(proposal, "approve_giving", "approve_receiving")
    answer = cast.post("decider", f"/{proposal}/decision", STEPS["decide"][2])
    return answer.status_code, answer.json().get("state", answer.json().get("type"))


def test_a_seat_is_given_once(cast: Cast) -> None:
    seats = cast.app.state.region.recommender.vacancy(cast.move.position_id).open
    give(cast, seats, State.DECIDED)

    assert decided(cast) == (409, "/errors/position_full")


def test_the_last_seat_is_given(cast: Cast) -> None:
    seats = cast.app.state.region.recommender.vacancy(cast.move.position_id).open
    give(cast, seats - 1, State.DECIDED)

    assert decided(cast) == (200, "decided")


@pytest.mark.parametrize("later", [0, 30])
def test_a_seat_that_was_taken_since_the_records_were_read_is_not_given_again(
    cast: Cast, later: int
) -> None:
    """The decree may bear the very day of the records, and the first day lie ahead."""
    recommender = cast.app.state.region.recommender
    seats, day = recommender.vacancy(cast.move.position_id).open, recommender.snapshot.as_of
    begun = {"started_on": (day + timedelta(days=later)).isoformat()}
    executed = Done(Act.EXECUTE, State.EXECUTED, False, "account:x", day, begun)
    give(cast, seats, State.ACCEPTED, executed)

    assert decided(cast) == (409, "/errors/position_full")


@pytest.mark.parametrize("answer", ["accept", "order"])
def test_a_move_begins_no_earlier_than_it_was_accepted_or_ordered(cast: Cast, answer: str) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, *(["refuse"] if answer == "order" else []), answer)
    cast.today(date(2026, 4, 10))
    before = rows(cast, "postings")

    early = execution(cast, proposal, "2026-03-31")
    on_the_day = execution(cast, proposal, "2026-04-01")

    assert (early.status_code, early.json()["type"]) == (422, "/errors/day_unusable")
    assert early.json()["params"]["first"] == "2026-04-01"
    assert "1 April 2026" in early.json()["detail"]
    assert on_the_day.status_code == 200, "recorded some days later"
    assert len(rows(cast, "postings")) == len(before) + 1


def test_m6_a_move_that_is_recorded_later_leaves_receipts_as_they_were(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept")
    cast.today(date(2026, 4, 9))
    settings = settings_of(cast.app.state.settings.home)
    recommender = Recommender(snapshot(cast, date(2026, 4, 6)), None)
    question = WhereTo(cast.move.nip, 5)
    receipt_id = receipts.keep(settings, recommender, question, question.ask(recommender))

    moved = execution(cast, proposal, "2026-04-03", dated_on="2026-04-02")

    assert moved.status_code == 200
    assert receipts.verify(settings, receipt_id).is_identical
    assert str(rows(cast, "transfers").iloc[-1]["known_on"].date()) == "2026-04-09"


def execution(cast: Cast, proposal: str, started_on: str, **more: str) -> Any:
    body = {**STEPS["execute"][2], "started_on": started_on, **more}
    return cast.post("analyst", f"/{proposal}/execution", body)
