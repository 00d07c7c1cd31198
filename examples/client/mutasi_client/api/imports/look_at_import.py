from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.import_job import ImportJob
from ...models.look_at_import_lang_type_0 import LookAtImportLangType0
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    import_id: str,
    *,
    lang: LookAtImportLangType0 | None | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, LookAtImportLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/imports/{import_id}".format(
            import_id=quote(str(import_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | ImportJob | Problem | None:
    if response.status_code == 200:
        response_200 = ImportJob.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

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
) -> Response[Any | ImportJob | Problem]:
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
    lang: LookAtImportLangType0 | None | Unset = UNSET,
) -> Response[Any | ImportJob | Problem]:
    """What came of an import

     Return what came of an import: rows by table, what was wrong; or why nothing was stored.

    Args:
        import_id (str): Of the import.
        lang (LookAtImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ImportJob | Problem]
    """
    kwargs = _get_kwargs(
        import_id=import_id,
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
    lang: LookAtImportLangType0 | None | Unset = UNSET,
) -> Any | ImportJob | Problem | None:
    """What came of an import

     Return what came of an import: rows by table, what was wrong; or why nothing was stored.

    Args:
        import_id (str): Of the import.
        lang (LookAtImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ImportJob | Problem
    """
    return sync_detailed(
        import_id=import_id,
        client=client,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    import_id: str,
    *,
    client: AuthenticatedClient,
    lang: LookAtImportLangType0 | None | Unset = UNSET,
) -> Response[Any | ImportJob | Problem]:
    """What came of an import

     Return what came of an import: rows by table, what was wrong; or why nothing was stored.

    Args:
        import_id (str): Of the import.
        lang (LookAtImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ImportJob | Problem]
    """
    kwargs = _get_kwargs(
        import_id=import_id,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    import_id: str,
    *,
    client: AuthenticatedClient,
    lang: LookAtImportLangType0 | None | Unset = UNSET,
) -> Any | ImportJob | Problem | None:
    """What came of an import

     Return what came of an import: rows by table, what was wrong; or why nothing was stored.

    Args:
        import_id (str): Of the import.
        lang (LookAtImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ImportJob | Problem
    """
    return (
        await asyncio_detailed(
            import_id=import_id,
            client=client,
            lang=lang,
        )
    ).parsed
