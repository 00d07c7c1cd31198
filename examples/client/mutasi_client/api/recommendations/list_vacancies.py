from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_vacancies_lang_type_0 import ListVacanciesLangType0
from ...models.problem import Problem
from ...models.vacancies import Vacancies
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    function: None | str | Unset = UNSET,
    unit: None | str | Unset = UNSET,
    lang: ListVacanciesLangType0 | None | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    json_cursor: str | Unset | None
    if isinstance(cursor, Unset):
        json_cursor = UNSET
    else:
        json_cursor = cursor
    params["cursor"] = json_cursor

    json_function: str | Unset | None
    if isinstance(function, Unset):
        json_function = UNSET
    else:
        json_function = function
    params["function"] = json_function

    json_unit: str | Unset | None
    if isinstance(unit, Unset):
        json_unit = UNSET
    else:
        json_unit = unit
    params["unit"] = json_unit

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, ListVacanciesLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/vacancies",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Vacancies | None:
    if response.status_code == 200:
        response_200 = Vacancies.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

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
) -> Response[Problem | Vacancies]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    function: None | str | Unset = UNSET,
    unit: None | str | Unset = UNSET,
    lang: ListVacanciesLangType0 | None | Unset = UNSET,
) -> Response[Problem | Vacancies]:
    """Open positions

     Return positions that need more people than hold them, those that miss most first.

    Args:
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        function (None | str | Unset): Only a function of government.
        unit (None | str | Unset): Only a unit, by id.
        lang (ListVacanciesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Vacancies]
    """
    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        function=function,
        unit=unit,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    function: None | str | Unset = UNSET,
    unit: None | str | Unset = UNSET,
    lang: ListVacanciesLangType0 | None | Unset = UNSET,
) -> Problem | Vacancies | None:
    """Open positions

     Return positions that need more people than hold them, those that miss most first.

    Args:
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        function (None | str | Unset): Only a function of government.
        unit (None | str | Unset): Only a unit, by id.
        lang (ListVacanciesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Vacancies
    """
    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        function=function,
        unit=unit,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    function: None | str | Unset = UNSET,
    unit: None | str | Unset = UNSET,
    lang: ListVacanciesLangType0 | None | Unset = UNSET,
) -> Response[Problem | Vacancies]:
    """Open positions

     Return positions that need more people than hold them, those that miss most first.

    Args:
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        function (None | str | Unset): Only a function of government.
        unit (None | str | Unset): Only a unit, by id.
        lang (ListVacanciesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Vacancies]
    """
    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        function=function,
        unit=unit,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: None | str | Unset = UNSET,
    function: None | str | Unset = UNSET,
    unit: None | str | Unset = UNSET,
    lang: ListVacanciesLangType0 | None | Unset = UNSET,
) -> Problem | Vacancies | None:
    """Open positions

     Return positions that need more people than hold them, those that miss most first.

    Args:
        limit (int | Unset): How many, 1 to 200. Default: 50.
        cursor (None | str | Unset): `next_cursor` of the page before.
        function (None | str | Unset): Only a function of government.
        unit (None | str | Unset): Only a unit, by id.
        lang (ListVacanciesLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Vacancies
    """
    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            function=function,
            unit=unit,
            lang=lang,
        )
    ).parsed
