"""Every plot that a report has figures for."""

from models.fairness import FOUR_FIFTHS
from pipelines.evaluation.plots import Plots
from pipelines.evaluation.schema import Comparison, Coverage, Report, Task
from pipelines.evaluation.schema_fairness import Fairness
from pipelines.evaluation.schema_worth import Worth
from pipelines.evaluation.wording import SPECS, Words
from pipelines.pages.figure import Figure

FIRST = ("model", "last_rating", "profile", "distance", "base_rate")
"""Predictors that the first page shows, beside the rival."""


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
    if report.worth is not None:
        found["worth"] = _worth(plots, report.worth, words)
    if report.fairness is not None:
        found |= _fairness(plots, report.fairness, words)
    return found | _first(plots, report, words) | _truth(plots, report, words)


def _first(plots: Plots, report: Report, words: Words) -> dict[str, str]:
    """Return the one plot of the first page."""
    for name, measure in (("performance", "rmse"), ("acceptance", "log_loss")):
        task: Task | None = getattr(report, name)
        if task is not None:
            compared = task.comparison
            kept = {*FIRST, compared.rival} & compared.predictors.keys()
            figures = {
                key: found[measure] for key, found in compared.predictors.items() if key in kept
            }
            axis = words.say(f"{name}.axis")
            labels = words.predictors(compared)
            return {"first": plots.dots("first", figures, labels, axis, SPECS[measure])}
    return {}


def _performance(plots: Plots, task: Task, words: Words) -> dict[str, str]:
    found = _task(plots, "performance", task, words, "rmse", ".0f")
    if task.coverage is not None:
        found["performance_coverage"] = plots.coverage(
            "performance_coverage",
            _shares(task, task.coverage, words),
            task.coverage.nominal,
            (words.say("performance.coverage_dot"), words.say("performance.coverage_line")),
            words.say("performance.coverage_axis"),
        )
    return found


def _shares(task: Task, coverage: Coverage, words: Words) -> dict[str, Figure]:
    """Return how often intervals held: over all, by third of evidence, year by year."""
    shares = {words.say("coverage.all"): coverage.realised}
    names = ("most", "middle", "least")
    for name, third in zip(names, coverage.thirds, strict=False):
        shares[words.say(f"coverage.{name}")] = third.coverage
    years = {str(year.year): year.coverage for year in task.years if year.coverage is not None}
    return shares | years


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


def _worth(plots: Plots, found: Worth, words: Words) -> str:
    """Return what each policy promises, what a model that did not choose says, and the null."""
    figures: dict[str, Figure] = {}
    for name, policy in found.policies.items():
        figures[f"{name}_promised"] = Figure(value=policy.promised)
        figures[f"{name}_cross_fitted"] = policy.cross_fitted
        figures[f"{name}_null_cross_fitted"] = Figure(value=policy.null_cross_fitted)
    labels = {
        f"{name}_{measure}": words.say(
            "worth.line",
            policy=words.say(f"worth.short_{name}"),
            measure=words.say(f"worth.short_{measure}"),
        )
        for name in found.policies
        for measure in ("promised", "cross_fitted", "null_cross_fitted")
    }
    main = [key for key in figures if key.endswith("_cross_fitted") and "null" not in key]
    return plots.dots("worth", figures, labels, words.say("worth.axis"), "+.1f", main=main)


def _fairness(plots: Plots, found: Fairness, words: Words) -> dict[str, str]:
    """Return the ratios of all groups, and how well features tell attributes."""
    ratios = {
        words.say(f"group.{group.group}"): (
            group.figures["ten"].against or Figure(value=1.0),
            group.figures["past"].against or Figure(value=1.0),
        )
        for audit in found.selection
        for group in audit.groups
        if {"ten", "past"} <= group.figures.keys()
    }
    drawings = {}
    if ratios:
        legend = ("fairness.model", "fairness.past", "fairness.four_fifths")
        drawings["fairness_ratios"] = plots.ratios(
            "fairness_ratios",
            ratios,
            FOUR_FIFTHS,
            (words.say(legend[0]), words.say(legend[1]), words.say(legend[2])),
            words.say("fairness.ratio_axis"),
        )
    if found.proxies:
        drawings["fairness_proxies"] = _proxies(plots, found, words)
    return drawings


def _proxies(plots: Plots, found: Fairness, words: Words) -> str:
    figures, labels = {"blind": Figure(value=0.5)}, {"blind": words.say("proxy.blind")}
    for one in found.proxies:
        for learner, figure in one.auc.items():
            key = f"{one.group}.{learner}"
            figures[key] = figure
            labels[key] = words.say(
                "proxy.line",
                group=words.say(f"group.{one.group}"),
                learner=words.say(f"proxy.{learner}"),
            )
    boosted = [key for key in figures if key.endswith(".boosted")]
    axis = words.say("proxy.axis")
    return plots.dots("fairness_proxies", figures, labels, axis, ".2f", main=boosted)


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
    for name, curve, labels, scale in (
        ("performance", truth.performance_bins, ("truth.predicted", "truth.true"), ".0f"),
        (
            "acceptance",
            truth.acceptance_bins,
            ("truth.predicted_chance", "truth.true_chance"),
            ".0%",
        ),
        ("gain", truth.gain_bins, ("gain.predicted", "gain.true"), ".0f"),
    ):
        if curve is not None:
            axes = (words.say(labels[0]), words.say(labels[1]))
            found[f"truth_{name}"] = plots.curve(f"truth_{name}", curve, axes, legend, scale)
    return found


def _dots(plots: Plots, name: str, found: Comparison, measure: str, words: Words, axis: str) -> str:
    return plots.dots(
        name,
        {key: figures[measure] for key, figures in found.predictors.items()},
        words.predictors(found),
        words.say(axis),
        SPECS[measure],
    )
