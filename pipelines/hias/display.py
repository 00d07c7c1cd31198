"""The benchmark of resettlement in words: a table and what it shows in sentences."""

from rich.table import Table
from rich.text import Text

from mutasi.i18n import number, render
from pipelines.hias.schema import Online, Resettlement, Way

COLUMNS = ("value", "share", "placed", "above")


def shown(found: Resettlement, language: str) -> list[Table | Text]:
    """Return the table and the sentences."""
    told = found.model_dump(exclude={"plan", "ways", "above", "unscored"})
    table = Table(title=render("hias.title", language, **told))
    table.add_column(render("hias.way", language))
    for name in COLUMNS:
        table.add_column(render(f"hias.{name}", language), justify="right")
    table.add_row(render("hias.way_plan", language), *_cells(found.plan, None, language))
    for name, way in found.ways.items():
        cells = _cells(way, found.above.get(name), language)
        table.add_row(render(f"hias.way_{name}", language), *cells)
    proof = "best" if found.is_best else "not_best"
    sentences = [
        render(f"hias.{proof}", language, **told),
        render("hias.legend", language, draws=found.draws),
    ]
    if found.unscored:
        sentences.append(render("hias.unscored", language, places=", ".join(found.unscored)))
    return [table, *(Text(sentence, style="dim") for sentence in sentences)]


def _cells(way: Way, above: float | None, language: str) -> list[str]:
    value, low, high = (
        None if end is None else number(end, language, ".2f")
        for end in (way.value.value, way.value.low, way.value.high)
    )
    return [
        value or "–" if low is None else f"{value}\n{low}–{high}",
        number(way.share, language, ".1%"),
        number(way.placed, language, ".0f"),
        "" if above is None else number(above, language, "+.1%"),
    ]


def shown_online(found: Online, language: str) -> list[Table | Text]:
    """Return the table of families that come one at a time."""
    told = found.model_dump(exclude={"as_filed", "drawn"})
    table = Table(title=render("hias.online", language, **told))
    for name in ("way", "as_filed", "drawn"):
        table.add_column(render(f"hias.{name}", language), justify="left")
    for name, share in found.as_filed.items():
        drawn = found.drawn[name]
        ends = [
            number(end, language, ".1%")
            for end in (drawn.value, drawn.low, drawn.high)
            if end is not None
        ]
        cell = "{}\n{}–{}".format(*ends) if ends else "–"
        way = render(f"hias.way_{name}_online", language)
        table.add_row(way, number(share, language, ".1%"), cell)
    return [table, Text(render("hias.online_legend", language, **told), style="dim")]
