"""A home whose worker tests may spoil, and what is asked of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.jobs import Job, Values
from mutasi.store.tables import JOB_FILES, JOBS
from pipelines import working
from pipelines.working import Task, worker
from tests.conftest import StoreOf

KIND = "plan"

Given = Callable[[str], None]
"""Lets a task of the tests, by name, do the jobs of a worker in this process."""


@pytest.fixture
def settings(store_of: StoreOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of a home that holds nothing: once in SQLite, once in PostgreSQL.

    Workers that a test starts as processes of their own find the store too.
    """
    home = tmp_path / "home"
    home.mkdir()
    url = store_of(home)
    monkeypatch.setenv("MUTASI_DATABASE", url)
    return Settings(home=home, database=url)


def task_of(name: str) -> Task:
    """Return a task of the tests that may be quiet for as long as its request says."""
    module = "tests.pipelines.working"
    return Task(f"{module}.{name}", f"{module}.tasks:quiet_seconds")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    def give(task: str) -> None:
        monkeypatch.setitem(working.TASKS, KIND, task_of(task))
        monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)

    return give


def asked(settings: Settings, request: Values | None = None) -> Job:
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        return jobs.queue(work, KIND, request or {"number": 1})


def seen(settings: Settings, job: Job) -> Job:
    with session.reading(session.engine(settings.database_url)) as work:
        return jobs.job(work, KIND, job.job_id)


def made(settings: Settings, job: Job, name: str) -> bytes:
    with session.reading(session.engine(settings.database_url)) as work:
        return jobs.file(work, KIND, job.job_id, name)


def kept(settings: Settings) -> int:
    """Return how many files of jobs are kept."""
    with session.reading(session.engine(settings.database_url)) as work:
        return work.scalar(sa.select(sa.func.count()).select_from(JOB_FILES)) or 0


def grow_silent(settings: Settings) -> None:
    """Let the last sign of life of every worker be a lease ago."""
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        work.execute(sa.update(JOBS).values(seen_at=JOBS.c.seen_at - jobs.SILENT_SECONDS))
