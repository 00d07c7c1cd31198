"""Features and base rates of a period, each beside training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import drift
from models.artifact import Artifact, Head
from models.drift import Shift
from models.examples import Examples
from models.explanation import concept_of
from models.intervals import Interval, interval
from models.learner import Floats
from models.reference import Cells, Reference, Spread, middle
from models.weighting import OVERLAP
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import Gathered, units_of
from pipelines.monitoring.schema import SMALLEST, Change, FeatureShift, HeadShift, Rate
from pipelines.pages.figure import Figure

DRAWS = 500
"""Bootstrap draws behind an interval."""

MODERATE, LARGE = 0.10, 0.25
"""Indices from which a shift counts as moderate and as large (Siddiqi 2006)."""

NOTICED_FOREIGN = 0.1
"""Share far outside of the learned range that is surely exceeded where a unit has changed."""

NOTICED_OUTSIDE = 0.2
NOTICED_MISSING = 0.1
"""What the shares outside of the learned range, and missing, surely exceed those of
training by, to be noticed."""

NOTICED_CHANCE = 0.05
NOTICED_POINTS = 2.0
NOTICED_SHARE = 0.1
NOTICED_VOLUME = 0.25
"""Differences of base rates that are noticed: of a chance or a rate of acceptance, of mean
ratings (T points), of the share of moves with a rating, of moves a year (of it)."""

WORST_FIRST = tuple(Change)


def shifts(model: Artifact, found: Gathered, snapshot: Snapshot) -> tuple[HeadShift, ...]:
    """Return what the heads were asked about, beside training.

    A head that says nothing of its training is left out, and one of which the period
    holds fewer than ten decisions.
    """
    asked = {"acceptance": found.offers, "performance": found.moves}
    heads = {name: model.heads[name] for name in asked if _compares(model, name, asked[name])}
    searched = sum(len(head.columns) for head in heads.values())
    return tuple(
        _head_shift(name, head, asked[name], snapshot, searched) for name, head in heads.items()
    )


def _compares(model: Artifact, name: str, asked: Examples) -> bool:
    head = model.heads.get(name)
    return head is not None and head.facts.reference is not None and len(asked) >= SMALLEST


def _head_shift(
    name: str, head: Head, asked: Examples, snapshot: Snapshot, searched: int
) -> HeadShift:
    then = head.facts.reference
    assert then is not None, "only heads that tell of their training are compared"
    matrix, told = asked.columns(head.columns), asked.decisions
    clusters = (
        told.employee_id.astype(str),
        told.position_id.astype(str),
        units_of(snapshot, told.position_id),
        told.decided_on,
    )
    bounds = dict(
        zip(head.facts.columns, zip(head.facts.low, head.facts.high, strict=True), strict=True)
    )
    day = middle(told.decided_on)
    features = [
        feature_shift(
            Asked(feature, values, clusters, bounds.get(feature)),
            then.features[feature],
            then.count,
            then.expected(feature, day),
            searched,
        )
        for feature, values in zip(head.columns, matrix.T, strict=True)
    ]
    features.sort(key=lambda each: (WORST_FIRST.index(each.change), -(each.index.value or 0.0)))
    said = head.raw(matrix) if name == "performance" else head.chance(matrix)
    return HeadShift(
        head=name,
        count=len(asked),
        count_then=then.count,
        since_then=then.since,
        until_then=then.until,
        features=tuple(features),
        predicted=Figure.of(interval(np.mean, said, groups=clusters[0], draws=DRAWS)),
        predicted_then=Figure.of(of_spread(then.predicted)),
    )


@dataclass(frozen=True, eq=False)
class Asked:
    """One feature of the period's decisions.

    Attributes:
        feature: Its name.
        values: Its values, at least one.
        clusters: Ways in which the decisions belong together.
        bounds: What the learner takes at its word; None if it has no bounds.
    """

    feature: str
    values: Floats
    clusters: Sequence[NDArray[np.generic]]
    bounds: tuple[float, float] | None

    def beyond(self, widths: float) -> NDArray[np.bool_] | None:
        """Return which values lie further outside than some widths of the bounds.

        A feature that never varied has no width to be far from.
        """
        if self.bounds is None:
            return None
        low, high = self.bounds
        away = widths * (high - low if high > low else np.inf) if widths else 0.0
        return (self.values < low - away) | (self.values > high + away)


def feature_shift(
    asked: Asked, then: Cells, count: int, expected: float, searched: int
) -> FeatureShift:
    """Return one feature of the period's decisions, beside training.

    Args:
        asked: The feature, as it is now.
        then: How it was spread in training.
        count: How many decisions that was.
        expected: Index to be expected if it goes on as in training.
        searched: How many features are looked at.
    """
    cell = then.place(asked.values)
    moved = drift.shift(np.asarray(then.shares), count, cell, asked.clusters, searched)

    def shared(mask: NDArray[np.bool_] | None) -> Interval | None:
        if mask is None:
            return None
        return drift.share(float(mask.mean()) * moved.effective, moved.effective)

    missing = shared(np.isnan(asked.values))
    assert missing is not None, "whether a value is missing is always known"
    outside, foreign = shared(asked.beyond(0.0)), shared(asked.beyond(1.0))
    change = Change.NONE
    if moved.beyond_chance >= max(expected, MODERATE):
        change = _change(then, moved, missing, outside, foreign)
    return FeatureShift(
        feature=asked.feature,
        concept=concept_of(asked.feature),
        change=change,
        index=Figure.of(moved.index),
        usual=moved.usual,
        bound=moved.bound,
        expected=expected,
        missing=Figure.of(missing),
        missing_then=then.missing,
        outside=None if outside is None else Figure.of(outside),
        outside_then=then.outside,
        foreign=None if foreign is None else Figure.of(foreign),
    )


def _change(
    then: Cells,
    moved: Shift,
    missing: Interval,
    outside: Interval | None,
    foreign: Interval | None,
) -> Change:
    """Return what became of a feature that has surely moved."""
    if foreign is not None and foreign.low > NOTICED_FOREIGN:
        return Change.FOREIGN
    if outside is not None and outside.low > (then.outside or 0.0) + NOTICED_OUTSIDE:
        return Change.OUTSIDE
    if missing.low > then.missing + NOTICED_MISSING:
        return Change.MISSING
    is_large = drift.surely_above(moved.index, LARGE + moved.usual)
    return Change.LARGE if is_large else Change.MODERATE


def rates(model: Artifact, found: Gathered, *, has_outcomes: bool) -> tuple[Rate, ...]:
    """Return the base rates of the period beside those of training.

    Args:
        model: The champion.
        found: What the period holds.
        has_outcomes: Whether its ratings may be used.
    """
    rates = [*_of_offers(model, found), *_of_moves(model, found)]
    return tuple(
        rate
        for rate in rates
        if rate.count >= SMALLEST and (has_outcomes or rate.name not in {"rating", "rated"})
    )


def _of_offers(model: Artifact, found: Gathered) -> list[Rate]:
    rates = []
    then = _reference(model, "acceptance")
    if then is not None:
        accepted = found.answers.label
        label = then.label
        rates.append(
            rate(
                "accepted",
                drift.share(float(accepted.sum()), len(accepted)),
                drift.share(label.mean * label.count, label.count),
                NOTICED_CHANCE,
                len(accepted),
            )
        )
    proposal = model.proposal
    if proposal is not None and proposal.facts.least is not None and len(found.offers):
        raw = proposal.raw(found.offers.columns(proposal.columns))
        unlike = float((raw < proposal.facts.least).sum())
        then_unlike = Interval(OVERLAP, 0.0, OVERLAP)  # at most, by how the bound was set
        now = drift.share(unlike, len(raw))
        rates.append(rate("unlike", now, then_unlike, NOTICED_CHANCE, len(raw)))
    return rates


def _of_moves(model: Artifact, found: Gathered) -> list[Rate]:
    then = _reference(model, "performance")
    if then is None:
        return []
    rates = []
    first = found.moved["first"].moves
    if len(first):
        rating = interval(
            np.mean, first.label, groups=first.decisions.employee_id.astype(str), draws=DRAWS
        )
        rates.append(rate("rating", rating, of_spread(then.label), NOTICED_POINTS, len(first)))
    if then.a_year is not None:
        count, years = len(found.moves), found.period.years
        rates.append(_volume("moves_a_year", count, years, then.a_year))
    if then.told is not None:
        sighted = found.sighted.label
        now = drift.share(float(sighted.sum()), len(sighted))
        rates.append(rate("rated", now, drift.share(*then.told), NOTICED_SHARE, len(sighted)))
    return rates


def _volume(name: str, count: int, years: float, then: Spread) -> Rate:
    """Return how many moves there are in twelve months.

    Years differ by chance (Poisson), or by as much more as those of training did.
    """
    deviation = max(then.deviation, float(np.sqrt(then.mean)))
    now = drift.mean(count / years, deviation, years)
    before = drift.mean(then.mean, deviation, then.count)
    return rate(name, now, before, NOTICED_VOLUME * then.mean, count)


def rate(name: str, now: Interval, then: Interval, bound: float, count: int) -> Rate:
    """Return a base rate of the period beside that of training."""
    apart = drift.difference(now, then)
    return Rate(
        name=name,
        now=Figure.of(now),
        then=Figure.of(then),
        difference=Figure.of(apart),
        bound=bound,
        count=count,
        is_changed=drift.surely_beyond(apart, bound),
    )


def of_spread(then: Spread) -> Interval:
    """Return the mean of training with its interval."""
    return drift.mean(then.mean, then.deviation, then.count)


def _reference(model: Artifact, name: str) -> Reference | None:
    head = model.heads.get(name)
    return None if head is None else head.facts.reference
