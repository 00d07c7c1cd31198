"""Long work: asked for by one process, done by another, and never half.

A job is a row.  Who works claims the oldest that waits by a conditional update, so two
never get the same; whatever is written of a job afterwards is written only while that
claim holds, so who was taken for dead, or whose job was cancelled meanwhile, writes
nothing.  What a job made comes with its end in one unit of work.

The only clock is the database's: workers on several machines agree on it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import (
    JobFileNotFound,
    JobGivenUp,
    JobGoingOn,
    JobNotFound,
    JobOver,
    JobUnfinished,
    KeyReused,
    TooManyJobs,
)
from mutasi.store import outbox, uploads
from mutasi.store.clock import NOW
from mutasi.store.tables import JOB_FILES, JOBS
from mutasi.store.uploads import Upload

SILENT_SECONDS: Final = 60
"""A worker that gave no sign for so long is taken for dead."""

MOST_ATTEMPTS: Final = 3
"""How often a job is begun whose workers die."""

MOST_OF_ONE: Final = 10
"""How many jobs of whoever asks may be going on: a program gone astray keeps nobody else
waiting for more than these, and a handful of scenarios can still be asked for at once."""

PATIENCE_SECONDS: Final = 30
"""After how long it is worth asking again when there are as many: about a plan's time."""

QUEUE: Final = "jobs"
"""Where those who write of jobs wait for each other: not behind an import."""

ID_BYTES = 12

Values = dict[str, Any]
"""JSON: of a request, of what is known of progress, of an error."""


