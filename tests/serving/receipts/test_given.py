"""Which receipts were given, for auditors: by vacancy, person, day and model, page by page."""

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.store import pruning, receipts, session, trail
from mutasi.workflow.deadlines import begin_of
from serving.receipts.endpoints import GIVEN
from tests.serving.people import Region, signed_in, state_of

ADDRESS = "/v1/receipts"


@pytest.fixture
def auditor(peopled: TestClient) -> TestClient:
    return signed_in(peopled.app, "auditor")


@pytest.fixture
def rankings(peopled: TestClient, people: Region) -> list[dict[str, Any]]:
    """What an analyst was told: who for a vacancy, and where for somebody."""
    analyst = signed_in(peopled.app, "analyst")
    asked = (f"/v1/vacancies/{people.vacancy}/candidates", f"/v1/employees/{people.nip}/positions")
    return [analyst.get(address).json() for address in asked]


def given(caller: TestClient, **asked: Any) -> list[dict[str, Any]]:
    """Return all receipts that a caller is told of, page by page."""
    answer = caller.get(ADDRESS, params={"limit": 2, **asked})
    found = []
    while True:
        assert answer.status_code == 200, answer.text
        GIVEN.adapter.validate_python(answer.json())
        found += answer.json()["receipts"]
        if "next" not in answer.links:
            return found
        answer = caller.get(answer.links["next"]["url"])


def test_an_anonymous_caller_is_refused(peopled: TestClient) -> None:
    assert peopled.get(ADDRESS).status_code == 401


@pytest.mark.parametrize("role", ["analyst", "unit-head", "decider", "employee", "administrator"])
def test_who_is_no_auditor_is_refused(peopled: TestClient, role: str) -> None:
    assert signed_in(peopled.app, role).get(ADDRESS).status_code == 403


def test_m6_an_auditor_finds_every_receipt_the_latest_first(
    auditor: TestClient, rankings: list[dict[str, Any]], people: Region
) -> None:
    found = given(auditor)

    first, second = found[:2]
    assert [one["receipt_id"] for one in (second, first)] == [
        told["receipt_id"] for told in rankings
    ]
    assert (second["kind"], second["position_id"]) == ("candidates", people.vacancy)
    assert (first["kind"], first["position_id"]) == ("positions", None)
    assert second["asker"].startswith("account:")
    assert second["model_version"] == rankings[0]["model_version"]
    assert second["as_of"] == rankings[0]["as_of"]
    assert len({one["receipt_id"] for one in found}) == len(found)


def test_receipts_are_found_by_vacancy_person_model_and_day(
    auditor: TestClient, rankings: list[dict[str, Any]], people: Region
) -> None:
    of_vacancy, of_person = (told["receipt_id"] for told in rankings)
    day = given(auditor)[0]["at"][:10]

    def found(**asked: Any) -> set[str]:
        return {one["receipt_id"] for one in given(auditor, **asked)}

    model = rankings[0]["model_version"]
    assert {of_vacancy, of_person} <= found(nip=people.nip)
    assert of_vacancy in found(position_id=people.vacancy, model=model)
    assert found(model="another") == found(position_id="nowhere") == set()
    assert found(until="2020-01-01") == set()
    assert {of_vacancy, of_person} <= found(since=day)


def test_m6_whom_an_auditor_looked_for_is_on_the_trail(
    peopled: TestClient, auditor: TestClient, people: Region
) -> None:
    auditor.get(ADDRESS, params={"nip": people.nip})

    with session.reading(state_of(peopled).region.store.engine) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["kind"], last["object"]) == ("read", "employee", people.nip)


def test_a_list_tells_of_nobody_who_is_in_a_receipt(
    auditor: TestClient, rankings: list[dict[str, Any]], people: Region
) -> None:
    assert rankings
    assert people.nip not in auditor.get(ADDRESS, params={"nip": people.nip}).text


def test_a_receipt_that_cannot_be_read_is_in_the_list(
    peopled: TestClient, auditor: TestClient
) -> None:
    with session.unit_of_work(state_of(peopled).region.store.engine) as work:
        receipt_id = receipts.keep(work, "installation", "{}", [])

    first = given(auditor)[0]

    assert (first["receipt_id"], first["is_readable"], first["kind"]) == (receipt_id, False, None)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        pytest.param({"limit": 0}, "limit_out_of_range", id="a limit of nothing"),
        pytest.param({"cursor": "f" * 24}, "cursor_invalid", id="a cursor never given"),
        pytest.param({"since": "yesterday"}, "request_invalid", id="a day that is none"),
    ],
)
def test_bad_input_is_refused(auditor: TestClient, asked: dict[str, Any], kind: str) -> None:
    answer = auditor.get(ADDRESS, params=asked)

    assert (answer.status_code, answer.json()["type"]) == (422, f"/errors/{kind}")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_receipt_that_was_pruned_is_told_to_auditors_and_found_by_nobody_else(
    peopled: TestClient, auditor: TestClient, language: str
) -> None:
    with session.unit_of_work(state_of(peopled).region.store.engine) as work:
        receipt_id = receipts.keep(work, "installation", "{}", [])
        at = receipts.receipt(work, receipt_id).at
        day = date(2999, 1, 1)
        assert pruning.prune(work, "user:keeper", day, min(at + 1, begin_of(day)))

    spoken = {"Accept-Language": language}
    told = auditor.get(f"{ADDRESS}/{receipt_id}", headers=spoken)
    untold = signed_in(peopled.app, "analyst").get(f"{ADDRESS}/{receipt_id}")

    assert (told.status_code, told.json()["type"]) == (404, "/errors/receipt_pruned")
    assert "user:keeper" in told.json()["detail"]
    assert (untold.status_code, untold.json()["type"]) == (404, "/errors/receipt_not_found")


def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(
    auditor: TestClient, rankings: list[dict[str, Any]]
) -> None:
    assert len(rankings) == 2
    assert given(auditor, since=date.min, until=date.max) == given(auditor)
    assert given(auditor, until=date.min) == given(auditor, since=date.max) == []
