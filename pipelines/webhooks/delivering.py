"""Messages that are due, delivered to several receivers side by side.

The outbox hands out one message of a webhook at a time, so a receiver that is slow keeps
none but itself waiting, until as many are as are sent to at once.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event as Flag, Thread
from time import monotonic

from mutasi import clock
from mutasi.errors import (
    MutasiError,
    StoreUnreadable,
    WebhookForeign,
    WebhookRefused,
    WebhookUnreachable,
)
from mutasi.settings import Settings
from mutasi.store import outbox, session, webhooks
from mutasi.store.outbox import Message
from mutasi.store.session import Engine
from mutasi.store.webhooks import Webhook
from mutasi.webhooks.addresses import target_of
from mutasi.webhooks.signature import key_of, secret_of, signed
from pipelines.webhooks.sending import send

LOG = logging.getLogger("mutasi.webhooks")

BEAT_SECONDS = 1.0
"""How often it is looked whether something is due."""

FORGETS_EVERY = 3600.0
"""Seconds from one look for messages that have been over for long to the next."""

AT_ONCE = 8
"""How many messages are on their way at once: few threads, which mostly wait, and more than
are slow at a time."""

GONE = 410
"""What a receiver answers that wants nothing any more."""


def keep_delivering(settings: Settings, store: Engine, is_over: Flag) -> None:
    """Deliver what is due, and forget what has been over for long, until told that it is over."""
    forgets_at = monotonic()
    while not is_over.wait(BEAT_SECONDS):
        with suppress(StoreUnreadable):
            if monotonic() >= forgets_at:
                with session.unit_of_work(store, webhooks.QUEUE) as work:
                    outbox.forget(work)
                forgets_at = monotonic() + FORGETS_EVERY
            deliver_due(settings, store, is_over.is_set)


def deliver_due(settings: Settings, store: Engine, is_over: Callable[[], bool]) -> int:
    """Deliver what is due, and return how many messages were tried.

    Raises:
        StoreUnreadable: If the store cannot be read, or not be written.
    """
    ended: SimpleQueue[StoreUnreadable | None] = SimpleQueue()

    def deliver(webhook: Webhook, message: Message) -> None:
        problem = None
        try:
            _deliver(settings, store, webhook, message)
        except StoreUnreadable as error:
            problem = error
        finally:
            ended.put(problem)

    tried, under_way, problem = 0, 0, None
    while True:
        while under_way < AT_ONCE and not (problem or is_over()) and (taken := _taken(store)):
            Thread(target=deliver, args=taken, daemon=True).start()  # ends with its process
            tried, under_way = tried + 1, under_way + 1
        if not under_way:
            break
        with suppress(Empty):
            problem = ended.get(timeout=BEAT_SECONDS) or problem  # what comes meanwhile is sent too
            under_way -= 1
    if problem is not None:
        raise problem
    return tried


def _taken(store: Engine) -> tuple[Webhook, Message] | None:
    """Return a message that is due; who finds none keeps no writer waiting."""
    with session.reading(store) as work:
        if not outbox.is_due(work):
            return None
    with session.unit_of_work(store, webhooks.QUEUE) as work:
        return outbox.take(work)


def _deliver(settings: Settings, store: Engine, webhook: Webhook, message: Message) -> None:
    """Send a message, and keep what became of it."""
    found = _answer(settings, store, webhook, message)
    with session.unit_of_work(store, webhooks.QUEUE) as work:
        if isinstance(found, MutasiError):
            status = found.params.get("status")
            for_good = status == GONE or isinstance(found, WebhookForeign)
            outbox.failed(work, message, found.code, found.plain(), for_good=for_good)
        else:
            outbox.delivered(work, message, found)
    _log(message, found.code if isinstance(found, MutasiError) else "delivered")


def _answer(
    settings: Settings, store: Engine, webhook: Webhook, message: Message
) -> int | MutasiError:
    """Return with which status a message was taken, or why it was not."""
    try:
        status = _sent(settings, store, webhook, message)
    except StoreUnreadable:
        raise
    except MutasiError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- one message must not keep all others waiting
        _log(message, type(error).__qualname__)
        return WebhookUnreachable(reason="broken")
    return status if 200 <= status < 300 else WebhookRefused(status=status)


def _sent(settings: Settings, store: Engine, webhook: Webhook, message: Message) -> int:
    with session.reading(store) as work:
        if not webhooks.may_be_told(work, webhook, message.event):
            raise WebhookForeign
    target = target_of(webhook.url, to_loopback=settings.webhooks_to_loopback)
    headers = _signed(key_of(settings.webhook_key), webhook, message, clock.now())
    return send(target, headers, message.content)


def _signed(key: bytes, webhook: Webhook, message: Message, moment: int) -> dict[str, str]:
    """Return the headers that sign a message, by the former secret too while that holds."""
    number, former = webhook.secret_number, None
    if webhook.former_until is not None and moment < webhook.former_until.timestamp():
        former = secret_of(key, webhook.webhook_id, number - 1)
    secret = secret_of(key, webhook.webhook_id, number)
    return signed(secret, message.message_id, moment, message.content, former)


def _log(message: Message, outcome: str) -> None:
    """Log what became of a try; neither where to nor what."""
    said = {"event": "webhook", "message": message.message_id, "outcome": outcome}
    LOG.info(json.dumps(said))
