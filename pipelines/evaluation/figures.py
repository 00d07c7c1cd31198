"""Figures of a back-test, each beside its baselines and with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models import metrics
from models.intervals import Interval, Resampled, interval, resampled
from models.learner import Floats, Task
from models.ranking_metrics import ndcg_at
from models.training import COVERAGE
from pipelines.evaluation import schema
from pipelines.evaluation.backtest import Fold, Scored
from pipelines.evaluation.schema import Bins, Comparison, Coverage, Difference, Verdict
from pipelines.pages.figure import Figure

DRAWS = 500
THIN = 100
"""Rows below which the report says that data are thin."""

THIN_LISTS = 30
"""Lists below which the report says that data are thin."""

THIN_YEAR = 50
FEWEST_DAYS = 20
"""Decision days from which days are drawn together; with fewer, people are."""

BINS = 10
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
        years=tuple(_year(scored, fold, measures[0], shown, draws) for fold in scored.folds),
        bins=calibration_bins(scored.label, model) if binary else bins(scored.label, model),
        rate=float(scored.label.mean()),
        spread=float(scored.label.std()),
        concordance={
            name: _number(concordance(scored.label, predicted))
            for name, predicted in scored.predictions.items()
        },
        coverage=_coverage(scored, draws),
    )


def comparison(scored: Scored, measures: Sequence[Measure], draws: int) -> Comparison:
    """Return the model beside its baselines, all on the same draws."""
    names = tuple(scored.predictions)
    drawn_by, groups = _groups(scored)

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


def calibration_bins(label: Floats, chance: Floats) -> Bins:
    """Return stated chances against observed shares."""
    curve = metrics.calibration(label, chance, bins=BINS)
    return Bins(
        predicted=tuple(curve.stated.tolist()),
        observed=tuple(curve.observed.tolist()),
        low=tuple(curve.low.tolist()),
        high=tuple(curve.high.tolist()),
        count=tuple(curve.count.tolist()),
    )


def bins(label: Floats, predicted: Floats) -> Bins:
    """Return mean labels of bins of equal mass, with normal 95 % intervals of the means."""
    place = (metrics.mean_ranks(predicted) - 0.5) / len(predicted)
    bin_of = np.unique((place * BINS).astype(np.int64), return_inverse=True)[1]
    count = np.bincount(bin_of)
    mean = np.bincount(bin_of, label) / count
    variance = np.bincount(bin_of, (label - mean[bin_of]) ** 2) / np.maximum(count - 1, 1)
    half = 1.96 * np.sqrt(variance / count)
    return Bins(
        predicted=tuple((np.bincount(bin_of, predicted) / count).tolist()),
        observed=tuple(mean.tolist()),
        low=tuple((mean - half).tolist()),
        high=tuple((mean + half).tolist()),
        count=tuple(count.tolist()),
    )


def difference(found: Interval, better: Way) -> Difference:
    """Return a difference and what it allows to say."""
    verdict = Verdict.UNSURE
    if found.excludes_zero:
        verdict = Verdict.BETTER if (found.low > 0) == (better == "high") else Verdict.WORSE
    return Difference(difference=Figure.of(found), verdict=verdict)


def _year(
    scored: Scored, fold: Fold, measure: Measure, names: Sequence[str], draws: int
) -> schema.Year:
    rows = scored.year == fold.year
    label = scored.label[rows]
    return schema.Year(
        year=fold.year,
        learned_from=fold.learned_from,
        count=fold.tested,
        learner=fold.head.facts.kind,
        rate=float(label.mean()),
        figures={
            name: Figure.of(
                interval(measure.figure, label, scored.predictions[name][rows], draws=draws)
            )
            for name in names
        },
        coverage=_held(scored, rows, draws),
        is_thin=fold.tested < THIN_YEAR,
    )


def _coverage(scored: Scored, draws: int) -> Coverage | None:
    everyone = np.ones(len(scored), dtype=bool)
    realised = _held(scored, everyone, draws)
    if realised is None or scored.low is None or scored.high is None:
        return None
    return Coverage(
        nominal=COVERAGE,
        realised=realised,
        width=metrics.width(scored.low, scored.high),
        rated=_held(scored, scored.was_rated, draws),
        unrated=_held(scored, ~scored.was_rated, draws),
    )


def _held(scored: Scored, rows: NDArray[np.bool_], draws: int) -> Figure | None:
    if scored.low is None or scored.high is None or not rows.any():
        return None
    arrays = (scored.label[rows], scored.low[rows], scored.high[rows])
    return Figure.of(interval(metrics.coverage, *arrays, draws=draws))


def _groups(scored: Scored) -> tuple[Literal["day", "person"], NDArray[Any]]:
    """Return what is drawn together: decisions of one day, or of one person if days are few."""
    if len(np.unique(scored.decided_on)) >= FEWEST_DAYS:
        return "day", scored.decided_on
    return "person", scored.employee_id.astype(str)


def _best(names: Sequence[str], values: Sequence[float], measure: Measure) -> str:
    sign = 1.0 if measure.better == "low" else -1.0
    ordered = np.where(np.isnan(values), np.inf, sign * np.asarray(values))
    return names[int(np.argmin(ordered))]


def _tied(values: Floats) -> float:
    count = np.unique(values, return_counts=True)[1].astype(float)
    return float((count * (count - 1) / 2).sum())


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
