"""People who decide while servers die, and write down what was acknowledged to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

import httpx2

from mutasi import clock
from mutasi.authority import Role
from mutasi.store import accounts, session
from mutasi.store.session import Engine
from serving.callers import COOKIE, PROOF, proof_of
from tests.serving.proposals.conftest import PROPOSALS, STEPS, Move

COURSE = ("approve_giving", "approve_receiving", "decide", "withdraw")
"""What is done about each proposal; it is withdrawn so that the next can be made."""

AGAIN_EVERY = 5
"""After how many acts one is sent again that was acknowledged."""

PAUSE_SECONDS = 0.05
AWAY = (502, 503, 504)
PATIENCE = 20.0


@dataclass(frozen=True)
class Acknowledged:
    """An act of which somebody was told that it is done.

    Attributes:
        key: By which it may come again.
        act: What was done.
        proposal_id: About which proposal.
        version: Which event of the proposal it became.
    """

    key: str
    act: str
    proposal_id: str
    version: int


class Tally:
    """Counts what all are told, so that somebody can wait for the next."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.count = 0

    def add(self) -> None:
        """Count one more."""
        with self._lock:
            self.count += 1

    def has(self, count: int) -> bool:
        """Return whether there are as many by now."""
        return self.count >= count


@dataclass
class Deciders:
    """Those who bring one person's moves on their way, one after the other.

    Attributes:
        number: Which of several such groups.
        move: The move that they propose again and again.
        url: Where the service is.
        headers: What each shows, by name.
        tally: Told of every act that is acknowledged.
        ledger: What was acknowledged.
        faults: What should not have been answered.
    """

    number: int
    move: Move
    url: str
    headers: dict[str, dict[str, str]]
    tally: Tally
    ledger: list[Acknowledged] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def decide(self, is_over: Event) -> None:
        """Act until told to stop; what has begun is brought to its acknowledgement."""
        waiting = Event()
        for who, place, act, body in self._acts():
            if is_over.is_set():
                return
            key = f"{self.number}-{len(self.ledger)}"
            told = self._told(waiting, key, who, place, body)
            if told is None:
                return
            shown = Acknowledged(key, act, told["proposal_id"], told["version"])
            self.ledger.append(shown)
            self.tally.add()
            if len(self.ledger) % AGAIN_EVERY == 0:
                again = self._told(waiting, key, who, place, body)
                if again is not None and again != told:
                    self.faults.append(f"{key}: another answer the second time")

    def _acts(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Yield who does what, where, and with which body, for ever."""
        named = {"nip": self.move.nip, "position_id": self.move.position_id}
        while True:
            yield "analyst", "", "propose", {**named, "purpose": "vacancy"}
            proposal = self.ledger[-1].proposal_id
            for act in COURSE:
                who, place, body = STEPS[act]
                yield who, f"/{proposal}/{place}", act, body

    def _told(
        self, waiting: Event, key: str, who: str, place: str, body: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Ask by a key until there is an answer, and return it; None if it should not be."""
        headers = {**self.headers[who], "Idempotency-Key": key}
        while True:
            try:
                answer = httpx2.post(
                    f"{self.url}{PROPOSALS}{place}", json=body, headers=headers, timeout=PATIENCE
                )
            except httpx2.TransportError:
                waiting.wait(PAUSE_SECONDS)
                continue
            if answer.status_code in AWAY:
                waiting.wait(PAUSE_SECONDS)
                continue
            if not answer.is_success:
                self.faults.append(f"{key}: {answer.status_code} {answer.text}")
                return None
            told: dict[str, Any] = answer.json()
            return told


def gathered(engine: Engine, moves: list[Move], url: str, tally: Tally) -> list[Deciders]:
    """Let people sign in who bring each move on its way."""
    moment = clock.now()
    found = []
    with session.unit_of_work(engine) as work:
        for number, move in enumerate(moves):
            roles = {
                "analyst": (Role.ANALYST, None),
                "decider": (Role.DECIDER, None),
                "giving": (Role.UNIT_HEAD, move.origin_unit),
                "receiving": (Role.UNIT_HEAD, move.unit),
            }
            headers = {}
            for who, (role, unit) in roles.items():
                name = f"{who}-{number}"
                accounts.add(work, name, "kuda baterai jepit benar", [role], moment, unit, None)
                token = accounts.begin(work, accounts.named(work, name), moment)
                headers[who] = {"Cookie": f"{COOKIE}={token}", PROOF: proof_of(token)}
            found.append(Deciders(number, move, url, headers, tally))
    return found
