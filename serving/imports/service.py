"""Imports as jobs of the store: asked for, looked at, what was wrong handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from mutasi.authority import Principal
from mutasi.bundle.rejected import Rejected
from mutasi.errors import CursorInvalid, DatedAhead, JobUnfinished, OptionMissing, OptionOther
from mutasi.results import QUARANTINE_FILE, REPORT_FILE
from mutasi.store import jobs, session, trail
from mutasi.store.jobs import Job, State, Values
from mutasi.store.trail import Action, Deed, Kind
from mutasi.store.uploads import Upload
from serving.imports.receiving import Format, Handed, shown
from serving.imports.schemas import ImportJob, ImportJobs, Quarantine
from serving.imports.wording import fault_in_words, job_in_words
from serving.jobs import Line
from serving.paging import require_limit
from serving.region import Store
from serving.trail import tell_read

KIND = Kind.IMPORT
REJECTED = TypeAdapter(tuple[Rejected, ...])


@dataclass(frozen=True)
class Order:
    """How files are to be taken in.

    Attributes:
        format: What they are.
        strict: Whether a file of which a row is bad is refused.
        since: Of peta: the first day on which the needs hold.
        as_of: Of siasn: the day of the export.
    """

    format: Format
    strict: bool = False
    since: date | None = None
    as_of: date | None = None

    def require_agreement(self, today: date) -> None:
        """Refuse options that do not go with the format, and an export that is yet to come.

        Whoever holds the command line may read files of another day; a caller may not.

        Raises:
            OptionOther: If an option is another format's.
            OptionMissing: If one is needed.
            DatedAhead: If the day of the export has not come.
        """
        for option, owner in (("since", "peta"), ("as_of", "siasn")):
            if getattr(self, option) is not None and self.format != owner:
                raise OptionOther(option=option, format=owner)
        if self.format == "peta" and self.since is None:
            raise OptionMissing(option="since", format=self.format)
        if self.as_of is not None and self.as_of > today:
            raise DatedAhead(on=self.as_of.isoformat(), today=today.isoformat())


def line(store: Store) -> Line:
    """Return imports as work that is asked for."""
    return Line(store, KIND)


def asked(
    store: Store, caller: Principal, order: Order, files: Sequence[Handed], key: str | None
) -> Job:
    """Ask for files to be taken in; the same again asks for nothing new while it is going on.

    Args:
        store: Where it is asked for.
        caller: Who asks.
        order: How they are to be taken in.
        files: They.
        key: By which the caller tells a repeated request from a new one, also once it is over.

    Raises:
        KeyReused: If the key came before with other files or another order.
        TooManyJobs: If as many imports of this caller are going on as may be.
        StoreUnwritable: If the store cannot take them.
    """
    said: Values = {
        "format": order.format,
        "strict": order.strict,
        "since": order.since and order.since.isoformat(),
        "as_of": order.as_of and order.as_of.isoformat(),
        "asker": caller.id,
        "files": [
            {"name": shown(file.name), "size": file.size, "digest": file.digest} for file in files
        ],
    }
    handed_in = [Upload(file.name, file.content) for file in files]
    with session.unit_of_work(store.engine, jobs.QUEUE) as work:
        before = (
            jobs.going_on(work, KIND, caller.id, said)
            if key is None
            else jobs.repeated(work, KIND, said, key, caller.id)
        )
        if before is not None:
            return before
        job = jobs.queue(work, KIND, said, key, caller.id, handed_in)
        trail.append(work, Deed(caller.id, Action.ASK, KIND, job.job_id))
        return job


def looked_at(store: Store, import_id: str, language: str) -> ImportJob:
    """Return what has become of an import.

    Raises:
        JobNotFound: If none was asked for under this id.
    """
    with session.reading(store.engine) as work:
        job = jobs.job(work, KIND, import_id)
        is_done = job.state == State.DONE
        report = jobs.file(work, KIND, import_id, REPORT_FILE) if is_done else None
    return job_in_words(job, language, report)


def latest(store: Store, limit: int, cursor: str | None, language: str) -> ImportJobs:
    """Return a page of imports, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    found, more = line(store).latest(limit, cursor)
    return ImportJobs(imports=[job_in_words(job, language) for job in found], next_cursor=more)


def quarantine(
    store: Store, caller: Principal, import_id: str, limit: int, cursor: str | None, language: str
) -> Quarantine:
    """Return a page of what is wrong with rows, in their order; who looks is on the trail.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
        JobNotFound: If no import was asked for under this id.
        JobUnfinished: If it is not over, or was cancelled.
        StoreUnwritable: If it cannot be put on the trail.
    """
    require_limit(limit)
    rejected = _rejected(store, import_id)
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal()):
        raise CursorInvalid(cursor=cursor)
    first = int(cursor or 0)
    last = first + limit
    tell_read(store, caller, KIND, [import_id])
    return Quarantine(
        total=len(rejected),
        faults=[fault_in_words(each, language) for each in rejected[first:last]],
        next_cursor=str(last) if last < len(rejected) else None,
    )


def _rejected(store: Store, import_id: str) -> tuple[Rejected, ...]:
    with session.reading(store.engine) as work:
        job = jobs.job(work, KIND, import_id)
        if job.state not in (State.DONE, State.FAILED):
            raise JobUnfinished(job_id=import_id, state=job.state.value)
        kept = jobs.files(work, KIND, import_id)
        if QUARANTINE_FILE not in kept:
            return ()
        return REJECTED.validate_json(jobs.file(work, KIND, import_id, QUARANTINE_FILE))
