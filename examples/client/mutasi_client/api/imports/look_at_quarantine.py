from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.look_at_quarantine_lang_type_0 import LookAtQuarantineLangType0
from ...models.problem import Problem
from ...models.quarantine import Quarantine
from ...types import UNSET, Response, Unset


def _get_kwargs(
    import_id: str,
    *,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    lang: LookAtQuarantineLangType0 | None | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    json_cursor: str | Unset | None
    if isinstance(cursor, Unset):
        json_cursor = UNSET
    else:
        json_cursor = cursor
    params["cursor"] = json_cursor

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, LookAtQuarantineLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/imports/{import_id}/quarantine".format(
            import_id=quote(str(import_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Quarantine | None:
    if response.status_code == 200:
        response_200 = Quarantine.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

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
) -> Response[Problem | Quarantine]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    import_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    lang: LookAtQuarantineLangType0 | None | Unset = UNSET,
) -> Response[Problem | Quarantine]:
    """Rows that were not taken, and why

     Return what is wrong: file, row, field, value, reason and what was expected.

    Args:
        import_id (str): Of the import.
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        lang (LookAtQuarantineLangType0 | None | Unset): Language of the words; without it,
            `Accept-Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Quarantine]
    """
    kwargs = _get_kwargs(
        import_id=import_id,
        limit=limit,
        cursor=cursor,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    import_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    lang: LookAtQuarantineLangType0 | None | Unset = UNSET,
) -> Problem | Quarantine | None:
    """Rows that were not taken, and why

     Return what is wrong: file, row, field, value, reason and what was expected.

    Args:
        import_id (str): Of the import.
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        lang (LookAtQuarantineLangType0 | None | Unset): Language of the words; without it,
            `Accept-Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Quarantine
    """
    return sync_detailed(
        import_id=import_id,
        client=client,
        limit=limit,
        cursor=cursor,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    import_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    lang: LookAtQuarantineLangType0 | None | Unset = UNSET,
) -> Response[Problem | Quarantine]:
    """Rows that were not taken, and why

     Return what is wrong: file, row, field, value, reason and what was expected.

    Args:
        import_id (str): Of the import.
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        lang (LookAtQuarantineLangType0 | None | Unset): Language of the words; without it,
            `Accept-Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Quarantine]
    """
    kwargs = _get_kwargs(
        import_id=import_id,
        limit=limit,
        cursor=cursor,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    import_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    lang: LookAtQuarantineLangType0 | None | Unset = UNSET,
) -> Problem | Quarantine | None:
    """Rows that were not taken, and why

     Return what is wrong: file, row, field, value, reason and what was expected.

    Args:
        import_id (str): Of the import.
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        lang (LookAtQuarantineLangType0 | None | Unset): Language of the words; without it,
            `Accept-Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Quarantine
    """
    return (
        await asyncio_detailed(
            import_id=import_id,
            client=client,
            limit=limit,
            cursor=cursor,
            lang=lang,
        )
    ).parsed
