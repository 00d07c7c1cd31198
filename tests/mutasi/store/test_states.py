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
    with store.execution_options(writes="store").begin() as connection:
        if store.dialect.name == "postgresql":
            connection.exec_driver_sql(f"DROP TRIGGER {table}_named ON {table}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER {table}_update_named")

    with session.reading(store) as work:
        assert states.state(work) is None
