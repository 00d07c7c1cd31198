"""Old receipts that nothing rests on are removed, and the trail tells how many, when and by whom.

What was removed leaves its id, without which the database refuses to remove anything; a hash
of all ids is on the trail, so that none can be named as pruned afterwards that was not.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import ReceiptPruned
from mutasi.store import damaged, trail
from mutasi.store.tables import (
    CASES,
    RECEIPT_MARKS,
    RECEIPT_PEOPLE,
    RECEIPTS,
    RECEIPTS_PRUNED,
    TRAIL,
)
from mutasi.store.trail import Action, Deed, Kind

AT_ONCE: Final = 10_000
"""Receipts of one entry of the trail, at most: others who add to it wait meanwhile."""


@dataclass(frozen=True)
class Pruned:
    """What became of a receipt that is not there any more.

    Attributes:
        entry: Number of the trail's entry that tells of it.
        actor: Who had it removed.
        at: When, seconds since 1970 by the database's clock.
    """

    entry: int
    actor: str
    at: int


def prune(work: Connection, actor: str, day: date, before: int) -> int:
    """Remove receipts that were given before a moment and that no case rests on.

    Args:
        work: The unit of work, of the queue of cases: no case may come to rest on one meanwhile.
        actor: Who has them removed.
        day: The day of that moment, for the trail.
        before: The moment, seconds since 1970.

    Returns:
        How many were removed, at most :data:`AT_ONCE`; nothing is left behind where there
        are none.
    """
    rests = sa.select(CASES.c.content["receipt_id"].as_string())
    named = rests.where(CASES.c.content["receipt_id"].as_string().is_not(None))
    old = (
        sa.select(RECEIPTS.c.receipt_id)
        .where(RECEIPTS.c.at < before, RECEIPTS.c.receipt_id.not_in(named))
        .order_by(RECEIPTS.c.number)
        .limit(AT_ONCE)
    )
    ids = list(work.scalars(old))
    if not ids:
        return 0
    told = f"{day.isoformat()} {len(ids)}"
    entry = trail.append(work, Deed(actor, Action.PRUNE, Kind.RECEIPT, told, after=seal(ids)))
    work.execute(sa.insert(RECEIPTS_PRUNED), [{"receipt_id": one, "entry": entry} for one in ids])
    gone = sa.select(RECEIPTS_PRUNED.c.receipt_id).where(RECEIPTS_PRUNED.c.entry == entry)
    numbers = sa.select(RECEIPTS.c.number).where(RECEIPTS.c.receipt_id.in_(gone))
    for table in (RECEIPT_PEOPLE, RECEIPT_MARKS):
        work.execute(sa.delete(table).where(table.c.number.in_(numbers)))
    work.execute(sa.delete(RECEIPTS).where(RECEIPTS.c.receipt_id.in_(gone)))
    return len(ids)


def pruned(work: Connection, receipt_id: str) -> Pruned | None:
    """Return what became of a receipt; None if it was not pruned, or the trail does not say so."""
    asked = (
        sa.select(RECEIPTS_PRUNED.c.entry, TRAIL.c.actor, TRAIL.c.at)
        .join(TRAIL, TRAIL.c.number == RECEIPTS_PRUNED.c.entry)
        .where(RECEIPTS_PRUNED.c.receipt_id == receipt_id)
    )
    row = work.execute(asked).one_or_none()
    if row is None or not sealed(work, TRAIL.c.number == row.entry):
        return None
    return Pruned(row.entry, row.actor, row.at)


def require_kept(work: Connection, receipt_id: str) -> None:
    """Let pass what was not pruned, there or not.

    Raises:
        ReceiptPruned: If it was; tells by whom and when.
    """
    gone = pruned(work, receipt_id)
    if gone is not None:
        day = datetime.fromtimestamp(gone.at, UTC).date()
        raise ReceiptPruned(receipt_id=receipt_id, actor=gone.actor, day=day, entry=gone.entry)


def sealed(work: Connection, *which: sa.ColumnElement[bool]) -> set[int]:
    """Return the entries of the trail whose receipts are just those that are named as pruned.

    Args:
        work: The unit of work.
        which: Conditions of the entries that are looked at; all by default.
    """
    return set(_sealed(work, *which))


def _sealed(work: Connection, *which: sa.ColumnElement[bool]) -> Iterator[int]:
    is_pruning = sa.and_(TRAIL.c.kind == Kind.RECEIPT, TRAIL.c.action == Action.PRUNE, *which)
    for entry in work.execute(sa.select(TRAIL.c.number, TRAIL.c.after).where(is_pruning)):
        named = sa.select(RECEIPTS_PRUNED.c.receipt_id)
        ids = work.scalars(named.where(RECEIPTS_PRUNED.c.entry == entry.number)).all()
        if seal(ids) == entry.after:
            yield entry.number


def seal(ids: Collection[str]) -> str:
    """Return a hash of the ids of receipts, in whichever order."""
    text = "\n".join(sorted(map(damaged.shown, ids)))
    return hashlib.sha256(text.encode()).hexdigest()
