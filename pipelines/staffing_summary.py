"""What staffing prints: the worst shortages and the most vacancies first, and what was written."""

import json
from collections.abc import Sequence
from typing import TypeVar

from rich.markup import escape
from rich.table import Table

from mutasi.staffing import By
from pipelines.console import console
from pipelines.staffing.job import Written
from pipelines.staffing.schema import Balance, Forecast, Gap, Group, Outlook, Staffing
from pipelines.staffing.wording import SECTION, Told, below_the_top

G = TypeVar("G", bound=Group)

BALANCE = ("needed", "filled", "shortage", "surplus", "weighted")


def show_staffing(
    written: Written[Staffing], by: By, limit: int, language: str, *, as_json: bool
) -> None:
    """Print need against people, the worst shortages first.

    Args:
        written: The report, and where it lies.
        by: What to list.
        limit: How many at most.
        language: Of the words.
        as_json: Print all of them as JSON instead.
    """
    report, told = written.report, Told(language, SECTION)
    groups: dict[By, Sequence[Balance]] = {
        By.POSITION: report.positions,
        By.UNIT: report.units,
        By.SECTOR: report.sectors,
    }
    if as_json:
        _show_json(report, by, groups[by])
        return
    table = _table(report, by, "table_title", told)
    for name in BALANCE:
        table.add_column(told.say(f"column.{name}"), justify="right")
    measured = report.total.efficiency is not None
    if measured:
        table.add_column(told.say("column.efficiency"), justify="right")
    for group in _listed(groups[by], by, limit):
        table.add_row(_name(group, told), *_balance(group, told, measured=measured))
    table.add_section()
    table.add_row(told.say("total"), *_balance(report.total, told, measured=measured), style="bold")
    _show(table, report.gaps, len(groups[by]) - limit, written, told)


def show_forecast(
    written: Written[Forecast], by: By, limit: int, language: str, *, as_json: bool
) -> None:
    """Print which places will fall vacant, the most first, and how such forecasts fared.

    Args:
        written: The report, and where it lies.
        by: What to list.
        limit: How many at most.
        language: Of the words.
        as_json: Print all of them as JSON instead.
    """
    report, told = written.report, Told(language, SECTION)
    groups: dict[By, Sequence[Outlook]] = {
        By.POSITION: report.positions,
        By.UNIT: report.units,
        By.SECTOR: report.sectors,
    }
    if as_json:
        _show_json(report, by, groups[by])
        return
    table = _table(report, by, "forecast.table_title", told)
    table.add_column(told.say("column.filled"), justify="right", no_wrap=True)
    for months in report.months:
        for name in ("leaving_in", "vacant_in"):
            heading = told.say(f"forecast.{name}", months=months)
            table.add_column(heading, justify="right", min_width=6)
    for group in _listed(groups[by], by, limit):
        table.add_row(_name(group, told), *_outlook(group, told))
    table.add_section()
    table.add_row(told.say("total"), *_outlook(report.total, told), style="bold")
    _show(table, report.gaps, len(groups[by]) - limit, written, told)
    for found in report.hindsight:
        if found.trials:
            words = told.say(
                "forecast.hindsight_note",
                count=len(found.trials),
                error=found.error,
                baseline=found.baseline_error,
                covered=found.covered,
            )
            ahead = told.say("forecast.in_months", months=found.months)
            console.print(f"{ahead}: {words}", style="dim")


def _show_json(report: Staffing | Forecast, by: By, groups: Sequence[Group]) -> None:
    lists = {"positions", "units", "sectors"}
    told = report.model_dump(mode="json", exclude=lists | {"cells"})
    told |= {"by": by.value, "groups": [group.model_dump(mode="json") for group in groups]}
    console.out(json.dumps(told, indent=2, ensure_ascii=False), highlight=False)


def _table(report: Staffing | Forecast, by: By, title: str, told: Told) -> Table:
    table = Table(
        title=told.say(title, by=told.say(f"by.{by}").lower(), as_of=report.as_of),
        title_style="bold",
    )
    table.add_column(told.say(f"by.{by}"), overflow="fold")
    return table


def _listed(groups: Sequence[G], by: By, limit: int) -> Sequence[G]:
    return (below_the_top(groups) if by is By.UNIT else groups)[:limit]


def _name(group: Group, told: Told) -> str:
    name = escape(told.name(group))
    return f"{name}\n[dim]{escape(group.unit_name)}[/dim]" if group.unit_name else name


def _balance(group: Balance, told: Told, *, measured: bool) -> list[str]:
    cells = [told.people(getattr(group, name)) for name in BALANCE]
    return [*cells, told.efficiency(group)] if measured else cells


def _outlook(group: Outlook, told: Told) -> list[str]:
    cells = [told.people(group.filled)]
    for ahead in group.horizons:
        span = f"\n[dim]{told.span(ahead)}[/dim]" if ahead.low is not None else ""
        cells += [f"{told.people(ahead.due)}{span}", told.people(ahead.opening)]
    return cells


def _show(
    table: Table,
    gaps: Sequence[Gap],
    more: int,
    written: Written[Staffing] | Written[Forecast],
    told: Told,
) -> None:
    console.print(table if table.row_count > 1 else told.say("nothing"))
    if more > 0:
        console.print(told.say("more", count=more), style="dim")
    for gap in gaps:
        console.print(escape(told.gap(gap)), style="yellow")
    for path in written.files:
        console.print(escape(told.say("printed", path=path)), soft_wrap=True)
