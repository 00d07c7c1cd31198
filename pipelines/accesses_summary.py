"""What `mutasi audit access` prints: who looked at somebody's data."""

from collections.abc import Sequence

from rich.table import Table

from mutasi.i18n import render
from mutasi.store.accesses import Access
from mutasi.wording import what_was_done, who_looked
from pipelines.console import console, show_json


def show_accesses(
    found: Sequence[Access], after: int | None, language: str, *, as_json: bool
) -> None:
    """Print who looked, one entry a row.

    Args:
        found: The entries.
        after: By what to go on; None where there is nothing more.
        language: The reader's.
        as_json: Whether for a program.
    """
    if as_json:
        rows = [_row(one, language) for one in found]
        show_json({"accesses": rows, "next_cursor": after})
        return
    if not found:
        console.print(render("accessed.nothing", language), markup=False)
        return
    table = Table()
    for name in ("at", "who", "actor", "what", "object"):
        table.add_column(render(f"accessed.column.{name}", language), overflow="fold")
    for row in (_row(one, language) for one in found):
        actor = " ".join(filter(None, (row["actor"], row["name"])))
        table.add_row(row["at"], row["who"], actor, row["what"], row["object_id"] or "–")
    console.print(table)
    if after is not None:
        console.print(render("accessed.more", language, cursor=after), markup=False)


def _row(one: Access, language: str) -> dict[str, str | None]:
    """Return an entry for who audits: with the name that an account signs in by."""
    return {
        "at": one.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "who": who_looked(one, language),
        "actor": one.actor,
        "name": None if one.account is None else one.account.name,
        "kind": one.kind.value,
        "action": one.action,
        "what": what_was_done(one, language),
        "object_id": one.object_id,
    }
