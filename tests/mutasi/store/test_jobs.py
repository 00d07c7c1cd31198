"""Jobs: done once, by whoever holds the claim, whole or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import (
    JobGoingOn,
    JobNotFound,
    JobOver,
    JobUnfinished,
    KeyReused,
    StoreUnreadable,
    TooManyJobs,
)
from mutasi.store import jobs, postgresql, session, sqlite
from mutasi.store.jobs import Claim, Job, State
from mutasi.store.tables import JOB_FILES, JOBS

KIND = "counting"
FILES = {"sum.txt": b"3", "proof.txt": b"1 + 2"}


def asked(store: sa.Engine, number: int = 1, key: str | None = None) -> Job:
    with session.unit_of_work(store) as work:
        return jobs.queue(work, KIND, {"number": number}, key)


def claimed(store: sa.Engine, worker: str = "one") -> Claim | None:
    with session.unit_of_work(store) as work:
        return jobs.claim(work, worker, [KIND])


def held(store: sa.Engine, worker: str = "one") -> Claim:
    claim = claimed(store, worker)
    assert claim is not None
    return claim


def done(store: sa.Engine, claim: Claim) -> bool:
    with session.unit_of_work(store) as work:
        return jobs.finish(work, claim, FILES)


def seen(store: sa.Engine, job: Job) -> Job:
    with session.reading(store) as work:
        return jobs.job(work, KIND, job.job_id)


def grow_silent(store: sa.Engine, seconds: int = jobs.SILENT_SECONDS) -> None:
    """Let the last sign of life of every worker be longer ago."""
    with session.unit_of_work(store) as work:
        work.execute(sa.update(JOBS).values(seen_at=JOBS.c.seen_at - seconds))


def test_what_is_asked_waits(store: sa.Engine) -> None:
    job = asked(store)

    assert (job.state, job.attempts, job.started_at, job.ended_at) == (State.QUEUED, 0, None, None)
    assert seen(store, job) == job


def test_the_oldest_is_claimed_first_and_by_one_alone(store: sa.Engine) -> None:
    first, second = asked(store, 1), asked(store, 2)

    assert held(store, "one").request == {"number": 1}
    assert held(store, "two").request == {"number": 2}
    assert claimed(store, "three") is None
    assert {seen(store, job).state for job in (first, second)} == {State.RUNNING}


def test_workers_that_claim_at_once_never_get_the_same(url: str, store: sa.Engine) -> None:
    for number in range(40):
        asked(store, number)

    def worked(worker: int) -> list[int]:
        own = session.engine(url)
        found = []
        while (claim := claimed(own, str(worker))) is not None:
            found.append(claim.number)
            assert done(own, claim)
        own.dispose()
        return found

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for each in pool.map(worked, range(4)) for number in each]

    assert len(numbers) == 40
    assert len(set(numbers)) == 40


def test_other_work_is_left_to_others(store: sa.Engine) -> None:
    asked(store)

    with session.unit_of_work(store) as work:
        assert jobs.claim(work, "one", ["weaving"]) is None


def test_what_was_made_comes_with_the_end(store: sa.Engine) -> None:
    job = asked(store)

    assert done(store, held(store))

    over = seen(store, job)
    assert (over.state, over.attempts, over.progress) == (State.DONE, 1, None)
    assert over.ended_at is not None
    with session.reading(store) as work:
        assert jobs.file(work, KIND, job.job_id, "sum.txt") == b"3"


def test_progress_is_told_while_it_goes_on(store: sa.Engine) -> None:
    job, claim = asked(store), held(store)

    with session.unit_of_work(store) as work:
        assert jobs.beat(work, claim, {"stage": "search"})
        assert jobs.beat(work, claim)

    assert seen(store, job).progress == {"stage": "search"}


def test_an_error_ends_a_job_and_is_kept(store: sa.Engine) -> None:
    job, claim = asked(store), held(store)

    with session.unit_of_work(store) as work:
        assert jobs.fail(work, claim, "plan_impossible", {"demands": ["a", "b"]})

    assert seen(store, job).state == State.FAILED
    assert seen(store, job).problem == {
        "code": "plan_impossible",
        "params": {"demands": ["a", "b"]},
    }


def test_who_was_silent_for_long_has_lost_the_job_to_another(store: sa.Engine) -> None:
    job, dead = asked(store), held(store, "dead")
    grow_silent(store)
    alive = held(store, "alive")

    assert not done(store, dead)
    assert done(store, alive)

    assert (seen(store, job).state, seen(store, job).attempts) == (State.DONE, 2)
    with session.reading(store) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(JOB_FILES)) == len(FILES)


def test_who_gave_a_sign_of_life_keeps_the_job(store: sa.Engine) -> None:
    asked(store)
    claim = held(store)
    grow_silent(store, jobs.SILENT_SECONDS - 5)

    assert claimed(store, "another") is None
    with session.unit_of_work(store) as work:
        assert jobs.beat(work, claim)


def test_a_job_whose_workers_all_die_fails_with_the_reason(store: sa.Engine) -> None:
    job = asked(store)
    for attempt in range(jobs.MOST_ATTEMPTS):
        held(store, str(attempt))
        grow_silent(store)

    assert claimed(store) is None
    assert seen(store, job).state == State.FAILED
    assert seen(store, job).problem == {"code": "job_given_up", "params": {"attempts": 3}}


def test_what_is_abandoned_waits_again_until_it_was_begun_too_often(store: sa.Engine) -> None:
    job = asked(store)
    states = []
    for _ in range(jobs.MOST_ATTEMPTS):
        with session.unit_of_work(store) as work:
            claim = jobs.claim(work, "one", [KIND])
            assert claim is not None
            jobs.abandon(work, claim)
        states.append(seen(store, job).state)

    assert states == [State.QUEUED, State.QUEUED, State.FAILED]


def test_what_is_released_was_never_begun(store: sa.Engine) -> None:
    job, claim = asked(store), held(store)

    with session.unit_of_work(store) as work:
        assert jobs.release(work, claim)
        assert not jobs.release(work, claim)

    assert (seen(store, job).state, seen(store, job).attempts) == (State.QUEUED, 0)


@pytest.mark.parametrize("is_begun", [False, True])
def test_what_is_cancelled_is_lost_to_its_worker(store: sa.Engine, is_begun: bool) -> None:
    job = asked(store)
    claim = held(store) if is_begun else None

    with session.unit_of_work(store) as work:
        assert jobs.cancel(work, KIND, job.job_id).state == State.CANCELLED
        assert jobs.cancel(work, KIND, job.job_id).state == State.CANCELLED

    assert claimed(store, "another") is None
    if claim is not None:
        assert not done(store, claim)
        with session.unit_of_work(store) as work:
            assert not jobs.beat(work, claim)
            assert not jobs.fail(work, claim, "error", {})
    assert seen(store, job).state == State.CANCELLED


def test_what_is_done_cannot_be_cancelled(store: sa.Engine) -> None:
    job = asked(store)
    done(store, held(store))

    with session.unit_of_work(store) as work, pytest.raises(JobOver):
        jobs.cancel(work, KIND, job.job_id)


def test_the_same_key_and_request_ask_for_nothing_new(store: sa.Engine) -> None:
    first = asked(store, 1, key="k")

    assert asked(store, 1, key="k").job_id == first.job_id
    assert asked(store, 1, key="l").job_id != first.job_id
    assert asked(store, 1).job_id != asked(store, 1).job_id


def test_a_key_that_came_with_another_request_is_refused(store: sa.Engine) -> None:
    asked(store, 1, key="k")

    with pytest.raises(KeyReused):
        asked(store, 2, key="k")


def test_one_key_sent_at_once_asks_once(url: str) -> None:
    session.engine(url).dispose()

    def sent(_: int) -> str:
        own = session.engine(url)
        job = asked(own, 1, key="k")
        own.dispose()
        return job.job_id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(sent, range(12)))) == 1


def test_the_newest_come_first_page_by_page(store: sa.Engine) -> None:
    ids = [asked(store, number).job_id for number in range(5)]

    with session.reading(store) as work:
        page = [job.job_id for job in jobs.newest(work, KIND, 2)]
        rest = [job.job_id for job in jobs.newest(work, KIND, 9, before=page[-1])]
        assert jobs.newest(work, "weaving", 9) == []

    assert page + rest == ids[::-1]


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda work: jobs.job(work, KIND, "x"), id="to see it"),
        pytest.param(lambda work: jobs.cancel(work, KIND, "x"), id="to cancel it"),
        pytest.param(lambda work: jobs.file(work, KIND, "x", "sum.txt"), id="for a file"),
        pytest.param(lambda work: jobs.newest(work, KIND, 9, before="x"), id="for older ones"),
    ],
)
def test_a_job_that_there_is_not_is_told(
    store: sa.Engine, look: Callable[[Connection], object]
) -> None:
    with session.unit_of_work(store) as work, pytest.raises(JobNotFound):
        look(work)


def test_what_is_not_done_has_made_nothing(store: sa.Engine) -> None:
    job = asked(store)

    with session.reading(store) as work, pytest.raises(JobUnfinished):
        jobs.file(work, KIND, job.job_id, "sum.txt")


def test_a_store_that_another_keeps_is_told(
    url: str, store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (sqlite, postgresql):
        monkeypatch.setattr(kind, "SECONDS_TO_WAIT", 0.05)
    other = session.opened(url)

    with session.unit_of_work(store) as work:
        jobs.queue(work, KIND, {})
        with pytest.raises(StoreUnreadable), session.unit_of_work(other) as late:
            jobs.queue(late, KIND, {})
    other.dispose()


def test_whoever_asks_has_only_so_many_jobs_going_on(store: sa.Engine) -> None:
    def ask(asker: str | None, key: str | None = None) -> Job:
        with session.unit_of_work(store) as work:
            return jobs.queue(work, KIND, {}, key, asker)

    first = ask("one", "key")
    for _ in range(jobs.MOST_OF_ONE - 1):
        ask("one")
    held(store)

    with pytest.raises(TooManyJobs):
        ask("one")
    assert ask("one", "key").job_id == first.job_id
    assert ask("two").state == State.QUEUED
    assert ask(None).state == State.QUEUED
    with session.unit_of_work(store) as work:
        jobs.cancel(work, KIND, first.job_id)
    assert ask("one").state == State.QUEUED


def test_a_job_that_is_over_is_deleted_with_all_that_it_made(store: sa.Engine) -> None:
    job, kept = asked(store, 1, "key"), asked(store, 2)
    assert done(store, held(store))
    assert done(store, held(store))

    with session.unit_of_work(store) as work:
        jobs.delete(work, KIND, job.job_id)

    with pytest.raises(JobNotFound):
        seen(store, job)
    with session.reading(store) as work:
        assert jobs.file(work, KIND, kept.job_id, "sum.txt") == FILES["sum.txt"]
        assert len(work.execute(sa.select(JOB_FILES)).all()) == len(FILES)
    assert asked(store, 3, "key").state == State.QUEUED


def test_a_job_that_is_going_on_is_not_deleted(store: sa.Engine) -> None:
    job = asked(store)
    for _ in range(2):
        with pytest.raises(JobGoingOn), session.unit_of_work(store) as work:
            jobs.delete(work, KIND, job.job_id)
        claimed(store)

    assert seen(store, job).state == State.RUNNING
