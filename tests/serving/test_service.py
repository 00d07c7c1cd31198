"""The service as it runs: a process of its own, reached over the loopback."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx2
import pytest

from tests.architecture.checkout import ROOT
from tests.serving.running import COMMAND, PATIENCE, Running, started


@pytest.fixture(scope="module")
def running(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = started(Path(shutil.copytree(home, tmp_path_factory.mktemp("running") / "home")))
    yield service
    service.kill()


def test_an_anonymous_caller_is_refused(running: Running) -> None:
    assert httpx2.get(f"{running.url}/v1/vacancies", timeout=PATIENCE).status_code == 401


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/v1/vacancies"])
def test_head_is_answered_as_get_without_a_body(running: Running, address: str) -> None:
    whole, head = (
        httpx2.request(each, running.url + address, timeout=PATIENCE) for each in ("GET", "HEAD")
    )

    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))


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


def test_a_port_in_use_is_told_in_a_sentence(running: Running) -> None:
    port = running.url.rpartition(":")[2]

    second = subprocess.run(
        [*COMMAND, "--home", str(running.home), "serve", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode == 2
    assert port in second.stderr
    assert "Traceback" not in second.stderr


def test_it_ends_when_told_to_and_logged_nobody_s_number(
    own_home: Path, vacancy: str, nip: str
) -> None:
    service = started(own_home)
    with service.client() as client:
        client.get(f"/v1/employees/{nip}/positions")
        client.get(f"/v1/vacancies/{vacancy}/candidates")
    logged = service.stopped()

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
    logged = service.stopped()

    assert told.json()["state"] == "done", told.text
    assert 0 < len(told.json()["plan"]["moves"]) <= 3
    assert "Traceback" not in logged
