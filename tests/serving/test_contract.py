"""Whatever the description allows, and what it forbids, is answered as the description says."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from httpx2 import Request
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from mutasi.settings import Settings
from serving.app import create_app
from tests.serving.people import SECURE, Region, bearer, token_of

TRIALS = 12
"""Of each operation and kind of data, the same in every run."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DESCRIPTION = create_app(Settings()).openapi()
FOUND = list(schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations())
OPERATIONS = {one.ok().label: one.ok() for one in FOUND if isinstance(one, Ok)}


def trials() -> Iterator[Any]:
    """Yield every operation with right values and with wrong ones, of what there is or not."""
    for label, operation in OPERATIONS.items():
        takes = {"parameters", "requestBody"} & set(operation.definition.raw)
        modes = list(GenerationMode) if takes else [GenerationMode.POSITIVE]
        is_named = any(f"{{{name}}}" in label for name in ("nip", "position_id", "receipt_id"))
        for mode in modes:
            for is_known in (False, True) if is_named else (False,):
                whom = "known" if is_known else "invented"
                yield pytest.param(label, mode, is_known, id=f"{label} {mode.value} {whom}")


@pytest.fixture(scope="module")
def caller(peopled: TestClient, secrets: dict[str, str]) -> TestClient:
    """Somebody who may ask everything."""
    token = token_of(peopled, "simpeg", secrets["simpeg"])
    return TestClient(peopled.app, base_url=SECURE, headers=bearer(token), follow_redirects=False)


@pytest.fixture(scope="module")
def receipt_id(caller: TestClient, people: Region) -> str:
    """A receipt that tells of the employee."""
    ranking = caller.get(f"/v1/vacancies/{people.vacancy}/candidates").json()
    return str(ranking["receipt_id"])


def test_every_operation_is_understood() -> None:
    assert len(OPERATIONS) == len(FOUND) == sum(map(len, DESCRIPTION["paths"].values()))


@pytest.mark.parametrize(("label", "mode", "is_known"), list(trials()))
def test_an_answer_is_one_that_is_described(
    caller: TestClient,
    people: Region,
    receipt_id: str,
    label: str,
    mode: GenerationMode,
    is_known: bool,
) -> None:
    operation = OPERATIONS[label]
    there = {"nip": people.nip, "position_id": people.vacancy, "receipt_id": receipt_id}
    named = {name: value for name, value in there.items() if f"{{{name}}}" in label}

    @settings(max_examples=TRIALS, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode, path_parameters=named if is_known else None))
    def asked(case: Case[Any]) -> None:
        sent = case.as_transport_kwargs(base_url=SECURE)
        sent.pop("cookies", None)
        if isinstance(sent.get("data"), str | bytes):
            sent["content"] = sent.pop("data")
        told = {**sent["headers"], **caller.headers}
        if files := sent.pop(
            "files", None
        ):  # told as bytes, which who judges the answer can look at again
            form = Request("POST", SECURE, files=files)
            sent["content"], told["Content-Type"] = form.read(), form.headers["Content-Type"]
        sent["headers"] = {name: str(value).encode("latin-1") for name, value in told.items()}
        case.validate_response(caller.request(**sent), checks=CHECKS)

    asked()
