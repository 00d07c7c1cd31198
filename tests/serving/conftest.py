"""A small invented region behind the service, with and without a model."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from models import aliases, artifact
from models.aliases import Alias
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import personnel, session
from serving.app import create_app
from serving.rates import Rates
from tests.artifacts import KEY, vouch
from tests.models.conftest import examples, quick_acceptance, quick_performance
from tests.serving.people import SECURE, Region, settle, state_of

TOKEN = "an invented token"
KNOWN = {"Authorization": f"Bearer {TOKEN}"}


def settings_of(home: Path) -> Settings:
    """Return settings of a home with the token of the tests."""
    return Settings(home=home, api_token=SecretStr(TOKEN))


@pytest.fixture(scope="session")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with records and no model; to be copied, as :func:`home` is."""
    home = tmp_path_factory.mktemp("bare")
    store = session.engine(settings_of(home).database_url)
    region = simulate(SimulationConfig(employees=300, years=4, seed=3))
    with session.unit_of_work(store) as work:
        personnel.save(work, region.frames)
    store.dispose()
    return home


@pytest.fixture(scope="session")
def home(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with records and a model; to be copied, and served by nobody.

    Whoever closes a file gives back all locks that its process holds on it (POSIX). To copy a
    store of SQLite that this process serves would therefore let the next process that opens
    it take away the log from under the service.
    """
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(bare_home, home, dirs_exist_ok=True)
    heads = {
        "performance": quick_performance(examples("performance")),
        "acceptance": quick_acceptance(examples("acceptance")),
    }
    models = settings_of(home).models
    artifact.save(models / "first", heads, "2025-06-30", "R", "hash", ("training",), {}, KEY)
    aliases.change(models, {Alias.CHAMPION: "first"})
    vouch(settings_of(home))
    return home


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A home with records and a model that a test may serve, or spoil."""
    return Path(shutil.copytree(home, tmp_path / "home"))


@pytest.fixture(scope="session")
def served(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service with a model; its caller shows no token."""
    own = Path(shutil.copytree(home, tmp_path_factory.mktemp("served") / "home"))
    with TestClient(create_app(settings_of(own))) as client:
        yield client


@pytest.fixture(scope="session")
def known(served: TestClient) -> TestClient:
    """The same service; its caller shows the token and reads Indonesian."""
    return TestClient(served.app, headers=KNOWN)


@pytest.fixture(scope="session")
def vacancy(known: TestClient) -> str:
    """A vacancy for which someone is eligible."""
    vacancies = known.get("/v1/vacancies", params={"limit": 200}).json()["vacancies"]
    return next(
        str(shown["position_id"])
        for shown in vacancies
        if known.get(f"/v1/vacancies/{shown['position_id']}/candidates").json()["recommended"]
    )


@pytest.fixture(scope="session")
def nip(known: TestClient, vacancy: str) -> str:
    """Somebody who is eligible for a vacancy."""
    ranking = known.get(f"/v1/vacancies/{vacancy}/candidates").json()
    return str(ranking["recommended"][0]["employee"]["nip"])


@pytest.fixture(scope="session")
def people(served: TestClient, nip: str, vacancy: str) -> Region:
    """Whom the accounts of the service with people are about."""
    snapshot = state_of(served).region.recommender.snapshot
    ids, units = snapshot.employees["employee_id"], snapshot.present("unit_id")
    unit = units[snapshot.employee_row(nip)]
    colleague = next(one for one, of in zip(ids, units, strict=True) if of == unit and one != nip)
    row = snapshot.tables["units"].set_index("unit_id")["parent"]
    stranger = next(
        one
        for one, of in zip(ids, units, strict=True)
        if of not in (None, unit) and row[of] != list(row.index).index(unit)
    )
    return Region(nip, str(unit), str(colleague), str(stranger), vacancy)


@pytest.fixture(scope="session")
def peopled(
    home: Path, people: Region, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The service with accounts and clients; its caller shows nothing."""
    folder = tmp_path_factory.mktemp("peopled")
    shutil.copytree(home, folder, dirs_exist_ok=True)
    app = create_app(settings_of(folder))
    with TestClient(app, base_url=SECURE) as client:
        app.state.secrets = settle(app.state.region.store.engine, people)
        yield client


@pytest.fixture(scope="session")
def secrets(peopled: TestClient) -> dict[str, str]:
    """The secrets of the clients."""
    kept: dict[str, str] = state_of(peopled).secrets
    return kept


@pytest.fixture(autouse=True)
def forgiven(request: pytest.FixtureRequest) -> None:
    """Begin each test with nobody having asked too often, and nobody signed in."""
    for name in {"served", "peopled"} & set(request.fixturenames):
        caller = request.getfixturevalue(name)
        caller.cookies.clear()
        state = caller.app.state
        state.rates = Rates(state.settings.calls_per_minute)


class Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def fields(self, event: str) -> list[dict[str, Any]]:
        """Return the fields of the lines of an event."""
        return [vars(line)["fields"] for line in self.records if line.getMessage() == event]


@pytest.fixture
def log() -> Iterator[Lines]:
    """What the service logs."""
    lines = Lines()
    own = logging.getLogger("mutasi")
    own.addHandler(lines)
    yield lines
    own.removeHandler(lines)
