"""How answers are sent: JSON in a language, whole or by what changed, page by page."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"


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
