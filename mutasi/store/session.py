"""Connections: engines, units of work, migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import event
from sqlalchemy.orm import Session

from mutasi.errors import StoreUnreadable

Engine = sa.Engine
"""Connections to a store, for whoever keeps them but knows no SQL."""

LATEST = "0003"
"""The revision that this code works with; a store beyond it is of a later version."""


def engine(url: str) -> sa.Engine:
    """Return an engine for a store, brought up to date.

    A SQLite file is made with its folder if it is not there. Writers wait for
    each other, readers for nobody (WAL).

    Args:
        url: As SQLAlchemy writes it, ``sqlite:///artifacts/mutasi.db``.

    Raises:
        StoreUnreadable: If what is there is no store, or nothing can be there.
    """
    made = opened(url)
    try:
        with made.begin() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current != LATEST:
            with made.execution_options(writes=True).begin() as connection:
                migrate(connection, LATEST)
    except (sa.exc.DBAPIError, CommandError) as error:
        raise StoreUnreadable(store=made.url.render_as_string()) from error
    return made


def opened(url: str) -> sa.Engine:
    """Return an engine as it is, without migrations."""
    place = sa.make_url(url)
    if place.get_backend_name() == "sqlite":
        if place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        made = sa.create_engine(place)
        event.listen(made, "connect", _configured)
        event.listen(made, "begin", _begun)
        return made
    return sa.create_engine(place)


def migrate(connection: sa.Connection, revision: str) -> None:
    """Bring a store to a revision, up or down; ``base`` empties it."""
    with as_file(files("mutasi.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        if revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


@contextmanager
def unit_of_work(made: sa.Engine) -> Iterator[Session]:
    """Yield a session whose work is kept as a whole, or not at all.

    The only place that commits: one request or job is one transaction.

    Raises:
        StoreUnreadable: If the store went away or was damaged, or another kept it for too long.
    """
    try:
        with Session(made.execution_options(writes=True)) as work, work.begin():
            yield work
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DBAPIError as error:
        raise StoreUnreadable(store=made.url.render_as_string()) from error


@contextmanager
def reading(made: sa.Engine) -> Iterator[Session]:
    """Yield a session that only reads, and sees one state of the store throughout.

    Raises:
        StoreUnreadable: If the store went away or was damaged meanwhile.
    """
    try:
        with Session(made) as work, work.begin():
            yield work
    except sa.exc.DBAPIError as error:
        raise StoreUnreadable(store=made.url.render_as_string()) from error


def _configured(connection: sqlite3.Connection, _: Any) -> None:
    """Let SQLAlchemy begin transactions itself, and make SQLite strict."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
