"""Health routes: open to anybody, true, and without personal data."""

from errno import ENOSPC
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mutasi.store import session, sqlite
from serving import region
from serving.app import create_app
from tests.serving.conftest import KNOWN, settings_of


def test_an_anonymous_caller_sees_that_the_process_lives(served: TestClient) -> None:
    answer = served.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def test_an_anonymous_caller_sees_what_answers(served: TestClient) -> None:
    answer = served.get("/readyz")

    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == "ready"
    assert told["store"]["is_reachable"]
    assert told["snapshot"]["as_of"] == told["store"]["known_until"]
    assert not told["snapshot"]["is_stale"]
    assert told["model"]["basis"] == "model"


def test_an_empty_region_is_not_ready_and_says_why(tmp_path: Path) -> None:
    with TestClient(create_app(settings_of(tmp_path)), headers=KNOWN) as client:
        ready = client.get("/readyz")
        refused = [
            client.get(route)
            for route in ("/v1/vacancies", "/v1/vacancies/P/candidates", "/v1/models/current")
        ]

    assert ready.status_code == 503
    assert ready.json()["snapshot"]["problem"] == "region_empty"
    assert ready.json()["store"]["is_reachable"]
    assert {answer.status_code for answer in refused} == {409}
    assert {answer.json()["type"] for answer in refused} == {"/errors/region_empty"}


def test_a_store_that_is_none_is_not_ready_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "mutasi.db").write_text("This is no database, but a long enough line of text.")

    with TestClient(create_app(settings_of(tmp_path)), headers=KNOWN) as client:
        alive, ready = client.get("/healthz"), client.get("/readyz")
        refused = client.get("/v1/vacancies")

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["store"] == {
        "is_reachable": False,
        "is_writable": False,
        "known_until": None,
        "problem": "store_unreadable",
    }
    assert refused.status_code == 503
    assert refused.json()["type"] == "/errors/store_unreadable"
    assert str(tmp_path) not in ready.text + refused.text


def test_a_store_that_goes_away_is_noticed_and_nothing_is_recommended_without_a_receipt(
    own_home: Path, vacancy: str
) -> None:
    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        for file in own_home.glob("mutasi.db*"):
            file.write_bytes(b"spoilt" * 1000)
        ready = client.get("/readyz")
        vacancies = client.get("/v1/vacancies")
        ranking = client.get(f"/v1/vacancies/{vacancy}/candidates")

    assert ready.status_code == 503
    assert ready.json()["store"]["problem"] == "store_unreadable"
    assert ready.json()["snapshot"]["is_loaded"]
    assert vacancies.status_code == 200, "about nobody, and from memory"
    assert ranking.status_code == 503
    assert ranking.json()["type"] == "/errors/store_unwritable"
    assert int(ranking.headers["retry-after"]) > 0


def test_a_store_whose_disk_is_full_is_not_ready_and_says_why(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(region, "LOOKS_AGAIN_SECONDS", 0.0)
    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        before = client.get("/readyz")
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(sqlite, "require_room", full)
            ready, alive = client.get("/readyz"), client.get("/healthz")
        after = client.get("/readyz")

    assert (before.status_code, before.json()["store"]["is_writable"]) == (200, True)
    assert (ready.status_code, alive.status_code, after.status_code) == (503, 200, 200)
    told = ready.json()
    assert (told["status"], told["snapshot"]["is_loaded"]) == ("not_ready", True)
    assert told["store"] == {
        "is_reachable": True,
        "is_writable": False,
        "known_until": before.json()["store"]["known_until"],
        "problem": "store_unwritable",
    }
    assert str(own_home) not in ready.text


def test_who_asks_again_and_again_has_nothing_written_each_time(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(region, "LOOKS_AGAIN_SECONDS", 3600.0)
    monkeypatch.setattr(sqlite, "require_room", looked.append)
    with TestClient(create_app(settings_of(own_home))) as client:
        told = [client.get("/readyz").json()["store"]["is_writable"] for _ in range(5)]

    assert (told, len(looked)) == ([True] * 5, 1)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE units SET known_on = '2199-01-01'", id="came later"),
        pytest.param("UPDATE units SET name = 'Dinas Baru'", id="was changed by hand"),
    ],
)
def test_records_that_are_others_make_the_snapshot_stale(own_home: Path, change: str) -> None:
    with TestClient(create_app(settings_of(own_home))) as client:
        before = client.get("/readyz").json()
        store = session.engine(settings_of(own_home).database_url)
        with session.unit_of_work(store) as work:
            work.exec_driver_sql(change)
        store.dispose()
        after = client.get("/readyz").json()

    assert (before["snapshot"]["is_stale"], after["snapshot"]["is_stale"]) == (False, True)
    assert after["status"] == "ready"


@pytest.mark.parametrize("route", ["/healthz", "/readyz"])
def test_health_tells_nobody_s_number(served: TestClient, nip: str, route: str) -> None:
    assert nip not in served.get(route).text
