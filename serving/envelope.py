"""What goes around every request and answer: how much is read, and headers that protect."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.rates import Allowance
from serving.region import Region

PROTECTING: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Headers of every answer that does not say otherwise itself."""


@dataclass(frozen=True)
class Bounds:
    """How much of a body is read.

    Attributes:
        most: Bytes.
        slowest: Seconds that are waited for all of it.
    """

    most: int
    slowest: float


class BodyLimit:
    """Middleware that reads no more of a body than is allowed, and waits no longer for it.

    Whoever sends byte by byte keeps a connection, but neither a thread nor for ever.

    Args:
        app: What answers.
        bounds: Of every body,
        wider: but of those that are sent to these addresses.
        refused: Makes the answer to a body that says itself that it is longer than so many
            bytes.
    """

    def __init__(
        self,
        app: ASGIApp,
        bounds: Bounds,
        refused: Callable[[Request, int], Awaitable[Response]],
        wider: Mapping[str, Bounds] | None = None,
    ) -> None:
        self.app = app
        self.bounds = bounds
        self.refused = refused
        self.wider = wider or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless or until it is too long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bounds = self.wider.get(scope["path"], self.bounds)
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > bounds.most:
            answer = await self.refused(Request(scope), bounds.most)
            await answer(scope, receive, send)
            return
        await self.app(scope, _counted(receive, bounds), send)


def _counted(receive: Receive, bounds: Bounds) -> Receive:
    """Return what receives a body, and gives up where it is too long or too slow.

    What it raises says the bound that was passed.
    """
    read, is_whole, end = 0, False, anyio.current_time() + bounds.slowest

    async def counted() -> Message:
        nonlocal read, is_whole
        try:
            with anyio.fail_after(None if is_whole else end - anyio.current_time()):
                message = await receive()
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, f"{bounds.slowest:.0f}") from None
        read += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if read > bounds.most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(bounds.most))
        return message

    return counted


class HeadAsGet:
    """Middleware that answers HEAD as GET; the server leaves the body out (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


VERSIONED: Final = "/v1/"

AS_OF: Final = "Records-As-Of"
"""The header that names the day whose knowledge the service answers by."""


class AnswerHeaders:
    """Middleware that adds what protects an answer, as of when it is, what is left of a rate."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def added(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in PROTECTING.items():
                    headers.setdefault(name, value)
                _tell(headers, scope.get("state", {}).get("allowance"))
                if scope["path"].startswith(VERSIONED):
                    _tell_day(headers, getattr(scope["app"].state, "region", None))
            await send(message)

        await self.app(scope, receive, added)


def _tell_day(headers: MutableHeaders, region: Region | None) -> None:
    """Say which day's knowledge answers, once records are loaded."""
    if region is not None and region.recommender is not None:
        headers[AS_OF] = region.recommender.snapshot.as_of.isoformat()


def _tell(headers: MutableHeaders, allowance: Allowance | None) -> None:
    """Say what is left (draft-ietf-httpapi-ratelimit-headers), unless the answer says it."""
    if allowance is None:
        return
    rate = allowance.rate
    headers.setdefault("RateLimit-Policy", f'"{rate.name}";q={rate.count};w={rate.seconds}')
    headers.setdefault("RateLimit", f'"{rate.name}";r={allowance.left};t={allowance.reset}')
