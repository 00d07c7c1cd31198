"""One attempt at a job, in a process of its own: files made, or the error that ended it."""

import hashlib
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
from threading import Event, Thread

from mutasi.errors import JobBroken, MutasiError, StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import jobs, session, trail
from mutasi.store.jobs import Claim, Values
from mutasi.store.trail import Action, Deed, Kind
from pipelines.actor import user
from pipelines.working import Task
from pipelines.working.pulse import Pulse, Watch

Doing = Callable[[Settings, Claim, Callable[[Values], None]], Mapping[str, bytes] | None]

LOG = logging.getLogger("mutasi.working")
SHOWN_FRAMES = 6
LIFE_SECONDS = 0.5
"""How often what does a job gives a sign of life."""


def alone(settings: Settings, held: Claim, task: Task, life: Pulse) -> None:
    """Attempt a job as a process that ends with the one that started it.

    It gives signs of life for as long as anything in it goes on, and ends by itself if the
    job does not: one that tells of no progress for longer than its kind may.

    Args:
        settings: Of this installation.
        held: The job.
        task: What does it.
        life: Beats for the worker.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who watches over it decides
    Thread(target=_end_with_parent, daemon=True).start()
    progress = Pulse()
    watch = Watch(progress, resolve_name(task.quiet)(held.request))
    Thread(target=_live, args=(life, watch, held.kind), daemon=True).start()
    attempt(settings, held, task.does, progress)


def attempt(settings: Settings, held: Claim, task: str, progress: Pulse | None = None) -> None:
    """Do a job, and write in one unit of work what it made, or the error that ended it.

    What it made tells of people: who made it is on the trail with it.

    Args:
        settings: Of this installation.
        held: The job; nothing is written once it is another's, or over.
        task: What does it, by name.
        progress: Beats whenever there is some.

    Raises:
        StoreUnwritable: If the end cannot be written: the job is as if it had died.
    """
    store = session.engine(settings.database_url)
    try:
        made = _made(store, settings, held, resolve_name(task), progress or Pulse())
        if made is None:
            return
        with session.unit_of_work(store, jobs.QUEUE) as work:
            if isinstance(made, MutasiError):
                jobs.fail(work, held, made.code, made.plain())
            elif jobs.finish(work, held, made):
                done = Deed(
                    user(), Action.RECOMMEND, Kind(held.kind), held.job_id, after=seal(made)
                )
                trail.append(work, done)
    finally:
        store.dispose()


def seal(files: Mapping[str, bytes]) -> str:
    """Return a hash of files that covers each and its name."""
    told = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _made(
    store: session.Engine, settings: Settings, held: Claim, task: Doing, progress: Pulse
) -> Mapping[str, bytes] | MutasiError | None:
    def told(values: Values) -> None:
        progress.beat()
        with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
            jobs.beat(work, held, values)

    try:
        return task(settings, held, told)
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


def _live(life: Pulse, progress: Watch, kind: str) -> None:
    """Beat, and end this process once there was no progress for too long."""
    waiting = Event()
    while not progress.is_missed():
        life.beat()
        waiting.wait(LIFE_SECONDS)
    LOG.error(json.dumps({"event": "no progress", "job": kind}))
    os._exit(1)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
