"""The terminal: where words go, and progress of long work."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from mutasi.i18n import has_words, render

if TYPE_CHECKING:
    from models.examples import Progress as Told

console = Console()
"""Answers."""

errors = Console(stderr=True)
"""Progress and errors, so that answers can be piped."""


@contextmanager
def tracked(language: str) -> "Iterator[Told]":
    """Show bars of what is done; yields what to tell progress to.

    Each kind of work gets a bar, named by the catalogue's ``progress.<kind>``.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors) as bars:
        tasks = {}

        def told(kind: str, done: int, total: int) -> None:
            if kind not in tasks:
                key = f"progress.{kind}"
                words = render(key, language) if has_words(key, language) else kind
                tasks[kind] = bars.add_task(words, total=total)
            bars.update(tasks[kind], completed=done, total=total)

        yield told


def show_json(content: Any) -> None:
    """Print JSON, days as ISO text."""
    console.print_json(json.dumps(content, default=_plain, ensure_ascii=False))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
