"""Routes of webhooks: translation only.  A worker delivers; here they are subscribed."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.responses import Response

from mutasi.authority import Scope
from serving.answers import Shape, answer, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
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
) -> Response:
    """Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone."""
    made = service.subscribed(region.store, request.app.state.settings, caller, asked)
    found = answer(WEBHOOK.json(made), language)
    found.status_code = HTTPStatus.CREATED
    found.headers["Location"] = f"{ADDRESS}/{made.webhook_id}"
    return found


@router.get(
    "",
    summary="One's webhooks",
    responses={
        200: WEBHOOKS.described("All, the oldest first.", examples.WEBHOOKS),
        **problems(401, 403, 422, 429, 503),
    },
)
def list_webhooks(caller: Caller, region: Served, language: CallerLanguage) -> Response:
    """Return the caller's own webhooks, without their secrets."""
    return answer(WEBHOOKS.json(service.every(region.store, caller)), language)


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
def delete_webhook(webhook_id: WebhookId, caller: Caller, region: Served) -> Response:
    """Delete one of the caller's own webhooks; what is being sent may still come."""
    service.deleted(region.store, caller, webhook_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


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
    webhook_id: WebhookId, caller: Caller, region: Served, language: CallerLanguage
) -> Response:
    """Have a `webhook.ping` sent, to see whether it comes and is understood."""
    found = answer(
        DELIVERY.json(service.pinged(region.store, caller, webhook_id, language)), language
    )
    found.status_code = HTTPStatus.ACCEPTED
    found.headers["Location"] = f"{ADDRESS}/{webhook_id}/deliveries"
    return found


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
