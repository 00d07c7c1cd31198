"""Webhooks, and the outbox of what they are told.

A message is written in the unit of work of what it tells of: both are kept, or neither.
Whoever sends takes a message by a conditional update for a while; who dies with it leaves
it to others, so it may come twice, and always under the same id.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mutasi.authority import NOBODY, PERSON, Principal, Scope
from mutasi.errors import ClientNotFound, TooManyWebhooks, WebhookNotFound
from mutasi.store import accounts, clients
from mutasi.store.clock import NOW
from mutasi.store.tables import WEBHOOK_MESSAGES, WEBHOOKS
from mutasi.webhooks.events import NEEDED, Event

SYSTEM: Final = "client:"
"""How the ids of systems begin."""

QUEUE: Final = "webhooks"
"""Where those who send wait for each other."""

MOST_OF_ONE: Final = 10
"""How many webhooks one caller may have."""

LEASE_SECONDS: Final = 60
"""How long who took a message may take; after that it is anybody's again."""

WAITS: Final = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds from a try that failed to the next; after as many and one more it is given up.
Of Standard Webhooks: over three days in all."""

KEPT_SECONDS: Final = 30 * 24 * 3600
"""How long messages that are over are kept."""

ID_BYTES: Final = 12


class State(StrEnum):
    """What has become of a message; the last two are for good."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Webhook:
    """Where somebody wants to be told.

    Attributes:
        webhook_id: What its owner knows it by.
        owner: Who subscribed, as the trail names them.
        url: Where to.
        events: Of what.
        made_at: When it was subscribed.
    """

    webhook_id: str
    owner: str
    url: str
    events: tuple[str, ...]
    made_at: datetime


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


def subscribe(work: Session, owner: str, url: str, events: Collection[str]) -> Webhook:
    """Add a webhook.

    Raises:
        TooManyWebhooks: If the owner has as many as one may have.
    """
    if len(of(work, owner)) >= MOST_OF_ONE:
        raise TooManyWebhooks(count=MOST_OF_ONE)
    webhook_id = token_hex(ID_BYTES)
    work.execute(
        sa.insert(WEBHOOKS).values(
            webhook_id=webhook_id, owner=owner, url=url, events=sorted(set(events)), made_at=NOW
        )
    )
    return webhook(work, owner, webhook_id)


def of(work: Session, owner: str) -> list[Webhook]:
    """Return the webhooks of an owner, the oldest first."""
    mine = sa.select(WEBHOOKS).where(WEBHOOKS.c.owner == owner).order_by(WEBHOOKS.c.number)
    return [_webhook(row) for row in work.execute(mine)]


def webhook(work: Session, owner: str, webhook_id: str) -> Webhook:
    """Return a webhook of an owner.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    return _webhook(_row(work, owner, webhook_id))


def delete(work: Session, owner: str, webhook_id: str) -> None:
    """Delete a webhook of an owner with its messages; what is being sent may still come.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    number = _row(work, owner, webhook_id).number
    work.execute(sa.delete(WEBHOOKS).where(WEBHOOKS.c.number == number))


def tell(work: Session, event: str, data: Mapping[str, object]) -> None:
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


def ping(work: Session, owner: str, webhook_id: str, event: str) -> Message:
    """Write a message to one webhook, to see whether it comes.

    Raises:
        WebhookNotFound: If the owner has none of this id.
    """
    number = _row(work, owner, webhook_id).number
    made = _write(work, number, event, {"webhook_id": webhook_id})
    found = sa.select(WEBHOOK_MESSAGES).where(WEBHOOK_MESSAGES.c.message_id == made)
    return _message(work.execute(found).one())


def messages(
    work: Session, owner: str, webhook_id: str, limit: int, before: str | None = None
) -> list[Message]:
    """Return what a webhook was told or is to be told, the latest first.

    Raises:
        WebhookNotFound: If the owner has none of this id, or it no message of the id.
    """
    number = _row(work, owner, webhook_id).number
    asked = sa.select(WEBHOOK_MESSAGES).where(WEBHOOK_MESSAGES.c.webhook == number)
    if before is not None:
        last = work.execute(asked.where(WEBHOOK_MESSAGES.c.message_id == before)).one_or_none()
        if last is None:
            raise WebhookNotFound(webhook_id=webhook_id)
        asked = asked.where(WEBHOOK_MESSAGES.c.number < last.number)
    ordered = asked.where(~_IS_OLD).order_by(WEBHOOK_MESSAGES.c.number.desc()).limit(limit)
    return [_message(row) for row in work.execute(ordered)]


