"""Many questions in one call: each answered as if it were asked alone, and for as much."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.settings import Settings
from serving.rates import Rates
from tests.serving.people import Region, bearer, signed_in, state_of, token_of

BATCH = "/v1/recommendations"
UNTOLD = ("receipt_id",)


def asked(caller: TestClient, *questions: dict[str, Any], **query: str) -> Any:
    return caller.post(BATCH, json={"questions": list(questions)}, params=query)


def alone(caller: TestClient, path: str, **query: Any) -> dict[str, Any]:
    told: dict[str, Any] = caller.get(path, params=query).json()
    return {name: value for name, value in told.items() if name not in UNTOLD}


def test_an_anonymous_caller_is_refused(served: TestClient) -> None:
    assert asked(served, {"position_id": "P"}).status_code == 401


def test_each_question_is_answered_as_if_it_were_asked_alone_and_has_a_receipt(
    known: TestClient, vacancy: str, nip: str
) -> None:
    answer = asked(
        known,
        {"position_id": vacancy, "limit": 3},
        {"nip": nip, "limit": 2, "own_request": True},
        lang="en",
    )

    who, where = (each["ranking"] for each in answer.json()["answers"])
    receipts = [each.pop("receipt_id") for each in (who, where)]
    assert who == alone(known, f"/v1/vacancies/{vacancy}/candidates", limit=3, lang="en")
    path = f"/v1/employees/{nip}/positions"
    assert where == alone(known, path, limit=2, own_request=True, lang="en")
    assert all(known.get(f"/v1/receipts/{each}").status_code == 200 for each in receipts)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_question_that_cannot_be_answered_keeps_nobody_from_theirs(
    known: TestClient, vacancy: str, language: str
) -> None:
    first, second, third = asked(
        known, {"position_id": "nowhere"}, {"nip": "1"}, {"position_id": vacancy}, lang=language
    ).json()["answers"]

    assert (first["problem"]["type"], first["problem"]["status"]) == (
        "/errors/position_not_found",
        404,
    )
    assert second["problem"]["type"] == "/errors/employee_not_found"
    assert (first["ranking"], third["problem"]) == (None, None)
    assert ("jabatan" in first["problem"]["detail"].lower()) is (language == "id")


def test_a_head_is_answered_about_their_own_people_alone(
    peopled: TestClient, people: Region
) -> None:
    head = signed_in(peopled.app, "unit-head")

    own, foreign = asked(head, {"nip": people.nip}, {"nip": people.stranger}).json()["answers"]

    assert own["ranking"] is not None
    assert foreign["problem"]["type"] == "/errors/employee_not_found"


def test_who_may_not_ask_about_people_is_told_so_question_by_question(
    peopled: TestClient, people: Region, secrets: dict[str, str]
) -> None:
    token = token_of(peopled, "simpeg", secrets["simpeg"], scope="candidates:read")
    caller = TestClient(peopled.app, base_url="https://testserver", headers=bearer(token))

    who, where = asked(caller, {"position_id": people.vacancy}, {"nip": people.nip}).json()[
        "answers"
    ]

    assert who["ranking"] is not None
    assert where["problem"]["type"] == "/errors/scope_missing"


def test_every_question_counts_as_a_call(known: TestClient) -> None:
    state_of(known).rates = Rates(5)

    first = asked(known, *[{"position_id": "nowhere"}] * 3)
    second = asked(known, *[{"position_id": "nowhere"}] * 3)

    state_of(known).rates = Rates(Settings().calls_per_minute)
    assert (first.status_code, second.status_code) == (200, 429)
    assert "r=2" in first.headers["ratelimit"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"questions": []}, id="nothing"),
        pytest.param({"questions": [{"position_id": "P"}] * 51}, id="too much"),
        pytest.param({"questions": [{}]}, id="neither"),
        pytest.param({"questions": [{"position_id": "P", "nip": "1"}]}, id="both"),
        pytest.param({"questions": [{"position_id": "P", "own_request": True}]}, id="nobody's own"),
        pytest.param({"questions": [{"position_id": "P", "limit": 201}]}, id="limit"),
        pytest.param({"questions": [{"position_id": "P", "rank": 1}]}, id="unknown field"),
        pytest.param({"questions": [{"position_id": "a\nb"}]}, id="two lines"),
    ],
)
def test_what_cannot_be_asked_is_refused_as_a_whole_by_its_place(
    known: TestClient, body: dict[str, Any]
) -> None:
    answer = known.post(BATCH, json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].startswith("body.questions")
