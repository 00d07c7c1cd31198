"""What an import prints: a table for people, JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from rich.markup import escape
from rich.table import Table

from mutasi.i18n import number, render, render_first
from mutasi.store.personnel import Saved
from pipelines.console import console
from pipelines.ingest import Imported

NOTHING = Saved(0, 0, 0)
SHOWN_OF_A_KIND = 5


def show_import(imported: Imported, language: str, *, as_json: bool) -> None:
    """Print what was read, stored and put into quarantine, by table."""
    if as_json:
        console.print_json(json.dumps(plain(imported), ensure_ascii=False))
        return
    table = Table(title=render("import.title", language, folder=escape(str(imported.folder))))
    table.add_column(render("import.table", language))
    for column in ("read", "new", "changed", "unchanged", "quarantined"):
        table.add_column(render(f"import.{column}", language), justify="right")
    for name, counts in _rows(imported).items():
        derived = "" if name in imported.read else render("import.derived", language)
        shown = [number(count, language) if count else "·" for count in counts.values()]
        table.add_row(f"{name} {derived}".strip(), *shown)
    console.print(table)
    for (file, reason), count in sorted(imported.reasons.items()):
        words = render_first(f"quarantine.{reason}", language, {})
        told = render("import.reason", language, file=file, count=count, reason=words)
        console.print(f"[yellow]{escape(told)}")
    if imported.listed is not None:
        console.print(render("import.listed", language, path=escape(str(imported.listed))))
    for told in _remarks(imported, language):
        console.print(f"[yellow]{escape(told)}")
    if imported.ignored:
        names = escape(", ".join(imported.ignored))
        console.print(render("import.ignored", language, names=names), style="yellow")


def _remarks(imported: Imported, language: str) -> Iterator[str]:
    """Yield the first remarks of each kind in words, and how many more there are."""
    kinds = Counter(remark.code for remark in imported.remarks)
    for code, count in kinds.items():
        alike = (remark for remark in imported.remarks if remark.code == code)
        for remark in islice(alike, SHOWN_OF_A_KIND):
            yield render(f"remark.{code}", language, **remark.values)
        if count > SHOWN_OF_A_KIND:
            yield render("remark.more", language, count=count - SHOWN_OF_A_KIND)


def _rows(imported: Imported) -> dict[str, dict[str, int]]:
    """Return the counts by table."""
    tables = list(dict.fromkeys([*imported.read, *imported.saved]))
    rows = {}
    for table in tables:
        saved = imported.saved.get(table, NOTHING)
        rows[table] = {
            "read": imported.read.get(table, 0),
            "new": saved.new,
            "changed": saved.changed,
            "unchanged": saved.unchanged,
            "quarantined": imported.quarantined.get(table, 0),
        }
    return rows


def plain(imported: Imported) -> dict[str, Any]:
    """Return what came of an import, for programs."""
    return {
        "folder": str(imported.folder),
        "tables": _rows(imported),
        "reasons": [
            {"file": file, "reason": reason, "rows": count}
            for (file, reason), count in sorted(imported.reasons.items())
        ],
        "quarantine": None if imported.listed is None else str(imported.listed),
        "ignored": list(imported.ignored),
        "remarks": [{"code": each.code, **each.values} for each in imported.remarks],
    }
