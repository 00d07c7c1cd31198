"""A file of any size is read in a bounded part of the memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutasi.siasn.writing import write
from tests.regions import SITI, tiny

LARGE = 300_000_000
"""Bytes of the file."""

MOST_GROWTH = 150_000_000
"""Bytes by which the process that reads it may grow: half of the file."""

READ = """
import json, resource, sys
from datetime import date
from functools import partial
from pathlib import Path
from mutasi.errors import MutasiError
from mutasi.siasn.reading import read as read_files

read = partial(read_files, today=date(2026, 6, 1))
small, large = map(Path, sys.argv[1:])

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

read(small)
before, rows, code = most(), 0, None
try:
    rows = read(large).read["trainings"]
except MutasiError as error:
    code = error.code
print(json.dumps({"growth": most() - before, "rows": rows, "error": code}))
"""

PADDING = "x" * 20_000
ROWS = LARGE // len(PADDING)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("small")
    write(made, tiny())
    return made


@pytest.fixture
def large(small: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the small export, to which a large list is added; taken away at once after."""
    for path in small.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    yield tmp_path
    (tmp_path / "rw-kursus.json").unlink()


def courses() -> Iterator[str]:
    """Yield more rows than fit into the bound, each with a field that nobody needs."""
    for number in range(ROWS):
        row = {
            "nipBaru": SITI,
            "namaKursus": f"Kursus {number}",
            "tanggalSelesaiKursus": "01-02-2020",
            "jumlahJam": "12",
            "keterangan": PADDING,
        }
        yield json.dumps(row)


def read_apart(small: Path, large: Path) -> dict[str, object]:
    """Read in a process of its own, first something small, then the large export."""
    command = [sys.executable, "-c", READ, str(small), str(large)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def written(path: Path, before: str, after: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(before)
        for number, row in enumerate(courses()):
            file.write((",\n" if number else "") + row)
        file.write(after)
    assert path.stat().st_size > LARGE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("[", "]", id="a list"),
        pytest.param('{"code": 1, "data": [', '], "message": "success"}', id="an envelope"),
    ],
)
def test_a_large_file_is_streamed(small: Path, large: Path, before: str, after: str) -> None:
    written(large / "rw-kursus.json", before, after)

    said = read_apart(small, large)

    assert said["error"] is None
    assert said["rows"] == ROWS
    assert isinstance(said["growth"], int)
    assert said["growth"] < MOST_GROWTH


@pytest.mark.slow
def test_a_large_file_that_breaks_off_is_refused(small: Path, large: Path) -> None:
    written(large / "rw-kursus.json", "[", "")

    said = read_apart(small, large)

    assert said["error"] == "bundle_file_unreadable"
    assert isinstance(said["growth"], int)
    assert said["growth"] < MOST_GROWTH


@pytest.mark.slow
def test_one_value_that_is_larger_than_any_record_is_refused(small: Path, large: Path) -> None:
    with (large / "rw-kursus.json").open("w", encoding="utf-8") as file:
        file.write('[{"namaKursus": "')
        for _ in range(LARGE // len(PADDING)):
            file.write(PADDING)
        file.write('"}]')

    said = read_apart(small, large)

    assert said["error"] == "bundle_file_unreadable"
    assert isinstance(said["growth"], int)
    assert said["growth"] < MOST_GROWTH
