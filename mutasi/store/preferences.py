"""What employees wish: kept by version, so that nobody overwrites what they did not see."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mutasi.errors import PreferencesChanged
from mutasi.store import trail
from mutasi.store.clock import NOW
from mutasi.store.tables import PREFERENCES
from mutasi.store.trail import Action, Deed, Kind


@dataclass(frozen=True)
class Wished:
    """What an employee wishes.

    Attributes:
        version: How often it was told; 0 if never.
        content: As JSON.
        changed_at: When it was told last.
    """

    version: int
    content: dict[str, Any]
    changed_at: datetime | None


NOTHING = Wished(0, {}, None)


def of(work: Session, employee_id: str) -> Wished:
    """Return what an employee wishes; version 0 if nothing was told."""
    mine = PREFERENCES.c.employee_id == employee_id
    row = work.execute(sa.select(PREFERENCES).where(mine)).one_or_none()
    if row is None:
        return NOTHING
    return Wished(row.version, row.content, datetime.fromtimestamp(row.changed_at, UTC))


def every(work: Session) -> dict[str, Wished]:
    """Return what employees wish, by NIP, in order."""
    rows = work.execute(sa.select(PREFERENCES).order_by(PREFERENCES.c.employee_id))
    return {
        row.employee_id: Wished(
            row.version, row.content, datetime.fromtimestamp(row.changed_at, UTC)
        )
        for row in rows
    }


def tell(work: Session, actor: str, employee_id: str, content: dict[str, Any], seen: int) -> Wished:
    """Keep what an employee wishes instead of what was told before.

    Args:
        work: The unit of work, of the queue of cases.
        actor: Who tells it.
        employee_id: The employee.
        content: As JSON.
        seen: The version that they last saw.

    Raises:
        PreferencesChanged: If it is another one by now.
    """
    before = of(work, employee_id)
    if before.version != seen:
        raise PreferencesChanged(seen=seen, version=before.version)
    told = {"version": seen + 1, "content": content, "changed_at": NOW}
    if seen:
        mine = PREFERENCES.c.employee_id == employee_id
        work.execute(sa.update(PREFERENCES).where(mine).values(**told))
    else:
        work.execute(sa.insert(PREFERENCES).values(employee_id=employee_id, **told))
    was = _hash(before.content) if seen else None
    trail.append(work, Deed(actor, Action.TELL, Kind.PREFERENCES, employee_id, was, _hash(content)))
    return of(work, employee_id)


def _hash(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
