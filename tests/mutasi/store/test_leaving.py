"""Accounts and clients change and go: at once, on the trail, and never the last administrator."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from mutasi.authority import Role, Scope
from mutasi.errors import (
    AccountNotFound,
    ClientNotFound,
    EmployeeNotFound,
    LastAdministrator,
    NameTaken,
    NothingToChange,
    RoleIncomplete,
    UnitUnknown,
)
from mutasi.store import accounts, clients, personnel, replies, session, trail, webhooks
from mutasi.store.accounts import Account
from mutasi.store.replies import Key, Reply
from mutasi.store.session import Work
from mutasi.store.tables import ACCOUNTS, CLIENTS, REPLIES, SESSIONS, WEBHOOKS
from tests.records import frames

PASSWORD = "kuda baterai jepit benar"
NOON = 1_800_000_000
WHO = "user:root"


@pytest.fixture
def work(store: sa.Engine) -> Iterator[Work]:
    """A unit of work on a store with one unit."""
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=[{"unit_id": "DINKES"}]))
        yield work


@pytest.fixture
def sri(work: Work) -> Account:
    return accounts.add(work, "sri", PASSWORD, [Role.ANALYST], NOON)


@pytest.fixture
def boss(work: Work) -> Account:
    """The only administrator."""
    return accounts.add(work, "boss", PASSWORD, [Role.ADMINISTRATOR], NOON)


def entries(work: Work) -> list[dict[str, Any]]:
    return list(trail.entries(work))


def count(work: Work, table: sa.Table) -> int:
    return work.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def reply_to(work: Work, caller: str) -> None:
    """Keep an answer that this caller may ask for again."""
    replies.keep(work, Key.of(caller, "1", b""), Reply(200, {}, b"of somebody"))


# ------------------------------------------------------------------------ accounts


def test_an_account_has_other_roles_and_another_name_from_then_on(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)
    wanted = replace(sri, name="sri.m", roles=(Role.UNIT_HEAD, Role.AUDITOR), unit_id="DINKES")

    accounts.change(work, wanted, WHO)

    assert accounts.every(work) == [wanted]
    assert wanted.principal.id == sri.principal.id
    assert accounts.signed_in(work, token, NOON) is None, "who may something else signs in again"
    assert accounts.named(work, "sri.m").principal.grants[Scope.AUDIT].is_whole


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        pytest.param({}, NothingToChange, id="nothing"),
        pytest.param({"name": "boss"}, NameTaken, id="a name of somebody else"),
        pytest.param({"roles": (Role.UNIT_HEAD,)}, RoleIncomplete, id="a head of nothing"),
        pytest.param({"unit_id": "NOWHERE"}, UnitUnknown, id="no such unit"),
        pytest.param({"employee_id": "1"}, EmployeeNotFound, id="no such person"),
        pytest.param({"account_id": "gone"}, AccountNotFound, id="an account that is gone"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(
    work: Work, sri: Account, boss: Account, wanted: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        accounts.change(work, replace(sri, **wanted), WHO)

    assert accounts.every(work) == [boss, sri]
    assert entries(work) == []


def test_an_account_that_is_removed_leaves_its_number_on_the_trail_and_nothing_else(
    work: Work, sri: Account
) -> None:
    accounts.begin(work, sri, NOON)
    webhooks.subscribe(work, sri.principal.id, "https://example.org/x", [])
    reply_to(work, sri.principal.id)

    removed = accounts.remove(work, "sri", WHO)

    assert removed == sri
    assert [count(work, table) for table in (ACCOUNTS, SESSIONS, WEBHOOKS, REPLIES)] == [0, 0, 0, 0]
    (told,) = entries(work)
    assert (told["actor"], told["action"], told["object"]) == (WHO, "delete", sri.account_id)
    assert told["before"] == sri.seal, "who that was can be shown by whoever wrote it down"
    with pytest.raises(AccountNotFound):
        accounts.remove(work, "sri", WHO)


def test_the_seal_on_the_trail_tells_names_apart_and_knows_no_password(sri: Account) -> None:
    assert replace(sri, name="siti").seal != sri.seal
    assert replace(sri, roles=(Role.DECIDER,)).seal != sri.seal
    assert replace(sri, password="another").seal == sri.seal


def test_a_name_that_is_free_again_is_another_person(work: Work, sri: Account) -> None:
    token = accounts.begin(work, sri, NOON)
    accounts.remove(work, "sri", WHO)
    again = accounts.add(work, "sri", PASSWORD, [Role.ANALYST], NOON)

    assert again.principal.id != sri.principal.id
    assert accounts.signed_in(work, token, NOON) is None


@pytest.mark.parametrize("other_is_active", [None, False], ids=["alone", "beside one who is off"])
def test_the_last_administrator_stays(
    work: Work, boss: Account, other_is_active: bool | None
) -> None:
    if other_is_active is not None:
        accounts.add(work, "other", PASSWORD, [Role.ADMINISTRATOR], NOON)
        accounts.switch(work, "other", is_active=other_is_active)

    with pytest.raises(LastAdministrator):
        accounts.remove(work, "boss", WHO)
    with pytest.raises(LastAdministrator):
        accounts.change(work, replace(boss, roles=(Role.ANALYST,)), WHO)

    assert accounts.named(work, "boss") == boss
    accounts.change(work, replace(boss, roles=(Role.ANALYST, Role.ADMINISTRATOR)), WHO)


def test_an_administrator_who_was_switched_off_is_none_that_is_lost(
    work: Work, boss: Account
) -> None:
    accounts.switch(work, boss.name, is_active=False)

    assert accounts.remove(work, "boss", WHO).name == "boss"


def test_an_administrator_goes_once_there_is_another(work: Work, boss: Account) -> None:
    accounts.add(work, "other", PASSWORD, [Role.ADMINISTRATOR], NOON)
    accounts.remove(work, boss.name, WHO)

    with pytest.raises(LastAdministrator):
        accounts.remove(work, "other", WHO)


# ------------------------------------------------------------------------- clients


def test_a_client_asks_what_it_may_from_then_on(work: Work) -> None:
    clients.add(work, "simpeg", [Scope.VACANCIES, Scope.CANDIDATES], NOON)
    before = clients.named(work, "simpeg")

    clients.change(work, "simpeg", [Scope.CANDIDATES], "DINKES", WHO)

    after = clients.named(work, "simpeg")
    assert (after.scopes, after.unit_id) == ((Scope.CANDIDATES,), "DINKES")
    assert after.secret == before.secret
    (told,) = entries(work)
    assert (told["action"], told["object"]) == ("change", "simpeg")
    assert (told["before"], told["after"]) == (before.seal, after.seal)
    with pytest.raises(NothingToChange):
        clients.change(work, "simpeg", [Scope.CANDIDATES], "DINKES", WHO)
    with pytest.raises(UnitUnknown):
        clients.change(work, "simpeg", [Scope.CANDIDATES], "NOWHERE", WHO)


def test_a_client_that_is_removed_is_gone_and_its_name_is_nobody_s(work: Work) -> None:
    clients.add(work, "simpeg", [Scope.WEBHOOKS], NOON, subject="sub-1")
    webhooks.subscribe(work, "client:simpeg", "https://example.org/x", [])
    reply_to(work, "client:simpeg")

    clients.remove(work, "simpeg", WHO)

    assert [count(work, table) for table in (CLIENTS, WEBHOOKS, REPLIES)] == [0, 0, 0]
    with pytest.raises(ClientNotFound):
        clients.remove(work, "simpeg", WHO)
    with pytest.raises(NameTaken):
        clients.add(work, "simpeg", [Scope.WEBHOOKS], NOON)
    clients.add(work, "simpeg-2", [Scope.WEBHOOKS], NOON, subject="sub-1")
