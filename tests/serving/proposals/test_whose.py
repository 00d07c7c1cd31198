"""Whose act it is: nobody acts for another, on their own case, twice, or out of time."""

import json

import pytest
from httpx import Response
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Role, Scope
from mutasi.store import accounts, clients, session, trail
from tests.serving.conftest import KNOWN
from tests.serving.people import SECURE, bearer, token_of
from tests.serving.proposals.conftest import STEPS, TO_OFFER, TODAY, Cast

ANYBODY = ("analyst", "decider", "giving", "receiving", "employee", "auditor")


@pytest.mark.parametrize("step", ["approve_giving", "approve_receiving", "decide", "accept"])
def test_an_act_is_of_one_person_and_of_nobody_else(cast: Cast, step: str) -> None:
    proposal = cast.proposed()
    before = {"approve_giving": 0, "approve_receiving": 1, "decide": 2, "accept": 4}[step]
    cast.done(proposal, *TO_OFFER[:before])
    who, place, body = STEPS[step]

    for other in ANYBODY:
        if other != who:
            assert cast.post(other, f"/{proposal}/{place}", body).status_code == 403, other
    assert cast.done(proposal, step)["version"] == before + 2


def test_no_system_decides_but_it_may_propose(cast: Cast) -> None:
    with session.unit_of_work(cast.app.state.region.store.engine) as work:
        secret = clients.add(work, "simpeg", list(Scope), clock.now())
    system = TestClient(cast.app, base_url=SECURE)
    cast.app.state.clock = clock.now
    system.headers.update(bearer(token_of(system, "simpeg", str(secret))))
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}

    proposed = system.post("/v1/proposals", json=body)
    proposal = proposed.json()["proposal_id"]

    assert proposed.status_code == 201
    acts = {place: said for _, place, said in STEPS.values() if place != "outcomes"}
    for place, said in acts.items():
        answer = system.post(f"/v1/proposals/{proposal}/{place}", json=said)
        assert (answer.status_code, answer.json()["type"]) == (403, "/errors/person_needed")


def test_who_proposed_does_not_decide(cast: Cast) -> None:
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}
    proposal = cast.post("decider", "", body).json()["proposal_id"]
    cast.done(proposal, "approve_giving", "approve_receiving")

    answer = cast.post("decider", f"/{proposal}/decision", {"verdict": "accept"})

    assert (answer.status_code, answer.json()["type"]) == (403, "/errors/second_person_needed")


def test_nobody_acts_in_office_on_their_own_case(cast: Cast) -> None:
    engine = cast.app.state.region.store.engine
    roles = [Role.ANALYST, Role.DECIDER, Role.UNIT_HEAD, Role.EMPLOYEE]
    with session.unit_of_work(engine) as work, pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "hashed", lambda *_: "")
        accounts.add(work, "mighty", "", roles, 0, cast.move.origin_unit, cast.move.nip)
    cast.callers["mighty"] = TestClient(cast.app, base_url=SECURE)
    try:
        cast.today(TODAY)
        body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}
        itself = cast.post("mighty", "", body)
        proposal = cast.proposed()
        giving = cast.post("mighty", f"/{proposal}/approval", STEPS["approve_giving"][2])
        cast.done(proposal, "approve_giving", "approve_receiving")
        decided = cast.post("mighty", f"/{proposal}/decision", STEPS["decide"][2])
        for answer in (itself, giving, decided):
            assert (answer.status_code, answer.json()["type"]) == (
                403,
                "/errors/conflict_of_interest",
            )
    finally:
        del cast.callers["mighty"]


def test_a_head_of_another_unit_sees_nothing_and_one_of_the_other_side_does_not_act(
    cast: Cast,
) -> None:
    proposal = cast.proposed()
    other_side = cast.post("giving", f"/{proposal}/approval", STEPS["approve_receiving"][2])
    engine = cast.app.state.region.store.engine
    units = cast.app.state.region.recommender.snapshot.tables["units"]
    leaf = next(
        unit
        for row, unit in enumerate(units["unit_id"])
        if unit not in {cast.move.unit, cast.move.origin_unit} and row not in set(units["parent"])
    )
    with session.unit_of_work(engine) as work:
        secret = clients.add(work, "unitwise", list(Scope), clock.now(), unit_id=str(leaf))
    cast.app.state.clock = clock.now
    system = TestClient(cast.app, base_url=SECURE)
    system.headers.update(bearer(token_of(system, "unitwise", str(secret))))

    assert (other_side.status_code, other_side.json()["type"]) == (403, "/errors/office_missing")
    assert system.get(f"/v1/proposals/{proposal}").status_code == 404
    assert system.get("/v1/proposals").json()["proposals"] == []


