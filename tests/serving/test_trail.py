"""Who asked about whom is on the audit trail before anything is told of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Role
from mutasi.settings import Settings
from mutasi.store import accounts, receipts, session, trail
from serving.app import create_app
from serving.security import guards
from serving.trail import RECEIPT
from tests.serving.conftest import KNOWN, settings_of
from tests.serving.people import PASSWORD, Region, signed_in, state_of

READS = (
    "/v1/employees/{nip}/positions/{vacancy}/levers",
    "/v1/positions/{vacancy}/contrast?first={nip}&second={colleague}",
)
RECOMMENDS = (
    "/v1/vacancies/{vacancy}/candidates",
    "/v1/employees/{nip}/positions",
    "/v1/employees/{nip}/positions/{vacancy}",
)


@pytest.fixture
def own(own_home: Path) -> Iterator[TestClient]:
    """A service whose trail a test may read from its beginning."""
    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        yield client


@pytest.fixture
def employee(own: TestClient, people: Region) -> TestClient:
    """The employee, signed in."""
    with session.unit_of_work(state_of(own).region.store.engine) as work:
        accounts.add(work, "wati", PASSWORD, [Role.EMPLOYEE], clock.now(), None, people.nip)
    return signed_in(own.app, "wati")


def entries(client: TestClient) -> list[dict[str, Any]]:
    with session.reading(state_of(client).region.store.engine) as work:
        return list(trail.entries(work))


@pytest.mark.parametrize("route", READS)
def test_m6_who_looked_at_whom_is_on_the_trail(own: TestClient, people: Region, route: str) -> None:
    before = len(entries(own))
    answer = own.get(route.format(**vars(people)))
    told = entries(own)[before:]

    named = {people.nip, people.colleague} if "contrast" in route else {people.nip}
    assert answer.status_code == 200
    assert {(one["actor"], one["action"], one["kind"]) for one in told} == {
        ("installation", "read", "employee")
    }
    assert sorted(one["object"] for one in told) == sorted(named)


@pytest.mark.parametrize("route", RECOMMENDS)
def test_m6_what_was_recommended_is_kept_and_named_by_the_answer(
    own: TestClient, people: Region, route: str
) -> None:
    before = len(entries(own))
    answer = own.get(route.format(**vars(people)))
    (entry,) = entries(own)[before:]
    with session.reading(state_of(own).region.store.engine) as work:
        kept = receipts.receipt(work, answer.json()["receipt_id"])

    assert answer.headers[RECEIPT] == kept.receipt_id == entry["object"]
    assert (entry["action"], entry["kind"]) == ("recommend", "receipt")
    assert (kept.asker, kept.seal) == ("installation", entry["after"])


OWN_TRACE = {
    "/v1/vacancies/{position_id}/candidates",
    "/v1/employees/{nip}/positions",
    "/v1/employees/{nip}/positions/{position_id}",
    "/v1/receipts/{receipt_id}",
    "/v1/recommendations",
}
"""Routes that leave their trace themselves: a receipt, or who read one."""


def test_no_other_route_is_trusted_to_leave_its_trace_itself() -> None:
    keeping = {
        route.path_format
        for route, needs in guards(create_app(Settings()))
        if needs is not None and needs.keeps
    }

    assert keeping == OWN_TRACE


def test_a_session_is_on_the_trail_by_its_account_without_a_name(
    own: TestClient, employee: TestClient, people: Region
) -> None:
    before = len(entries(own))

    employee.get(f"/v1/employees/{people.nip}/positions/{people.vacancy}/levers")
    (entry,) = entries(own)[before:]

    assert entry["actor"].startswith("account:")
    assert "wati" not in entry["actor"]


@pytest.mark.parametrize("route", [*READS, *RECOMMENDS])
def test_who_is_out_of_reach_leaves_no_trace_and_is_told_nothing(
    own: TestClient, employee: TestClient, people: Region, route: str
) -> None:
    foreign = {**vars(people), "nip": people.stranger}
    before = len(entries(own))

    answer = employee.get(route.format(**foreign))

    assert answer.status_code in (403, 404)
    assert len(entries(own)) == before


def test_a_person_who_does_not_exist_leaves_no_trace(own: TestClient, people: Region) -> None:
    before = len(entries(own))

    answer = own.get(f"/v1/employees/%00/positions/{people.vacancy}/levers")

    assert (answer.status_code, len(entries(own))) == (404, before)


@pytest.mark.parametrize("route", [*READS, *RECOMMENDS])
@pytest.mark.parametrize("language", ["id", "en"])
def test_while_the_store_is_away_nothing_is_told_of_people(
    own: TestClient, own_home: Path, people: Region, route: str, language: str
) -> None:
    for file in own_home.glob("mutasi.db*"):
        file.write_bytes(b"spoilt" * 1000)

    answer = own.get(route.format(**vars(people)), headers={"Accept-Language": language})

    assert answer.status_code == 503
    assert answer.json()["type"] == "/errors/store_unwritable"
    assert answer.headers["content-language"] == language
    assert int(answer.headers["retry-after"]) > 0
    assert people.nip not in answer.text


def test_the_store_that_comes_back_is_used_again(
    own: TestClient, own_home: Path, people: Region
) -> None:
    address = f"/v1/vacancies/{people.vacancy}/candidates"
    kept = {file: file.read_bytes() for file in own_home.glob("mutasi.db*")}
    state_of(own).region.store.engine.dispose()
    for file in kept:
        file.write_bytes(b"spoilt" * 1000)
    assert own.get(address).status_code == 503
    state_of(own).region.store.engine.dispose()
    for file, content in kept.items():
        file.write_bytes(content)

    assert own.get(address).status_code == 200
