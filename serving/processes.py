"""Processes of one service: none outlives the one that started it, and none hangs."""

import logging
import os
import signal
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Event, Thread, main_thread

import anyio

from mutasi.silence import Silence

LOG = logging.getLogger("mutasi.serving")

STUCK_SECONDS = 30.0
"""An event loop that stood still for so long hangs: nothing that it does itself takes a second."""

LOOK_SECONDS = 0.5
SHOWN_FRAMES = 6


def end_with_parent() -> None:
    """Stop this process, as when it is told to, once the process that started it has ended.

    A worker process whose parent was killed would keep the port, and answer by what was
    loaded then, for as long as it lives.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


@asynccontextmanager
async def ending_when_stuck(most: float = STUCK_SECONDS) -> AsyncIterator[None]:
    """End this process at once if its event loop stands still meanwhile.

    Whoever started it begins another.  A process that nobody started is left alone.

    Args:
        most: For how many seconds the event loop may stand still.
    """
    if parent_process() is None:
        yield
        return
    heard, is_over = Event(), Event()
    Thread(target=_end_if_stuck, args=(heard, is_over, Silence(most)), daemon=True).start()
    async with anyio.create_task_group() as beating:
        beating.start_soon(_beat, heard)
        try:
            yield
        finally:
            is_over.set()
            beating.cancel_scope.cancel()


async def _beat(heard: Event) -> None:
    while True:
        heard.set()
        await anyio.sleep(LOOK_SECONDS)


def _end_if_stuck(heard: Event, is_over: Event, silence: Silence) -> None:
    while not is_over.wait(LOOK_SECONDS):
        was_heard = heard.is_set()
        heard.clear()
        if silence.is_too_long(heard=was_heard):
            LOG.error("event loop stands still", extra={"fields": {"where": _where()}})
            os._exit(1)


def _where() -> list[str]:
    """Return where the main thread is, which has the event loop."""
    found = sys._current_frames()  # noqa: SLF001 -- documented: the one way to another thread's
    frame = found.get(main_thread().ident or 0)
    frames = traceback.extract_stack(frame)[-SHOWN_FRAMES:]
    return [f"{each.filename}:{each.lineno} {each.name}" for each in frames]


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
