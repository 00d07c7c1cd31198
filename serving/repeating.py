"""Requests that may come again: by ``Idempotency-Key`` they are done once, and answered alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.responses import Response

from mutasi.store import replies, session
from mutasi.store.replies import Reply
from mutasi.store.session import Work
from serving.region import Store
from serving.security import Caller

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Tells a repeated request from a new one: the same key with the same body "
        "is done once, and answered alike, for the same caller.",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
    ),
]

KEPT = ("content-type", "content-language", "etag", "location", "vary", "cache-control")
"""Headers that belong to an answer whenever it is given."""


@dataclass(frozen=True)
class Repeatable:
    """A request that changes something.

    Attributes:
        caller: Whose it is.
        key: What they call it; None if they do not say.
        place: What it is sent to, and how; an answer comes again in its first language.
    """

    caller: str
    key: str | None
    place: str

    def once(
        self, store: Store, queue: str, asked: bytes, done: Callable[[Work], Response]
    ) -> Response:
        """Do what is asked in one unit of work, or return the answer that it got before.

        Args:
            store: Where it is done.
            queue: Where writers wait for each other.
            asked: The body.
            done: Does it, and answers.

        Raises:
            KeyReused: If the key came before with another request.
            StoreUnwritable: If the store cannot take it.
        """
        with session.unit_of_work(store.engine, queue) as work:
            if self.key is None:
                return done(work)
            key = replies.Key.of(self.caller, self.key, self.place.encode(), asked)
            before = replies.known(work, key)
            if before is not None:
                return Response(before.content, before.status, before.headers)
            found = done(work)
            headers = {name: found.headers[name] for name in KEPT if name in found.headers}
            replies.keep(work, key, Reply(found.status_code, headers, bytes(found.body)))
            return found


async def repeatable(request: Request, caller: Caller, key: Key = None) -> Repeatable:
    """Return a request by what it may come again."""
    return Repeatable(caller.id, key, f"{request.method} {request.url.path}")


Again = Annotated[Repeatable, Depends(repeatable)]
