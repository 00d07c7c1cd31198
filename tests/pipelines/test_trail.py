"""`mutasi audit`: what was done is on the trail; a signed head tells when its end is gone."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from mutasi.authority import Role
from mutasi.settings import Settings
from mutasi.store import accounts, personnel, session, trail
from mutasi.store.trail import Action, Deed, Kind
from tests.pipelines.conftest import Run
from tests.regions import tiny_folder

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def home(tmp_path: Path, run: Run) -> Path:
    """A home that holds a region and a trail of what was done."""
    made = tmp_path / "home"
    run("--home", str(made), "import", str(tiny_folder(tmp_path / "region")))
    with session.unit_of_work(session.engine(Settings(home=made).database_url)) as work:
        for number in range(3):
            trail.append(work, Deed("client:hr", Action.IMPORT, Kind.RECORDS, str(number)))
    return made


def cut(home: Path) -> None:
    """Take the last two entries, as the owner of a database can."""
    made = session.engine(Settings(home=home).database_url)
    on = " ON trail" if made.dialect.name == "postgresql" else ""
    with session.unit_of_work(made) as work:
        run = work.exec_driver_sql
        run(f"DROP TRIGGER trail_kept{on}")
        run("DELETE FROM trail WHERE number > (SELECT max(number) - 2 FROM trail)")


def test_an_import_is_on_the_trail(home: Path) -> None:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        first = next(trail.entries(work))

    assert (first["action"], first["kind"], first["object"]) == ("import", "records", "region")
    assert first["actor"].startswith("user:")
    assert len(first["after"]) == 64


def test_a_whole_trail_agrees_with_its_signed_heads(home: Path, run: Run) -> None:
    code, out, _ = run("--home", str(home), "audit", "head", "--json")
    told = json.loads(out)
    assert (code, told["number"], Path(told["file"]).parent) == (0, 4, home / "audit")

    code, out, _ = run("--home", str(home), "audit", "verify", "--lang", "en")

    assert code == 0
    assert "4 entries, 1 signed heads agree" in " ".join(out.split())


def test_a_head_that_the_disk_does_not_take_is_not_there_by_half(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(self: Path, text: str, **_: object) -> None:
        self.write_bytes(text.encode()[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", write)
        code, _, err = run("--home", str(home), "audit", "head", "--lang", "en")

    assert (code, "A file or folder cannot be used" in err, "No space left" in err) == (
        *(2, True),
        True,
    )
    assert list((home / "audit").iterdir()) == []
    assert run("--home", str(home), "audit", "verify")[0] == 0


def test_an_end_that_several_heads_knew_is_told_once(home: Path, run: Run) -> None:
    made = session.engine(Settings(home=home).database_url)
    for number in range(2):
        run("--home", str(home), "audit", "head")
        with session.unit_of_work(made) as work:
            trail.append(work, Deed("client:hr", Action.IMPORT, Kind.RECORDS, str(number)))
    run("--home", str(home), "audit", "head")
    on = " ON trail" if made.dialect.name == "postgresql" else ""
    with session.unit_of_work(made) as work:
        work.exec_driver_sql(f"DROP TRIGGER trail_kept{on}")
        work.exec_driver_sql("DELETE FROM trail")

    _, out, _ = run("--home", str(home), "audit", "verify", "--json")

    cut = {"kind": "cut", "first": 1, "last": 6, "place": ""}
    assert [one for one in json.loads(out)["faults"] if one["kind"] != "unguarded"] == [cut]


def test_an_end_that_was_cut_off_is_told_with_its_place(home: Path, run: Run) -> None:
    run("--home", str(home), "audit", "head")
    cut(home)

    code, out, _ = run("--home", str(home), "audit", "verify", "--lang", "id")
    assert code == 5
    assert "Catatan 3 sampai 4 dipotong dari ujung" in " ".join(out.split())

    code, out, _ = run("--home", str(home), "audit", "verify", "--json")
    assert code == 5
    assert json.loads(out)["faults"] == [
        {"kind": "cut", "first": 3, "last": 4, "place": ""},
        {"kind": "unguarded", "first": 0, "last": 0, "place": "trail_kept"},
    ]


@pytest.mark.parametrize("statement", ["DROP TABLE trail", "ALTER TABLE trail DROP COLUMN object"])
def test_a_trail_that_is_not_there_any_more_is_told_as_broken(
    home: Path, run: Run, statement: str
) -> None:
    with session.unit_of_work(session.engine(Settings(home=home).database_url)) as work:
        indexed = "DROP INDEX ix_trail_object"
        for each in (indexed, statement):
            work.exec_driver_sql(each)

    code, out, _ = run("--home", str(home), "audit", "verify", "--lang", "en")

    assert (code, "The table trail is not there any more" in " ".join(out.split())) == (5, True)


def test_without_a_head_it_is_told_that_a_cut_end_would_not_be_seen(home: Path, run: Run) -> None:
    code, out, _ = run("--home", str(home), "audit", "verify", "--lang", "en")

    assert (code, "There is no signed head" in out) == (0, True)


@pytest.mark.parametrize("field", ["number", "hash", "at", "signature"])
def test_a_head_that_was_changed_proves_nothing(home: Path, run: Run, field: str) -> None:
    run("--home", str(home), "audit", "head")
    (file,) = (home / "audit").iterdir()
    said = json.loads(file.read_text())
    said[field] = said[field] + 1 if isinstance(said[field], int) else "ab" * 32
    file.write_text(json.dumps(said))

    code, _, err = run("--home", str(home), "audit", "verify", "--lang", "en")

    assert (code, "proves nothing" in err) == (2, True)


def test_what_is_no_head_is_refused(home: Path, run: Run, tmp_path: Path) -> None:
    run("--home", str(home), "audit", "head")
    (tmp_path / "letter").write_text("a letter")

    code, _, err = run("--home", str(home), "audit", "verify", str(tmp_path / "letter"))

    assert (code, "letter" in err) == (2, True)


def who(run: Run, home: Path, *words: str) -> Any:
    code, out, err = run("--home", str(home), "audit", "access", *words, "--json")
    assert code == 0, err
    return json.loads(out)


def somebody(home: Path) -> str:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        return str(personnel.snapshot(work).employees["employee_id"][0])


def test_m6_who_looked_at_a_person_is_told_with_the_account_s_name(home: Path, run: Run) -> None:
    nip = somebody(home)
    with session.unit_of_work(session.engine(Settings(home=home).database_url)) as work:
        auditor = accounts.add(work, "sari", "kuda baterai jepit", [Role.AUDITOR], 0)
        actor = f"account:{auditor.account_id}"
        trail.append(work, Deed(actor, Action.READ, Kind.EMPLOYEE, nip))

    mine, hers = who(run, home, nip)["accesses"]

    assert (hers["actor"], hers["name"], hers["who"]) == (actor, "sari", "auditor")
    assert (hers["kind"], hers["action"]) == ("employee", "read")
    assert mine["actor"].startswith("user:")
    page = who(run, home, nip, "--limit", "1")
    rest = who(run, home, nip, "--cursor", str(page["next_cursor"]))
    assert [one["name"] for one in rest["accesses"]] == [None, "sari"]


@pytest.mark.parametrize(("language", "word"), [("id", "melihat"), ("en", "looked")])
def test_who_looked_is_told_in_words(home: Path, run: Run, language: str, word: str) -> None:
    code, out, _ = run("--home", str(home), "audit", "access", somebody(home), "--lang", language)

    assert code == 0
    assert word in out


def test_nobody_looked_at_who_is_not_on_record(home: Path, run: Run) -> None:
    before = len(who(run, home, somebody(home))["accesses"])

    code, _, err = run("--home", str(home), "audit", "access", "nobody")

    assert (code, before) == (2, 1)
    assert "nobody" in err
