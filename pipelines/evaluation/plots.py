"""Plots of the evaluation: what was predicted, what came, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes

from pipelines.evaluation.schema import Bins, Year
from pipelines.pages.drawing import MODEL, OTHER, TARGET, Drawings, canvas_of, style, svg
from pipelines.pages.figure import Figure


@dataclass(frozen=True)
class Plots(Drawings):
    """Draws in one language."""

    def curve(
        self,
        name: str,
        found: Bins,
        axes_labels: tuple[str, str],
        legend: tuple[str, str],
        spec: str,
    ) -> str:
        """Return what was predicted against what came, with its band and the line of equality.

        Args:
            name: Of the plot.
            found: The bins.
            axes_labels: What lies along and up.
            legend: What the dots and the line are called.
            spec: Format of the values.
        """
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.9)
            ends = [*found.predicted, *found.low, *found.high]
            low, high = min(ends), max(ends)
            if spec.endswith("%"):
                low, high = max(low, 0.0), min(high, 1.0)
            axes.plot(
                [low, high], [low, high], color=TARGET, linestyle=(0, (5, 4)), label=legend[1]
            )
            axes.fill_between(
                found.predicted, found.low, found.high, color=MODEL, alpha=0.16, linewidth=0
            )
            axes.plot(
                found.predicted,
                found.observed,
                color=MODEL,
                marker="o",
                markersize=6.5,
                linewidth=1.6,
                label=legend[0],
            )
            self.numbers(axes.xaxis, spec)
            self.numbers(axes.yaxis, spec)
            axes.set_xlabel(axes_labels[0])
            axes.set_ylabel(axes_labels[1])
            axes.legend(loc="upper left", fontsize=10.5)
            return svg(canvas, name)

    def years(
        self,
        name: str,
        years: Sequence[Year],
        labels: Mapping[str, str],
        axis: str,
    ) -> str:
        """Return the main figure year by year, of the model and its rival, side by side."""
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.4)
            years = [year for year in years if year.figures]
            keys = [key for key in labels if all(key in year.figures for year in years)]
            for place, key in enumerate(keys):
                shift = 0.14 * (2 * place - (len(keys) - 1))
                found = [year.figures[key] for year in years]
                _marks(
                    axes,
                    [number + shift for number in range(len(years))],
                    found,
                    labels[key],
                    is_model=key == "model",
                )
            axes.set_xticks(range(len(years)), [str(year.year) for year in years])
            axes.set_xlim(-0.6, len(years) - 0.4)
            axes.grid(visible=False, axis="x")
            axes.margins(y=0.12)
            self.numbers(axes.yaxis, ".4g")
            axes.set_ylabel(axis)
            _legend_above(axes)
            return svg(canvas, name)

    def coverage(
        self,
        name: str,
        found: Mapping[str, Figure],
        nominal: float,
        legend: tuple[str, str],
        axis: str,
    ) -> str:
        """Return how often intervals held, beside what was promised.

        Args:
            name: Of the plot.
            found: Shares by what they are of.
            nominal: What was promised.
            legend: What the dots and the line are called.
            axis: What is shown.
        """
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(3.4)
            axes.axhline(nominal, color=TARGET, linestyle=(0, (5, 4)), label=legend[1])
            _marks(axes, list(range(len(found))), list(found.values()), legend[0], is_model=True)
            axes.set_xticks(range(len(found)), list(found))
            axes.set_xlim(-0.6, len(found) - 0.4)
            axes.grid(visible=False, axis="x")
            axes.set_ylim(top=min(axes.get_ylim()[1] + 0.01, 1.005))
            self.numbers(axes.yaxis, ".0%")
            axes.set_ylabel(axis)
            _legend_above(axes)
            return svg(canvas, name)

    def ratios(
        self,
        name: str,
        found: Mapping[str, tuple[Figure, Figure | None]],
        bound: float,
        legend: tuple[str, str, str],
        axis: str,
    ) -> str:
        """Return ratios of the model and, below each, of those who chose in the past.

        Args:
            name: Of the plot.
            found: By group: the model's ratio, and that of past choices.
            bound: Ratio below which treatment counts as unequal.
            legend: What the model, past choices and the bound are called.
            axis: What is shown.
        """
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(1.25 + 0.44 * len(found))
            axes.axvline(bound, color=TARGET, linestyle=(0, (5, 4)), label=legend[2])
            heights = range(len(found) - 1, -1, -1)
            model = [pair[0] for pair in found.values()]
            past = [pair[1] or Figure(value=None) for pair in found.values()]
            _marks(
                axes,
                [height + 0.15 for height in heights],
                model,
                legend[0],
                is_model=True,
                is_upright=False,
            )
            _marks(
                axes,
                [height - 0.2 for height in heights],
                past,
                legend[1],
                is_model=False,
                is_upright=False,
            )
            axes.set_yticks(list(heights), list(found), fontsize=11.0)
            axes.set_ylim(-0.7, len(found) - 0.3)
            axes.set_xlim(left=0.0)
            axes.grid(visible=False, axis="y")
            axes.spines["left"].set_visible(False)
            self.numbers(axes.xaxis, ".0%")
            axes.set_xlabel(axis)
            axes.legend(
                loc="lower left",
                bbox_to_anchor=(-0.3, 1.0),
                ncols=3,
                fontsize=10,
                handletextpad=0.4,
            )
            return svg(canvas, name)


def _marks(
    axes: Axes,
    places: Sequence[float],
    found: Sequence[Figure],
    label: str,
    *,
    is_model: bool,
    is_upright: bool = True,
) -> None:
    """Draw figures with their intervals at places along the other axis."""
    colour = MODEL if is_model else OTHER

    def points(place: Sequence[float], value: Sequence[float]) -> tuple[Sequence[float], ...]:
        return (place, value) if is_upright else (value, place)

    for place, figure in zip(places, found, strict=True):
        if figure.low is not None and figure.high is not None:
            ends = points([place, place], [figure.low, figure.high])
            axes.plot(*ends, color=colour, alpha=0.5, lw=2.4)
    values = [figure.value if figure.value is not None else float("nan") for figure in found]
    axes.plot(
        *points(places, values),
        linestyle="none",
        marker="o" if is_model else "D",
        markersize=8 if is_model else 6,
        markerfacecolor=colour if is_model else "white",
        markeredgecolor=colour,
        markeredgewidth=1.6,
        label=label,
    )


def _legend_above(axes: Axes) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=10.5, handletextpad=0.4
    )
