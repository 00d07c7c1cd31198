"""One message is sent within a time, to an end, and to whom the certificate names."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import perf_counter

import pytest

from mutasi.errors import WebhookUnreachable
from mutasi.webhooks.addresses import Target
from pipelines.webhooks import sending
from tests.pipelines.webhooks.certificates import self_signed

PATIENCE = 30.0
"""Seconds that a busy machine may take for what takes a third of one."""


@contextmanager
def listening(answered: Callable[[socket.socket], None]) -> Iterator[Target]:
    """Yield where somebody listens who answers one connection in their own way."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener.accept()[0] as wire:
            answered(wire)

    thread = Thread(target=serve)
    thread.start()
    port = listener.getsockname()[1]
    yield Target("localhost", "127.0.0.1", port, "/", is_secure=False)
    thread.join(30)
    listener.close()


def reason(target: Target) -> str:
    with pytest.raises(WebhookUnreachable) as refused:
        sending.send(target, {}, b"{}")
    return str(refused.value.params["reason"])


def trickle(wire: socket.socket) -> None:
    wire.recv(1000)
    wire.sendall(b"HTTP/1.1 200 OK\r\n")
    with suppress(OSError):
        while True:  # a header every tenth of a second, and never the last
            wire.sendall(b"X: y\r\n")
            wire.settimeout(0.1)
            with suppress(TimeoutError):
                if not wire.recv(1000):
                    return


def flood(wire: socket.socket) -> None:
    wire.recv(1000)
    wire.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    try:
        while True:
            wire.sendall(b"x" * 10_000)
    except OSError:
        pass


def junk(wire: socket.socket) -> None:
    wire.recv(1000)
    wire.sendall(b"no HTTP at all\r\n\r\n")


def hint(wire: socket.socket) -> None:
    wire.recv(1000)
    wire.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")


def test_who_does_not_answer_in_time_is_waited_for_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    began = perf_counter()
    with listening(trickle) as target:
        assert reason(target) == "time"
        assert perf_counter() - began < PATIENCE


@pytest.mark.parametrize("answered", [flood, junk])
def test_an_answer_that_never_ends_or_is_none_is_read_no_further(
    answered: Callable[[socket.socket], None],
) -> None:
    with listening(answered) as target:
        assert reason(target) == "answer"


def test_of_an_answer_nothing_but_its_status_is_waited_for() -> None:
    with listening(hint) as target:
        assert sending.send(target, {}, b"{}") == 200


def test_where_nobody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert reason(Target("localhost", "127.0.0.1", port, "/", is_secure=False)) == "connection"


def test_a_certificate_that_is_not_of_the_name_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    def handshake(wire: socket.socket) -> None:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(wire, server_side=True)

    with listening(handshake) as target:
        secure = Target(target.host, target.address, target.port, "/", is_secure=True)
        assert reason(secure) == "certificate"
