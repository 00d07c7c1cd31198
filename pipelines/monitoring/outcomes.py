"""Outcomes that became known in a period, beside what had been predicted of them."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models import drift, metrics
from models.artifact import Artifact, Head
from models.conformal import COVERAGE, scheme_on
from models.drift import FALSE_ALARMS, Redrawn
from models.examples import Examples
from models.intervals import Interval, interval
from models.learner import Floats
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import Gathered, units_of
from pipelines.monitoring.schema import SMALLEST, Bins, Chances, Course, Ratings
from pipelines.pages.figure import Figure

DRAWS = 500
"""Bootstrap draws behind an interval."""

BINS = 10
"""Bins of stated chances, at most."""

LEAST_COURSE = 30
"""Outcomes below which no course is told of."""

LEAST_STEPS = 3
"""Steps that a course must have."""

HALF_WIDTH = 1.645
"""Standard deviations from the middle to either end of a 90% interval."""

SUREST = 0.99
"""Chance beyond which an answer against it counts no more: one such must not be a change."""

Days = NDArray[np.datetime64]


def chances(model: Artifact, found: Gathered) -> Chances | None:
    """Return the chances stated on the eve of offers, beside the answers."""
    head, answers = model.acceptance, found.answers
    if head is None or len(answers) < SMALLEST:
        return None
    chance, accepted = head.chance(answers.columns(head.columns)), answers.label
    person = answers.decisions.employee_id.astype(str)
    observed, stated = drift.share(float(accepted.sum()), len(accepted)), float(chance.mean())
    gap = Interval(observed.value - stated, observed.low - stated, observed.high - stated)
    error = interval(metrics.ece, accepted, chance, groups=person, draws=DRAWS)
    loss = interval(metrics.log_loss, accepted, chance, groups=person, draws=DRAWS)
    return Chances(
        count=len(answers),
        stated=stated,
        observed=Figure.of(observed),
        gap=Figure.of(gap),
        error=Figure.of(error),
        error_usual=drift.usual_ece(chance),
        loss=Figure.of(loss),
        loss_then=head.facts.loss,
        bins=_bins(accepted, chance),
    )


def ratings(model: Artifact, found: Gathered, snapshot: Snapshot) -> tuple[Ratings, ...]:
    """Return ratings beside what had been predicted of them, of moves and of stays."""
    head = model.performance
    if head is None:
        return ()
    of_kind: dict[Literal["moves", "stays"], Examples] = {
        "moves": found.moved["first"].moves,
        "stays": found.stays,
    }
    return tuple(
        _ratings(kind, head, examples, snapshot)
        for kind, examples in of_kind.items()
        if len(examples) >= SMALLEST
    )


def courses(
    model: Artifact, found: Gathered, snapshot: Snapshot, *, has_outcomes: bool
) -> tuple[Course, ...]:
    """Return whether answers, and ratings after moves, went on as predicted.

    Args:
        model: The champion.
        found: What the period holds.
        snapshot: What is known.
        has_outcomes: Whether ratings may be used.
    """
    told = []
    if model.acceptance is not None:
        answers = found.answers
        chance = model.acceptance.chance(answers.columns(model.acceptance.columns))
        chance = np.clip(chance, 1.0 - SUREST, SUREST)
        rest = (answers.label - chance) / np.sqrt(chance * (1.0 - chance))
        told.append(("acceptance", answers.decisions.decided_on, rest, drift.answering(chance)))
    if model.performance is not None and has_outcomes:
        moves = found.moved["first"].moves
        rest = _rest(model.performance, moves) / _half(model.performance, moves) * HALF_WIDTH
        unit = units_of(snapshot, moves.decisions.position_id).astype(str)
        together = np.char.add(unit, moves.decisions.known_on.astype("datetime64[Y]").astype(str))
        redrawn = drift.turning(rest, together)
        told.append(("performance", moves.decisions.decided_on, rest, redrawn))
    found_courses = [course(*each) for each in told]
    return tuple(each for each in found_courses if each is not None)


def course(head: str, decided_on: Days, rest: Floats, redrawn: Redrawn) -> Course | None:
    """Return whether outcomes went on as predicted; None where they are few.

    Args:
        head: The head.
        decided_on: Day of each decision.
        rest: Outcome minus prediction, in standard deviations.
        redrawn: Draws such residuals anew.
    """
    if len(rest) < LEAST_COURSE:
        return None
    step = steps(decided_on)
    if len(np.unique(step)) < LEAST_STEPS:
        return None
    path = drift.cusum(step, rest, redrawn)
    days = path.day.astype(str).tolist()
    return Course(
        head=head,
        count=len(rest),
        days=tuple(days),
        above=tuple(path.above.tolist()),
        below=tuple(path.below.tolist()),
        bound=path.bound,
        false_alarms=FALSE_ALARMS,
        left_on=None if path.left is None else days[path.left],
        began_on=None if path.began is None else days[path.began],
        is_above=path.is_above,
    )


def steps(decided_on: Days, least: int = SMALLEST) -> Days:
    """Return the last day of the step that each decision falls in.

    Days follow one another until there are enough decisions that none can be read off.

    >>> days = np.array(["2024-01-01", "2024-02-01", "2024-03-01"], "datetime64[D]")
    >>> steps(days, 2).astype(str).tolist()
    ['2024-03-01', '2024-03-01', '2024-03-01']
    """
    days, code, count = np.unique(decided_on, return_inverse=True, return_counts=True)
    number, held, step = 0, 0, np.zeros(len(days), dtype=np.int64)
    for place, size in enumerate(count):
        step[place] = number
        held += size
        if held >= least:
            number, held = number + 1, 0
    if held and number:
        step[step == number] = number - 1
    last = np.append(np.flatnonzero(step[1:] > step[:-1]), len(days) - 1)
    return np.asarray(days[last][step[code]])


def _ratings(
    kind: Literal["moves", "stays"], head: Head, examples: Examples, snapshot: Snapshot
) -> Ratings:
    unit = units_of(snapshot, examples.decisions.position_id)
    rest, half = _rest(head, examples), _half(head, examples)
    net = examples.label - examples.decisions.leniency - head.net(examples.columns(head.columns))
    held = (np.abs(rest) <= half).astype(float)

    def of(values: Floats) -> Figure:
        return Figure.of(interval(np.mean, values, groups=unit, draws=DRAWS))

    error = interval(_root_mean_square, net, groups=unit, draws=DRAWS)
    return Ratings(
        kind=kind,
        count=len(examples),
        gap=of(rest),
        error=Figure.of(error),
        error_then=float(np.sqrt(head.facts.loss)),
        coverage=of(held),
        promised=COVERAGE,
        width=float(2.0 * half.mean()),
    )


def _root_mean_square(values: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def _rest(head: Head, examples: Examples) -> Floats:
    """Return each rating minus its prediction, T points."""
    return np.asarray(examples.label - head.raw(examples.columns(head.columns)))


def _half(head: Head, examples: Examples) -> Floats:
    """Return half the width of each 90% interval, as it was told on the eve."""
    widths = head.facts.widths
    assert widths is not None, "a head that predicts ratings knows how sure it is"
    evidence = examples.columns(("person_record_error",))[:, 0]
    return widths.of(evidence, scheme_on(examples.decisions.decided_on))


def _bins(accepted: Floats, chance: Floats) -> Bins:
    """Return stated against observed chances; bins of few answers are left out."""
    curve = metrics.calibration(accepted, chance, bins=min(BINS, max(len(chance) // 20, 1)))
    kept = curve.count >= SMALLEST
    return Bins(
        stated=tuple(curve.stated[kept].tolist()),
        observed=tuple(curve.observed[kept].tolist()),
        low=tuple(curve.low[kept].tolist()),
        high=tuple(curve.high[kept].tolist()),
        count=tuple(curve.count[kept].tolist()),
    )
