"""An import on a disk that fills up leaves the store as it was, and says why it failed."""

import subprocess
import sys
from pathlib import Path

import pytest

from mutasi.bundle.writing import write
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import personnel, session, trail
from tests.regions import tiny

ROOM = 1_500_000
"""Bytes that a file may have: those of the small region, and not those of the large one."""

IN_A_SMALL_ROOM = f"""
import resource, sys
from pipelines.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))
sys.argv[0] = "mutasi"
main()
"""
"""The command line where no file grows beyond the room: the system refuses to write on, as it
does on a full disk."""


def imported(home: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", IN_A_SMALL_ROOM, "--home", str(home), "import", str(folder)]
    return subprocess.run([*command, "--lang", "en"], check=False, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of a process")
def test_a_disk_that_fills_up_is_told_in_a_sentence_and_nothing_is_half_stored(
    tmp_path: Path,
) -> None:
    home, small, large = (tmp_path / name for name in ("home", "small", "large"))
    write(small, tiny())
    write(large, simulate(SimulationConfig(employees=1000, years=6, seed=3)).frames)
    assert imported(home, small).returncode == 0
    before = stored(home)

    failed = imported(home, large)

    assert failed.returncode == 2
    assert "mutasi.db" in failed.stderr.replace("\n", "")
    assert "Traceback" not in failed.stderr
    assert stored(home) == before
    assert imported(home, small).returncode == 0  # and the store can be used


def stored(home: Path) -> tuple[dict[str, str], int]:
    """Return what is stored and the number of entries on the trail."""
    made = session.engine(Settings(home=home).database_url)
    with session.reading(made) as work:
        records = {table: rows.to_csv() for table, rows in personnel.records(work).items()}
        found = records, trail.head(work).number
    made.dispose()
    return found
