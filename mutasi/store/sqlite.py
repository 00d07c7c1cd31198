"""A store in a file of SQLite: the default, for one machine."""

import os
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from mutasi.private import OWNER_ONLY, make_folder

ROOM = 1 << 20
"""Bytes that must be free: more than any decision takes, with its receipt and its entry."""

SECONDS_TO_WAIT = 10.0
"""How long a writer waits for another before it gives up."""


def engine(place: sa.URL, pool: type[sa.Pool] | None) -> sa.Engine:
    """Return an engine; file and folder are made by the first connection.

    Writers wait for each other, readers for nobody (WAL).
    """
    made = sa.create_engine(place, poolclass=pool)
    event.listen(made, "do_connect", _placed)
    event.listen(made, "connect", _configured)
    event.listen(made, "begin", _begun)
    return made


def is_absent(place: sa.URL) -> bool:
    """Return whether there is no file yet, which connecting would make."""
    return bool(place.database) and not Path(str(place.database)).exists()


def files(place: sa.URL) -> tuple[Path, ...]:
    """Return the file, and those that SQLite makes beside it while it is in use."""
    file = Path(str(place.database))
    return (file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm")))


def require_room(place: sa.URL) -> None:
    """Refuse a store whose disk takes no more: a file without a name is written beside it.

    A transaction that is taken back would write nothing there: SQLite does so at its end.

    Raises:
        OSError: If it takes no more, or may not be written.
    """
    file = Path(str(place.database))
    if not os.access(file, os.W_OK):
        raise PermissionError(file)
    with tempfile.TemporaryFile(dir=file.parent) as beside:
        beside.write(os.urandom(ROOM))  # by chance: there are disks that keep zeros as nothing


def _placed(_: Any, __: Any, arguments: list[str], ___: Any) -> None:
    """Make the file that is about to be opened, if it is not there, and its folder.

    What SQLite makes beside it takes its mode.
    """
    if arguments and arguments[0] != ":memory:":
        file = Path(arguments[0])
        make_folder(file.parent)
        with suppress(OSError):  # it is there, or SQLite tells what keeps it from being made
            file.touch(OWNER_ONLY, exist_ok=False)


def _configured(connection: sqlite3.Connection, _: Any) -> None:
    """Let SQLAlchemy begin transactions itself, and make SQLite strict."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={SECONDS_TO_WAIT * 1000:.0f}",
        "synchronous=NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
