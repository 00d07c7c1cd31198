"""Receipts over HTTP: for who asked, for auditors, and each person's own part for them alone."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.store import receipts, session, trail
from serving.receipts.endpoints import CONCERNED, MENTIONS, RECEIPT
from tests.serving.conftest import KNOWN
from tests.serving.people import SECURE, Region, signed_in, state_of

ABSENT = "190001011920011001"


@pytest.fixture
def analyst(peopled: TestClient) -> TestClient:
    return signed_in(peopled.app, "analyst")


@pytest.fixture
def installation(peopled: TestClient) -> TestClient:
    return TestClient(peopled.app, base_url=SECURE, headers=KNOWN)


@pytest.fixture
def ranking(analyst: TestClient, people: Region) -> dict[str, Any]:
    """What an analyst was told of a vacancy."""
    found: dict[str, Any] = analyst.get(f"/v1/vacancies/{people.vacancy}/candidates").json()
    return found


def part(caller: TestClient, receipt_id: str, nip: str, **asked: str) -> Any:
    return caller.get(f"/v1/receipts/{receipt_id}/employees/{nip}", params=asked)


@pytest.mark.parametrize(
    "address",
    ["/v1/receipts/{id}", "/v1/receipts/{id}/employees/{nip}", "/v1/employees/{nip}/receipts"],
)
def test_an_anonymous_caller_is_refused(
    peopled: TestClient, people: Region, ranking: dict[str, Any], address: str
) -> None:
    answer = peopled.get(address.format(id=ranking["receipt_id"], nip=people.nip))

    assert answer.status_code == 401


def test_m6_who_asked_sees_what_was_told_and_from_what(
    analyst: TestClient, people: Region, ranking: dict[str, Any]
) -> None:
    found = analyst.get(f"/v1/receipts/{ranking['receipt_id']}").json()

    RECEIPT.adapter.validate_python(found)
    assert found["is_as_written"]
    assert found["asker"].startswith("account:")
    assert found["question"] == {
        "kind": "candidates",
        "position_id": people.vacancy,
        "nip": None,
        "limit": 10,
        "own_request": False,
        "is_whole_region": True,
    }
    assert found["grounds"]["model_version"] == ranking["model_version"]
    assert found["grounds"]["model_alias"] == "champion"
    for shown, told in zip(found["recommended"], ranking["recommended"], strict=True):
        assert shown["nip"] == told["employee"]["nip"]
        for name in ("rank", "band", "reasons", "findings", "position", "acceptance", "score"):
            assert shown[name] == told[name], name
    for shown, told in zip(found["excluded"], ranking["excluded"], strict=True):
        assert (shown["nip"], shown["findings"], shown["eligible_on"]) == (
            *(told["employee"]["nip"], told["findings"], told["eligible_on"]),
        )


def test_a_receipt_tells_no_names(analyst: TestClient, ranking: dict[str, Any]) -> None:
    text = analyst.get(f"/v1/receipts/{ranking['receipt_id']}").text

    names = [one["employee"]["name"] for one in ranking["recommended"]]
    assert all(names)
    assert not [name for name in names if name in text]


def test_auditors_see_what_others_asked_and_that_is_on_the_trail(
    peopled: TestClient, ranking: dict[str, Any]
) -> None:
    auditor = signed_in(peopled.app, "auditor")
    address = f"/v1/receipts/{ranking['receipt_id']}"

    assert auditor.get(address).status_code == 200
    with session.reading(state_of(peopled).region.store.engine) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["kind"], last["object"]) == (
        *("read", "receipt"),
        ranking["receipt_id"],
    )


@pytest.mark.parametrize("role", ["decider", "unit-head", "employee"])
def test_what_somebody_else_asked_is_not_found_like_what_nobody_asked(
    peopled: TestClient, ranking: dict[str, Any], role: str
) -> None:
    caller = signed_in(peopled.app, role)
    answers = [
        caller.get(f"/v1/receipts/{receipt_id}") for receipt_id in (ranking["receipt_id"], "f" * 24)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert {answer.json()["type"] for answer in answers} == {"/errors/receipt_not_found"}


def test_m6_the_person_concerned_is_told_why_me_and_nothing_of_others(
    peopled: TestClient, people: Region, ranking: dict[str, Any]
) -> None:
    employee = signed_in(peopled.app, "employee")
    answer = part(employee, ranking["receipt_id"], people.nip)
    found = answer.json()
    mine = next(one for one in ranking["recommended"] if one["employee"]["nip"] == people.nip)

    CONCERNED.adapter.validate_python(found)
    assert answer.status_code == 200
    assert found["standing"] == "recommended"
    assert found["recommended"][0]["reasons"] == mine["reasons"]
    assert str(mine["rank"]) in found["standing_sentence"]
    assert found["today"]["is_eligible"]
    assert found["today"]["levers"] is not None
    others = {one["employee"]["nip"] for one in ranking["recommended"] + ranking["excluded"]}
    assert not [nip for nip in others - {people.nip} if nip in answer.text]


@pytest.mark.parametrize(("language", "word"), [("id", "Belum memenuhi"), ("en", "Not eligible")])
def test_m6_why_not_me_what_would_change_it_and_from_when(
    installation: TestClient, ranking: dict[str, Any], language: str, word: str
) -> None:
    blocked = ranking["excluded"][0]

    found = part(
        installation, ranking["receipt_id"], blocked["employee"]["nip"], lang=language
    ).json()

    assert found["standing"] == "blocked"
    assert found["standing_sentence"].startswith(word)
    assert found["excluded"][0]["eligible_on"] == blocked["eligible_on"]
    assert [one["rule"] for one in found["excluded"][0]["findings"]] == [
        one["rule"] for one in blocked["findings"]
    ]
    assert found["today"]["eligible_on"] == blocked["eligible_on"]
    assert {one["rule"] for one in found["today"]["findings"]} >= {
        one["rule"] for one in blocked["findings"]
    }


def test_who_was_considered_and_not_shown_is_told_so_and_how_they_stand_today(
    installation: TestClient, people: Region, ranking: dict[str, Any]
) -> None:
    shown = {one["employee"]["nip"] for one in ranking["recommended"] + ranking["excluded"]}
    nip = next(one for one in (people.stranger, people.colleague, people.nip) if one not in shown)

    found = part(installation, ranking["receipt_id"], nip).json()

    assert (found["standing"], found["recommended"], found["excluded"]) == ("not_shown", [], [])
    assert found["today"]["position"]["position_id"] == people.vacancy


def test_a_receipt_of_another_person_s_question_is_none_of_theirs(
    analyst: TestClient, people: Region
) -> None:
    receipt_id = analyst.get(f"/v1/employees/{people.stranger}/positions").json()["receipt_id"]

    assert part(analyst, receipt_id, people.stranger).status_code == 200
    assert part(analyst, receipt_id, people.nip).json()["type"] == "/errors/receipt_not_found"


def test_an_examination_is_told_again(analyst: TestClient, people: Region) -> None:
    address = f"/v1/employees/{people.nip}/positions/{people.vacancy}"
    told = analyst.get(address).json()

    whole = analyst.get(f"/v1/receipts/{told['receipt_id']}").json()
    own = part(analyst, told["receipt_id"], people.nip).json()

    assert whole["examined"] == own["examined"]
    assert own["standing"] == "examined"
    assert own["examined"]["findings"] == told["findings"]
    assert own["examined"]["kept"] == [one["rule"] for one in told["kept"]]


def test_another_position_may_be_looked_at_today(analyst: TestClient, people: Region) -> None:
    told = analyst.get(f"/v1/employees/{people.nip}/positions").json()
    other = told["recommended"][-1]["position"]["position_id"]

    found = part(analyst, told["receipt_id"], people.nip, position_id=other).json()
    missing = part(analyst, told["receipt_id"], people.nip, position_id="nowhere")

    assert found["today"]["position"]["position_id"] == other
    assert missing.json()["type"] == "/errors/position_not_found"


def test_a_person_finds_the_receipts_that_tell_of_them_page_by_page(
    peopled: TestClient, analyst: TestClient, people: Region
) -> None:
    for _ in range(3):
        analyst.get(f"/v1/employees/{people.nip}/positions")
    employee = signed_in(peopled.app, "employee")

    first = employee.get(f"/v1/employees/{people.nip}/receipts", params={"limit": 2})
    rest = employee.get(first.links["next"]["url"])

    MENTIONS.adapter.validate_python(first.json())
    ids = [one["receipt_id"] for page in (first, rest) for one in page.json()["receipts"]]
    assert len(ids) >= 3
    assert len(ids) == len(set(ids))
    for receipt_id in ids[:3]:
        assert part(employee, receipt_id, people.nip).status_code == 200


@pytest.mark.parametrize("cursor", ["zzz", "f" * 24, "ÿ", ""])
def test_a_cursor_that_was_never_given_is_refused(
    analyst: TestClient, people: Region, cursor: str
) -> None:
    answer = analyst.get(f"/v1/employees/{people.nip}/receipts", params={"cursor": cursor})

    assert answer.json()["type"] == "/errors/cursor_invalid"


def test_a_person_whom_there_is_not_is_not_found(analyst: TestClient) -> None:
    assert analyst.get(f"/v1/employees/{ABSENT}/receipts").status_code == 404


def test_a_receipt_that_cannot_be_read_is_told_and_is_no_fault_of_the_service(
    peopled: TestClient, installation: TestClient, people: Region
) -> None:
    with session.unit_of_work(state_of(peopled).region.store.engine) as work:
        receipt_id = receipts.keep(work, "installation", "{}", [])

    for answer in (
        installation.get(f"/v1/receipts/{receipt_id}"),
        part(installation, receipt_id, people.nip),
    ):
        assert answer.status_code == 422
        assert answer.json()["type"] == "/errors/receipt_unreadable"
