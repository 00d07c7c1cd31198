"""An employee's own application and preferences (M5)."""

from typing import Any

from tests.serving.proposals.conftest import Cast

APPLICATIONS = "/v1/applications"


def applied(cast: Cast, **headers: str) -> Any:
    body = {"position_id": cast.move.position_id, "reason": "distance"}
    return cast.callers["employee"].post(APPLICATIONS, json=body, headers=headers)


def test_m5_an_employee_applies_and_is_told_what_the_law_says(cast: Cast) -> None:
    answer = applied(cast)

    told = answer.json()
    assert (answer.status_code, told["state"], told["nip"]) == (201, "submitted", cast.move.nip)
    assert answer.headers["location"] == f"{APPLICATIONS}/{told['application_id']}"
    assert {"rule", "sentence", "basis"} <= set(told["findings"][0])


def test_m5_an_application_is_taken_up_by_a_proposal_of_own_request(cast: Cast) -> None:
    application = applied(cast).json()
    if not application["is_eligible"]:
        refused = cast.post(
            "analyst",
            "",
            {
                "nip": cast.move.nip,
                "position_id": cast.move.position_id,
                "purpose": "own_request",
                "application_id": application["application_id"],
            },
        )
        assert refused.json()["type"] == "/errors/placement_unlawful"
        return
    cast.proposed(purpose="own_request", application_id=application["application_id"])

    told = cast.callers["employee"].get(f"{APPLICATIONS}/{application['application_id']}").json()

    assert told["state"] == "taken_up"


def test_own_request_and_application_belong_together(cast: Cast) -> None:
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "own_request"}

    answer = cast.post("analyst", "", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/fact_missing")


def test_nobody_applies_twice_for_the_same_and_a_repeated_request_is_one(cast: Cast) -> None:
    first = applied(cast, **{"Idempotency-Key": "1"})
    again = applied(cast, **{"Idempotency-Key": "1"})
    anew = applied(cast)

    assert first.content == again.content
    assert (anew.status_code, anew.json()["type"]) == (409, "/errors/case_going")


def test_an_application_is_declined_with_a_reason_or_withdrawn_and_then_over(cast: Cast) -> None:
    place = f"{APPLICATIONS}/{applied(cast).json()['application_id']}"

    silent = cast.callers["analyst"].post(f"{place}/declination", json={})
    declined = cast.callers["analyst"].post(f"{place}/declination", json={"reason": "balance"})
    late = cast.callers["employee"].post(f"{place}/withdrawal", json={})

    assert silent.status_code == 422
    assert (declined.status_code, declined.json()["state"]) == (200, "declined")
    assert declined.json()["events"][-1]["reason"] == "balance"
    assert (late.status_code, late.json()["type"]) == (409, "/errors/case_over")
    assert applied(cast).status_code == 201, "and may be asked again"


def test_the_unit_that_is_asked_for_does_not_see_who_wants_to_leave(cast: Cast) -> None:
    place = f"{APPLICATIONS}/{applied(cast).json()['application_id']}"

    seen = {who: cast.callers[who].get(place).status_code for who in cast.callers}
    listed = {
        who: len(cast.callers[who].get(APPLICATIONS).json()["applications"]) for who in cast.callers
    }

    assert seen == {
        "analyst": 200,
        "decider": 200,
        "giving": 200,
        "receiving": 404,
        "employee": 200,
        "auditor": 200,
    }
    assert listed == {who: int(status == 200) for who, status in seen.items()}


def test_m5_preferences_are_changed_by_who_saw_the_last_ones(cast: Cast) -> None:
    place = f"/v1/employees/{cast.move.nip}/preferences"
    employee = cast.callers["employee"]
    wishes = {"units": [cast.move.unit], "places": [], "families": [], "kinds": ["FUNGSIONAL"]}

    nothing = employee.get(place)
    told = employee.put(place, json=wishes, headers={"If-Match": nothing.headers["etag"]})
    stale = employee.put(place, json={}, headers={"If-Match": nothing.headers["etag"]})
    blind = employee.put(place, json={})

    assert (nothing.json()["version"], nothing.headers["etag"]) == (0, '"0"')
    assert (told.status_code, told.headers["etag"]) == (200, '"1"')
    assert (stale.status_code, stale.json()["type"]) == (409, "/errors/preferences_changed")
    assert blind.status_code == 422
    assert cast.callers["giving"].get(place).json()["preferences"] == wishes


def test_a_family_that_there_is_not_is_refused_with_those_there_are(cast: Cast) -> None:
    answer = cast.callers["employee"].put(
        f"/v1/employees/{cast.move.nip}/preferences",
        json={"families": ["nope"]},
        headers={"If-Match": '"0"'},
    )

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/choice_unknown")
    assert answer.json()["params"]["field"] == "families"
    assert answer.json()["params"]["known"]


def test_a_unit_that_there_is_not_cannot_be_preferred(cast: Cast) -> None:
    answer = cast.callers["employee"].put(
        f"/v1/employees/{cast.move.nip}/preferences",
        json={"units": ["nowhere"]},
        headers={"If-Match": '"0"'},
    )

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/unit_unknown")


def test_nobody_tells_the_preferences_of_another(cast: Cast) -> None:
    place = f"/v1/employees/{cast.move.nip}/preferences"

    for who in ("analyst", "decider", "giving", "auditor"):
        answer = cast.callers[who].put(place, json={}, headers={"If-Match": '"0"'})
        assert answer.status_code == 403
