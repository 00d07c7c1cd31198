"""The questions of the first page, and whether the figures allow to say yes.

Yes is always good.  *Yes* and *no* are said only where the interval leaves no doubt,
as the module says of each; everything between is *unsure*.
"""

from collections.abc import Iterator

from models.fairness import Concern
from models.promises import CALIBRATED, HELD_IN_THIRD
from pipelines.evaluation.headlines import IN_USE
from pipelines.evaluation.schema import Light, Report, Verdict
from pipelines.evaluation.schema_fairness import Audit, Beside
from pipelines.pages.figure import Figure

HELD = (0.88, 0.92)
"""Shares between which a 90 % interval holds what it promises."""

ASKED = {
    "selection": ("ten",),
    "performance": ("bias", "rmse", "coverage"),
    "acceptance": ("bias",),
}
"""What of the audit the first page asks; ECE of small groups is too large by itself."""


def lights(report: Report) -> dict[str, Light]:
    """Return the answers of the first page, by question."""
    return {
        "predictions": _predictions(report),
        "chances": _chances(report),
        "intervals": _intervals(report),
        "worth": _worth(report),
        "fairness": _fairness(report),
        "since": _since(report),
    }


def _predictions(report: Report) -> Light:
    """Are predictions better than what agencies go by today, and no plain method beats them?"""
    if report.performance is None:
        return Light.UNKNOWN
    compared = report.performance.comparison
    main = next(iter(compared.measures))
    today = {compared.differences[name][main].verdict for name in IN_USE}
    if Verdict.WORSE in today:
        return Light.NO
    if today == {Verdict.BETTER} and compared.verdict is not Verdict.WORSE:
        return Light.YES
    return Light.UNSURE


def _chances(report: Report) -> Light:
    """Do chances mean what they say?  No only where mere chance does not explain the error."""
    task = report.acceptance
    if task is None or task.exact_ece is None:
        return Light.UNKNOWN
    off = task.comparison.predictors["model"]["ece"].value or 0.0
    if off <= CALIBRATED:
        return Light.YES
    return Light.NO if off > (task.exact_ece.high or 0.0) else Light.UNSURE


def _intervals(report: Report) -> Light:
    """Do 90 % intervals hold nine in ten, also where least is known?"""
    coverage = None if report.performance is None else report.performance.coverage
    if coverage is None or not coverage.thirds:
        return Light.UNKNOWN
    thirds = [third.coverage for third in coverage.thirds]
    low, high = HELD
    if _is_below(coverage.realised, low) or any(_is_below(each, HELD_IN_THIRD) for each in thirds):
        return Light.NO
    holds = all((each.value or 0.0) >= HELD_IN_THIRD for each in thirds)
    return Light.YES if holds and low <= (coverage.realised.value or 0.0) <= high else Light.UNSURE


def _is_below(figure: Figure, bound: float) -> bool:
    return figure.high is not None and figure.high < bound


def _worth(report: Report) -> Light:
    """Is it worth to follow the recommendations, by a model that did not choose them?"""
    if report.worth is None:
        return Light.UNKNOWN
    policies = report.worth.policies.values()
    if any(_is_below(policy.cross_fitted, 0.0) for policy in policies):
        return Light.NO
    gains = all((policy.cross_fitted.low or 0.0) > 0.0 for policy in policies)
    told = all(policy.is_told_from_null for policy in policies)
    return Light.YES if gains and told else Light.UNSURE


def _fairness(report: Report) -> Light:
    """Are groups of people treated alike?"""
    if report.fairness is None:
        return Light.UNKNOWN
    found = {beside.concern for *_, beside in asked(report)} - {None}
    if not found:
        return Light.UNKNOWN
    if Concern.SURELY in found:
        return Light.NO
    return Light.UNSURE if Concern.PERHAPS in found else Light.YES


def _since(report: Report) -> Light:
    """Is nothing worse than in the report before?"""
    if report.since is None or not report.since.changes:
        return Light.UNKNOWN
    worse = [one for one in report.since.changes.values() if one.verdict is Verdict.WORSE]
    return Light.NO if worse else Light.YES


def asked(report: Report) -> Iterator[tuple[str, str, str, Beside]]:
    """Yield what the first page asks of the audit: part, group, measure, what was found."""
    if report.fairness is None:
        return
    for part, measures in ASKED.items():
        audits: tuple[Audit, ...] = getattr(report.fairness, part)
        for audit in audits:
            for group in audit.groups:
                for measure in measures:
                    if measure in group.figures:
                        yield part, group.group, measure, group.figures[measure]
