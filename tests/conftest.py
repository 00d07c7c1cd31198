"""What every test may rely on: the same numbers each time, no network, real data if at hand."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from mlflow import MlflowClient
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

from mutasi.settings import STORE, Settings
from tests import postgresql
from tests.architecture.checkout import ROOT
from tests.postgresql import Server

pytest.MonkeyPatch().delenv("COLUMNS", raising=False)
"""The width that xdist gives its workers, which rich would read once and keep, is forgotten
before any console is made."""

settings.register_profile("same each time", derandomize=True, database=None, deadline=None)
settings.load_profile("same each time")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data",
        type=Path,
        default=ROOT.parent / "shared" / "data",
        metavar="FOLDER",
        help="folder of the public tables that some tests run on (default: beside the checkout)",
    )
    parser.addoption(
        "--plans",
        type=int,
        default=250,
        metavar="COUNT",
        help="how many random regions of each kind are planned beside every possible plan",
    )
    parser.addoption(
        "--kills",
        type=int,
        default=4,
        metavar="COUNT",
        help="how often the service or its database is killed while people decide",
    )
    parser.addoption(
        "--with-postgresql",
        action="store_true",
        help="fail where PostgreSQL is absent, instead of skipping what needs it",
    )


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]  # xdist is published without types
    """Keeps a folder's tests on one worker, so that its regions are made once."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", maxsplit=1)[0].rpartition("/")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def real_data(request: pytest.FixtureRequest) -> Path:
    """The folder of public tables; a test that asks for it is skipped where it is absent."""
    folder: Path = request.config.getoption("--data")
    if not folder.is_dir():
        pytest.skip(f"no public tables at {folder}; name their folder with --data")
    return folder


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of PostgreSQL; a test that asks for it is skipped where there is none."""
    programs = postgresql.programs()
    if programs is None:
        told = f"no PostgreSQL, {postgresql.OLDEST} or later: apt-get install postgresql"
        if request.config.getoption("--with-postgresql"):
            pytest.fail(told)
        pytest.skip(told)
    with postgresql.running(programs) as server:
        yield server


StoreOf = Callable[[Path], str]
"""Tells where the store of a home is."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store_of(request: pytest.FixtureRequest) -> StoreOf:
    """Where the store of a home is: in its folder, or in a database of PostgreSQL of its own."""
    if request.param == "sqlite":
        return lambda home: f"sqlite:///{home / STORE}"
    server: Server = request.getfixturevalue("postgresql_server")
    return cache(lambda _: server.database())


@pytest.fixture(scope="module")
def either_database(store_of: StoreOf) -> Iterator[StoreOf]:
    """Let every home keep its store in one kind of database, then in the other."""
    with pytest.MonkeyPatch.context() as patched:
        url = property(lambda settings: store_of(settings.home))
        patched.setattr(Settings, "database_url", url)
        yield store_of


@pytest.fixture
def rng() -> np.random.Generator:
    """Chance that is the same in every run."""
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def empty_tracking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MLflow's records before anything was recorded, to be copied: new ones take seconds."""
    file = tmp_path_factory.mktemp("mlflow") / "mlflow.db"
    MlflowClient(f"sqlite:///{file}").search_experiments()
    return file


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse connections that leave the machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise RuntimeError(f"a test reached for {address[0]}: tests stay on this machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
