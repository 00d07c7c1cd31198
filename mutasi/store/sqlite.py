"""A store in a file of SQLite: the default, for one machine."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

SECONDS_TO_WAIT = 10.0
"""How long a writer waits for another before it gives up."""


def engine(place: sa.URL, pool: type[sa.Pool] | None) -> sa.Engine:
    """Return an engine; the folder of the file is made if it is not there.

    Writers wait for each other, readers for nobody (WAL).
    """
    if place.database:
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
    made = sa.create_engine(place, poolclass=pool)
    event.listen(made, "connect", _configured)
    event.listen(made, "begin", _begun)
    return made


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