class State(StrEnum):
    """What has become of a job; the last three are for good."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


GOING_ON = (State.QUEUED, State.RUNNING)


@dataclass(frozen=True)
class Job:
    """Work that was asked for.

    Attributes:
        job_id: What callers know it by.
        request: What was asked.
        state: What has become of it.
        attempts: How often it was begun.
        progress: How far it is, as its worker said last.
        problem: The error that ended it, as ``code`` and ``params``.
        asked_at: When it was asked for.
        started_at: When it was begun last.
        ended_at: When it was over.
    """

    job_id: str
    request: Values
    state: State
    attempts: int
    progress: Values | None
    problem: Values | None
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Claim:
    """A job that a worker may work on, until somebody else may or it is over.

    Attributes:
        number: The job's number.
        worker: Who may.
        kind: What is to be done.
        request: What was asked.
        job_id: What callers know it by.
    """

    number: int
    worker: str
    kind: str
    request: Values
    job_id: str


def queue(
    work: Connection,
    kind: str,
    request: Values,
    key: str | None = None,
    asker: str | None = None,
    handed_in: Sequence[Upload] = (),
) -> Job:
    """Ask for work; the same key and request again ask for nothing new.

    Args:
        work: The unit of work.
        kind: What is to be done.
        request: What is asked.
        key: By which the asker tells a repeated request from a new one.
        asker: Who asks; only so many jobs of theirs are going on.  None counts as nobody.
        handed_in: Files that belong to it; kept until it is over.

    Raises:
        KeyReused: If the key came before with another request.
        TooManyJobs: If so many of theirs are going on.
    """
    before = repeated(work, kind, request, key, asker)
    if before is not None:
        return before
    job_id = token_hex(ID_BYTES)
    said = {"kind": kind, "request": request, "asker": asker}
    known = {"job_id": job_id, "idempotency_key": _stored(key, asker)}
    begin = {"state": State.QUEUED, "attempts": 0, "asked_at": NOW}
    work.execute(sa.insert(JOBS).values(**known, **said, **begin))
    if asker is not None:
        count = work.scalar(sa.select(sa.func.count()).where(_going_on(kind, asker))) or 0
        if count > MOST_OF_ONE:
            raise TooManyJobs(name="jobs", count=MOST_OF_ONE, seconds=PATIENCE_SECONDS)
    made = _row(work, kind, job_id)
    uploads.keep(work, made.number, handed_in)
    return _job(made)


def repeated(
    work: Connection, kind: str, request: Values, key: str | None, asker: str | None = None
) -> Job | None:
    """Return the job that somebody asked for before by the same key; None if it is new.

    Raises:
        KeyReused: If the key came before with another request.
    """
    if key is None:
        return None
    same = sa.and_(JOBS.c.kind == kind, JOBS.c.idempotency_key == _stored(key, asker))
    row = work.execute(sa.select(JOBS).where(same)).one_or_none()
    if row is None:
        return None
    if row.request != request:
        raise KeyReused(idempotency_key=key)
    return _job(row)


def going_on(work: Connection, kind: str, asker: str, request: Values) -> Job | None:
    """Return a job that somebody asked for in the same words and that is not over, if any."""
    asked = work.execute(sa.select(JOBS).where(_going_on(kind, asker)).order_by(JOBS.c.number))
    return next((_job(row) for row in asked if row.request == request), None)


def _going_on(kind: str, asker: str) -> sa.ColumnElement[bool]:
    return sa.and_(JOBS.c.kind == kind, JOBS.c.asker == asker, JOBS.c.state.in_(GOING_ON))


def _stored(key: str | None, asker: str | None) -> str | None:
    """Return a key as it is kept: those of two who ask are not the same."""
    return key and " ".join(filter(None, (asker, key)))


def job(work: Connection, kind: str, job_id: str) -> Job:
    """Return a job.

    Raises:
        JobNotFound: If there is none of this kind and id.
    """
    return _job(_row(work, kind, job_id))


def newest(work: Connection, kind: str, limit: int, before: str | None = None) -> list[Job]:
    """Return jobs, those asked for last first.

    Args:
        work: The unit of work.
        kind: Of which kind.
        limit: The most jobs.
        before: Only those asked for before the one of this id.

    Raises:
        JobNotFound: If there is no job of that id.
    """
    asked = sa.select(JOBS).where(JOBS.c.kind == kind).order_by(JOBS.c.number.desc())
    if before is not None:
        asked = asked.where(JOBS.c.number < _row(work, kind, before).number)
    return [_job(row) for row in work.execute(asked.limit(limit))]


def cancel(work: Connection, kind: str, job_id: str) -> Job:
    """Cancel a job at once: its worker, if any, has lost it.

    Raises:
        JobNotFound: If there is none of this kind and id.
        JobOver: If it is done or failed.
    """
    which = (JOBS.c.kind == kind, JOBS.c.job_id == job_id, JOBS.c.state.in_(GOING_ON))
    ended = _update(work, *which, **_over(State.CANCELLED))
    found = job(work, kind, job_id)
    if not ended and found.state != State.CANCELLED:
        raise JobOver(job_id=job_id, state=found.state.value)
    if ended:
        _tell_end(work, kind, job_id, State.CANCELLED)
    return found


def delete(work: Connection, kind: str, job_id: str) -> None:
    """Delete a job that is over, with all that it made; its key is free again.

    Raises:
        JobNotFound: If there is none of this kind and id.
        JobGoingOn: If it waits or is being done.
    """
    found = _row(work, kind, job_id)
    if found.state in GOING_ON:
        raise JobGoingOn(job_id=job_id, state=found.state)
    work.execute(sa.delete(JOB_FILES).where(JOB_FILES.c.number == found.number))
    work.execute(sa.delete(JOBS).where(JOBS.c.number == found.number))


def file(work: Connection, kind: str, job_id: str, name: str) -> bytes:
    """Return what a job made.

    Raises:
        JobNotFound: If there is none of this kind and id.
        JobUnfinished: If it is not done, and left no such file when it failed.
        JobFileNotFound: If it made no file of that name.
    """
    found = _row(work, kind, job_id)
    named = sa.and_(JOB_FILES.c.number == found.number, JOB_FILES.c.name == name)
    content: bytes | None = work.scalar(sa.select(JOB_FILES.c.content).where(named))
    if content is None and found.state != State.DONE:
        raise JobUnfinished(job_id=job_id, state=found.state)
    if content is None:
        raise JobFileNotFound(job_id=job_id, name=name)
    return content


def files(work: Connection, kind: str, job_id: str) -> set[str]:
    """Return the names of the files that a job made.

    Raises:
        JobNotFound: If there is none of this kind and id.
    """
    number = _row(work, kind, job_id).number
    return set(work.scalars(sa.select(JOB_FILES.c.name).where(JOB_FILES.c.number == number)))


def claim(work: Connection, worker: str, kinds: Collection[str]) -> Claim | None:
    """Return the oldest job that waits, for this worker alone; None if none waits.

    Jobs whose workers gave no sign for :data:`SILENT_SECONDS` wait again, or have failed.
    """
    _take_back(work, JOBS.c.state == State.RUNNING, JOBS.c.seen_at <= NOW - SILENT_SECONDS)
    waiting = sa.and_(JOBS.c.state == State.QUEUED, JOBS.c.kind.in_(kinds))
    oldest = sa.select(JOBS).where(waiting).order_by(JOBS.c.number).limit(1)
    while (row := work.execute(oldest).one_or_none()) is not None:
        taken = {"state": State.RUNNING, "worker": worker, "progress": None}
        times = {"started_at": NOW, "seen_at": NOW, "attempts": JOBS.c.attempts + 1}
        if _update(work, JOBS.c.number == row.number, waiting, **taken, **times):
            return Claim(row.number, worker, row.kind, row.request, row.job_id)
    return None


def beat(work: Connection, held: Claim, progress: Values | None = None) -> bool:
    """Give a sign of life, and tell how far the work is; returns whether it still is this one's."""
    told = {} if progress is None else {"progress": progress}
    return _update(work, *_of(held), seen_at=NOW, **told)


