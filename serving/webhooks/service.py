"""Webhooks of a caller: subscribed, tried, deleted.

Who may see those of others sees whose they are and the host that is told, and may delete
them; nobody sees a secret again.
"""

from dataclasses import replace
from operator import attrgetter
from urllib.parse import urlsplit

from mutasi.authority import NOBODY, Principal, Scope
from mutasi.errors import MutasiError, ScopeMissing
from mutasi.i18n import word
from mutasi.settings import Settings
from mutasi.store import outbox, session, trail, webhooks
from mutasi.store.outbox import Message
from mutasi.store.session import Work
from mutasi.store.trail import Action, Deed, Kind
from mutasi.webhooks.addresses import require_usable
from mutasi.webhooks.events import NEEDED, Event
from mutasi.webhooks.signature import secret_of
from serving.errors import described
from serving.paging import page
from serving.region import Store
from serving.webhooks.schemas import Deliveries, Delivery, Subscription, Webhook, Webhooks


def require_subscribable(settings: Settings, caller: Principal, asked: Subscription) -> None:
    """Refuse what cannot be subscribed by this caller, or by nobody.

    Raises:
        ScopeMissing: If the caller may not ask, of the whole region, about an event.
        WebhookAddressUnusable: If the address is no URL as it must be.
        WebhookAddressForbidden: If it is one that is never reached.
    """
    for event in asked.events:
        _require_whole(caller, NEEDED[Event(event)])
    require_usable(asked.url, to_loopback=settings.webhooks_to_loopback)


def _require_whole(caller: Principal, scope: Scope) -> None:
    if not caller.reach(scope).is_whole:
        raise ScopeMissing(scope=scope.value)


def subscribed(work: Work, caller: Principal, asked: Subscription) -> Webhook:
    """Add a webhook.

    Raises:
        TooManyWebhooks: If the caller has as many as one may have.
    """
    made = webhooks.subscribe(work, caller.id, asked.url, asked.events)
    trail.append(work, Deed(caller.id, Action.ADD, Kind.WEBHOOK, made.webhook_id))
    return _shown(made)


def secret_changed(work: Work, caller: Principal, webhook_id: str) -> Webhook:
    """Have a webhook of a caller signed by another secret, for a while beside the former one.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    made = webhooks.change_secret(work, caller.id, webhook_id)
    trail.append(work, Deed(caller.id, Action.RENEW, Kind.WEBHOOK, webhook_id))
    return _shown(made)


def with_secret(key: bytes, shown: Webhook) -> Webhook:
    """Return a webhook with its secret, which follows from the installation's key."""
    return replace(shown, secret=secret_of(key, shown.webhook_id, shown.secret_number))


def listed(
    store: Store, caller: Principal, limit: int, cursor: str | None, *, of_everybody: bool
) -> Webhooks:
    """Return a page of webhooks, the oldest first: the caller's, or everybody's.

    Raises:
        ScopeMissing: If the caller may not see everybody's.
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    if of_everybody:
        _require_whole(caller, Scope.ALL_WEBHOOKS)
    owner = None if of_everybody else caller.id
    with session.reading(store.engine) as work:
        found, more = page(
            limit,
            cursor,
            lambda most: webhooks.oldest(work, most, cursor, owner),
            attrgetter("webhook_id"),
        )
    shown = [_shown(one) if one.owner == caller.id else _hidden(one) for one in found]
    return Webhooks(webhooks=shown, next_cursor=more)


def one(store: Store, caller: Principal, webhook_id: str) -> Webhook:
    """Return a webhook of a caller.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    with session.reading(store.engine) as work:
        return _shown(webhooks.webhook(work, caller.id, webhook_id))


def delete(work: Work, caller: Principal, webhook_id: str) -> None:
    """Delete a webhook, of the caller unless they may others', and put on the trail who did.

    Raises:
        WebhookNotFound: If there is none of this id, or not for this caller.
    """
    is_any = caller.grants.get(Scope.ALL_WEBHOOKS, NOBODY).is_whole
    webhooks.delete(work, None if is_any else caller.id, webhook_id)
    trail.append(work, Deed(caller.id, Action.DELETE, Kind.WEBHOOK, webhook_id))


def pinged(work: Work, caller: Principal, webhook_id: str, language: str) -> Delivery:
    """Write a message that says nothing, to see whether it comes.

    Raises:
        WebhookNotFound: If the caller has no webhook of this id.
    """
    made = outbox.ping(work, caller.id, webhook_id, Event.PING)
    trail.append(work, Deed(caller.id, Action.ASK, Kind.WEBHOOK, webhook_id))
    return _delivery(made, language)


def deliveries(
    store: Store, caller: Principal, webhook_id: str, limit: int, cursor: str | None, language: str
) -> Deliveries:
    """Return a page of what a webhook was told or is to be told, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
        WebhookNotFound: If the caller has no webhook of this id.
    """
    with session.reading(store.engine) as work:
        webhooks.webhook(work, caller.id, webhook_id)
        found, more = page(
            limit,
            cursor,
            lambda most: outbox.messages(work, caller.id, webhook_id, most, cursor),
            attrgetter("message_id"),
        )
    shown = [_delivery(message, language) for message in found]
    return Deliveries(deliveries=shown, next_cursor=more)


def _shown(webhook: webhooks.Webhook) -> Webhook:
    return Webhook(
        webhook_id=webhook.webhook_id,
        owner=webhook.owner,
        url=webhook.url,
        events=list(webhook.events),
        made_at=webhook.made_at,
        secret_number=webhook.secret_number,
        former_until=webhook.former_until,
    )


def _hidden(webhook: webhooks.Webhook) -> Webhook:
    """Return a webhook of another: of its address no more than the host, the rest may be secret."""
    place = urlsplit(webhook.url)
    return replace(_shown(webhook), url=f"{place.scheme}://{place.netloc}/")


def _delivery(message: Message, language: str) -> Delivery:
    told = message.problem
    return Delivery(
        message_id=message.message_id,
        event=message.event,
        state=message.state,
        state_name=word("webhook_state", message.state, language),
        attempts=message.attempts,
        made_at=message.made_at,
        next_at=message.next_at,
        status=message.status,
        problem=None
        if told is None
        else described(MutasiError.recalled(told["code"], told["params"]), language),
    )
