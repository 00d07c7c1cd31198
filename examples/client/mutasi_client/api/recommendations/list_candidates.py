from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_candidates_lang_type_0 import ListCandidatesLangType0
from ...models.problem import Problem
from ...models.ranking import Ranking
from ...types import UNSET, Response, Unset


def _get_kwargs(
    position_id: str,
    *,
    limit: int | Unset = 10,
    lang: ListCandidatesLangType0 | None | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, ListCandidatesLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/vacancies/{position_id}/candidates".format(
            position_id=quote(str(position_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Ranking | None:
    if response.status_code == 200:
        response_200 = Ranking.from_dict(response.json())

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
) -> Response[Problem | Ranking]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    position_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 10,
    lang: ListCandidatesLangType0 | None | Unset = UNSET,
) -> Response[Problem | Ranking]:
    """Who for a vacancy

     Return the eligible employees, best first, and why others are not eligible.

    Whoever sees only a unit is answered for its people alone.

    Args:
        position_id (str): Id of the position.
        limit (int | Unset): How many, 1 to 200. Default: 10.
        lang (ListCandidatesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Ranking]
    """
    kwargs = _get_kwargs(
        position_id=position_id,
        limit=limit,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    position_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 10,
    lang: ListCandidatesLangType0 | None | Unset = UNSET,
) -> Problem | Ranking | None:
    """Who for a vacancy

     Return the eligible employees, best first, and why others are not eligible.

    Whoever sees only a unit is answered for its people alone.

    Args:
        position_id (str): Id of the position.
        limit (int | Unset): How many, 1 to 200. Default: 10.
        lang (ListCandidatesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Ranking
    """
    return sync_detailed(
        position_id=position_id,
        client=client,
        limit=limit,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    position_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 10,
    lang: ListCandidatesLangType0 | None | Unset = UNSET,
) -> Response[Problem | Ranking]:
    """Who for a vacancy

     Return the eligible employees, best first, and why others are not eligible.

    Whoever sees only a unit is answered for its people alone.

    Args:
        position_id (str): Id of the position.
        limit (int | Unset): How many, 1 to 200. Default: 10.
        lang (ListCandidatesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Ranking]
    """
    kwargs = _get_kwargs(
        position_id=position_id,
        limit=limit,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    position_id: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 10,
    lang: ListCandidatesLangType0 | None | Unset = UNSET,
) -> Problem | Ranking | None:
    """Who for a vacancy

     Return the eligible employees, best first, and why others are not eligible.

    Whoever sees only a unit is answered for its people alone.

    Args:
        position_id (str): Id of the position.
        limit (int | Unset): How many, 1 to 200. Default: 10.
        lang (ListCandidatesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Ranking
    """
    return (
        await asyncio_detailed(
            position_id=position_id,
            client=client,
            limit=limit,
            lang=lang,
        )
    ).parsed
