"""Values as they are kept, whatever their columns say: what verifies must read what is damaged.

Whoever owns a database can put a text where a moment belongs, bytes where a text does, or a
day that no calendar has.  Who only reads may give up on that; who verifies may not, because
one such value would hide every other.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

UNREADABLE: Final = (ValueError, TypeError, OverflowError, OSError, RecursionError)
"""What is raised by values that are not what their columns say; OSError by moments."""


class AsKept(sa.ColumnElement[Any]):
    """The value of a column as the database has it: days and JSON as text."""

    inherit_cache = False
    type = sa.types.NULLTYPE

    def __init__(self, column: sa.Column[Any]) -> None:
        """Name the column."""
        self.column = column


@compiles(AsKept, "sqlite")
def _in_sqlite(kept: AsKept, compiler: Any, **_: Any) -> str:
    return str(compiler.process(kept.column))


@compiles(AsKept, "postgresql")
def _in_postgresql(kept: AsKept, compiler: Any, **_: Any) -> str:
    is_parsed = isinstance(kept.column.type, sa.Date | sa.JSON)
    plain = compiler.process(kept.column)
    return f"CAST({plain} AS TEXT)" if is_parsed else str(plain)


def kept(table: sa.Table) -> sa.Select[Any]:
    """Return the query for all columns of a table as they are kept."""
    columns = (AsKept(column).label(column.name) for column in table.columns)
    return sa.select(*columns).select_from(table)


@contextmanager
def readable(work: sa.Connection) -> Iterator[sa.Connection]:
    """Yield a connection that meanwhile reads texts too that are none, and days as ISO writes them.

    SQLite keeps any bytes as a text; those that are none come as surrogates.
    """
    if work.dialect.name == "postgresql":
        work.exec_driver_sql("SET LOCAL datestyle TO ISO")
        yield work
        return
    driver = work.connection.driver_connection
    assert driver is not None
    driver.text_factory = _text
    try:
        yield work
    finally:
        driver.text_factory = str


def sealed_text(told: list[Any]) -> bytes:
    """Return the text of which a seal is the hash; of damaged values one that nobody sealed."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_bytes)
    return text.encode(errors="surrogatepass")


def shown(value: Any) -> str:
    """Return a key as it can be printed, whatever is kept there."""
    return str(value).encode(errors="backslashreplace").decode()


def _text(told: bytes) -> str:
    return told.decode(errors="surrogateescape")


def _bytes(value: Any) -> dict[str, str]:
    return {type(value).__name__: repr(value)}  # no seal is of an object in such a place
