import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ask_for_import_body import AskForImportBody
from ...models.ask_for_import_format import AskForImportFormat
from ...models.ask_for_import_lang_type_0 import AskForImportLangType0
from ...models.import_job import ImportJob
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: AskForImportBody,
    lang: AskForImportLangType0 | None | Unset = UNSET,
    format_: AskForImportFormat | Unset = AskForImportFormat.BUNDLE,
    strict: bool | Unset = False,
    since: datetime.date | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    idempotency_key: None | str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    json_lang: str | Unset | None
    if isinstance(lang, Unset):
        json_lang = UNSET
    elif isinstance(lang, AskForImportLangType0):
        json_lang = lang.value
    else:
        json_lang = lang
    params["lang"] = json_lang

    json_format_: str | Unset = UNSET
    if not isinstance(format_, Unset):
        json_format_ = format_.value

    params["format"] = json_format_

    params["strict"] = strict

    json_since: str | Unset | None
    if isinstance(since, Unset):
        json_since = UNSET
    elif isinstance(since, datetime.date):
        json_since = since.isoformat()
    else:
        json_since = since
    params["since"] = json_since

    json_as_of: str | Unset | None
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    elif isinstance(as_of, datetime.date):
        json_as_of = as_of.isoformat()
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/imports",
        "params": params,
    }

    _kwargs["files"] = body.to_multipart()

    headers["Content-Type"] = "multipart/form-data; boundary=+++"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ImportJob | Problem | None:
    if response.status_code == 202:
        response_202 = ImportJob.from_dict(response.json())

        return response_202

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 408:
        response_408 = Problem.from_dict(response.json())

        return response_408

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
) -> Response[ImportJob | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AskForImportBody,
    lang: AskForImportLangType0 | None | Unset = UNSET,
    format_: AskForImportFormat | Unset = AskForImportFormat.BUNDLE,
    strict: bool | Unset = False,
    since: datetime.date | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[ImportJob | Problem]:
    """Hand records in

     Take files over to be imported: all good rows of all files in one transaction, or nothing.

    Args:
        lang (AskForImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        format_ (AskForImportFormat | Unset): What the files are, and so called. `bundle`: .csv;
            `siasn`: .json, .jsonl, .ndjson, .csv, .xlsx; `lists`: .csv, .xlsx; `peta`: .csv, .xlsx.
            Default: AskForImportFormat.BUNDLE.
        strict (bool | Unset): Refuse a file of which a row is bad. Default: False.
        since (datetime.date | None | Unset): Of `peta`: the first day on which the needs hold.
        as_of (datetime.date | None | Unset): Of `siasn`: the day of the export; that on which it
            came by default.
        idempotency_key (None | str | Unset): Tells a repeated request from a new one: the same
            key with the same body is done once, and answered alike, for the same caller.
        body (AskForImportBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportJob | Problem]
    """
    kwargs = _get_kwargs(
        body=body,
        lang=lang,
        format_=format_,
        strict=strict,
        since=since,
        as_of=as_of,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: AskForImportBody,
    lang: AskForImportLangType0 | None | Unset = UNSET,
    format_: AskForImportFormat | Unset = AskForImportFormat.BUNDLE,
    strict: bool | Unset = False,
    since: datetime.date | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    idempotency_key: None | str | Unset = UNSET,
) -> ImportJob | Problem | None:
    """Hand records in

     Take files over to be imported: all good rows of all files in one transaction, or nothing.

    Args:
        lang (AskForImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        format_ (AskForImportFormat | Unset): What the files are, and so called. `bundle`: .csv;
            `siasn`: .json, .jsonl, .ndjson, .csv, .xlsx; `lists`: .csv, .xlsx; `peta`: .csv, .xlsx.
            Default: AskForImportFormat.BUNDLE.
        strict (bool | Unset): Refuse a file of which a row is bad. Default: False.
        since (datetime.date | None | Unset): Of `peta`: the first day on which the needs hold.
        as_of (datetime.date | None | Unset): Of `siasn`: the day of the export; that on which it
            came by default.
        idempotency_key (None | str | Unset): Tells a repeated request from a new one: the same
            key with the same body is done once, and answered alike, for the same caller.
        body (AskForImportBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportJob | Problem
    """
    return sync_detailed(
        client=client,
        body=body,
        lang=lang,
        format_=format_,
        strict=strict,
        since=since,
        as_of=as_of,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AskForImportBody,
    lang: AskForImportLangType0 | None | Unset = UNSET,
    format_: AskForImportFormat | Unset = AskForImportFormat.BUNDLE,
    strict: bool | Unset = False,
    since: datetime.date | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[ImportJob | Problem]:
    """Hand records in

     Take files over to be imported: all good rows of all files in one transaction, or nothing.

    Args:
        lang (AskForImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        format_ (AskForImportFormat | Unset): What the files are, and so called. `bundle`: .csv;
            `siasn`: .json, .jsonl, .ndjson, .csv, .xlsx; `lists`: .csv, .xlsx; `peta`: .csv, .xlsx.
            Default: AskForImportFormat.BUNDLE.
        strict (bool | Unset): Refuse a file of which a row is bad. Default: False.
        since (datetime.date | None | Unset): Of `peta`: the first day on which the needs hold.
        as_of (datetime.date | None | Unset): Of `siasn`: the day of the export; that on which it
            came by default.
        idempotency_key (None | str | Unset): Tells a repeated request from a new one: the same
            key with the same body is done once, and answered alike, for the same caller.
        body (AskForImportBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportJob | Problem]
    """
    kwargs = _get_kwargs(
        body=body,
        lang=lang,
        format_=format_,
        strict=strict,
        since=since,
        as_of=as_of,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AskForImportBody,
    lang: AskForImportLangType0 | None | Unset = UNSET,
    format_: AskForImportFormat | Unset = AskForImportFormat.BUNDLE,
    strict: bool | Unset = False,
    since: datetime.date | None | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    idempotency_key: None | str | Unset = UNSET,
) -> ImportJob | Problem | None:
    """Hand records in

     Take files over to be imported: all good rows of all files in one transaction, or nothing.

    Args:
        lang (AskForImportLangType0 | None | Unset): Language of the words; without it, `Accept-
            Language` is followed.
        format_ (AskForImportFormat | Unset): What the files are, and so called. `bundle`: .csv;
            `siasn`: .json, .jsonl, .ndjson, .csv, .xlsx; `lists`: .csv, .xlsx; `peta`: .csv, .xlsx.
            Default: AskForImportFormat.BUNDLE.
        strict (bool | Unset): Refuse a file of which a row is bad. Default: False.
        since (datetime.date | None | Unset): Of `peta`: the first day on which the needs hold.
        as_of (datetime.date | None | Unset): Of `siasn`: the day of the export; that on which it
            came by default.
        idempotency_key (None | str | Unset): Tells a repeated request from a new one: the same
            key with the same body is done once, and answered alike, for the same caller.
        body (AskForImportBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportJob | Problem
    """
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            lang=lang,
            format_=format_,
            strict=strict,
            since=since,
            as_of=as_of,
            idempotency_key=idempotency_key,
        )
    ).parsed
