"""Whether a store could keep something now is found out without keeping anything."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.errors import StoreUnwritable
from mutasi.store import session
from mutasi.store.sqlite import ROOM
from tests.postgresql import Server

IN_A_SMALL_ROOM = f"""
import resource, sys
from mutasi.errors import StoreUnwritable
from mutasi.store import session
made = session.opened(sys.argv[1])
session.require_writable(made)
resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM // 2}, {ROOM // 2}))
try:
    session.require_writable(made)
except StoreUnwritable as refused:
    print(type(refused.__cause__).__name__, refused.__cause__.errno)
"""
"""What asks where no file grows beyond the room: the system refuses to write on, as it does
on a full disk."""


def test_a_store_that_can_be_written_is_left_as_it_is(store: sa.Engine, url: str) -> None:
    place = Path(str(sa.make_url(url).database)).parent
    before = sorted(place.glob("*")) if url.startswith("sqlite") else []

    session.require_writable(store)

    if url.startswith("sqlite"):
        assert sorted(place.glob("*")) == before


def test_who_writes_keeps_nobody_from_looking(store: sa.Engine) -> None:
    with session.unit_of_work(store):
        session.require_writable(store)


def test_a_disk_that_takes_no_more_is_noticed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/mutasi.db"
    session.engine(url).dispose()

    asked = subprocess.run(
        [sys.executable, "-c", IN_A_SMALL_ROOM, url], check=True, capture_output=True, text=True
    )

    assert asked.stdout.split() == ["OSError", str(errno.EFBIG)]
    assert not [left for left in tmp_path.iterdir() if not left.name.startswith("mutasi.db")]


def test_a_file_that_may_only_be_read_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = session.engine(f"sqlite:///{tmp_path}/mutasi.db")
    monkeypatch.setattr("os.access", lambda *_: False)  # whoever is root may write all the same

    with pytest.raises(StoreUnwritable):
        session.require_writable(made)


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param("temp_file_limit = '1MB'", id="a disk that takes no more"),
        pytest.param("default_transaction_read_only = on", id="a server that only reads"),
    ],
)
def test_a_server_that_would_keep_nothing_is_noticed(
    postgresql_server: Server, setting: str
) -> None:
    url = postgresql_server.database()
    postgresql_server.run(f"ALTER DATABASE {sa.make_url(url).database} SET {setting}")

    with pytest.raises(StoreUnwritable):
        session.require_writable(session.opened(url))


def test_a_server_that_is_away_keeps_nothing(postgresql_server: Server) -> None:
    url = postgresql_server.url("there_is_none")

    with pytest.raises(StoreUnwritable):
        session.require_writable(session.opened(url))
