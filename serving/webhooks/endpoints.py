"""Routes of webhooks: translation only.  A worker delivers; here they are subscribed."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from mutasi.authority import Scope
from mutasi.store import webhooks
from mutasi.store.session import Work
from mutasi.webhooks.signature import made_key
from serving.answers import Shape, answer, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.repeating import KEPT, Again
from serving.security import Caller, Needs
from serving.webhooks import examples, service
from serving.webhooks.schemas import Deliveries, Delivery, Subscription, Webhook, Webhooks

ADDRESS = "/v1/webhooks"

router = Area("webhooks", prefix=ADDRESS, dependencies=[Depends(Needs(Scope.WEBHOOKS))])

WEBHOOK = Shape(Webhook)
WEBHOOKS = Shape(Webhooks)
DELIVERY = Shape(Delivery)
DELIVERIES = Shape(Deliveries)

WebhookId = Annotated[str, Path(description="Of the webhook.", examples=[examples.WEBHOOK_ID])]


@router.post(
    "",
    status_code=201,
    summary="Be told of what happens",
    responses={
        201: WEBHOOK.described("It is subscribed; the secret is told once.", examples.SUBSCRIBED),
        **problems(401, 403, 409, 413, 415, 422, 429, 503),
    },
)
def subscribe(
    request: Request,
    asked: Subscription,
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    again: Again,
) -> Response:
    """Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone."""
    settings = request.app.state.settings
    service.require_subscribable(settings, caller, asked)
    key = made_key(settings.webhook_key)

    def done(work: Work) -> Response:
        made = service.subscribed(work, caller, asked)
        found = answer(WEBHOOK.json(made), language)
        found.status_code = HTTPStatus.CREATED
        found.headers["Location"] = f"{ADDRESS}/{made.webhook_id}"
        return found

    body = asked.model_dump_json().encode()
    return _with_secret(key, again.once(region.store, webhooks.QUEUE, body, done))


def _with_secret(key: bytes, kept: Response) -> Response:
    """Return an answer with the secret, which is not kept for when the request comes again."""
    shown = WEBHOOK.adapter.validate_json(bytes(kept.body))
    headers = {name: kept.headers[name] for name in KEPT if name in kept.headers}
    content = WEBHOOK.json(service.with_secret(key, shown))
    return Response(content, kept.status_code, headers)


@router.get(
    "",
    summary="Webhooks",
    responses={
        200: WEBHOOKS.described(
            "A page, the oldest first; `Link` leads to the next.", examples.WEBHOOKS
        ),
        **problems(401, 403, 422, 429, 503),
    },
)
def list_webhooks(
    request: Request,
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    of_everybody: Annotated[
        bool,
        Query(
            alias="everybody",
            description="Everybody's, for administrators (`webhooks:all`); one's own otherwise.",
        ),
    ] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return the caller's own webhooks, or everybody's; without their secrets."""
    page = service.listed(region.store, caller, limit, cursor, of_everybody=of_everybody)
    return with_next(request, answer(WEBHOOKS.json(page), language), page.next_cursor)


@router.get(
    "/{webhook_id}",
    summary="A webhook",
    responses={
        200: WEBHOOK.described("It, without its secret.", examples.WEBHOOK),
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def look_at_webhook(
    webhook_id: WebhookId, caller: Caller, region: Served, language: CallerLanguage
) -> Response:
    """Return one of the caller's own webhooks."""
    return answer(WEBHOOK.json(service.one(region.store, caller, webhook_id)), language)


@router.delete(
    "/{webhook_id}",
    status_code=204,
    summary="Be told no more",
    responses={
        204: {"description": "It is gone, with what it was to be told."},
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def delete_webhook(webhook_id: WebhookId, caller: Caller, region: Served, again: Again) -> Response:
    """Delete a webhook; administrators (`webhooks:all`) also those of others.

    What is being sent may still come.
    """

    def done(work: Work) -> Response:
        service.delete(work, caller, webhook_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return again.once(region.store, webhooks.QUEUE, b"", done)


@router.post(
    "/{webhook_id}/secret",
    summary="Change the secret of a webhook",
    responses={
        200: WEBHOOK.described("It, with the new secret, which is told once.", examples.CHANGED),
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def change_secret(
    request: Request,
    webhook_id: WebhookId,
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    again: Again,
) -> Response:
    """Have a webhook signed by a new secret; for a day by the former one beside it.

    A message then has two signatures, and who checks either takes it. Changed once more
    within the day, the secret before the former one signs no longer.
    """
    key = made_key(request.app.state.settings.webhook_key)

    def done(work: Work) -> Response:
        return answer(WEBHOOK.json(service.secret_changed(work, caller, webhook_id)), language)

    return _with_secret(key, again.once(region.store, webhooks.QUEUE, b"", done))


@router.post(
    "/{webhook_id}/ping",
    status_code=202,
    summary="Try a webhook",
    responses={
        202: DELIVERY.described("A message that says nothing waits.", examples.PING),
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def ping_webhook(
    webhook_id: WebhookId, caller: Caller, region: Served, language: CallerLanguage, again: Again
) -> Response:
    """Have a `webhook.ping` sent, to see whether it comes and is understood."""

    def done(work: Work) -> Response:
        made = service.pinged(work, caller, webhook_id, language)
        found = answer(DELIVERY.json(made), language)
        found.status_code = HTTPStatus.ACCEPTED
        found.headers["Location"] = f"{ADDRESS}/{webhook_id}/deliveries"
        return found

    return again.once(region.store, webhooks.QUEUE, b"", done)


@router.get(
    "/{webhook_id}/deliveries",
    summary="What a webhook was told",
    responses={
        200: DELIVERIES.described(
            "A page, the latest first; `Link` leads to the next.",
            examples.DELIVERIES,
        ),
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def list_deliveries(
    request: Request,
    webhook_id: WebhookId,
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return messages of the last 30 days: whether they came, and why not."""
    page = service.deliveries(region.store, caller, webhook_id, limit, cursor, language)
    return with_next(request, answer(DELIVERIES.json(page), language), page.next_cursor)
