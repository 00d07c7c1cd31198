"""`mutasi db`: the store's revision, backups and what they bring back."""

import io
import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from mutasi.settings import Settings
from mutasi.store import backup, personnel, session, trail
from tests.pipelines.conftest import Run
from tests.regions import tiny_folder

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def home(tmp_path: Path, run: Run) -> Path:
    """A home that holds a region."""
    made = tmp_path / "home"
    run("--home", str(made), "import", str(tiny_folder(tmp_path / "region")))
    return made


def records(home: Path) -> dict[str, pd.DataFrame]:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return personnel.records(work)


def revision(home: Path) -> str | None:
    return session.revision(session.opened(Settings(home=home).database_url))


def test_a_store_goes_down_by_a_person_s_word_and_up_again(home: Path, run: Run) -> None:
    code, out, _ = run("--home", str(home), "db", "downgrade", "0001", "--yes", "--json")
    assert (code, json.loads(out)["before"], revision(home)) == (0, session.LATEST, "0001")

    code, out, _ = run("--home", str(home), "db", "current", "--lang", "en")
    assert (code, f"revision 0001; this version works with {session.LATEST}" in out) == (0, True)

    code, out, _ = run("--home", str(home), "db", "upgrade", "--lang", "id")
    assert (code, revision(home)) == (0, session.LATEST)
    assert f"dari revisi 0001 ke {session.LATEST}" in out


def test_without_a_word_a_store_stays_as_it_is(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))

    code, _, err = run("--home", str(home), "db", "downgrade", "base", "--lang", "en")

    assert (code, revision(home)) == (8, session.LATEST)
    assert "Nothing was done" in err


def test_that_a_store_goes_down_is_on_its_trail_with_the_tables_that_it_loses(
    home: Path, run: Run
) -> None:
    run("--home", str(home), "db", "downgrade", "0009", "--yes")

    (actor, action, what, _), *more = told(home)
    assert (actor, action, more) == ("user:", "downgrade", [])
    assert what.startswith(f"{session.LATEST} 0009 -")
    assert run("--home", str(home), "audit", "verify")[0] in {0, 5}


def test_a_revision_that_there_is_not_is_unusable(home: Path, run: Run) -> None:
    code, _, err = run("--home", str(home), "db", "downgrade", "soon", "--yes", "--lang", "en")

    assert (code, "“soon”" in err) == (2, True)


def test_what_was_lost_comes_back_from_a_backup(home: Path, run: Run, tmp_path: Path) -> None:
    before = records(home)
    file, other = tmp_path / "backup", tmp_path / "other"
    code, out, _ = run("--home", str(home), "db", "backup", str(file), "--lang", "en")
    assert (code, f"{file.stat().st_size:,} bytes" in " ".join(out.split())) == (0, True)
    emptied(other)

    code, _, _ = run("--home", str(other), "db", "restore", str(file))

    assert code == 0
    for table, frame in records(other).items():
        pd.testing.assert_frame_equal(frame, before[table])


def told(home: Path) -> list[tuple[str, str, str, str]]:
    """Return what the end of the trail says of backups."""
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        found = [one for one in trail.entries(work) if one["kind"] == "store"]
    return [(one["actor"][:5], one["action"], one["object"], one["after"]) for one in found]


def test_who_copies_a_store_and_who_makes_one_of_the_copy_is_on_the_trail_of_each(
    home: Path, run: Run, tmp_path: Path
) -> None:
    file, other = tmp_path / "backup", tmp_path / "other"
    run("--home", str(home), "db", "backup", str(file))
    digest = backup.digest_file(file).read_text()[:64]
    emptied(other)
    assert run("--home", str(other), "db", "restore", str(file))[0] == 0

    assert told(home) == [("user:", "backup", "backup", digest)]
    assert told(other) == [("user:", "restore", "backup", digest)]


