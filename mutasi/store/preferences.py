"""What employees wish: kept by version, so that nobody overwrites what they did not see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import PreferencesChanged
from mutasi.store import cases, trail
from mutasi.store.clock import NOW
from mutasi.store.tables import CASES, PREFERENCES
from mutasi.store.trail import Action, Deed, Kind
from mutasi.workflow.applications import State


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


def of(work: Connection, employee_id: str) -> Wished:
    """Return what an employee wishes; version 0 if nothing was told."""
    mine = PREFERENCES.c.employee_id == employee_id
    row = work.execute(sa.select(PREFERENCES).where(mine)).one_or_none()
    if row is None:
        return NOTHING
    return Wished(row.version, row.content, datetime.fromtimestamp(row.changed_at, UTC))


def every(work: Connection) -> dict[str, Wished]:
    """Return what employees wish, by NIP, in order."""
    rows = work.execute(sa.select(PREFERENCES).order_by(PREFERENCES.c.employee_id))
    return {
        row.employee_id: Wished(
            row.version, row.content, datetime.fromtimestamp(row.changed_at, UTC)
        )
        for row in rows
    }


@dataclass(frozen=True)
class Asked:
    """What an employee asks for.

    Attributes:
        positions: Posts that they applied for, while it was not answered.
        preferences: What they wish besides, as JSON.
    """

    positions: frozenset[str]
    preferences: dict[str, Any]


def asked_by(work: Connection, people: Sequence[str]) -> dict[str, Asked]:
    """Return what some employees ask for, by NIP, of those who ask for anything; in one query."""
    wished = sa.select(
        PREFERENCES.c.employee_id,
        PREFERENCES.c.content,
        sa.cast(sa.null(), sa.String).label("position_id"),
    ).where(PREFERENCES.c.employee_id.in_(people))
    applied = sa.select(
        CASES.c.employee_id, sa.cast(sa.null(), sa.JSON), CASES.c.position_id
    ).where(
        CASES.c.employee_id.in_(people),
        CASES.c.kind == cases.Kind.APPLICATION,
        CASES.c.state == State.SUBMITTED,
    )
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    positions: dict[str, set[str]] = defaultdict(set)
    for row in work.execute(wished.union_all(applied)):
        if row.position_id is None:
            told[row.employee_id] = row.content
        else:
            positions[row.employee_id].add(row.position_id)
    return {
        nip: Asked(frozenset(positions.get(nip, ())), told.get(nip, {}))
        for nip in {**told, **positions}
    }


def tell(
    work: Connection, actor: str, employee_id: str, content: dict[str, Any], seen: int
) -> Wished:
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
    was = trail.seal_of(before.content) if seen else None
    now = trail.seal_of(content)
    trail.append(work, Deed(actor, Action.TELL, Kind.PREFERENCES, employee_id, was, now))
    return of(work, employee_id)
