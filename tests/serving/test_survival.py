"""What servers go through: two processes, a stop, slow callers, a new model, a lost parent."""

import json
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from models import aliases
from models.aliases import Alias
from mutasi.store import personnel, session
from tests.artifacts import head, save
from tests.postgresql import Server
from tests.serving.conftest import settings_of
from tests.serving.running import PATIENCE, Running, running, started, until

SLOW_CALLERS = 200
LOGIN = b'{"name": "nobody", "password": "kuda baterai jepit benar"}'


def connected(service: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE)


def begun(service: Running, sent: bytes) -> socket.socket:
    """Send the beginning of a login, whose body the service then waits for."""
    connection = connected(service)
    connection.sendall(
        b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n%s" % (len(LOGIN), sent)
    )
    assert connection.recv(4096).startswith(b"HTTP/1.1 100 ")
    return connection


def asked(service: Running, path: str) -> httpx2.Response:
    """Ask over a connection of its own; one that is cut before an answer is made again."""
    with service.client() as client:
        try:
            return client.get(path)
        except (httpx2.ReadError, httpx2.RemoteProtocolError):
            return client.get(path)


def is_listened_at(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return False
    return True


@pytest.fixture(scope="module")
def two(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service of two processes, without a worker for plans; a test may put in another model."""
    own = Path(shutil.copytree(home, tmp_path_factory.mktemp("two"), dirs_exist_ok=True))
    save(settings_of(own).models / "second", {"performance": head(3.0)})
    with running(own, "--workers", "2", "--no-worker") as service:
        yield service


def test_slow_callers_keep_nobody_else_waiting(two: Running, vacancy: str) -> None:
    slow = [begun(two, b"") for _ in range(SLOW_CALLERS // 2)]
    slow += [connected(two) for _ in range(SLOW_CALLERS // 2)]  # not even a request

    answers = [asked(two, f"/v1/vacancies/{vacancy}/candidates") for _ in range(10)]

    for connection in slow:
        connection.close()
    assert [answer.status_code for answer in answers] == [200] * 10


def test_a_process_that_is_killed_is_replaced_and_the_other_answers_meanwhile(
    two: Running,
) -> None:
    before = two.answering()

    os.kill(min(before), signal.SIGKILL)
    statuses = [asked(two, "/healthz").status_code for _ in range(20)]
    until(lambda: len(two.answering() - before) == 1)

    assert statuses == [200] * 20
    assert len(two.answering()) == 2


def test_a_new_model_is_taken_up_by_a_signal_while_every_request_is_answered(
    two: Running, vacancy: str
) -> None:
    def ranked_by() -> str:
        answer = asked(two, f"/v1/vacancies/{vacancy}/candidates")
        assert answer.status_code == 200
        return str(answer.json()["model_version"])

    first = ranked_by()
    aliases.change(settings_of(two.home).models, {Alias.CHAMPION: "second"})
    told = asked(two, "/readyz").json()["model"]
    assert (told["version"], told["is_stale"]) == (first, True)
    assert ranked_by() == first

    before = two.answering()
    two.process.send_signal(signal.SIGHUP)
    until(lambda: ranked_by() != first and not before & two.answering())

    assert ranked_by() != first
    assert not asked(two, "/readyz").json()["model"]["is_stale"]


def test_a_request_that_has_begun_is_answered_before_the_service_stops(own_home: Path) -> None:
    service = started(own_home, "--no-worker")
    with begun(service, LOGIN[:10]) as connection:
        service.process.send_signal(signal.SIGTERM)
        until(lambda: not is_listened_at(service.port))
        connection.sendall(LOGIN[10:])
        answer = connection.recv(4096)
    logged = service.stopped()

    assert answer.startswith(b"HTTP/1.1 401 ")
    assert '"status": 401' in logged
    assert "Traceback" not in logged


def test_a_caller_who_never_ends_does_not_keep_the_service_from_stopping(own_home: Path) -> None:
    service = started(own_home, "--no-worker", "--workers", "2")
    connections = [begun(service, LOGIN[:10]) for _ in range(4)]

    logged = service.stopped()
    for connection in connections:
        connection.close()

    assert service.process.returncode == 0
    assert not is_listened_at(service.port)
    assert [json.loads(line) for line in logged.splitlines()]  # each line is JSON


def test_processes_end_with_the_one_that_started_them_and_the_port_is_free_again(
    own_home: Path,
) -> None:
    service = started(own_home, "--no-worker", "--workers", "2")

    service.process.kill()
    until(lambda: not is_listened_at(service.port))

    with running(own_home, "--no-worker", port=service.port) as second:
        assert second.port == service.port
    service.kill()


def test_a_database_that_goes_away_is_told_and_is_used_again_when_it_is_back(
    postgresql_server: Server, bare_home: Path, vacancy: str
) -> None:
    url = postgresql_server.database()
    with session.reading(session.engine(settings_of(bare_home).database_url)) as work:
        records = personnel.records(work)
    with session.unit_of_work(session.engine(url)) as work:
        personnel.save(work, records)

    with running(bare_home, "--no-worker", database=url) as service:
        routes = ("/readyz", "/v1/vacancies", f"/v1/vacancies/{vacancy}/candidates", "/v1/plans")
        with postgresql_server.away():
            away = {route: asked(service, route) for route in routes}
        back = {route: asked(service, route) for route in routes}

    assert [answer.status_code for answer in away.values()] == [503, 200, 503, 503]
    assert away["/readyz"].json()["store"]["problem"] == "store_unreadable"
    assert away[routes[2]].json()["type"] == "/errors/store_unwritable"
    assert away["/v1/plans"].json()["type"] == "/errors/store_unreadable"
    assert [answer.status_code for answer in back.values()] == [200, 200, 200, 200]
