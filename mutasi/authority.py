"""Who may do what: roles, scopes, and whom each of them reaches.

A *scope* is a kind of question or act, a *role* what a person is, a *reach* the
people whom a scope extends to.  Reach belongs to the scope and not to the
caller: whoever is both an employee and an administrator asks about placements
of themselves alone, though plans of the whole region are open to them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from mutasi.errors import RoleIncomplete, ScopeMissing


class Scope(StrEnum):
    """What may be asked or done."""

    VACANCIES = "vacancies:read"
    CANDIDATES = "candidates:read"
    PLACEMENTS = "placements:read"
    MODELS = "models:read"
    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    METRICS = "metrics:read"
    PROPOSALS_READ = "proposals:read"
    PROPOSALS_WRITE = "proposals:write"
    PROPOSALS_APPROVE = "proposals:approve"
    PROPOSALS_DECIDE = "proposals:decide"
    OWN_CASES = "cases:own"
    RECEIPTS = "receipts:read"
    AUDIT = "audit:read"
    ACCESS = "access:read"
    OUTCOMES = "outcomes:write"
    RECORDS = "records:write"
    WEBHOOKS = "webhooks:write"
    ALL_WEBHOOKS = "webhooks:all"


class Role(StrEnum):
    """What a person is to the agency."""

    ANALYST = "analyst"
    UNIT_HEAD = "unit_head"
    DECIDER = "decider"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    EMPLOYEE = "employee"


IMPERSONAL: Final = frozenset({Scope.VACANCIES, Scope.MODELS, Scope.METRICS})
"""Scopes whose answers are about nobody, so that it does not matter whom they reach."""

READING: Final = frozenset(
    {
        Scope.VACANCIES,
        Scope.CANDIDATES,
        Scope.PLACEMENTS,
        Scope.MODELS,
        Scope.PLANS_READ,
        Scope.PROPOSALS_READ,
        Scope.RECEIPTS,
    }
)

SCOPES: Final[Mapping[Role, frozenset[Scope]]] = {
    Role.ANALYST: READING | {Scope.PLANS_WRITE, Scope.PROPOSALS_WRITE, Scope.OUTCOMES},
    Role.UNIT_HEAD: frozenset(
        {
            Scope.VACANCIES,
            Scope.CANDIDATES,
            Scope.PLACEMENTS,
            Scope.PROPOSALS_READ,
            Scope.PROPOSALS_APPROVE,
            Scope.RECEIPTS,
            Scope.OUTCOMES,
        }
    ),
    Role.DECIDER: READING | {Scope.PLANS_WRITE, Scope.PROPOSALS_WRITE, Scope.PROPOSALS_DECIDE},
    Role.AUDITOR: READING | {Scope.AUDIT, Scope.ACCESS},
    Role.ADMINISTRATOR: frozenset(
        {
            Scope.MODELS,
            Scope.METRICS,
            Scope.PLANS_READ,
            Scope.PLANS_WRITE,
            Scope.RECORDS,
            Scope.WEBHOOKS,
            Scope.ALL_WEBHOOKS,
            Scope.ACCESS,
        }
    ),
    Role.EMPLOYEE: frozenset(
        {Scope.PLACEMENTS, Scope.PROPOSALS_READ, Scope.OWN_CASES, Scope.RECEIPTS, Scope.ACCESS}
    ),
}
"""What each role may ask and do."""


@dataclass(frozen=True)
class Reach:
    """Whom a scope extends to.

    Attributes:
        is_whole: The whole region.
        units: Those who work in these units and in the units below, by id.
        people: These people, by NIP.
    """

    is_whole: bool = False
    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def __or__(self, other: Self) -> Self:
        """Return the reach of both together."""
        return type(self)(
            self.is_whole or other.is_whole, self.units | other.units, self.people | other.people
        )

    def covers(self, other: Self) -> bool:
        """Return whether this reach extends to all whom another extends to, by what both name."""
        if self.is_whole or other.is_whole:
            return self.is_whole
        return self.units >= other.units and self.people >= other.people


PERSON: Final = "account:"
"""How the ids of people who signed in begin."""

WHOLE: Final = Reach(is_whole=True)
NOBODY: Final = Reach()


@dataclass(frozen=True)
class Principal:
    """Who asks.

    Attributes:
        id: ``account:…``, ``client:…`` or ``installation``; says nothing of a person and
            may be logged.
        name: The name that they are known by.
        grants: What they may ask or do, and of whom.
        roles: What a person is; none for a system.
        employee_id: Of a person, their NIP if it is known.
    """

    id: str
    name: str
    grants: Mapping[Scope, Reach]
    roles: frozenset[Role] = frozenset()
    employee_id: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether somebody signed in, and no system asks."""
        return self.id.startswith(PERSON)

    def reach(self, scope: Scope) -> Reach:
        """Return whom a scope of this caller extends to.

        Raises:
            ScopeMissing: If they have no such scope.
        """
        if scope not in self.grants:
            raise ScopeMissing(scope=scope.value)
        return self.grants[scope]

    def within(self, scopes: Iterable[Scope]) -> dict[Scope, Reach]:
        """Return the grants that are among some scopes."""
        kept = set(scopes)
        return {scope: reach for scope, reach in self.grants.items() if scope in kept}


def reach_of(role: Role, unit_id: str | None, employee_id: str | None) -> Reach:
    """Return whom a role extends to.

    Args:
        role: The role.
        unit_id: The unit that the person heads.
        employee_id: The person's NIP.

    Raises:
        RoleIncomplete: If a head has no unit, or an employee no NIP.

    >>> sorted(reach_of(Role.UNIT_HEAD, "DINKES", None).units)
    ['DINKES']
    """
    if role is Role.UNIT_HEAD:
        if not unit_id:
            raise RoleIncomplete(role=role.value, needed="--unit")
        return Reach(units=frozenset({unit_id}))
    if role is Role.EMPLOYEE:
        if not employee_id:
            raise RoleIncomplete(role=role.value, needed="--employee")
        return Reach(people=frozenset({employee_id}))
    return WHOLE


def grants_of(
    roles: Iterable[Role], unit_id: str | None = None, employee_id: str | None = None
) -> dict[Scope, Reach]:
    """Return what somebody with these roles may ask and do, and of whom.

    Raises:
        RoleIncomplete: If a head has no unit, or an employee no NIP.
    """
    grants: dict[Scope, Reach] = {}
    for role in roles:
        reach = reach_of(role, unit_id, employee_id)
        for scope in SCOPES[role]:
            grants[scope] = grants.get(scope, NOBODY) | reach
    return grants
