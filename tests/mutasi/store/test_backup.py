"""A backup of a store in use brings all of it back, and nothing is ever overwritten."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict

from mutasi.errors import (
    BackupChanged,
    BackupUnproven,
    BackupUnusable,
    PlaceTaken,
    ProgramMissing,
    StoreUnreadable,
)
from mutasi.store import personnel, session
from mutasi.store.backup import back_up, digest_file, restore
from mutasi.store.tables import METADATA
from tests.conftest import StoreOf
from tests.mutasi.store.invented import region
from tests.postgresql import Server
from tests.records import frames

PASSWORD = r"a:secret\with colons"


def content(store: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with session.reading(store) as work:
        return {
            table.name: sorted(map(tuple, work.execute(sa.select(table))), key=str)
            for table in METADATA.sorted_tables
        }


@pytest.fixture
def empty(store_of: StoreOf, url: str, tmp_path: Path) -> str:
    """Where nothing is yet."""
    place = store_of(tmp_path / "other")
    if place.startswith("postgresql"):
        session.downgrade(session.opened(place), "base")
        made = session.opened(place)
        with made.execution_options(writes=session.QUEUE).begin() as connection:
            connection.execute(sa.text("DROP TABLE alembic_version"))
        made.dispose()
    assert url != place
    return place


def test_a_backup_made_while_others_write_is_restored_to_the_last_row(
    store: sa.Engine, url: str, empty: str, tmp_path: Path, rng: np.random.Generator
) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, region(rng))
    before = content(store)
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=[{"unit_id": "half-written"}]))
        back_up(url, tmp_path / "backup")

    restore(empty, tmp_path / "backup")

    assert sum(map(len, before.values())) > 100
    assert content(session.engine(empty)) == before
    assert len(content(store)["units"]) == len(before["units"]) + 1


def test_a_backup_is_for_its_owner_alone(store: sa.Engine, url: str, tmp_path: Path) -> None:
    assert store.url
    back_up(url, tmp_path / "backup")

    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    assert digest_file(tmp_path / "backup").stat().st_mode & 0o777 == 0o600


def test_sha256sum_agrees_with_the_digest_beside_a_backup(
    store: sa.Engine, url: str, tmp_path: Path
) -> None:
    assert store.url
    told: list[str] = []
    back_up(url, tmp_path / "a backup", told.append)

    program = shutil.which("sha256sum")
    assert program, "part of every Linux"
    checked = subprocess.run(
        [program, "--check", "--strict", "a backup.sha256"], cwd=tmp_path, check=False
    )
    assert checked.returncode == 0
    assert digest_file(tmp_path / "a backup").read_text() == f"{told[0]}  a backup\n"


def test_a_backup_of_which_nothing_could_be_kept_is_not_there(
    store: sa.Engine, url: str, tmp_path: Path
) -> None:
    assert store.url

    def refuse(_: str) -> None:
        raise StoreUnreadable(store="away")

    with pytest.raises(StoreUnreadable):
        back_up(url, tmp_path / "backup", refuse)

    assert not list(tmp_path.glob("backup*"))


@pytest.mark.parametrize("place", [0.1, 0.5, 0.999])
def test_one_byte_that_changed_is_noticed_before_anything_is_touched(
    store: sa.Engine, url: str, empty: str, tmp_path: Path, place: float
) -> None:
    assert store.url
    file = tmp_path / "backup"
    back_up(url, file)
    content_ = bytearray(file.read_bytes())
    content_[int(place * len(content_))] ^= 1
    file.write_bytes(content_)

    for without_digest in (False, True):
        with pytest.raises(BackupChanged):
            restore(empty, file, without_digest=without_digest)

    assert session.revision(session.opened(empty)) is None


@pytest.mark.parametrize("said", ["", "a letter", "0" * 64], ids=["empty", "words", "another"])
def test_what_is_no_digest_of_the_backup_proves_nothing(
    store: sa.Engine, url: str, empty: str, tmp_path: Path, said: str
) -> None:
    assert store.url
    back_up(url, tmp_path / "backup")
    digest_file(tmp_path / "backup").write_text(said)

    with pytest.raises(BackupChanged):
        restore(empty, tmp_path / "backup")


def test_a_backup_without_a_digest_is_restored_by_a_person_s_word_alone(
    store: sa.Engine, url: str, empty: str, tmp_path: Path
) -> None:
    before = content(store)
    back_up(url, tmp_path / "backup")
    digest_file(tmp_path / "backup").unlink()

    with pytest.raises(BackupUnproven):
        restore(empty, tmp_path / "backup")
    assert session.revision(session.opened(empty)) is None

    restore(empty, tmp_path / "backup", without_digest=True)
    assert content(session.engine(empty)) == before


def test_nothing_is_overwritten(store: sa.Engine, url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_text("a letter")
    with pytest.raises(PlaceTaken):
        back_up(url, file)
    assert file.read_text() == "a letter"
    digest_file(tmp_path / "third").write_text("of another")
    with pytest.raises(PlaceTaken):
        back_up(url, tmp_path / "third")

    back_up(url, tmp_path / "other")
    before = content(store)
    with pytest.raises(PlaceTaken):
        restore(url, tmp_path / "other")
    assert content(store) == before


@pytest.mark.parametrize("share", [0.0, 0.5], ids=["of something else", "that is cut off"])
def test_a_backup_is_refused_and_leaves_nothing(
    share: float, store: sa.Engine, url: str, empty: str, tmp_path: Path, rng: np.random.Generator
) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, region(rng))
    file = tmp_path / "backup"
    back_up(url, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))] or b"a letter, not a backup\n" * 99)
    digest_file(file).unlink()

    with pytest.raises(BackupUnusable):
        restore(empty, file, without_digest=True)

    assert not list(tmp_path.glob("*.part*"))
    assert session.revision(session.opened(empty)) is None


def test_a_backup_of_a_later_version_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    there, backup = tmp_path / "there.db", tmp_path / "backup"
    session.engine(f"sqlite:///{there}").dispose()
    back_up(f"sqlite:///{there}", backup)
    with closing(sqlite3.connect(backup)) as later, later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")

    digest_file(backup).unlink()
    with pytest.raises(BackupUnusable):
        restore(f"sqlite:///{tmp_path}/restored.db", backup, without_digest=True)

    assert not list(tmp_path.glob("restored*"))


def test_there_is_no_backup_of_no_store(empty: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable):
        back_up(empty, tmp_path / "backup")

    assert not list(tmp_path.glob("backup*"))


def test_a_password_reaches_the_program_and_nobody_else(
    postgresql_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    run = subprocess.run

    def watched(command: list[str], **how: Any) -> Any:
        passfile = conninfo_to_dict(command[2])["passfile"]
        told.extend(
            [" ".join(command), Path(str(passfile)).read_text(encoding="utf-8"), str(passfile)]
        )
        return run(command, **how)

    monkeypatch.setattr("mutasi.store.backup.subprocess.run", watched)
    place = sa.make_url(postgresql_server.database()).set(password=PASSWORD)
    written = tmp_path / "backup"

    back_up(place.render_as_string(hide_password=False), written)

    command, kept, passfile = told
    assert written.read_bytes().startswith(b"PGDMP")
    assert PASSWORD not in command
    assert kept.rstrip("\n") == "*:*:*:*:" + PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    assert not Path(passfile).exists()


def test_programs_that_are_missing_are_named(
    postgresql_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing) as caught:
        back_up(postgresql_server.database(), tmp_path / "backup")

    assert caught.value.params == {"program": "pg_dump"}
