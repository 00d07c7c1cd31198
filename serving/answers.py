"""How answers are sent: JSON in a language, whole or by what changed, page by page."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Header
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"

Known = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        description="The `ETag` of the answer that the caller has: 304 if nothing is new.",
        max_length=1000,
    ),
]

TAGGED: Final[dict[str, Any]] = {
    "ETag": {"description": "For `If-None-Match`.", "schema": {"type": "string"}}
}
"""Headers of an answer that :func:`unless_known` gives, for the description."""

UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "It is as `If-None-Match` says."}
}
"""What :func:`unless_known` answers in its place, for the description."""

Told = TypeVar("Told")


@dataclass(frozen=True)
class Shape(Generic[Told]):
    """What answers of a kind are made of, and how they are written.

    What writes and reads them is made when the first is, not when the service starts: most
    processes answer questions of few kinds.

    Attributes:
        kind: Dataclass of such an answer.
    """

    kind: type[Told]

    @cached_property
    def adapter(self) -> TypeAdapter[Told]:
        """What writes such answers, and reads them."""
        return TypeAdapter(self.kind)

    def json(self, told: Told) -> bytes:
        """Return an answer as it is sent."""
        return self.adapter.dump_json(told)

    def described(
        self, text: str, example: Told | None = None, headers: dict[str, Any] | None = None
    ) -> "Described":
        """Return what the description says of such an answer, with an example of it."""
        return Described(self, text, example, headers)


class Described(dict[str, Any]):
    """What the description says of an answer; schema and example follow for who reads it."""

    def __init__(
        self, shape: Shape[Any], text: str, example: object, headers: dict[str, Any] | None
    ) -> None:
        super().__init__(description=text, content={JSON: {}})
        if headers is not None:
            self["headers"] = headers
        self.shape = shape
        self._example = example

    def give_example(self) -> None:
        """Add the example, if there is one."""
        if self._example is not None:
            told = self.shape.adapter.dump_python(self._example, mode="json")
            self["content"][JSON]["example"] = told


def answer(content: bytes, language: str) -> Response:
    """Return JSON that nobody keeps."""
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(content, media_type=JSON, headers=headers)


def with_version(found: Response, version: int) -> Response:
    """Return an answer with an ETag for `If-Match` and `If-None-Match`.

    The version alone would not do for both: what may be done about something, or what the
    law says of it, changes by the day while the version stays.
    """
    found.headers["ETag"] = f'"{version}-{_digest(found)[:16]}"'
    return found


def unless_known(found: Response, known: str | None) -> Response:
    """Return an answer with an ETag, or 304 to a caller who has just that one.

    Args:
        found: The answer; its fingerprint is the ETag unless it has one.
        known: What the caller has: `If-None-Match`.
    """
    etag = found.headers.setdefault("ETag", f'"{_digest(found)[:32]}"')
    found.headers["Cache-Control"] = "private, no-cache"
    if etag not in (each.strip().removeprefix("W/") for each in (known or "").split(",")):
        return found
    kept = ("etag", "cache-control", "vary", "content-language", "retry-after")
    headers = {name: value for name, value in found.headers.items() if name in kept}
    return Response(status_code=304, headers=headers)


def _digest(found: Response) -> str:
    return sha256(bytes(found.body)).hexdigest()


def with_next(request: Request, found: Response, cursor: str | None) -> Response:
    """Return a page with the link to the next, if there is one."""
    if cursor is not None:
        query = urlencode({**request.query_params, "cursor": cursor})
        found.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return found
