"""Every look at somebody that can be on the trail has words in both languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mutasi.authority import Role
from mutasi.i18n import LANGUAGES
from mutasi.store.accesses import CASE_KINDS, Access, Account, Asker
from mutasi.store.trail import Action, Kind
from mutasi.wording import what_was_done, who_looked
from mutasi.workflow import applications, proposals

DONE = {
    Kind.EMPLOYEE: [Action.READ],
    Kind.RECEIPT: [Action.READ, Action.RECOMMEND],
    Kind.PREFERENCES: [Action.TELL],
    Kind.PROPOSAL: [Action.READ, *proposals.Act],
    Kind.APPLICATION: [Action.READ, *applications.Act],
}
LOOK = Access(
    number=1,
    at=datetime(2026, 3, 30, tzinfo=UTC),
    actor="client:hr",
    account=None,
    is_own=False,
    action="read",
    kind=Kind.EMPLOYEE,
    object_id=None,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", DONE)
def test_whatever_is_done_is_told(kind: Kind, language: str) -> None:
    told = {
        what_was_done(replace(LOOK, kind=kind, action=action), language) for action in DONE[kind]
    }

    assert len(told) == len(DONE[kind])
    assert set(CASE_KINDS) < set(DONE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_looked_is_told_and_a_person_by_no_name(language: str) -> None:
    heads = Account("budi", (Role.UNIT_HEAD, Role.ANALYST), "Dinas Satu")
    actors = {asker: f"{asker}:name" for asker in Asker}
    told = {
        asker: who_looked(replace(LOOK, actor=actor), language)
        for asker, actor in actors.items()
        if asker is not Asker.ACCOUNT
    }
    by_account = replace(LOOK, actor="account:9f", account=heads)

    assert "name" in told[Asker.CLIENT]
    assert "name" not in told[Asker.USER] + told[Asker.INSTALLATION]
    assert who_looked(by_account, language).endswith(", Dinas Satu")
    assert "budi" not in who_looked(by_account, language)
    gone = who_looked(replace(by_account, account=Account()), language)
    nowhere = who_looked(replace(by_account, account=replace(heads, unit_name=None)), language)
    own = who_looked(replace(by_account, is_own=True), language)
    assert len({gone, nowhere, own, *told.values()}) == 6
