"""One attempt at a job, in a process of its own: files made, or the error that ended it."""

import json
import logging
import os
import signal
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pkgutil import resolve_name
from secrets import token_hex
from threading import Thread

from mutasi.errors import JobBroken, MutasiError, StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.jobs import Claim, Values

Task = Callable[[Settings, Values, Callable[[Values], None]], Mapping[str, bytes]]

LOG = logging.getLogger("mutasi.working")
SHOWN_FRAMES = 6


def alone(settings: Settings, held: Claim, task: str) -> None:
    """Attempt a job as a process that ends with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who watches over it decides
    Thread(target=_end_with_parent, daemon=True).start()
    attempt(settings, held, task)


def attempt(settings: Settings, held: Claim, task: str) -> None:
    """Do a job, and write in one unit of work what it made, or the error that ended it.

    Args:
        settings: Of this installation.
        held: The job; nothing is written once it is another's, or over.
        task: What does it, by name.

    Raises:
        StoreUnwritable: If the end cannot be written: the job is as if it had died.
    """
    store = session.engine(settings.database_url)
    try:
        made = _made(store, settings, held, resolve_name(task))
        with session.unit_of_work(store, jobs.QUEUE) as work:
            if isinstance(made, MutasiError):
                jobs.fail(work, held, made.code, plain(made))
            else:
                jobs.finish(work, held, made)
    finally:
        store.dispose()


def plain(error: MutasiError) -> Values:
    """Return the values of an error as JSON: numbers stay numbers, lists are of text."""
    return {name: _plain(value) for name, value in error.params.items()}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value if isinstance(value, int | float) else str(value)


def _made(
    store: session.Engine, settings: Settings, held: Claim, task: Task
) -> Mapping[str, bytes] | MutasiError:
    def told(progress: Values) -> None:
        with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
            jobs.beat(work, held, progress)

    try:
        return task(settings, held.request, told)
    except MutasiError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- the last to see it: logged, told, not leaked
        reference = token_hex(8)
        _log(error, reference, held.kind)
        return JobBroken(reference=reference)


def _log(error: Exception, reference: str, kind: str) -> None:
    """Log an unforeseen error by kind and place; its message could quote a row."""
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
    fields = {
        "event": "unforeseen error",
        "reference": reference,
        "job": kind,
        "error": type(error).__qualname__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    LOG.error(json.dumps(fields))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
