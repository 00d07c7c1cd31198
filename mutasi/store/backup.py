"""Backups of a whole store, made while it is in use, and stores restored from them.

SQLite copies itself page by page into a file of its own kind; PostgreSQL is copied by
its own programs, ``pg_dump`` and ``pg_restore``.  Either way the copy is one state.

Beside each lies its digest, as ``sha256sum`` writes and checks it: neither database notices
every byte that changed in a file of its own.  It shows damage; who can write the one file
can write the other too.
"""

import hashlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from mutasi.errors import (
    BackupChanged,
    BackupFailed,
    BackupUnproven,
    BackupUnusable,
    PlaceTaken,
    ProgramMissing,
    StoreUnreadable,
)
from mutasi.private import OWNER_ONLY, make_folder
from mutasi.store import session

DIGEST: Final = re.compile("[0-9a-f]{64}", re.IGNORECASE)


def back_up(url: str, file: Path, told: Callable[[str], None] = lambda _: None) -> None:
    """Write a copy of a store into a file, with its digest beside it, whole or not at all.

    Args:
        url: Of the store.
        file: Where to.
        told: Is told the digest before the file is there; what it raises leaves none.

    Raises:
        PlaceTaken: If there is such a file, or a digest of one.
        StoreUnreadable: If the store cannot be read.
        ProgramMissing: If PostgreSQL's programs are not installed.
        BackupFailed: If they give up.
    """
    proof = digest_file(file)
    for place in (file, proof):
        if place.exists():
            raise PlaceTaken(path=place)
    made = session.opened(url)
    if session.revision(made) is None:
        raise StoreUnreadable(store=session.shown(made))
    make_folder(file.parent)
    beside = file.with_name(f"{file.name}.part")
    beside.touch(OWNER_ONLY)
    try:
        if made.dialect.name == "sqlite":
            _copied(Path(made.url.database or ""), beside)
        else:
            _run(made, "pg_dump", "--format=custom", "--no-owner", "--file", str(beside))
        digest = _digest(beside)
        told(digest)
        proof.touch(OWNER_ONLY)
        proof.write_text(f"{digest}  {file.name}\n", encoding="utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
        if not file.exists():
            proof.unlink(missing_ok=True)
        made.dispose()


def digest_file(file: Path) -> Path:
    """Return where the digest of a backup is."""
    return file.with_name(f"{file.name}.sha256")


def restore(url: str, file: Path, *, without_digest: bool = False) -> str:
    """Make a store of what a backup holds, brought up to date, whole or not at all.

    Args:
        url: Where the store should be: a SQLite file that is not there yet, or an
            empty database of PostgreSQL.
        file: A backup of the same kind of store.
        without_digest: Whether the backup may have none; one that it has must fit.

    Returns:
        The digest of the backup.

    Raises:
        BackupChanged: If it is not what the digest beside it says.
        BackupUnproven: If there is none, and there has to be.
        PlaceTaken: If there is a store already.
        BackupUnusable: If the file is no backup of this kind, or damaged.
        StoreUnreadable: If the database cannot be reached, or what is in it now is of
            a later version.
        ProgramMissing: If PostgreSQL's programs are not installed.
    """
    digest = _proven(file, without_digest=without_digest)
    made = session.opened(url)
    try:
        if _holds_something(made):
            raise PlaceTaken(path=session.shown(made))
        if made.dialect.name == "sqlite":
            _restored(file, Path(made.url.database or ""))
        else:
            _run(made, "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", file)
            session.upgrade(made)
    except (BackupFailed, sqlite3.DatabaseError) as failure:
        raise BackupUnusable(path=file) from failure
    finally:
        made.dispose()
    return digest


def _proven(file: Path, *, without_digest: bool) -> str:
    """Return the digest of a backup that is what was written.

    Raises:
        BackupChanged: If it is not what the digest beside it says.
        BackupUnproven: If there is none, and there has to be.
    """
    digest, proof = _digest(file), digest_file(file)
    try:
        said = DIGEST.search(proof.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        if without_digest:
            return digest
        raise BackupUnproven(path=file, proof=proof) from None
    if said is None or said[0].lower() != digest:
        raise BackupChanged(path=file, proof=proof)
    return digest


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _holds_something(made: sa.Engine) -> bool:
    if made.dialect.name == "sqlite":
        return Path(made.url.database or "").exists()
    return session.revision(made) is not None or bool(sa.inspect(made).get_table_names())


def _restored(file: Path, place: Path) -> None:
    """Put a backup where the store should be, unless it is damaged or no store of ours.

    Raises:
        sqlite3.DatabaseError: If it is damaged, or of no store.
        BackupUnusable: If it is of a later version.
    """
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as reader:
        reader.execute("SELECT version_num FROM alembic_version")
        faults = reader.execute("PRAGMA integrity_check").fetchall()
    if faults != [("ok",)]:
        raise sqlite3.DatabaseError(str(faults[0]))
    make_folder(place.parent)
    beside = place.with_name(f"{place.name}.part")
    beside.touch(OWNER_ONLY)
    made = session.opened(f"sqlite:///{beside}")
    try:
        _copied(file, beside)
        session.upgrade(made)
        made.dispose()
        beside.replace(place)
    except StoreUnreadable as failure:
        raise BackupUnusable(path=file) from failure
    finally:
        made.dispose()
        for left in place.parent.glob(f"{beside.name}*"):
            left.unlink()


def _copied(source: Path, target: Path) -> None:
    """Copy a SQLite file as it is at one moment, whoever writes meanwhile.

    Raises:
        BackupFailed: If it cannot be read, or the copy not be written.
    """
    try:
        _copied_by_pages(source, target)
    except sqlite3.Error as failure:
        raise BackupFailed(program="sqlite", reason=failure) from failure


def _copied_by_pages(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source)) as reader,
        closing(sqlite3.connect(target)) as writer,
    ):
        reader.backup(writer)


def _run(made: sa.Engine, program: str, *words: str | Path) -> None:
    """Run a program of PostgreSQL on a database; its password is in no list of processes.

    Raises:
        ProgramMissing: If it is not installed.
        BackupFailed: If it gives up.
    """
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(program=program)
    with _reached(made) as place:
        done = subprocess.run(  # noqa: S603 -- no shell, and words of our own
            [found, "--dbname", place, *map(str, words)],
            check=False,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        said = (done.stderr.strip() or str(done.returncode)).splitlines()[-1]
        raise BackupFailed(program=program, reason=said)


@contextmanager
def _reached(made: sa.Engine) -> Iterator[str]:
    """Yield how a program reaches a database; the password is in a file that is gone afterwards."""
    told = made.url.translate_connect_args(username="user", database="dbname")
    told.update(made.url.query)
    password = told.pop("password", None)
    if password is None:
        yield make_conninfo(**told)
        return
    with tempfile.NamedTemporaryFile("w", prefix="mutasi-", suffix=".pgpass") as file:
        kept = password.replace("\\", "\\\\").replace(":", "\\:")
        file.write(f"*:*:*:*:{kept}\n")
        file.flush()
        yield make_conninfo(passfile=file.name, **told)
