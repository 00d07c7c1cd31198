"""A region in which moves are proposed: an account for everybody who takes part."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.recommender import Recommender
from mutasi.authority import Role
from mutasi.store import accounts, backup, session
from serving.app import create_app
from serving.callers import COOKIE, PROOF, proof_of
from tests.serving.conftest import settings_of
from tests.serving.people import SECURE, state_of

PROPOSALS = "/v1/proposals"
TODAY = date(2026, 4, 1)


@dataclass(frozen=True)
class Move:
    """A move that the law allows, to a post that is open, in another unit."""

    nip: str
    position_id: str
    origin_unit: str
    unit: str


@dataclass
class Cast:
    """Everybody who takes part, signed in; and the day that it is."""

    app: Any
    move: Move
    callers: dict[str, TestClient]

    def today(self, day: date) -> None:
        """Let it be noon of a day in the capital, and everybody sign in."""
        noon = int(datetime(day.year, day.month, day.day, 5, tzinfo=UTC).timestamp())
        self.app.state.clock = lambda: noon
        with session.unit_of_work(self.app.state.region.store.engine) as work:
            for name, client in self.callers.items():
                token = accounts.begin(work, accounts.named(work, name), noon)
                client.cookies.set(COOKIE, token)
                client.headers[PROOF] = proof_of(token)

    def post(self, who: str, place: str, body: object, **headers: str) -> Any:
        """Return the answer to what somebody does."""
        return self.callers[who].post(f"{PROPOSALS}{place}", json=body, headers=headers)

    def get(self, who: str, place: str, **query: Any) -> Any:
        """Return the answer to what somebody looks at."""
        return self.callers[who].get(f"{PROPOSALS}{place}", params=query)

    def proposed(self, **more: object) -> str:
        """Return a proposal of the move."""
        body = {
            "nip": self.move.nip,
            "position_id": self.move.position_id,
            "purpose": "vacancy",
            **more,
        }
        answer = self.post("analyst", "", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["proposal_id"])

    def done(self, proposal: str, *steps: str) -> dict[str, Any]:
        """Do steps in order, and return the proposal as it is then."""
        told: dict[str, Any] = {}
        for step in steps:
            who, place, body = STEPS[step]
            answer = self.post(who, f"/{proposal}/{place}", body)
            assert answer.status_code == 200, (step, answer.text)
            told = answer.json()
        return told


STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "approve_giving": ("giving", "approval", {"side": "giving", "verdict": "approve"}),
    "approve_receiving": ("receiving", "approval", {"side": "receiving", "verdict": "approve"}),
    "reject_giving": (
        "giving",
        "approval",
        {"side": "giving", "verdict": "reject", "reason": "workload"},
    ),
    "reject_receiving": (
        "receiving",
        "approval",
        {"side": "receiving", "verdict": "reject", "reason": "unfit"},
    ),
    "decide": ("decider", "decision", {"verdict": "accept", "reason": "better_known"}),
    "override": ("decider", "decision", {"verdict": "override", "reason": "balance"}),
    "offer": ("analyst", "offer", {"answer_by": "2026-04-15"}),
    "accept": ("employee", "answer", {"answer": "accept"}),
    "refuse": ("employee", "answer", {"answer": "refuse", "reason": "distance"}),
    "order": ("decider", "order", {"reason": "urgent"}),
    "execute": ("analyst", "execution", {"decree": "821/45/2026", "started_on": "2026-05-01"}),
    "object": ("employee", "objection", {"grounds": "family"}),
    "take_back": ("employee", "objection/withdrawal", {}),
    "uphold": ("decider", "objection/ruling", {"verdict": "uphold", "letter": "800/1"}),
    "dismiss": ("decider", "objection/ruling", {"verdict": "dismiss", "letter": "800/2"}),
    "withdraw": ("analyst", "withdrawal", {"reason": "budget"}),
    "assess": ("receiving", "outcomes", {"months": 6, "results": 1, "behaviour": 2}),
}
TO_OFFER = ("approve_giving", "approve_receiving", "decide", "offer")


@pytest.fixture(scope="package")
def move(served: TestClient) -> Move:
    """The first move into another unit that the ranking of an open post names."""
    recommender: Recommender = state_of(served).region.recommender
    return next(moves(recommender))


def moves(recommender: Recommender) -> Iterator[Move]:
    """Yield moves into other units that rankings of open posts name."""
    units = recommender.snapshot.present("unit_id")
    for vacancy in recommender.vacancies():
        for found in recommender.candidates(vacancy.position_id, 20, explain=False).recommended:
            here = units[recommender.snapshot.employee_row(found.employee_id)]
            if here not in (None, vacancy.unit_id):
                yield Move(found.employee_id, vacancy.position_id, str(here), vacancy.unit_id)


@pytest.fixture(scope="package")
def stage(home: Path, tmp_path_factory: pytest.TempPathFactory, move: Move) -> Iterator[Cast]:
    """The service, with an account for everybody."""
    folder = tmp_path_factory.mktemp("proposed") / "home"
    app = create_app(settings_of(Path(shutil.copytree(home, folder))))
    with TestClient(app, base_url=SECURE), pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "hashed", lambda *_: "nobody signs in by it")
        with session.unit_of_work(app.state.region.store.engine) as work:
            for name, role, unit, nip in roles(move):
                accounts.add(work, name, "", [role], 0, unit, nip)
        names = [name for name, *_ in roles(move)]
        yield Cast(app, move, {name: TestClient(app, base_url=SECURE) for name in names})


@pytest.fixture(scope="package")
def untouched(stage: Cast, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the store in which nothing was proposed."""
    file = tmp_path_factory.mktemp("untouched") / "backup"
    backup.back_up(stage.app.state.region.store.url, file)
    return file


@pytest.fixture
def cast(stage: Cast, untouched: Path) -> Cast:
    """A region in which nothing was proposed yet; it is 1 April 2026."""
    store = stage.app.state.region.store
    store.engine.dispose()
    place = Path(str(store.engine.url.database))
    for beside in ("-wal", "-shm"):
        place.with_name(place.name + beside).unlink(missing_ok=True)
    shutil.copyfile(untouched, place)
    for client in stage.callers.values():
        client.cookies.clear()
    stage.today(TODAY)
    return stage


def roles(move: Move) -> list[tuple[str, Role, str | None, str | None]]:
    """Return who takes part: name, role, unit that they head, their own number."""
    return [
        ("analyst", Role.ANALYST, None, None),
        ("decider", Role.DECIDER, None, None),
        ("giving", Role.UNIT_HEAD, move.origin_unit, None),
        ("receiving", Role.UNIT_HEAD, move.unit, None),
        ("employee", Role.EMPLOYEE, None, move.nip),
        ("auditor", Role.AUDITOR, None, None),
    ]
