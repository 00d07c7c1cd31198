"""The outbox: what webhooks are told, and what has become of it.

A message is written in the unit of work of what it tells of: both are kept, or neither.
Whoever sends takes a message by a conditional update for a while; who dies with it leaves
it to others, so it may come twice, and always under the same id.  Of one webhook only one
message is under way, so that messages that come at the first try come in order.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import WebhookNotFound, WebhookUnreachable
from mutasi.store.clock import NOW
from mutasi.store.tables import WEBHOOK_MESSAGES, WEBHOOKS
from mutasi.store.webhooks import Webhook, number_of, numbered

LEASE_SECONDS: Final = 60
"""How long who took a message may take; after that it is anybody's again."""

WAITS: Final = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds from a try that failed to the next; after as many and one more it is given up.
Of Standard Webhooks: over three days in all."""

MOST_TRIES: Final = len(WAITS) + 1

KEPT_SECONDS: Final = 30 * 24 * 3600
"""How long messages that are over are kept."""

ID_BYTES: Final = 12


class State(StrEnum):
    """What has become of a message; the last two are for good."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Message:
    """What is told, and what has become of it.

    Attributes:
        message_id: The same whenever it is sent.
        event: What it tells of.
        content: The bytes that are sent and signed.
        state: What has become of it.
        attempts: How often it was sent, or tried to be.
        made_at: When what it tells of happened.
        next_at: When it is sent next; None if it is over.
        status: What the receiver answered last.
        problem: Why the last try failed, as ``code`` and ``params``.
    """

    message_id: str
    event: str
    content: bytes
    state: State
    attempts: int
    made_at: datetime
    next_at: datetime | None
    status: int | None
    problem: dict[str, Any] | None


def tell(work: Connection, event: str, data: Mapping[str, object]) -> None:
    """Write a message for each webhook that is told of an event.

    Args:
        work: The unit of work of what happened.
        event: What happened.
        data: Ids and states alone.
    """
    # Kept as they are until this unit of work ends: who deletes one waits, and takes along
    # what is written here.
    known = sa.select(WEBHOOKS).order_by(WEBHOOKS.c.number)
    for row in work.execute(known.with_for_update(read=True, key_share=True)).all():
        if event in row.events:
            _write(work, row.number, event, data)


def ping(work: Connection, owner: str, webhook_id: str, event: str) -> Message:
    """Write a message to one webhook, to see whether it comes.

    Raises:
        WebhookNotFound: If the owner has none of this id.
    """
    number = number_of(work, owner, webhook_id)
    made = _write(work, number, event, {"webhook_id": webhook_id})
    found = sa.select(WEBHOOK_MESSAGES).where(WEBHOOK_MESSAGES.c.message_id == made)
    return _message(work.execute(found).one())


def messages(
    work: Connection, owner: str, webhook_id: str, limit: int, before: str | None = None
) -> list[Message]:
    """Return what a webhook was told or is to be told, the latest first.

    Raises:
        WebhookNotFound: If the owner has none of this id, or it no message of the id.
    """
    number = number_of(work, owner, webhook_id)
    asked = sa.select(WEBHOOK_MESSAGES).where(WEBHOOK_MESSAGES.c.webhook == number)
    if before is not None:
        last = work.execute(asked.where(WEBHOOK_MESSAGES.c.message_id == before)).one_or_none()
        if last is None:
            raise WebhookNotFound(webhook_id=webhook_id)
        asked = asked.where(WEBHOOK_MESSAGES.c.number < last.number)
    ordered = asked.where(~_IS_OLD).order_by(WEBHOOK_MESSAGES.c.number.desc()).limit(limit)
    return [_message(row) for row in work.execute(ordered)]


def is_due(work: Connection) -> bool:
    """Return whether a message is to be sent."""
    return bool(work.scalar(sa.select(sa.exists().where(_IS_DUE))))


def take(work: Connection) -> tuple[Webhook, Message] | None:
    """Return a message that is due, with its webhook, for the caller alone and for a while.

    That it is tried is counted now: what ends whoever sends it is given up in the end, too.
    """
    _give_up(work)
    asked = sa.select(WEBHOOK_MESSAGES).where(_IS_DUE)
    ordered = asked.order_by(WEBHOOK_MESSAGES.c.next_at, WEBHOOK_MESSAGES.c.number)
    row = work.execute(ordered.limit(1)).one_or_none()
    if row is None:
        return None
    values = {
        "next_at": NOW + LEASE_SECONDS,
        "attempts": WEBHOOK_MESSAGES.c.attempts + 1,
        "problem": None,
    }
    which = WEBHOOK_MESSAGES.c.number == row.number
    work.execute(sa.update(WEBHOOK_MESSAGES).where(which, _IS_DUE).values(**values))
    taken = work.execute(sa.select(WEBHOOK_MESSAGES).where(which)).one()
    return numbered(work, row.webhook), _message(taken)


