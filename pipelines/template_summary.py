"""What `mutasi template` prints."""

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from mutasi.i18n import render
from mutasi.lists.catalogue import LISTS
from pipelines.console import console


def show_lists(language: str) -> None:
    """Print the lists that have a template, and what each is for."""
    console.print(render("list.all", language), markup=False)
    table = Table()
    table.add_column(render("list.name", language), no_wrap=True)
    table.add_column(render("list.purpose", language))
    for each in LISTS:
        table.add_row(each.title(language), each.about(language))
    console.print(table)


def show_written(name: str, path: Path, language: str) -> None:
    """Print where a template was written, and what to do with it."""
    told = render("list.written", language, name=name, path=path, kind="lists")
    console.print(escape(told))
