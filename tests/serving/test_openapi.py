"""The description of the interface: complete, with examples that are valid."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.planning.request import PlanRequest
from serving.accesses.endpoints import ACCESSES
from serving.answers import Shape
from serving.applications.endpoints import APPLICATION, APPLICATIONS
from serving.applications.preferences import KEPT
from serving.careers.endpoints import STEPS, TARGET, TIMELINE
from serving.imports.endpoints import IMPORT_JOB, IMPORT_JOBS, QUARANTINE
from serving.plans.endpoints import PLAN_JOB, PLAN_JOBS
from serving.plans.service import CERTIFICATE
from serving.proposals.endpoints import OUTCOMES, PROPOSAL, PROPOSALS
from serving.receipts.endpoints import CONCERNED, GIVEN, MENTIONS, RECEIPT
from serving.recommendations.endpoints import RANKING, VACANCIES
from serving.webhooks.endpoints import DELIVERIES, DELIVERY, WEBHOOK, WEBHOOKS
from tests.architecture.checkout import ROOT

GUARDED = {
    "GET /v1/vacancies",
    "GET /v1/vacancies/{position_id}/candidates",
    "POST /v1/recommendations",
    "GET /v1/employees/{nip}/positions",
    "GET /v1/employees/{nip}/positions/{position_id}",
    "GET /v1/employees/{nip}/positions/{position_id}/levers",
    "GET /v1/positions/{position_id}/contrast",
    "GET /v1/employees/{nip}/timeline",
    "GET /v1/employees/{nip}/competence",
    "GET /v1/employees/{nip}/next",
    "GET /v1/employees/{nip}/receipts",
    "GET /v1/employees/{nip}/accesses",
    "GET /v1/receipts",
    "GET /v1/receipts/{receipt_id}",
    "GET /v1/receipts/{receipt_id}/employees/{nip}",
    "GET /v1/models/current",
    "POST /v1/plans",
    "GET /v1/plans",
    "GET /v1/plans/{plan_id}",
    "POST /v1/plans/{plan_id}/cancel",
    "DELETE /v1/plans/{plan_id}",
    "GET /v1/plans/{plan_id}/certificate",
    "GET /v1/plans/{plan_id}/certificate/{file_name}",
    "GET /v1/plans/{plan_id}/export",
    "POST /v1/imports",
    "GET /v1/imports",
    "GET /v1/imports/{import_id}",
    "GET /v1/imports/{import_id}/quarantine",
    "POST /v1/imports/{import_id}/cancel",
    "DELETE /v1/imports/{import_id}",
    "POST /v1/webhooks",
    "GET /v1/webhooks",
    "GET /v1/webhooks/{webhook_id}",
    "DELETE /v1/webhooks/{webhook_id}",
    "POST /v1/webhooks/{webhook_id}/ping",
    "POST /v1/webhooks/{webhook_id}/secret",
    "GET /v1/webhooks/{webhook_id}/deliveries",
    "POST /v1/applications",
    "GET /v1/applications",
    "GET /v1/applications/{application_id}",
    "POST /v1/applications/{application_id}/declination",
    "POST /v1/applications/{application_id}/withdrawal",
    "GET /v1/employees/{nip}/preferences",
    "PUT /v1/employees/{nip}/preferences",
    "GET /v1/proposals/{proposal_id}/letter",
    "GET /v1/proposals/{proposal_id}/letter.pdf",
    "GET /v1/proposals/{proposal_id}/outcomes",
    "POST /v1/proposals/{proposal_id}/outcomes",
    "POST /v1/proposals",
    "GET /v1/proposals",
    "GET /v1/proposals/{proposal_id}",
    "POST /v1/proposals/{proposal_id}/approval",
    "POST /v1/proposals/{proposal_id}/consent",
    "POST /v1/proposals/{proposal_id}/decision",
    "POST /v1/proposals/{proposal_id}/offer",
    "POST /v1/proposals/{proposal_id}/answer",
    "POST /v1/proposals/{proposal_id}/answer/paper",
    "POST /v1/proposals/{proposal_id}/order",
    "POST /v1/proposals/{proposal_id}/execution",
    "POST /v1/proposals/{proposal_id}/extension",
    "POST /v1/proposals/{proposal_id}/return",
    "POST /v1/proposals/{proposal_id}/objection",
    "POST /v1/proposals/{proposal_id}/objection/paper",
    "POST /v1/proposals/{proposal_id}/objection/withdrawal",
    "POST /v1/proposals/{proposal_id}/objection/ruling",
    "POST /v1/proposals/{proposal_id}/withdrawal",
    "GET /v1/session",
    "GET /metrics",
    "DELETE /v1/session",
}
OPEN = {
    "GET /healthz",
    "GET /readyz",
    "POST /oauth2/token",
    "GET /.well-known/jwks.json",
    "GET /.well-known/oauth-authorization-server",
    "POST /v1/session",
}
PROBLEMS = ("401", "403", "404", "409", "413", "422", "429")
KINDS = {
    "GET /metrics": "text/plain",
    "GET /v1/proposals/{proposal_id}/letter": "text/html",
    "GET /v1/proposals/{proposal_id}/letter.pdf": "application/pdf",
}
"""Answers that are not JSON."""

EXAMPLES: dict[tuple[str, str], Shape[Any]] = {
    ("GET /v1/vacancies", "200"): VACANCIES,
    ("GET /v1/vacancies/{position_id}/candidates", "200"): RANKING,
    ("GET /v1/employees/{nip}/positions", "200"): RANKING,
    ("GET /v1/employees/{nip}/timeline", "200"): TIMELINE,
    ("GET /v1/employees/{nip}/competence", "200"): TARGET,
    ("GET /v1/employees/{nip}/next", "200"): STEPS,
    ("GET /v1/employees/{nip}/receipts", "200"): MENTIONS,
    ("GET /v1/employees/{nip}/accesses", "200"): ACCESSES,
    ("GET /v1/receipts", "200"): GIVEN,
    ("GET /v1/receipts/{receipt_id}", "200"): RECEIPT,
    ("GET /v1/receipts/{receipt_id}/employees/{nip}", "200"): CONCERNED,
    ("POST /v1/plans", "202"): PLAN_JOB,
    ("GET /v1/plans", "200"): PLAN_JOBS,
    ("GET /v1/plans/{plan_id}", "200"): PLAN_JOB,
    ("POST /v1/plans/{plan_id}/cancel", "200"): PLAN_JOB,
    ("GET /v1/plans/{plan_id}/certificate", "200"): CERTIFICATE,
    ("POST /v1/imports", "202"): IMPORT_JOB,
    ("GET /v1/imports", "200"): IMPORT_JOBS,
    ("GET /v1/imports/{import_id}", "200"): IMPORT_JOB,
    ("GET /v1/imports/{import_id}/quarantine", "200"): QUARANTINE,
    ("POST /v1/imports/{import_id}/cancel", "200"): IMPORT_JOB,
    ("POST /v1/webhooks", "201"): WEBHOOK,
    ("GET /v1/webhooks", "200"): WEBHOOKS,
    ("GET /v1/webhooks/{webhook_id}", "200"): WEBHOOK,
    ("POST /v1/webhooks/{webhook_id}/ping", "202"): DELIVERY,
    ("POST /v1/webhooks/{webhook_id}/secret", "200"): WEBHOOK,
    ("GET /v1/webhooks/{webhook_id}/deliveries", "200"): DELIVERIES,
    ("POST /v1/applications", "201"): APPLICATION,
    ("GET /v1/applications", "200"): APPLICATIONS,
    ("GET /v1/applications/{application_id}", "200"): APPLICATION,
    ("GET /v1/employees/{nip}/preferences", "200"): KEPT,
    ("POST /v1/proposals", "201"): PROPOSAL,
    ("GET /v1/proposals/{proposal_id}/outcomes", "200"): OUTCOMES,
    ("GET /v1/proposals", "200"): PROPOSALS,
    ("GET /v1/proposals/{proposal_id}", "200"): PROPOSAL,
    ("POST /v1/proposals/{proposal_id}/decision", "200"): PROPOSAL,
}
OTHERWISE_ONCE = {
    "POST /v1/recommendations",  # asks, and changes nothing
    "PUT /v1/employees/{nip}/preferences",  # by `If-Match`
    "DELETE /v1/session",  # a session that has ended stays so
}
TAGGED = {
    "GET /v1/applications/{application_id}",
    "GET /v1/employees/{nip}/accesses",
    "GET /v1/employees/{nip}/preferences",
    "GET /v1/imports/{import_id}",
    "GET /v1/plans/{plan_id}",
    "GET /v1/proposals/{proposal_id}",
}
LISTS = {
    "/v1/applications",
    "/v1/imports",
    "/v1/imports/{import_id}/quarantine",
    "/v1/plans",
    "/v1/proposals",
    "/v1/vacancies",
    "/v1/vacancies/{position_id}/candidates",
    "/v1/webhooks",
    "/v1/webhooks/{webhook_id}/deliveries",
    "/v1/employees/{nip}/positions",
    "/v1/employees/{nip}/receipts",
    "/v1/employees/{nip}/accesses",
    "/v1/employees/{nip}/next",
}


@pytest.fixture(scope="module")
def described(known: TestClient) -> dict[str, Any]:
    answer = known.get("/openapi.json")
    assert answer.status_code == 200
    description: dict[str, Any] = answer.json()
    return description


def operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every operation by its method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_an_anonymous_caller_is_refused(served: TestClient) -> None:
    assert served.get("/openapi.json").status_code == 401


def test_a_caller_with_a_wrong_token_is_refused(served: TestClient) -> None:
    answer = served.get("/openapi.json", headers={"Authorization": "Bearer another"})

    assert answer.status_code == 401


def test_it_is_openapi_3_1_and_names_every_route(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(operations(described)) == GUARDED | OPEN


@pytest.mark.parametrize("route", sorted(GUARDED | OPEN))
def test_only_health_and_what_lets_in_are_open(described: dict[str, Any], route: str) -> None:
    operation = operations(described)[route]

    assert ("x-scopes" in operation) == (route in GUARDED)
    if route in GUARDED:
        assert [set(one) for one in operation["security"]] == [{"token"}, {"client"}, {"session"}]
        assert {"401", "429", "503"} <= set(operation["responses"])


@pytest.mark.parametrize("route", sorted(GUARDED | OPEN))
def test_every_answer_has_a_schema_and_problems_their_media_type(
    described: dict[str, Any], route: str
) -> None:
    responses = operations(described)[route]["responses"]
    good = next(status for status in responses if status.startswith("2"))

    kind = KINDS.get(route, "application/json")
    assert good == "204" or responses[good]["content"][kind]["schema"]
    for status, response in responses.items():
        if status in PROBLEMS and route != "POST /oauth2/token":
            assert list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    wanted = {text for text in _texts(described) if text.startswith("#/components/schemas/")}
    there = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    assert wanted <= there
    assert not [name for name in there if "HTTPValidationError" in name]


@pytest.mark.parametrize("place", EXAMPLES)
def test_an_example_is_an_answer_that_could_be_given(
    described: dict[str, Any], place: tuple[str, str]
) -> None:
    route, status = place
    content = operations(described)[route]["responses"][status]["content"]

    EXAMPLES[place].adapter.validate_python(content["application/json"]["example"])


def test_an_example_of_a_request_could_be_asked(described: dict[str, Any]) -> None:
    content = described["paths"]["/v1/plans"]["post"]["requestBody"]["content"]

    for example in content["application/json"]["examples"].values():
        PlanRequest.model_validate(example["value"])


def test_what_changes_something_may_come_again(described: dict[str, Any]) -> None:
    taking = {
        route
        for route, operation in operations(described).items()
        if "Idempotency-Key" in [one["name"] for one in operation.get("parameters", ())]
    }

    changing = {route for route in GUARDED if not route.startswith("GET ")}
    assert changing - taking == OTHERWISE_ONCE


def test_what_has_an_etag_takes_if_none_match_and_says_when_nothing_is_new(
    described: dict[str, Any],
) -> None:
    tagged = {
        route
        for route, operation in operations(described).items()
        if route.startswith("GET ") and "ETag" in operation["responses"]["200"].get("headers", ())
    }
    taking = {
        route
        for route, operation in operations(described).items()
        if "If-None-Match" in [one["name"] for one in operation.get("parameters", ())]
    }
    answering = {
        route
        for route, operation in operations(described).items()
        if "304" in operation["responses"]
    }

    assert tagged == taking == answering == TAGGED


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

    assert not [route for route in operations(described) if f"`{route}`" not in text]
