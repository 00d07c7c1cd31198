"""Files that are handed in are taken in as `mutasi import` does: once, and whole."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from starlette.testclient import TestClient

from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.store import jobs, personnel, session, trail, uploads
from pipelines.ingest import ingest, reader_of
from pipelines.working import TASKS, worker
from pipelines.working.attempt import attempt
from serving.app import create_app
from serving.imports.endpoints import IMPORT_JOB
from tests.records import TODAY
from tests.regions import SITI
from tests.serving.imports.conftest import IMPORTS, KIND, Parts, asked, parts, worked

BAD = (
    "employee_id,position_id,started_on,assignment\n"
    f"{SITI},P9,2020-01-01,D\n"
    f"{SITI},P3,31-02-2020,D\n"
    f"{SITI},P3,2021-01-01,D\n"
)

UNIT = "unit_id,name,region,is_remote\n{0},Dinas {0},Kertajaya,false\n"


def bomb() -> bytes:
    """Return a workbook of 100 KB that unpacks to 64 MB."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (64 << 20))
    return made.getvalue()


@pytest.fixture
def filled(handing: TestClient, settings: Settings, region: Parts) -> str:
    """The import of the very small region."""
    handed = asked(handing, region)
    worked(settings)
    return handed


def records(settings: Settings) -> dict[str, str]:
    store = session.engine(settings.database_url)
    with session.reading(store) as work:
        found = {table: rows.to_csv() for table, rows in personnel.records(work).items()}
    store.dispose()
    return found


def entries(settings: Settings) -> list[dict[str, Any]]:
    store = session.engine(settings.database_url)
    with session.reading(store) as work:
        found = list(trail.entries(work))
    store.dispose()
    return found


def test_m20_files_over_http_are_the_records_that_the_command_takes_in(
    handing: TestClient, settings: Settings, bundle: Path, filled: str, tmp_path: Path
) -> None:
    beside = Settings(home=tmp_path)
    ingest(beside, bundle, reader_of("bundle", TODAY), lambda *_: None, language="id")

    assert records(settings) == records(beside)
    told = IMPORT_JOB.adapter.validate_python(handing.get(f"{IMPORTS}/{filled}").json())
    assert (told.state, told.attempts, told.problem) == ("done", 1, None)
    assert told.report is not None
    assert told.report.tables["employees"].read == 3


def test_who_handed_it_in_and_what_was_taken_in_is_on_the_trail(
    settings: Settings, filled: str
) -> None:
    mine = [one for one in entries(settings) if one["object"] == filled]

    assert [(one["actor"], one["action"], one["kind"]) for one in mine] == [
        ("client:simpeg", "ask", "import"),
        ("client:simpeg", "import", "records"),
    ]
    assert mine[1]["after"]


def test_the_same_again_changes_nothing_and_says_so(
    handing: TestClient, settings: Settings, region: Parts, filled: str
) -> None:
    before = records(settings)
    again = asked(handing, region)
    worked(settings)

    tables = handing.get(f"{IMPORTS}/{again}").json()["report"]["tables"]
    assert again != filled
    assert records(settings) == before
    assert {(each["new"], each["changed"]) for each in tables.values()} == {(0, 0)}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_rows_are_told_by_file_row_field_and_what_was_expected(
    handing: TestClient, settings: Settings, language: str
) -> None:
    handed = asked(handing, parts(postings=BAD))
    worked(settings)
    words = {"Accept-Language": language}

    told = handing.get(f"{IMPORTS}/{handed}", headers=words).json()
    page = handing.get(told["quarantine_url"], params={"limit": 1}, headers=words)
    rest = handing.get(page.links["next"]["url"], headers=words)

    assert told["report"]["tables"]["postings"]["quarantined"] == page.json()["total"] == 2
    first, second = page.json()["faults"][0], rest.json()["faults"][0]
    assert (first["file"], first["row"], first["field"], first["value"]) == (
        "postings.csv",
        2,
        "position_id",
        "P9",
    )
    assert (first["reason"], first["expected"]) == ("unknown_reference", "positions")
    assert (second["row"], second["reason"]) == (3, "not_a_date")
    meant = {"id": "bukan tanggal", "en": "not a day"}
    assert second["sentence"].startswith(meant[language])
    assert page.headers["content-language"] == language
    assert "next" not in rest.links
    assert SITI not in page.text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("strict", ["false", "true"])
def test_a_row_that_is_known_from_2099_is_told_and_moves_no_day(
    handing: TestClient, settings: Settings, strict: str
) -> None:
    before = records(settings)
    grade = f"employee_id,since,grade,known_on\n{SITI},2016-04-01,11,2099-01-01\n"
    handed = asked(handing, parts(grades=grade), strict=strict)
    worked(settings)

    told = handing.get(f"{IMPORTS}/{handed}").json()
    (fault,) = handing.get(told["quarantine_url"]).json()["faults"]
    assert told["state"] == ("failed" if strict == "true" else "done")
    assert (fault["row"], fault["field"], fault["reason"]) == (2, "known_on", "known_ahead")
    assert fault["expected"] in fault["sentence"]
    assert records(settings) == before


def test_who_looks_at_what_was_wrong_is_on_the_trail(
    handing: TestClient, settings: Settings, filled: str
) -> None:
    handing.get(f"{IMPORTS}/{filled}/quarantine")

    last = entries(settings)[-1]
    assert (last["action"], last["kind"], last["object"]) == ("read", "import", filled)


