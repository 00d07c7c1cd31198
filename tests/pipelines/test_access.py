"""Who may ask, from the command line: secrets are typed unseen, printed once, kept as hashes."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from mutasi.authority import Scope
from mutasi.i18n import render
from mutasi.passwords import fingerprint, matches
from mutasi.settings import Settings
from mutasi.store import accounts, clients, personnel, session, trail
from tests.pipelines.conftest import Run
from tests.records import frames

PASSWORD = "kuda baterai jepit benar"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty home, in the words of the English catalogue."""
    monkeypatch.setenv("MUTASI_HOME", str(tmp_path))
    monkeypatch.setenv("MUTASI_LANGUAGE", "en")
    return Settings()


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that comes as a line."""
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))


def account(home: Settings, name: str) -> accounts.Account:
    with session.reading(session.engine(home.database_url)) as work:
        return accounts.named(work, name)


def client(home: Settings, name: str) -> clients.Client:
    with session.reading(session.engine(home.database_url)) as work:
        return clients.named(work, name)


@pytest.mark.usefixtures("piped")
def test_a_password_is_read_as_a_line_and_never_shown(run: Run, home: Settings) -> None:
    code, said, errors = run("account", "add", "sri", "--role", "analyst")

    assert (code, said.strip()) == (0, "Account sri is added.")
    assert PASSWORD not in said + errors
    assert matches(PASSWORD, account(home, "sri").password)


def test_a_password_is_typed_unseen_and_twice(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def prompt(text: str, **how: object) -> str:
        asked.update(how, text=text)
        return PASSWORD

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("typer.prompt", prompt)

    assert run("account", "add", "sri", "--role", "analyst", "--lang", "id")[0] == 0
    assert asked["hide_input"]
    assert asked["confirmation_prompt"] == render("access.password_again", "id")
    assert matches(PASSWORD, account(home, "sri").password)


def test_no_option_takes_a_password_or_a_secret(run: Run) -> None:
    for words in (("account", "add"), ("account", "password"), ("client", "add")):
        said = run(*words, "--help")[1].lower()

        assert "--password" not in said
        assert "--secret" not in said


@pytest.mark.usefixtures("piped")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("sri", "--role", "unit_head"), "needs --unit", id="a head of nothing"),
        pytest.param(("sri", "--role", "employee"), "needs --employee", id="an employee unnamed"),
        pytest.param(("Sri", "--role", "analyst"), "cannot be used", id="a capital letter"),
        pytest.param(("kuda", "--role", "analyst"), "12 to 256", id="the name in the password"),
        pytest.param(("sri", "--role", "auditor", "--unit", "X"), "id X", id="no such unit"),
    ],
)
def test_an_account_that_cannot_be_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    code, _, errors = run("account", "add", *words)

    assert code == 2
    assert told in errors


@pytest.mark.usefixtures("piped")
def test_accounts_are_listed_without_their_passwords(run: Run, home: Settings) -> None:
    run("account", "add", "sri", "--role", "analyst", "--role", "auditor")
    table, listed = run("account", "list")[1], run("account", "list", "--json")[1]

    assert "analyst, auditor" in table
    assert json.loads(listed)[0]["roles"] == ["analyst", "auditor"]
    assert account(home, "sri").password not in table + listed


def test_an_account_gets_another_password_and_is_switched_off_and_on(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}!\n"))
    run("account", "add", "sri", "--role", "analyst")

    assert "another password" in run("account", "password", "sri")[1]
    assert matches(PASSWORD + "!", account(home, "sri").password)
    assert "no more" in run("account", "disable", "sri")[1]
    assert not account(home, "sri").is_active
    assert "again" in run("account", "enable", "sri")[1]
    assert account(home, "sri").is_active
    assert run("account", "disable", "nobody")[0] == 2


def test_a_secret_is_printed_once_and_kept_as_a_hash(run: Run, home: Settings) -> None:
    said = run("client", "add", "simpeg", "--scope", "vacancies:read")[1]
    secret = said.split("client_secret: ")[1].split()[0]

    assert client(home, "simpeg").secret == fingerprint(secret)
    assert secret not in run("client", "list")[1] + run("client", "list", "--json")[1]


def test_another_secret_makes_the_one_before_void(run: Run, home: Settings) -> None:
    added = run("client", "add", "simpeg", "--scope", "models:read", "--json")[1]
    renewed = run("client", "secret", "simpeg", "--json")[1]

    assert json.loads(added)["client_secret"] != json.loads(renewed)["client_secret"]
    assert client(home, "simpeg").secret == fingerprint(json.loads(renewed)["client_secret"])


def test_a_client_of_an_issuer_elsewhere_gets_no_secret(run: Run, home: Settings) -> None:
    said = run("client", "add", "siasn", "--scope", "models:read", "--subject", "sub-1")[1]

    assert "client_secret" not in said
    assert client(home, "siasn").subject == "sub-1"


def test_a_client_is_switched_off_and_on(run: Run, home: Settings) -> None:
    run("client", "add", "simpeg", "--scope", "models:read")

    assert "no more" in run("client", "disable", "simpeg")[1]
    assert not client(home, "simpeg").is_active
    assert "again" in run("client", "enable", "simpeg")[1]
    assert client(home, "simpeg").is_active
    assert run("client", "disable", "nobody")[0] == 2


@pytest.mark.usefixtures("piped")
def test_an_account_is_changed_in_what_is_given_and_removed_by_a_person_s_word(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("account", "add", "sri", "--role", "analyst")
    number = account(home, "sri").account_id

    assert run("account", "change", "sri")[0] == 2, "nothing is to be changed"
    code, said, _ = run("account", "change", "sri", "--name", "sri.m", "--role", "auditor")
    assert (code, said.strip()) == (0, "Account sri.m is changed; its sessions have ended.")
    changed = account(home, "sri.m")
    assert (changed.account_id, changed.roles) == (number, ("auditor",))
    assert matches(PASSWORD, changed.password)

    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run("account", "remove", "sri.m")[0] == 8
    assert account(home, "sri.m").is_active
    code, said, _ = run("account", "remove", "sri.m", "--yes")
    assert (code, f"account:{number}" in said) == (0, True)
    assert json.loads(run("account", "list", "--json")[1]) == []


def test_a_client_is_changed_in_what_is_given_and_removed_for_good(
    run: Run, home: Settings
) -> None:
    run("client", "add", "simpeg", "--scope", "models:read")
    before = client(home, "simpeg")

    assert run("client", "change", "simpeg", "--scope", "vacancies:read")[0] == 0
    assert client(home, "simpeg") == replace(before, scopes=(Scope.VACANCIES,))
    assert run("client", "change", "simpeg", "--unit", "NOWHERE")[0] == 2
    assert run("client", "remove", "simpeg", "--yes")[0] == 0
    assert "taken" in run("client", "add", "simpeg", "--scope", "models:read")[2]


@pytest.mark.usefixtures("piped")
def test_the_last_administrator_is_not_removed(run: Run, home: Settings) -> None:
    run("account", "add", "boss", "--role", "administrator")

    assert "only administrator" in run("account", "remove", "boss", "--yes")[2]
    assert "only administrator" in run("account", "change", "boss", "--role", "analyst")[2]
    assert account(home, "boss").roles == ("administrator",)


def test_a_unit_that_is_not_given_stays_and_an_empty_one_is_taken_away(
    run: Run, home: Settings
) -> None:
    with session.unit_of_work(session.engine(home.database_url)) as work:
        personnel.save(work, frames(units=[{"unit_id": "DINKES"}]))
    run("client", "add", "simpeg", "--scope", "models:read", "--unit", "DINKES")

    run("client", "change", "simpeg", "--scope", "vacancies:read")
    assert client(home, "simpeg").unit_id == "DINKES"
    run("client", "change", "simpeg", "--unit", "")
    assert client(home, "simpeg").unit_id is None


@pytest.mark.usefixtures("piped")
def test_what_is_done_to_accounts_and_clients_is_on_the_trail_by_ids(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("account", "add", "sri", "--role", "analyst")
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + " lagi\n"))
    for words in (
        ("account", "password", "sri"),
        ("account", "disable", "sri"),
        ("account", "enable", "sri"),
        ("account", "change", "sri", "--role", "auditor"),
        ("client", "add", "simpeg", "--scope", "vacancies:read"),
        ("client", "secret", "simpeg"),
        ("client", "disable", "simpeg"),
        ("client", "enable", "simpeg"),
        ("client", "change", "simpeg", "--scope", "models:read"),
    ):
        assert run(*words)[0] == 0
    before = run("account", "disable", "nobody")

    with session.reading(session.engine(home.database_url)) as work:
        entries = list(trail.entries(work))

    number = account(home, "sri").account_id
    actions = ("add", "renew", "disable", "enable", "change")
    assert before[0] == 2
    assert [(one["action"], one["kind"], one["object"]) for one in entries] == [
        *((action, "account", number) for action in actions),
        *((action, "client", "simpeg") for action in actions),
    ]
    assert entries[4]["before"] == entries[0]["after"], "whose number it is, from the beginning"
    assert {one["actor"].partition(":")[0] for one in entries} == {"user"}


@pytest.mark.usefixtures("piped")
@pytest.mark.parametrize("answer", ["n\n", ""], ids=["no", "nothing"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_asked_and_not_answered_with_yes_is_not_done(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch, answer: str, language: str
) -> None:
    run("account", "add", "sri", "--role", "analyst")
    run("client", "add", "simpeg", "--scope", "vacancies:read")

    for kind, name in (("account", "sri"), ("client", "simpeg")):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        code, _, err = run(kind, "remove", name, "--lang", language)
        assert (code, render("usage.unanswered", language) in err) == (8, True)
        assert "Aborted" not in err

    assert (account(home, "sri").name, client(home, "simpeg").name) == ("sri", "simpeg")
