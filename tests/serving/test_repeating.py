"""Long work that is asked for, cancelled or deleted again is so once, and once on the trail."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.settings import Settings
from mutasi.store import clients, session, trail
from serving.app import create_app
from tests.serving.people import SECURE, bearer, state_of, token_of

AGAIN = {"Idempotency-Key": "once"}
ASKED: dict[str, dict[str, Any]] = {
    "/v1/plans": {"json": {}},
    "/v1/imports": {"files": {"file": ("units.csv", b"unit_id,name\n")}},
}


@pytest.fixture
def simpeg(tmp_path: Path) -> Iterator[TestClient]:
    """A system that may ask everything, of a service without records."""
    with TestClient(create_app(Settings(home=tmp_path / "home")), base_url=SECURE) as client:
        with session.unit_of_work(state_of(client).region.store.engine) as work:
            secret = str(clients.add(work, "simpeg", list(Scope), clock.now()))
        client.headers.update(bearer(token_of(client, "simpeg", secret)))
        yield client


def deeds(client: TestClient) -> list[str]:
    with session.reading(state_of(client).region.store.engine) as work:
        return [entry["action"] for entry in trail.entries(work)]


@pytest.mark.parametrize("place", ASKED)
def test_what_is_asked_for_again_is_on_the_trail_once(simpeg: TestClient, place: str) -> None:
    first, again = (simpeg.post(place, headers=AGAIN, **ASKED[place]) for _ in range(2))

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["location"] == again.headers["location"]
    assert deeds(simpeg) == ["ask"]


@pytest.mark.parametrize("headers", [{}, AGAIN], ids=["without a key", "with a key"])
@pytest.mark.parametrize("place", ASKED)
def test_what_is_cancelled_again_stays_so_and_is_on_the_trail_once(
    simpeg: TestClient, place: str, headers: dict[str, str]
) -> None:
    address = simpeg.post(place, **ASKED[place]).headers["location"]

    first, again = (simpeg.post(f"{address}/cancel", headers=headers) for _ in range(2))

    assert (first.status_code, first.json()["state"]) == (200, "cancelled")
    assert (again.status_code, again.content) == (200, first.content)
    assert deeds(simpeg) == ["ask", "cancel"]


@pytest.mark.parametrize("place", ASKED)
def test_what_is_deleted_again_by_the_same_key_is_gone_both_times(
    simpeg: TestClient, place: str
) -> None:
    address = simpeg.post(place, **ASKED[place]).headers["location"]
    simpeg.post(f"{address}/cancel")

    first, again = (simpeg.delete(address, headers=AGAIN) for _ in range(2))
    other = simpeg.delete(address)

    assert (first.status_code, again.status_code, other.status_code) == (204, 204, 404)
    assert (first.content, again.content) == (b"", b"")
    assert deeds(simpeg) == ["ask", "cancel", "delete"]