def may_be_told(work: Session, webhook: Webhook, event: str) -> bool:
    """Return whether who subscribed may still be told of an event, of the whole region."""
    owner = _principal(work, webhook.owner)
    if owner is None:
        return False
    needed = {Scope.WEBHOOKS, NEEDED.get(Event(event), Scope.WEBHOOKS)}
    return all(owner.grants.get(scope, NOBODY).is_whole for scope in needed)


def _principal(work: Session, owner: str) -> Principal | None:
    """Return who is called so on the trail; None if they may ask nothing any more."""
    if owner.startswith(PERSON):
        account = accounts.of(work, owner.removeprefix(PERSON))
        return account.principal if account is not None and account.is_active else None
    try:
        client = clients.named(work, owner.removeprefix(SYSTEM))
    except ClientNotFound:
        return None
    return client.principal if client.is_active else None


def is_due(work: Session) -> bool:
    """Return whether a message is to be sent."""
    due = sa.and_(WEBHOOK_MESSAGES.c.state == State.WAITING, WEBHOOK_MESSAGES.c.next_at <= NOW)
    return bool(work.scalar(sa.select(sa.exists().where(due))))


def take(work: Session) -> tuple[Webhook, Message] | None:
    """Return a message that is due, with its webhook, for the caller alone and for a while."""
    due = sa.and_(WEBHOOK_MESSAGES.c.state == State.WAITING, WEBHOOK_MESSAGES.c.next_at <= NOW)
    ordered = sa.select(WEBHOOK_MESSAGES).where(due).order_by(WEBHOOK_MESSAGES.c.next_at)
    row = work.execute(ordered.limit(1)).one_or_none()
    if row is None:
        return None
    values = {"next_at": NOW + LEASE_SECONDS, "attempts": WEBHOOK_MESSAGES.c.attempts + 1}
    which = WEBHOOK_MESSAGES.c.number == row.number
    work.execute(sa.update(WEBHOOK_MESSAGES).where(which, due).values(**values))
    of_it = sa.select(WEBHOOKS).where(WEBHOOKS.c.number == row.webhook)
    taken = work.execute(sa.select(WEBHOOK_MESSAGES).where(which)).one()
    return _webhook(work.execute(of_it).one()), _message(taken)


def delivered(work: Session, message: Message, status: int) -> None:
    """Keep that a message came."""
    _settle(work, message, state=State.DELIVERED, next_at=None, status=status, problem=None)


def failed(
    work: Session,
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
    if for_good or message.attempts > len(WAITS):
        _settle(work, message, state=State.GIVEN_UP, next_at=None, status=status, problem=problem)
    else:
        later = NOW + WAITS[message.attempts - 1]
        _settle(work, message, next_at=later, status=status, problem=problem)


def _settle(work: Session, message: Message, **values: Any) -> None:
    """Write what became of a try, unless another has tried since."""
    mine = (
        WEBHOOK_MESSAGES.c.message_id == message.message_id,
        WEBHOOK_MESSAGES.c.attempts == message.attempts,
        WEBHOOK_MESSAGES.c.state == State.WAITING,
    )
    work.execute(sa.update(WEBHOOK_MESSAGES).where(*mine).values(**values))


def forget(work: Session) -> None:
    """Forget messages that have been over for long."""
    work.execute(sa.delete(WEBHOOK_MESSAGES).where(_IS_OLD))


_IS_OLD = sa.and_(
    WEBHOOK_MESSAGES.c.made_at < NOW - KEPT_SECONDS, WEBHOOK_MESSAGES.c.state != State.WAITING
)


def _write(work: Session, number: int, event: str, data: Mapping[str, object]) -> str:
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


def _row(work: Session, owner: str, webhook_id: str) -> Any:
    which = sa.and_(WEBHOOKS.c.owner == owner, WEBHOOKS.c.webhook_id == webhook_id)
    row = work.execute(sa.select(WEBHOOKS).where(which)).one_or_none()
    if row is None:
        raise WebhookNotFound(webhook_id=webhook_id)
    return row


def _webhook(row: Any) -> Webhook:
    made_at = datetime.fromtimestamp(row.made_at, UTC)
    return Webhook(row.webhook_id, row.owner, row.url, tuple(row.events), made_at)


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
