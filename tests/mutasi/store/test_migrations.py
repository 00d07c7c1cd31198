"""The migrations lead to the tables that the vocabulary says, and back."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from mutasi.store import session
from mutasi.store.personnel import upsert
from mutasi.store.tables import METADATA, TABLES
from tests.architecture.checkout import ROOT


def tables_of(store: sa.Engine) -> set[str]:
    return set(sa.inspect(store).get_table_names()) - {"alembic_version"}


def test_migrations_make_what_the_vocabulary_says(store: sa.Engine) -> None:
    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_lead_up_and_down_and_up_again(store: sa.Engine) -> None:
    for revision, there in (("base", set()), (session.LATEST, set(METADATA.tables))):
        with store.execution_options(writes=True).begin() as connection:
            session.migrate(connection, revision)
        assert tables_of(store) == there


def test_the_latest_revision_is_the_last_one_written() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "mutasi" / "store" / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == session.LATEST


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_postgresql_takes_the_same_tables_and_statements(table: sa.Table) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap

    assert (
        "DEFERRABLE" in str(CreateTable(table).compile(dialect=dialect)) or not table.foreign_keys
    )
    assert "ON CONFLICT" in str(upsert("postgresql", table).compile(dialect=dialect))
