"""A service to which files are handed in; the tests themselves are its worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.settings import Settings
from mutasi.store import clients, jobs, session
from pipelines.working import TASKS
from pipelines.working.attempt import attempt
from serving.app import create_app
from tests.conftest import StoreOf
from tests.regions import tiny_folder
from tests.serving.people import SECURE, bearer, token_of

IMPORTS = "/v1/imports"
KIND = "import"

Parts = list[tuple[str, tuple[str, bytes]]]


def parts(**files: str | bytes) -> Parts:
    """Return files of a form, by table: each becomes a CSV."""
    told = {f"{name}.csv": text for name, text in files.items()}
    return [
        ("file", (name, text.encode() if isinstance(text, str) else text))
        for name, text in told.items()
    ]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records of a very small region."""
    return tiny_folder(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def region(bundle: Path) -> Parts:
    """The same, as files of a form."""
    return [("file", (path.name, path.read_bytes())) for path in sorted(bundle.iterdir())]


@pytest.fixture(scope="module")
def settings(store_of: StoreOf, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a home that holds nothing yet."""
    home = tmp_path_factory.mktemp("handed") / "home"
    home.mkdir()
    return Settings(home=home, database=store_of(home), import_megabytes=1)


@pytest.fixture(scope="module")
def handing(settings: Settings) -> Iterator[TestClient]:
    """The service; its caller is a system that may hand records in, and reads Indonesian."""
    app = create_app(settings)
    with TestClient(app, base_url=SECURE) as client:
        with session.unit_of_work(app.state.region.store.engine) as work:
            secret = clients.add(work, "simpeg", [Scope.RECORDS], clock.now())
        client.headers.update(bearer(token_of(client, "simpeg", str(secret))))
        yield client


def asked(client: TestClient, files: Parts, **query: str) -> str:
    answer = client.post(IMPORTS, files=files, params=query)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["import_id"])


def worked(settings: Settings) -> None:
    """Do what waits, as a worker does, in this process."""
    store = session.engine(settings.database_url)
    while True:
        with session.unit_of_work(store, jobs.QUEUE) as work:
            held = jobs.claim(work, "one", [KIND])
        if held is None:
            break
        attempt(settings, held, TASKS[KIND].does)
    store.dispose()
