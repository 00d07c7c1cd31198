"""Who looked at somebody's data, page by page."""

from mutasi.authority import Reach
from mutasi.errors import CursorInvalid
from mutasi.store import accesses, session
from mutasi.store.accesses import Account, Asker
from mutasi.wording import what_was_done, who_looked
from serving.accesses.schemas import Access, Accesses
from serving.paging import require_limit
from serving.region import Store

LONGEST = 18
"""Digits of a cursor: more than entries are ever numbered by, and no more than a store counts."""


def latest(
    store: Store,
    reach: Reach,
    nip: str,
    limit: int,
    cursor: str | None,
    language: str,
    *,
    with_own: bool,
) -> Accesses:
    """Return a page of who looked at a person's data, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
        StoreUnreadable: If the store cannot be reached.
    """
    require_limit(limit)
    before = None if cursor is None else _number(cursor)
    with session.reading(store.engine) as work:
        found, after = accesses.page(work, nip, limit, before, with_own=with_own)
    shown = [_shown(one, language, tells_names=reach.is_whole) for one in found]
    return Accesses(accesses=shown, next_cursor=None if after is None else str(after))


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST):
        raise CursorInvalid(cursor=cursor)
    return int(cursor)


def _shown(one: accesses.Access, language: str, *, tells_names: bool) -> Access:
    account = one.account or Account()
    return Access(
        at=one.at,
        asker=one.asker,
        asker_name=who_looked(one, language),
        roles=list(account.roles),
        unit_name=account.unit_name,
        actor=one.actor if tells_names or one.asker is not Asker.USER else None,
        is_own=one.is_own,
        kind=one.kind,
        action=one.action,
        what=what_was_done(one, language),
        object_id=one.object_id,
    )
