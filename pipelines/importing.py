"""The import that a job asks for: files that were handed in, taken in as a command does."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Final

from mutasi import clock
from mutasi.bundle.reading import Bundle
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.stored import Stored
from mutasi.errors import BundleFileRejected, JobOver
from mutasi.private import make_folder
from mutasi.results import QUARANTINE_FILE, REPORT_FILE
from mutasi.settings import Settings
from mutasi.store import jobs, session, trail, uploads
from mutasi.store.jobs import Claim, Values
from mutasi.workflow.deadlines import latest_day
from pipelines.import_summary import plain
from pipelines.ingest import Told, reader_of, reading_first, take_in

PERCENT: Final = 100

MOST_LISTED: Final = 10_000
"""How many faults are kept to be looked at; all of them are counted."""

QUIET_SECONDS = 3600.0
"""A region of 50,000 people with twenty years is in within minutes; a busy machine takes longer."""


def quiet_seconds(_: Values) -> float:
    """Return how long an import may tell nothing: while it writes, nobody else can."""
    return QUIET_SECONDS


def import_asked(settings: Settings, held: Claim, told: Callable[[Values], None]) -> None:
    """Take in the files of a job, and end the job in the same unit of work.

    So the records are in once if the job is done, and not at all otherwise: not if it was
    cancelled meanwhile, nor if whoever works on it dies.

    Args:
        settings: Of this installation.
        held: The job; its request has the ``format``, ``strict``, ``since``, ``as_of`` and
            the ``asker``.
        told: Is told how far files are read, at most a hundred times of each kind, and then
            how many rows are stored, which is one step: while they are, nothing can be told.

    Raises:
        MutasiError: If a file cannot be used; nothing was stored.
        JobOver: If the job was lost meanwhile; nothing was stored.
    """
    told({"stage": "begin", "done": 0, "total": 0})
    asked, rejected = held.request, list[Rejected]()

    def listing(found: tuple[Rejected, ...]) -> str:
        rejected.extend(found)
        return f"/v1/imports/{held.job_id}/quarantine"

    reader = reader_of(
        asked["format"], latest_day(clock.now()), _day(asked["since"]), _day(asked["as_of"])
    )

    def read_whole(place: Path, stored: Stored, heard: Told) -> Bundle:
        found = reader(place, stored, heard)
        heard("store", 0, sum(map(len, found.frames.values())))
        return found

    store = session.engine(settings.database_url)
    try:
        with (
            _written(store, settings, held) as folder,
            reading_first(store, folder, read_whole, Heard(told)) as (work, read),
        ):
            taken = take_in(work, folder, read, _silent, listing, strict=asked["strict"])
            report = json.dumps(plain(taken.imported)).encode()
            if not jobs.finish(work, held, {REPORT_FILE: report, **_kept(rejected)}):
                raise JobOver(job_id=held.job_id, state=jobs.State.CANCELLED.value)
            trail.append(work, taken.by(asked["asker"], held.job_id))
    except BundleFileRejected as error:
        with session.unit_of_work(store, jobs.QUEUE) as work:
            jobs.fail(work, held, error.code, error.plain(), _kept(rejected))
    finally:
        store.dispose()


class Heard:
    """Tells a job how far files are read: whenever that is a whole percent more.

    Attributes:
        told: Is told.
    """

    def __init__(self, told: Callable[[Values], None]) -> None:
        self.told = told
        self._last: tuple[str, int] | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear how much of what is read."""
        news = (stage, PERCENT * done // max(total, 1))
        if news != self._last:
            self._last = news
            self.told({"stage": stage, "done": done, "total": total})


@contextmanager
def _written(store: session.Engine, settings: Settings, held: Claim) -> Iterator[Path]:
    """Yield a folder with the files of a job, which is gone afterwards.

    Folders of jobs that are over, whose workers died, go too: they hold records of people.

    Raises:
        DiskFull: If the disk does not take the files.
    """
    place = settings.working
    folder = place / held.job_id
    try:
        with session.reading(store) as work:
            waited_for = uploads.waited_for(work)
            for left in place.glob("*"):
                if left == folder or left.name not in waited_for:
                    shutil.rmtree(left, ignore_errors=True)
            with uploads.on_a_disk():
                make_folder(place)
                folder.mkdir(mode=0o700)
                uploads.write(work, held.number, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            place.rmdir()  # unless another job's files are in it


def _kept(rejected: list[Rejected]) -> dict[str, bytes]:
    """Return the file of what is wrong, as far as it is kept; none if nothing is."""
    if not rejected:
        return {}
    return {QUARANTINE_FILE: json.dumps([asdict(one) for one in rejected[:MOST_LISTED]]).encode()}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _silent(_: str, __: int, ___: int) -> None:
    """Tell nobody: SQLite has one writer, which is this one."""
