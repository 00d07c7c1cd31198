"""Roles, scopes and reach: a scope extends no further than the role that gives it."""

import pytest

from mutasi.authority import (
    NOBODY,
    SCOPES,
    WHOLE,
    Principal,
    Reach,
    Role,
    Scope,
    grants_of,
)
from mutasi.errors import RoleIncomplete, ScopeMissing


def test_every_role_is_given_scopes() -> None:
    assert set(SCOPES) == set(Role)
    assert all(SCOPES.values())


def test_an_employee_reaches_only_themselves() -> None:
    grants = grants_of([Role.EMPLOYEE], employee_id="1")

    assert Scope.PLACEMENTS in grants
    assert set(grants.values()) == {Reach(people=frozenset({"1"}))}


def test_a_role_beside_widens_no_scope_that_it_does_not_give() -> None:
    grants = grants_of([Role.EMPLOYEE, Role.ADMINISTRATOR], employee_id="1")

    assert grants[Scope.PLACEMENTS] == Reach(people=frozenset({"1"}))


def test_two_roles_reach_what_either_does() -> None:
    grants = grants_of([Role.UNIT_HEAD, Role.EMPLOYEE], "DINKES", "1")

    assert grants[Scope.PLACEMENTS] == Reach(units=frozenset({"DINKES"}), people=frozenset({"1"}))
    assert grants[Scope.CANDIDATES] == Reach(units=frozenset({"DINKES"}))


def test_a_reach_covers_what_it_extends_to_and_nothing_beyond() -> None:
    unit, person = Reach(units=frozenset({"DINKES"})), Reach(people=frozenset({"1"}))

    assert all(WHOLE.covers(each) for each in (WHOLE, unit, person, NOBODY))
    assert not any(each.covers(WHOLE) for each in (unit, person, NOBODY))
    assert (unit | person).covers(unit)
    assert not unit.covers(unit | person)
    assert not person.covers(unit)
    assert NOBODY.covers(NOBODY)


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.EMPLOYEE])
def test_a_role_that_lacks_whom_it_is_about_is_refused(role: Role) -> None:
    with pytest.raises(RoleIncomplete):
        grants_of([role])


def test_a_scope_that_was_not_granted_reaches_nobody() -> None:
    with pytest.raises(ScopeMissing) as caught:
        Principal("client:x", "x", {}).reach(Scope.MODELS)

    assert caught.value.params == {"scope": "models:read"}
