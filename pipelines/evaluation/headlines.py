"""The few figures by which a report is summed up, and compared with an earlier one."""

from collections.abc import Iterator

import numpy as np

from models.fairness import FOUR_FIFTHS
from models.intervals import Interval
from pipelines.evaluation.schema import (
    Aim,
    Change,
    Comparison,
    Headline,
    Lists,
    Report,
    Since,
    Task,
    Verdict,
)
from pipelines.pages.figure import Figure

IN_USE = ("last_rating", "profile")
"""What agencies go by today."""

NORMAL = 1.959964
"""Standard errors from the middle to either end of a 95 % interval."""

Named = tuple[str, Headline]


def headlines(report: Report) -> dict[str, Headline]:
    """Return the headline figures of a report, by name: its part, a dot, the figure."""
    found: list[Named] = []
    if report.performance is not None:
        found += _of_task("performance", report.performance, ("rmse", "pearson"))
    if report.acceptance is not None:
        found += _of_task("acceptance", report.acceptance, ("log_loss", "auc", "ece"))
    lists_judged: tuple[tuple[str, Lists | None, Aim | None], ...] = (
        ("movers", report.movers, "high"),
        ("choices", report.choices, None),  # to choose as before is no aim
    )
    for name, lists, better in lists_judged:
        if lists is not None:
            figure = lists.comparison.predictors["model"]["ndcg"]
            found.append((f"{name}.ndcg", Headline(figure=figure, better=better)))
    if report.evidence is not None:
        found.append(("evidence.without", Headline(figure=report.evidence.without, better=None)))
    if report.worth is not None:
        gain = report.worth.policies["top"].cross_fitted
        found.append(("worth.gain", Headline(figure=gain, better="high")))
    found += _of_fairness(report)
    found += _of_truth(report)
    return dict(found)


def _of_task(part: str, task: Task, measures: tuple[str, ...]) -> Iterator[Named]:
    compared = task.comparison
    for measure in measures:
        figure = compared.predictors["model"][measure]
        yield f"{part}.{measure}", Headline(figure=figure, better=compared.measures[measure])
    for name in sorted({*IN_USE, compared.rival} & compared.differences.keys()):
        yield f"{part}.over_{name}", _over(compared, name)
    if task.coverage is not None:
        yield (
            f"{part}.coverage",
            Headline(figure=task.coverage.realised, better="target", target=task.coverage.nominal),
        )


def _over(compared: Comparison, baseline: str) -> Headline:
    measure = next(iter(compared.measures))
    found = compared.differences[baseline][measure].difference
    return Headline(figure=found, better=compared.measures[measure])


def _of_fairness(report: Report) -> Iterator[Named]:
    """Yield, by attribute, the smallest ratio of a group's share in the first ten."""
    for audit in report.fairness.selection if report.fairness is not None else ():
        found = [group.figures["ten"].against for group in audit.groups if group.figures]
        known = [ratio for ratio in found if ratio is not None and ratio.value is not None]
        if known:
            smallest = min(known, key=lambda ratio: ratio.value or 0.0)
            yield (
                f"fairness.{audit.attribute}",
                Headline(figure=smallest, better="high", target=FOUR_FIFTHS),
            )


def _of_truth(report: Report) -> Iterator[Named]:
    truth = report.truth
    if truth is None:
        return
    yield "truth.worth", Headline(figure=truth.worth["model"], better="high")
    if truth.gain is not None:
        yield "truth.gain_rmse", Headline(figure=truth.gain["rmse"], better="low")
        yield (
            "truth.gain_coverage",
            Headline(figure=truth.gain["coverage"], better="target", target=0.9),
        )


def changed(now: Report, earlier: Report) -> Since:
    """Return what changed since an earlier report: every headline figure then and now."""
    then, current = earlier.headlines, now.headlines
    return Since(
        as_of=earlier.as_of,
        region=earlier.region,
        changes={
            name: change(then[name], headline) for name, headline in current.items() if name in then
        },
        gone=tuple(name for name in then if name not in current),
        come=tuple(name for name in current if name not in then),
    )


def change(then: Headline, now: Headline) -> Change:
    """Return a headline figure then and now, and whether it surely changed.

    The standard error of each follows from its interval; the two are taken as
    independent, so that where most of the cases are the same a change must be larger
    than it need be to count as sure.
    """
    found = _difference(then.figure, now.figure)
    is_sure = found.excludes_zero
    verdict = Verdict.UNSURE
    if is_sure and now.better is not None:
        verdict = Verdict.BETTER if _is_better(then, now) else Verdict.WORSE
    return Change(
        then=then.figure,
        now=now.figure,
        difference=Figure.of(found),
        is_sure=is_sure,
        verdict=verdict,
    )


def _difference(then: Figure, now: Figure) -> Interval:
    if then.value is None or now.value is None:
        return Interval(np.nan, np.nan, np.nan)
    middle = now.value - then.value
    half = NORMAL * float(np.hypot(_error(then), _error(now)))
    return Interval(middle, middle - half, middle + half)


def _error(figure: Figure) -> float:
    if figure.low is None or figure.high is None:
        return np.nan
    return (figure.high - figure.low) / (2.0 * NORMAL)


def _is_better(then: Headline, now: Headline) -> bool:
    assert then.figure.value is not None, "a sure change has values"
    assert now.figure.value is not None, "a sure change has values"
    if now.better == "target":
        assert now.target is not None, "a target is said"
        return abs(now.figure.value - now.target) < abs(then.figure.value - now.target)
    return (now.figure.value > then.figure.value) == (now.better == "high")
