"""Problems: every one is a problem detail in the caller's language, none tells too much."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from fastapi import Depends
from starlette.testclient import TestClient

from mutasi.authority import Scope
from mutasi.errors import MutasiError, TokenUnset
from mutasi.i18n import LANGUAGES, has_words
from mutasi.settings import Settings
from serving.app import create_app
from serving.errors import PROBLEM, STATUS, status_of
from serving.security import Needs
from tests.mutasi.test_i18n import leaves
from tests.serving.conftest import KNOWN, Lines, settings_of

SECRET = "198505172010012001 is a number that a message quotes"


@pytest.fixture
def failing(own_home: Path) -> Iterator[TestClient]:
    """A service with a route that nobody foresaw to fail."""
    app = create_app(settings_of(own_home))

    @app.get("/v1/failing/{nip}", dependencies=[Depends(Needs(Scope.PLACEMENTS))])
    def fail(nip: str) -> None:
        raise ZeroDivisionError(SECRET + nip)

    with TestClient(app, headers=KNOWN) as client:
        yield client


@pytest.mark.parametrize("error", leaves(), ids=lambda leaf: str(leaf.code))
def test_every_error_has_a_status(error: type[MutasiError]) -> None:
    assert 400 <= status_of(error()) <= 503


@pytest.mark.parametrize("status", sorted({*STATUS.values(), HTTPStatus.NOT_FOUND}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_a_title(status: HTTPStatus, language: str) -> None:
    assert has_words(f"problem.title.s{status.value}", language)


@pytest.mark.parametrize(
    ("method", "address", "status", "kind"),
    [
        ("GET", "/nothing/here", 404, "route_not_found"),
        ("GET", "/docs", 404, "route_not_found"),
        ("POST", "/v1/vacancies", 405, "method_not_allowed"),
        ("GET", "/v1/vacancies?limit=x", 422, "request_invalid"),
        ("GET", "/v1/vacancies?limit=0", 422, "limit_out_of_range"),
        ("GET", "/v1/employees/1/positions", 404, "employee_not_found"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_problem_details(
    known: TestClient, method: str, address: str, status: int, kind: str, language: str
) -> None:
    answer = known.request(method, address, headers={"Accept-Language": language})
    problem = PROBLEM.validate_python(answer.json())

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert (answer.status_code, problem.status) == (status, status)
    assert problem.type == f"/errors/{kind}"
    assert problem.title
    assert problem.detail


def test_the_address_says_the_language_of_a_problem_too(known: TestClient) -> None:
    answer = known.get("/v1/employees/1/positions", params={"lang": "en"})

    assert answer.json()["title"] == "Not found"
    assert answer.headers["content-language"] == "en"


def test_a_wrong_method_is_told_the_right_ones(known: TestClient) -> None:
    assert known.delete("/v1/vacancies").headers["allow"] == "GET, HEAD"


def test_an_unforeseen_error_is_answered_without_leaking(
    failing: TestClient, log: Lines, nip: str
) -> None:
    answer = failing.get(f"/v1/failing/{nip}")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "number" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    (line,) = log.fields("unforeseen error")
    assert line["reference"] == answer.json()["reference"]
    assert line["error"] == "ZeroDivisionError"
    assert line["route"] == "/v1/failing/{nip}"
    assert "198505" not in str(line)
    assert nip not in str(line)
    assert log.fields("request")[-1]["status"] == 500


@pytest.mark.parametrize("token", ["", "   "])
def test_a_service_whose_token_is_nothing_does_not_start(tmp_path: Path, token: str) -> None:
    settings = Settings.model_validate({"home": tmp_path, "api_token": token})

    with pytest.raises(TokenUnset):
        create_app(settings)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer None", "Basic Tm9uZTo="])
def test_a_service_without_a_token_opens_to_nothing_that_looks_like_none(
    own_home: Path, shown: str
) -> None:
    with TestClient(create_app(Settings(home=own_home, api_token=None))) as client:
        answer = client.get("/v1/vacancies", headers={"Authorization": shown})

        assert answer.status_code == 401
        assert client.get("/readyz").status_code == 200
