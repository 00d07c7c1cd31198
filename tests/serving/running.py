"""A service that runs: `mutasi serve` as a process of its own, reached over the loopback."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Event
from time import monotonic

import httpx2
import pytest

from tests.architecture.checkout import ROOT

MAIN = "from pipelines.cli import main; main()"
COMMAND = (sys.executable, "-c", MAIN)
PATIENCE = 180.0
"""Seconds that a busy machine may take for what takes a moment."""


@dataclass
class Running:
    """A running `mutasi serve`, and what it printed until it answered."""

    home: Path
    process: "subprocess.Popen[str]"
    said: str
    log: Path

    @property
    def url(self) -> str:
        return self._found(r"Serving at (\S+?)\.? ")

    @property
    def token(self) -> str:
        return self._found(r"once\): (\S+)")

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self.said)
        assert match is not None, self.said
        return match[1]

    def client(self) -> httpx2.Client:
        """Return a caller that shows the token."""
        shown = {"Authorization": f"Bearer {self.token}"}
        return httpx2.Client(base_url=self.url, headers=shown, timeout=PATIENCE)

    def answering(self) -> set[int]:
        """Return the processes that it started to answer, where there are several."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(child) for child in told.read_text().split() if _is_spawned(child)}

    def stopped(self) -> str:
        """Tell it to stop, wait until it has, and return what it logged."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it at once; what it started ends with it."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


def started(
    home: Path, *words: str, database: str | None = None, port: int = 0, first: str = ""
) -> Running:
    """Start the service of a home and wait until it answers.

    Args:
        home: The home.
        words: Of the command line, besides.
        database: Where the store is; in the home by default.
        port: Where it listens; a free port by default.
        first: What its process does before, in Python.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("MUTASI_API_TOKEN", raising=False)
        if database is not None:
            environment.setenv("MUTASI_DATABASE", database)
        log = Path(mkdtemp()) / "log"
        words = ("--home", str(home), "serve", "--port", str(port), "--lang", "en", *words)
        with log.open("w") as said_besides:  # a pipe that nobody reads would hold it up
            process = subprocess.Popen(
                [sys.executable, "-c", first + MAIN, *words],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=said_besides,
                text=True,
            )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "/v1/vacancies" in line:
            break
    return Running(home, process, said, log)


@contextmanager
def running(
    home: Path, *words: str, database: str | None = None, port: int = 0, first: str = ""
) -> Iterator[Running]:
    """Have a service of a home that runs meanwhile; arguments as of :func:`started`."""
    service = started(home, *words, database=database, port=port, first=first)
    try:
        yield service
    finally:
        service.kill()


def _is_spawned(process: str) -> bool:
    """Return whether a process was started to work, and not only to track resources."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: If it is not within :data:`PATIENCE`.
    """
    waiting, end = Event(), monotonic() + PATIENCE
    while not is_so():
        if monotonic() > end:
            raise TimeoutError
        waiting.wait(0.05)
