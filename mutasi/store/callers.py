"""Accounts and clients held against the audit trail: who got another role than was given is named.

The trail has a hash of each as it was added or changed, and that it was switched on or off
since; passwords and secrets are in none.  Those of whom an early version told no hash are taken
as they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store import accounts, clients, damaged
from mutasi.store.accounts import Account
from mutasi.store.clients import Client
from mutasi.store.receipts import Fault
from mutasi.store.tables import ACCOUNTS, CLIENTS, TRAIL
from mutasi.store.trail import Action, Kind

KINDS: Final[tuple[tuple[Kind, sa.Column[str], Callable[[Any], Account | Client]], ...]] = (
    (Kind.ACCOUNT, ACCOUNTS.c.account_id, accounts.account_of),
    (Kind.CLIENT, CLIENTS.c.name, clients.client_of),
)
"""Who may ask: how the trail calls them, by what, and what a row says."""

TOLD: Final = (Action.ADD, Action.CHANGE, Action.ENABLE, Action.DISABLE, Action.DELETE)


@dataclass(frozen=True)
class Last:
    """What the trail tells of somebody.

    Attributes:
        seal: Of the last time that they were added or changed; None if they were removed.
        is_active: Whether they were switched on since; None if neither on nor off.
    """

    seal: str | None
    is_active: bool | None = None

    def fits(self, row: Any, read: Callable[[Any], Account | Client]) -> bool:
        """Return whether a row is what was told."""
        try:
            now = replace(read(row), is_active=bool(row.is_active))
            if row.is_active not in {0, 1}:
                return False
            if self.is_active is None:
                return now.seal == self.seal
            then = {replace(now, is_active=value).seal for value in (True, False)}
        except damaged.UNREADABLE:
            return False
        return now.is_active == self.is_active and self.seal in then


def faults(work: Connection) -> Iterator[tuple[str, Fault]]:
    """Yield accounts and clients that are not what was told, as ``account:…`` and ``client:…``.

    The trail is taken as it is; :func:`mutasi.store.trail.faults` judges it.
    """
    began = work.scalar(sa.select(sa.func.min(TRAIL.c.at)))
    for kind, key, read in KINDS:
        told = _told(work, kind)
        for row in work.execute(damaged.kept(key.table).order_by(key)):
            name = getattr(row, key.name)
            last = told.pop(name, None)
            if last is None:
                is_old = began is None or row.made_at < began
                fault = None if is_old or _is_told(work, kind, name) else Fault.UNSEALED
            elif last.seal is None:
                fault = Fault.UNSEALED
            else:
                fault = None if last.fits(row, read) else Fault.CHANGED
            if fault is not None:
                yield f"{kind}:{damaged.shown(name)}", fault
        gone = [damaged.shown(name) for name, last in told.items() if last.seal is not None]
        yield from ((f"{kind}:{name}", Fault.GONE) for name in sorted(gone))


def _told(work: Connection, kind: Kind) -> dict[str, Last]:
    """Return what the trail tells of each that it has a hash of, by id."""
    asked = sa.select(TRAIL.c.object, TRAIL.c.action, TRAIL.c.after).order_by(TRAIL.c.number)
    found: dict[str, Last] = {}
    for name, action, seal in work.execute(
        asked.where(TRAIL.c.kind == kind, TRAIL.c.action.in_(TOLD))
    ):
        if action == Action.DELETE or seal is not None:
            found[name] = Last(seal)
        elif name in found and action in {Action.ENABLE, Action.DISABLE}:
            found[name] = replace(found[name], is_active=action == Action.ENABLE)
    return found


def _is_told(work: Connection, kind: Kind, name: str) -> bool:
    """Return whether the trail tells that somebody was added, of whom it has no hash."""
    of_them = (TRAIL.c.kind == kind, TRAIL.c.object == name, TRAIL.c.action == Action.ADD)
    return work.scalar(sa.select(TRAIL.c.number).where(*of_them).limit(1)) is not None
