"""Webhooks of a caller: subscribed, tried, deleted; nobody sees those of others."""

from operator import attrgetter

from mutasi.authority import Principal
from mutasi.errors import MutasiError, ScopeMissing
from mutasi.i18n import word
from mutasi.settings import Settings
from mutasi.store import session, trail, webhooks
from mutasi.store.trail import Action, Deed, Kind
from mutasi.store.webhooks import Message
from mutasi.webhooks.addresses import require_usable
from mutasi.webhooks.events import NEEDED, Event
from mutasi.webhooks.signature import made_key, secret_of
from serving.errors import described
from serving.paging import page
from serving.region import Store
from serving.webhooks.schemas import Deliveries, Delivery, Subscription, Webhook, Webhooks


def subscribed(store: Store, settings: Settings, caller: Principal, asked: Subscription) -> Webhook:
    """Add a webhook, and return it with its secret, which nobody is told again.

    Raises:
        ScopeMissing: If the caller may not ask, of the whole region, about an event.
        WebhookAddressUnusable: If the address is no URL as it must be.
        WebhookAddressForbidden: If it is one that is never reached.
        TooManyWebhooks: If they have as many as one may have.
        StoreUnwritable: If the store cannot take it.
    """
    for event in asked.events:
        _require_scope(caller, Event(event))
    require_usable(asked.url, to_loopback=settings.webhooks_to_loopback)
    key = made_key(settings.webhook_key)
    with session.unit_of_work(store.engine, webhooks.QUEUE) as work:
        made = webhooks.subscribe(work, caller.id, asked.url, asked.events)
        trail.append(work, Deed(caller.id, Action.ADD, Kind.WEBHOOK, made.webhook_id))
    return _shown(made, secret_of(key, made.webhook_id))


def _require_scope(caller: Principal, event: Event) -> None:
    scope = NEEDED[event]
    if not caller.reach(scope).is_whole:
        raise ScopeMissing(scope=scope.value)


def every(store: Store, caller: Principal) -> Webhooks:
    """Return the webhooks of a caller."""
    with session.reading(store.engine) as work:
        return Webhooks([_shown(one) for one in webhooks.of(work, caller.id)])


def one(store: Store, caller: Principal, webhook_id: str) -> Webhook:
    """Return a webhook of a caller.

    Raises:
        WebhookNotFound: If they have none of this id.
    """
    with session.reading(store.engine) as work:
        return _shown(webhooks.webhook(work, caller.id, webhook_id))


def deleted(store: Store, caller: Principal, webhook_id: str) -> None:
    """Delete a webhook of a caller, and put on the trail who did.

    Raises:
        WebhookNotFound: If they have none of this id.
        StoreUnwritable: If the store cannot take it.
    """
    with session.unit_of_work(store.engine, webhooks.QUEUE) as work:
        webhooks.delete(work, caller.id, webhook_id)
        trail.append(work, Deed(caller.id, Action.DELETE, Kind.WEBHOOK, webhook_id))


def pinged(store: Store, caller: Principal, webhook_id: str, language: str) -> Delivery:
    """Write a message that says nothing, to see whether it comes.

    Raises:
        WebhookNotFound: If the caller has no webhook of this id.
        StoreUnwritable: If the store cannot take it.
    """
    with session.unit_of_work(store.engine, webhooks.QUEUE) as work:
        made = webhooks.ping(work, caller.id, webhook_id, Event.PING)
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
            lambda most: webhooks.messages(work, caller.id, webhook_id, most, cursor),
            attrgetter("message_id"),
        )
    shown = [_delivery(message, language) for message in found]
    return Deliveries(deliveries=shown, next_cursor=more)


def _shown(webhook: webhooks.Webhook, secret: str | None = None) -> Webhook:
    return Webhook(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        events=list(webhook.events),
        made_at=webhook.made_at,
        secret=secret,
    )


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
