"""The example client is what the description says now, and asks a running service."""

import json
import os
import subprocess
import sys
from pathlib import Path

from serving.calls import OF_THE_CLIENT, of_the_client
from serving.description import operations
from tests.architecture.checkout import ROOT
from tests.serving.running import PATIENCE, running

CLIENT = ROOT / "examples" / "client"
KEPT = (CLIENT / "openapi.json").read_text(encoding="utf-8")


def test_the_client_is_made_from_the_description_of_now() -> None:
    assert of_the_client() == KEPT, "make client writes it again"


def test_the_client_has_a_module_for_every_operation_that_it_is_made_from() -> None:
    made = {path.stem for path in (CLIENT / "mutasi_client" / "api").glob("*/*.py")}
    found = list(operations(json.loads(KEPT)))

    assert {f"{method} {path}" for method, path, _ in found} == OF_THE_CLIENT
    assert {operation["operationId"] for *_, operation in found} <= made


def ran(url: str, token: str) -> "subprocess.CompletedProcess[str]":
    """Run the program of the example."""
    return subprocess.run(
        [sys.executable, str(CLIENT / "candidates.py"), url],
        env={"PATH": os.defpath, "TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_the_generated_client_asks_for_candidates(own_home: Path) -> None:
    with running(own_home, "--no-worker") as serving:
        asked = ran(serving.url, serving.token)

    assert asked.returncode == 0, asked.stderr
    first, *people = asked.stdout.splitlines()
    with_number = [line.split()[1] for line in people]
    assert first.split()[0]
    assert 1 <= len(people) <= 3
    assert all(len(number) == 18 and number.isdecimal() for number in with_number)


def test_who_shows_another_token_is_told_so(own_home: Path) -> None:
    with running(own_home, "--no-worker") as serving:
        asked = ran(serving.url, "another")

    assert asked.returncode == 1
    assert "token_invalid" in asked.stderr
