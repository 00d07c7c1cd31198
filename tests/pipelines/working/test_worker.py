"""A worker does what is asked, once and whole; whatever kills it, nothing is left half."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from threading import Event, Thread

import pytest

from mutasi.errors import StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.jobs import Claim, Job, State
from pipelines.working import worker
from tests.architecture.checkout import ROOT
from tests.pipelines.conftest import Run
from tests.pipelines.working.conftest import (
    KIND,
    Given,
    asked,
    grow_silent,
    kept,
    made,
    seen,
)
from tests.pipelines.working.tasks import LOG

ANOTHER_WORKER = """
import sys
from pathlib import Path
from mutasi.settings import Settings
from pipelines import working
from pipelines.working import worker
from tests.pipelines.working.conftest import task_of

home, task, drain = sys.argv[1:]
working.TASKS["plan"] = task_of(task)
worker.BEAT_SECONDS = 0.05
worker.work(Settings(home=Path(home)), drain=bool(drain))
"""

WORKER_BESIDE = """
import os, signal, sys
from pathlib import Path
from mutasi.settings import Settings
from pipelines.working.worker import working_beside

home, fatal = sys.argv[1:]
with working_beside(Settings(home=Path(home))):
    if fatal:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def started(settings: Settings, task: str, drain: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", ANOTHER_WORKER, str(settings.home), task, drain]
    return subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)


def until_told(settings: Settings, job: Job) -> None:
    """Wait until a job has told of progress."""
    waiting = Event()
    while seen(settings, job).progress is None:
        assert not waiting.wait(0.02)


def test_what_is_asked_is_done_in_order(settings: Settings, given: Given) -> None:
    given("tasks:count")
    asked_for = [asked(settings, {"number": number}) for number in (3, 1, 2)]

    worker.work(settings, drain=True)

    assert (settings.home / LOG).read_text().split() == ["3", "1", "2"]
    assert {seen(settings, job).state for job in asked_for} == {State.DONE}
    assert made(settings, asked_for[1], "number.txt") == b"1"


def test_an_error_with_words_ends_the_job_with_its_values(settings: Settings, given: Given) -> None:
    given("tasks:refuse")
    job = asked(settings)

    worker.work(settings, drain=True)

    demands = ["keep(person=1)", "must(person=1, post=P)"]
    assert seen(settings, job).state == State.FAILED
    assert seen(settings, job).problem == {
        "code": "plan_impossible",
        "params": {"demands": demands},
    }


def test_a_job_that_dies_once_is_done_by_the_next_attempt(settings: Settings, given: Given) -> None:
    given("tasks:die_at_first")
    job = asked(settings)

    worker.work(settings, drain=True)

    assert (seen(settings, job).state, seen(settings, job).attempts) == (State.DONE, 2)
    assert made(settings, job, "number.txt") == b"1"


@pytest.mark.parametrize("task", ["tasks:die", "tasks:die_while_writing"])
def test_a_job_that_dies_every_time_fails_and_leaves_nothing(
    settings: Settings, given: Given, task: str
) -> None:
    given(task)
    job = asked(settings)

    worker.work(settings, drain=True)

    assert seen(settings, job).state == State.FAILED
    assert seen(settings, job).problem == {
        "code": "job_given_up",
        "params": {"attempts": jobs.MOST_ATTEMPTS},
    }
    assert kept(settings) == 0


def test_a_job_that_is_cancelled_while_it_goes_on_ends_at_once(
    settings: Settings, given: Given
) -> None:
    given("tasks:wait_for_ever")
    job = asked(settings)

    def cancel() -> None:
        until_told(settings, job)
        with session.unit_of_work(session.engine(settings.database_url)) as work:
            jobs.cancel(work, KIND, job.job_id)

    canceller = Thread(target=cancel)
    canceller.start()
    worker.work(settings, drain=True)
    canceller.join()

    assert seen(settings, job).state == State.CANCELLED
    assert kept(settings) == 0


def test_a_worker_that_is_told_to_stop_lets_its_job_wait_for_another(
    settings: Settings, given: Given
) -> None:
    job = asked(settings)
    other = started(settings, "tasks:wait_for_ever")
    until_told(settings, job)
    other.terminate()
    _, err = other.communicate(timeout=30)

    assert (other.returncode, err) == (0, "")
    assert (seen(settings, job).state, seen(settings, job).attempts) == (State.QUEUED, 0)
    given("tasks:count")
    worker.work(settings, drain=True)
    assert seen(settings, job).state == State.DONE


def test_a_worker_that_is_killed_loses_its_job_to_another_after_a_while(
    settings: Settings, given: Given
) -> None:
    job = asked(settings)
    other = started(settings, "tasks:wait_for_ever")
    until_told(settings, job)
    other.kill()
    other.communicate(timeout=30)  # ends when what did the job has ended too

    given("tasks:count")
    worker.work(settings, drain=True)
    assert seen(settings, job).state == State.RUNNING
    grow_silent(settings)
    worker.work(settings, drain=True)

    assert (seen(settings, job).state, seen(settings, job).attempts) == (State.DONE, 2)
    assert kept(settings) == 1


def test_two_workers_do_every_job_once(settings: Settings) -> None:
    for number in range(6):
        asked(settings, {"number": number})

    with ThreadPoolExecutor(2) as pool:
        workers = [started(settings, "tasks:count", "drain") for _ in range(2)]
        list(pool.map(lambda each: each.communicate(timeout=120), workers))

    done = Counter((settings.home / LOG).read_text().split())
    assert done == Counter(str(number) for number in range(6))
    assert kept(settings) == 6


@pytest.mark.parametrize("fatal", ["", "fatal"])
def test_a_worker_beside_stops_with_what_it_is_beside(settings: Settings, fatal: str) -> None:
    command = [sys.executable, "-c", WORKER_BESIDE, str(settings.home), fatal]

    # The worker holds the output too, so this is over when the worker is.
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)

    assert ended.returncode == (-9 if fatal else 0)
    assert ended.stderr == b""


def test_a_worker_beside_that_dies_is_followed_by_another(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)
    waiting = Event()

    def beside(*, but: int | None = None) -> BaseProcess:
        while not (found := [each for each in active_children() if each.pid != but]):
            assert not waiting.wait(0.02)
        return found[0]

    with worker.working_beside(settings):
        first = beside()
        first.kill()
        second = beside(but=first.pid)
        assert second.pid != first.pid

    assert not active_children()


def test_while_another_keeps_the_store_the_worker_waits(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept_by_another(*_: object) -> None:
        raise StoreUnreadable(store="s")

    store = session.engine(settings.database_url)
    monkeypatch.setattr(jobs, "claim", kept_by_another)
    monkeypatch.setattr(jobs, "beat", kept_by_another)

    assert worker._claimed(store, "one") is None
    assert worker._is_held(store, Claim(1, "one", KIND, {}, "a"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_command_does_what_waits(
    settings: Settings, given: Given, run: Run, language: str
) -> None:
    given("tasks:count")
    job = asked(settings)

    code, out, err = run("--home", str(settings.home), "work", "--drain", "--lang", language)

    assert (code, out) == (0, ""), err
    assert seen(settings, job).state == State.DONE
