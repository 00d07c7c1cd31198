"""Pages of vacancies: a cursor names the last one seen, not a number of rows.

Whoever turns pages while a new snapshot is taken up misses none that stays and
sees none twice.
"""

import base64
import json
from collections.abc import Sequence

from models.recommendation import Vacancy
from mutasi.errors import CursorInvalid

Place = tuple[int, str]
"""Where a vacancy stands in the order: people missing, most first; then its id."""


def place(vacancy: Vacancy) -> Place:
    """Return where a vacancy stands."""
    return -vacancy.open, vacancy.position_id


def after(vacancies: Sequence[Vacancy], cursor: str | None) -> list[Vacancy]:
    """Return the vacancies that stand after a cursor, in order.

    Raises:
        CursorInvalid: If the cursor is not one that was given.
    """
    ordered = sorted(vacancies, key=place)
    if cursor is None:
        return ordered
    last = _decoded(cursor)
    return [vacancy for vacancy in ordered if place(vacancy) > last]


def cursor_at(vacancy: Vacancy) -> str:
    """Return the cursor behind a vacancy."""
    return base64.urlsafe_b64encode(json.dumps(place(vacancy)).encode()).decode().rstrip("=")


def _decoded(cursor: str) -> Place:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        missing, position_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError):
        raise CursorInvalid(cursor=cursor) from None
    if not isinstance(missing, int) or not isinstance(position_id, str):
        raise CursorInvalid(cursor=cursor)
    return missing, position_id
