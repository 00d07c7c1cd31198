"""Plots of plans: what units lack before and after, one plan's or several beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from pipelines.pages.drawing import FAINT, INK, MODEL, OTHER, TARGET, WIDTH, Drawings, style, svg

MARKS = ((MODEL, "o"), (TARGET, "s"), ("#00614a", "^"), ("#8a4f7d", "v"), (OTHER, "P"), (INK, "X"))
"""Colour and shape of each plan that is beside others."""

LAYERS = ((MODEL, ""), ("#7fb8da", "//"), ("#e4e9ee", ".."))
"""Colour and hatch of moves that every plan makes, that some make, that one makes."""

APART = 0.16
"""How far marks of several plans stand apart, of the height of a line."""

HALO = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
"""What keeps a number readable on a hatch."""


@dataclass(frozen=True)
class Plots(Drawings):
    """Draws in one language."""

    def change(
        self,
        name: str,
        units: Mapping[str, tuple[float, Sequence[float]]],
        axis: str,
        legend: Sequence[str],
    ) -> str:
        """Return a line a unit, from what it lacks before to what it lacks after each plan.

        Args:
            name: Of the plot.
            units: Before, and after each plan, by what the unit is called, from the top.
            axis: What is shown.
            legend: What before and the plans are called.
        """
        heights = list(range(len(units) - 1, -1, -1))
        before, after = zip(*units.values(), strict=True)
        least = [min(first, *rest) for first, rest in units.values()]
        most = [max(first, *rest) for first, rest in units.values()]
        plans = len(legend) - 1
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 1.15 + 0.32 * len(units)), layout="constrained")
            axes = canvas.subplots()
            axes.hlines(heights, least, most, color=MODEL, alpha=0.3, linewidth=3.2)
            axes.plot(before, heights, label=legend[0], **_mark(OTHER, "D", 7.5, "white"))
            for place, (colour, shape) in enumerate(MARKS[:plans]):
                shift = APART * (place - (plans - 1) / 2)  # plans that agree do not hide each other
                axes.plot(
                    [each[place] for each in after],
                    [height - shift for height in heights],
                    label=legend[place + 1],
                    **_mark(colour, shape, 8, colour),
                )
            axes.set_yticks(heights, list(units), fontsize=11.5)
            axes.tick_params(axis="y", pad=9)  # a mark at 0 stands clear of the names
            axes.set_ylim(-0.6, len(units) - 0.4)
            axes.set_xlim(left=min(0, *least))
            axes.margins(x=0.05)
            axes.grid(visible=False, axis="y")
            axes.spines["left"].set_visible(False)
            self.numbers(axes.xaxis, ".1f")
            axes.set_xlabel(axis)
            canvas.legend(loc="outside upper left", ncols=4, fontsize=11.5)
            return svg(canvas, name)

    def measures(
        self, name: str, plans: Sequence[str], figures: Mapping[str, tuple[str, Sequence[float]]]
    ) -> str:
        """Return a small drawing a figure, with a bar a plan and its value in words.

        Args:
            name: Of the plot.
            plans: What the plans are called, from the top.
            figures: The format of each figure and its value in each plan, by its title.
        """
        heights = range(len(plans) - 1, -1, -1)
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 0.9 + 0.5 * len(plans)), layout="constrained")
            every = canvas.subplots(1, len(figures), sharey=True, squeeze=False).ravel()
            for axes, (title, (spec, values)) in zip(every, figures.items(), strict=True):
                colours = [colour for colour, _ in MARKS[: len(values)]]
                axes.barh(heights, values, height=0.55, color=colours)
                for height, value in zip(heights, values, strict=True):
                    self._beside(axes, max(value, 0.0), height, self.number(value, spec))
                axes.axvline(0, color=INK, linewidth=0.8)
                axes.set_title(title, fontsize=11.5, loc="left")
                axes.set_xlim(min(0, 1.1 * min(values)), max(1.45 * max(values), 1e-9))
                _bare(axes)
            every[0].set_yticks(heights, list(plans), fontsize=11.5)
            return svg(canvas, name)

    def layers(
        self, name: str, plans: Mapping[str, Sequence[int]], axis: str, legend: Sequence[str]
    ) -> str:
        """Return a bar a plan: moves that every plan makes, that some make, that it alone makes.

        Args:
            name: Of the plot.
            plans: How many of each, by what the plan is called, from the top.
            axis: What is shown.
            legend: What the three are called.
        """
        heights = range(len(plans) - 1, -1, -1)
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 1.1 + 0.5 * len(plans)), layout="constrained")
            axes = canvas.subplots()
            begin = [0] * len(plans)
            for place, label in enumerate(legend):
                counts = [each[place] for each in plans.values()]
                if any(counts):
                    self._layer(axes, place, begin, counts, label)
                begin = [left + count for left, count in zip(begin, counts, strict=True)]
            axes.set_yticks(heights, list(plans), fontsize=11.5)
            axes.set_xlim(0, max(*begin, 1))
            axes.grid(visible=False)
            axes.spines["left"].set_visible(False)
            self.numbers(axes.xaxis, "d")
            axes.set_xlabel(axis)
            canvas.legend(loc="outside upper left", ncols=len(LAYERS), fontsize=11.5)
            return svg(canvas, name)

    def _layer(
        self, axes: Axes, place: int, begin: Sequence[int], counts: Sequence[int], label: str
    ) -> None:
        heights, is_full = range(len(counts) - 1, -1, -1), place == 0
        colour, hatch = LAYERS[place]
        axes.barh(
            heights,
            counts,
            left=begin,
            height=0.6,
            color=colour,
            hatch=hatch,
            edgecolor="white" if is_full else FAINT,
            label=label,
        )
        for height, left, count in zip(heights, begin, counts, strict=True):
            if count:
                axes.text(
                    left + count / 2,
                    height,
                    self.number(count, "d"),
                    ha="center",
                    va="center",
                    fontweight="bold",
                    color="white" if is_full else INK,
                    bbox=None if is_full else HALO,
                )

    def _beside(self, axes: Axes, value: float, height: int, told: str) -> None:
        axes.annotate(
            told,
            (value, height),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
        )


def _mark(colour: str, shape: str, size: float, fill: str) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": shape,
        "markersize": size,
        "markerfacecolor": fill,
        "markeredgecolor": colour,
        "markeredgewidth": 1.6,
        "clip_on": False,
    }


def _bare(axes: Axes) -> None:
    """Leave no more of a drawing than its bars: their values stand beside them."""
    axes.grid(visible=False)
    axes.set_xticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
