"""The access log: one line a request, and nobody's number in it."""

import json
import logging

from starlette.testclient import TestClient

from serving.access import JsonLines
from tests.serving.conftest import Lines


def test_a_request_is_logged_by_its_route_and_not_by_its_path(
    known: TestClient, log: Lines, nip: str
) -> None:
    known.get(f"/v1/employees/{nip}/positions", params={"limit": 1})

    (line,) = log.fields("request")
    assert line["method"] == "GET"
    assert line["route"] == "/v1/employees/{nip}/positions"
    assert line["status"] == 200
    assert line["ms"] > 0


def test_no_line_has_a_number_whatever_is_asked(
    known: TestClient, served: TestClient, log: Lines, nip: str
) -> None:
    for client in (known, served):
        for address in (
            f"/v1/employees/{nip}/positions",
            f"/v1/employees/{nip}",
            f"/{nip}",
            f"/v1/vacancies/{nip}/candidates",
            f"/v1/vacancies?cursor={nip}&limit={nip}",
        ):
            client.get(address)

    assert len(log.fields("request")) == 10
    assert nip not in str([vars(record) for record in log.records])


def test_an_unknown_address_is_logged_without_it(known: TestClient, log: Lines) -> None:
    known.get("/somebody/198505172010012001")

    assert log.fields("request")[0]["route"] == "unmatched"


def test_uvicorn_s_own_access_log_is_silent(served: TestClient) -> None:
    assert served.get("/healthz").status_code == 200
    assert logging.getLogger("uvicorn.access").disabled


def test_a_line_is_one_json_object() -> None:
    record = logging.LogRecord("mutasi", logging.INFO, __file__, 1, "request", None, None)
    record.__dict__["fields"] = {"status": 200, "route": "/healthz"}

    line = JsonLines().format(record)

    assert "\n" not in line
    assert (
        json.loads(line).items()
        >= {
            "event": "request",
            "level": "info",
            "status": 200,
            "route": "/healthz",
        }.items()
    )
