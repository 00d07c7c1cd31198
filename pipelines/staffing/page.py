"""The two reports as HTML pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.pages.document import document
from pipelines.pages.heat import shade, shades
from pipelines.staffing.plots import LAYERS, Plots
from pipelines.staffing.schema import Cell, Forecast, Point, Staffing
from pipelines.staffing.wording import SECTION, Told, below_the_top

OFFICES, FAMILIES, SECTORS = 25, 8, 9
"""How many are shown by name; the others are summed up."""


@dataclass(frozen=True)
class Square:
    """One field of the heat map: its colour's class and its people of those needed."""

    shade: str
    filled: float
    needed: float


@dataclass(frozen=True)
class HeatMap:
    """Offices (rows) by job families (columns); None where there is no post."""

    families: tuple[str, ...]
    offices: tuple[tuple[str, tuple[Square | None, ...]], ...]


def staffing_page(report: Staffing, language: str) -> str:
    """Return the report of ``mutasi staffing`` as HTML."""
    told = Told(language, SECTION)
    plots = Plots(told.num)
    sectors = _sectors_over_time(report, told)
    drawings = {}
    if len({point.day for point in report.trend}) > 1:
        legend = (told.say("column.needed"), told.say("column.filled"))
        drawings["trend"] = plots.trend("trend", sectors, legend)
    heat = heat_map(report.cells, told.say("others"))
    return document(
        "staffing.html.j2",
        told,
        drawings,
        report=report,
        told=told,
        heat=heat,
        shades=shades(language),
        units=below_the_top(report.units),
    )


def forecast_page(report: Forecast, language: str) -> str:
    """Return the report of ``mutasi forecast`` as HTML."""
    told = Told(language, SECTION)
    plots = Plots(told.num)
    drawings = {}
    if report.retiring:
        years, layers = _layers(report, told)
        drawings["wave"] = plots.wave("wave", years, layers, told.say("forecast.wave_axis"))
    legend = tuple(told.say(f"forecast.{name}") for name in ("actual", "predicted", "baseline"))
    for found in report.hindsight:
        if found.trials:
            name = f"trials_{found.months}"
            drawings[name] = plots.trials(name, found.trials, (legend[0], legend[1], legend[2]))
    return document(
        "forecast.html.j2",
        told,
        drawings,
        report=report,
        told=told,
        units=below_the_top(report.units),
    )


def _sectors_over_time(report: Staffing, told: Told) -> dict[str, Sequence[Point]]:
    """Return the points of the sectors that need most, by what they are called."""
    largest = sorted(report.sectors, key=lambda sector: -max(sector.needed, sector.filled))
    by_sector: dict[str | None, list[Point]] = {}
    for point in report.trend:
        by_sector.setdefault(point.sector, []).append(point)
    return {
        told.name(sector): by_sector[sector.key]
        for sector in largest[:SECTORS]
        if sector.key in by_sector
    }


def heat_map(cells: Sequence[Cell], others: str) -> HeatMap:
    """Return the heat map: offices that miss most first, families that need most first.

    Args:
        cells: Need and people of every family in every office.
        others: What all others together are called.
    """
    frame = pd.DataFrame([cell.model_dump() for cell in cells], columns=list(Cell.model_fields))
    frame["missing"] = (frame["needed"] - frame["filled"]).clip(0)
    offices = _first(frame.groupby("office")["missing"].sum(), OFFICES)
    families = _first(frame.groupby("family")["needed"].sum(), FAMILIES)
    frame["office"] = frame["office"].where(frame["office"].isin(offices), others)
    frame["family"] = frame["family"].where(frame["family"].isin(families), others)
    summed = frame.groupby(["office", "family"])[["needed", "filled"]].sum()
    there = {
        key: Square(shade(filled, needed), filled, needed)
        for key, needed, filled in zip(
            summed.index, summed["needed"].tolist(), summed["filled"].tolist(), strict=True
        )
    }
    rows = [*offices, *([others] if (frame["office"] == others).any() else [])]
    columns = [*families, *([others] if (frame["family"] == others).any() else [])]
    return HeatMap(
        tuple(columns),
        tuple((row, tuple(there.get((row, column)) for column in columns)) for row in rows),
    )


def _first(totals: "pd.Series[float]", count: int) -> list[str]:
    """Return the names with the largest totals, equal ones by name."""
    return totals.sort_index().sort_values(ascending=False, kind="stable").index[:count].tolist()


def _layers(report: Forecast, told: Told) -> tuple[list[int], dict[str, list[int]]]:
    """Return the years of retirements to come, and the people of each by sector."""
    first = report.as_of.year
    years = list(range(first, max(found.year for found in report.retiring) + 1))
    totals: dict[str, list[int]] = {}
    for found in report.retiring:
        row = totals.setdefault(told.sector(found.sector), [0] * len(years))
        row[found.year - first] += found.people
    ordered = sorted(totals.items(), key=lambda item: (-sum(item[1]), item[0]))
    layers = dict(ordered[: len(LAYERS) - 1])
    rest = [row for _, row in ordered[len(LAYERS) - 1 :]]
    if rest:
        layers[told.say("others")] = [sum(column) for column in zip(*rest, strict=True)]
    return years, layers
