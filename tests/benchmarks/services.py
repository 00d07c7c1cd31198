"""Services that answer who for a vacancy: Mutasi's own, and pyfuncs that MLflow serves.

Each is started as its users start it, on a port of this machine.  What it costs is told by
the system (``/proc``) of the process with all that it started.
"""

import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import Any

import httpx2

from mutasi import clock
from mutasi.authority import Scope
from mutasi.settings import Settings
from mutasi.store import clients, session

LANGUAGE = "id"
LIMIT = 20
"""How many people an answer has."""

PATIENCE = 120.0
"""Seconds that a start may take."""

CLIENT = "benchmark"
MODEL_CODE = Path(__file__).with_name("pyfunc_service.py")
PROGRAMS = Path(sys.executable).parent
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Question:
    """A request that asks who for a vacancy.

    Attributes:
        method: Of HTTP.
        path: Where.
        body: What is sent as JSON, if anything is.
    """

    method: str
    path: str
    body: dict[str, Any] | None = None


@dataclass(frozen=True)
class Way:
    """A way to serve.

    Attributes:
        name: What it is called.
        command: Starts it, given a port.
        question: Asks it who for a position, and for how many.
        answer: Takes the ranking out of what it answered.
        headers: Shown with every question, given where the service listens.
    """

    name: str
    command: Callable[[int], list[str]]
    question: Callable[[str, int], Question]
    answer: Callable[[Any], dict[str, Any]]
    headers: Callable[[str], dict[str, str]]


class Service:
    """A service that runs.

    Attributes:
        way: How.
        url: Where it listens.
        seconds: From its start to its first answer.
        headers: Shown with every question.
    """

    def __init__(self, way: Way, port: int, first: str, log: Path) -> None:
        self.way = way
        self.url = f"http://127.0.0.1:{port}"
        begun = perf_counter()
        with log.open("w") as said:
            self.process = subprocess.Popen(
                way.command(port),
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )
        try:
            self._wait(log)
            self.headers = way.headers(self.url)
            self.ask(first)
        except BaseException:
            self.stop()
            raise
        self.seconds = perf_counter() - begun

    def ask(self, position_id: str) -> dict[str, Any]:
        """Return the ranking for a position, without the receipt that only Mutasi keeps.

        Raises:
            httpx2.HTTPStatusError: If the answer is none.
        """
        asked = self.way.question(position_id, LIMIT)
        answer = httpx2.request(
            asked.method,
            f"{self.url}{asked.path}",
            json=asked.body,
            headers=self.headers,
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        found = self.way.answer(answer.json())
        found.pop("receipt_id", None)
        return found

    def worked(self) -> float:
        """Return the seconds that all of it has worked."""
        ticks = 0
        for process in self._processes():
            fields = _stat(process)
            ticks += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
        return ticks / TICK

    def megabytes(self) -> float:
        """Return the memory that it holds; what processes share is counted once (PSS)."""
        told = (Path(f"/proc/{process}/smaps_rollup").read_text() for process in self._processes())
        return sum(int(_found(r"Pss:\s+(\d+) kB", each)) for each in told) * 1024 / 1e6

    def stop(self) -> None:
        """End it and all that it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def _wait(self, log: Path) -> None:
        waiting, end = Event(), perf_counter() + PATIENCE
        host, port = self.url.removeprefix("http://").split(":")
        while True:
            try:
                socket.create_connection((host, int(port)), timeout=1.0).close()
            except OSError:
                if self.process.poll() is not None or perf_counter() > end:
                    raise RuntimeError(f"{self.way.name}: {log.read_text()[-2000:]}") from None
                waiting.wait(0.02)
            else:
                return

    def _processes(self) -> list[int]:
        children: dict[int, list[int]] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
                children.setdefault(int(fields[1]), []).append(int(folder.name))
        found, left = [], [self.process.pid]
        while left:
            found.append(left.pop())
            left += children.get(found[-1], [])
        return found


@contextmanager
def running(way: Way, first: str, folder: Path) -> Iterator[Service]:
    """Start a service and yield it once it has answered; it is ended afterwards."""
    service = Service(way, free_port(), first, folder / f"{way.name}.log")
    try:
        yield service
    finally:
        service.stop()


def mutasi(home: Path) -> Way:
    """Return `mutasi serve` of a home, asked by a client with tokens of its own."""
    store = session.engine(Settings(home=home).database_url)
    with session.unit_of_work(store) as work:
        secret = clients.add(work, CLIENT, [Scope.VACANCIES, Scope.CANDIDATES], clock.now())
    store.dispose()
    assert secret is not None

    def headers(url: str) -> dict[str, str]:
        form = {"grant_type": "client_credentials"}
        answer = httpx2.post(
            f"{url}/oauth2/token", data=form, auth=(CLIENT, secret), timeout=PATIENCE
        )
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    words = [str(PROGRAMS / "mutasi"), "--home", str(home), "serve", "--no-worker"]
    return Way(
        "mutasi serve",
        lambda port: [*words, "--port", str(port), "--lang", LANGUAGE],
        lambda position, limit: Question(
            "GET", f"/v1/vacancies/{position}/candidates?limit={limit}&lang={LANGUAGE}"
        ),
        dict,
        headers,
    )


def pyfunc(home: Path, way: str, name: str, folder: Path) -> Way:
    """Save a pyfunc of a home as MLflow does, and return `mlflow models serve` of it.

    Args:
        home: Whose region and model it serves.
        way: What ranks in it, see :mod:`tests.benchmarks.pyfunc_service`.
        name: What it is called.
        folder: Where it is saved.
    """
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    from mlflow import pyfunc as saving  # noqa: PLC0415  # takes seconds to import
    from mlflow.models import ModelSignature  # noqa: PLC0415  # comes with it
    from mlflow.types.schema import ColSpec, Schema  # noqa: PLC0415  # comes with it

    columns = (("string", "position_id"), ("long", "limit"), ("string", "language"))
    saving.save_model(
        path=str(folder),
        python_model=str(MODEL_CODE),
        artifacts={"home": str(home)},
        model_config={"way": way},
        signature=ModelSignature(inputs=Schema([ColSpec(*column) for column in columns])),
        pip_requirements=["mlflow"],
    )
    found = f"PATH={PROGRAMS}{os.pathsep}{os.defpath}"  # it starts uvicorn by name
    words = ["env", found, str(PROGRAMS / "mlflow"), "models", "serve", "--model-uri", str(folder)]
    words += ["--env-manager", "local", "--host", "127.0.0.1"]
    return Way(
        name,
        lambda port: [*words, "--port", str(port)],
        lambda position, limit: Question(
            "POST",
            "/invocations",
            {
                "dataframe_records": [
                    {"position_id": position, "limit": limit, "language": LANGUAGE}
                ]
            },
        ),
        lambda said: dict(said["predictions"][0]),
        lambda _: {},
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _stat(process: int) -> list[str]:
    """Return what the system tells of a process from its state on; nothing once it is over."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]
