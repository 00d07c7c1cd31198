"""Plots of a plan: what units lack before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from pipelines.pages.drawing import MODEL, OTHER, WIDTH, Drawings, style, svg

Ends = tuple[float, float]
"""Before and after."""


@dataclass(frozen=True)
class Plots(Drawings):
    """Draws in one language."""

    def change(
        self, name: str, units: Mapping[str, Ends], axis: str, legend: tuple[str, str]
    ) -> str:
        """Return a line a unit, from what it lacks before to what it lacks after.

        Args:
            name: Of the plot.
            units: By what each is called, from the top.
            axis: What is shown.
            legend: What before and after are called.
        """
        heights = range(len(units) - 1, -1, -1)
        before, after = zip(*units.values(), strict=True)
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 1.15 + 0.3 * len(units)), layout="constrained")
            axes = canvas.subplots()
            axes.hlines(heights, before, after, color=MODEL, alpha=0.4, linewidth=3.2)
            for values, colour, marker, size, fill, label in (
                (before, OTHER, "D", 7.5, "white", legend[0]),
                (after, MODEL, "o", 9, MODEL, legend[1]),
            ):
                axes.plot(
                    values,
                    heights,
                    linestyle="none",
                    marker=marker,
                    markersize=size,
                    markerfacecolor=fill,
                    markeredgecolor=colour,
                    markeredgewidth=1.6,
                    clip_on=False,
                    label=label,
                )
            axes.set_yticks(heights, list(units), fontsize=11.5)
            axes.tick_params(axis="y", pad=9)  # a mark at 0 stands clear of the names
            axes.set_ylim(-0.6, len(units) - 0.4)
            axes.set_xlim(left=min(0, *before, *after))
            axes.margins(x=0.05)
            axes.grid(visible=False, axis="y")
            axes.spines["left"].set_visible(False)
            self.numbers(axes.xaxis, ".1f")
            axes.set_xlabel(axis)
            canvas.legend(loc="outside upper left", ncols=2, fontsize=11.5)
            return svg(canvas, name)
