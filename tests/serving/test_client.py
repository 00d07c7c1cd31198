"""A client that is generated from the description of now asks a running service."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.calls import described
from serving.description import operations
from tests.architecture.checkout import ROOT
from tests.serving.running import PATIENCE, Running, running

PROGRAM = ROOT / "examples" / "client" / "candidates.py"
TOOLS = Path(sys.prefix) / "client" / "bin"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated client and the program beside it."""
    generator = TOOLS / "openapi-python-client"
    if not generator.is_file():  # `make test` makes it; who runs pytest alone may do without
        pytest.skip("no generator of clients: make .venv/client/.ready")
    command = (generator, "generate")
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(described()), encoding="utf-8")
    done = subprocess.run(
        [*command, "--path", "openapi.json", "--meta", "none", "--output-path", "mutasi_client"],
        cwd=folder,
        env={"PATH": f"{TOOLS}{os.pathsep}{os.defpath}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copy(PROGRAM, folder)
    return folder


@pytest.fixture(scope="module")
def serving(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    own = Path(shutil.copytree(home, tmp_path_factory.mktemp("asked") / "home"))
    with running(own, "--no-worker") as service:
        yield service


def ran(client: Path, url: str, token: str) -> "subprocess.CompletedProcess[str]":
    """Run the program of the example."""
    return subprocess.run(
        [sys.executable, str(client / PROGRAM.name), url],
        env={"PATH": os.defpath, "TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_the_client_has_a_module_for_every_operation(client: Path) -> None:
    made = {path.stem for path in (client / "mutasi_client" / "api").glob("*/*.py")}

    assert {operation["operationId"] for *_, operation in operations(described())} <= made


def test_the_generated_client_asks_for_candidates(client: Path, serving: Running) -> None:
    asked = ran(client, serving.url, serving.token)

    assert asked.returncode == 0, asked.stderr
    first, *people = asked.stdout.splitlines()
    with_number = [line.split()[1] for line in people]
    assert first.split()[0]
    assert 1 <= len(people) <= 3
    assert all(len(number) == 18 and number.isdecimal() for number in with_number)


def test_who_shows_another_token_is_told_so(client: Path, serving: Running) -> None:
    asked = ran(client, serving.url, "another")

    assert asked.returncode == 1
    assert "token_invalid" in asked.stderr
