"""Accounts and sessions: who signs in, for how long, and how it ends."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from mutasi.authority import Role, Scope
from mutasi.errors import (
    AccountNotFound,
    EmployeeNotFound,
    NameTaken,
    NameUnusable,
    PasswordWeak,
    RoleIncomplete,
    UnitUnknown,
)
from mutasi.passwords import matches
from mutasi.store import accounts, personnel, session
from mutasi.store.accounts import IDLE, LONGEST, SEEN_EVERY, Account
from mutasi.store.session import Work
from mutasi.store.tables import SESSIONS
from tests.records import frames

NIP = "198505172010012001"
PASSWORD = "kuda baterai jepit benar"
NOON = 1_800_000_000


@pytest.fixture
def work(store: sa.Engine) -> Iterator[Work]:
    """A unit of work on a store with one unit and one employee."""
    employee = {"employee_id": NIP, "name": "A", "kind": "PNS", "born_on": date(1985, 5, 17)}
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=[{"unit_id": "DINKES"}], employees=[employee]))
        yield work


@pytest.fixture
def sri(work: Work) -> Account:
    return accounts.add(work, "sri", PASSWORD, [Role.ANALYST], NOON)


def test_an_account_is_found_again_by_its_name(work: Work, sri: Account) -> None:
    assert accounts.named(work, "sri") == sri
    assert accounts.every(work) == [sri]
    assert matches(PASSWORD, sri.password)
    assert sri.principal.grants[Scope.CANDIDATES].is_whole


def test_its_id_tells_nothing_of_the_person(sri: Account) -> None:
    assert "sri" not in sri.principal.id


def test_a_head_of_a_unit_who_is_an_employee_is_both(work: Work) -> None:
    roles = [Role.UNIT_HEAD, Role.EMPLOYEE, Role.EMPLOYEE]
    made = accounts.add(work, "budi", PASSWORD, roles, NOON, "DINKES", NIP)

    assert accounts.named(work, "budi").roles == (Role.UNIT_HEAD, Role.EMPLOYEE)
    assert made.principal.grants[Scope.PLACEMENTS].units == {"DINKES"}
    assert made.principal.grants[Scope.PLACEMENTS].people == {NIP}


@pytest.mark.parametrize(
    "name", ["", "a", "Sri", "sri mulyani", "../sri", "srı", "sri\x00", "-sri", "s" * 64, "sri\n"]
)
def test_a_name_that_could_be_taken_for_another_is_refused(work: Work, name: str) -> None:
    with pytest.raises(NameUnusable):
        accounts.add(work, name, PASSWORD, [Role.ANALYST], NOON)


def test_what_an_account_needs_must_be_there(work: Work, sri: Account) -> None:
    with pytest.raises(NameTaken):
        accounts.add(work, sri.name, PASSWORD, [Role.ANALYST], NOON)
    with pytest.raises(UnitUnknown):
        accounts.add(work, "budi", PASSWORD, [Role.UNIT_HEAD], NOON, "NOWHERE")
    with pytest.raises(EmployeeNotFound):
        accounts.add(work, "budi", PASSWORD, [Role.EMPLOYEE], NOON, None, "1")
    with pytest.raises(RoleIncomplete):
        accounts.add(work, "budi", PASSWORD, [Role.EMPLOYEE], NOON)
    with pytest.raises(PasswordWeak):
        accounts.add(work, "budi", "short", [Role.ANALYST], NOON)
    with pytest.raises(AccountNotFound):
        accounts.named(work, "budi")


def test_a_session_lasts_while_it_is_used(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)
    signed = accounts.signed_in(work, token, NOON + IDLE - 1)

    assert signed is not None
    assert signed.account == sri
    assert signed.ends_at == NOON + LONGEST
    assert accounts.signed_in(work, token, NOON + IDLE) is None

    accounts.seen(work, token, NOON + IDLE - 1)
    assert accounts.signed_in(work, token, NOON + IDLE) is not None


def test_a_session_ends_after_a_long_day_however_much_it_is_used(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)
    accounts.seen(work, token, NOON + LONGEST - 1)

    assert accounts.signed_in(work, token, NOON + LONGEST - 1) is not None
    assert accounts.signed_in(work, token, NOON + LONGEST) is None


def test_the_use_of_a_session_is_written_down_once_a_minute(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)

    signed = [accounts.signed_in(work, token, NOON + s) for s in (SEEN_EVERY - 1, SEEN_EVERY)]
    assert [one.is_due for one in signed if one] == [False, True]


def test_the_store_does_not_hold_what_a_cookie_shows(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)

    assert token not in str(work.execute(sa.select(SESSIONS)).all())


def test_a_session_that_is_ended_stays_so_and_others_last(work: Work, sri: Account) -> None:
    first, second = accounts.begin(work, sri, NOON), accounts.begin(work, sri, NOON)
    accounts.end(work, first)
    accounts.end(work, first)

    assert accounts.signed_in(work, first, NOON) is None
    assert accounts.signed_in(work, second, NOON) is not None


def test_another_password_ends_every_session(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)
    accounts.change_password(work, "sri", PASSWORD + "!")

    assert accounts.signed_in(work, token, NOON) is None
    assert matches(PASSWORD + "!", accounts.named(work, "sri").password)


def test_an_account_that_is_switched_off_has_no_session_then_or_later(
    work: Work, sri: Account
) -> None:
    token = accounts.begin(work, sri, NOON)
    accounts.switch(work, "sri", is_active=False)
    later = accounts.begin(work, sri, NOON)

    assert accounts.signed_in(work, token, NOON) is None
    assert accounts.signed_in(work, later, NOON) is None

    accounts.switch(work, "sri", is_active=True)
    assert accounts.named(work, "sri").is_active


def test_sessions_that_have_ended_are_forgotten_at_the_next(work: Work, sri: Account) -> None:
    accounts.begin(work, sri, NOON)
    accounts.begin(work, sri, NOON + IDLE)

    assert work.scalar(sa.select(sa.func.count()).select_from(SESSIONS)) == 1
