"""A process that hangs is replaced: stopped, or with an event loop that stands still."""

import asyncio
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from serving.processes import ending_when_stuck
from tests.serving.running import PATIENCE, Running, running, until

SPAWN = get_context("spawn")
STUCK_SECONDS = 3.0
IMPATIENT = "from pipelines import serve; serve.HANGING_SECONDS = 6.0; "


@pytest.fixture
def two(home: Path, tmp_path: Path) -> Iterator[Running]:
    """A service of two processes that takes what hangs for hanging soon."""
    own = Path(shutil.copytree(home, tmp_path / "home"))
    with running(own, "--workers", "2", "--no-worker", first=IMPATIENT) as service:
        yield service


def stopped(service: Running) -> int:
    """Stop one of the processes that answer; it lives, and does nothing."""
    process = min(service.answering())
    os.kill(process, signal.SIGSTOP)
    return process


def test_a_process_that_is_stopped_is_replaced(two: Running) -> None:
    hanging = stopped(two)

    until(lambda: hanging not in two.answering() and len(two.answering()) == 2)

    assert '"process hangs"' in two.log.read_text(encoding="utf-8")


def test_a_process_that_hangs_does_not_keep_the_others_from_being_renewed(two: Running) -> None:
    before = two.answering()
    stopped(two)

    two.process.send_signal(signal.SIGHUP)

    until(lambda: not before & two.answering() and len(two.answering()) == 2)


def test_a_process_that_hangs_does_not_keep_the_service_from_stopping(two: Running) -> None:
    stopped(two)

    two.stopped()

    assert two.process.returncode == 0


async def _stuck() -> None:
    async with ending_when_stuck(STUCK_SECONDS):
        while True:
            pass


async def _going_on() -> None:
    async with ending_when_stuck(STUCK_SECONDS):
        await asyncio.sleep(2 * STUCK_SECONDS)


def stuck() -> None:
    """Let an event loop stand still."""
    asyncio.run(_stuck())


def going_on() -> None:
    """Let an event loop go on for longer than it may stand still."""
    asyncio.run(_going_on())


@pytest.mark.parametrize(("does", "code"), [(stuck, 1), (going_on, 0)])
def test_a_process_whose_event_loop_stands_still_ends(does: Callable[[], None], code: int) -> None:
    process = SPAWN.Process(target=does)
    process.start()
    process.join(PATIENCE)

    assert process.exitcode == code