def _give_up(work: Connection) -> None:
    """End what was tried as often as it may be, each time by who then said nothing of it."""
    problem = {"code": WebhookUnreachable.code, "params": {"reason": "ended"}}
    over = {"state": State.GIVEN_UP, "next_at": None, "problem": problem}
    lost = (_IS_DUE, WEBHOOK_MESSAGES.c.attempts >= MOST_TRIES)
    work.execute(sa.update(WEBHOOK_MESSAGES).where(*lost).values(**over))


def delivered(work: Connection, message: Message, status: int) -> None:
    """Keep that a message came."""
    _settle(work, message, state=State.DELIVERED, next_at=None, status=status, problem=None)


def failed(
    work: Connection,
    message: Message,
    code: str,
    params: Mapping[str, Any],
    *,
    for_good: bool = False,
) -> None:
    """Keep why a message did not come: it is sent again later, or given up.

    A ``status`` among the values of the error is what the receiver answered.
    """
    problem, status = {"code": code, "params": dict(params)}, params.get("status")
    if for_good or message.attempts >= MOST_TRIES:
        _settle(work, message, state=State.GIVEN_UP, next_at=None, status=status, problem=problem)
    else:
        later = NOW + WAITS[message.attempts - 1]
        _settle(work, message, next_at=later, status=status, problem=problem)


def _settle(work: Connection, message: Message, **values: Any) -> None:
    """Write what became of a try, unless another has tried since."""
    mine = (
        WEBHOOK_MESSAGES.c.message_id == message.message_id,
        WEBHOOK_MESSAGES.c.attempts == message.attempts,
        WEBHOOK_MESSAGES.c.state == State.WAITING,
    )
    work.execute(sa.update(WEBHOOK_MESSAGES).where(*mine).values(**values))


def forget(work: Connection) -> None:
    """Forget messages that have been over for long."""
    work.execute(sa.delete(WEBHOOK_MESSAGES).where(_IS_OLD))


_IS_OLD = sa.and_(
    WEBHOOK_MESSAGES.c.made_at < NOW - KEPT_SECONDS, WEBHOOK_MESSAGES.c.state != State.WAITING
)


_OTHER = WEBHOOK_MESSAGES.alias("other")
_BUSY = sa.select(_OTHER.c.webhook).where(
    _OTHER.c.state == State.WAITING,
    _OTHER.c.next_at.between(NOW + 1, NOW + LEASE_SECONDS),
    _OTHER.c.attempts > 0,
    _OTHER.c.problem.is_(None),
)
"""Webhooks of which a message is under way: tried within the time that is given for it, and
not known to have failed."""

_IS_DUE = sa.and_(
    WEBHOOK_MESSAGES.c.state == State.WAITING,
    WEBHOOK_MESSAGES.c.next_at <= NOW,
    WEBHOOK_MESSAGES.c.webhook.not_in(_BUSY),
)


def _write(work: Connection, number: int, event: str, data: Mapping[str, object]) -> str:
    moment: int = work.scalar(sa.select(NOW)) or 0
    said = {
        "type": event,
        "timestamp": datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z"),
        "data": dict(data),
    }
    message_id = f"msg_{token_hex(ID_BYTES)}"
    work.execute(
        sa.insert(WEBHOOK_MESSAGES).values(
            message_id=message_id,
            webhook=number,
            event=event,
            content=json.dumps(said, separators=(",", ":")).encode(),
            state=State.WAITING,
            attempts=0,
            made_at=moment,
            next_at=moment,
        )
    )
    return message_id


def _message(row: Any) -> Message:
    return Message(
        message_id=row.message_id,
        event=row.event,
        content=row.content,
        state=State(row.state),
        attempts=row.attempts,
        made_at=datetime.fromtimestamp(row.made_at, UTC),
        next_at=None if row.next_at is None else datetime.fromtimestamp(row.next_at, UTC),
        status=row.status,
        problem=row.problem,
    )
