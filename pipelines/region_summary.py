"""What inventing a region prints: what was written, and how it looks."""

from rich.table import Table

from mutasi.i18n import number, render
from pipelines.console import console
from pipelines.simulate import Invented


def show_region(invented: Invented, language: str) -> None:
    """Print the tables that were written, their rows, and how lively the region is."""
    table = Table(title=render("simulate.title", language, folder=invented.folder))
    table.add_column(render("simulate.table", language))
    table.add_column(render("simulate.rows", language), justify="right")
    for name, rows in invented.rows.items():
        table.add_row(name, number(rows, language))
    console.print(table)
    console.print(
        render(
            "simulate.rates",
            language,
            moves=invented.moves,
            refusals=invented.refusals,
        )
    )
    console.print(render("simulate.truth", language, folder=invented.truth), style="dim")
