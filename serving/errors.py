"""Errors as problem details (RFC 9457), in the caller's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from mutasi.choices import listed, offered
from mutasi.errors import (
    BodyTooLarge,
    BodyTooSlow,
    Conflict,
    Forbidden,
    Invalid,
    LoginRefused,
    MediaTypeOther,
    MutasiError,
    NotFound,
    SessionEnded,
    StoreUnreadable,
    TokenInvalid,
    TokenMissing,
    TooManyRequests,
    Unavailable,
)
from mutasi.i18n import has_words, render
from serving.dependencies import language_of
from serving.region import named

MEDIA_TYPE = "application/problem+json"
MOST_BYTES: Final = 1 << 20
"""Of a request's body."""

STORE_SECONDS: Final = 5
"""After how long it is worth asking again while the store is away."""

SLOWEST_SECONDS: Final = 30
"""How long a request's body may take to come."""

REALM = 'Bearer realm="mutasi"'

STATUS: Final[dict[type[MutasiError], HTTPStatus]] = {
    TokenMissing: HTTPStatus.UNAUTHORIZED,
    TokenInvalid: HTTPStatus.UNAUTHORIZED,
    SessionEnded: HTTPStatus.UNAUTHORIZED,
    LoginRefused: HTTPStatus.UNAUTHORIZED,
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    BodyTooSlow: HTTPStatus.REQUEST_TIMEOUT,
    MediaTypeOther: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The status of each kind of error; leaves before their kinds."""


@dataclass(frozen=True)
class WrongValue:
    """A value of the request that cannot be used."""

    where: Annotated[str, Field(description="Its place.", examples=["query.limit"])]
    detail: Annotated[str, Field(description="What is wrong with it.")]


@dataclass(frozen=True)
class Problem:
    """Why a request failed."""

    type: Annotated[str, Field(description="Stable name.", examples=["/errors/limit_out_of_range"])]
    title: Annotated[str, Field(description="The kind of problem, in words.")]
    status: Annotated[int, Field(description="The HTTP status.", examples=[422])]
    detail: Annotated[str, Field(description="What happened, in the caller's language.")]
    params: Annotated[dict[str, str | int | float], Field(description="The values that caused it.")]
    errors: Annotated[list[WrongValue] | None, Field(description="The values at fault.")] = None
    reference: Annotated[
        str | None, Field(description="What to tell the operator, who finds the error by it.")
    ] = None


PROBLEM = TypeAdapter(Problem)
SCHEMA: Final = f"#/components/schemas/{Problem.__name__}"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of a route's problems.

    It only names the schema, which jobs and batches tell of in full: for a model FastAPI
    would make a validator for each problem of each route, half a second at every start.
    """
    content = {MEDIA_TYPE: {"schema": {"$ref": SCHEMA}}}
    return {
        int(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Make the application answer every error with problem details."""
    app.add_exception_handler(MutasiError, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


async def failure(request: Request, reference: str) -> Response:
    """Return the answer to an error that nobody foresaw; it tells nothing of it."""
    language = language_of(request)
    return _answer(
        language,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        render("problem.internal_error", language, reference=reference),
        reference=reference,
    )


async def too_large(request: Request, most: int) -> Response:
    """Return the answer to a body that is not read to its end."""
    return await _domain(request, BodyTooLarge(limit=most))


def status_of(error: MutasiError) -> HTTPStatus:
    """Return the HTTP status of an error."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def words_of(error: MutasiError, language: str) -> str:
    """Return an error in words, without paths of this installation."""
    return render(f"error.{error.code}", language, **{**error.params, **named(error)})


def described(error: MutasiError, language: str) -> Problem:
    """Return an error as a problem, in words."""
    status, detail = status_of(error), words_of(error, language)
    return Problem(
        f"/errors/{error.code}", _title(status, language), status.value, detail, named(error)
    )


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, MutasiError)
    language = language_of(request)
    answer = _sent(described(error, language), language)
    if isinstance(error, TooManyRequests):
        answer.headers["Retry-After"] = str(error.params["seconds"])
        answer.headers["RateLimit"] = f'"{error.params["name"]}";r=0;t={error.params["seconds"]}'
    if isinstance(error, MediaTypeOther):
        answer.headers["Accept"] = str(error.params["expected"])
    if isinstance(error, StoreUnreadable):
        answer.headers["Retry-After"] = str(STORE_SECONDS)
    if isinstance(error, TokenMissing | TokenInvalid):
        invalid = isinstance(error, TokenInvalid)
        answer.headers["WWW-Authenticate"] = REALM + (', error="invalid_token"' if invalid else "")
    return answer


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    language = language_of(request)
    wrong = [
        WrongValue(".".join(map(str, found["loc"])), _wrong(found, language))
        for found in error.errors()
    ]
    return _invalid(language, wrong)


def _invalid(language: str, wrong: list[WrongValue]) -> Response:
    return _answer(
        language,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request_invalid",
        render("problem.request_invalid", language, where=", ".join(one.where for one in wrong)),
        errors=wrong,
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    language = language_of(request)
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return await too_large(request, int(error.detail))
    if status is HTTPStatus.REQUEST_TIMEOUT:
        return await _domain(request, BodyTooSlow(seconds=int(error.detail)))
    if status is HTTPStatus.BAD_REQUEST:  # a body that FastAPI could not even take apart
        if isinstance(error.__cause__, RequestValidationError):
            return await _validation(request, error.__cause__)
        return _invalid(language, [WrongValue("body", _wrong({"type": "other"}, language))])
    code = {404: "route_not_found", 405: "method_not_allowed"}.get(status, "request_failed")
    answer = _answer(language, status, code, render(f"problem.{code}", language))
    answer.headers.update(error.headers or {})
    allowed = answer.headers.get("Allow", "")
    if "GET" in allowed.split(", "):
        answer.headers["Allow"] = f"{allowed}, HEAD"  # which is answered as GET (serving.envelope)
    return answer


def _wrong(found: Mapping[str, Any], language: str) -> str:
    key = f"problem.wrong.{found['type']}"
    known = key if has_words(key, language) else "problem.wrong.other"
    context = dict(found.get("ctx", {}))
    if "expected" in context:
        context["expected"] = offered(listed(context["expected"]), found["input"])
    return render(known, language, **context)


def _answer(
    language: str,
    status: HTTPStatus,
    code: str,
    detail: str,
    errors: list[WrongValue] | None = None,
    reference: str | None = None,
) -> Response:
    title = _title(status, language)
    problem = Problem(f"/errors/{code}", title, status.value, detail, {}, errors, reference)
    return _sent(problem, language)


def _title(status: HTTPStatus, language: str) -> str:
    key = f"problem.title.s{status.value}"
    return render(key, language) if has_words(key, language) else status.phrase


def _sent(problem: Problem, language: str) -> Response:
    return Response(
        PROBLEM.dump_json(problem, exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, "Vary": "Accept-Language"},
    )
