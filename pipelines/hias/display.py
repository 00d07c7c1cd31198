"""The benchmark of resettlement in words: a table and what it shows in sentences."""

from rich.table import Table
from rich.text import Text

from mutasi.i18n import number, render
from pipelines.hias.schema import Resettlement, Way

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
