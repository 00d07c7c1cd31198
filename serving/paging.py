"""Pages of lists: how many at once, and where the next one begins."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Query

from models.recommender import MOST
from mutasi.errors import CursorInvalid, LimitOutOfRange, NotFound

Row = TypeVar("Row")

Limit = Annotated[
    int,
    Query(description=f"How many, 1 to {MOST}.", json_schema_extra={"minimum": 1, "maximum": MOST}),
]
Cursor = Annotated[
    str | None, Query(description="`next_cursor` of the page before.", max_length=500)
]


def require_limit(limit: int) -> None:
    """Refuse to serve more at once than is served, or nothing.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
    """
    if not 1 <= limit <= MOST:
        raise LimitOutOfRange(limit=limit, low=1, high=MOST)


def page(
    limit: int,
    cursor: str | None,
    newest: Callable[[int], list[Row]],
    named: Callable[[Row], str],
) -> tuple[list[Row], str | None]:
    """Return a page of rows, and where the next one begins.

    Args:
        limit: The most rows.
        cursor: The name of the last row of the page before.
        newest: Returns the first so many rows behind it.
        named: Returns the name of a row.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    require_limit(limit)
    try:
        found = newest(limit + 1)
    except NotFound:
        raise CursorInvalid(cursor=cursor) from None
    shown = found[:limit]
    return shown, named(shown[-1]) if len(found) > limit else None
