"""One log line a request, as JSON and without personal data.

A path may hold an employee's number, so the line has the route's template in its
place, and nothing of the query, the headers or the body.  An unforeseen error is
logged by its kind and place, not by its message, which could quote a row; the
caller gets a reference to find it by.
"""

import json
import logging
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable
from time import perf_counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mutasi.authority import Principal

LOG = logging.getLogger("mutasi.access")
UNMATCHED = "unmatched"
SHOWN_FRAMES = 6

Counted = Callable[[str, str, int, float], None]
Failed = Callable[[Request, str], Awaitable[Response]]


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object: its message, and ``extra={"fields": …}``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps(line, default=str)


def log_as_json() -> None:
    """Write the service's own log and uvicorn's to standard error, and no access log but ours.

    Uvicorn's has the paths of requests, and so the numbers of employees; its errors come
    with their place alone, as ours do.
    """
    logging.getLogger("uvicorn.access").disabled = True
    for name, level in (("mutasi", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        if not logger.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(JsonLines())
            logger.addHandler(handler)
            logger.propagate = False
        logger.setLevel(level)


class AccessLog:
    """Middleware that logs each request and answers for unforeseen errors.

    Args:
        app: What answers.
        failed: Makes the answer to an unforeseen error, given its reference.
        counted: Is told of each request: method, route, status and seconds.
    """

    def __init__(self, app: ASGIApp, failed: Failed, counted: Counted) -> None:
        self.app = app
        self.failed = failed
        self.counted = counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and log it when it is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        status: int | None = None

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:  # noqa: BLE001 -- the last to see it: logged, answered, not leaked
            reference = secrets.token_hex(8)
            _log_failure(error, reference, route_of(scope))
            if status is None:
                response = await self.failed(Request(scope), reference)
                await response(scope, receive, noted)
        seconds = perf_counter() - started
        self.counted(scope["method"], route_of(scope), status or 0, seconds)
        LOG.info(
            "request",
            extra={
                "fields": {
                    "method": scope["method"],
                    "route": route_of(scope),
                    "caller": caller_of(scope),
                    "status": status,
                    "ms": round(1000 * seconds, 2),
                }
            },
        )


def route_of(scope: Scope) -> str:
    """Return the template of the route that answers, never the path itself."""
    return getattr(scope.get("route"), "path_format", UNMATCHED)


def caller_of(scope: Scope) -> str | None:
    """Return who asks by an id that says nothing of a person; None of whom is not known."""
    caller: Principal | None = scope.get("state", {}).get("caller")
    return None if caller is None else caller.id


def _log_failure(error: Exception, reference: str, route: str) -> None:
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
    LOG.error(
        "unforeseen error",
        extra={
            "fields": {
                "reference": reference,
                "route": route,
                "error": type(error).__qualname__,
                "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        },
    )
