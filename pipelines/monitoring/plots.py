"""Plots of monitoring: indices beside their bounds, chances beside answers, courses."""

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np

from pipelines.monitoring.schema import Bins, Course
from pipelines.pages.drawing import MODEL, OTHER, TARGET, Drawings, canvas_of, style, svg

MOST_DAYS = 5
"""Days that are written along a course."""


@dataclass(frozen=True)
class Line:
    """One figure beside what it must not exceed.

    Attributes:
        label: What it is called.
        value: The figure.
        low: Lower end of its interval.
        high: Upper end.
        bound: What it must not exceed.
        is_beyond: Whether it is told of as a change.
    """

    label: str
    value: float
    low: float
    high: float
    bound: float
    is_beyond: bool


@dataclass(frozen=True)
class Plots(Drawings):
    """Draws in one language."""

    def bounded(self, name: str, lines: Sequence[Line], axis: str, legend: tuple[str, str]) -> str:
        """Return figures with their intervals, each beside its bound.

        Args:
            name: Of the plot.
            lines: The figures, the worst first.
            axis: What is shown.
            legend: What the figures and the bounds are called.
        """
        heights = np.arange(len(lines))[::-1]
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(1.1 + 0.36 * len(lines))
            for height, line in zip(heights, lines, strict=True):
                colour = TARGET if line.is_beyond else MODEL
                axes.plot([line.low, line.high], [height, height], color=colour, alpha=0.5, lw=3)
                axes.plot(
                    [line.value],
                    [height],
                    marker="D" if line.is_beyond else "o",
                    markersize=7.5,
                    color=colour,
                    linestyle="none",
                    label=legend[0] if height == heights[-1] else None,
                )
                axes.plot(
                    [line.bound],
                    [height],
                    marker="|",
                    markersize=17,
                    markeredgewidth=2.2,
                    color=OTHER,
                    linestyle="none",
                    label=legend[1] if height == heights[-1] else None,
                )
            axes.set_yticks(heights, [line.label for line in lines], fontsize=10.5)
            axes.set_ylim(-0.6, len(lines) - 0.4)
            axes.set_xlim(left=0.0)
            axes.grid(visible=False, axis="y")
            self.numbers(axes.xaxis, ".2f")
            axes.set_xlabel(axis)
            axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=10)
            return svg(canvas, name)

    def stated(
        self, name: str, bins: Bins, axes_labels: tuple[str, str], legend: tuple[str, str]
    ) -> str:
        """Return the share that came of each stated chance, and the line of equality.

        Args:
            name: Of the plot.
            bins: The bins.
            axes_labels: What lies along and up.
            legend: What the dots and the line are called.
        """
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.7)
            low = min(*bins.stated, *bins.low)
            axes.plot([low, 1.0], [low, 1.0], color=TARGET, linestyle=(0, (5, 4)), label=legend[1])
            axes.vlines(bins.stated, bins.low, bins.high, color=MODEL, alpha=0.4, linewidth=3)
            axes.plot(
                bins.stated,
                bins.observed,
                linestyle="none",
                marker="o",
                markersize=7,
                color=MODEL,
                label=legend[0],
            )
            for axis in (axes.xaxis, axes.yaxis):
                self.numbers(axis, ".0%")
            axes.set_xlabel(axes_labels[0])
            axes.set_ylabel(axes_labels[1])
            axes.legend(loc="upper left", fontsize=10.5)
            return svg(canvas, name)

    def course(self, name: str, course: Course, axis: str, legend: tuple[str, str, str]) -> str:
        """Return what came above and below the predictions, added up day by day.

        Args:
            name: Of the plot.
            course: The course.
            axis: What lies up.
            legend: What the sums above and below, and the bounds, are called.
        """
        places = np.arange(len(course.days))
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.4)
            for bound in (course.bound, -course.bound):
                axes.axhline(
                    bound,
                    color=TARGET,
                    linestyle=(0, (5, 4)),
                    label=legend[2] if bound > 0 else None,
                )
            axes.axhline(0.0, color="#52606d", linewidth=0.8)
            axes.step(
                places, course.above, where="post", color=MODEL, linewidth=1.8, label=legend[0]
            )
            axes.step(
                places,
                [-value for value in course.below],
                where="post",
                color=OTHER,
                linewidth=1.8,
                linestyle="-.",
                label=legend[1],
            )
            shown = np.unique(np.linspace(0, len(places) - 1, MOST_DAYS).astype(int))
            axes.set_xticks(shown, [course.days[place] for place in shown], fontsize=9.5)
            axes.grid(visible=False, axis="x")
            self.numbers(axes.yaxis, ".0f")
            axes.set_ylabel(axis)
            axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=9.5)
            return svg(canvas, name)
