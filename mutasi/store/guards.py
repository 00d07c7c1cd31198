"""What the database itself does, held against what the migrations made.

Triggers refuse changes of the trail and of what it seals, let cases follow from their events,
and draw the names of what the records are.  One of the same name that does nothing, or whose
function was replaced, is as good as none.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
    "sqlite": "SELECT sql, '' FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(pg_trigger.oid, true), prosrc FROM pg_trigger"
    " JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    " AND relnamespace = current_schema()::regnamespace",
}
"""Triggers that are on, as the database tells them: text, and that of their function."""


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


def dropped(work: Session) -> list[str]:
    """Return the tables of what is sealed that are not there any more, or lack a column."""
    there = sa.inspect(work.connection())
    return [
        table.name
        for table in SEALED
        if not there.has_table(table.name)
        or set(table.columns.keys()) - {one["name"] for one in there.get_columns(table.name)}
    ]


def lifted(work: Session, tables: Iterable[str]) -> list[str]:
    """Return the triggers of tables that are missing, off, or not what was made."""
    kind, wanted = work.get_bind().dialect.name, set(tables)
    told = work.execute(sa.text(ASKED[kind]))
    there = {one for text, function in told for one in _read(text, {}, function)}
    return sorted(one.name for one in made(kind) - there if one.table in wanted)


@cache
def made(dialect: str) -> frozenset[Made]:
    """Return the triggers that the migrations make in a kind of database."""
    texts = [text for revision in triggers.REVISIONS for text in revision(dialect)]
    functions = {one[1]: one[2] for text in texts if (one := FUNCTION.search(text))}
    found = (one for text in texts for one in _read(text, functions))
    return frozenset({one.name: one for one in found}.values())


def _read(text: str, functions: dict[str, str], function: str = "") -> Iterator[Made]:
    """Yield the trigger that a text makes, if it makes one."""
    one = TRIGGER.search(text)
    if one is None:
        return
    deeds = " OR ".join(sorted(one["deeds"].split(" OR ")))  # PostgreSQL has an order of its own
    whole = text[one.start() : one.start("deeds")] + deeds + text[one.end("deeds") :]
    runs = functions.get(one["function"] or "", function)
    yield Made(one["name"], one["table"], _squeezed(whole), _squeezed(runs))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
