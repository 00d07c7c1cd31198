"""Figures of a back-test, each beside its baselines and with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models import metrics
from models.conformal import COVERAGE
from models.fairness import SUPPRESSION_THRESHOLD, publishable
from models.intervals import Interval, Resampled, interval, resampled
from models.learner import Floats, Task
from models.ranking_metrics import ndcg_at
from pipelines.evaluation import schema
from pipelines.evaluation.backtest import Fold, Scored
from pipelines.evaluation.curves import bins, calibration_bins, exact_ece
from pipelines.evaluation.schema import Comparison, Coverage, Difference, Verdict
from pipelines.pages.figure import Figure

DRAWS = 500
THIN = 100
"""Rows below which the report says that data are thin."""

THIN_LISTS = 30
"""Lists below which the report says that data are thin."""

THIN_YEAR = 50
FEWEST_DAYS = 20
"""Decision days from which days are drawn together; with fewer, people are."""

LIST = 10
"""How far down a list one looks."""

SMALLEST_LIST = 12
"""Movers of one day below which their order says little."""

RANKERS = {
    "model": "model",
    "base_rate": "random",
    "last_rating": "last_rating",
    "profile": "profile",
}
"""Predictors that order people, and their names as rankers: who predicts the same of
everybody orders at random."""

Way = Literal["low", "high"]


@dataclass(frozen=True)
class Measure:
    """A figure of labels and predictions, and which way is better."""

    name: str
    figure: Callable[[Any, Any], float]
    better: Way


PERFORMANCE = (
    Measure("rmse", metrics.rmse, "low"),
    Measure("mae", metrics.mae, "low"),
    Measure("pearson", metrics.pearson, "high"),
    Measure("spearman", metrics.spearman, "high"),
)
ACCEPTANCE = (
    Measure("log_loss", metrics.log_loss, "low"),
    Measure("brier", metrics.brier, "low"),
    Measure("auc", metrics.auc, "high"),
    Measure("ece", metrics.ece, "low"),
)
"""The measures of each head; the first decides."""


def task(scored: Scored, draws: int = DRAWS) -> schema.Task:
    """Return the figures of a back-test."""
    binary = scored.question.task is Task.BINARY
    measures = ACCEPTANCE if binary else PERFORMANCE
    model = scored.predictions["model"]
    compared = comparison(scored, measures, draws)
    shown = ("model", compared.rival)
    return schema.Task(
        comparison=compared,
        years=_years(scored, measures[0], shown, draws),
        bins=calibration_bins(scored.label, model) if binary else bins(scored.label, model),
        rate=float(scored.label.mean()),
        spread=float(scored.label.std()),
        concordance={
            name: _number(concordance(scored.label, predicted))
            for name, predicted in scored.predictions.items()
        },
        coverage=_coverage(scored, draws),
        exact_ece=exact_ece(model, draws) if binary else None,
    )


def comparison(scored: Scored, measures: Sequence[Measure], draws: int) -> Comparison:
    """Return the model beside its baselines, all on the same draws."""
    names = tuple(scored.predictions)
    drawn_by, groups = clusters(scored)

    def figures(label: Floats, matrix: Floats) -> list[float]:
        return [
            measure.figure(label, matrix[:, column])
            for column in range(len(names))
            for measure in measures
        ]

    found = resampled(
        figures,
        scored.label,
        np.column_stack([scored.predictions[name] for name in names]),
        groups=groups,
        draws=draws,
    )
    return compared(found, names, measures, len(scored), len(np.unique(groups)), drawn_by)


def compared(
    found: Resampled,
    names: Sequence[str],
    measures: Sequence[Measure],
    count: int,
    clusters: int,
    drawn_by: Literal["day", "person", "vacancy"],
    thin: int = THIN,
) -> Comparison:
    """Return resampled figures, predictor after predictor, as a comparison.

    The rival is the baseline that turned out best on these very rows, which
    favours the rival.
    """

    def place(name: str, measure: int) -> int:
        return names.index(name) * len(measures) + measure

    baselines = names[1:]
    differences = {
        name: {
            measure.name: difference(
                found.difference(place(names[0], number), place(name, number)), measure.better
            )
            for number, measure in enumerate(measures)
        }
        for name in baselines
    }
    rival = _best(baselines, [found.values[place(name, 0)] for name in baselines], measures[0])
    return Comparison(
        measures={measure.name: measure.better for measure in measures},
        predictors={
            name: {
                measure.name: Figure.of(found.interval(place(name, number)))
                for number, measure in enumerate(measures)
            }
            for name in names
        },
        differences=differences,
        rival=rival,
        verdict=differences[rival][measures[0].name].verdict,
        count=count,
        clusters=clusters,
        drawn_by=drawn_by,
        is_thin=count < thin,
    )


def mean_comparison(
    name: str, values: Mapping[str, Floats], draws: int, drawn_by: Literal["day", "vacancy"]
) -> Comparison:
    """Return the mean of one figure per list, by ranker; lists without one are left out."""
    matrix = np.column_stack(list(values.values()))
    matrix = matrix[~np.isnan(matrix).any(axis=1)]
    found = resampled(lambda rows: rows.mean(axis=0), matrix, draws=draws)
    measure = Measure(name, metrics.mae, "high")
    return compared(
        found, tuple(values), (measure,), len(matrix), len(matrix), drawn_by, THIN_LISTS
    )


def movers(scored: Scored, draws: int = DRAWS) -> schema.Lists | None:
    """Return how well each predictor orders the people who moved on one day.

    NDCG@10 of each decision day with at least :data:`SMALLEST_LIST` rated movers;
    a mover's gain is what the later rating lies above 50, in standard deviations.
    None if there is no such day.
    """
    _, day, size = np.unique(scored.decided_on, return_inverse=True, return_counts=True)
    kept = size[day] >= SMALLEST_LIST
    gain = np.maximum(scored.label - 50.0, 0.0) / 10.0
    if not kept.any() or not gain[kept].any():
        return None
    values = {
        RANKERS[name]: ndcg_at(gain[kept], predicted[kept], day[kept], LIST)
        for name, predicted in scored.predictions.items()
        if name in RANKERS
    }
    return schema.Lists(
        comparison=mean_comparison("ndcg", values, draws, "day"),
        candidates=float(size[size >= SMALLEST_LIST].mean()),
    )


def concordance(label: Floats, predicted: Floats) -> float:
    """Return how often the order of two cases that ended differently was foreseen.

    Ties in the prediction count half; ½ is chance.  For a binary label it is the
    AUC (Harrell's c).

    >>> concordance(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.6666666666666666
    """
    pairs = label.size * (label.size - 1) / 2
    apart, told = pairs - _tied(label), pairs - _tied(predicted)
    if apart == 0:
        return np.nan
    if told == 0:
        return 0.5
    balance = float(stats.kendalltau(label, predicted).statistic) * np.sqrt(apart * told)
    return float(0.5 + balance / apart / 2)


def difference(found: Interval, better: Way) -> Difference:
    """Return a difference and what it allows to say."""
    verdict = Verdict.UNSURE
    if found.excludes_zero:
        verdict = Verdict.BETTER if (found.low > 0) == (better == "high") else Verdict.WORSE
    return Difference(difference=Figure.of(found), verdict=verdict)


def _years(
    scored: Scored, measure: Measure, names: Sequence[str], draws: int
) -> tuple[schema.Year, ...]:
    rows = [scored.year == fold.year for fold in scored.folds]
    people = [len(np.unique(scored.employee_id[of_year].astype(str))) for of_year in rows]
    told = publishable(people)
    return tuple(
        _year(scored, fold, of_year, measure, names if told[place] else (), draws)
        for place, (fold, of_year) in enumerate(zip(scored.folds, rows, strict=True))
    )


def _year(
    scored: Scored,
    fold: Fold,
    rows: NDArray[np.bool_],
    measure: Measure,
    names: Sequence[str],
    draws: int,
) -> schema.Year:
    """Return one test year, with figures of some predictors; of none, it tells nothing."""
    label, facts = scored.label[rows], fold.head.facts
    return schema.Year(
        year=fold.year,
        learned_from=fold.learned_from,
        stays=facts.stays,
        effective=facts.effective,
        count=fold.tested,
        learner=facts.kind,
        rate=float(label.mean()) if names else None,
        figures={
            name: Figure.of(
                interval(
                    measure.figure,
                    label,
                    scored.predictions[name][rows],
                    groups=clusters(scored, rows)[1],
                    draws=draws,
                )
            )
            for name in names
        },
        coverage=_held(scored, rows, draws) if names else None,
        trials=facts.trials,
        is_thin=fold.tested < THIN_YEAR,
    )


def _coverage(scored: Scored, draws: int) -> Coverage | None:
    everyone = np.ones(len(scored), dtype=bool)
    realised = _held(scored, everyone, draws)
    if realised is None or scored.low is None or scored.high is None:
        return None
    parts = (scored.was_rated, ~scored.was_rated)
    told = publishable([part.sum() for part in parts])
    rated, unrated = (
        _held(scored, part, draws) if told[place] else None for place, part in enumerate(parts)
    )
    return Coverage(
        nominal=COVERAGE,
        realised=realised,
        width=metrics.width(scored.low, scored.high),
        rated=rated,
        unrated=unrated,
        thirds=_thirds(scored, draws),
    )


def _thirds(scored: Scored, draws: int) -> tuple[schema.Third, ...]:
    """Return how often intervals held by how much was known, the best known first."""
    if scored.low is None or scored.high is None or len(scored) < 3 * SUPPRESSION_THRESHOLD:
        return ()
    order = np.argsort(scored.evidence, kind="stable")
    third = np.empty(len(order), dtype=np.int64)
    third[order] = 3 * np.arange(len(order)) // len(order)
    found = []
    for number in range(3):
        rows = third == number
        coverage = _held(scored, rows, draws)
        assert coverage is not None, "a third has rows and intervals"
        width = metrics.width(scored.low[rows], scored.high[rows])
        found.append(schema.Third(count=int(rows.sum()), coverage=coverage, width=width))
    return tuple(found)


def _held(scored: Scored, rows: NDArray[np.bool_], draws: int) -> Figure | None:
    if scored.low is None or scored.high is None or not rows.any():
        return None
    arrays = (scored.label[rows], scored.low[rows], scored.high[rows])
    drawn_by = clusters(scored, rows)[1]
    return Figure.of(interval(metrics.coverage, *arrays, groups=drawn_by, draws=draws))


def clusters(
    scored: Scored, rows: NDArray[np.bool_] | None = None
) -> tuple[Literal["day", "person"], NDArray[Any]]:
    """Return what is drawn together: decisions of one day, or of one person if days are few.

    Args:
        scored: The back-test.
        rows: Some of its decisions; all by default.
    """
    kept = np.ones(len(scored), dtype=bool) if rows is None else rows
    days = scored.decided_on[kept]
    if len(np.unique(days)) >= FEWEST_DAYS:
        return "day", days
    return "person", scored.employee_id[kept].astype(str)


def _best(names: Sequence[str], values: Sequence[float], measure: Measure) -> str:
    sign = 1.0 if measure.better == "low" else -1.0
    ordered = np.where(np.isnan(values), np.inf, sign * np.asarray(values))
    return names[int(np.argmin(ordered))]


def _tied(values: Floats) -> float:
    count = np.unique(values, return_counts=True)[1].astype(float)
    return float((count * (count - 1) / 2).sum())


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