def finish(work: Connection, held: Claim, files: Mapping[str, bytes]) -> bool:
    """End a job with what it made; returns False, and keeps nothing, if it was lost."""
    return _end(work, held, files, **_over(State.DONE))


def fail(
    work: Connection,
    held: Claim,
    code: str,
    params: Values,
    files: Mapping[str, bytes] | None = None,
) -> bool:
    """End a job with an error, and with what there is to say of it besides, if anything.

    Returns False, and keeps nothing, if it was lost.
    """
    problem = {"code": code, "params": params}
    return _end(work, held, files or {}, **_over(State.FAILED), problem=problem)


def _end(work: Connection, held: Claim, files: Mapping[str, bytes], **values: Any) -> bool:
    if not _update(work, *_of(held), **values):
        return False
    rows = [
        {"number": held.number, "name": name, "content": content} for name, content in files.items()
    ]
    if rows:
        work.execute(sa.insert(JOB_FILES), rows)
    _tell_end(work, held.kind, held.job_id, values["state"])
    return True


def release(work: Connection, held: Claim) -> bool:
    """Let others begin a job anew, as if it had not been begun; returns False if it was lost."""
    waiting = {"state": State.QUEUED, "worker": None, "progress": None}
    return _update(work, *_of(held), attempts=JOBS.c.attempts - 1, **waiting)


def abandon(work: Connection, held: Claim) -> None:
    """Tell that whatever worked on a job died: it waits again, or has failed."""
    _take_back(work, *_of(held))


def _take_back(work: Connection, *which: sa.ColumnElement[bool]) -> None:
    """Let jobs wait again, and end those that were begun too often."""
    is_last = JOBS.c.attempts >= MOST_ATTEMPTS
    params = {"attempts": MOST_ATTEMPTS}
    problem = {"code": JobGivenUp.code, "params": params}
    ended = sa.update(JOBS).where(*which, is_last).values(**_over(State.FAILED), problem=problem)
    for row in work.execute(ended.returning(JOBS.c.kind, JOBS.c.job_id)).all():
        _tell_end(work, row.kind, row.job_id, State.FAILED)
    _update(work, *which, state=State.QUEUED, worker=None, progress=None)


def _tell_end(work: Connection, kind: str, job_id: str, state: State) -> None:
    """Forget the files that were handed in, and write to who waits for the end of a job."""
    uploads.forget(work)
    outbox.tell(work, f"{kind}.ended", {f"{kind}_id": job_id, "state": state.value})


def _of(held: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what is true of a job while a claim holds."""
    return (
        JOBS.c.number == held.number,
        JOBS.c.worker == held.worker,
        JOBS.c.state == State.RUNNING,
    )


def _over(state: State) -> Values:
    return {"state": state, "worker": None, "progress": None, "ended_at": NOW}


def _update(work: Connection, *which: sa.ColumnElement[bool], **values: Any) -> bool:
    """Change jobs; returns whether there were any."""
    changed: Any = work.execute(sa.update(JOBS).where(*which).values(**values))
    return bool(changed.rowcount)


def _row(work: Connection, kind: str, job_id: str) -> Any:
    which = sa.and_(JOBS.c.kind == kind, JOBS.c.job_id == job_id)
    row = work.execute(sa.select(JOBS).where(which)).one_or_none()
    if row is None:
        raise JobNotFound(job_id=job_id)
    return row


def _job(row: Any) -> Job:
    return Job(
        job_id=row.job_id,
        request=row.request,
        state=State(row.state),
        attempts=row.attempts,
        progress=row.progress,
        problem=row.problem,
        asked_at=datetime.fromtimestamp(row.asked_at, UTC),
        started_at=_moment(row.started_at),
        ended_at=_moment(row.ended_at),
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
