"""What was measured with and without each choice, in words: tables for people."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from mutasi.i18n import number, render
from pipelines.pages.figure import Figure
from pipelines.regions.choices.measure import OF_CHANCES, OF_INTERVALS
from pipelines.regions.choices.nearness import FIGURES
from pipelines.regions.choices.schema import Beside, Choices, Group, Variant
from pipelines.regions.display import SIGNS

Shown = Table | Text
SPECS = {"r": ".3f", "coverage": ".3f", "ece": ".3f", "brier": ".3f"}
"""How figures are written; those in T points with two places."""


def shown(choices: Choices, language: str) -> list[Shown]:
    """Return one table a kind of figure, and what they show in sentences."""
    groups = choices.groups
    return [
        _table("nearness", FIGURES, [(one, one.nearness, "") for one in groups], language),
        _table(
            "intervals",
            tuple(OF_INTERVALS),
            [(one, one.intervals, _of("ratings", language, count=one.ratings)) for one in groups],
            language,
        ),
        _table(
            "chances",
            tuple(OF_CHANCES),
            [
                (
                    one,
                    one.chances,
                    _of("answers", language, count=one.answers, labels=max(one.labels)),
                )
                for one in groups
            ],
            language,
        ),
        Text(render("choices.legend", language), style="dim"),
    ]


def _of(key: str, language: str, **params: object) -> str:
    return render(f"choices.of_{key}", language, **params)


def _table(
    title: str,
    figures: Sequence[str],
    parts: Sequence[tuple[Group, Mapping[str, Variant], str]],
    language: str,
) -> Table:
    table = Table(title=render(f"choices.{title}", language))
    table.add_column(render("choices.variant", language))
    for name in figures:
        table.add_column(render(f"choices.{name}", language), justify="right")
    table.add_column(render("choices.differs", language), justify="right")
    for group, variants, of in parts:
        if not variants:
            continue
        table.add_row(Text(f"{_kind(group, language)} {of}".strip(), style="bold"))
        for name, variant in variants.items():
            heading = render(f"choices.{title}_{name}", language)
            cells = [_cell(variant.figures.get(figure), figure, language) for figure in figures]
            differs = (
                "" if name == next(iter(variants)) else f"{variant.differs}/{len(group.rated)}"
            )
            table.add_row(heading, *cells, differs)
        table.add_section()
    return table


def _kind(group: Group, language: str) -> str:
    if group.world is None or group.moves is None:
        return render("choices.together", language, regions=len(group.rated))
    world = render(f"regions.world_{group.world}", language)
    return render("regions.kind", language, world=world, moves=group.moves)


def _cell(beside: Beside | None, figure: str, language: str) -> str:
    """Return a figure; below it by how much it is more than the product's."""
    if beside is None:
        return "–"
    spec = SPECS.get(figure, ".2f")
    value = _number(beside.value.value, spec, language)
    if beside.more is None:
        return value
    sign = "" if beside.verdict is None else f" {SIGNS[beside.verdict]}"
    return f"{value}{sign}\n{_with_ends(beside.more, f'+{spec}', language)}"


def _with_ends(figure: Figure, spec: str, language: str) -> str:
    value, low, high = (
        _number(each, spec, language) for each in (figure.value, figure.low, figure.high)
    )
    return f"{value} [{low}, {high}]"


def _number(value: float | None, spec: str, language: str) -> str:
    return "–" if value is None else number(value, language, spec)
