"""What the figures of a report are called and how they are written, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from mutasi.i18n import has_words, render
from pipelines.evaluation.schema import Comparison, Difference, Report
from pipelines.pages import document as pages
from pipelines.pages.document import UNKNOWN
from pipelines.pages.figure import Figure

SPECS: Mapping[str, str] = {
    "rmse": ".2f",
    "mae": ".2f",
    "bias": "+.2f",
    "pearson": ".2f",
    "within": ".2f",
    "spearman": ".2f",
    "log_loss": ".3f",
    "brier": ".3f",
    "auc": ".3f",
    "ece": ".1%",
    "ndcg": ".3f",
    "coverage": ".1%",
    "chance_rmse": ".1%",
    "chance_bias": "+.1%",
    "share": ".2%",
    "ratio": ".0%",
    "given": "+.2f",
    "worth": ".2f",
    "gain": "+.1f",
}
"""How the values of each measure are written."""

OVER = "over_"
"""Begins the name of a headline figure that is a difference to a baseline."""


@dataclass(frozen=True)
class Words(pages.Words):
    """Says keys and numbers of the report in one language."""

    section: str = "evaluate"

    def figure(self, found: Figure | None, measure: str) -> tuple[str, str]:
        """Return a figure of a measure, and its interval or nothing."""
        return self._written(found, SPECS[measure])

    def change(self, found: Difference | Figure, measure: str) -> tuple[str, str]:
        """Return a difference with its sign, and its interval or nothing."""
        ends = found.difference if isinstance(found, Difference) else found
        return self._written(ends, f"+{SPECS[measure].removeprefix('+')}")

    def _written(self, found: Figure | None, spec: str) -> tuple[str, str]:
        if found is None:
            return UNKNOWN, ""
        if found.low is None or found.high is None:
            return self.num(found.value, spec), ""
        return (
            self.num(found.value, spec),
            f"{self.num(found.low, spec)} … {self.num(found.high, spec)}",
        )

    def predictor(self, name: str) -> str:
        """Return what a predictor is called."""
        return self.say(f"predictor.{name}")

    def predictors(self, found: Comparison) -> dict[str, str]:
        """Return what each predictor of a comparison is called."""
        return {name: self.predictor(name) for name in found.predictors}

    def headline(self, name: str) -> tuple[str, str]:
        """Return what a headline figure is called, and the measure that says how it is written."""
        part, figure = name.split(".")
        if part == "fairness":
            return self.say("figure.fairness", attribute=self.say(f"attribute.{figure}")), "ratio"
        title = self.say(f"{part}.title")
        if figure.startswith(OVER):
            rival = self.predictor(figure.removeprefix(OVER))
            measure = "rmse" if part == "performance" else "log_loss"
            return self.say("figure.over", part=title, rival=rival), measure
        key = f"figure.{part}_{figure}"
        if has_words(f"{self.section}.{key}", self.language):
            return self.say(key), HEADLINE_MEASURES.get(name, figure)
        return self.say("figure.of", part=title, measure=self.say(f"measure.{figure}")), figure


HEADLINE_MEASURES = {
    "evidence.without": "coverage",
    "truth.gain_rmse": "rmse",
    "truth.gain_coverage": "coverage",
}
"""How headline figures with a name of their own are written, where not as their name says."""


def thin(report: Report, words: Words) -> list[str]:
    """Return a warning for every part that rests on few data."""
    parts = {
        "performance.title": report.performance,
        "acceptance.title": report.acceptance,
        "movers.title": report.movers,
        "choices.title": report.choices,
    }
    return [
        words.say("gap.thin", part=words.say(key))
        for key, part in parts.items()
        if part is not None and part.comparison.is_thin
    ]


def remarks(report: Report, words: Words) -> list[str]:
    """Return what could not be evaluated, and which parts rest on few data."""
    gaps = [
        render(
            gap.code if "." in gap.code else f"evaluate.gap.{gap.code}", words.language, **gap.facts
        )
        for gap in report.gaps
    ]
    return gaps + thin(report, words)
