"""An import that is killed half-way leaves the store as it was."""

import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from mutasi.bundle.writing import write
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import personnel, session
from tests.conftest import StoreOf
from tests.regions import tiny

KILLED_WHEN = """
import os, signal, sys
from datetime import date
from pathlib import Path
from mutasi.settings import Settings
from pipelines.ingest import ingest, reader_of

read = reader_of("bundle", date(2026, 6, 1))
home, store, folder, fatal = sys.argv[1:]

def told(kind, done, total):
    if kind == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

ingest(Settings(home=Path(home), database=store), Path(folder), read, told, language="en")
"""


pytestmark = pytest.mark.usefixtures("either_database")


def imported(home: Path, folder: Path, fatal: str = "") -> int:
    """Import in a process of its own that kills itself at the first news of a kind."""
    store = Settings(home=home).database_url
    command = [sys.executable, "-c", KILLED_WHEN, str(home), store, str(folder), fatal]
    return subprocess.run(command, check=False).returncode


def stored(home: Path) -> dict[str, pd.DataFrame]:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return personnel.records(work)


def logged(home: Path) -> int:
    """Return how many bytes the log of the store's database holds, done and half-done."""
    url = Settings(home=home).database_url
    if url.startswith("sqlite"):
        log = home / "mutasi.db-wal"
        return log.stat().st_size if log.exists() else 0
    with psycopg.connect(url) as connection:
        (found,) = connection.execute("SELECT pg_current_wal_insert_lsn() - '0/0'").fetchone() or ()
    return int(found)


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for table, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[table])


@pytest.fixture(scope="module")
def home(
    either_database: StoreOf,  # noqa: ARG001 -- it sets the database that imports follow
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A home that holds a region."""
    made = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("first")
    write(folder, tiny())
    assert imported(made, folder) == 0
    return made


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same region with something new in every table."""
    folder = tmp_path_factory.mktemp("second")
    region = {table: frame.copy() for table, frame in tiny().items()}
    region["units"]["name"] += " Baru"
    region["positions"]["title"] += " Baru"
    region["employees"]["name"] = "Lain"
    region["postings"].loc[0, "ended_on"] = pd.Timestamp("2018-11-30").date()
    region["grades"]["grade"] += 1
    region["appraisals"]["score"] -= 1
    region["offers"]["reason"] = "family"
    write(folder, region)
    return folder


@pytest.mark.parametrize("fatal", ["read", "units", "employees", "postings", "offers"])
def test_killed_while_it_reads_or_stores_it_stored_nothing(
    home: Path, changed: Path, fatal: str
) -> None:
    before = stored(home)

    code = imported(home, changed, fatal)

    assert code == -signal.SIGKILL
    assert_same(before, stored(home))


def test_after_a_kill_the_same_import_goes_through(
    home: Path, changed: Path, tmp_path: Path
) -> None:
    imported(home, changed, "offers")

    assert imported(home, changed) == 0
    assert imported(tmp_path, changed) == 0
    afresh, again = stored(tmp_path), stored(home)
    assert_same({table: afresh[table] for table in ("units", "employees", "offers")}, again)


def test_what_had_reached_the_disk_by_then_is_taken_back(home: Path, tmp_path: Path) -> None:
    region = simulate(SimulationConfig(employees=1500, years=6, seed=5))
    write(tmp_path, region.frames)
    before = stored(home)
    length = logged(home)

    imported(home, tmp_path, "transfers")

    assert logged(home) > length + 1_000_000, "nothing was half-way on the disk"
    assert_same(before, stored(home))
