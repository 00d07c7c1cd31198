"""`mutasi doctor`: what is fit, what is not, and that nothing is changed by looking."""

import json
import shutil
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from mutasi import clock
from mutasi.settings import Settings
from mutasi.store import personnel, session, trail
from mutasi.store.trail import Action, Deed, Kind
from mutasi.webhooks.signature import made_key
from pipelines import doctor
from tests.artifacts import KEY, heads, serve
from tests.pipelines.conftest import Run

Told = dict[str, tuple[str, str]]


@pytest.fixture
def home(stored: Settings, tmp_path: Path) -> Path:
    """A home with records and a signed model, its key shut."""
    home = Path(shutil.copytree(stored.home, tmp_path / "home"))
    serve(Settings(home=home), "first", heads())
    KEY.save(Settings(home=home).private_key_file)
    return home


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free: int = taken.getsockname()[1]
    return free


def found(run: Run, home: Path, port: int, *words: str) -> tuple[int, Told]:
    """Return the exit code, and of each thing its health and what was said."""
    code, out, _ = run("--home", str(home), "doctor", "--port", str(port), "--json", *words)
    return code, {each["what"]: (each["health"], each["code"]) for each in json.loads(out)}


def test_what_is_fit_is_told_line_by_line_in_both_languages(
    home: Path, run: Run, port: int
) -> None:
    code, told = found(run, home, port)

    assert code == 0
    assert {health for health, _ in told.values()} == {"good"}
    assert {"python", "store", "records", "clock", "model", "keys", "disk", "service"} < set(told)
    for language, word in (("id", "Basis data"), ("en", "Store")):
        code, out, _ = run("--home", str(home), "doctor", "--port", str(port), "--lang", language)
        assert (code, f"✓ {word}:" in out) == (0, True)


def test_a_store_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, run: Run, port: int
) -> None:
    code, told = found(run, tmp_path / "nowhere", port)

    assert code == 7
    assert told["store"] == ("bad", "doctor.store_missing")
    assert told["model"] == ("poor", "doctor.model_none")
    assert not (tmp_path / "nowhere").exists()


def test_a_store_of_an_earlier_version_is_to_be_looked_after_and_of_a_later_one_bad(
    home: Path, run: Run, port: int
) -> None:
    store = session.engine(Settings(home=home).database_url)
    session.downgrade(store, "0005")
    older = found(run, home, port)
    with session.unit_of_work(store) as work:
        work.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer = found(run, home, port)
    store.dispose()

    assert (older[0], older[1]["store"]) == (0, ("poor", "doctor.store_older"))
    assert (newer[0], newer[1]["store"]) == (7, ("bad", "doctor.store_newer"))


def test_what_is_no_store_is_bad(home: Path, run: Run, port: int) -> None:
    (home / "mutasi.db").write_bytes(b"no database at all, but long enough to be read" * 100)

    code, told = found(run, home, port)

    assert (code, told["store"]) == (7, ("bad", "error.store_unreadable"))


def test_a_model_that_nobody_vouches_for_is_bad(home: Path, run: Run, port: int) -> None:
    (Settings(home=home).models / "first" / "manifest.sig").unlink()

    code, told = found(run, home, port)

    assert (code, told["model"]) == (7, ("bad", "error.artifact_unsigned"))


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        ("private_key_file", 0o644, "doctor.key_open"),
        ("private_key_file", 0o660, "doctor.key_open"),
        ("webhook_key", 0o640, "doctor.key_open"),
        ("public_key_file", 0o666, "doctor.key_changeable"),
    ],
)
def test_a_key_that_others_can_reach_is_bad(
    home: Path, run: Run, port: int, name: str, mode: int, said: str
) -> None:
    made_key(Settings(home=home).webhook_key)
    getattr(Settings(home=home), name).chmod(mode)

    code, told = found(run, home, port)

    assert (code, told["keys"]) == (7, ("bad", said))


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_store_that_others_can_read_is_bad_and_left_as_it_is(
    home: Path, run: Run, port: int, mode: int
) -> None:
    (home / "mutasi.db").chmod(mode)

    code, out, _ = run("--home", str(home), "doctor", "--port", str(port), "--json")

    said = [(each["health"], each["code"]) for each in json.loads(out) if each["what"] == "store"]
    assert (code, said) == (7, [("bad", "doctor.store_open"), ("good", "doctor.store")])
    assert (home / "mutasi.db").stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("seconds", "code"), [(-3600, 7), (20, 0), (31, 7)])
