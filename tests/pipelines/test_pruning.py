"""`mutasi receipt list` and `prune`: what was given, and how old ones go."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest

from mutasi import clock
from mutasi.errors import StoreUnwritable
from mutasi.settings import Settings
from mutasi.store import cases, postgresql, receipts, session, trail
from mutasi.workflow.deadlines import day_of
from pipelines.receipts import KEPT_DAYS, prune
from tests.conftest import StoreOf
from tests.pipelines.conftest import Run
from tests.postgresql import Server

pytestmark = pytest.mark.usefixtures("either_database")

CONTENT = '{"answer":{},"question":{"kind":"candidates"}}'
YEARS = timedelta(days=KEPT_DAYS)


@pytest.fixture
def home(either_database: StoreOf, tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path)
    assert settings.database_url == either_database(tmp_path)
    return settings


@pytest.fixture
def given(home: Settings) -> list[str]:
    with session.unit_of_work(session.engine(home.database_url)) as work:
        return [
            receipts.keep(work, "client:hr", CONTENT, [person], [f"position:{post}"])
            for person, post in (("1", "P"), ("2", "P"), ("1", "Q"))
        ]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> date:
    """Let it be so much later that what was given today may go; returns from when."""
    today = day_of(clock.now())
    moment = clock.now() + int(timedelta(days=KEPT_DAYS + 2).total_seconds())
    monkeypatch.setattr(clock, "now", lambda: moment)
    return today + timedelta(days=1)


def test_receipts_are_listed_page_by_page_and_by_what_they_tell_of(
    run: Run, home: Settings, given: list[str]
) -> None:
    def listed(*words: str) -> tuple[list[str], str | None]:
        code, out, err = run("--home", str(home.home), "receipt", "list", *words, "--json")
        assert code == 0, err
        told = json.loads(out)
        return [one["receipt_id"] for one in told["receipts"]], told["next_cursor"]

    page, cursor = listed("--limit", "2")
    assert page == [given[2], given[1]]
    assert listed("--limit", "2", "--cursor", str(cursor)) == ([given[0]], None)
    assert listed("--employee", "1", "--position", "P") == ([given[0]], None)
    assert listed("--until", "2020-01-01") == ([], None)
    with session.reading(session.engine(home.database_url)) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["object"]) == ("read", "1")


@pytest.mark.parametrize(("language", "words"), [("id", "Ditanyakan oleh"), ("en", "Asked by")])
def test_the_list_is_told_in_words(
    run: Run, home: Settings, given: list[str], language: str, words: str
) -> None:
    code, out, _ = run(
        "--home", str(home.home), "receipt", "list", "--limit", "1", "--lang", language
    )

    assert code == 0
    assert words in " ".join(out.split())
    assert f"--cursor {given[2]}" in out


@pytest.mark.parametrize(
    ("language", "pruned", "gone"),
    [
        ("id", "3 bukti rekomendasi", "jejak audit). Isinya tidak dapat"),
        ("en", "3 receipts", "cannot be told any more"),
    ],
)
def test_m6_old_receipts_are_pruned_and_verify_says_so_afterwards(
    run: Run,
    home: Settings,
    given: list[str],
    later: date,
    language: str,
    pruned: str,
    gone: str,
) -> None:
    words = ("--home", str(home.home))

    code, out, err = run(
        *(*words, "receipt", "prune", "--before", later.isoformat(), "--yes"),
        *("--lang", language),
    )
    verified, _, said = run(*words, "receipt", "verify", given[0], "--lang", language)
    audited, *_ = run(*words, "audit", "verify")

    assert code == 0, err
    assert pruned in " ".join(out.split())
    assert verified == 2
    assert gone in " ".join(said.split())
    assert audited == 0
    with session.reading(session.engine(home.database_url)) as work:
        *_, last = trail.entries(work)
    assert (last["action"], last["object"]) == ("prune", f"{later.isoformat()} 3")
    assert last["actor"].startswith("user:")


@pytest.mark.parametrize(
    ("language", "words"), [("id", "paling sedikit dua tahun"), ("en", "two years at least")]
)
def test_receipts_of_the_last_two_years_are_not_pruned_and_nobody_is_asked(
    run: Run, home: Settings, given: list[str], language: str, words: str
) -> None:
    day = day_of(clock.now()) - YEARS + timedelta(days=1)

    code, _, err = run(
        *("--home", str(home.home), "receipt", "prune", "--before", day.isoformat()),
        *("--lang", language),
    )

    assert code == 2
    assert words in " ".join(err.split())
    with session.reading(session.engine(home.database_url)) as work:
        assert receipts.receipt(work, given[0]).receipt_id == given[0]


def test_on_postgresql_nothing_is_pruned_while_a_case_may_come_to_rest_on_it(
    postgresql_server: Server, tmp_path: Path, later: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "SECONDS_TO_WAIT", 0.05)
    url = postgresql_server.database()
    monkeypatch.setattr(Settings, "database_url", url)
    store = session.engine(url)
    with session.unit_of_work(store) as work:
        receipts.keep(work, "client:hr", CONTENT, ["1"])
    today = day_of(clock.now())

    with session.unit_of_work(store, cases.QUEUE) as work:
        cases.newest(work, cases.Kind.PROPOSAL, 1)
        with pytest.raises(StoreUnwritable):
            prune(Settings(home=tmp_path), later, today)

    assert prune(Settings(home=tmp_path), later, today) == 1


def test_who_does_not_confirm_keeps_all(
    run: Run, home: Settings, given: list[str], later: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))

    code, *_ = run("--home", str(home.home), "receipt", "prune", "--before", later.isoformat())

    assert code != 0
    with session.reading(session.engine(home.database_url)) as work:
        assert receipts.receipt(work, given[0]).receipt_id == given[0]


def test_where_nothing_is_old_nothing_is_told_to_the_trail(run: Run, home: Settings) -> None:
    day = day_of(clock.now()) - YEARS

    code, out, _ = run(
        *("--home", str(home.home), "receipt", "prune", "--before", day.isoformat(), "--yes"),
        "--json",
    )

    assert (code, json.loads(out)["count"]) == (0, 0)
    with session.reading(session.engine(home.database_url)) as work:
        assert trail.head(work).number == 0
