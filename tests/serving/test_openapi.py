"""The description of the interface: complete, with examples that are valid."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from mutasi.planning.request import PlanRequest
from serving.plans.endpoints import PLAN_JOB, PLAN_JOBS
from serving.plans.service import CERTIFICATE
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
    "/v1/plans",
    "/v1/plans/{plan_id}",
    "/v1/plans/{plan_id}/certificate",
    "/v1/plans/{plan_id}/certificate/{file_name}",
    "/v1/plans/{plan_id}/export",
}
OPEN = {"/healthz", "/readyz"}
POSTED = {"/v1/plans", "/v1/plans/{plan_id}/cancel"}
OPERATIONS = [
    *(("get", route) for route in sorted(GUARDED | OPEN)),
    *(("post", route) for route in sorted(POSTED)),
]
EXAMPLES: dict[tuple[str, str, str], TypeAdapter[Any]] = {
    ("get", "/v1/vacancies", "200"): VACANCIES,
    ("get", "/v1/vacancies/{position_id}/candidates", "200"): RANKING,
    ("get", "/v1/employees/{nip}/positions", "200"): RANKING,
    ("post", "/v1/plans", "202"): PLAN_JOB,
    ("get", "/v1/plans", "200"): PLAN_JOBS,
    ("get", "/v1/plans/{plan_id}", "200"): PLAN_JOB,
    ("post", "/v1/plans/{plan_id}/cancel", "200"): PLAN_JOB,
    ("get", "/v1/plans/{plan_id}/certificate", "200"): CERTIFICATE,
}
LISTS = {
    "/v1/plans",
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
    there = {(method, route) for route, path in described["paths"].items() for method in path}
    assert there == set(OPERATIONS)


@pytest.mark.parametrize(("method", "route"), OPERATIONS)
def test_only_health_is_open(described: dict[str, Any], method: str, route: str) -> None:
    operation = described["paths"][route][method]

    assert ("security" in operation) == (route not in OPEN)
    assert ("401" in operation["responses"]) == (route not in OPEN)


@pytest.mark.parametrize(("method", "route"), OPERATIONS)
def test_every_answer_has_a_schema_and_problems_their_media_type(
    described: dict[str, Any], method: str, route: str
) -> None:
    responses = described["paths"][route][method]["responses"]
    good = next(status for status in responses if status.startswith("2"))

    assert responses[good]["content"]["application/json"]["schema"]
    for status, response in responses.items():
        if status in ("401", "404", "409", "422"):
            assert list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    wanted = {text for text in _texts(described) if text.startswith("#/components/schemas/")}
    there = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    assert wanted <= there
    assert not [name for name in there if "HTTPValidationError" in name]


@pytest.mark.parametrize("place", EXAMPLES)
def test_an_example_is_an_answer_that_could_be_given(
    described: dict[str, Any], place: tuple[str, str, str]
) -> None:
    method, route, status = place
    content = described["paths"][route][method]["responses"][status]["content"]

    EXAMPLES[place].validate_python(content["application/json"]["example"])


def test_an_example_of_a_request_could_be_asked(described: dict[str, Any]) -> None:
    content = described["paths"]["/v1/plans"]["post"]["requestBody"]["content"]

    for example in content["application/json"]["examples"].values():
        PlanRequest.model_validate(example["value"])


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


def test_the_documentation_names_every_route() -> None:
    text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")

    assert not [route for method, route in OPERATIONS if f"`{method.upper()} {route}`" not in text]