def test_a_clock_that_is_not_the_database_s_is_bad(
    home: Path, run: Run, port: int, monkeypatch: pytest.MonkeyPatch, seconds: int, code: int
) -> None:
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + seconds)

    assert found(run, home, port)[0] == code


def test_a_clock_before_the_last_entry_of_the_trail_went_back(
    home: Path, run: Run, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = session.engine(Settings(home=home).database_url)
    with session.unit_of_work(store) as work:
        last = trail.append(work, Deed("user:x", Action.IMPORT, Kind.RECORDS, "region"))
    store.dispose()
    later = [{"at": clock.now() + 3600, "number": last}]
    monkeypatch.setattr(trail, "entries", lambda *_: iter(later))

    code, told = found(run, home, port)

    assert (code, told["clock"]) == (7, ("bad", "doctor.clock_back"))


@pytest.mark.parametrize(
    ("free", "health"), [(100_000_000, "bad"), (1_000_000_000, "poor"), (3_000_000_000, "good")]
)
def test_little_room_is_told(
    home: Path, run: Run, port: int, monkeypatch: pytest.MonkeyPatch, free: int, health: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))

    assert found(run, home, port)[1]["disk"][0] == health


def test_a_port_that_another_program_holds_is_bad(home: Path, run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        code, told = found(run, home, taken.getsockname()[1])

    assert (code, told["service"]) == (7, ("bad", "doctor.port_taken"))


@pytest.mark.parametrize(
    ("said", "health", "code"),
    [
        ((200, {"status": "ready"}), "good", "doctor.service_ready"),
        ((503, {"status": "not_ready"}), "bad", "doctor.service_not_ready"),
    ],
)
def test_a_service_that_runs_is_asked_whether_it_is_ready(
    home: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    said: tuple[int, dict[str, object]],
    health: str,
    code: str,
) -> None:
    monkeypatch.setattr(doctor, "_answer", lambda _: said)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        _, told = found(run, home, taken.getsockname()[1])

    assert told["service"] == (health, code)


def test_records_that_are_known_from_a_day_to_come_are_to_be_looked_after(
    home: Path, run: Run, port: int
) -> None:
    store = session.engine(Settings(home=home).database_url)
    with session.unit_of_work(store) as work:
        grades = personnel.rows(work, "grades").head(1)
        personnel.save(work, {"grades": grades.assign(known_on="2099-01-01")})
    store.dispose()

    code, told = found(run, home, port)

    assert (code, told["records"]) == (0, ("poor", "doctor.records_ahead"))


def test_damaged_records_of_training_are_found_and_left_as_they_are(
    home: Path, run: Run, port: int
) -> None:
    records = home / "mlflow.db"
    records.write_bytes(b"SQLite format 3\0" + b"x" * 8000)

    code, told = found(run, home, port)

    assert (code, told["mlflow"]) == (0, ("poor", "doctor.tracking_damaged"))
    assert records.read_bytes().endswith(b"xxxx")


def test_records_of_training_that_cannot_be_reached_do_not_stop_the_service(
    home: Path, run: Run, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTASI_TRACKING", f"http://127.0.0.1:{port}")

    code, told = found(run, home, port)

    assert (code, told["mlflow"]) == (0, ("poor", "doctor.tracking_away"))


def test_a_python_that_was_never_tried_is_told() -> None:
    assert doctor._python((3, 14)).said == "doctor.python_newer"
    assert doctor._python((3, 13)).said == "doctor.python"
