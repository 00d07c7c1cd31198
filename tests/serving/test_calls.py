"""Every operation has a call that can be typed, and each is understood by the service."""

import shlex
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.settings import Settings
from serving.app import create_app
from serving.calls import document
from serving.description import ADDRESS, PLACE, name_schemas, operations
from tests.architecture.checkout import ROOT
from tests.serving.conftest import settings_of
from tests.serving.people import SECURE, Region, bearer, settle, signed_in, token_of

DESCRIBED = create_app(Settings()).openapi()
CALLS = {
    f"{method} {path}": operation["x-codeSamples"][0]["source"]
    for method, path, operation in operations(DESCRIBED)
}
OPTIONS = {"-X", "-H", "-d", "-F", "-u", "-b", "-c"}
FILES = {"file": ("units.csv", b"unit_id,name\n")}
NOT_UNDERSTOOD = (
    "request_invalid",
    "route_not_found",
    "method_not_allowed",
    "upload_unreadable",
    "media_type_other",
)


def taken_apart(source: str) -> tuple[dict[str, list[str]], str]:
    """Return the options of a call, as a shell takes it apart, and its address."""
    program, *words = shlex.split(source.replace("\\\n", " "))
    options: dict[str, list[str]] = {}
    assert program == "curl"
    while words and words[0].startswith("-"):
        option, value, *words = words
        assert option in OPTIONS
        options.setdefault(option, []).append(value)
    (address,) = words
    return options, address


def test_every_operation_has_a_call() -> None:
    assert len(CALLS) == sum(map(len, DESCRIBED["paths"].values()))
    assert all(ADDRESS in source for source in CALLS.values())


@pytest.fixture(scope="module")
def typing(
    home: Path, people: Region, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A service of its own, because calls change it, and what the shell of who types has."""
    own = Path(shutil.copytree(home, tmp_path_factory.mktemp("typed") / "home"))
    app = create_app(settings_of(own))
    with TestClient(app, base_url=SECURE) as client:
        secret = settle(app.state.region.store.engine, people)["simpeg"]
        values = {
            "$TOKEN": token_of(client, "simpeg", secret),
            "$CLIENT_ID": "simpeg",
            "$CLIENT_SECRET": secret,
            "$CSRF_TOKEN": "none",
        }
        yield client, values


@pytest.mark.parametrize("route", CALLS)
def test_a_call_is_understood(
    typing: tuple[TestClient, dict[str, str]], people: Region, route: str
) -> None:
    served, values = typing
    source = CALLS[route]
    for name, value in values.items():
        source = source.replace(name, value)
    for invented, known in (("PKM-1.PRWT-MU", people.vacancy), ("DINKES.PR-PT", people.vacancy)):
        source = source.replace(invented, known)
    source = source.replace("198505172010012001", people.nip)
    source = source.replace("199003032015032003", people.colleague)

    answer = sent(served, source)

    assert answer.status_code < 500
    assert answer.status_code not in (400, 405, 413, 415), answer.text
    told = answer.json().get("type", "") if answer.status_code >= 400 else ""
    assert told.removeprefix("/errors/") not in NOT_UNDERSTOOD, answer.text
    if route.startswith("GET /v1/") and "_id}" not in route and "session" not in route:
        assert answer.status_code == 200, answer.text


def sent(served: TestClient, source: str) -> Any:
    """Send what a call says."""
    options, address = taken_apart(source)
    headers = dict(line.split(": ", 1) for line in options.get("-H", []))
    method = options.get("-X", ["GET"])[0]
    place = address.removeprefix(ADDRESS)
    body: dict[str, Any] = {}
    if "-F" in options:
        assert options["-F"] == ["file=@units.csv"]
        body["files"] = FILES
    elif "-d" in options and "Content-Type" not in headers:
        body["data"] = dict(pair.split("=", 1) for pair in options["-d"])
    elif "-d" in options:
        body["content"] = options["-d"][0]
    name, _, secret = options.get("-u", [""])[0].partition(":")
    if name:
        body["auth"] = (name, secret)
    caller = signed_in(served.app, "analyst") if "-b" in options else served
    return caller.request(method, SECURE + place, headers=headers, **body)


def test_the_token_of_the_call_opens_the_others(
    typing: tuple[TestClient, dict[str, str]],
) -> None:
    served, values = typing
    source = CALLS["POST /oauth2/token"]
    for name, value in values.items():
        source = source.replace(name, value)
    token = sent(served, source).json()["access_token"]

    assert served.get("/v1/vacancies", headers=bearer(token)).status_code == 200


def test_the_document_is_current() -> None:
    kept = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")

    assert kept == document(), "make docs writes it again"


def test_operations_and_schemas_have_names_of_their_own() -> None:
    ids = Counter(operation["operationId"] for *_, operation in operations(DESCRIBED))

    assert max(ids.values()) == 1
    assert not [name for name in DESCRIBED["components"]["schemas"] if "__" in name]


def test_schemas_of_one_name_are_called_by_where_they_belong() -> None:
    long: dict[str, Any] = {"a__plans__schemas__Person": {}, "a__cases__Person": {}, "Other": {}}
    refers = {"$ref": f"{PLACE}a__plans__schemas__Person"}

    named = name_schemas({"paths": {"/": refers}, "components": {"schemas": long}})

    assert named["paths"] == {"/": {"$ref": f"{PLACE}PlansPerson"}}
    assert named["components"]["schemas"] == {
        "PlansPerson": {"title": "PlansPerson"},
        "CasesPerson": {"title": "CasesPerson"},
        "Other": {"title": "Other"},
    }
