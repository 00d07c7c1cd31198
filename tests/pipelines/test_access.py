"""Who may ask, from the command line: secrets are typed unseen, printed once, kept as hashes."""

import io
import json
from pathlib import Path

import pytest

from mutasi.i18n import render
from mutasi.passwords import fingerprint, matches
from mutasi.settings import Settings
from mutasi.store import accounts, clients, session, trail
from tests.pipelines.conftest import Run

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
def test_what_is_done_to_accounts_and_clients_is_on_the_trail_by_ids(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("account", "add", "sri", "--role", "analyst")
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + " lagi\n"))
    for words in (
        ("account", "password", "sri"),
        ("account", "disable", "sri"),
        ("account", "enable", "sri"),
        ("client", "add", "simpeg", "--scope", "vacancies:read"),
        ("client", "secret", "simpeg"),
        ("client", "disable", "simpeg"),
        ("client", "enable", "simpeg"),
    ):
        assert run(*words)[0] == 0
    before = run("account", "disable", "nobody")

    with session.reading(session.engine(home.database_url)) as work:
        entries = list(trail.entries(work))

    number = account(home, "sri").account_id
    assert before[0] == 2
    assert [(one["action"], one["kind"], one["object"]) for one in entries] == [
        *((action, "account", number) for action in ("add", "renew", "disable", "enable")),
        *((action, "client", "simpeg") for action in ("add", "renew", "disable", "enable")),
    ]
    assert {one["actor"].partition(":")[0] for one in entries} == {"user"}
