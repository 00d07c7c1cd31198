"""The migrations lead to the tables that the vocabulary says, and back."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from mutasi.errors import RevisionUnknown
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import jobs, personnel, receipts, session
from mutasi.store.tables import METADATA
from tests.architecture.checkout import ROOT


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "mutasi" / "store" / "migrations"))
    return ScriptDirectory.from_config(config)


def tables_of(store: sa.Engine) -> set[str]:
    return set(sa.inspect(store).get_table_names()) - {"alembic_version"}


def test_migrations_make_what_the_vocabulary_says(store: sa.Engine) -> None:
    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_lead_up_and_down_and_up_again(store: sa.Engine) -> None:
    session.downgrade(store, "base")
    assert tables_of(store) == set()

    session.upgrade(store)
    assert tables_of(store) == set(METADATA.tables)
    test_migrations_make_what_the_vocabulary_says(store)


@pytest.fixture(scope="module")
def region() -> dict[str, pd.DataFrame]:
    return simulate(SimulationConfig(employees=400, years=4, seed=3)).frames


def test_a_store_that_holds_a_region_leads_down_step_by_step_and_keeps_what_stays(
    store: sa.Engine, region: dict[str, pd.DataFrame]
) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, region)
        jobs.queue(work, "plan", {})
        claim = jobs.claim(work, "one", ["plan"])
        assert claim is not None
        jobs.finish(work, claim, {"plan.json": b"1"})
        receipts.keep(work, "client:x", "{}", [str(region["employees"]["employee_id"].iloc[0])])
    told = {name: len(region[name]) for name in ("employees", "postings", "offers", "needs")}

    revisions = [each.revision for each in scripts().walk_revisions()]
    for revision in revisions[1:]:
        session.downgrade(store, revision)
        assert session.revision(store) == revision
        with store.connect() as connection:
            for name, rows in told.items():
                counted = sa.select(sa.func.count()).select_from(sa.table(name))
                assert connection.scalar(counted) == rows
    session.downgrade(store, "base")

    assert revisions[0] == session.LATEST
    assert tables_of(store) == set()


def test_a_revision_that_there_is_not_is_told_and_changes_nothing(store: sa.Engine) -> None:
    with pytest.raises(RevisionUnknown):
        session.downgrade(store, "9999")

    assert session.revision(store) == session.LATEST


def test_stores_that_are_opened_for_the_first_time_at_once_are_made_once(
    store: sa.Engine, url: str
) -> None:
    session.downgrade(store, "base")

    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(session.engine, [url] * 4))

    assert [session.revision(made) for made in opened] == [session.LATEST] * 4


def test_the_latest_revision_is_the_last_one_written() -> None:
    assert scripts().get_current_head() == session.LATEST
