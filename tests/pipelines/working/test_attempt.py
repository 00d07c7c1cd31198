"""One attempt at a job: what it made is kept whole, or the error that ended it."""

import json

import pytest

from mutasi.errors import StoreUnwritable
from mutasi.settings import Settings
from mutasi.store import jobs, session, trail
from mutasi.store.jobs import Claim, State
from pipelines.actor import user
from pipelines.working.attempt import attempt, seal
from tests.pipelines.working.conftest import KIND, asked, kept, made, seen

TASKS = "tests.pipelines.working.tasks"


def held(settings: Settings) -> Claim:
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        claim = jobs.claim(work, "one", [KIND])
    assert claim is not None
    return claim


def test_what_was_made_is_kept(settings: Settings) -> None:
    job = asked(settings, {"number": 7})

    attempt(settings, held(settings), f"{TASKS}:count")

    assert seen(settings, job).state == State.DONE
    assert made(settings, job, "number.txt") == b"7"


def test_m6_what_was_made_is_on_the_trail_and_what_failed_is_not(settings: Settings) -> None:
    done, failed = asked(settings, {"number": 7}), asked(settings)

    for name in ("count", "refuse"):
        attempt(settings, held(settings), f"{TASKS}:{name}")

    with session.reading(session.engine(settings.database_url)) as work:
        (entry,) = trail.entries(work)
    assert seen(settings, failed).state == State.FAILED
    assert (entry["actor"], entry["action"], entry["kind"]) == (user(), "recommend", "plan")
    assert (entry["object"], entry["after"]) == (done.job_id, seal({"number.txt": b"7"}))
    assert seal({"other.txt": b"7"}) != entry["after"] != seal({"number.txt": b"8"})


def test_the_values_of_an_error_are_kept_as_text_numbers_and_lists(settings: Settings) -> None:
    job = asked(settings)

    attempt(settings, held(settings), f"{TASKS}:refuse_a_floor")

    assert seen(settings, job).problem == {
        "code": "floor_unreachable",
        "params": {"demand": "floor(least=9, unit=A)", "least": 9, "staff": 3, "seats": 1},
    }


def test_who_lost_the_job_keeps_nothing(settings: Settings) -> None:
    job = asked(settings)
    lost = held(settings)
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        jobs.cancel(work, KIND, job.job_id)

    for task in ("count", "refuse"):
        attempt(settings, lost, f"{TASKS}:{task}")

    assert (seen(settings, job).state, kept(settings)) == (State.CANCELLED, 0)


def test_while_another_keeps_the_store_progress_is_not_told_and_the_work_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept_by_another(*_: object) -> None:
        raise StoreUnwritable(store="s")

    job = asked(settings)
    claim = held(settings)
    monkeypatch.setattr(jobs, "beat", kept_by_another)

    attempt(settings, claim, f"{TASKS}:count")

    assert seen(settings, job).state == State.DONE


def test_an_error_that_nobody_foresaw_is_logged_without_its_message(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    job = asked(settings)
    attempt(settings, held(settings), f"{TASKS}:break_down")

    problem = seen(settings, job).problem
    assert problem is not None
    assert problem["code"] == "job_broken"
    (line,) = [json.loads(record.getMessage()) for record in caplog.records]
    assert line["error"] == "ZeroDivisionError"
    assert line["reference"] == problem["params"]["reference"]
    assert "198505" not in str(line) + str(problem)
