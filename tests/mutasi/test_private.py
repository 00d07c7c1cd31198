"""What holds records is made for its owner alone; what an operator set stays as it is."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.private import make_folder
from mutasi.store import session


@pytest.fixture(autouse=True)
def lax() -> Iterator[None]:
    """A user whose files anybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(place: Path) -> int:
    return place.stat().st_mode & 0o777


def in_use(file: Path) -> dict[str, int]:
    """Return the modes of a store's files while somebody writes."""
    made = session.engine(f"sqlite:///{file}")
    with session.unit_of_work(made) as work:
        work.execute(sa.text("DELETE FROM replies"))
        found = {each.name: mode(each) for each in session.files(made)}
    made.dispose()
    return found


def test_a_store_and_its_folders_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "home" / "mutasi.db"

    found = in_use(file)

    assert found == dict.fromkeys(("mutasi.db", "mutasi.db-wal", "mutasi.db-shm"), 0o600)
    assert (mode(file.parent), mode(file.parent.parent)) == (0o700, 0o700)


def test_modes_that_were_set_stay_and_what_is_made_beside_takes_them(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "home" / "mutasi.db"
    in_use(file)
    home.chmod(0o750)
    file.chmod(0o640)

    assert set(in_use(file).values()) == {0o640}
    assert mode(home) == 0o750


def test_a_folder_within_one_that_is_there_leaves_that_as_it_is(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir(0o755)

    make_folder(there / "new")
    make_folder(there / "new")

    assert (mode(there), mode(there / "new")) == (0o755, 0o700)


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("a letter")

    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "letter")
