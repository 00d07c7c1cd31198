"""Who has the last answer is told that nothing is new, until something is: by the day, too."""

from datetime import date

import pytest

from tests.serving.proposals.conftest import TO_OFFER, Cast


@pytest.mark.parametrize("language", ["id", "en"])
def test_who_has_a_proposal_as_it_is_gets_304(cast: Cast, language: str) -> None:
    place = f"/v1/proposals/{cast.proposed()}"
    analyst = cast.callers["analyst"]
    seen = analyst.get(place, params={"lang": language})
    known = {"If-None-Match": f'"another", {seen.headers["etag"]}'}

    same = analyst.get(place, params={"lang": language}, headers=known)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == seen.headers["etag"]
    assert same.headers["content-language"] == language


def test_a_proposal_in_another_language_or_after_an_act_is_another_answer(cast: Cast) -> None:
    proposal = cast.proposed()
    place, analyst = f"/v1/proposals/{proposal}", cast.callers["analyst"]
    known = {"If-None-Match": analyst.get(place).headers["etag"]}

    assert analyst.get(place, params={"lang": "en"}, headers=known).status_code == 200
    cast.done(proposal, "approve_giving")
    assert analyst.get(place, headers=known).status_code == 200


def test_a_temporary_assignment_that_ended_by_itself_is_another_answer(cast: Cast) -> None:
    proposal = cast.proposed(purpose="workload", until="2026-09-30")
    cast.done(proposal, *TO_OFFER, "accept", "execute")
    place, analyst = f"/v1/proposals/{proposal}", cast.callers["analyst"]
    lent = analyst.get(place)
    cast.today(date(2026, 10, 1))

    ended = analyst.get(place, headers={"If-None-Match": lent.headers["etag"]})

    assert (ended.status_code, ended.json()["state"]) == (200, "expired")
    assert ended.json()["version"] == lent.json()["version"]


def test_who_has_an_application_or_preferences_as_they_are_gets_304(cast: Cast) -> None:
    employee = cast.callers["employee"]
    asked = {"position_id": cast.move.position_id, "reason": "family"}
    made = employee.post("/v1/applications", json=asked)
    assert made.status_code == 201, made.text

    for place in (made.headers["location"], f"/v1/employees/{cast.move.nip}/preferences"):
        seen = employee.get(place)
        same = employee.get(place, headers={"If-None-Match": seen.headers["etag"]})
        assert (seen.status_code, same.status_code) == (200, 304)
    assert employee.get(made.headers["location"]).headers["etag"] == made.headers["etag"]
