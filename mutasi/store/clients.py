"""Which systems ask: clients with a secret of ours, or known to an issuer elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.authority import WHOLE, Principal, Reach, Scope
from mutasi.errors import (
    ClientNotFound,
    NameTaken,
    NameUnusable,
    NothingToChange,
    UnitUnknown,
)
from mutasi.passwords import fingerprint, made_secret
from mutasi.store import trail
from mutasi.store.tables import CLIENTS, REPLIES, TABLES, TRAIL, WEBHOOKS
from mutasi.store.trail import Action, Deed, Kind

NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}")


@dataclass(frozen=True)
class Client:
    """A system that may ask.

    Attributes:
        name: Its name, which is its ``client_id``.
        secret: Hash of its secret; None if an issuer elsewhere vouches for it.
        subject: What that issuer calls it (``sub``).
        scopes: What it may ask and do.
        unit_id: The unit that it is confined to; None for the whole region.
        is_active: Whether it may ask.
    """

    name: str
    secret: str | None
    subject: str | None
    scopes: tuple[Scope, ...]
    unit_id: str | None
    is_active: bool

    @property
    def principal(self) -> Principal:
        """Who this is when it asks."""
        reach = Reach(units=frozenset({self.unit_id})) if self.unit_id else WHOLE
        return Principal(f"client:{self.name}", self.name, dict.fromkeys(self.scopes, reach))

    @property
    def seal(self) -> str:
        """The hash that the trail has of all but the secret."""
        told = {name: value for name, value in vars(self).items() if name != "secret"}
        return trail.seal_of(told)


def add(
    work: Connection,
    name: str,
    scopes: Iterable[Scope],
    moment: int,
    subject: str | None = None,
    unit_id: str | None = None,
) -> str | None:
    """Add a client.

    Args:
        work: The unit of work.
        name: Its ``client_id``.
        scopes: What it may ask and do.
        moment: When, in seconds since 1970 UTC.
        subject: What an issuer elsewhere calls it; such a client has no secret.
        unit_id: The unit that it is confined to.

    Returns:
        The secret, which is kept nowhere; None for a client of an issuer elsewhere.

    Raises:
        NameUnusable: If the name holds other than letters, digits, dot and dash.
        NameTaken: If there is a client of this name or subject, or was one of this name.
        UnitUnknown: If there is no such unit.
    """
    require_name(name)
    require_unit(work, unit_id)
    taken = CLIENTS.c.name == name
    if subject is not None:
        taken |= CLIENTS.c.subject == subject
    is_there = work.execute(sa.select(CLIENTS.c.name).where(taken)).first() is not None
    if is_there or _was_removed(work, name):
        raise NameTaken(name=name)
    secret = made_secret() if subject is None else None
    work.execute(
        sa.insert(CLIENTS).values(
            name=name,
            secret=None if secret is None else fingerprint(secret),
            subject=subject,
            scopes=" ".join(dict.fromkeys(scopes)),
            unit_id=unit_id,
            is_active=True,
            made_at=moment,
        )
    )
    return secret


def every(work: Connection) -> list[Client]:
    """Return all clients, by name."""
    return [client_of(row) for row in work.execute(sa.select(CLIENTS).order_by(CLIENTS.c.name))]


def named(work: Connection, name: str) -> Client:
    """Return the client of a name.

    Raises:
        ClientNotFound: If there is none.
    """
    return _required(work, CLIENTS.c.name == name, name)


def known_as(work: Connection, subject: str) -> Client:
    """Return the client that an issuer elsewhere calls so.

    Raises:
        ClientNotFound: If there is none.
    """
    return _required(work, CLIENTS.c.subject == subject, subject)


def change(
    work: Connection, name: str, scopes: Iterable[Scope], unit_id: str | None, actor: str
) -> None:
    """Let a client ask something else, or about others; tokens that it holds do no more.

    Args:
        work: The unit of work.
        name: Its ``client_id``.
        scopes: What it may ask and do.
        unit_id: The unit that it is confined to; None for the whole region.
        actor: Who changes it, for the trail.

    Raises:
        ClientNotFound: If there is no such client.
        UnitUnknown: If there is no such unit.
        NothingToChange: If it is so already.
    """
    known = named(work, name)
    require_unit(work, unit_id)
    wanted = replace(known, scopes=tuple(dict.fromkeys(scopes)), unit_id=unit_id)
    if wanted == known:
        raise NothingToChange(name=name)
    values = {"scopes": " ".join(wanted.scopes), "unit_id": unit_id}
    work.execute(sa.update(CLIENTS).where(CLIENTS.c.name == name).values(values))
    trail.append(work, Deed(actor, Action.CHANGE, Kind.CLIENT, name, known.seal, wanted.seal))


def remove(work: Connection, name: str, actor: str) -> None:
    """Remove a client, whatever tokens it still holds.

    The trail names it as before, and no other client is ever given its name: tokens,
    receipts and entries of the trail would be taken for those of the other.

    Args:
        work: The unit of work.
        name: Its ``client_id``.
        actor: Who removes it, for the trail.

    Raises:
        ClientNotFound: If there is no such client.
    """
    known = named(work, name)
    forget(work, known.principal.id)
    work.execute(sa.delete(CLIENTS).where(CLIENTS.c.name == name))
    trail.append(work, Deed(actor, Action.DELETE, Kind.CLIENT, name, before=known.seal))


def forget(work: Connection, caller: str) -> None:
    """Remove what is kept for a caller, as the trail names them, who asks no more."""
    work.execute(sa.delete(WEBHOOKS).where(WEBHOOKS.c.owner == caller))
    work.execute(sa.delete(REPLIES).where(REPLIES.c.caller == caller))


def renew(work: Connection, name: str) -> str:
    """Give a client another secret and return it; the one before is void.

    Raises:
        ClientNotFound: If there is no such client with a secret of ours.
    """
    client = named(work, name)
    if client.secret is None:
        raise ClientNotFound(name=name)
    secret = made_secret()
    mine = CLIENTS.c.name == name
    work.execute(sa.update(CLIENTS).where(mine).values(secret=fingerprint(secret)))
    return secret


def switch(work: Connection, name: str, *, is_active: bool) -> None:
    """Let a client ask, or no more, whatever tokens it still holds.

    Raises:
        ClientNotFound: If there is no such client.
    """
    named(work, name)
    mine = CLIENTS.c.name == name
    work.execute(sa.update(CLIENTS).where(mine).values(is_active=is_active))


def require_name(name: str) -> None:
    """Refuse a name that could be taken for another, or for something else.

    Raises:
        NameUnusable: If it holds other than small letters, digits, dot and dash.
    """
    if NAME.fullmatch(name) is None:
        raise NameUnusable(name=name)


def require_unit(work: Connection, unit_id: str | None) -> None:
    """Refuse a unit that there is not.

    Raises:
        UnitUnknown: If no unit has this id.
    """
    if unit_id is None:
        return
    key = TABLES["units"].c.unit_id
    if work.scalar(sa.select(key).where(key == unit_id)) is None:
        raise UnitUnknown(unit_id=unit_id)


def _was_removed(work: Connection, name: str) -> bool:
    told = (TRAIL.c.kind == Kind.CLIENT, TRAIL.c.action == Action.DELETE, TRAIL.c.object == name)
    return work.execute(sa.select(TRAIL.c.number).where(*told)).first() is not None


def _required(work: Connection, condition: sa.ColumnElement[bool], name: str) -> Client:
    row = work.execute(sa.select(CLIENTS).where(condition)).first()
    if row is None:
        raise ClientNotFound(name=name)
    return client_of(row)


def client_of(row: Any) -> Client:
    """Return what a row of the table says."""
    return Client(
        name=row.name,
        secret=row.secret,
        subject=row.subject,
        scopes=tuple(map(Scope, row.scopes.split())),
        unit_id=row.unit_id,
        is_active=row.is_active,
    )
