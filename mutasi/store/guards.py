"""What the database itself does for the audit trail, held against what the migrations made.

Triggers refuse changes of the trail.  One of the same name that does nothing, or whose
function was replaced, is as good as none.
"""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mutasi.store.tables import CASE_EVENTS, CASES, RECEIPTS, RECEIPTS_PRUNED, TRAIL

MADE_BY: Final = "mutasi.store.migrations.versions.0005_the_audit_trail"
"""The revision whose triggers these are."""

SEALED: Final = (TRAIL, RECEIPTS, RECEIPTS_PRUNED, CASES, CASE_EVENTS)
"""The trail, and the tables whose rows it seals."""

FUNCTION: Final = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", re.DOTALL)
TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (\w+) .*?(?:EXECUTE FUNCTION (\w+)\(\))?\s*$", re.DOTALL
)

ASKED: Final = {
    "sqlite": "SELECT name, sql, '' FROM sqlite_master"
    " WHERE type = 'trigger' AND tbl_name = 'trail'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc FROM pg_trigger"
    " JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE tgrelid = 'trail'::regclass AND tgenabled IN ('O', 'A')",
}
"""Triggers of the trail that are on, as the database tells them: name, text, function."""


def dropped(work: Session) -> list[str]:
    """Return the tables of what is sealed that are not there any more, or lack a column."""
    there = sa.inspect(work.connection())
    return [
        table.name
        for table in SEALED
        if not there.has_table(table.name)
        or set(table.columns.keys()) - {one["name"] for one in there.get_columns(table.name)}
    ]


def lifted(work: Session) -> list[str]:
    """Return the triggers of the trail that are missing, off, or not what was made."""
    kind = work.get_bind().dialect.name
    made = _made(getattr(import_module(MADE_BY), kind.upper()))
    found = work.execute(sa.text(ASKED[kind])).all()
    there = {name: (_squeezed(text), _squeezed(function)) for name, text, function in found}
    return sorted(name for name, one in made.items() if there.get(name) != one)


def _made(statements: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return triggers by name: how each was made, and what its function was made of."""
    functions = {one[1]: one[2] for text in statements if (one := FUNCTION.search(text))}
    triggers = [one for text in statements if (one := TRIGGER.search(text))]
    return {one[1]: (_squeezed(one[0]), _squeezed(functions.get(one[2], ""))) for one in triggers}


def _squeezed(text: str) -> str:
    """Return a text whatever its lines and indents."""
    return " ".join(text.split())
