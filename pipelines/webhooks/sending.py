"""One message sent to an address that was judged, within a time and with an end.

No redirect is followed, and of the answer nothing but the status is read.
"""

import socket
import ssl
from collections.abc import Mapping
from time import perf_counter
from typing import Final

import h11

from mutasi.errors import WebhookUnreachable
from mutasi.webhooks.addresses import PORTS, Target

SECONDS: Final = 10.0
"""For connecting, sending, and the answer's first lines together; the name is looked up before."""

MOST_BYTES: Final = 16_384
"""Of the answer's first lines."""

AGENT: Final = "Mutasi"


def send(target: Target, headers: Mapping[str, str], content: bytes) -> int:
    """Send a message, and return the status of the answer.

    Args:
        target: Where to.
        headers: Those that sign it.
        content: It, as JSON.

    Raises:
        WebhookUnreachable: If there is no answer; says why.
    """
    end = perf_counter() + SECONDS
    try:
        with _connected(target, end) as wire:
            return _status(wire, target, headers, content, end)
    except ssl.SSLCertVerificationError as error:
        raise WebhookUnreachable(reason="certificate") from error
    except TimeoutError as error:
        raise WebhookUnreachable(reason="time") from error
    except h11.RemoteProtocolError as error:
        raise WebhookUnreachable(reason="answer") from error
    except OSError as error:
        raise WebhookUnreachable(reason="connection") from error


def _connected(target: Target, end: float) -> socket.socket:
    """Return a connection to the address itself; its certificate is for the name."""
    plain = socket.create_connection((target.address, target.port), _left(end))
    if not target.is_secure:
        return plain
    try:
        plain.settimeout(_left(end))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def _status(
    wire: socket.socket, target: Target, headers: Mapping[str, str], content: bytes, end: float
) -> int:
    http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_BYTES)
    told = {
        "host": _host(target),
        "user-agent": AGENT,
        "content-type": "application/json",
        "content-length": str(len(content)),
        "connection": "close",
        **headers,
    }
    request = h11.Request(method="POST", target=target.path, headers=list(told.items()))
    parts = (http.send(each) for each in (request, h11.Data(content), h11.EndOfMessage()))
    wire.settimeout(_left(end))
    wire.sendall(b"".join(part for part in parts if part))
    while True:
        event = http.next_event()
        if isinstance(event, h11.Response):
            return event.status_code
        if event is h11.NEED_DATA:
            wire.settimeout(_left(end))
            http.receive_data(wire.recv(MOST_BYTES))
        elif not isinstance(event, h11.InformationalResponse):
            raise WebhookUnreachable(reason="answer")


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    is_usual = target.port == PORTS["https" if target.is_secure else "http"]
    return host if is_usual else f"{host}:{target.port}"


def _left(end: float) -> float:
    """Return the seconds that are left.

    Raises:
        TimeoutError: If none are.
    """
    left = end - perf_counter()
    if left <= 0:
        raise TimeoutError
    return left
