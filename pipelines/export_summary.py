"""What an export prints: what was written, and how it is taken in again."""

import json

from rich.markup import escape
from rich.table import Table

from mutasi.i18n import number, render
from pipelines.console import console
from pipelines.export import Exported


def show_export(exported: Exported, language: str, *, as_json: bool) -> None:
    """Print the tables that were written, and the commands that read them."""
    if as_json:
        console.print_json(
            json.dumps(
                {
                    "folder": str(exported.folder),
                    "beside": None if exported.beside is None else str(exported.beside),
                    "rows": exported.rows,
                }
            )
        )
        return
    table = Table(title=render("export.title", language, folder=escape(str(exported.folder))))
    table.add_column(render("export.table", language))
    table.add_column(render("export.rows", language), justify="right")
    for name, rows in exported.rows.items():
        table.add_row(name, number(rows, language))
    console.print(table)
    if exported.beside is not None:
        words = render("export.beside", language, folder=escape(str(exported.beside)))
        console.print(words, style="dim")
