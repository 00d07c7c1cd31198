"""Whoever takes away what the database refuses, or puts something beside it, is named."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from mutasi.store import guards, session, trail
from mutasi.store.trail import Break, Fault
from tests.mutasi.store.test_trail import ENTRIES, deed, head, written

__all__ = ["written"]


def changed(store: sa.Engine, *statements: str) -> None:
    with session.unit_of_work(store) as work:
        for statement in statements:
            work.exec_driver_sql(statement)


NEUTERED = {
    "sqlite": {
        "dropped": ["DROP TRIGGER trail_kept"],
        "replaced by one that does nothing": [
            "DROP TRIGGER trail_kept",
            (
                "CREATE TRIGGER trail_kept BEFORE DELETE ON trail WHEN 0"
                " BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
            ),
        ],
    },
    "postgresql": {
        "dropped": ["DROP TRIGGER trail_kept ON trail"],
        "off": ["ALTER TABLE trail DISABLE TRIGGER trail_kept"],
        "on for replicas alone": ["ALTER TABLE trail ENABLE REPLICA TRIGGER trail_kept"],
        "replaced by one that does nothing": [
            (
                "CREATE OR REPLACE TRIGGER trail_kept BEFORE DELETE ON trail FOR EACH ROW"
                " WHEN (false) EXECUTE FUNCTION refuse_change()"
            )
        ],
        "of another function": [
            (
                "CREATE FUNCTION agree() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN OLD; END $$"
            ),
            (
                "CREATE OR REPLACE TRIGGER trail_kept BEFORE DELETE ON trail FOR EACH ROW"
                " EXECUTE FUNCTION agree()"
            ),
        ],
    },
}


@pytest.mark.parametrize("how", sorted(NEUTERED["sqlite"] | NEUTERED["postgresql"]))
def test_a_trigger_that_does_not_refuse_any_more_is_named(written: sa.Engine, how: str) -> None:
    ways = NEUTERED[written.dialect.name]
    if how not in ways:  # each database has its own statements; its ways are all tried on it
        pytest.skip("this database has no such way")
    changed(written, *ways[how])

    with session.reading(written) as work:
        assert trail.faults(work) == [Fault(Break.UNGUARDED, 0, 0, "trail_kept")]


def test_a_function_that_does_not_refuse_any_more_names_every_trigger_of_it(
    written: sa.Engine,
) -> None:
    if written.dialect.name == "sqlite":  # its triggers hold their own text, tried above
        pytest.skip("triggers of SQLite have no functions")
    changed(
        written,
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$",
    )

    with session.reading(written) as work:
        named = [one.place for one in trail.faults(work)]
    assert {"trail_kept", "trail_unchanged", "trail_whole"} < {*named}
    assert named == [one.name for one in sorted(guards.made("postgresql")) if refuses(one)]


def refuses(trigger: guards.Made) -> bool:
    return "refuse_change()" in trigger.text


OF_SEALED = sorted(
    {one.table for one in guards.made("sqlite")} & {table.name for table in guards.SEALED}
)


@pytest.mark.parametrize("table", OF_SEALED)
def test_every_table_that_the_trail_seals_is_watched_by_triggers_that_are_held_to_what_they_were(
    written: sa.Engine, table: str
) -> None:
    kind = written.dialect.name
    theirs = sorted(one for one in guards.made(kind) if one.table == table)
    for one in theirs:
        on = f" ON {table}" if kind == "postgresql" else ""
        changed(written, f"DROP TRIGGER {one.name}{on}", emptied(one, kind))

    with session.reading(written) as work:
        named = [fault.place for fault in trail.faults(work) if fault.kind is Break.UNGUARDED]
    assert named == [one.name for one in theirs]


def emptied(trigger: guards.Made, kind: str) -> str:
    """Return what makes a trigger of the same name that never does anything."""
    if kind == "postgresql":
        return trigger.text.replace(" EXECUTE", " WHEN (false) EXECUTE")
    head = trigger.text.partition(" WHEN ")[0].partition(" BEGIN ")[0]
    return f"{head} WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END"


SWALLOWED = {
    "sqlite": {
        "a trigger": [
            (
                "create trigger if not exists swallow insert on trail when new.actor = 'x'"
                " begin select raise(ignore); end"
            )
        ],
    },
    "postgresql": {
        "a trigger": [
            (
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN NULL; END $$"
            ),
            (
                "CREATE TRIGGER swallow BEFORE INSERT ON trail FOR EACH ROW"
                " WHEN (NEW.actor = 'x') EXECUTE FUNCTION swallow()"
            ),
        ],
        "a rule": [
            ("CREATE RULE swallow AS ON INSERT TO trail WHERE NEW.actor = 'x' DO INSTEAD NOTHING")
        ],
    },
}


@pytest.mark.parametrize("how", ["a trigger", "a rule"])
def test_what_lets_entries_go_by_is_named_though_the_chain_is_whole(
    written: sa.Engine, how: str
) -> None:
    ways = SWALLOWED[written.dialect.name]
    if how not in ways:  # rules are of PostgreSQL alone
        pytest.skip("this database has no such way")
    changed(written, *ways[how])
    with session.unit_of_work(written) as work:
        trail.append(work, replace(deed(), actor="x"))

    assert head(written).number == ENTRIES, "it is nowhere"
    with session.reading(written) as work:
        kind = Break.RULE if how == "a rule" else Break.FOREIGN
        assert trail.faults(work) == [Fault(kind, 0, 0, "swallow")]


def test_what_is_sealed_has_triggers() -> None:
    assert sorted(table.name for table in guards.SEALED) == OF_SEALED


@pytest.mark.parametrize(
    "statement", ["DROP TABLE {}", "ALTER TABLE {} RENAME TO elsewhere"], ids=["gone", "renamed"]
)
@pytest.mark.parametrize("table", ["trail", "receipts_pruned"])
def test_a_table_that_is_not_there_any_more_is_named(
    written: sa.Engine, table: str, statement: str
) -> None:
    changed(written, statement.format(table))

    with session.reading(written) as work:
        assert trail.faults(work) == [Fault(Break.DROPPED, 0, 0, table)]
