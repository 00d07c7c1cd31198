"""Drawings as SVG that stands inside a page: text stays text, no address.

Colours are Okabe and Ito's, which people of every colour vision tell apart; what
a colour says, a shape or a word says too.  The same figures give the same bytes.
"""

import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipelines.pages.figure import Figure

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
class Drawings:
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
        main: Collection[str] = ("model",),
    ) -> str:
        """Return one line per figure: its value, its interval, its value in words.

        Args:
            name: Of the plot; marks its parts.
            figures: By what each is of.
            labels: What each line is called.
            axis: What is shown.
            spec: Format of the values.
            main: Lines that are filled discs; the others are diamonds.
        """
        shown = [(key, found) for key, found in figures.items() if found.value is not None]
        with mpl.rc_context(style(name)):
            canvas, axes = canvas_of(0.95 + 0.38 * len(shown))
            for line, (key, found) in enumerate(shown):
                self._dot(axes, len(shown) - 1 - line, found, spec, is_main=key in main)
            axes.set_yticks(
                range(len(shown)), [labels[key] for key, _ in reversed(shown)], fontsize=11.5
            )
            axes.set_ylim(-0.6, len(shown) - 0.4)
            axes.grid(visible=False, axis="y")
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.12)
            self.numbers(axes.xaxis, spec)
            axes.set_xlabel(axis)
            return svg(canvas, name)

    def _dot(self, axes: Axes, height: int, found: Figure, spec: str, *, is_main: bool) -> None:
        assert found.value is not None, "only figures that were found are drawn"
        colour = MODEL if is_main else OTHER
        if found.low is not None and found.high is not None:
            axes.plot(
                [found.low, found.high],
                [height, height],
                color=colour,
                linewidth=3.2 if is_main else 1.8,
                solid_capstyle="butt",
                alpha=0.55,
            )
        axes.plot(
            [found.value],
            [height],
            marker="o" if is_main else "D",
            markersize=9 if is_main else 6.5,
            markerfacecolor=colour if is_main else "white",
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
            fontweight="bold" if is_main else "normal",
            color=colour,
        )

    def numbers(self, axis: Any, spec: str) -> None:
        """Write the numbers along an axis as the language does."""
        axis.set_major_locator(MaxNLocator(5))
        ticks = ".0%" if spec.endswith("%") else ".4g"
        axis.set_major_formatter(FuncFormatter(lambda value, _: self.number(value, ticks)))


def style(name: str) -> Any:
    """Return how a drawing looks; its name makes its ids its own."""
    return {**STYLE, "svg.hashsalt": name}


def canvas_of(height: float) -> tuple[Canvas, Axes]:
    """Return an empty drawing of a height in inches, :data:`WIDTH` wide."""
    canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
    return canvas, canvas.subplots()


def svg(canvas: Canvas, name: str) -> str:
    """Return the drawing as an element of a page: its own names, the page's letters."""
    written = io.StringIO()
    canvas.savefig(written, format="svg", metadata={"Date": None})
    text = NOT_FOR_A_PAGE.sub("", written.getvalue())
    text = FONT.sub(_font, text)
    return NAMED.sub(rf"\g<1>{name}-", text).strip()


def standalone(drawing: str) -> str:
    """Return a drawing of a page as a file of its own."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return drawing.replace("<svg", f"<svg {names}", 1) + "\n"


def _font(match: re.Match[str]) -> str:
    if match[2] is None:
        return ""
    weight = f"font-weight: {match[1]}; " if match[1] else ""
    return f"{weight}font-size: {match[2]}"
