"""What the database itself does, held against what the migrations made.

Triggers refuse changes of the trail and of what it seals, let cases follow from their events,
and draw the names of what the records are.  One of the same name that does nothing, or whose
function was replaced, is as good as none.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store.migrations import triggers
from mutasi.store.tables import (
    CASE_EVENTS,
    CASES,
    RECEIPT_MARKS,
    RECEIPT_PEOPLE,
    RECEIPTS,
    RECEIPTS_PRUNED,
    TRAIL,
)

SEALED: Final = (
    *(TRAIL, RECEIPTS, RECEIPT_PEOPLE, RECEIPT_MARKS, RECEIPTS_PRUNED),
    *(CASES, CASE_EVENTS),
)
"""The trail, the tables whose rows it seals, and those whose rows follow from what it seals."""

FUNCTION: Final = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", re.DOTALL)
TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (?P<name>\w+)\s+(?:BEFORE|AFTER) (?P<deeds>\w+(?: OR \w+)*)\s+"
    r"ON (?P<table>\w+).*?(?:EXECUTE FUNCTION (?P<function>\w+)\(\))?\s*$",
    re.DOTALL,
)

ASKED: Final = {
    "sqlite": "SELECT name, tbl_name, sql, '' FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true), prosrc"
    " FROM pg_trigger"
    " JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    " AND relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT rulename, tablename, definition, '' FROM pg_rules"
    " WHERE schemaname = current_schema()",
}
"""Triggers that are on, and rules, as the database tells them: name, table, text, function."""


class Made(NamedTuple):
    """A trigger as it was made, whatever its lines and indents.

    Attributes:
        name: Its name.
        table: The table that it watches.
        text: What made it.
        function: The text of the function that it runs; empty where it has none.
    """

    name: str
    table: str
    text: str
    function: str


def dropped(work: Connection) -> list[str]:
    """Return the tables of what is sealed that are not there any more, or lack a column."""
    there = sa.inspect(work)
    return [
        table.name
        for table in SEALED
        if not there.has_table(table.name)
        or set(table.columns.keys()) - {one["name"] for one in there.get_columns(table.name)}
    ]


def lifted(work: Connection, tables: Iterable[str]) -> list[str]:
    """Return the triggers of tables that are missing, off, or not what was made."""
    return _of(made(_kind(work)) - _there(work), tables)


def foreign(work: Connection, tables: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the triggers of tables that somebody else made, and the rules.

    One of those could let an entry go by that is then nowhere, and leave the chain whole.
    """
    ours = {(one.name, one.table) for one in made(_kind(work))}
    theirs = [one for one in _there(work) if (one.name, one.table) not in ours]
    rules = [one for one in theirs if one.text.startswith("CREATE RULE")]
    return _of(set(theirs) - set(rules), tables), _of(rules, tables)


def _kind(work: Connection) -> str:
    return work.dialect.name


def _there(work: Connection) -> frozenset[Made]:
    told = work.execute(sa.text(ASKED[_kind(work)]))
    return frozenset(
        Made(name, table, _plain(text), _squeezed(function)) for name, table, text, function in told
    )


def _of(found: Iterable[Made], tables: Iterable[str]) -> list[str]:
    wanted = set(tables)
    return sorted({one.name for one in found if one.table in wanted})


@cache
def made(dialect: str) -> frozenset[Made]:
    """Return the triggers that the migrations make in a kind of database."""
    texts = [text for revision in triggers.REVISIONS for text in revision(dialect)]
    functions = {one[1]: _squeezed(one[2]) for text in texts if (one := FUNCTION.search(text))}
    found = (one for text in texts if (one := TRIGGER.search(text)))
    last = {
        one["name"]: Made(
            one["name"], one["table"], _plain(one[0]), functions.get(one["function"], "")
        )
        for one in found
    }
    return frozenset(last.values())


def _plain(text: str) -> str:
    """Return how a trigger is made, whatever its lines, indents, and the order of deeds."""
    one = TRIGGER.search(text)
    if one is not None:
        deeds = " OR ".join(sorted(one["deeds"].split(" OR ")))
        text = text[: one.start("deeds")] + deeds + text[one.end("deeds") :]
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
