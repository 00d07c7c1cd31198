from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.issue_lang_type_0 import IssueLangType0
from ...models.problem import Problem
from ...models.token import Token
from ...models.token_refused import TokenRefused
from ...models.token_request import TokenRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: TokenRequest,
    lang: IssueLangType0 | None | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, IssueLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/oauth2/token",
        "params": params,
    }

    _kwargs["data"] = body.to_dict()
    headers["Content-Type"] = "application/x-www-form-urlencoded"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Token | TokenRefused | None:
    if response.status_code == 200:
        response_200 = Token.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = TokenRefused.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = TokenRefused.from_dict(response.json())

        return response_401

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
) -> Response[Problem | Token | TokenRefused]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TokenRequest,
    lang: IssueLangType0 | None | Unset = UNSET,
) -> Response[Problem | Token | TokenRefused]:
    """A token for a system

     Return a token for a client that knows its secret (client credentials).

    Errors are those of OAuth 2, which its clients understand, and no problem details.

    Args:
        lang (IssueLangType0 | None | Unset): Language of the words; without it, `Accept-Language`
            is followed.
        body (TokenRequest): A client asks for a token (RFC 6749, section 4.4).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Token | TokenRefused]
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
    body: TokenRequest,
    lang: IssueLangType0 | None | Unset = UNSET,
) -> Problem | Token | TokenRefused | None:
    """A token for a system

     Return a token for a client that knows its secret (client credentials).

    Errors are those of OAuth 2, which its clients understand, and no problem details.

    Args:
        lang (IssueLangType0 | None | Unset): Language of the words; without it, `Accept-Language`
            is followed.
        body (TokenRequest): A client asks for a token (RFC 6749, section 4.4).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Token | TokenRefused
    """
    return sync_detailed(
        client=client,
        body=body,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: TokenRequest,
    lang: IssueLangType0 | None | Unset = UNSET,
) -> Response[Problem | Token | TokenRefused]:
    """A token for a system

     Return a token for a client that knows its secret (client credentials).

    Errors are those of OAuth 2, which its clients understand, and no problem details.

    Args:
        lang (IssueLangType0 | None | Unset): Language of the words; without it, `Accept-Language`
            is followed.
        body (TokenRequest): A client asks for a token (RFC 6749, section 4.4).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Token | TokenRefused]
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
    body: TokenRequest,
    lang: IssueLangType0 | None | Unset = UNSET,
) -> Problem | Token | TokenRefused | None:
    """A token for a system

     Return a token for a client that knows its secret (client credentials).

    Errors are those of OAuth 2, which its clients understand, and no problem details.

    Args:
        lang (IssueLangType0 | None | Unset): Language of the words; without it, `Accept-Language`
            is followed.
        body (TokenRequest): A client asks for a token (RFC 6749, section 4.4).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Token | TokenRefused
    """
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            lang=lang,
        )
    ).parsed
