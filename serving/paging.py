"""Pages of lists: how many at once, and where the next one begins."""

from typing import Annotated

from fastapi import Query

from models.recommender import MOST
from mutasi.errors import LimitOutOfRange

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
