"""No decision that was acknowledged is lost, and none is doubled, whatever is killed and when.

People decide at once while the service or its database is killed (SIGKILL) at moments of
chance, and is started again.  Each asks by an ``Idempotency-Key`` until there is an
answer, and writes down what it said.  What the store holds in the end is compared with
what they wrote down.  ``--kills 50`` kills fifty times; a few in the usual suite.
"""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from starlette.testclient import TestClient

from models.recommender import Recommender
from mutasi.store import cases, personnel, session, trail
from mutasi.store.cases import Kind
from mutasi.store.session import Engine
from tests import postgresql
from tests.postgresql import DURABLE, Server
from tests.serving.conftest import settings_of
from tests.serving.ledgers import Acknowledged, Deciders, Tally, gathered
from tests.serving.people import state_of
from tests.serving.proposals.conftest import Move, moves
from tests.serving.running import PATIENCE, started, until

pytestmark = pytest.mark.slow

GROUPS = 4
"""How many bring moves on their way at once."""

WORDS = ("--no-worker", "--workers", "2")
MOST_BETWEEN = 12
"""Acts between two kills, at most."""

LATEST_SECONDS = 0.03
"""How long after an acknowledgement a kill comes, at most: in the midst of the next acts."""


@pytest.fixture(scope="module")
def durable(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of PostgreSQL that writes what is committed; its own, because it is killed."""
    request.getfixturevalue("postgresql_server")  # skips where there is none
    programs = postgresql.programs()
    assert programs is not None
    with postgresql.running(programs, DURABLE) as server:
        yield server


@pytest.fixture(scope="module")
def several(served: TestClient) -> list[Move]:
    """Moves of different people to different posts."""
    recommender: Recommender = state_of(served).region.recommender
    found: dict[str, Move] = {}
    for move in moves(recommender):
        taken = {each.nip for each in found.values()}
        if move.position_id not in found and move.nip not in taken:
            found[move.position_id] = move
    assert len(found) >= GROUPS
    return list(found.values())[:GROUPS]


class Service:
    """A service that is killed and started again at the same address."""

    def __init__(self, home: Path, database: str | None) -> None:
        self.home = home
        self.database = database
        self.running = started(home, *WORDS, database=database)

    def kill(self) -> None:
        """Kill all of it, and start it again."""
        for process in [*self.running.answering(), self.running.process.pid]:
            os.kill(process, signal.SIGKILL)
        self.running.process.communicate(timeout=PATIENCE)
        self.running = started(self.home, *WORDS, database=self.database, port=self.running.port)

    def kill_one(self) -> None:
        """Kill one of its processes; it replaces that by itself."""
        os.kill(min(self.running.answering()), signal.SIGKILL)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_acknowledged_decision_is_lost_and_none_is_doubled(
    request: pytest.FixtureRequest, home: Path, several: list[Move], kind: str, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(home, tmp_path / "home"))
    server: Server | None = request.getfixturevalue("durable") if kind == "postgresql" else None
    database = None if server is None else copied(own, server.database())
    engine = session.engine(database or settings_of(own).database_url)
    service = Service(own, database)
    tally = Tally()
    groups = gathered(engine, several, service.running.url, tally)
    ways: list[Callable[[], None]] = [service.kill, service.kill_one]
    if server is not None:
        ways.append(lambda: killed(server))

    kills: int = request.config.getoption("--kills")
    decided(groups, tally, ways, kills)
    service.running.kill()

    ledger = [each for group in groups for each in group.ledger]
    assert [fault for group in groups for fault in group.faults] == []
    assert len(ledger) >= kills
    assert stored(engine) == Counter((each.proposal_id, each.version, each.act) for each in ledger)
    assert on_the_trail(engine) == len(ledger)
    engine.dispose()
    tell(request, f"{kind}: {kills} kills, {len(ledger)} acts acknowledged, none lost or doubled")


def decided(
    groups: list[Deciders], tally: Tally, ways: list[Callable[[], None]], kills: int
) -> None:
    """Let all decide at once, and kill something now and then."""
    random, is_over, waiting = np.random.default_rng(7), Event(), Event()
    with ThreadPoolExecutor(len(groups)) as deciding:
        begun = [deciding.submit(group.decide, is_over) for group in groups]
        try:
            for number in range(kills):
                enough = tally.count + int(random.integers(1, MOST_BETWEEN))
                until(partial(tally.has, enough))
                waiting.wait(float(random.uniform(0.0, LATEST_SECONDS)))
                ways[number % len(ways)]()
            until(partial(tally.has, tally.count + len(groups)))
        finally:
            is_over.set()
        for each in begun:
            each.result(timeout=PATIENCE)


def killed(server: Server) -> None:
    server.kill()
    server.begin()


def copied(home: Path, url: str) -> str:
    """Copy the records of a home into another store, and return where that is."""
    here, there = session.engine(settings_of(home).database_url), session.engine(url)
    with session.reading(here) as work:
        records = personnel.records(work)
    with session.unit_of_work(there) as work:
        personnel.save(work, records)
    here.dispose()
    there.dispose()
    return url


def stored(engine: Engine) -> Counter[tuple[str, int, str]]:
    """Return every event of every proposal that is stored."""
    found: Counter[tuple[str, int, str]] = Counter()
    with session.reading(engine) as work:
        before = None
        while page := cases.newest(work, Kind.PROPOSAL, 200, before):
            found.update((c.case_id, event.version, event.act) for c in page for event in c.events)
            before = page[-1].case_id
    return found


def on_the_trail(engine: Engine) -> int:
    """Return how many acts about proposals the trail has, if it is whole."""
    with session.reading(engine) as work:
        assert trail.faults(work) == []
        return sum(
            entry["kind"] == trail.Kind.PROPOSAL and entry["action"] != trail.Action.READ
            for entry in trail.entries(work)
        )


def tell(request: pytest.FixtureRequest, line: str) -> None:
    """Print a line where pytest prints."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture: pytest.CaptureFixture[str] = request.getfixturevalue("capsys")
    if reporter is not None:
        with capture.disabled():
            reporter.write_line(line)


def test_a_ledger_finds_what_is_lost_and_what_is_doubled() -> None:
    """The comparison itself can fail."""
    acts = [Acknowledged("0-0", "propose", "a", 1), Acknowledged("0-1", "decide", "a", 2)]
    written = Counter((each.proposal_id, each.version, each.act) for each in acts)

    assert written != Counter({("a", 1, "propose"): 1})
    assert written != Counter({("a", 1, "propose"): 1, ("a", 2, "decide"): 2})
