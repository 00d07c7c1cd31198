"""What `mutasi audit overrides` prints."""

from dataclasses import asdict

from rich.markup import escape
from rich.table import Table

from mutasi.i18n import number, render, word
from pipelines.console import console, show_json
from pipelines.overrides import Cell, Overrides, Share


def show_overrides(found: Overrides, language: str, *, as_json: bool) -> None:
    """Print where deciders did not follow what was recommended."""
    if as_json:
        show_json(asdict(found))
        return
    if found.whole is None:
        console.print(render("overrides.nothing", language), style="yellow")
        return
    _show("all", [found.whole], language)
    _show("decider", found.deciders, language)
    _show("unit", found.units, language)
    for name, cells in found.groups.items():
        _show(name, cells, language)
    _show("reason", found.reasons, language)
    console.print(render("overrides.note", language), style="dim")


def _show(table: str, cells: "list[Cell] | tuple[Cell, ...]", language: str) -> None:
    if not cells:
        return
    made = Table(title=_title(table, language), title_justify="left")
    made.add_column(render("overrides.who", language))
    for column in ("decisions", "overridden", "beside"):
        made.add_column(render(f"overrides.{column}", language), justify="right")
    for cell in cells:
        if cell.decisions is None:
            shown = [render("overrides.withheld", language), "", ""]
        else:
            shown = [
                number(cell.decisions, language),
                _share(cell.overridden, language),
                _share(cell.beside, language),
            ]
        made.add_row(escape(_name(table, cell, language)), *shown)
    console.print(made)


def _title(table: str, language: str) -> str:
    if table in ("all", "decider", "unit", "reason"):
        return render(f"overrides.{table}", language)
    return render(f"evaluate.attribute.{table}", language)


def _name(table: str, cell: Cell, language: str) -> str:
    if cell.name is None:
        return render("overrides.unknown", language)
    if table == "all":
        return render("overrides.all", language)
    if table == "reason":
        return word("deviation", cell.name, language)
    if table in ("decider", "unit"):
        return cell.label or cell.name
    return render(f"evaluate.group.{cell.name}", language)


def _share(share: Share | None, language: str) -> str:
    if share is None:
        return ""
    told = {"count": share.count, "share": share.share, "low": share.low, "high": share.high}
    return render("overrides.share", language, **told)
