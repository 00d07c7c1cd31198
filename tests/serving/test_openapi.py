"""The description of the interface: complete, with examples that are valid."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from serving.recommendations.endpoints import RANKING, VACANCIES
from tests.architecture.checkout import ROOT

GUARDED = {
    "/v1/vacancies",
    "/v1/vacancies/{position_id}/candidates",
    "/v1/employees/{nip}/positions",
    "/v1/employees/{nip}/positions/{position_id}",
    "/v1/employees/{nip}/positions/{position_id}/levers",
    "/v1/positions/{position_id}/contrast",
    "/v1/models/current",
}
OPEN = {"/healthz", "/readyz"}
LISTS = {
    "/v1/vacancies",
    "/v1/vacancies/{position_id}/candidates",
    "/v1/employees/{nip}/positions",
}


@pytest.fixture(scope="module")
def described(known: TestClient) -> dict[str, Any]:
    answer = known.get("/openapi.json")
    assert answer.status_code == 200
    description: dict[str, Any] = answer.json()
    return description


def test_an_anonymous_caller_is_refused(served: TestClient) -> None:
    assert served.get("/openapi.json").status_code == 401


def test_a_caller_with_a_wrong_token_is_refused(served: TestClient) -> None:
    answer = served.get("/openapi.json", headers={"Authorization": "Bearer another"})

    assert answer.status_code == 401


def test_it_is_openapi_3_1_and_names_every_route(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == GUARDED | OPEN


@pytest.mark.parametrize("route", sorted(GUARDED | OPEN))
def test_only_health_is_open(described: dict[str, Any], route: str) -> None:
    operation = described["paths"][route]["get"]

    assert ("security" in operation) == (route in GUARDED)
    assert ("401" in operation["responses"]) == (route in GUARDED)


@pytest.mark.parametrize("route", sorted(GUARDED | OPEN))
def test_every_answer_has_a_schema_and_problems_their_media_type(
    described: dict[str, Any], route: str
) -> None:
    responses = described["paths"][route]["get"]["responses"]

    assert responses["200"]["content"]["application/json"]["schema"]
    for status, response in responses.items():
        if status in ("401", "404", "409", "422"):
            assert list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    wanted = {text for text in _texts(described) if text.startswith("#/components/schemas/")}
    there = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    assert wanted <= there
    assert not [name for name in there if "HTTPValidationError" in name]


def test_examples_are_answers_that_could_be_given(described: dict[str, Any]) -> None:
    examples = {
        route: described["paths"][route]["get"]["responses"]["200"]["content"][
            "application/json"
        ].get("example")
        for route in GUARDED
    }

    VACANCIES.validate_python(examples["/v1/vacancies"])
    RANKING.validate_python(examples["/v1/vacancies/{position_id}/candidates"])
    RANKING.validate_python(examples["/v1/employees/{nip}/positions"])


def test_a_limit_tells_its_range(described: dict[str, Any]) -> None:
    for route in LISTS:
        parameters = described["paths"][route]["get"]["parameters"]
        limit = next(one["schema"] for one in parameters if one["name"] == "limit")

        assert (limit["minimum"], limit["maximum"]) == (1, 200)


def test_every_field_of_an_answer_has_the_type_that_is_described(known: TestClient) -> None:
    page = known.get("/v1/vacancies").json()["vacancies"][0]
    schema = known.get("/openapi.json").json()["components"]["schemas"]["Vacancy"]

    assert set(page) == set(schema["properties"]) == set(schema["required"])


def _texts(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return set().union(*(_texts(value) for value in tree.values()))
    if isinstance(tree, list):
        return set().union(*(_texts(value) for value in tree))
    return {tree} if isinstance(tree, str) else set()


def test_the_documentation_names_every_route(described: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")

    assert not [route for route in described["paths"] if f"`GET {route}`" not in text]
