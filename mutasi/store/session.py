"""Connections: engines, units of work, migrations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import resources
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from mutasi.errors import (
    RevisionUnknown,
    StoreUnknown,
    StoreUnreadable,
    StoreUnwritable,
    ValueUnusable,
)
from mutasi.store import damaged, postgresql, sqlite

Engine = sa.Engine
"""Connections to a store, for whoever keeps them but knows no SQL."""

Work = sa.Connection
"""A unit of work, for whoever does it but knows no SQL."""

LATEST = "0014"
"""The revision that this code works with; a store beyond it is of a later version."""


QUEUE = "store"
"""Where writers wait for each other unless they say otherwise."""

LOOKING = "looking"
"""Where those wait for each other who only look whether there could be writers."""


def engine(url: str, *, pooled: bool = False) -> sa.Engine:
    """Return an engine for a store, brought up to date.

    A SQLite file is made with its folder if it is not there; a database of
    PostgreSQL must be there.

    Args:
        url: As SQLAlchemy writes it, ``sqlite:///artifacts/mutasi.db`` or
            ``postgresql://user@host/database``.
        pooled: Keep connections for the next work, until the engine is disposed of:
            for a process that stays.

    Raises:
        StoreUnknown: If the URL is none, or of a database that is not known.
        StoreUnreadable: If what is there is no store, or nothing can be there.
    """
    made = opened(url, pooled=pooled)
    if revision(made) != LATEST:
        upgrade(made)
    return made


def opened(url: str, *, pooled: bool = False) -> sa.Engine:
    """Return an engine as it is, without migrations.

    Raises:
        StoreUnknown: If the URL is none, or of a database that is not known.
    """
    try:
        place = sa.make_url(url)
        made = KINDS[place.get_backend_name()]
    except (sa.exc.ArgumentError, KeyError):
        raise StoreUnknown(store=url.partition(":")[0]) from None  # the rest may hold a password
    return made(place, None if pooled else sa.NullPool)


KINDS: Final[dict[str, Callable[[sa.URL, type[sa.Pool] | None], sa.Engine]]] = {
    "sqlite": sqlite.engine,
    "postgresql": postgresql.engine,
}
"""The databases that a store may be in."""


def revision(made: sa.Engine) -> str | None:
    """Return the revision of a store; none if it was never made.

    Raises:
        StoreUnreadable: If it cannot be told.
    """
    if made.dialect.name == "sqlite" and sqlite.is_absent(made.url):
        return None
    with _told(made, StoreUnreadable), made.begin() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return found


def is_known(revision: str) -> bool:
    """Return whether a revision is one that this code can bring a store up from."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    with resources.as_file(resources.files("mutasi.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        known = ScriptDirectory.from_config(config)
        return revision in {each.revision for each in known.walk_revisions()}


def upgrade(made: sa.Engine) -> None:
    """Bring a store up to the latest revision; whoever else would at the same time waits.

    Raises:
        StoreUnreadable: If it is of a later version, or cannot be changed.
    """
    from alembic.util import CommandError

    with (
        _told(made, StoreUnreadable, CommandError),
        made.execution_options(writes=QUEUE).begin() as connection,
    ):
        migrate(connection, LATEST)


def downgrade(
    made: sa.Engine, to: str, told: Callable[[Work, list[str]], None] = lambda *_: None
) -> None:
    """Bring a store down to an earlier revision; what later ones brought is lost.

    Args:
        made: The store.
        to: The revision.
        told: Is told the names of the tables that are dropped, in the same unit of work.

    Raises:
        RevisionUnknown: If there is no such revision before the store's.
        StoreUnreadable: If the store cannot be changed.
    """
    from alembic.util import CommandError

    try:
        with (
            _told(made, StoreUnreadable),
            made.execution_options(writes=QUEUE).begin() as connection,
        ):
            before = sa.inspect(connection).get_table_names()
            migrate(connection, to, down=True)
            left = sa.inspect(connection).get_table_names()
            told(connection, sorted(set(before) - set(left)))
    except CommandError as failure:
        raise RevisionUnknown(revision=to) from failure


def require_writable(made: sa.Engine) -> None:
    """Refuse a store that could keep nothing now, and leave it as it is.

    Raises:
        StoreUnwritable: If it is away, may only be read, or its disk is full.
    """
    with _told(made, StoreUnwritable, OSError):
        if made.dialect.name == "sqlite":
            sqlite.require_room(made.url)
            return
        with made.execution_options(writes=LOOKING).begin() as connection:
            postgresql.require_room(connection)


def shown(made: sa.Engine) -> str:
    """Return where a store is as anybody may read it: without passwords."""
    return made.url.set(query={}).render_as_string()


def files(made: sa.Engine) -> tuple[Path, ...]:
    """Return the files that a store of SQLite may be in; of PostgreSQL none."""
    return sqlite.files(made.url) if made.dialect.name == "sqlite" else ()


def migrate(connection: sa.Connection, revision: str, *, down: bool = False) -> None:
    """Bring a store up to a revision, or down to one; ``base`` empties it.

    Raises:
        CommandError: If there is no way to the revision.
    """
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files("mutasi.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


@contextmanager
def unit_of_work(made: sa.Engine, queue: str = QUEUE) -> Iterator[Work]:
    """Yield a connection whose work is kept as a whole, or not at all.

    The only place that commits: one request or job is one transaction.

    Args:
        made: The store.
        queue: Writers of one queue wait for each other from the first statement
            on, so that what they read stays true while they write. PostgreSQL
            lets other queues pass meanwhile; SQLite has one for all.

    Raises:
        StoreUnwritable: If the store is away, damaged, locked for too long, or full.
        ValueUnusable: If what is written or looked for is nothing that a store holds.
    """
    with _told(made, StoreUnwritable), made.execution_options(writes=queue).begin() as work:
        yield work


@contextmanager
def reading(made: sa.Engine, *, damaged_too: bool = False) -> Iterator[Work]:
    """Yield a connection that only reads, and sees one state of the store throughout.

    Args:
        made: The store.
        damaged_too: Whether texts are read too that are none, for who verifies.

    Raises:
        StoreUnreadable: If the store went away or was damaged meanwhile.
        ValueUnusable: If what is looked for is nothing that a store holds.
    """
    read = damaged.readable if damaged_too else nullcontext
    with _told(made, StoreUnreadable), made.begin() as work, read(work):
        yield work


@contextmanager
def _told(
    made: sa.Engine,
    error: type[StoreUnreadable | StoreUnwritable],
    *more: type[Exception],
) -> Iterator[None]:
    """Name failures of a database as ours, without passwords.

    Those of its driver too: rows are fetched and copied without SQLAlchemy.
    """
    driver = made.dialect.loaded_dbapi
    failures: tuple[type[Exception], ...] = (sa.exc.DBAPIError, driver.Error, *more)
    try:
        yield
    except sa.exc.IntegrityError:  # of what is kept, not of the database
        raise
    except (sa.exc.DataError, driver.DataError) as failure:  # likewise
        raise ValueUnusable from failure
    except failures as failure:
        raise error(store=shown(made)) from failure
