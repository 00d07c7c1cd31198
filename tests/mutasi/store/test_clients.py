"""Clients: a secret shown once, and what each may ask."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from mutasi.authority import WHOLE, Reach, Scope
from mutasi.errors import ClientNotFound, NameTaken, NameUnusable, UnitUnknown
from mutasi.passwords import fingerprint
from mutasi.store import clients, personnel, session
from mutasi.store.session import Work
from mutasi.store.tables import CLIENTS
from tests.records import frames

NOON = 1_800_000_000
ASKS = [Scope.VACANCIES, Scope.MODELS]


@pytest.fixture
def work(store: sa.Engine) -> Iterator[Work]:
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=[{"unit_id": "DINKES"}]))
        yield work


def test_a_client_is_kept_without_its_secret(work: Work) -> None:
    secret = clients.add(work, "simpeg", ASKS, NOON)

    assert secret is not None
    assert clients.named(work, "simpeg").secret == fingerprint(secret)
    assert secret not in str(work.execute(sa.select(CLIENTS)).all())


def test_a_client_asks_for_the_region_or_for_a_unit(work: Work) -> None:
    clients.add(work, "simpeg", ASKS, NOON)
    clients.add(work, "puskesmas", [Scope.CANDIDATES], NOON, unit_id="DINKES")

    everyone, some = (one.principal for one in reversed(clients.every(work)))
    assert everyone.grants == {Scope.VACANCIES: WHOLE, Scope.MODELS: WHOLE}
    assert some.grants == {Scope.CANDIDATES: Reach(units=frozenset({"DINKES"}))}


def test_a_client_of_an_issuer_elsewhere_has_no_secret(work: Work) -> None:
    assert clients.add(work, "siasn", ASKS, NOON, subject="sub-1") is None
    assert clients.known_as(work, "sub-1").name == "siasn"
    with pytest.raises(ClientNotFound):
        clients.renew(work, "siasn")


def test_a_new_secret_makes_the_one_before_void(work: Work) -> None:
    before = clients.add(work, "simpeg", ASKS, NOON)
    after = clients.renew(work, "simpeg")

    assert before != after
    assert clients.named(work, "simpeg").secret == fingerprint(after)


def test_a_client_is_switched_off_and_on(work: Work) -> None:
    clients.add(work, "simpeg", ASKS, NOON)
    clients.switch(work, "simpeg", is_active=False)
    assert not clients.named(work, "simpeg").is_active

    clients.switch(work, "simpeg", is_active=True)
    assert clients.named(work, "simpeg").is_active


def test_what_cannot_be_kept_is_refused(work: Work) -> None:
    clients.add(work, "siasn", ASKS, NOON, subject="sub-1")

    with pytest.raises(NameTaken):
        clients.add(work, "siasn", ASKS, NOON)
    with pytest.raises(NameTaken):
        clients.add(work, "other", ASKS, NOON, subject="sub-1")
    with pytest.raises(NameUnusable):
        clients.add(work, "../simpeg", ASKS, NOON)
    with pytest.raises(UnitUnknown):
        clients.add(work, "simpeg", ASKS, NOON, unit_id="NOWHERE")
    with pytest.raises(ClientNotFound):
        clients.switch(work, "simpeg", is_active=False)
