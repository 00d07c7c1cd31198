"""How far an import is, is told while its files are read; what it was read against counts."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.store import personnel, session
from pipelines import importing
from pipelines.importing import Heard
from pipelines.ingest import Reader, Told, reader_of
from tests.serving.imports.conftest import IMPORTS, Parts, asked, parts, worked

UNIT = "unit_id,name,region,is_remote\n{0},Dinas {0},Kertajaya,false\n"


@pytest.fixture
def filled(handing: TestClient, settings: Settings, region: Parts) -> None:
    """A store that holds the very small region."""
    asked(handing, region)
    worked(settings)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("language", LANGUAGES)
def test_while_files_are_read_it_is_told_how_many(
    handing: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    handed = asked(handing, parts(units=UNIT.format(f"NEW-{language}")))
    seen: list[Any] = []

    def look() -> None:
        answer = handing.get(f"{IMPORTS}/{handed}", headers={"Accept-Language": language})
        seen.append(answer.json()["progress"])

    def slow(*options: Any) -> Reader:
        reader = reader_of(*options)

        def read(place: Path, stored: Stored, told: Told) -> Bundle:
            def heard(stage: str, done: int, total: int) -> None:
                told(stage, done, total)
                look()

            look()
            found = reader(place, stored, heard)
            told("store", 0, 1)
            look()
            return found

        return read

    monkeypatch.setattr(importing, "reader_of", slow)
    worked(settings)

    begun, *reading, storing = seen
    assert (begun["stage"], storing["stage"]) == ("begin", "store")
    assert [(each["done"], each["total"]) for each in reading] == [(1, 1)]
    words = {"id": "Membaca: 1 dari ", "en": "Reading: 1 of "}[language]
    assert reading[0]["sentence"].startswith(words)
    over = handing.get(f"{IMPORTS}/{handed}").json()
    assert (over["state"], over.get("progress")) == ("done", None)


@pytest.mark.usefixtures("filled")
def test_files_are_read_again_against_records_that_changed_meanwhile(
    handing: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = asked(handing, parts(positions="position_id,unit_id,title\nP-9,LATE,Analis\n"))
    read: list[bool] = []

    def overtaken(*options: Any) -> Reader:
        reader = reader_of(*options)

        def again(place: Path, stored: Stored, told: Told) -> Bundle:
            read.append("LATE" in stored["units"])
            found = reader(place, stored, told)
            if len(read) == 1:
                store = session.engine(settings.database_url)
                with session.unit_of_work(store) as work:
                    units = personnel.rows(work, "units").head(1).assign(unit_id="LATE")
                    personnel.save(work, {"units": units})
                store.dispose()
            return found

        return again

    monkeypatch.setattr(importing, "reader_of", overtaken)
    worked(settings)

    assert read == [False, True]
    report = handing.get(f"{IMPORTS}/{handed}").json()["report"]
    assert (report["tables"]["positions"]["new"], report["reasons"]) == (1, [])


def test_of_a_thousand_megabytes_a_hundred_are_told() -> None:
    told: list[dict[str, Any]] = []
    heard = Heard(told.append)

    for done in range(1, 1001):
        heard("files", done, 1000)
        heard("files", done, 1000)
    heard("read", 0, 0)

    assert len(told) == 102
    assert told[-2:] == [
        {"stage": "files", "done": 1000, "total": 1000},
        {"stage": "read", "done": 0, "total": 0},
    ]
