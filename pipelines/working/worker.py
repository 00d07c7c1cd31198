"""Watch over jobs: claim one, have it done in a process of its own, give signs of life.

A process of its own, because solvers hold theirs for as long as they search: it can be
ended at once when the job is cancelled, its memory is given back, and if it dies, or hangs,
the job is begun anew or has failed, with the reason.
"""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from secrets import token_hex
from threading import Event, Thread

from mutasi.errors import StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.jobs import Claim
from pipelines.working import OUTBOX, OUTBOX_ONCE, TASKS
from pipelines.working.attempt import alone
from pipelines.working.pulse import SPAWN, Pulse, Watch

BEAT_SECONDS = 1.0
"""How often a worker looks for work, and gives a sign of life."""

HANGING_SECONDS = 60.0
"""A process that gave no sign for so long hangs: solvers hold theirs for seconds at a time, a
store that is kept by another for ten.  No less than what makes a job anybody's
(:data:`mutasi.store.jobs.SILENT_SECONDS`)."""

START_SECONDS = 120.0
"""How long a process may take until its first sign of life, on a busy machine."""

PATIENCE_SECONDS = 5.0
"""How long a worker that is told to stop may take."""

LAST_WORDS_SECONDS = 2.0
"""How long a worker that stops waits for webhooks that are being told."""

ID_BYTES = 8


def work(settings: Settings, *, drain: bool = False, pulse: Pulse | None = None) -> None:
    """Do what is asked for, until told to stop or until whoever started this ends.

    A job that is being done then waits again, for any worker.

    Args:
        settings: Of this installation.
        drain: Whether to stop once nothing waits.
        pulse: Beats for whoever watches over this.

    Raises:
        StoreUnreadable: If the store cannot be opened at all.
    """
    store, worker = session.engine(settings.database_url, pooled=True), token_hex(ID_BYTES)
    pulse = pulse or Pulse()
    with suppress(KeyboardInterrupt), _terminable(), _telling(settings, store):
        while not _is_left_alone():
            pulse.beat()
            held = _claimed(store, worker)
            if held is not None:
                _attend(store, settings, held, pulse)
            elif drain or _is_left_alone(BEAT_SECONDS):
                break
        if drain:
            with suppress(StoreUnreadable):
                resolve_name(OUTBOX_ONCE)(settings, store, _is_left_alone)
    store.dispose()


@contextmanager
def _telling(settings: Settings, store: session.Engine) -> Iterator[None]:
    """Have webhooks told meanwhile, also while a job is done.

    What is being sent when this ends is waited for a little, and may be sent again by
    another worker.
    """
    is_over = Event()
    teller = Thread(target=resolve_name(OUTBOX), args=(settings, store, is_over), daemon=True)
    teller.start()
    try:
        yield
    finally:
        is_over.set()
        teller.join(LAST_WORDS_SECONDS)  # before the store it speaks to is closed


@contextmanager
def working_beside(settings: Settings) -> Iterator[None]:
    """Have a worker beside what is done meanwhile; it stops with it.

    One that dies, or hangs, is replaced.
    """
    is_over = Event()
    keeper = Thread(target=_keep_working, args=(settings, is_over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep_working(settings: Settings, is_over: Event) -> None:
    """Have a worker until told that it is over; one that dies or hangs is followed by another."""
    while not is_over.is_set():
        pulse = Pulse()
        beside = SPAWN.Process(target=work, args=(settings,), kwargs={"pulse": pulse})
        beside.start()
        watch = Watch(pulse, HANGING_SECONDS, START_SECONDS)
        while not is_over.wait(BEAT_SECONDS) and beside.is_alive() and not watch.is_missed():
            pass
        beside.terminate()
        beside.join(PATIENCE_SECONDS)
        _ended(beside)


def _claimed(store: session.Engine, worker: str) -> Claim | None:
    """Return a job that waits; None if there is none, or another keeps the store."""
    with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
        return jobs.claim(work, worker, TASKS)
    return None


def _attend(store: session.Engine, settings: Settings, held: Claim, pulse: Pulse) -> None:
    """Have a job done, as long as it is this worker's and what does it gives signs of life.

    Raises:
        KeyboardInterrupt: If the worker is told to stop; the job waits again.
    """
    life = Pulse()
    doing = SPAWN.Process(target=alone, args=(settings, held, TASKS[held.kind], life))
    try:
        _watched(doing, store, held, pulse, life)
    except KeyboardInterrupt:
        with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
            jobs.release(work, held)
        raise
    finally:
        shutil.rmtree(settings.working / held.job_id, ignore_errors=True)
    with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
        jobs.abandon(work, held)


def _watched(
    doing: BaseProcess, store: session.Engine, held: Claim, pulse: Pulse, life: Pulse
) -> None:
    """Let a process do a job until it ends, hangs or does what is not this worker's any more.

    Raises:
        KeyboardInterrupt: If the worker is told to stop.
    """
    try:
        doing.start()
        watch = Watch(life, HANGING_SECONDS, START_SECONDS)
        while not wait([doing.sentinel], BEAT_SECONDS):
            pulse.beat()
            if _is_left_alone():
                raise KeyboardInterrupt
            if watch.is_missed() or not _is_held(store, held):
                break
    finally:
        _ended(doing)


def _is_held(store: session.Engine, held: Claim) -> bool:
    """Give a sign of life; while another keeps the store, nobody can take the job either."""
    with suppress(StoreUnreadable), session.unit_of_work(store, jobs.QUEUE) as work:
        return jobs.beat(work, held)
    return True


def _ended(doing: BaseProcess) -> None:
    doing.kill()
    doing.join()


def _is_left_alone(seconds: float = 0.0) -> bool:
    """Return whether whoever started this process has ended, waiting for that for a while."""
    parent = parent_process()
    return bool(wait([parent.sentinel] if parent else [], seconds))


@contextmanager
def _terminable() -> Iterator[None]:
    """Let the signal to terminate stop the work as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
