"""Webhooks: where somebody wants to be told, and of what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.authority import NOBODY, PERSON, Principal, Scope
from mutasi.errors import ClientNotFound, TooManyWebhooks, WebhookNotFound
from mutasi.store import accounts, clients
from mutasi.store.clock import NOW
from mutasi.store.tables import WEBHOOKS
from mutasi.webhooks.events import NEEDED, Event

SYSTEM: Final = "client:"
"""How the ids of systems begin."""

QUEUE: Final = "webhooks"
"""Where those who change webhooks, or send to them, wait for each other."""

MOST_OF_ONE: Final = 10
"""How many webhooks one caller may have."""

OVERLAP_SECONDS: Final = 24 * 3600
"""How long the former secret signs beside a new one, so that receivers can take it over."""

ID_BYTES: Final = 12


@dataclass(frozen=True)
class Webhook:
    """Where somebody wants to be told.

    Attributes:
        webhook_id: What its owner knows it by.
        owner: Who subscribed, as the trail names them.
        url: Where to.
        events: Of what.
        made_at: When it was subscribed.
        secret_number: How often its secret was changed.
        former_until: Until when the former secret signs too; None if there is none.
    """

    webhook_id: str
    owner: str
    url: str
    events: tuple[str, ...]
    made_at: datetime
    secret_number: int = 0
    former_until: datetime | None = None


def subscribe(work: Connection, owner: str, url: str, events: Collection[str]) -> Webhook:
    """Add a webhook.

    Raises:
        TooManyWebhooks: If the owner has as many as one may have.
    """
    if len(oldest(work, MOST_OF_ONE, owner=owner)) >= MOST_OF_ONE:
        raise TooManyWebhooks(count=MOST_OF_ONE)
    webhook_id = token_hex(ID_BYTES)
    work.execute(
        sa.insert(WEBHOOKS).values(
            webhook_id=webhook_id,
            owner=owner,
            url=url,
            events=sorted(set(events)),
            made_at=NOW,
        )
    )
    return webhook(work, owner, webhook_id)


def webhook(work: Connection, owner: str, webhook_id: str) -> Webhook:
    """Return a webhook of an owner.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    return _webhook(_row(work, owner, webhook_id))


def oldest(
    work: Connection, limit: int, after: str | None = None, owner: str | None = None
) -> list[Webhook]:
    """Return webhooks, the oldest first.

    Args:
        work: A connection that reads.
        limit: The most webhooks.
        after: Only those subscribed after the one of this id.
        owner: Only those of this owner; everybody's by default.

    Raises:
        WebhookNotFound: If there is none of that id, or it is another's.
    """
    asked = sa.select(WEBHOOKS).order_by(WEBHOOKS.c.number).limit(limit)
    if owner is not None:
        asked = asked.where(WEBHOOKS.c.owner == owner)
    if after is not None:
        asked = asked.where(WEBHOOKS.c.number > _row(work, owner, after).number)
    return [_webhook(row) for row in work.execute(asked)]


def change_secret(work: Connection, owner: str, webhook_id: str) -> Webhook:
    """Have a webhook signed by another secret, for a while beside the former one.

    Raises:
        WebhookNotFound: If the owner has none of this id.
    """
    number = number_of(work, owner, webhook_id)
    another = {"secret_number": WEBHOOKS.c.secret_number + 1, "changed_at": NOW}
    work.execute(sa.update(WEBHOOKS).where(WEBHOOKS.c.number == number).values(**another))
    return numbered(work, number)


def delete(work: Connection, owner: str | None, webhook_id: str) -> None:
    """Delete a webhook with its messages; what is being sent may still come.

    Args:
        work: The unit of work.
        owner: Whose it must be; None if it may be anybody's.
        webhook_id: The webhook.

    Raises:
        WebhookNotFound: If there is none of this id, or it is another's.
    """
    number = _row(work, owner, webhook_id).number
    work.execute(sa.delete(WEBHOOKS).where(WEBHOOKS.c.number == number))


def number_of(work: Connection, owner: str, webhook_id: str) -> int:
    """Return by what the store knows a webhook of an owner.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    number: int = _row(work, owner, webhook_id).number
    return number


def numbered(work: Connection, number: int) -> Webhook:
    """Return the webhook that the store knows by a number; there is one."""
    return _webhook(work.execute(sa.select(WEBHOOKS).where(WEBHOOKS.c.number == number)).one())


def may_be_told(work: Connection, webhook: Webhook, event: str) -> bool:
    """Return whether who subscribed may still be told of an event, of the whole region."""
    owner = _principal(work, webhook.owner)
    if owner is None:
        return False
    needed = {Scope.WEBHOOKS, NEEDED.get(Event(event), Scope.WEBHOOKS)}
    return all(owner.grants.get(scope, NOBODY).is_whole for scope in needed)


def _principal(work: Connection, owner: str) -> Principal | None:
    """Return who is called so on the trail; None if they may ask nothing any more."""
    if owner.startswith(PERSON):
        account = accounts.of(work, owner.removeprefix(PERSON))
        return account.principal if account is not None and account.is_active else None
    try:
        client = clients.named(work, owner.removeprefix(SYSTEM))
    except ClientNotFound:
        return None
    return client.principal if client.is_active else None


def _row(work: Connection, owner: str | None, webhook_id: str) -> Any:
    which = sa.select(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id)
    if owner is not None:
        which = which.where(WEBHOOKS.c.owner == owner)
    row = work.execute(which).one_or_none()
    if row is None:
        raise WebhookNotFound(webhook_id=webhook_id)
    return row


def _webhook(row: Any) -> Webhook:
    changed_at = row.changed_at
    return Webhook(
        webhook_id=row.webhook_id,
        owner=row.owner,
        url=row.url,
        events=tuple(row.events),
        made_at=datetime.fromtimestamp(row.made_at, UTC),
        secret_number=row.secret_number,
        former_until=None
        if changed_at is None
        else datetime.fromtimestamp(changed_at + OVERLAP_SECONDS, UTC),
    )
