"""Answers that are kept, so that a request that comes again is not done again.

An answer is kept in the unit of work that does what was asked: either both are there or
neither.  Writers of one queue wait for each other, so a request that comes again while
the first is under way waits for it and gets its answer.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import KeyReused
from mutasi.store.clock import NOW
from mutasi.store.tables import REPLIES

KEPT_SECONDS: Final = 7 * 24 * 3600
"""How long an answer is kept: longer than anybody repeats a request."""


@dataclass(frozen=True)
class Key:
    """By what a request that comes again is known.

    Attributes:
        caller: Whose request it is.
        key: What they call it.
        request: Hash of what was asked.
    """

    caller: str
    key: str
    request: str

    @classmethod
    def of(cls, caller: str, key: str, *asked: bytes) -> "Key":
        """Return the key of a request, by everything that it asks."""
        told = hashlib.sha256()
        for part in asked:
            told.update(hashlib.sha256(part).digest())
        return cls(caller, key, told.hexdigest())


@dataclass(frozen=True)
class Reply:
    """An answer.

    Attributes:
        status: Its status.
        headers: Those that belong to it.
        content: Its body.
    """

    status: int
    headers: dict[str, str]
    content: bytes


def known(work: Connection, key: Key) -> Reply | None:
    """Return the answer that a request got before; None if it is new.

    Raises:
        KeyReused: If the key came before with another request.
    """
    which = sa.and_(REPLIES.c.caller == key.caller, REPLIES.c.idempotency_key == key.key)
    row = work.execute(sa.select(REPLIES).where(which)).one_or_none()
    if row is None:
        return None
    if row.request != key.request:
        raise KeyReused(idempotency_key=key.key)
    return Reply(row.status, row.headers, row.content)


def keep(work: Connection, key: Key, reply: Reply) -> None:
    """Keep an answer for when the request comes again; those that are old are forgotten."""
    work.execute(sa.delete(REPLIES).where(REPLIES.c.at < NOW - KEPT_SECONDS))
    work.execute(
        sa.insert(REPLIES).values(
            caller=key.caller,
            idempotency_key=key.key,
            request=key.request,
            status=reply.status,
            headers=reply.headers,
            content=reply.content,
            at=NOW,
        )
    )