def test_what_was_done_after_the_backup_is_missed_by_a_head_that_was_signed_then(
    home: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    run("--home", str(home), "db", "backup", str(file))
    run("--home", str(home), "audit", "head")
    emptied(home)
    for left in home.glob("mutasi.db*"):
        left.unlink()
    assert run("--home", str(home), "db", "restore", str(file))[0] == 0

    code, said, _ = run("--home", str(home), "audit", "verify", "--json")

    found, digest = json.loads(said), backup.digest_file(file).read_text()[:64]
    assert (code, [one["kind"] for one in found["faults"]]) == (5, ["rewritten"])
    assert [entry[1] for entry in told(home)] == ["restore"]
    (restored,) = found["restores"]
    assert (restored["file"], restored["digest"]) == ("backup", digest)
    _, in_words, _ = run("--home", str(home), "audit", "verify", "--lang", "en")
    year = restored["on"][:4]
    assert "made of the backup backup on " in " ".join(in_words.split())
    assert year in in_words
    assert digest in in_words


def test_a_folder_that_a_backup_is_the_first_in_is_its_owner_s_alone(
    home: Path, run: Run, tmp_path: Path
) -> None:
    run("--home", str(home), "db", "backup", str(tmp_path / "new" / "below" / "backup"))

    made = (tmp_path / "new", tmp_path / "new" / "below")
    assert [folder.stat().st_mode & 0o777 for folder in made] == [0o700, 0o700]


def test_a_store_of_an_early_revision_is_copied_as_it_is(
    home: Path, run: Run, tmp_path: Path
) -> None:
    run("--home", str(home), "db", "downgrade", "0004", "--yes")

    assert run("--home", str(home), "db", "backup", str(tmp_path / "backup"))[0] == 0

    assert revision(home) == "0004"


def test_a_backup_that_nothing_vouches_for_is_restored_by_a_person_s_word_alone(
    home: Path, run: Run, tmp_path: Path
) -> None:
    file, other = tmp_path / "backup", tmp_path / "other"
    run("--home", str(home), "db", "backup", str(file))
    backup.digest_file(file).unlink()
    emptied(other)

    code, _, err = run("--home", str(other), "db", "restore", str(file), "--lang", "en")
    assert (code, "--without-digest" in err) == (2, True)
    assert run("--home", str(other), "db", "restore", str(file), "--without-digest")[0] == 0


def emptied(home: Path) -> None:
    """Leave nothing where a database was made with the tables of a store."""
    url = Settings(home=home).database_url
    if url.startswith("postgresql"):
        made = session.opened(url)
        session.downgrade(made, "base")
        with made.execution_options(writes=session.QUEUE).begin() as connection:
            connection.exec_driver_sql("DROP TABLE alembic_version")


def test_the_demo_leaves_a_database_that_is_set_alone(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTASI_DATABASE", "postgresql://127.0.0.1:1/the_real_one")

    code, _, err = run("--home", str(tmp_path / "home"), "demo", "--no-serve", "--lang", "en")

    assert (code, "MUTASI_DATABASE" in err) == (2, True)
    assert not (tmp_path / "home").exists()


def test_asking_for_the_revision_of_a_store_that_is_not_there_makes_none(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "nowhere" / "mutasi.db"
    monkeypatch.setattr(Settings, "database_url", property(lambda _: f"sqlite:///{place}"))

    code, out, _ = run("db", "current", "--json")

    assert (code, json.loads(out)["revision"]) == (0, None)
    assert not place.parent.exists()


def test_a_backup_that_cannot_be_written_is_told_in_a_sentence(
    home: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Settings(home=home).database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL's own programs tell it, see tests/mutasi/store/test_backup.py")

    def fails(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(backup, "_copied_by_pages", fails)

    code, _, err = run("--home", str(home), "db", "backup", str(tmp_path / "b"), "--lang", "en")

    assert (code, "disk I/O error" in err) == (2, True)
    assert not (tmp_path / "b").exists()
