"""How answers are sent: JSON in a language, whole or by what changed, page by page."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"


def shown(
    schema: TypeAdapter[Any],
    kind: Any,
    text: str,
    example: Any,
    headers: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the description says of an answer, with an example of it."""
    content = {JSON: {"example": schema.dump_python(example, mode="json")}}
    told = {"model": kind, "description": text, "content": content}
    return told | ({"headers": headers} if headers else {})


def answer(content: bytes, language: str) -> Response:
    """Return JSON that nobody keeps."""
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(content, media_type=JSON, headers=headers)


def unless_known(request: Request, found: Response) -> Response:
    """Return an answer with its fingerprint, or 304 to a caller who has just that one."""
    etag = f'"{sha256(bytes(found.body)).hexdigest()[:32]}"'
    found.headers["ETag"] = etag
    found.headers["Cache-Control"] = "private, no-cache"
    known = request.headers.get("if-none-match", "")
    if etag not in (each.strip().removeprefix("W/") for each in known.split(",")):
        return found
    kept = ("etag", "cache-control", "vary", "content-language", "retry-after")
    headers = {name: value for name, value in found.headers.items() if name in kept}
    return Response(status_code=304, headers=headers)


def with_next(request: Request, found: Response, cursor: str | None) -> Response:
    """Return a page with the link to the next, if there is one."""
    if cursor is not None:
        query = urlencode({**request.query_params, "cursor": cursor})
        found.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return found
