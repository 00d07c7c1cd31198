"""The report as one HTML page that needs nothing else: words, tables, plots."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.evaluation.plots import Plots
from pipelines.evaluation.schema import Comparison, Difference, Report, Task, Verdict
from pipelines.pages import document as pages
from pipelines.pages.document import UNKNOWN, document
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
    "chance_rmse": ".1%",
    "chance_bias": "+.1%",
}
"""How the values of each measure are written."""

TEMPLATE = "evaluation.html.j2"


def page(report: Report, language: str) -> str:
    """Return the report as HTML."""
    words = Words(language)
    return document(
        TEMPLATE,
        words,
        drawn(report, words),
        report=report,
        figure=words.figure,
        change=words.change,
        specs=SPECS,
        cards=cards(report, words),
        headline=headline(report),
        gaps=[words.say(f"gap.{gap.code}", **gap.facts) for gap in report.gaps]
        + thin(report, words),
    )


@dataclass(frozen=True)
class Words(pages.Words):
    """Says keys and numbers of the report in one language."""

    section: str = "evaluate"

    def figure(self, found: Figure | None, measure: str) -> tuple[str, str]:
        """Return a figure of a measure, and its interval or nothing."""
        if found is None:
            return UNKNOWN, ""
        spec = SPECS[measure]
        if found.low is None or found.high is None:
            return self.num(found.value, spec), ""
        return self.num(
            found.value, spec
        ), f"{self.num(found.low, spec)} … {self.num(found.high, spec)}"

    def change(self, found: Difference, measure: str) -> tuple[str, str]:
        """Return a difference with its sign, and its interval or nothing."""
        spec = f"+{SPECS[measure].removeprefix('+')}"
        ends = found.difference
        if ends.low is None or ends.high is None:
            return self.num(ends.value, spec), ""
        return self.num(
            ends.value, spec
        ), f"{self.num(ends.low, spec)} … {self.num(ends.high, spec)}"

    def predictor(self, name: str) -> str:
        """Return what a predictor is called."""
        return self.say(f"predictor.{name}")

    def predictors(self, found: Comparison) -> dict[str, str]:
        """Return what each predictor of a comparison is called."""
        return {name: self.predictor(name) for name in found.predictors}


@dataclass(frozen=True)
class Card:
    """One task in plain words, for the first page.

    Attributes:
        part: ``performance``, ``acceptance`` or ``lists``: what it is about.
        verdict: Model against the best baseline, or ``untested``.
        sentences: What was found, the most important first.
        count: Cases behind it.
    """

    part: str
    verdict: str
    sentences: tuple[str, ...]
    count: int | None


def headline(report: Report) -> str:
    """Return the worst that must be said of the model: better, unsure, worse or untested."""
    found = [
        part.comparison.verdict
        for part in (report.performance, report.acceptance, report.movers)
        if part is not None
    ]
    if not found:
        return "untested"
    for verdict in (Verdict.WORSE, Verdict.UNSURE):
        if verdict in found:
            return verdict.value
    return Verdict.BETTER.value


def cards(report: Report, words: Words) -> list[Card]:
    """Return the first page: one card per task."""
    return [
        _task_card("performance", report.performance, words),
        _task_card("acceptance", report.acceptance, words),
        _lists_card(report, words),
    ]


def _task_card(part: str, task: Task | None, words: Words) -> Card:
    if task is None:
        return Card(part, "untested", (words.say(f"{part}.untested"),), None)
    found = task.comparison
    rival = words.predictor(found.rival)
    sentences = [
        words.say(f"{part}.{found.verdict.value}", rival=rival),
        words.say(
            f"{part}.pairs",
            rival=rival,
            model=task.concordance["model"],
            other=task.concordance[found.rival],
        ),
    ]
    if task.coverage is not None:
        held = task.coverage.realised
        short = held.high is not None and held.high < task.coverage.nominal
        sentences.append(
            words.say(f"performance.{'held_short' if short else 'held'}", held=held.value)
        )
    if "ece" in found.measures:
        ece = found.predictors["model"]["ece"].value
        sentences.append(words.say("acceptance.honest", ece_points=100 * (ece or 0.0)))
    return Card(part, found.verdict.value, tuple(sentences), found.count)


def _lists_card(report: Report, words: Words) -> Card:
    if report.movers is None:
        return Card("lists", "untested", (words.say("movers.untested"),), None)
    found = report.movers.comparison
    rival = words.predictor(found.rival)
    sentences = (
        words.say(f"movers.{found.verdict.value}", rival=rival),
        words.say(
            "movers.plain",
            rival=rival,
            model=found.predictors["model"]["ndcg"].value,
            other=found.predictors[found.rival]["ndcg"].value,
            random=found.predictors["random"]["ndcg"].value,
        ),
    )
    return Card("lists", found.verdict.value, sentences, found.count)


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


def drawn(report: Report, words: Words) -> dict[str, str]:
    """Return every plot that the report has figures for, by name."""
    plots = Plots(words.num)
    found: dict[str, str] = {}
    if report.performance is not None:
        found |= _performance(plots, report.performance, words)
    if report.acceptance is not None:
        task = report.acceptance
        found |= _task(plots, "acceptance", task, words, "log_loss", ".0%")
        found["acceptance_auc"] = _dots(
            plots, "acceptance_auc", task.comparison, "auc", words, "acceptance.auc_axis"
        )
    for name, lists in (("movers", report.movers), ("choices", report.choices)):
        if lists is not None:
            found[name] = _dots(plots, name, lists.comparison, "ndcg", words, f"{name}.axis")
    return found | _truth(plots, report, words)


def _performance(plots: Plots, task: Task, words: Words) -> dict[str, str]:
    found = _task(plots, "performance", task, words, "rmse", ".0f")
    if task.coverage is not None:
        found["performance_coverage"] = plots.coverage(
            "performance_coverage",
            task.years,
            task.coverage.nominal,
            (words.say("performance.coverage_dot"), words.say("performance.coverage_line")),
            words.say("performance.coverage_axis"),
        )
    return found


def _task(
    plots: Plots, name: str, task: Task, words: Words, measure: str, scale: str
) -> dict[str, str]:
    compared = task.comparison
    shown = {key: words.predictor(key) for key in ("model", compared.rival)}
    return {
        f"{name}_dots": _dots(plots, f"{name}_dots", compared, measure, words, f"{name}.axis"),
        f"{name}_curve": plots.curve(
            f"{name}_curve",
            task.bins,
            (words.say(f"{name}.predicted"), words.say(f"{name}.observed")),
            (words.say(f"{name}.dot"), words.say(f"{name}.line")),
            scale,
        ),
        f"{name}_years": plots.years(
            f"{name}_years",
            task.years,
            shown,
            words.say(f"{name}.years_axis"),
        ),
    }


def _truth(plots: Plots, report: Report, words: Words) -> dict[str, str]:
    truth = report.truth
    if truth is None:
        return {}
    found = {
        "truth_lists": _dots(
            plots, "truth_lists", truth.lists.comparison, "ndcg", words, "truth.lists_axis"
        ),
        "truth_worth": plots.dots(
            "truth_worth",
            truth.worth,
            {key: words.predictor(key) for key in truth.worth},
            words.say("truth.worth_axis"),
            ".1f",
        ),
    }
    legend = (words.say("truth.dot"), words.say("truth.line"))
    if truth.performance_bins is not None:
        labels = (words.say("truth.predicted"), words.say("truth.true"))
        found["truth_performance"] = plots.curve(
            "truth_performance", truth.performance_bins, labels, legend, ".0f"
        )
    if truth.acceptance_bins is not None:
        labels = (words.say("truth.predicted_chance"), words.say("truth.true_chance"))
        found["truth_acceptance"] = plots.curve(
            "truth_acceptance", truth.acceptance_bins, labels, legend, ".0%"
        )
    return found


def _dots(plots: Plots, name: str, found: Comparison, measure: str, words: Words, axis: str) -> str:
    return plots.dots(
        name,
        {key: figures[measure] for key, figures in found.predictors.items()},
        words.predictors(found),
        words.say(axis),
        SPECS[measure],
    )
