from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.subscribe_lang_type_0 import SubscribeLangType0
from ...models.subscription import Subscription
from ...models.webhook import Webhook
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: Subscription,
    lang: None | SubscribeLangType0 | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, SubscribeLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/webhooks",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Webhook | None:
    if response.status_code == 201:
        response_201 = Webhook.from_dict(response.json())

        return response_201

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | Webhook]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: Subscription,
    lang: None | SubscribeLangType0 | Unset = UNSET,
) -> Response[Problem | Webhook]:
    """Be told of what happens

     Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone.

    Args:
        lang (None | SubscribeLangType0 | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        body (Subscription): Where to, and of what.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Webhook]
    """
    kwargs = _get_kwargs(
        body=body,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: Subscription,
    lang: None | SubscribeLangType0 | Unset = UNSET,
) -> Problem | Webhook | None:
    """Be told of what happens

     Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone.

    Args:
        lang (None | SubscribeLangType0 | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        body (Subscription): Where to, and of what.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Webhook
    """
    return sync_detailed(
        client=client,
        body=body,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: Subscription,
    lang: None | SubscribeLangType0 | Unset = UNSET,
) -> Response[Problem | Webhook]:
    """Be told of what happens

     Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone.

    Args:
        lang (None | SubscribeLangType0 | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        body (Subscription): Where to, and of what.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Webhook]
    """
    kwargs = _get_kwargs(
        body=body,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: Subscription,
    lang: None | SubscribeLangType0 | Unset = UNSET,
) -> Problem | Webhook | None:
    """Be told of what happens

     Subscribe to events; each message is signed (Standard Webhooks) and holds ids alone.

    Args:
        lang (None | SubscribeLangType0 | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        body (Subscription): Where to, and of what.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Webhook
    """
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            lang=lang,
        )
    ).parsed
