"""The service opens what jobs keep for it while it is of the records, and the store else."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mutasi.errors import StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import session
from mutasi.store.tables import TABLES
from pipelines import keeping
from serving.app import create_app
from tests.serving.conftest import KNOWN, bare_home, home, own_home, settings_of

__all__ = ["bare_home", "home", "own_home"]


@pytest.fixture
def settings(own_home: Path) -> Settings:
    return settings_of(own_home)


def answers(settings: Settings) -> list[Any]:
    """Return who is told for every vacancy, without what is another at each answer."""
    with TestClient(create_app(settings), headers=KNOWN) as caller:
        vacancies = caller.get("/v1/vacancies?limit=200").json()["vacancies"]
        asked = [f"/v1/vacancies/{each['position_id']}/candidates" for each in vacancies]
        found = [caller.get(route).json() for route in asked]
        person = found[0]["recommended"][0]["employee"]["nip"]
        found.append(caller.get(f"/v1/employees/{person}/career").json())
        found.append(caller.get(f"/v1/employees/{person}/positions").json())
    return [{name: told for name, told in each.items() if name != "receipt_id"} for each in found]


def remove_someone(settings: Settings) -> None:
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        work.execute(sa.delete(TABLES["appraisals"]).where(TABLES["appraisals"].c.year == 2024))
    store.dispose()


def test_every_answer_is_the_same_from_what_is_kept(settings: Settings) -> None:
    before = answers(settings)

    assert keeping.require_kept(settings)
    assert keeping.is_kept(settings)
    assert answers(settings) == before


def test_records_that_changed_are_served_as_they_are_now(settings: Settings) -> None:
    keeping.keep(settings)
    kept = answers(settings)

    remove_someone(settings)

    assert not keeping.is_kept(settings)
    changed = answers(settings)
    assert changed != kept
    keeping.keep(settings)
    assert answers(settings) == changed


def test_what_is_kept_is_not_made_again_while_it_is_of_the_records(settings: Settings) -> None:
    keeping.keep(settings)
    made = settings.kept_region.stat().st_mtime_ns

    assert keeping.require_kept(settings)
    assert settings.kept_region.stat().st_mtime_ns == made


def test_a_store_that_is_away_leaves_whoever_serves_to_say_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Settings) -> bool:
        raise StoreUnreadable(store="of another machine")

    monkeypatch.setattr(keeping, "is_kept", away)

    assert not keeping.require_kept(settings)


def test_a_folder_that_cannot_be_written_leaves_the_store_to_be_read(settings: Settings) -> None:
    settings.kept_region.parent.write_text("no folder")

    assert not keeping.require_kept(settings)
    assert answers(settings)


def test_a_ranking_from_what_is_kept_needs_neither_pandas_nor_lightgbms_package(
    settings: Settings,
) -> None:
    keeping.keep(settings)
    code = f"""
import sys
from pathlib import Path
from models.receipt import WhoFor
from mutasi.errors import StoreUnreadable
from mutasi.settings import Settings
from serving.app import create_app
from serving.region import open_region
region = open_region(Settings(home=Path({str(settings.home)!r})))
assert WhoFor(region.vacancies[0].position_id, 10).ask(region.opened()).basis == "model"
print(*sorted({{"pandas", "pyarrow", "lightgbm", "sklearn", "scipy"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
