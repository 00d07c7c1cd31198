"""The service as it runs: a process of its own, reached over the loopback."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import httpx2
import pytest

from tests.architecture.checkout import ROOT

COMMAND = (sys.executable, "-c", "from pipelines.cli import main; main()")
PATIENCE = 30.0
"""Seconds that a busy machine may take for what takes a moment."""


@dataclass
class Running:
    """A running `mutasi serve`, and what it printed until it answered."""

    process: "subprocess.Popen[str]"
    said: str

    @property
    def url(self) -> str:
        return self._found(r"Serving at (\S+?)\.? ")

    @property
    def token(self) -> str:
        return self._found(r"once\): (\S+)")

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self.said)
        assert match is not None, self.said
        return match[1]

    def client(self) -> httpx2.Client:
        """Return a caller that shows the token."""
        shown = {"Authorization": f"Bearer {self.token}"}
        return httpx2.Client(base_url=self.url, headers=shown, timeout=PATIENCE)


def started(home: Path) -> Running:
    """Start the service of a home on a free port and wait until it answers."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("MUTASI_API_TOKEN", raising=False)
        process = subprocess.Popen(
            [*COMMAND, "--home", str(home), "serve", "--port", "0", "--lang", "en"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "/v1/vacancies" in line:
            break
    return Running(process, said)


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[Running]:
    service = started(home)
    yield service
    service.process.kill()
    service.process.communicate()


def test_an_anonymous_caller_is_refused(running: Running) -> None:
    assert httpx2.get(f"{running.url}/v1/vacancies", timeout=PATIENCE).status_code == 401


def test_the_printed_token_opens(running: Running) -> None:
    with running.client() as client:
        answer = client.get("/v1/vacancies", params={"limit": 3})

    assert answer.status_code == 200
    assert len(answer.json()["vacancies"]) == 3
    assert f'-H "Authorization: Bearer {running.token}"' in running.said


def test_many_callers_at_once_get_the_same_answer(running: Running, vacancy: str) -> None:
    address = f"/v1/vacancies/{vacancy}/candidates"
    with running.client() as client, ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda _: client.get(address), range(24)))

    assert {answer.status_code for answer in answers} == {200}
    told = [answer.json() for answer in answers]
    assert len({one.pop("receipt_id") for one in told}) == 24
    assert all(one == told[0] for one in told)


def test_a_port_in_use_is_told_in_a_sentence(running: Running, home: Path) -> None:
    port = running.url.rpartition(":")[2]

    second = subprocess.run(
        [*COMMAND, "--home", str(home), "serve", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode == 2
    assert port in second.stderr
    assert "Traceback" not in second.stderr


def test_it_ends_when_told_to_and_logged_nobody_s_number(
    home: Path, vacancy: str, nip: str
) -> None:
    service = started(home)
    with service.client() as client:
        client.get(f"/v1/employees/{nip}/positions")
        client.get(f"/v1/vacancies/{vacancy}/candidates")
    service.process.send_signal(signal.SIGTERM)
    _, logged = service.process.communicate(timeout=PATIENCE)

    assert "/v1/employees/{nip}/positions" in logged
    assert nip not in logged
    assert service.token not in logged
    assert "Traceback" not in logged


def test_a_plan_is_made_beside_the_service_and_the_worker_ends_with_it(own_home: Path) -> None:
    service = started(own_home)
    waiting = Event()
    with service.client() as client:
        asked = client.post("/v1/plans?worth=false", json={"limits": {"moves": 3}})
        address = asked.headers["location"]
        while (told := client.get(address)).headers.get("retry-after") is not None:
            assert not waiting.wait(0.1)
    service.process.send_signal(signal.SIGTERM)
    _, logged = service.process.communicate(timeout=PATIENCE)  # over when the worker is, too

    assert told.json()["state"] == "done", told.text
    assert 0 < len(told.json()["plan"]["moves"]) <= 3
    assert "Traceback" not in logged
