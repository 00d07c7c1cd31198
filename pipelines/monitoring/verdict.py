"""Whether to learn anew, and every figure that says so."""

from collections.abc import Iterator, Sequence

from models import drift
from models.artifact import Artifact
from models.intervals import Interval
from models.promises import CALIBRATED
from pipelines.monitoring.drift import LARGE, NOTICED_FOREIGN, NOTICED_MISSING, NOTICED_OUTSIDE
from pipelines.monitoring.gathering import Gathered
from pipelines.monitoring.schema import (
    Chances,
    Change,
    Course,
    FeatureShift,
    HeadShift,
    Rate,
    Ratings,
    Reason,
    Retrain,
)
from pipelines.pages.figure import Figure

GAP, WIDE_GAP = 0.05, 0.10
"""Mean chance off by this much: learn anew soon, now."""

ERROR, WIDE_ERROR = CALIBRATED, 0.10
"""Calibration error, beyond what faultless chances give."""

POINTS, WIDE_POINTS = 2.0, 4.0
"""Mean rating off by this many T points."""

COVERED, BADLY_COVERED = 0.88, 0.80
"""Share within the 90% interval that must not surely be fallen below."""

WORSE = 1.15
"""Error, as a multiple of that of training, that must not surely be exceeded."""

FRESH = 0.25
"""New outcomes, as a share of those that the champion learned from, that are worth it."""

CHANGED_RATES = ("accepted", "rating", "unlike")
"""Base rates that a model must follow; how much is moved, and rated, it need not."""

ORDER = tuple(Retrain)


def reasons(
    model: Artifact,
    found: Gathered,
    *,
    shifts: Sequence[HeadShift],
    rates: Sequence[Rate],
    chances: Chances | None,
    ratings: Sequence[Ratings],
    courses: Sequence[Course],
) -> tuple[Reason, ...]:
    """Return why to learn anew, the most urgent first; nothing where there is no need."""
    told = [
        *(reason for each in shifts for reason in _of_features(each)),
        *(_of_rate(rate) for rate in rates if rate.is_changed and rate.name in CHANGED_RATES),
        *([] if chances is None else _of_chances(chances)),
        *(reason for each in ratings for reason in _of_ratings(each)),
        *(_of_course(each) for each in courses if each.left_on is not None),
        *_of_age(model, found),
    ]
    return tuple(sorted(told, key=lambda reason: ORDER.index(reason.urgency)))


def retrain(reasons: Sequence[Reason]) -> Retrain:
    """Return whether to learn anew: as urgent as the most urgent reason."""
    return min((reason.urgency for reason in reasons), key=ORDER.index, default=Retrain.NO)


def interval_of(figure: Figure) -> Interval:
    """Return a figure as an interval; NaN where an end could not be found."""
    ends = (figure.value, figure.low, figure.high)
    return Interval(*(float("nan") if end is None else end for end in ends))


def _of_features(found: HeadShift) -> Iterator[Reason]:
    """Return a reason for each concept: that of its worst feature."""
    told: set[str] = set()
    for feature in found.features:  # the worst first
        if feature.change in (Change.NONE, Change.MODERATE) or feature.concept in told:
            continue
        told.add(feature.concept)
        now, then, bound = _judged(feature)
        yield Reason(
            code=f"feature_{feature.change.value}",
            urgency=Retrain.NOW if feature.change is Change.FOREIGN else Retrain.SOON,
            value=0.0 if now is None else now.value or 0.0,
            bound=bound,
            facts={
                "head": found.head,
                "concept": feature.concept,
                "feature": feature.feature,
                "then": then,
            },
        )


def _judged(found: FeatureShift) -> tuple[Figure | None, float, float]:
    """Return what a feature was judged by: the figure now, that of training, and its bound."""
    outside, missing = found.outside_then or 0.0, found.missing_then
    by = {
        Change.FOREIGN: (found.foreign, 0.0, NOTICED_FOREIGN),
        Change.OUTSIDE: (found.outside, outside, outside + NOTICED_OUTSIDE),
        Change.MISSING: (found.missing, missing, missing + NOTICED_MISSING),
    }
    bound = max(found.bound, found.usual + max(found.expected, LARGE))
    return by.get(found.change, (found.index, found.expected, bound))


def _of_rate(rate: Rate) -> Reason:
    return Reason(
        code=f"rate_{rate.name}",
        urgency=Retrain.SOON,
        value=rate.now.value or 0.0,
        bound=rate.bound,
        facts={"then": rate.then.value or 0.0},
    )


def _of_chances(found: Chances) -> Iterator[Reason]:
    gap, error = interval_of(found.gap), found.error.value or 0.0
    if drift.surely_beyond(gap, GAP):
        yield Reason(
            code="chance_gap",
            urgency=Retrain.NOW if abs(gap.value) >= WIDE_GAP else Retrain.SOON,
            value=gap.value,
            bound=GAP,
            facts={"stated": found.stated, "observed": found.observed.value or 0.0},
        )
    if error >= ERROR and error > found.error_usual:
        yield Reason(
            code="chance_error",
            urgency=Retrain.NOW if error >= WIDE_ERROR else Retrain.SOON,
            value=error,
            bound=max(ERROR, found.error_usual),
            facts={},
        )


def _of_ratings(found: Ratings) -> Iterator[Reason]:
    gap, coverage = interval_of(found.gap), interval_of(found.coverage)
    if drift.surely_beyond(gap, POINTS):
        yield Reason(
            code=f"rating_gap_{found.kind}",
            urgency=Retrain.NOW if abs(gap.value) >= WIDE_POINTS else Retrain.SOON,
            value=gap.value,
            bound=POINTS,
            facts={},
        )
    if drift.surely_below(coverage, COVERED):
        is_bad = drift.surely_below(coverage, BADLY_COVERED)
        yield Reason(
            code=f"coverage_{found.kind}",
            urgency=Retrain.NOW if is_bad else Retrain.SOON,
            value=coverage.value,
            bound=COVERED,
            facts={"promised": found.promised},
        )
    bound = WORSE * found.error_then
    if drift.surely_above(interval_of(found.error), bound):
        yield Reason(
            code=f"error_{found.kind}",
            urgency=Retrain.SOON,
            value=found.error.value or 0.0,
            bound=bound,
            facts={"then": found.error_then},
        )


def _of_course(found: Course) -> Reason:
    assert found.left_on is not None, "only a course that was left is a reason"
    assert found.began_on is not None, "what was left began to be"
    side = found.above if found.is_above else found.below
    return Reason(
        code=f"course_{found.head}_{'above' if found.is_above else 'below'}",
        urgency=Retrain.SOON,
        value=max(side),
        bound=found.bound,
        facts={"left_on": found.left_on, "began_on": found.began_on},
    )


def _of_age(model: Artifact, found: Gathered) -> Iterator[Reason]:
    """Return a reason for each head that much could be added to, or that tells of no training."""
    fresh = {"acceptance": len(found.answers), "performance": len(found.moved["first"].moves)}
    for name, count in fresh.items():
        head = model.heads.get(name)
        if head is None:
            continue
        if head.facts.reference is None:
            yield Reason(
                code="no_reference",
                urgency=Retrain.SOON,
                value=0.0,
                bound=1.0,
                facts={"head": name},
            )
        if count >= FRESH * head.facts.examples:
            yield Reason(
                code="fresh",
                urgency=Retrain.SOON,
                value=count / head.facts.examples,
                bound=FRESH,
                facts={"head": name, "count": float(count), "learned": float(head.facts.examples)},
            )
