"""Receipts: what was recommended, to whom and from what, as it was told.

The store keeps a receipt as the text that it is given and knows nothing of what it says
(``models.receipt`` does).  Its hash is an entry of the audit trail in the same unit of
work, so whoever changes or removes one is found as whoever changes the trail is.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import ReceiptNotFound
from mutasi.store import damaged, pruning, trail
from mutasi.store.tables import (
    RECEIPT_MARKS,
    RECEIPT_PEOPLE,
    RECEIPTS,
    RECEIPTS_PRUNED,
    TRAIL,
)
from mutasi.store.trail import Action, Deed, Kind

ID_BYTES = 12
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Receipt:
    """What was recommended.

    Attributes:
        number: In the order in which they were given.
        receipt_id: What callers know it by.
        at: When, seconds since 1970 by the database's clock.
        asker: Who asked, as the trail names them.
        content: What was asked and told, and from what.
    """

    number: int
    receipt_id: str
    at: int
    asker: str
    content: str

    @property
    def seal(self) -> str:
        """The hash that is on the trail."""
        told = [self.receipt_id, self.at, self.asker, self.content]
        return hashlib.sha256(damaged.sealed_text(told)).hexdigest()


class Fault(StrEnum):
    """How a receipt is not what was written."""

    CHANGED = "changed"
    """It says something else than was sealed on the trail."""

    UNSEALED = "unsealed"
    """The trail knows nothing of it."""

    GONE = "gone"
    """The trail knows it, and it is not there any more."""

    ASTRAY = "astray"
    """It is what was sealed, and what follows from it is not: whom or what it is found by."""


FoundBy = Callable[[str], tuple[Collection[str], Collection[str]]]
"""Tells by which people and which marks a content is found; a ValueError if it cannot tell."""


def keep(
    work: Connection,
    asker: str,
    content: str,
    people: Collection[str],
    marks: Collection[str] = (),
) -> str:
    """Keep what was recommended, and that it was, and return the receipt's id.

    Whoever else adds to the trail waits until this unit of work ends, so do it last.

    Args:
        work: The unit of work.
        asker: Who asked.
        content: What was asked and told, and from what.
        people: Numbers of those of whom it tells.
        marks: What it is found by besides.
    """
    last = trail.held(work)
    made = Receipt(0, token_hex(ID_BYTES), last.at, asker, content)
    row = {name: value for name, value in vars(made).items() if name != "number"}
    number = work.scalar(sa.insert(RECEIPTS).values(row).returning(RECEIPTS.c.number))
    if people:
        work.execute(
            sa.insert(RECEIPT_PEOPLE), [{"employee_id": one, "number": number} for one in people]
        )
    if marks:
        work.execute(sa.insert(RECEIPT_MARKS), [{"mark": one, "number": number} for one in marks])
    deed = Deed(asker, Action.RECOMMEND, Kind.RECEIPT, made.receipt_id, after=made.seal)
    trail.append(work, deed, last=last)
    return made.receipt_id


def receipt(work: Connection, receipt_id: str) -> Receipt:
    """Return a receipt.

    Raises:
        ReceiptNotFound: If none was given under this id.
    """
    row = work.execute(sa.select(RECEIPTS).where(RECEIPTS.c.receipt_id == receipt_id)).one_or_none()
    if row is None:
        raise ReceiptNotFound(receipt_id=receipt_id)
    return _receipt(row)


@dataclass(frozen=True)
class Wanted:
    """Which receipts are looked for; what is None or empty may be anything.

    Attributes:
        employee_id: Those that tell of this person.
        marks: Those that have all of these marks.
        since: Those that were given then or later, seconds since 1970.
        until: Those that were given before.
    """

    employee_id: str | None = None
    marks: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


def page(
    work: Connection, wanted: Wanted, limit: int, cursor: str | None = None
) -> tuple[list[Receipt], str | None]:
    """Return a page of receipts, the latest first, and the cursor of the next.

    Args:
        work: The unit of work.
        wanted: Which.
        limit: The most receipts.
        cursor: Only those that were given before the receipt of this id.

    Raises:
        ReceiptNotFound: If the cursor is the id of no receipt.
    """
    asked = sa.select(RECEIPTS).order_by(RECEIPTS.c.number.desc()).limit(limit + 1)
    if wanted.employee_id is not None:
        told = sa.select(RECEIPT_PEOPLE.c.number)
        asked = asked.where(
            RECEIPTS.c.number.in_(told.where(RECEIPT_PEOPLE.c.employee_id == wanted.employee_id))
        )
    for mark in wanted.marks:
        found = sa.select(RECEIPT_MARKS.c.number).where(RECEIPT_MARKS.c.mark == mark)
        asked = asked.where(RECEIPTS.c.number.in_(found))
    if wanted.since is not None:
        asked = asked.where(RECEIPTS.c.at >= wanted.since)
    if wanted.until is not None:
        asked = asked.where(RECEIPTS.c.at < wanted.until)
    if cursor is not None:
        asked = asked.where(RECEIPTS.c.number < receipt(work, cursor).number)
    rows = [_receipt(row) for row in work.execute(asked)]
    return rows[:limit], rows[limit - 1].receipt_id if len(rows) > limit else None


def fault(work: Connection, kept: Receipt) -> Fault | None:
    """Return how a receipt is not what was sealed on the trail; None if it is."""
    return _unlike(kept, work.scalar(_sealed(kept.receipt_id)))


def faults(work: Connection, found_by: FoundBy | None = None) -> Iterator[tuple[str, Fault]]:
    """Yield the ids of receipts that are not what was sealed, with how they are not.

    Args:
        work: A connection that reads.
        found_by: By what a content must be found; without it that is not looked at.
    """
    number, seal = 0, _sealed(RECEIPTS.c.receipt_id).scalar_subquery().label("sealed")
    asked = sa.select(RECEIPTS, seal).order_by(RECEIPTS.c.number).limit(ROWS_AT_ONCE)
    while rows := work.execute(asked.where(RECEIPTS.c.number > number)).all():
        astray = _astray(work, rows, found_by) if found_by else frozenset()
        for row in rows:
            found = _unlike(_receipt(row), row.sealed)
            if found is not None:
                yield damaged.shown(row.receipt_id), found
            elif row.number in astray:
                yield damaged.shown(row.receipt_id), Fault.ASTRAY
        number = rows[-1].number
    there = sa.union_all(
        sa.select(RECEIPTS.c.receipt_id),
        sa.select(RECEIPTS_PRUNED.c.receipt_id).where(
            RECEIPTS_PRUNED.c.entry.in_(list(pruning.sealed(work)))
        ),
    )
    gone = sa.select(TRAIL.c.object).where(_IS_SEAL, TRAIL.c.object.not_in(there))
    for receipt_id in work.scalars(gone.order_by(TRAIL.c.number)):
        yield damaged.shown(receipt_id), Fault.GONE


def _astray(work: Connection, rows: Sequence[Any], found_by: FoundBy) -> frozenset[int]:
    """Return the numbers of receipts that are found by others than by what they tell."""
    numbers = [row.number for row in rows]
    people, marks = (
        _kept_by(work, column, numbers)
        for column in (RECEIPT_PEOPLE.c.employee_id, RECEIPT_MARKS.c.mark)
    )
    return frozenset(
        row.number
        for row in rows
        if (told := _told(row.content, found_by)) is not None
        and told != (people[row.number], marks[row.number])
    )


def _told(content: str, found_by: FoundBy) -> tuple[set[str], set[str]] | None:
    try:
        people, marks = found_by(content)
    except damaged.UNREADABLE:
        return None
    return {*people}, {*marks}


def _kept_by(
    work: Connection, column: sa.Column[str], numbers: Collection[int]
) -> Mapping[int, set[str]]:
    number = column.table.c.number
    found: dict[int, set[str]] = defaultdict(set)
    for receipt, value in work.execute(sa.select(number, column).where(number.in_(numbers))):
        found[receipt].add(value)
    return found


_IS_SEAL = sa.and_(TRAIL.c.kind == Kind.RECEIPT, TRAIL.c.action == Action.RECOMMEND)


def _sealed(receipt_id: str | sa.ColumnElement[str]) -> sa.Select[str]:
    """Return the query for the seal of a receipt; of several that of the first entry counts."""
    first = sa.select(TRAIL.c.after).where(TRAIL.c.object == receipt_id, _IS_SEAL)
    return first.order_by(TRAIL.c.number).limit(1)


def _unlike(kept: Receipt, sealed: str | None) -> Fault | None:
    if sealed is None:
        return Fault.UNSEALED
    return None if sealed == kept.seal else Fault.CHANGED


def _receipt(row: Any) -> Receipt:
    return Receipt(row.number, row.receipt_id, row.at, row.asker, row.content)
