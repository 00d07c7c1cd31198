"""Who looked at somebody's data, as the audit trail has it: for the person concerned.

An entry of the trail is about a person if it names them, a receipt that tells of them, or
a proposal or an application of theirs.  What is about many at once (plans, exports, lists of
rows to mend, files handed in) names nobody on the trail and is not found here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.authority import PERSON, Role
from mutasi.store.tables import ACCOUNTS, CASES, RECEIPT_PEOPLE, RECEIPTS, TABLES, TRAIL
from mutasi.store.trail import Kind
from mutasi.vocabulary import Assignment


class Asker(StrEnum):
    """What looked: the beginning of an actor on the trail."""

    ACCOUNT = "account"
    CLIENT = "client"
    INSTALLATION = "installation"
    USER = "user"


@dataclass(frozen=True)
class Account:
    """Whose account looked, as it is now; an account that is not there any more is of nothing.

    Attributes:
        name: What the person signs in by.
        roles: What they are to the agency.
        unit_name: The unit that they head, else that of the post that they hold.
    """

    name: str | None = None
    roles: tuple[Role, ...] = ()
    unit_name: str | None = None


@dataclass(frozen=True)
class Access:
    """Somebody looked at a person's data, or acted on a case of theirs.

    Attributes:
        number: Of the entry on the trail.
        at: When.
        actor: Who, as the trail names them.
        account: Whose account that is; None unless a person signed in.
        is_own: Whether it was the person concerned.
        action: What they did: a :class:`mutasi.store.trail.Action`, or an act on a case.
        kind: What they did it to: the employee, a receipt, a proposal, an application or
            the preferences.
        object_id: Which one; None of employee and preferences, which the person is.
    """

    number: int
    at: datetime
    actor: str
    account: Account | None
    is_own: bool
    action: str
    kind: Kind
    object_id: str | None

    @property
    def asker(self) -> Asker:
        """What looked."""
        return Asker(self.actor.partition(":")[0])


PERSON_KINDS: Final = (Kind.EMPLOYEE, Kind.PREFERENCES)
"""What the trail names by the number of the person."""

CASE_KINDS: Final = (Kind.PROPOSAL, Kind.APPLICATION)
"""What it names by the id of a case, which is about one person."""


def page(
    work: Connection,
    employee_id: str,
    limit: int,
    before: int | None = None,
    *,
    with_own: bool = False,
) -> tuple[list[Access], int | None]:
    """Return a page of who looked at a person's data, the latest first, and where the next begins.

    Args:
        work: A connection that reads.
        employee_id: The person.
        limit: The most entries.
        before: Only entries before the one of this number.
        with_own: Whether what the person did by their own account is told too.
    """
    own = _own(work, employee_id)
    asked = sa.select(TRAIL).where(TRAIL.c.number.in_(_about(employee_id)))
    if before is not None:
        asked = asked.where(TRAIL.c.number < before)
    if not with_own and own:
        asked = asked.where(TRAIL.c.actor.not_in(own))
    rows = work.execute(asked.order_by(TRAIL.c.number.desc()).limit(limit + 1)).all()
    accounts = _accounts(work, {row.actor for row in rows if row.actor.startswith(PERSON)})
    shown = [
        Access(
            number=row.number,
            at=datetime.fromtimestamp(row.at, UTC),
            actor=row.actor,
            account=accounts.get(row.actor),
            is_own=row.actor in own,
            action=row.action,
            kind=Kind(row.kind),
            object_id=None if row.kind in PERSON_KINDS else row.object,
        )
        for row in rows[:limit]
    ]
    return shown, shown[-1].number if len(rows) > limit else None


def _about(employee_id: str) -> sa.CompoundSelect[int]:
    """Return the query for the numbers of entries that are about a person; by indices alone."""
    number = sa.select(TRAIL.c.number)
    named = number.where(TRAIL.c.object == employee_id, TRAIL.c.kind.in_(PERSON_KINDS))
    told = (
        number.join(RECEIPTS, RECEIPTS.c.receipt_id == TRAIL.c.object)
        .join(RECEIPT_PEOPLE, RECEIPT_PEOPLE.c.number == RECEIPTS.c.number)
        .where(TRAIL.c.kind == Kind.RECEIPT, RECEIPT_PEOPLE.c.employee_id == employee_id)
    )
    cased = number.join(CASES, CASES.c.case_id == TRAIL.c.object).where(
        TRAIL.c.kind.in_(CASE_KINDS), CASES.c.employee_id == employee_id
    )
    return sa.union_all(named, told, cased)


def _own(work: Connection, employee_id: str) -> set[str]:
    """Return the accounts of a person, as the trail names them."""
    mine = sa.select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.employee_id == employee_id)
    return {f"{PERSON}{account_id}" for account_id in work.scalars(mine)}


def _accounts(work: Connection, actors: Collection[str]) -> dict[str, Account]:
    """Return accounts by how the trail names them."""
    ids = [actor.removeprefix(PERSON) for actor in actors]
    rows = work.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.account_id.in_(ids))).all()
    units = _units(work, {row.unit_id for row in rows if row.unit_id})
    posted = _posted(work, {row.employee_id for row in rows if row.employee_id})
    found = {
        f"{PERSON}{row.account_id}": Account(
            name=row.name,
            roles=tuple(map(Role, row.roles.split())),
            unit_name=units.get(row.unit_id) if row.unit_id else posted.get(row.employee_id),
        )
        for row in rows
    }
    return {actor: found.get(actor, Account()) for actor in actors}


def _units(work: Connection, ids: Collection[str]) -> Mapping[str, str | None]:
    units = TABLES["units"]
    asked = sa.select(units.c.unit_id, units.c.name).where(units.c.unit_id.in_(ids))
    return {row.unit_id: row.name for row in work.execute(asked)}


def _posted(work: Connection, ids: Collection[str]) -> Mapping[str, str | None]:
    """Return the names of the units in which people hold posts."""
    posts, positions, units = (TABLES[name] for name in ("postings", "positions", "units"))
    asked = (
        sa.select(posts.c.employee_id, units.c.name)
        .join(positions, positions.c.position_id == posts.c.position_id)
        .join(units, units.c.unit_id == positions.c.unit_id)
        .where(
            posts.c.employee_id.in_(ids),
            posts.c.assignment == Assignment.DEFINITIVE,
            posts.c.ended_on.is_(None),
        )
        .order_by(posts.c.started_on)
    )
    return {row.employee_id: row.name for row in work.execute(asked)}
