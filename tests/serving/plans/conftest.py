"""A service in which plans are asked for; the tests themselves are its worker."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.jobs import GOING_ON, Claim
from pipelines.working import worker
from serving.app import create_app
from serving.plans.service import KIND
from tests.serving.conftest import KNOWN, settings_of

PLANS = "/v1/plans"
ROUTES = (
    ("POST", PLANS),
    ("GET", PLANS),
    ("GET", f"{PLANS}/x"),
    ("DELETE", f"{PLANS}/x"),
    ("POST", f"{PLANS}/x/cancel"),
    ("GET", f"{PLANS}/x/certificate"),
    ("GET", f"{PLANS}/x/certificate/plan.json"),
    ("GET", f"{PLANS}/x/export"),
)
NIP = "199001012015031001"


@pytest.fixture(scope="package")
def settings(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a home with records and a model, in which plans are asked for."""
    folder = tmp_path_factory.mktemp("planned") / "home"
    return settings_of(Path(shutil.copytree(home, folder)))


@pytest.fixture(scope="package")
def asking(settings: Settings) -> Iterator[TestClient]:
    """The service; its caller shows the token and reads Indonesian. Nobody works yet."""
    with TestClient(create_app(settings), headers=KNOWN) as client:
        yield client


def asked(client: TestClient, body: object, **headers: str) -> str:
    answer = client.post(f"{PLANS}?worth=false", json=body, headers=headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["plan_id"])


@pytest.fixture(scope="package")
def done(asking: TestClient, settings: Settings) -> str:
    """A plan that has been made."""
    plan_id = asked(asking, {})
    worker.work(settings, drain=True)
    return plan_id


@pytest.fixture(scope="package")
def moves(asking: TestClient, done: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asking.get(f"{PLANS}/{done}").json()["plan"]["moves"]
    assert len(found) > 1
    return found


@pytest.fixture
def waiting(asking: TestClient) -> str:
    """The one plan that waits; nobody works on it."""
    cancel_all(asking)
    return asked(asking, {})


def cancel_all(client: TestClient) -> None:
    """Cancel all plans that are going on, so that no test waits for those of another."""
    for told in client.get(PLANS, params={"limit": 200}).json()["plans"]:
        if told["state"] in GOING_ON:
            client.post(f"{PLANS}/{told['plan_id']}/cancel")


def held(settings: Settings) -> Claim:
    """Begin the plan that waits, as a worker does."""
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        claim = jobs.claim(work, "one", [KIND])
    store.dispose()
    assert claim is not None
    return claim
