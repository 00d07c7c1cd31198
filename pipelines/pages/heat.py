"""Colours of a heat map of people against need; the style of each is in ``heat.css.j2``."""

from mutasi.i18n import render

SHARES = ((0.5, "h1"), (0.7, "h2"), (0.85, "h3"), (1.0, "h4"))
"""Colours below these shares of the need."""

SHADES = ("h1", "h2", "h3", "h4", "even", "over")
"""All colours, from the greatest want to more people than are needed."""

COLOURS = {
    "h1": "#7a2400",
    "h2": "#b34700",
    "h3": "#f4b183",
    "h4": "#fbe3d2",
    "even": "#eef1f4",
    "over": "#9fc9e8",
}
"""The colours for drawings, as in ``heat.css.j2``."""


def shade(filled: float, needed: float) -> str:
    """Return the class of a field's colour.

    >>> shade(4, 10), shade(10, 10), shade(11, 10)
    ('h1', 'even', 'over')
    """
    if filled > needed:
        return "over"
    return next((name for bound, name in SHARES if filled < bound * needed), "even")


def shades(language: str) -> dict[str, str]:
    """Return what each colour stands for."""
    return {name: render(f"staffing.heat.{name}", language) for name in SHADES}
