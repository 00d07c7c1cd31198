"""The map of a plan: units where they are, sized by people, coloured by want, ways as arrows."""

from collections.abc import Sequence
from math import cos, radians

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from pipelines.pages.drawing import INK, MODEL, WIDTH, style, svg
from pipelines.pages.heat import COLOURS, shade
from pipelines.planning.schema_chart import Chart, Place

NAME = "map"
LABELS, WAYS = 10, 200
"""Most units that are named, and ways that are drawn: those of most moves."""

KM_PER_DEGREE = 111.32
LEAST_AREA, AREA_PER_PERSON = 14.0, 1.1
"""Of a unit's mark, in square points."""

APART = 0.09
"""How far names stand apart at least, of the height of the map."""

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Lengths of the scale, kilometres."""


def drawn(chart: Chart, labels: Sequence[str]) -> str:
    """Return the map.

    Args:
        chart: Units and ways.
        labels: What each unit is called.
    """
    with mpl.rc_context(style(NAME)):
        wide, tall = _extent(chart)
        height = min(max(2 * WIDTH * tall / wide, 4.0), 1.6 * WIDTH)
        canvas = Canvas(figsize=(2 * WIDTH, height), layout="constrained")
        axes = canvas.subplots()
        axes.set_aspect(1 / _narrowing(chart), adjustable="datalim")
        axes.set_axis_off()
        for way in chart.ways[:WAYS]:
            _arrow(axes, chart.places[way.origin], chart.places[way.to], way.moves)
        _marks(axes, chart.places)
        for place, label in _named(chart, labels, tall / KM_PER_DEGREE):
            axes.annotate(
                label,
                (place.longitude, place.latitude),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=10,
                bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "alpha": 0.8, "lw": 0},
            )
        axes.margins(0.06)
        _scale(axes, chart, wide)
        return svg(canvas, NAME)


def _narrowing(chart: Chart) -> float:
    """Return how much shorter a degree east is there than a degree north."""
    return cos(radians(sum(each.latitude for each in chart.places) / len(chart.places)))


def _extent(chart: Chart) -> tuple[float, float]:
    """Return how wide and how high the region is, kilometres; at least one."""
    east = [each.longitude for each in chart.places]
    north = [each.latitude for each in chart.places]
    wide = (max(east) - min(east)) * KM_PER_DEGREE * _narrowing(chart)
    return max(wide, 1.0), max((max(north) - min(north)) * KM_PER_DEGREE, 1.0)


def _marks(axes: Axes, places: Sequence[Place]) -> None:
    """Draw units, the large ones below."""
    ordered = sorted(places, key=lambda each: -each.after)
    axes.scatter(
        [each.longitude for each in ordered],
        [each.latitude for each in ordered],
        s=[max(LEAST_AREA, AREA_PER_PERSON * each.after) for each in ordered],
        c=[COLOURS[shade(each.after, each.needed)] for each in ordered],
        edgecolors=INK,
        linewidths=0.7,
        zorder=3,
    )


def _arrow(axes: Axes, origin: Place, to: Place, moves: int) -> None:
    axes.annotate(
        "",
        (to.longitude, to.latitude),
        (origin.longitude, origin.latitude),
        arrowprops={
            "arrowstyle": "-|>",
            "color": MODEL,
            "alpha": 0.55,
            "linewidth": 0.8 + 0.7 * (moves - 1),
            "shrinkA": 3,
            "shrinkB": 4,
            "connectionstyle": "arc3,rad=0.12",
        },
        zorder=2,
    )


def _named(chart: Chart, labels: Sequence[str], height: float) -> Sequence[tuple[Place, str]]:
    """Return the units that are named: the most relieved, as far as names have room."""
    found: list[tuple[Place, str]] = []
    for place, label in zip(chart.places, labels, strict=True):
        is_clear = all(
            abs(place.latitude - other.latitude) > APART * height
            or abs(place.longitude - other.longitude) > 4 * APART * height
            for other, _ in found
        )
        if is_clear and place.relieved > 0 and len(found) < LABELS:
            found.append((place, label))
    return found


def _scale(axes: Axes, chart: Chart, wide: float) -> None:
    """Draw a line of some kilometres below the map."""
    km = max((step for step in STEPS if step <= wide / 4), default=STEPS[0])
    left = min(each.longitude for each in chart.places)
    low = min(each.latitude for each in chart.places)
    length = km / (KM_PER_DEGREE * _narrowing(chart))
    axes.plot([left, left + length], [low, low], color=INK, linewidth=2.4, zorder=4)
    axes.annotate(
        f"{km} km",
        (left, low),
        xytext=(0, -13),
        textcoords="offset points",
        fontsize=10,
    )
