"""Plots of the report as SVG that stands inside a page: text stays text, no address.

Colours are Okabe and Ito's, which people of every colour vision tell apart; what
a colour says, a shape or a word says too.  The same figures give the same bytes.
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipelines.evaluation.schema import Bins, Figure, Year

MODEL, OTHER, TARGET, INK, FAINT = "#0072B2", "#8a5a00", "#b34700", "#1f2933", "#c9d1d9"
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": 11.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "axes.grid": True,
    "grid.color": "#e8ecef",
    "axes.axisbelow": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.frameon": False,
}
NOT_FOR_A_PAGE = re.compile(
    r"<\?xml.*?\?>|<defs>\s*<style.*?</style>\s*</defs>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|\s(?:xmlns(?::\w+)?|version)=\"[^\"]*\"",
    re.DOTALL,
)
FONT = re.compile(r"font: (?:(\w+) )?([\d.]+px) '[^\"]*?(?=;|\")|font-family: [^;\"]*;? ?")
NAMED = re.compile(r'(\bid="|\bxlink:href="#|url\(#)')
WIDTH = 6.0


@dataclass(frozen=True)
class Plots:
    """Draws in one language.

    Attributes:
        number: Says a number: value and format.
    """

    number: Callable[[float, str], str]

    def dots(
        self,
        name: str,
        figures: Mapping[str, Figure],
        labels: Mapping[str, str],
        axis: str,
        spec: str,
    ) -> str:
        """Return one line per predictor: the figure, its interval, its value in words.

        Args:
            name: Of the plot; marks its parts.
            figures: By predictor; the model is the filled disc.
            labels: What each predictor is called.
            axis: What is shown.
            spec: Format of the values.
        """
        shown = [(key, found) for key, found in figures.items() if found.value is not None]
        with mpl.rc_context(_style(name)):
            canvas, axes = _canvas(0.95 + 0.38 * len(shown))
            for line, (key, found) in enumerate(shown):
                self._dot(axes, len(shown) - 1 - line, found, spec, is_model=key == "model")
            axes.set_yticks(
                range(len(shown)), [labels[key] for key, _ in reversed(shown)], fontsize=11.5
            )
            axes.set_ylim(-0.6, len(shown) - 0.4)
            axes.grid(visible=False, axis="y")
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.12)
            self._numbers(axes.xaxis, spec)
            axes.set_xlabel(axis)
            return _svg(canvas, name)

    def _dot(self, axes: Axes, height: int, found: Figure, spec: str, *, is_model: bool) -> None:
        assert found.value is not None, "only figures that were found are drawn"
        colour = MODEL if is_model else OTHER
        if found.low is not None and found.high is not None:
            axes.plot(
                [found.low, found.high],
                [height, height],
                color=colour,
                linewidth=3.2 if is_model else 1.8,
                solid_capstyle="butt",
                alpha=0.55,
            )
        axes.plot(
            [found.value],
            [height],
            marker="o" if is_model else "D",
            markersize=9 if is_model else 6.5,
            markerfacecolor=colour if is_model else "white",
            markeredgecolor=colour,
            markeredgewidth=1.6,
        )
        axes.annotate(
            self.number(found.value, spec),
            (found.value, height),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=10.5,
            fontweight="bold" if is_model else "normal",
            color=colour,
        )

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
        with mpl.rc_context(_style(name)):
            canvas, axes = _canvas(3.9)
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
            self._numbers(axes.xaxis, spec)
            self._numbers(axes.yaxis, spec)
            axes.set_xlabel(axes_labels[0])
            axes.set_ylabel(axes_labels[1])
            axes.legend(loc="upper left", fontsize=10.5)
            return _svg(canvas, name)

    def years(
        self,
        name: str,
        years: Sequence[Year],
        labels: Mapping[str, str],
        axis: str,
    ) -> str:
        """Return the main figure year by year, of the model and its rival, side by side."""
        with mpl.rc_context(_style(name)):
            canvas, axes = _canvas(3.4)
            keys = [key for key in labels if all(key in year.figures for year in years)]
            for place, key in enumerate(keys):
                shift = 0.14 * (2 * place - (len(keys) - 1))
                found = [year.figures[key] for year in years]
                _bars(
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
            self._numbers(axes.yaxis, ".4g")
            axes.set_ylabel(axis)
            _legend_above(axes)
            return _svg(canvas, name)

    def coverage(
        self,
        name: str,
        years: Sequence[Year],
        nominal: float,
        legend: tuple[str, str],
        axis: str,
    ) -> str:
        """Return how often the interval held, year by year, beside what was promised."""
        known = [year for year in years if year.coverage is not None]
        with mpl.rc_context(_style(name)):
            canvas, axes = _canvas(3.4)
            axes.axhline(nominal, color=TARGET, linestyle=(0, (5, 4)), label=legend[1])
            found = [year.coverage for year in known if year.coverage is not None]
            _bars(axes, list(range(len(known))), found, legend[0], is_model=True)
            axes.set_xticks(range(len(known)), [str(year.year) for year in known])
            axes.set_xlim(-0.6, len(known) - 0.4)
            axes.grid(visible=False, axis="x")
            axes.set_ylim(top=min(axes.get_ylim()[1] + 0.01, 1.005))
            self._numbers(axes.yaxis, ".0%")
            axes.set_ylabel(axis)
            _legend_above(axes)
            return _svg(canvas, name)

    def _numbers(self, axis: Any, spec: str) -> None:
        axis.set_major_locator(MaxNLocator(5))
        ticks = ".0%" if spec.endswith("%") else ".4g"
        axis.set_major_formatter(FuncFormatter(lambda value, _: self.number(value, ticks)))


def _bars(
    axes: Axes, places: Sequence[float], found: Sequence[Figure], label: str, *, is_model: bool
) -> None:
    colour = MODEL if is_model else OTHER
    values = [figure.value if figure.value is not None else float("nan") for figure in found]
    for place, figure in zip(places, found, strict=True):
        if figure.low is not None and figure.high is not None:
            axes.plot([place, place], [figure.low, figure.high], color=colour, alpha=0.5, lw=2.4)
    axes.plot(
        places,
        values,
        linestyle="none",
        marker="o" if is_model else "D",
        markersize=8 if is_model else 6.5,
        markerfacecolor=colour if is_model else "white",
        markeredgecolor=colour,
        markeredgewidth=1.6,
        label=label,
    )


def _legend_above(axes: Axes) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=10.5, handletextpad=0.4
    )


def _style(name: str) -> Any:
    return {**STYLE, "svg.hashsalt": name}


def _canvas(height: float) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
    return canvas, canvas.subplots()


def _svg(canvas: Canvas, name: str) -> str:
    """Return the drawing as an element of a page: its own names, the page's letters."""
    written = io.StringIO()
    canvas.savefig(written, format="svg", metadata={"Date": None})
    text = NOT_FOR_A_PAGE.sub("", written.getvalue())
    text = FONT.sub(_font, text)
    return NAMED.sub(rf"\g<1>{name}-", text).strip()


def _font(match: re.Match[str]) -> str:
    if match[2] is None:
        return ""
    weight = f"font-weight: {match[1]}; " if match[1] else ""
    return f"{weight}font-size: {match[2]}"
