"""Every route, asked by everybody, about their own and about somebody else's."""

import tomllib
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.recommender import Recommender
from mutasi.authority import Reach, Role
from mutasi.store import cases, session
from mutasi.store.cases import Done, Kind, Subject
from mutasi.visibility import units_within
from mutasi.workflow import applications
from mutasi.workflow.proposals import Act, State
from serving.documentation import ASKED, OPEN, document, matrix
from tests.architecture.checkout import ROOT
from tests.serving.conftest import KNOWN
from tests.serving.people import SECURE, Region, bearer, signed_in, state_of, token_of
from tests.serving.proposals.content import CONTENT

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "matrix.toml").read_text(encoding="utf-8")
)
SYSTEMS = ("simpeg", "puskesmas", "narrow")
CALLERS = ("anonymous", *(role.value for role in Role), "installation", *SYSTEMS)
FILES = {"file": ("units.csv", b"unit_id,name\n")}
UNDESCRIBED = {"GET /openapi.json"}
"""Routes that the description does not describe: itself."""


@pytest.fixture(scope="module")
def callers(peopled: TestClient, secrets: dict[str, str]) -> dict[str, TestClient]:
    """Everybody who asks."""
    app = peopled.app
    return {
        "anonymous": TestClient(app, base_url=SECURE),
        "installation": TestClient(app, base_url=SECURE, headers=KNOWN),
        **{role.value: signed_in(app, role.value.replace("_", "-")) for role in Role},
        **{
            name: TestClient(
                app, base_url=SECURE, headers=bearer(token_of(peopled, name, secrets[name]))
            )
            for name in SYSTEMS
        },
    }


@pytest.fixture(scope="module")
def plan(peopled: TestClient) -> str:
    """A plan that was asked for; nobody works on it."""
    return str(peopled.post("/v1/plans", json={}, headers=KNOWN).json()["plan_id"])


@pytest.fixture(scope="module")
def handed_in(callers: dict[str, TestClient]) -> str:
    """An import that was asked for; nobody works on it."""
    answer = callers["administrator"].post("/v1/imports", files=FILES)
    return str(answer.json()["import_id"])


@pytest.fixture(scope="module")
def webhook(callers: dict[str, TestClient]) -> str:
    """A webhook of the administrator; nobody sends anything there."""
    body = {"url": "https://hooks.example.org/b", "events": ["import.ended"]}
    return str(callers["administrator"].post("/v1/webhooks", json=body).json()["webhook_id"])


@pytest.fixture(scope="module")
def proposals(peopled: TestClient, people: Region) -> dict[str, str]:
    """Proposals and applications of the employee and of the stranger, all of them over."""
    whose = {"": people.nip, "strange_": people.stranger}
    return {
        f"{prefix}{kind}": over(peopled, kind, nip, people)
        for prefix, nip in whose.items()
        for kind in Kind
    }


def over(peopled: TestClient, kind: Kind, nip: str, people: Region) -> str:
    """Return a case to a unit that neither works in, which was withdrawn."""
    state = state_of(peopled)
    recommender = state.region.recommender
    elsewhere = next(
        post.position_id
        for post in recommender.vacancies()
        if post.unit_id != people.unit and post.unit_id not in below(recommender, people.unit)
    )
    subject = Subject.of(recommender.snapshot, nip, elsewhere)
    with session.unit_of_work(state.region.store.engine, cases.QUEUE) as work:
        made = Done(*FIRST[kind], True, "account:x", date(2026, 4, 1), {})
        case = cases.begin(work, kind, subject, CONTENT, f"{kind} {nip}", made)
        ended = Done(Act.WITHDRAW, State.WITHDRAWN, False, "account:x", date(2026, 4, 1), {})
        return cases.add(work, kind, case, ended).case_id


FIRST: dict[Kind, tuple[StrEnum, StrEnum]] = {
    Kind.PROPOSAL: (Act.PROPOSE, State.PROPOSED),
    Kind.APPLICATION: (applications.Act.SUBMIT, applications.State.SUBMITTED),
}


def below(recommender: Recommender, unit: str) -> frozenset[str]:
    return units_within(recommender.snapshot, Reach(units=frozenset({unit})))


@pytest.fixture(scope="module")
def asked(callers: dict[str, TestClient], people: Region) -> dict[str, dict[str, str]]:
    """For every caller a receipt of what they asked, if they may ask, and one of another's."""
    address = f"/v1/employees/{people.nip}/positions"
    given = {
        name: one.get(address).headers.get("Receipt-Id", "none") for name, one in callers.items()
    }
    of_vacancy = callers["installation"].get(f"/v1/vacancies/{people.vacancy}/candidates")
    return {
        name: {
            "receipt": given[name],
            "foreign_receipt": given["decider" if name == "analyst" else "analyst"],
            "vacancy_receipt": of_vacancy.headers["Receipt-Id"],
        }
        for name in callers
    }


def test_no_route_is_left_out_of_the_table(peopled: TestClient) -> None:
    described = peopled.get("/openapi.json", headers=KNOWN).json()["paths"]
    routes = {f"{method.upper()} {path}" for path in described for method in described[path]}

    assert routes | UNDESCRIBED == set(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_no_caller_is_left_out_of_a_route(route: str) -> None:
    asked = {"own", "foreign", "json", "form", "files", "headers"}

    assert set(CALLERS) == set(TABLE[route]) - asked


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", TABLE)
def test_everybody_is_answered_as_the_table_says(
    callers: dict[str, TestClient],
    people: Region,
    plan: str,
    proposals: dict[str, str],
    asked: dict[str, dict[str, str]],
    handed_in: str,
    webhook: str,
    route: str,
    caller: str,
) -> None:
    method, said = route.split(maxsplit=1)[0], TABLE[route]
    made = {"plan": plan, "import": handed_in, "webhook": webhook}
    places = asdict(people) | {"own": people.nip} | made | proposals | asked[caller]
    before = dict(callers[caller].cookies)
    answers = [
        callers[caller].request(
            method,
            said[whose].format(**places),
            json=said.get("json"),
            data=said.get("form"),
            files=FILES if said.get("files") else None,
            headers=said.get("headers"),
        )
        for whose in ("own", "foreign")
    ]

    assert [answer.status_code for answer in answers] == said[caller]
    for answer in answers:
        if answer.status_code in (403, 404):
            assert answer.headers["content-type"] == "application/problem+json"
    if route == "DELETE /v1/session" and before:
        callers[caller] = signed_in(callers[caller].app, caller.replace("_", "-"))


@pytest.mark.parametrize("route", TABLE)
def test_the_document_says_of_every_role_what_the_table_says(route: str) -> None:
    lists = ("candidates", "POST /v1/recommendations", "GET /v1/proposals", "GET /v1/applications")
    narrowed = [[200, 200]] if route.endswith(lists) else []
    meant = {
        "all": ([200, 200], [201, 201], [202, 202], [204, 401], [404, 404], [409, 409]),
        "unit": narrowed or ([200, 404], [409, 404]),
        "self": narrowed or ([200, 404], [404, 404], [409, 404]),
        "–": ([403, 403],),
        ASKED: ([200, 404],),
        OPEN: (TABLE[route]["anonymous"],),
    }

    for role, cell in matrix()[route].items():
        assert TABLE[route][role.value] in meant[cell], role


def test_the_document_is_current() -> None:
    kept = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")

    assert kept == document(), "make docs writes it again"
