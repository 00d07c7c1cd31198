"""A store in a database of PostgreSQL 15 or later, for a service of several processes."""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy import event

DRIVER = "postgresql+psycopg"
SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT = 10.0
"""How long a writer waits for another before it gives up."""

LOCKS = 0x4D555441
"""Marks our advisory locks among those of others in the same database ("MUTA")."""


def engine(place: sa.URL, pool: type[sa.Pool] | None) -> sa.Engine:
    """Return an engine; the database must be there.

    Connections that the server dropped meanwhile are made anew.
    """
    made = sa.create_engine(
        place.set(drivername=DRIVER),
        poolclass=pool,
        pool_pre_ping=True,
        connect_args={
            "application_name": "mutasi",
            "client_encoding": "utf8",
            "connect_timeout": SECONDS_TO_CONNECT,
        },
    )
    event.listen(made, "begin", _begun)
    return made


def _begun(connection: sa.Connection) -> None:
    """Let readers see one state and change nothing, and writers of one queue wait.

    A writer that waited reads what the one before it wrote, because its
    statements each see the latest state (READ COMMITTED).
    """
    queue = connection.get_execution_options().get("writes")
    if queue:
        wait_for(connection, queue)
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def wait_for(connection: sa.Connection, queue: str) -> None:
    """Wait until no other transaction is in a queue; this one is in it to its end."""
    connection.exec_driver_sql(
        "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s, %s)",
        (f"{SECONDS_TO_WAIT * 1000:.0f}", LOCKS, crc32(queue.encode()) - 2**31),
    )


def require_room(connection: sa.Connection) -> None:
    """Have the server refuse, as it would an entry of the trail, and write to its disk.

    No entry is added. What is counted is more than fits into memory, so that the server
    writes a megabyte and more of it to a file, where it also keeps the store, and removes that.

    Args:
        connection: A transaction that writes.
    """
    connection.exec_driver_sql("INSERT INTO trail SELECT * FROM trail WHERE false")
    connection.exec_driver_sql("SET LOCAL work_mem = '64kB'")
    connection.exec_driver_sql("SELECT count(*) FROM generate_series(1, 100000)")


def stream(
    connection: sa.Connection,
    table: sa.Table,
    names: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> sa.Table:
    """Return a temporary table of this transaction with rows, sent all at once (COPY).

    Args:
        connection: A transaction that writes.
        table: The table whose columns it has.
        names: The columns given.
        rows: Their values.
    """
    import psycopg  # noqa: PLC0415  # a third of a second, which SQLite has no use for
    from psycopg import sql  # noqa: PLC0415  # comes with it

    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    said, made = sql.Identifier(table.name), sql.Identifier(f"fresh_{table.name}")
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    create = "CREATE TEMPORARY TABLE IF NOT EXISTS {} (LIKE {}) ON COMMIT DROP"
    with driver.cursor() as cursor:
        cursor.execute(sql.SQL(create).format(made, said))
        cursor.execute(sql.SQL("TRUNCATE {}").format(made))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(made, listed)) as copying:
            for row in rows:
                copying.write_row(row)
    return table.to_metadata(sa.MetaData(), name=f"fresh_{table.name}")
