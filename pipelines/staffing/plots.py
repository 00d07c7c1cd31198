"""Plots of staffing: need and people, retirements to come, predictions looked back on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from pipelines.pages.drawing import MODEL, OTHER, TARGET, WIDTH, Drawings, canvas_of, style, svg
from pipelines.staffing.schema import Point, Trial

LAYERS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#c9d1d9")
"""Colours of layers (Okabe and Ito), the last for all others."""

HATCHES = ("", "//", "..", "xx", "\\\\", "")
"""What tells the layers apart without colour."""

ACROSS = 3


@dataclass(frozen=True)
class Plots(Drawings):
    """Draws in one language."""

    def trend(
        self, name: str, sectors: Mapping[str, Sequence[Point]], legend: tuple[str, str]
    ) -> str:
        """Return need and people of some sectors, year by year, each in a small drawing.

        Args:
            name: Of the plot.
            sectors: Points by what the sector is called, the oldest first.
            legend: What need and people are called.
        """
        down = -(-len(sectors) // ACROSS)
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 0.5 + 2.1 * down), layout="constrained")
            grid = canvas.subplots(down, ACROSS, squeeze=False).ravel()
            for axes, (title, points) in zip(grid, sectors.items(), strict=False):
                self._sector(axes, title, points)
            for axes in grid[len(sectors) :]:
                axes.set_axis_off()
            handles, _ = grid[0].get_legend_handles_labels()
            canvas.legend(handles, legend, loc="outside upper left", ncols=2, fontsize=11.5)
            return svg(canvas, name)

    def _sector(self, axes: Axes, title: str, points: Sequence[Point]) -> None:
        years = [point.day.year for point in points]
        needed = [point.needed if point.is_assessed else np.nan for point in points]
        axes.plot(years, needed, color=TARGET, linestyle=(0, (5, 3)), linewidth=1.8, label="needed")
        filled = [point.filled for point in points]
        axes.plot(
            years, filled, color=MODEL, marker="o", markersize=4, linewidth=1.8, label="filled"
        )
        axes.set_title(title, fontsize=11.5, loc="left")
        axes.set_ylim(0, 1.15 * np.nanmax([*needed, *filled, 1.0]))
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.xaxis.set_major_formatter("{x:.0f}")
        self.numbers(axes.yaxis, "d")

    def wave(
        self, name: str, years: Sequence[int], layers: Mapping[str, Sequence[int]], axis: str
    ) -> str:
        """Return how many retire in each year to come, a layer a sector.

        Args:
            name: Of the plot.
            years: The calendar years.
            layers: People in each year by what the sector is called.
            axis: What lies up.
        """
        with mpl.rc_context(style(name)):
            canvas = Canvas(figsize=(2 * WIDTH, 4.2), layout="constrained")
            axes = canvas.subplots()
            below = np.zeros(len(years))
            for place, (label, people) in enumerate(layers.items()):
                number = min(place, len(LAYERS) - 1)
                axes.bar(
                    years,
                    people,
                    bottom=below,
                    width=0.72,
                    color=LAYERS[number],
                    hatch=HATCHES[number],
                    edgecolor="white",
                    linewidth=0.6,
                    label=label,
                )
                below += np.array(people)
            for year, total in zip(years, below, strict=True):
                axes.annotate(
                    self.number(total, ".0f"),
                    (year, total),
                    xytext=(0, 3),
                    textcoords="offset points",
                    ha="center",
                    fontsize=10.5,
                    fontweight="bold",
                )
            axes.set_xticks(years, [str(year) for year in years])
            axes.grid(visible=False, axis="x")
            axes.margins(y=0.1)
            self.numbers(axes.yaxis, "d")
            axes.set_ylabel(axis)
            canvas.legend(loc="outside upper left", ncols=len(layers), fontsize=10.5)
            return svg(canvas, name)

    def trials(self, name: str, trials: Sequence[Trial], legend: tuple[str, str, str]) -> str:
        """Return what was predicted each year, with its interval, beside what came.

        Args:
            name: Of the plot.
            trials: One a year.
            legend: What came, the prediction and the baseline are called.
        """
        places = np.arange(len(trials))
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.6)
            axes.vlines(
                places,
                [trial.low for trial in trials],
                [trial.high for trial in trials],
                color=MODEL,
                alpha=0.35,
                linewidth=7,
            )
            for values, colour, marker, label in (
                ([trial.actual for trial in trials], TARGET, "_", legend[0]),
                ([trial.predicted for trial in trials], MODEL, "o", legend[1]),
                ([trial.baseline for trial in trials], OTHER, "D", legend[2]),
            ):
                axes.plot(
                    places,
                    values,
                    linestyle="none",
                    marker=marker,
                    markersize=17 if marker == "_" else 6.5,
                    markeredgewidth=2.4 if marker == "_" else 1.4,
                    markerfacecolor=colour if marker == "o" else "white",
                    markeredgecolor=colour,
                    label=label,
                )
            axes.set_xticks(places, [str(trial.day.year) for trial in trials])
            axes.set_xlim(-0.6, len(trials) - 0.4)
            axes.grid(visible=False, axis="x")
            axes.margins(y=0.12)
            self.numbers(axes.yaxis, "d")
            axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=10)
            return svg(canvas, name)
