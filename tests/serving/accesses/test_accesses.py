"""Who looked at one's data: to the person concerned by role and unit, to auditors by id."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.store import session, trail
from mutasi.store.trail import Action, Deed, Kind
from serving.accesses.endpoints import ACCESSES
from serving.app import create_app
from tests.serving.conftest import settings_of
from tests.serving.people import SECURE, Region, bearer, settle, signed_in, state_of, token_of


@pytest.fixture
def own(own_home: Path, people: Region) -> Iterator[TestClient]:
    """A service with an account a role, where nobody has looked at anybody."""
    app = create_app(settings_of(own_home))
    with TestClient(app, base_url=SECURE) as client:
        app.state.secrets = settle(app.state.region.store.engine, people)
        yield client


@pytest.fixture
def address(people: Region) -> str:
    return f"/v1/employees/{people.nip}/accesses"


@pytest.fixture
def employee(own: TestClient) -> TestClient:
    return signed_in(own.app, "employee")


@pytest.fixture
def head(own: TestClient, people: Region) -> TestClient:
    """The head of the unit, who has looked at the employee."""
    client = signed_in(own.app, "unit-head")
    assert client.get(f"/v1/employees/{people.nip}/timeline").status_code == 200
    return client


def accesses(caller: TestClient, address: str, **asked: Any) -> list[dict[str, Any]]:
    answer = caller.get(address, params=asked)
    assert answer.status_code == 200, answer.text
    ACCESSES.adapter.validate_python(answer.json())
    found: list[dict[str, Any]] = answer.json()["accesses"]
    return found


def test_an_anonymous_caller_is_refused(own: TestClient, address: str) -> None:
    assert own.get(address).status_code == 401


def test_an_employee_asks_about_themselves_alone(employee: TestClient, people: Region) -> None:
    answer = employee.get(f"/v1/employees/{people.stranger}/accesses")

    assert (answer.status_code, answer.json()["type"]) == (404, "/errors/employee_not_found")


@pytest.mark.parametrize(
    ("language", "who", "what"),
    [
        ("id", "kepala unit, {unit}", "melihat data pegawai ini"),
        ("en", "unit head, {unit}", "looked at this employee's data"),
    ],
)
@pytest.mark.usefixtures("head")
def test_m6_an_employee_is_told_who_looked_by_role_and_unit_without_a_name(
    own: TestClient,
    employee: TestClient,
    people: Region,
    address: str,
    language: str,
    who: str,
    what: str,
) -> None:
    units = state_of(own).region.recommender.snapshot.tables["units"].set_index("unit_id")
    unit = units["name"][people.unit]

    (look,) = accesses(employee, address, lang=language)

    assert (look["asker_name"], look["what"]) == (who.format(unit=unit), what)
    assert (look["asker"], look["roles"], look["unit_name"]) == ("account", ["unit_head"], unit)
    assert (look["kind"], look["action"], look["object_id"]) == ("employee", "read", None)
    assert look["actor"].startswith("account:")
    assert "unit-head" not in str(look)


@pytest.mark.usefixtures("head")
def test_m6_auditors_and_administrators_are_told_of_anybody(
    own: TestClient, address: str, people: Region
) -> None:
    auditor, administrator = (signed_in(own.app, name) for name in ("auditor", "administrator"))
    unseen = f"/v1/employees/{people.stranger}/accesses"

    assert [one["roles"] for one in accesses(auditor, address)] == [["auditor"], ["unit_head"]]
    assert [one["roles"] for one in accesses(administrator, address)][:2] == [
        ["administrator"],
        ["auditor"],
    ]
    assert [one["roles"] for one in accesses(auditor, unseen)] == [["auditor"]]


def test_m6_a_recommendation_that_tells_of_the_employee_is_told_with_its_receipt(
    own: TestClient, employee: TestClient, address: str, people: Region
) -> None:
    simpeg = bearer(token_of(own, "simpeg", state_of(own).secrets["simpeg"]))
    asked = own.get(f"/v1/vacancies/{people.vacancy}/candidates", headers=simpeg).json()

    (look,) = accesses(employee, address)

    assert (look["kind"], look["action"], look["object_id"]) == (
        "receipt",
        "recommend",
        asked["receipt_id"],
    )
    assert (look["asker"], look["actor"]) == ("client", "client:simpeg")
    assert look["asker_name"] == "sistem simpeg"
    part = employee.get(f"/v1/receipts/{look['object_id']}/employees/{people.nip}")
    assert part.status_code == 200


def test_what_the_employee_looked_at_is_told_only_if_asked_for(
    employee: TestClient, address: str
) -> None:
    assert accesses(employee, address) == []
    own = accesses(employee, address, own=True)

    assert {(one["is_own"], one["asker_name"]) for one in own} == {(True, "pegawai sendiri")}


def test_the_name_of_an_account_of_the_machine_is_told_to_auditors_alone(
    own: TestClient, employee: TestClient, address: str, people: Region
) -> None:
    with session.unit_of_work(state_of(own).region.store.engine, trail.QUEUE) as work:
        trail.append(work, Deed("user:budi", Action.READ, Kind.EMPLOYEE, people.nip))

    (look,) = accesses(employee, address)
    assert (look["asker"], look["actor"]) == ("user", None)
    audited = accesses(signed_in(own.app, "auditor"), address)
    assert "user:budi" in [one["actor"] for one in audited]


def test_pages_go_on_and_who_has_one_is_told_that_nothing_is_new(
    own: TestClient, employee: TestClient, head: TestClient, address: str, people: Region
) -> None:
    for _ in range(3):
        head.get(f"/v1/employees/{people.nip}/competence", params={"position": people.vacancy})

    first = employee.get(address, params={"limit": 3})
    again = employee.get(
        address, params={"limit": 3}, headers={"If-None-Match": first.headers["etag"]}
    )
    rest = employee.get(first.links["next"]["url"])

    assert (again.status_code, again.content) == (304, b"")
    assert [len(page.json()["accesses"]) for page in (first, rest)] == [3, 1]
    assert rest.json()["next_cursor"] is None
    signed_in(own.app, "auditor").get(address)
    news = employee.get(
        address, params={"limit": 3}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert news.status_code == 200


@pytest.mark.parametrize("cursor", ["-1", "first", "٣", "9" * 19, "1.5"])
def test_a_cursor_that_was_never_given_is_refused(
    employee: TestClient, address: str, cursor: str
) -> None:
    answer = employee.get(address, params={"cursor": cursor})

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/cursor_invalid")
