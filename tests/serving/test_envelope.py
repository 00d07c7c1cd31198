"""Around every answer: how much is read, and headers that protect."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from serving.app import create_app
from serving.envelope import AS_OF, BodyLimit, Bounds
from serving.errors import MOST_BYTES
from tests.serving.conftest import KNOWN, settings_of
from tests.serving.people import PASSWORD

ADDRESSES = ("/healthz", "/v1/vacancies", "/nothing/here", "/.well-known/jwks.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_headers_that_protect_it(peopled: TestClient, address: str) -> None:
    headers = peopled.get(address).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


@pytest.mark.parametrize("address", ["/v1/vacancies", "/v1/models/current", "/v1/nothing/here"])
def test_every_answer_says_which_day_s_knowledge_it_follows_from(
    known: TestClient, address: str
) -> None:
    as_of = known.get("/readyz").json()["snapshot"]["as_of"]

    assert known.get(address).headers[AS_OF] == as_of


def test_where_there_are_no_records_no_day_is_said(tmp_path: Path) -> None:
    with TestClient(create_app(settings_of(tmp_path)), headers=KNOWN) as client:
        answer = client.get("/v1/vacancies")

    assert answer.status_code == 409
    assert AS_OF not in answer.headers


def test_a_body_that_says_that_it_is_too_large_is_not_read(peopled: TestClient) -> None:
    answer = peopled.post("/v1/session", content=b"x" * (MOST_BYTES + 1))

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/errors/body_too_large"
    assert answer.json()["params"] == {"limit": MOST_BYTES}


@pytest.mark.parametrize("address", ["/v1/session", "/oauth2/token"])
def test_a_body_that_grows_too_large_is_read_no_further(peopled: TestClient, address: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * (MOST_BYTES // 20)

    kind = "application/x-www-form-urlencoded" if "token" in address else "application/json"
    answer = peopled.post(address, content=endless(), headers={"Content-Type": kind})

    assert answer.status_code == 413
    assert answer.json()["type"] == "/errors/body_too_large"


def test_a_body_of_just_the_size_that_is_allowed_is_read(peopled: TestClient) -> None:
    login = f'{{"name": "analyst", "password": "{PASSWORD}"}}'.encode()

    answer = peopled.post(
        "/v1/session",
        content=login.ljust(MOST_BYTES),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for_longer_than_is_allowed() -> None:
    told: list[int] = []

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        try:
            while (await receive()).get("more_body"):
                pass
        except HTTPException as refused:
            told.append(refused.status_code)

    async def trickled() -> Message:
        await anyio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def refused(_: Request, __: int) -> Response:
        raise AssertionError("it says nothing of its length")

    async def unsent(_: Message) -> None:
        raise AssertionError("the application answers")

    limit = BodyLimit(app, Bounds(1000, 0.1), refused)
    anyio.run(limit, {"type": "http", "path": "/", "headers": []}, trickled, unsent)

    assert told == [408]


def test_what_comes_after_a_whole_body_is_waited_for_without_end() -> None:
    async def app(_: Scope, receive: Receive, __: Send) -> None:
        assert (await receive())["body"] == b"all of it"
        assert (await receive())["type"] == "http.disconnect"

    messages: list[Message] = [
        {"type": "http.request", "body": b"all of it"},
        {"type": "http.disconnect"},
    ]

    async def given() -> Message:
        if len(messages) == 1:
            await anyio.sleep(0.2)
        return messages.pop(0)

    async def refused(_: Request, __: int) -> Response:
        raise AssertionError("nothing is refused")

    async def unsent(_: Message) -> None:
        raise AssertionError("nothing is sent")

    limit = BodyLimit(app, Bounds(1000, 0.1), refused)
    anyio.run(limit, {"type": "http", "path": "/", "headers": []}, given, unsent)

    assert not messages
