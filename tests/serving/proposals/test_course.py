"""A proposal from the draft to the move (M3), and whatever may come between."""

from datetime import date, timedelta

from tests.serving.proposals.conftest import TO_OFFER, Cast


def test_m3_a_move_is_proposed_approved_decided_offered_accepted_and_executed(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept")

    told = cast.done(proposal, "execute")

    assert told["state"] == "executed"
    assert [event["act"] for event in told["events"]] == [
        "propose",
        "approve_giving",
        "approve_receiving",
        "decide",
        "offer",
        "accept",
        "execute",
    ]
    assert {event["dated_on"] for event in told["events"]} == {"2026-04-01"}
    assert len({event["actor"] for event in told["events"]}) == 5


def test_m3_units_may_agree_in_any_order(cast: Cast) -> None:
    proposal = cast.proposed()

    told = cast.done(proposal, "approve_receiving", "approve_giving")

    assert told["state"] == "approved"


def test_an_act_out_of_order_is_refused_with_the_state_and_what_is_open(cast: Cast) -> None:
    proposal = cast.proposed()

    answer = cast.post("decider", f"/{proposal}/decision", {"verdict": "accept"})

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"] == "/errors/out_of_order"
    assert problem["params"]["state"] == "proposed"
    assert problem["params"]["allowed"].split(", ")[0] == "approve_giving"
    assert "unit asal menyetujui" in problem["detail"]


def test_what_is_over_stays_over(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, "reject_giving")

    answer = cast.post("analyst", f"/{proposal}/withdrawal", {"reason": "other"})

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/case_over")


def test_an_answer_after_its_last_day_is_refused_and_the_move_may_be_ordered(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)
    early = cast.post("decider", f"/{proposal}/order", {"reason": "urgent"})

    cast.today(date(2026, 4, 16))
    late = cast.post("employee", f"/{proposal}/answer", {"answer": "accept"})

    assert (early.status_code, early.json()["type"]) == (409, "/errors/too_early")
    assert (late.status_code, late.json()["type"]) == (409, "/errors/deadline_passed")
    assert late.json()["params"]["last"] == "2026-04-15"
    assert cast.done(proposal, "order")["state"] == "ordered"


def test_a_refusal_is_no_veto(cast: Cast) -> None:
    proposal = cast.proposed()

    told = cast.done(proposal, *TO_OFFER, "refuse", "order", "execute")

    assert told["state"] == "executed"


def test_an_objection_is_told_its_last_day_and_late_ones_are_marked(cast: Cast) -> None:
    proposal = cast.proposed()
    told = cast.done(proposal, *TO_OFFER, "accept", "execute")
    assert told["object_by"] == "2026-04-21", "14 working days after a Wednesday"

    cast.today(date(2026, 4, 22))
    told = cast.done(proposal, "object")

    assert told["state"] == "contested"
    assert told["events"][-1]["facts"] == {"grounds": "family", "is_late": True}


def test_an_objection_is_refused_when_no_holidays_could_excuse_it(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept", "execute")

    cast.today(date(2026, 4, 1) + timedelta(days=40))
    answer = cast.post("employee", f"/{proposal}/objection", {"grounds": "family"})

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/deadline_passed")


def test_an_objection_that_is_upheld_before_the_move_ends_it(cast: Cast) -> None:
    proposal = cast.proposed()

    assert cast.done(proposal, *TO_OFFER, "object", "uphold")["state"] == "annulled"


def test_an_objection_that_is_dismissed_leaves_the_move_ordered(cast: Cast) -> None:
    proposal = cast.proposed()

    told = cast.done(proposal, *TO_OFFER, "object", "dismiss")

    assert told["state"] == "ordered"
    assert "object" not in [each["act"] for each in told["allowed"]], "once before the move"


def test_an_objection_that_is_taken_back_leaves_the_move(cast: Cast) -> None:
    proposal = cast.proposed()

    told = cast.done(proposal, *TO_OFFER, "accept", "execute", "object", "take_back")

    assert told["state"] == "executed"
