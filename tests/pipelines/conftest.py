"""A small simulated region in a home: stored, and with a model."""

import shutil
from collections.abc import Callable

import pytest

from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig
from mutasi.simulation.region import Region, simulate
from mutasi.store import personnel, session
from pipelines import cli
from pipelines.quality.job import Judged, judge_store
from pipelines.train import Trained, train_and_register

EMPLOYEES, YEARS = 500, 6

Run = Callable[..., tuple[int, str, str]]
"""Types a command."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command; returns the exit code and what was printed, also as an error."""

    def typed(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["mutasi", *words])
        monkeypatch.setenv("COLUMNS", "240")
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return typed


@pytest.fixture(scope="session")
def invented() -> Region:
    return simulate(SimulationConfig(employees=EMPLOYEES, years=YEARS, seed=11))


@pytest.fixture(scope="session")
def stored(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with records and no model; read only."""
    settings = Settings(home=tmp_path_factory.mktemp("stored"))
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, invented.frames)
    return settings


@pytest.fixture(scope="session")
def trained(stored: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Trained]:
    """A home with records and a model; read only."""
    home = tmp_path_factory.mktemp("trained")
    shutil.copytree(stored.home, home, dirs_exist_ok=True)
    settings = Settings(home=home)
    return settings, train_and_register(settings)


@pytest.fixture(scope="session")
def written(trained: tuple[Settings, Trained], tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The report on the quality of the records, in Indonesian; read only."""
    folder = tmp_path_factory.mktemp("quality")
    return judge_store(trained[0], lambda *_: None, out=folder)
