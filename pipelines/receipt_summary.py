"""What `mutasi receipt verify` prints: whether a recommendation comes out as it was told."""

import json
from dataclasses import asdict

from mutasi.i18n import render
from pipelines.console import console, show_json
from pipelines.receipts import Verified

SHOWN = 20
"""Differences that are told one by one to people; programs get all."""

LONGEST = 60
"""Letters of a value that is told to people."""


def show_verified(found: Verified, language: str, *, as_json: bool) -> None:
    """Print what became of a receipt."""
    kept, content = found.receipt, found.content
    if as_json:
        told = {name: value for name, value in vars(kept).items() if name != "content"}
        show_json(
            {
                **told,
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


def _short(value: object) -> str:
    text = "–" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
