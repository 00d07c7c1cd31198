"""A body that is not said to be of the kind that is read is refused with what is."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from serving.app import create_app
from tests.serving.people import SECURE, Region, bearer, token_of

JSON, FILES, FORM = "application/json", "multipart/form-data", "application/x-www-form-urlencoded"
DESCRIPTION = create_app(Settings()).openapi()


def read(kind: str) -> Iterator[Any]:
    """Yield method and path of every operation that reads a kind of body."""
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            if kind in operation.get("requestBody", {}).get("content", {}):
                yield pytest.param(method, path, kind, id=f"{method} {path}")


TAKING = pytest.mark.parametrize(("method", "path", "kind"), [*read(JSON), *read(FILES)])


@pytest.fixture(scope="module")
def caller(peopled: TestClient, secrets: dict[str, str]) -> TestClient:
    """Somebody who may ask everything."""
    token = token_of(peopled, "simpeg", secrets["simpeg"])
    return TestClient(peopled.app, base_url=SECURE, headers=bearer(token))


def filled(path: str, people: Region) -> str:
    named = path.replace("{nip}", people.nip)
    return "/".join("0" * 24 if part.startswith("{") else part for part in named.split("/"))


@TAKING
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["text/plain", FORM, "application/xml", "json", None])
def test_a_body_of_another_kind_is_refused_with_the_one_that_is_read(
    caller: TestClient,
    people: Region,
    method: str,
    path: str,
    kind: str,
    said: str | None,
    language: str,
) -> None:
    headers = {"Accept-Language": language} | ({} if said is None else {"Content-Type": said})

    answer = caller.request(method, filled(path, people), content=b"{}", headers=headers)

    problem = answer.json()
    assert (answer.status_code, answer.headers["accept"]) == (415, kind)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["type"], problem["params"]) == ("/errors/media_type_other", {"expected": kind})
    assert f"Content-Type: {kind}" in problem["detail"]
    assert problem["detail"].startswith({"id": "Isi permintaan", "en": "The body"}[language])


@TAKING
def test_who_is_not_known_learns_nothing_of_it(
    caller: TestClient, people: Region, method: str, path: str, kind: str
) -> None:
    anybody = TestClient(caller.app, base_url=SECURE)
    address = filled(path, people)

    answer = anybody.request(method, address, content=b"a", headers={"Content-Type": "text/plain"})

    assert answer.status_code == (415 if path == "/v1/session" else 401), kind


@pytest.mark.parametrize("said", [JSON, "Application/JSON; charset=utf-8", "application/x+json"])
def test_json_is_json_however_it_is_spelt(caller: TestClient, said: str) -> None:
    answer = caller.post("/v1/session", content=b"{", headers={"Content-Type": said})

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/request_invalid")


def test_a_body_that_is_not_there_is_missing(caller: TestClient) -> None:
    answer = caller.post("/v1/session")

    assert answer.status_code == 422
    assert [wrong["where"] for wrong in answer.json()["errors"]] == ["body"]
