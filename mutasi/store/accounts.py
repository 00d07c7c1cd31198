"""Who signs in: accounts of people and their sessions."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.authority import PERSON, Principal, Role, grants_of
from mutasi.errors import (
    AccountNotFound,
    EmployeeNotFound,
    LastAdministrator,
    NameTaken,
    NothingToChange,
)
from mutasi.passwords import fingerprint, hashed, made_secret
from mutasi.store import trail
from mutasi.store.clients import forget, require_name, require_unit
from mutasi.store.tables import ACCOUNTS, SESSIONS, TABLES
from mutasi.store.trail import Action, Deed, Kind

ID_BYTES: Final = 8

IDLE: Final = 30 * 60
"""Seconds after which a session that nobody used has ended."""

LONGEST: Final = 10 * 3600
"""Seconds after which every session has ended: a long day at work."""

SEEN_EVERY: Final = 60
"""Seconds within which a second use of a session is not written down."""


@dataclass(frozen=True)
class Account:
    """A person who may sign in.

    Attributes:
        account_id: Made by chance; what may be logged.
        name: What the person types.
        password: Hash of the password.
        roles: What the person is to the agency.
        unit_id: The unit that they head.
        employee_id: Their NIP.
        is_active: Whether they may sign in.
    """

    account_id: str
    name: str
    password: str
    roles: tuple[Role, ...]
    unit_id: str | None
    employee_id: str | None
    is_active: bool

    @property
    def principal(self) -> Principal:
        """Who this is when they ask."""
        grants = grants_of(self.roles, self.unit_id, self.employee_id)
        roles = frozenset(self.roles)
        return Principal(f"{PERSON}{self.account_id}", self.name, grants, roles, self.employee_id)

    @property
    def seal(self) -> str:
        """The hash that the trail has of all but the password: whose id this was can be shown."""
        told = {name: value for name, value in vars(self).items() if name != "password"}
        return trail.seal_of(told)


def add(
    work: Connection,
    name: str,
    password: str,
    roles: Iterable[Role],
    moment: int,
    unit_id: str | None = None,
    employee_id: str | None = None,
) -> Account:
    """Add an account.

    Args:
        work: The unit of work.
        name: What the person types to sign in.
        password: The password; only a hash of it is kept.
        roles: What the person is to the agency.
        moment: When, in seconds since 1970 UTC.
        unit_id: The unit that a head heads.
        employee_id: The person's NIP, which an employee needs.

    Raises:
        NameUnusable: If the name holds other than letters, digits, dot and dash.
        NameTaken: If there is an account of this name.
        PasswordWeak: If the password is too short or holds the name.
        RoleIncomplete: If a head has no unit, or an employee no NIP.
        UnitUnknown: If there is no such unit.
        EmployeeNotFound: If there is no such employee.
    """
    made = Account(
        account_id=secrets.token_hex(ID_BYTES),
        name=name,
        password="",
        roles=tuple(dict.fromkeys(roles)),
        unit_id=unit_id,
        employee_id=employee_id,
        is_active=True,
    )
    _require_possible(work, made)
    made = replace(made, password=hashed(password, name))
    work.execute(sa.insert(ACCOUNTS).values(**_values(made), made_at=moment))
    return made


def every(work: Connection) -> list[Account]:
    """Return all accounts, by name."""
    return [account_of(row) for row in work.execute(sa.select(ACCOUNTS).order_by(ACCOUNTS.c.name))]


def named(work: Connection, name: str) -> Account:
    """Return the account of a name.

    Raises:
        AccountNotFound: If there is none.
    """
    found = _found(work, ACCOUNTS.c.name == name)
    if found is None:
        raise AccountNotFound(name=name)
    return found


def is_held(work: Connection, employee_id: str) -> bool:
    """Return whether an employee has an account that is switched on."""
    theirs = (ACCOUNTS.c.employee_id == employee_id, ACCOUNTS.c.is_active)
    return bool(work.scalar(sa.select(sa.func.count()).select_from(ACCOUNTS).where(*theirs)))


def of(work: Connection, account_id: str) -> Account | None:
    """Return the account of an id; None if there is none."""
    return _found(work, ACCOUNTS.c.account_id == account_id)


def change(work: Connection, wanted: Account, actor: str) -> None:
    """Give an account another name, other roles, another unit or NIP, and end its sessions.

    Args:
        work: The unit of work.
        wanted: The account as it should be, of the id that it has.
        actor: Who changes it, for the trail.

    Raises:
        AccountNotFound: If there is no account of that id any more.
        NothingToChange: If it is so already.
        LastAdministrator: If nobody else could sign in as an administrator.
        NameUnusable: If the name holds other than letters, digits, dot and dash.
        NameTaken: If there is another account of this name.
        RoleIncomplete: If a head has no unit, or an employee no NIP.
        UnitUnknown: If there is no such unit.
        EmployeeNotFound: If there is no such employee.
    """
    known = of(work, wanted.account_id)
    if known is None:
        raise AccountNotFound(name=wanted.name)
    if known == wanted:
        raise NothingToChange(name=wanted.name)
    _require_possible(work, wanted)
    if Role.ADMINISTRATOR not in wanted.roles:
        _require_another(work, known)
    _update(work, known, **_values(wanted))
    end_all(work, known)
    deed = Deed(actor, Action.CHANGE, Kind.ACCOUNT, known.account_id, known.seal, wanted.seal)
    trail.append(work, deed)


def remove(work: Connection, name: str, actor: str) -> Account:
    """Remove an account with its sessions and return what it was; the trail keeps its id.

    Args:
        work: The unit of work.
        name: What the person typed.
        actor: Who removes it, for the trail.

    Raises:
        AccountNotFound: If there is no such account.
        LastAdministrator: If nobody else could sign in as an administrator.
    """
    known = named(work, name)
    _require_another(work, known)
    end_all(work, known)
    forget(work, known.principal.id)
    work.execute(sa.delete(ACCOUNTS).where(ACCOUNTS.c.account_id == known.account_id))
    deed = Deed(actor, Action.DELETE, Kind.ACCOUNT, known.account_id, before=known.seal)
    trail.append(work, deed)
    return known


def change_password(work: Connection, name: str, password: str) -> None:
    """Give an account another password, and end its sessions.

    Raises:
        AccountNotFound: If there is no such account.
        PasswordWeak: If the password is too short or holds the name.
    """
    account = named(work, name)
    _update(work, account, password=hashed(password, name))
    end_all(work, account)


def keep(work: Connection, account: Account, password: str) -> None:
    """Keep the same password by another hash."""
    _update(work, account, password=password)


def switch(work: Connection, name: str, *, is_active: bool) -> None:
    """Let an account sign in, or no more; in that case its sessions end now.

    Raises:
        AccountNotFound: If there is no such account.
    """
    account = named(work, name)
    _update(work, account, is_active=is_active)
    if not is_active:
        end_all(work, account)


def begin(work: Connection, account: Account, moment: int) -> str:
    """Begin a session and return what its cookie shows; those that have ended are forgotten."""
    work.execute(sa.delete(SESSIONS).where(_has_ended(moment)))
    token = made_secret()
    work.execute(
        sa.insert(SESSIONS).values(
            token=fingerprint(token),
            account_id=account.account_id,
            begun_at=moment,
            seen_at=moment,
        )
    )
    return token


@dataclass(frozen=True)
class Signed:
    """A session that lasts.

    Attributes:
        account: Whose it is.
        ends_at: When it ends at the latest, in seconds since 1970 UTC.
        is_due: Whether its use should be written down.
    """

    account: Account
    ends_at: int
    is_due: bool


def signed_in(work: Connection, token: str, moment: int) -> Signed | None:
    """Return the session of what a cookie shows; None if it has ended or never began."""
    row = work.execute(
        sa.select(ACCOUNTS, SESSIONS.c.begun_at, SESSIONS.c.seen_at)
        .join_from(SESSIONS, ACCOUNTS)
        .where(SESSIONS.c.token == fingerprint(token), ACCOUNTS.c.is_active, ~_has_ended(moment))
    ).first()
    if row is None:
        return None
    return Signed(account_of(row), row.begun_at + LONGEST, row.seen_at + SEEN_EVERY <= moment)


def seen(work: Connection, token: str, moment: int) -> None:
    """Write down that a session was used."""
    mine = SESSIONS.c.token == fingerprint(token)
    work.execute(sa.update(SESSIONS).where(mine).values(seen_at=moment))


def end(work: Connection, token: str) -> str | None:
    """End a session and return the account whose it was; None if it has ended already."""
    mine = sa.delete(SESSIONS).where(SESSIONS.c.token == fingerprint(token))
    return work.scalar(mine.returning(SESSIONS.c.account_id))


def end_all(work: Connection, account: Account) -> None:
    """End every session of an account."""
    work.execute(sa.delete(SESSIONS).where(SESSIONS.c.account_id == account.account_id))


def _has_ended(moment: int) -> sa.ColumnElement[bool]:
    return (SESSIONS.c.seen_at <= moment - IDLE) | (SESSIONS.c.begun_at <= moment - LONGEST)


def _update(work: Connection, account: Account, **values: object) -> None:
    mine = ACCOUNTS.c.account_id == account.account_id
    work.execute(sa.update(ACCOUNTS).where(mine).values(**values))


def _found(work: Connection, condition: sa.ColumnElement[bool]) -> Account | None:
    row = work.execute(sa.select(ACCOUNTS).where(condition)).first()
    return None if row is None else account_of(row)


def account_of(row: Any) -> Account:
    """Return what a row of the table says."""
    return Account(
        account_id=row.account_id,
        name=row.name,
        password=row.password,
        roles=tuple(map(Role, row.roles.split())),
        unit_id=row.unit_id,
        employee_id=row.employee_id,
        is_active=row.is_active,
    )


def _values(account: Account) -> dict[str, object]:
    """Return what the table holds of an account."""
    return vars(account) | {"roles": " ".join(account.roles)}


def _require_possible(work: Connection, wanted: Account) -> None:
    """Refuse an account that cannot be, as :func:`add` says."""
    require_name(wanted.name)
    grants_of(wanted.roles, wanted.unit_id, wanted.employee_id)
    require_unit(work, wanted.unit_id)
    _require_employee(work, wanted.employee_id)
    namesake = _found(work, ACCOUNTS.c.name == wanted.name)
    if namesake is not None and namesake.account_id != wanted.account_id:
        raise NameTaken(name=wanted.name)


def _require_another(work: Connection, account: Account) -> None:
    """Refuse to lose the last administrator who can sign in.

    Raises:
        LastAdministrator: If there would be none.
    """
    left = [
        one.account_id for one in every(work) if one.is_active and Role.ADMINISTRATOR in one.roles
    ]
    if left == [account.account_id]:
        raise LastAdministrator(name=account.name)


def _require_employee(work: Connection, employee_id: str | None) -> None:
    if employee_id is None:
        return
    key = TABLES["employees"].c.employee_id
    if work.scalar(sa.select(key).where(key == employee_id)) is None:
        raise EmployeeNotFound(employee_id=employee_id)