def test_a_rejection_says_why_and_an_override_too(cast: Cast) -> None:
    proposal = cast.proposed()
    rejected = cast.post("giving", f"/{proposal}/approval", {"side": "giving", "verdict": "reject"})
    cast.done(proposal, "approve_giving", "approve_receiving")
    overridden = cast.post("decider", f"/{proposal}/decision", {"verdict": "override"})

    for answer in (rejected, overridden):
        assert (answer.status_code, answer.json()["type"]) == (422, "/errors/fact_missing")
        assert answer.json()["params"]["field"] == "reason"


def test_whom_somebody_was_preferred_to_is_told_to_those_of_the_region_alone(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, "approve_giving", "approve_receiving")
    employees = cast.app.state.region.recommender.snapshot.employees["employee_id"]
    other = next(nip for nip in employees if nip != cast.move.nip)
    body = {"verdict": "override", "reason": "balance", "instead": str(other)}
    assert cast.post("decider", f"/{proposal}/decision", body).json()["state"] == "overridden"

    def facts(who: str) -> object:
        return cast.get(who, f"/{proposal}").json()["events"][-1]["facts"]

    assert facts("auditor") == {"reason": "balance", "instead": other}
    assert facts("employee") == facts("receiving") == {"reason": "balance"}


def test_an_act_may_bear_an_earlier_day_but_no_earlier_one_than_the_last_act(cast: Cast) -> None:
    proposal = cast.proposed(dated_on="2026-03-30")
    body = STEPS["approve_giving"][2]

    backwards = cast.post("giving", f"/{proposal}/approval", {**body, "dated_on": "2026-03-29"})
    ahead = cast.post("giving", f"/{proposal}/approval", {**body, "dated_on": "2026-04-02"})
    fine = cast.post("giving", f"/{proposal}/approval", {**body, "dated_on": "2026-03-31"})

    assert (backwards.status_code, backwards.json()["type"]) == (409, "/errors/dated_backwards")
    assert (ahead.status_code, ahead.json()["type"]) == (422, "/errors/dated_ahead")
    assert (fine.status_code, fine.json()["events"][-1]["dated_on"]) == (200, "2026-03-31")


@pytest.mark.parametrize("day", ["0001-01-01", "2021-08-09", "2026-03-24"])
def test_nothing_is_proposed_on_a_day_long_back(cast: Cast, day: str) -> None:
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}

    answer = cast.post("analyst", "", {**body, "dated_on": day})

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/day_unusable")
    assert answer.json()["params"]["first"] == "2026-03-25"
    cast.proposed(dated_on="2026-03-25")


def test_the_employee_s_deadlines_cannot_have_passed_when_an_offer_is_taken_down(
    cast: Cast,
) -> None:
    proposal = cast.proposed(dated_on="2026-03-25")
    for step in TO_OFFER[:-1]:
        who, place, body = STEPS[step]
        cast.post(who, f"/{proposal}/{place}", {**body, "dated_on": "2026-03-25"})

    who, place, body = STEPS["offer"]
    over = cast.post(
        who, f"/{proposal}/{place}", {**body, "dated_on": "2026-03-25", "answer_by": "2026-04-01"}
    )
    fine = cast.post(
        who, f"/{proposal}/{place}", {**body, "dated_on": "2026-03-25", "answer_by": "2026-04-02"}
    )

    assert (over.status_code, over.json()["type"]) == (422, "/errors/day_unusable")
    assert fine.json()["object_by"] > "2026-04-01"


