"""The measure in words: tables for people, a mapping for programs."""

from dataclasses import asdict
from datetime import date
from math import isnan
from typing import Any

from rich.table import Table
from rich.text import Text

from models.intervals import Interval
from mutasi.i18n import number, render
from pipelines.ias.measure import Figures
from pipelines.ias.rankings import FIGURES
from pipelines.ias.tenure import Lengths, Tenure

Shown = Table | Text


def plain(figures: Figures) -> dict[str, Any]:
    """Return the figures for a program: days as ISO text, intervals as value, low and high.

    What could not be found is None.
    """
    found: dict[str, Any] = _finite(asdict(figures))
    return found


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and isnan(value) else value


def shown(figures: Figures, language: str) -> list[Shown]:
    """Return the tables, and the sentences about what was left out or could not be learned."""
    found: list[Shown] = [_ranking(figures, language), *_gains(figures, language)]
    found += [_say("legend", language, style="dim")]
    if figures.tenure is None:
        found.append(_say("no_tenure", language, style="yellow"))
    else:
        found += [_tenure(figures.tenure, language), _shares(figures.tenure, language)]
        if figures.tenure.lengths is not None:
            found.append(_lengths(figures.tenure.lengths, language))
    return found + _told(figures, language)


def _ranking(figures: Figures, language: str) -> Table:
    said = {
        "posts": figures.tested["posts"],
        "tested": figures.tested["reshuffles"],
        "trained": figures.trained["reshuffles"],
    }
    table = Table(title=render("ias.ranking", language, **asdict(figures.period), **said))
    table.add_column(render("ias.way", language))
    for name in FIGURES:
        table.add_column(render(f"ias.{name}", language), justify="right")
    for way, values in figures.ranking.items():
        cells = [_cell(values[name], language) for name in FIGURES]
        table.add_row(render(f"ias.way_{way}", language), *cells)
    return table


def _gains(figures: Figures, language: str) -> list[Shown]:
    found = [
        _above(gain, "rule", language, way=render(f"ias.way_{way}", language))
        for way, gain in figures.above_rule.items()
    ]
    return [*found, _above(figures.above_ranked, "ranked", language)]


def _above(gain: Interval, than: str, language: str, **params: object) -> Text:
    ends = (gain.value, gain.low, gain.high)
    value, low, high = (number(end, language, "+.3f") for end in ends)
    key = f"{'above' if gain.excludes_zero else 'like'}_{than}"
    return _say(key, language, "", gain=value, low=low, high=high, **params)


def _tenure(tenure: Tenure, language: str) -> Table:
    names = ("auc", "ece", "brier")
    title = render("ias.tenure", language, tested=tenure.tested, trained=tenure.trained)
    table = Table(title=title)
    table.add_column(render("ias.way", language))
    for name in names:
        table.add_column(render(f"ias.{name}", language), justify="right")
    for way, values in tenure.figures.items():
        cells = [_cell(values[name], language) for name in names]
        table.add_row(render(f"ias.way_{way}", language), *cells)
    return table


def _shares(tenure: Tenure, language: str) -> Text:
    return _say(
        "lasted",
        language,
        style="dim",
        trained=tenure.trained_share,
        tested=tenure.tested_share,
    )


def _lengths(lengths: Lengths, language: str) -> Text:
    return _say(
        "lengths",
        language,
        coverage=_with_ends(lengths.coverage, language),
        thirds=", ".join(number(each.value, language, ".3f") for each in lengths.by_evidence),
        correlation=_with_ends(lengths.correlation, language),
        half=lengths.half_width,
    )


def _with_ends(figure: Interval, language: str) -> str:
    value, low, high = (
        number(end, language, ".3f") for end in (figure.value, figure.low, figure.high)
    )
    return f"{value} [{low}, {high}]"


def _told(figures: Figures, language: str) -> list[Shown]:
    found: list[Shown] = [
        _say(f"left_out_{reason}", language, style="dim", count=count)
        for reason, count in figures.left_out.items()
        if count
    ]
    if figures.rejected:
        found.append(_say("rejected", language, style="dim", count=figures.rejected))
    found += [
        _say(f"not_learned_{model}", language, style="yellow") for model in figures.not_learned
    ]
    if figures.absent:
        concepts = [render(f"concept.{name}.label", language) for name in figures.absent]
        found.append(_say("absent", language, style="yellow", concepts=", ".join(concepts)))
    return found


def _cell(figure: Interval, language: str) -> str:
    half = (figure.high - figure.low) / 2
    return f"{number(figure.value, language, '.3f')}\n±{number(half, language, '.3f')}"


def _say(key: str, language: str, style: str = "", **params: object) -> Text:
    return Text(render(f"ias.{key}", language, **params), style=style)
