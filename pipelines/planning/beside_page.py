"""Plans side by side as one HTML page, for who chooses between them."""

from mutasi.i18n import render
from pipelines.pages.document import Words, document
from pipelines.pages.heat import shade, shades
from pipelines.planning.page import MOVES, PLOTTED, RELIEVED, short, told_apart
from pipelines.planning.plots import MARKS, Plots
from pipelines.planning.schema_compare import Comparison
from pipelines.planning.wording import FIGURES, models_differ

TEMPLATE = "plans.html.j2"
SECTION = "plan.beside"

MOST_PLANS = len(MARKS)
"""As many as can be told apart in a drawing."""

DRAWN = ("value", "moves", "gain", "accepted", "short_after")
"""Figures that are drawn."""


def beside_page(found: Comparison, language: str) -> str:
    """Return plans side by side as HTML; at most :data:`MOST_PLANS` of them."""
    words = Words(language, SECTION)
    plots, names = Plots(words.num), [short(side.name) for side in found.sides]
    drawings = {
        "measures": plots.measures(
            "measures",
            names,
            {
                words.say(f"drawn.{name}"): (
                    FIGURES[name],
                    [getattr(side, name) for side in found.sides],
                )
                for name in DRAWN
            },
        ),
    }
    if any(side.moves for side in found.sides):
        drawings["moves"] = plots.layers(
            "moves",
            {
                name: (side.common, side.partly, side.own)
                for name, side in zip(names, found.sides, strict=True)
            },
            words.say("moves.axis"),
            [words.say(f"moves.{layer}") for layer in ("common", "partly", "own")],
        )
    if units := found.units[:PLOTTED]:
        drawings["shortage"] = plots.change(
            "shortage",
            {
                label: (unit.short_before, unit.short_after)
                for label, unit in zip(
                    told_apart([(unit.name, unit.unit) for unit in units]), units, strict=True
                )
            },
            words.say("units.axis"),
            [words.say("units.before"), *names],
        )
    return document(
        TEMPLATE,
        words,
        drawings,
        found=found,
        figures=FIGURES,
        figure=lambda name: render(f"plan.figure_{name}", language),
        agreement=lambda name: render("plan.agreement", language, name=name),
        stays=render("plan.stays", language),
        models_differ=models_differ(found, language),
        shade=shade,
        shades=shades(language),
        units=found.units[:RELIEVED],
        differences=found.differences[:MOVES],
        alike=found.alike[:MOVES],
    )