def test_an_employee_cannot_date_an_objection_into_its_days(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)

    answer = cast.post(
        "employee", f"/{proposal}/objection", {"grounds": "family", "dated_on": "2026-04-02"}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "body.dated_on"


def version_of(answer: Response) -> int:
    """Return the version that an ETag begins with."""
    return int(answer.headers["etag"].strip('"').partition("-")[0])


def test_whoever_saw_an_earlier_version_is_told_and_nothing_is_done(cast: Cast) -> None:
    proposal = cast.proposed()
    seen = cast.get("receiving", f"/{proposal}").headers["etag"]
    cast.done(proposal, "approve_giving")
    body = STEPS["approve_receiving"][2]

    stale = cast.post("receiving", f"/{proposal}/approval", body, **{"If-Match": seen})
    fresh = cast.get("receiving", f"/{proposal}").headers["etag"]
    again = cast.post("receiving", f"/{proposal}/approval", body, **{"If-Match": fresh})

    assert (stale.status_code, stale.json()["type"]) == (409, "/errors/case_changed")
    assert (again.status_code, version_of(again)) == (200, 3)


def test_a_request_that_comes_again_is_done_once(cast: Cast) -> None:
    proposal = cast.proposed()
    body, key = STEPS["approve_giving"][2], {"Idempotency-Key": "letter-1"}

    first = cast.post("giving", f"/{proposal}/approval", body, **key)
    again = cast.post("giving", f"/{proposal}/approval", body, **key)
    other = cast.post("giving", f"/{proposal}/approval", STEPS["reject_giving"][2], **key)

    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert again.headers["etag"] == first.headers["etag"]
    assert version_of(again) == 2
    assert (other.status_code, other.json()["type"]) == (422, "/errors/key_reused")
    assert cast.get("giving", f"/{proposal}").json()["version"] == 2


def test_a_proposal_that_comes_again_is_made_once(cast: Cast) -> None:
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}

    first = cast.post("analyst", "", body, **{"Idempotency-Key": "a"})
    again = cast.post("analyst", "", body, **{"Idempotency-Key": "a"})
    anew = cast.post("analyst", "", body, **{"Idempotency-Key": "b"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.headers["location"] == again.headers["location"]
    assert (anew.status_code, anew.json()["type"]) == (409, "/errors/case_going")
    assert anew.json()["params"]["case_id"] == first.json()["proposal_id"]


def test_a_key_is_of_one_caller(cast: Cast) -> None:
    proposal = cast.proposed()
    key = {"Idempotency-Key": "1"}

    giving = cast.post("giving", f"/{proposal}/approval", STEPS["approve_giving"][2], **key)
    receiving = cast.post(
        "receiving", f"/{proposal}/approval", STEPS["approve_receiving"][2], **key
    )

    assert (giving.json()["version"], receiving.json()["version"]) == (2, 3)


def test_what_the_law_forbids_is_not_proposed(cast: Cast) -> None:
    recommender = cast.app.state.region.recommender
    ranking = recommender.candidates(cast.move.position_id, 1)
    blocked = ranking.excluded[0]
    body = {"nip": blocked.employee_id, "position_id": blocked.position_id, "purpose": "career"}

    answer = cast.post("analyst", "", body)

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/placement_unlawful")
    assert answer.json()["params"]["rules"].split(", ")[0] in {
        finding.rule for finding in blocked.findings
    }


@pytest.mark.parametrize(
    "nip",
    [
        pytest.param("１９８５０５１７２０１００１２００１", id="full-width digits"),
        pytest.param("198505172010012001\u200b", id="a space without width"),
        pytest.param("19850517 2010012001", id="a space"),
        pytest.param("1.98505E+17", id="a spreadsheet's number"),
        pytest.param("٠" * 18, id="Arabic digits"),
        pytest.param("' OR 1=1 --", id="an injection"),
    ],
)
def test_a_number_is_looked_up_as_it_is_written(cast: Cast, nip: str) -> None:
    body = {"nip": nip, "position_id": cast.move.position_id, "purpose": "vacancy"}

    answer = cast.post("analyst", "", body)

    assert (answer.status_code, answer.json()["type"]) == (404, "/errors/employee_not_found")


@pytest.mark.parametrize(
    "nip",
    ["", "1\u00002", "1\n2", "9" * 201, "\ud800"],
    ids=["none", "NUL", "lines", "long", "half"],
)
def test_what_cannot_be_a_number_is_refused_by_its_field(cast: Cast, nip: str) -> None:
    body = {"nip": nip, "position_id": cast.move.position_id, "purpose": "vacancy"}

    answer = cast.callers["analyst"].post(
        "/v1/proposals",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "body.nip"


def test_m6_every_act_and_every_look_is_on_the_trail(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, "approve_giving")
    cast.get("auditor", f"/{proposal}")
    cast.get("auditor", "")

    with session.reading(cast.app.state.region.store.engine) as work:
        told = [one for one in trail.entries(work) if one["object"] == proposal]
        assert trail.faults(work) == []
    assert [(one["kind"], one["action"]) for one in told] == [
        ("proposal", "propose"),
        ("proposal", "approve_giving"),
        ("proposal", "read"),
        ("proposal", "read"),
    ]


def test_the_token_of_the_installation_proposes_as_an_analyst_and_no_more(cast: Cast) -> None:
    system = TestClient(cast.app, base_url=SECURE, headers=KNOWN)
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}
    proposal = system.post("/v1/proposals", json=body).json()["proposal_id"]

    answer = system.post(f"/v1/proposals/{proposal}/withdrawal", json={"reason": "other"})

    assert (answer.status_code, answer.json()["type"]) == (403, "/errors/person_needed")
