"""Files that are handed in with a job: kept in pieces until the job is over, and no longer.

Whoever does the job may be on another machine, so the store is the one place that both
reach.  Pieces, because neither side then needs more memory than one of them.
"""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import DiskFull
from mutasi.store.tables import JOB_UPLOADS, JOBS

PIECE_BYTES: Final = 1 << 20
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Upload:
    """A file that somebody hands in.

    Attributes:
        name: What it is called: no path.
        content: It, from its beginning.
    """

    name: str
    content: BinaryIO


@contextmanager
def on_a_disk() -> Iterator[None]:
    """Name a full disk as ours.

    Raises:
        DiskFull: If the disk does not take what is written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise


def keep(work: Connection, number: int, uploads: Sequence[Upload]) -> None:
    """Keep the files of a job, by the number of the job."""
    for upload in uploads:
        place = 0
        while content := upload.content.read(PIECE_BYTES):
            row = {"number": number, "name": upload.name, "place": place, "content": content}
            work.execute(sa.insert(JOB_UPLOADS), [row])
            place += 1


def write(work: Connection, number: int, folder: Path) -> None:
    """Write the files of a job into a folder, under their names.

    Raises:
        OSError: If the disk does not take them.
    """
    pieces = (
        sa.select(JOB_UPLOADS.c.name, JOB_UPLOADS.c.content)
        .where(JOB_UPLOADS.c.number == number)
        .order_by(JOB_UPLOADS.c.name, JOB_UPLOADS.c.place)
        .execution_options(yield_per=1)
    )
    for name, content in work.execute(pieces):
        with (folder / name).open("ab") as file:
            file.write(content)


def waited_for(work: Connection) -> set[str]:
    """Return the ids of the jobs whose files are kept."""
    known = sa.select(JOB_UPLOADS.c.number)
    return set(work.scalars(sa.select(JOBS.c.job_id).where(JOBS.c.number.in_(known))))


def forget(work: Connection) -> None:
    """Forget the files of all jobs that are over."""
    over = sa.select(JOBS.c.number).where(JOBS.c.ended_at.is_not(None))
    work.execute(sa.delete(JOB_UPLOADS).where(JOB_UPLOADS.c.number.in_(over)))
