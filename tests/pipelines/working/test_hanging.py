"""What hangs is noticed by the signs of life it does not give, and is replaced; nothing is half."""

import os
import signal
import subprocess
from multiprocessing import active_children
from multiprocessing.process import BaseProcess

import pytest

from mutasi.errors import StoreUnwritable
from mutasi.settings import Settings
from mutasi.store import jobs
from mutasi.store.jobs import State
from pipelines.working import worker
from tests.pipelines.working.conftest import Given, asked, grow_silent, kept, made, seen
from tests.pipelines.working.test_worker import started, until_told
from tests.serving.running import until

HANGING_SECONDS = 6.0
"""Several beats, on a busy machine too."""

QUIET_SECONDS = 3.0


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what hangs for hanging soon."""
    monkeypatch.setattr(worker, "HANGING_SECONDS", HANGING_SECONDS)
    monkeypatch.setattr(worker, "PATIENCE_SECONDS", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_job_that_is_stopped_is_ended_and_done_by_the_next_attempt(
    settings: Settings, given: Given
) -> None:
    given("tasks:stop_at_first")
    job = asked(settings)

    worker.work(settings, drain=True)

    assert (seen(settings, job).state, seen(settings, job).attempts) == (State.DONE, 2)
    assert made(settings, job, "number.txt") == b"1"
    assert kept(settings) == 1


@pytest.mark.usefixtures("impatient")
def test_of_a_job_that_was_ended_nothing_stays_on_disk(settings: Settings, given: Given) -> None:
    given("tasks:write_and_stop")
    job = asked(settings)

    worker.work(settings, drain=True)

    assert seen(settings, job).state is State.FAILED
    assert not (settings.working / job.job_id).exists()


def test_a_job_that_goes_round_for_ever_fails_in_the_end_and_leaves_nothing(
    settings: Settings, given: Given
) -> None:
    given("tasks:go_round_for_ever")
    job = asked(settings, {"quiet": QUIET_SECONDS})

    worker.work(settings, drain=True)

    assert seen(settings, job).problem == {
        "code": "job_given_up",
        "params": {"attempts": jobs.MOST_ATTEMPTS},
    }
    assert kept(settings) == 0


def hang_between_writes(process: subprocess.Popen[str], settings: Settings) -> None:
    """Stop a worker where it keeps no row from others, and have it silent for long."""
    while True:
        process.send_signal(signal.SIGSTOP)
        try:
            grow_silent(settings)
        except StoreUnwritable:  # it was stopped in the midst of a sign of life
            process.send_signal(signal.SIGCONT)
        else:
            return


def test_the_job_of_a_worker_that_hangs_is_done_by_another_and_by_no_other_again(
    settings: Settings, given: Given
) -> None:
    job = asked(settings)
    other = started(settings, "tasks:wait_for_ever")
    until_told(settings, job)
    hang_between_writes(other, settings)

    given("tasks:count")
    worker.work(settings, drain=True)
    done = seen(settings, job)
    other.send_signal(signal.SIGCONT)
    other.terminate()
    _, err = other.communicate(timeout=60)  # ends when what did the job has ended too

    assert (done.state, done.attempts) == (State.DONE, 2)
    assert (other.returncode, err) == (0, "")
    assert seen(settings, job) == done
    assert kept(settings) == 1


@pytest.mark.usefixtures("impatient")
def test_a_worker_beside_that_hangs_is_followed_by_another(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(worker, "START_SECONDS", HANGING_SECONDS)

    def beside() -> list[BaseProcess]:
        return list(active_children())

    with worker.working_beside(settings):
        until(lambda: bool(beside()))
        (first,) = beside()
        assert first.pid is not None
        os.kill(first.pid, signal.SIGSTOP)
        until(lambda: [each for each in beside() if each.pid != first.pid] != [])

    assert not active_children()
    assert first.exitcode == -signal.SIGKILL