@pytest.mark.usefixtures("filled")
def test_a_strict_import_stores_nothing_and_lists_what_was_wrong(
    handing: TestClient, settings: Settings
) -> None:
    before = records(settings)
    handed = asked(handing, parts(postings=BAD), strict="true")
    worked(settings)

    told = handing.get(f"{IMPORTS}/{handed}").json()
    assert (told["state"], told["report"]) == ("failed", None)
    assert told["problem"]["type"] == "/errors/bundle_file_rejected"
    assert told["problem"]["params"]["listed"] == told["quarantine_url"]
    assert len(handing.get(told["quarantine_url"]).json()["faults"]) == 2
    assert records(settings) == before


@pytest.mark.parametrize(
    ("files", "query", "code"),
    [
        pytest.param(parts(units="name\nx\n"), {}, "bundle_column_missing", id="a column less"),
        pytest.param(parts(units=b"\xff\xfe\x00"), {}, "bundle_file_unreadable", id="no text"),
        pytest.param(parts(nothing="a,b\n1,2\n"), {}, "bundle_file_unknown", id="of no table"),
        pytest.param(
            [("file", ("pns.json", b"[]"))],
            {"format": "siasn"},
            "bundle_file_missing",
            id="no resource of SIASN",
        ),
        pytest.param(
            [("file", ("data-utama.json", b"[{"))],
            {"format": "siasn"},
            "bundle_file_unreadable",
            id="JSON that breaks off",
        ),
        pytest.param(
            [("file", ("jarak.xlsx", b"no workbook"))],
            {"format": "lists"},
            "list_unknown",
            id="no local list",
        ),
        pytest.param(
            [("file", ("peta.xlsx", b"no workbook"))],
            {"format": "peta", "since": "2026-01-01"},
            "bundle_file_unreadable",
            id="no workbook",
        ),
        pytest.param(
            [("file", ("peta.xlsx", bomb()))],
            {"format": "peta", "since": "2026-01-01"},
            "spreadsheet_too_large",
            id="a workbook that unpacks to a thousand times as much",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_stores_nothing(
    handing: TestClient, settings: Settings, files: Parts, query: dict[str, str], code: str
) -> None:
    before = records(settings)
    handed = asked(handing, files, **query)
    worked(settings)

    told = handing.get(f"{IMPORTS}/{handed}").json()
    assert (told["state"], told["problem"]["type"]) == ("failed", f"/errors/{code}")
    assert str(settings.home) not in str(told)
    assert records(settings) == before
    assert handing.get(told["quarantine_url"]).json() == {
        "total": 0,
        "faults": [],
        "next_cursor": None,
    }


@pytest.mark.usefixtures("filled")
def test_nothing_of_the_files_is_kept_once_it_is_over(
    handing: TestClient, settings: Settings
) -> None:
    cancelled = asked(handing, parts(units=UNIT.format("A")))
    handing.post(f"{IMPORTS}/{cancelled}/cancel")

    with session.reading(session.engine(settings.database_url)) as work:
        assert uploads.waited_for(work) == set()
    assert not settings.working.exists()


@pytest.mark.usefixtures("filled")
def test_an_import_that_is_cancelled_while_it_is_done_stores_nothing(
    handing: TestClient, settings: Settings
) -> None:
    before = records(settings)
    handed = asked(handing, parts(units=UNIT.format("B")))
    store = session.engine(settings.database_url)
    with session.unit_of_work(store, jobs.QUEUE) as work:
        held = jobs.claim(work, "one", [KIND])
    assert held is not None
    assert handing.post(f"{IMPORTS}/{handed}/cancel").status_code == 200

    attempt(settings, held, TASKS[KIND].does)

    assert records(settings) == before
    assert handing.get(f"{IMPORTS}/{handed}").json()["state"] == "cancelled"
    assert handing.get(f"{IMPORTS}/{handed}/quarantine").status_code == 409


def test_what_is_told_of_an_import_is_deleted_and_its_records_stay(
    handing: TestClient, settings: Settings, filled: str
) -> None:
    before = records(settings)

    assert handing.delete(f"{IMPORTS}/{filled}").status_code == 204
    assert handing.get(f"{IMPORTS}/{filled}").status_code == 404
    assert records(settings) == before


@pytest.mark.usefixtures("filled")
def test_folders_that_a_killed_worker_left_are_cleared_by_the_next(
    handing: TestClient, settings: Settings
) -> None:
    left = settings.working / "of-a-killed-worker"
    left.mkdir(parents=True)
    (left / "employees.csv").write_text("rows of people", encoding="utf-8")
    asked(handing, parts(units=UNIT.format("A")))

    worked(settings)

    assert not left.exists()


@pytest.mark.usefixtures("filled")
def test_a_worker_takes_files_in(handing: TestClient, settings: Settings) -> None:
    handed = asked(handing, parts(units=UNIT.format("C")))
    worker.work(settings, drain=True)

    told = handing.get(f"{IMPORTS}/{handed}").json()
    assert (told["state"], told["report"]["tables"]["units"]["new"]) == ("done", 1)


@pytest.mark.usefixtures("filled")
def test_a_running_service_says_that_records_came_in_since_it_was_started(
    handing: TestClient, settings: Settings
) -> None:
    with TestClient(create_app(settings)) as later:
        fresh = later.get("/readyz").json()["snapshot"]
        asked(handing, parts(units=UNIT.format("D")))
        worked(settings)
        stale = later.get("/readyz").json()["snapshot"]
    with TestClient(create_app(settings)) as renewed:
        anew = renewed.get("/readyz").json()["snapshot"]

    assert (fresh["is_loaded"], fresh["is_stale"]) == (True, False)
    assert (stale["is_stale"], stale["as_of"]) == (True, fresh["as_of"])
    assert anew["is_stale"] is False
