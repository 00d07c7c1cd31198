"""Who gives an account another role past Mutasi is found: the trail has a hash of each."""

import io
import json
from pathlib import Path

import pytest

from mutasi.settings import Settings
from mutasi.store import session
from tests.pipelines.conftest import Run

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def home(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an account that was switched off and on, a client that was changed, and more."""
    made = tmp_path / "home"
    for name in ("sri", "budi"):
        monkeypatch.setattr("sys.stdin", io.StringIO("kuda baterai jepit benar\n"))
        assert run("--home", str(made), "account", "add", name, "--role", "analyst")[0] == 0
    for words in (
        ("account", "disable", "sri"),
        ("account", "enable", "sri"),
        ("client", "add", "simpeg", "--scope", "vacancies:read"),
        ("client", "change", "simpeg", "--scope", "candidates:read"),
        ("client", "disable", "simpeg"),
        ("account", "remove", "budi", "--yes"),
    ):
        assert run("--home", str(made), *words)[0] == 0, words
    return made


def changed(home: Path, statement: str) -> str:
    """Change the store past Mutasi, and return the id of the account."""
    made = session.engine(Settings(home=home).database_url)
    with session.unit_of_work(made) as work:
        account_id = work.exec_driver_sql("SELECT account_id FROM accounts").scalar_one()
        work.exec_driver_sql(statement)
    made.dispose()
    return str(account_id)


def verified(home: Path, run: Run) -> tuple[int, list[list[str]]]:
    code, out, _ = run("--home", str(home), "audit", "verify", "--json")
    return code, json.loads(out)["callers"]


def test_whoever_was_added_changed_switched_and_removed_by_mutasi_is_as_told(
    home: Path, run: Run
) -> None:
    assert verified(home, run) == (0, [])


@pytest.mark.parametrize(
    "change",
    ["roles = 'administrator'", "roles = 'emperor'", "name = 'sari'", "is_active = NOT is_active"],
)
def test_an_account_that_is_not_as_told_is_named(home: Path, run: Run, change: str) -> None:
    account_id = changed(home, f"UPDATE accounts SET {change}")  # noqa: S608  (the test's own words)

    assert verified(home, run) == (5, [[f"account:{account_id}", "changed"]])
    said = run("--home", str(home), "audit", "verify", "--lang", "en")[1]
    assert f"account:{account_id} was changed past Mutasi" in said


def test_a_client_that_is_on_again_without_an_entry_is_named(home: Path, run: Run) -> None:
    changed(home, "UPDATE clients SET is_active = NOT is_active")

    assert verified(home, run) == (5, [["client:simpeg", "changed"]])


def test_an_account_that_was_put_in_or_taken_out_is_named(home: Path, run: Run) -> None:
    account_id = changed(home, "UPDATE accounts SET account_id = 'another', made_at = made_at + 60")

    unlike = [["account:another", "unsealed"], [f"account:{account_id}", "gone"]]
    assert verified(home, run) == (5, unlike)
