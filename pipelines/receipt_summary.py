"""What `mutasi receipt` prints: whether one comes out as it was told, and which there are."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from rich.table import Table

from mutasi.i18n import render
from mutasi.store.damaged import shown
from mutasi.store.receipts import Receipt
from pipelines.console import console, show_json
from pipelines.receipts import Verified, read

SHOWN = 20
"""Differences that are told one by one to people; programs get all."""

LONGEST = 60
"""Letters of a value that is told to people."""


def show_verified(found: Verified, language: str, *, as_json: bool) -> None:
    """Print what became of a receipt."""
    kept, content = found.receipt, found.content
    if as_json:
        show_json(
            {
                "number": kept.number,
                "receipt_id": shown(kept.receipt_id),
                "at": kept.at,
                "asker": shown(kept.asker),
                "content": None if content is None else json.loads(content.text),
                "fault": found.fault,
                "is_identical": found.is_identical,
                "differences": [asdict(one) for one in found.differences],
            }
        )
        return
    if found.fault is not None:
        said = render(f"receipt.{found.fault}", language, receipt_id=kept.receipt_id)
        console.print(said, style="red", markup=False)
        return
    assert content is not None, "what agrees with its seal can be read"
    model = content.grounds.model
    facts = {
        "receipt_id": kept.receipt_id,
        "asker": kept.asker,
        "as_of": content.grounds.as_of,
        "model": render("receipt.no_model", language) if model is None else model.version,
        "count": len(found.differences),
    }
    console.print(render("receipt.of", language, **facts), markup=False)
    if found.is_identical:
        console.print(render("receipt.identical", language), style="green", markup=False)
        return
    console.print(render("receipt.differs", language, **facts), style="yellow", markup=False)
    for one in found.differences[:SHOWN]:
        values = {"place": one.place, "then": _short(one.then), "now": _short(one.now)}
        console.print(render("receipt.difference", language, **values), markup=False)


def show_list(given: Sequence[Receipt], after: str | None, language: str, *, as_json: bool) -> None:
    """Print receipts, one a row.

    Args:
        given: The receipts.
        after: By what to go on; None where there is nothing more.
        language: The reader's.
        as_json: Whether for a program.
    """
    rows = [_row(kept) for kept in given]
    if as_json:
        show_json({"receipts": rows, "next_cursor": after})
        return
    table = Table()
    for name in ("id", "at", "asker", "about", "model"):
        table.add_column(render(f"receipt.column.{name}", language), overflow="fold")
    for row in rows:
        about = "–" if row["kind"] is None else render(f"receipt.about.{row['kind']}", language)
        table.add_row(
            str(row["receipt_id"]),
            str(row["at"]),
            str(row["asker"]),
            f"{about} {row['position_id'] or ''}".strip(),
            str(row["model_version"] or "–"),
        )
    console.print(table)
    if after is not None:
        console.print(render("receipt.more", language, cursor=after), markup=False)


def _row(kept: Receipt) -> dict[str, object]:
    """Return what a list tells of a receipt: nothing of who is in it."""
    content = read(kept)
    asked = None if content is None else content.question
    model = None if content is None else content.grounds.model
    return {
        "receipt_id": kept.receipt_id,
        "at": datetime.fromtimestamp(kept.at, UTC).isoformat(),
        "asker": kept.asker,
        "kind": None if asked is None else asked.kind,
        "position_id": getattr(asked, "position_id", None),
        "as_of": None if content is None else content.grounds.as_of.isoformat(),
        "model_version": None if model is None else model.version,
        "is_readable": content is not None,
    }


def _short(value: object) -> str:
    text = "–" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
