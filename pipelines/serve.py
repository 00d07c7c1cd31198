"""Start the service of this home on an address of this machine."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from pydantic import HttpUrl, SecretStr

from mutasi.errors import PortTaken
from mutasi.passwords import made_secret
from mutasi.settings import Settings, hand_on
from mutasi.store import accounts, clients, personnel, session

SERVICE = "serving.app:create_app"
"""The service, by name: jobs know where it is, not what is in it."""

WAITING = 128
"""Connections that may wait to be accepted."""


@dataclass(frozen=True)
class Listening:
    """Where the service listens.

    Attributes:
        url: Its address.
        token: The token that was made for this run; None if one was set before.
    """

    url: str
    token: str | None


def serve(
    settings: Settings,
    host: str,
    port: int,
    token: str | None,
    started: Callable[[Listening], None],
) -> None:
    """Serve until the process is told to stop.

    Args:
        settings: Of this installation.
        host: Address to listen at.
        port: Port to listen on; 0 takes a free one.
        token: What callers must show; that of the settings by default, and one
            made for this run if there is none and nobody else is known either.
        started: Called once requests are answered.

    Raises:
        RegionEmpty: If the store holds nothing.
        PortTaken: If the address cannot be listened at.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        personnel.last_known_on(work)
        is_known = bool(accounts.every(work) or clients.every(work))
    is_open = token or settings.api_token or is_known
    made = None if is_open else made_secret()
    if token or made:
        settings = settings.model_copy(update={"api_token": SecretStr(token or made or "")})
    with _listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        told = Listening(f"http://{shown}:{listener.getsockname()[1]}", made)
        if "public_url" not in settings.model_fields_set:
            settings = settings.model_copy(update={"public_url": HttpUrl(told.url)})
        hand_on(settings)
        config = uvicorn.Config(
            SERVICE, factory=True, log_config=None, access_log=False, server_header=False
        )
        _Announced(config, lambda: started(told)).run(sockets=[listener])


class _Announced(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._told()


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    It is made with TCP named as its protocol: asyncio sends small answers at once
    (TCP_NODELAY) on such sockets alone, and on others each waits some 40 ms.

    Raises:
        PortTaken: If it cannot.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(WAITING)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise PortTaken(host=host, port=port, reason=error.strerror) from error
    return listener
