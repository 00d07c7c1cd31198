"""Start the service of this home on an address of this machine."""

import json
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from pydantic import HttpUrl, SecretStr
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from mutasi.errors import PortTaken
from mutasi.passwords import made_secret
from mutasi.settings import Settings, hand_on
from mutasi.silence import Silence
from mutasi.store import accounts, clients, personnel, session
from pipelines.keeping import require_kept

SERVICE = "serving.app:create_app"
"""The service, by name: jobs know where it is, not what is in it."""

WAITING = 128
"""Connections that may wait to be accepted."""

GRACE_SECONDS = 5
"""How long a process that is told to stop waits for requests that it has begun."""

START_SECONDS = 120
"""How long a process may take until it answers, on a busy machine."""

HANGING_SECONDS = 30.0
"""A process that gave no sign for so long hangs."""

PING_SECONDS = 1.0
"""How long a sign of life is waited for; it takes a millisecond."""

LOG = logging.getLogger("mutasi.serving")


@dataclass(frozen=True)
class Listening:
    """Where the service listens.

    Attributes:
        url: Its address.
        token: The token that was made for this run; None if one was set before.
        has_token: Whether a token opens at all, or clients and accounts alone.
    """

    url: str
    token: str | None
    has_token: bool = True


def serve(
    settings: Settings,
    host: str,
    port: int,
    token: str | None,
    started: Callable[[Listening], None],
    workers: int = 1,
) -> None:
    """Serve until the process is told to stop.

    Args:
        settings: Of this installation.
        host: Address to listen at.
        port: Port to listen on; 0 takes a free one.
        token: What callers must show; that of the settings by default, and one
            made for this run if there is none and nobody else is known either.
        started: Called once requests are answered.
        workers: How many processes answer.

    Raises:
        RegionEmpty: If the store holds nothing.
        PortTaken: If the address cannot be listened at.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        personnel.last_known_on(work)
        is_known = bool(accounts.every(work) or clients.every(work))
    require_kept(settings)
    is_open = token or settings.api_token or is_known
    made = None if is_open else made_secret()
    if token or made:
        settings = settings.model_copy(update={"api_token": SecretStr(token or made or "")})
    with _listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listener.getsockname()[1]}"
        told = Listening(url, made, has_token=settings.api_token is not None)
        if "public_url" not in settings.model_fields_set:
            settings = settings.model_copy(update={"public_url": HttpUrl(told.url)})
        hand_on(settings)
        config = uvicorn.Config(
            SERVICE,
            factory=True,
            log_config=None,
            access_log=False,
            server_header=False,
            workers=workers,
            # uvicorn itself would believe whatever comes from this machine
            proxy_headers=bool(settings.forwarded_allow_ips),
            forwarded_allow_ips=settings.forwarded_allow_ips,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_worker_healthcheck=START_SECONDS,
        )
        if workers == 1:
            _Announced(config, lambda: started(told)).run(sockets=[listener])
        else:
            _Several(
                config, [listener], lambda: started(told), lambda: require_kept(settings)
            ).run()


class _Announced(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._told()


class _Several(Multiprocess):
    """Several processes that answer at one address, replaced if they die or hang.

    Told to reload (SIGHUP), it replaces one after the other, each once its successor
    answers, so that new records and a new model are taken up while requests are answered.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        sockets: list[socket.socket],
        started: Callable[[], None],
        renewed: Callable[[], object],
    ) -> None:
        super().__init__(config, sockets)
        self._told = started
        self._renewed = renewed
        self._is_told = False
        self._silences: dict[Process, Silence] = {}

    def handle_hup(self) -> None:
        """Replace all, once what they will open is at hand."""
        self._renewed()
        super().handle_hup()

    def keep_subprocess_alive(self) -> None:
        """Replace those that have died or hang, and tell once all answer.

        A process that lives but is stopped gives no sign.  One whose event loop stands still
        does, and ends by itself (serving.processes).
        """
        self._silences = {
            process: self._silences.get(process) or Silence(HANGING_SECONDS)
            for process in self.processes
        }
        for process, silence in self._silences.items():
            if silence.is_too_long(heard=process.ping(PING_SECONDS)):
                _end(process)
        if not all(process.process.is_alive() for process in self.processes):
            super().keep_subprocess_alive()
        elif not self._is_told and all(process.is_ready(1) for process in self.processes):
            self._is_told = True
            self._told()

    def restart_all(self) -> None:
        """Replace one after the other, each once its successor answers; one that hangs too."""
        for place, process in enumerate(self.processes):
            successor = Process(self.config, self.sockets)
            successor.start()
            if not successor.wait_until_ready(START_SECONDS, self.should_exit):
                LOG.error(json.dumps({"event": "successor does not answer"}))
                successor.kill()
                successor.join()
                return
            self.processes[place] = successor
            process.terminate()
            _await(process)

    def join_all(self) -> None:
        """Wait until all have ended."""
        for process in self.processes:
            _await(process)


def _await(process: Process) -> None:
    """Wait until a process that was told to stop has ended; one that takes too long hangs."""
    process.process.join(2 * GRACE_SECONDS)
    _end(process)


def _end(process: Process) -> None:
    """End a process that hangs, if it has not ended by itself."""
    if process.process.is_alive():
        LOG.error(json.dumps({"event": "process hangs", "process": process.pid}))
        process.process.kill()
        process.process.join()


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
