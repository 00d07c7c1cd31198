"""Several people at once, on both databases: one act is done, the others are told why not."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.settings import Settings
from mutasi.store import accounts, personnel, session, trail
from serving.app import create_app
from tests.serving.conftest import settings_of
from tests.serving.people import SECURE
from tests.serving.proposals.conftest import STEPS, TO_OFFER, TODAY, Cast, Move, roles

pytestmark = pytest.mark.usefixtures("either_database")

AT_ONCE = 8


@pytest.fixture
def shared(home: Path, tmp_path: Path, move: Move) -> Iterator[Cast]:
    """A region in either kind of database, in which nothing was proposed yet."""
    source = session.engine(f"sqlite:///{home / 'mutasi.db'}")
    with session.reading(source) as work:
        records = personnel.records(work)
    source.dispose()
    settings: Settings = settings_of(tmp_path / "home")
    engine = session.engine(settings.database_url)
    with session.unit_of_work(engine) as work, pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "hashed", lambda *_: "nobody signs in by it")
        personnel.save(work, records)
        for name, role, unit, nip in roles(move):
            accounts.add(work, name, "", [role], 0, unit, nip)
    engine.dispose()
    app = create_app(settings)
    with TestClient(app, base_url=SECURE):
        names = [name for name, *_ in roles(move)]
        cast = Cast(app, move, {name: TestClient(app, base_url=SECURE) for name in names})
        cast.today(TODAY)
        yield cast


def at_once(cast: Cast, who: str, place: str, bodies: list[Any], **headers: str) -> list[Any]:
    """Return the answers to requests that are sent at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sent = [threads.submit(cast.post, who, place, body, **headers) for body in bodies]
        return [one.result() for one in sent]


def test_m3_the_whole_course_holds_and_each_act_is_done_once(shared: Cast) -> None:
    body = {
        "nip": shared.move.nip,
        "position_id": shared.move.position_id,
        "purpose": "vacancy",
    }
    made = at_once(shared, "analyst", "", [body] * AT_ONCE)
    counts = Counter(answer.status_code for answer in made)
    assert counts == {201: 1, 409: AT_ONCE - 1}
    proposal = next(one.json()["proposal_id"] for one in made if one.status_code == 201)

    shared.done(proposal, *TO_OFFER[:2])
    decisions = [STEPS["decide"][2], STEPS["override"][2]] * (AT_ONCE // 2)
    decided = at_once(shared, "decider", f"/{proposal}/decision", decisions)
    assert Counter(one.status_code for one in decided) == {200: 1, 409: AT_ONCE - 1}
    state = next(one.json()["state"] for one in decided if one.status_code == 200)
    assert shared.get("auditor", f"/{proposal}").json()["state"] == state

    if state == "overridden":
        proposal = shared.proposed()
        shared.done(proposal, *TO_OFFER[:3])
    offered = at_once(
        shared,
        "analyst",
        f"/{proposal}/offer",
        [STEPS["offer"][2]] * AT_ONCE,
        **{"Idempotency-Key": "offer-1"},
    )
    assert {(one.status_code, one.content) for one in offered} == {(200, offered[0].content)}
    told = shared.done(proposal, "accept", "execute", "object", "dismiss")
    assert told["state"] == "executed"
    assert [event["version"] for event in told["events"]] == list(range(1, 10))
    with session.reading(shared.app.state.region.store.engine) as work:
        assert trail.faults(work) == []
