"""Every change of a record changes the name of what the records are, whoever makes it."""

from datetime import date

import pytest
import sqlalchemy as sa

from mutasi.store import session, states, trail
from mutasi.store.tables import TABLES
from mutasi.store.trail import Action, Deed, Kind

ROW = {"region": "Kab. A", "kind": "regency", "province": "P", "known_on": date(2020, 1, 1)}


def state_of(store: sa.Engine) -> str:
    with session.reading(store) as work:
        found = states.state(work)
    assert found is not None
    return found


def test_adding_changing_and_removing_a_record_each_give_another_name(store: sa.Engine) -> None:
    table = TABLES["governments"]
    found = [state_of(store)]
    for deed in (
        sa.insert(table).values(ROW),
        sa.update(table).values(kind="city"),
        sa.delete(table),
    ):
        with session.unit_of_work(store) as work:
            work.execute(deed)
        found.append(state_of(store))

    assert len({*found}) == 4


def test_what_is_no_record_gives_no_other_name(store: sa.Engine) -> None:
    before = state_of(store)

    with session.unit_of_work(store, trail.QUEUE) as work:
        trail.append(work, Deed("user:a", Action.READ, Kind.EMPLOYEE, "1"))

    assert state_of(store) == before


def test_a_change_that_is_taken_back_leaves_the_name(store: sa.Engine) -> None:
    before = state_of(store)

    with store.execution_options(writes=session.QUEUE).connect() as connection:
        connection.execute(sa.insert(TABLES["governments"]).values(ROW))
        connection.rollback()

    assert state_of(store) == before


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_said_where_a_table_is_not_watched(store: sa.Engine, table: str) -> None:
    run(
        store,
        f"DROP TRIGGER {table}_named ON {table}"
        if store.dialect.name == "postgresql"
        else f"DROP TRIGGER {table}_update_named",
    )

    with session.reading(store) as work:
        assert states.state(work) is None


EMPTIED = {
    "sqlite": {
        "never": [
            "DROP TRIGGER units_update_named",
            (
                "CREATE TRIGGER units_update_named AFTER update ON units WHEN 0"
                " BEGIN UPDATE records_state SET name = lower(hex(randomblob(16))); END"
            ),
        ],
        "another deed": [
            "DROP TRIGGER units_update_named",
            (
                "CREATE TRIGGER units_update_named AFTER insert ON units"
                " BEGIN UPDATE records_state SET name = lower(hex(randomblob(16))); END"
            ),
        ],
        "another body": [
            "DROP TRIGGER units_update_named",
            "CREATE TRIGGER units_update_named AFTER update ON units BEGIN SELECT 1; END",
        ],
    },
    "postgresql": {
        "never": [
            (
                "CREATE OR REPLACE TRIGGER units_named AFTER INSERT OR UPDATE OR DELETE ON units"
                " FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION name_records()"
            )
        ],
        "another deed": [
            (
                "CREATE OR REPLACE TRIGGER units_named AFTER INSERT OR DELETE OR TRUNCATE ON units"
                " FOR EACH STATEMENT EXECUTE FUNCTION name_records()"
            )
        ],
        "another body": [
            (
                "CREATE OR REPLACE FUNCTION name_records() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN NULL; END $$"
            )
        ],
        "off": ["ALTER TABLE units DISABLE TRIGGER units_named"],
        "on for replicas alone": ["ALTER TABLE units ENABLE REPLICA TRIGGER units_named"],
    },
}


@pytest.mark.parametrize("how", sorted(EMPTIED["sqlite"] | EMPTIED["postgresql"]))
def test_nothing_is_said_where_a_trigger_is_there_by_its_name_alone(
    store: sa.Engine, how: str
) -> None:
    ways = EMPTIED[store.dialect.name]
    if how not in ways:  # each database has its own statements; its ways are all tried on it
        pytest.skip("this database has no such way")
    run(store, *ways[how])

    with session.reading(store) as work:
        assert states.state(work) is None


def test_triggers_of_others_beside_ours_are_nobody_s_business(store: sa.Engine) -> None:
    before = state_of(store)
    run(
        store,
        "CREATE TRIGGER copied AFTER INSERT ON units FOR EACH STATEMENT"
        " EXECUTE FUNCTION refuse_change()"
        if store.dialect.name == "postgresql"
        else "CREATE TRIGGER copied AFTER INSERT ON units BEGIN SELECT 1; END",
    )

    assert state_of(store) == before


def run(store: sa.Engine, *statements: str) -> None:
    """Do what the owner of a database can."""
    with store.execution_options(writes="store").begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
