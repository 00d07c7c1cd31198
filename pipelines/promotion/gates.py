"""The gates: small functions of figures, each with its bounds.

A gate fails only where the data are sure of it; where they cannot tell it lets pass and
says so.  A first model passes those that compare it with a champion.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from models import metrics
from models.artifact import Manifest
from models.conformal import group
from models.examples import Lessons
from models.fairness import FOUR_FIFTHS
from models.intervals import Interval, interval, resampled
from models.learner import Floats
from models.promises import CALIBRATED, HELD_IN_THIRD
from pipelines.evaluation.backtest import QUESTIONS, Scored
from pipelines.evaluation.schema import Comparison
from pipelines.pages.figure import Figure
from pipelines.promotion import contract, duels
from pipelines.promotion.schema import Duel, Fact, Gate, Outcome, Paces, Ratio, Reading
from pipelines.staleness import Refusal

NAMES = (
    "data_contract",
    "champion",
    "baselines",
    "calibration",
    "coverage",
    "fairness",
    "latency",
)
"""Every gate, in order."""

NEVER_OVERRULED = frozenset({"data_contract"})
"""Gates that nobody may overrule: what is learned from other data than is thought is no model."""

CALIBRATED_THIN = 0.05
"""Expected calibration error allowed to the lower end where labels are few."""

MANY_LABELS = 1000

HELD = (0.86, 0.94)
"""Share of outcomes that 90% intervals must hold over all."""

SLOWER = 1.5
"""How many times as long as the champion a ranking may take."""

DRAWS = 1000


def data_contract(
    lessons: Lessons,
    learned: Manifest,
    before: Manifest | None,
    refusals: Sequence[Refusal],
) -> Gate:
    """Hold the examples to their contract, and the records that they are from."""
    return Gate.of("data_contract", contract.readings(lessons, learned, before, refusals))


def champion(
    found: Mapping[str, Duel], learned: Manifest, before: Manifest | None, problem: str | None
) -> Gate:
    """Refuse a model that is surely worse than the champion, or lacks one of its heads.

    A champion that cannot be used is none to be better than, but no reason to let
    anything pass: a person has to say so.

    Args:
        found: Both on decisions that neither had seen, by what is predicted.
        learned: The challenger.
        before: The champion; None where there is none that can be used.
        problem: Why it cannot be used, as the code of an error.
    """
    if before is None:
        code = "no_champion" if problem is None else "unusable"
        outcome = Outcome.UNTOLD if problem is None else Outcome.FAILS
        none = Reading(code=code, outcome=outcome, facts={"problem": problem or "–"})
        return Gate.of("champion", [none])
    asked = [question.name for question in QUESTIONS if question.name in before.heads]
    return Gate.of("champion", (_against(name, found.get(name), learned) for name in asked))


def _against(name: str, found: Duel | None, learned: Manifest) -> Reading:
    if name not in learned.heads:
        return Reading(code="head_lost", outcome=Outcome.FAILS, facts={"question": name})
    if found is None or found.difference is None:
        facts: dict[str, Fact] = {
            "question": name,
            "count": 0 if found is None else found.count,
        }
        return Reading(code="too_few", outcome=Outcome.UNTOLD, bound=duels.LEAST, facts=facts)
    return Reading(
        code=f"difference_{found.measure}",
        outcome=_unless(_above(found.difference, 0.0)),
        figure=found.difference,
        bound=0.0,
        facts={"question": name, "count": found.count},
    )


def baselines(compared: Mapping[str, Comparison]) -> Gate:
    """Refuse a model that is surely worse than a baseline, by the main measure."""
    return Gate.of("baselines", _beside_baselines(compared))


def _beside_baselines(compared: Mapping[str, Comparison]) -> Iterator[Reading]:
    for question in QUESTIONS:
        if question.name not in compared:
            facts: dict[str, Fact] = {"question": question.name}
            yield Reading(code="untested", outcome=Outcome.UNTOLD, facts=facts)
            continue
        found = compared[question.name]
        measure = next(iter(found.measures))
        excess = {
            name: each[measure].difference
            for name, each in found.differences.items()
            if each[measure].difference.low is not None
        }
        worse = [name for name, each in excess.items() if _above(each, 0.0)]
        for name in worse or sorted(excess, key=lambda name: -_low(excess[name]))[:1]:
            yield Reading(
                code=f"difference_{measure}",
                outcome=_unless(name in worse),
                figure=excess[name],
                bound=0.0,
                facts={"question": question.name, "baseline": name, "count": found.count},
            )


def calibration(scored: Scored | None, clusters: NDArray[np.str_] | None) -> Gate:
    """Refuse chances that are not those that come true.

    The calibration error of few labels is too large, of a perfect model too (Nixon et
    al. 2019); what the draws say that it is too large by is taken off.

    Args:
        scored: The back-test of acceptance; None where it could not be tested.
        clusters: What is drawn together.
    """
    if scored is None:
        return Gate.of("calibration", [Reading(code="untested", outcome=Outcome.UNTOLD)])
    columns = (scored.label, scored.predictions["model"])
    drawn = resampled(metrics.ece, *columns, groups=clusters, draws=DRAWS)
    found, many = drawn.unbiased(0), len(scored) >= MANY_LABELS
    fails = found.value > CALIBRATED if many else found.low > CALIBRATED_THIN
    return Gate.of(
        "calibration",
        [
            Reading(
                code="many" if many else "few",
                outcome=_unless(fails),
                figure=_not_below_zero(found),
                bound=CALIBRATED if many else CALIBRATED_THIN,
                facts={"count": len(scored), "raw": float(drawn.values[0])},
            )
        ],
    )


def coverage(scored: Scored | None, clusters: NDArray[np.str_] | None) -> Gate:
    """Refuse intervals that surely do not hold what they promise, over all or in a third.

    Args:
        scored: The back-test of performance; None where it could not be tested.
        clusters: What is drawn together.
    """
    if scored is None or scored.low is None or scored.high is None or clusters is None:
        return Gate.of("coverage", [Reading(code="untested", outcome=Outcome.UNTOLD)])
    columns = (scored.label, scored.low, scored.high)
    every = _held(clusters, *columns)
    apart = every.high < HELD[0] or every.low > HELD[1]
    found = [
        Reading(
            code="overall",
            outcome=_unless(apart),
            figure=Figure.of(every),
            bound=HELD[0],
            facts={"most": HELD[1], "count": len(scored)},
        )
    ]
    third_of = group(scored.evidence, np.quantile(scored.evidence, (1 / 3, 2 / 3)).tolist())
    for third in range(3):
        rows = third_of == third
        if rows.any():
            one = _held(clusters[rows], *(each[rows] for each in columns))
            found.append(
                Reading(
                    code=f"third_{third + 1}",
                    outcome=_unless(one.high < HELD_IN_THIRD),
                    figure=Figure.of(one),
                    bound=HELD_IN_THIRD,
                    facts={"count": int(rows.sum())},
                )
            )
    return Gate.of("coverage", found)


def fairness(ratios: Sequence[Ratio]) -> Gate:
    """Refuse a model that surely breaks the four-fifths rule, and more than the champion."""
    readings = [
        Reading(
            code="first" if one.champion is None else "ratio",
            outcome=_fair(one),
            figure=one.challenger,
            bound=FOUR_FIFTHS,
            facts={
                "group": one.group,
                "reference": one.reference,
                "people": one.people,
                "before": "–" if one.champion is None else one.champion.value or 0.0,
            },
        )
        for one in ratios
    ]
    none = [Reading(code="untested", outcome=Outcome.UNTOLD)]
    gate = Gate.of("fairness", readings or none)
    is_open = any(reading.outcome is Outcome.UNTOLD for reading in readings)
    if gate.outcome is Outcome.HOLDS and is_open:  # one ratio that is fair excuses no other
        return gate.model_copy(update={"outcome": Outcome.UNTOLD})
    return gate


def _fair(one: Ratio) -> Outcome:
    """Return whether a ratio is fair; untold where it is not, but was so before or always."""
    if one.challenger.value is None or one.challenger.high is None:
        return Outcome.UNTOLD
    if one.challenger.high >= FOUR_FIFTHS:
        return Outcome.HOLDS
    if one.champion is None or one.champion.value is None:
        return Outcome.UNTOLD
    return _unless(one.challenger.value < one.champion.value)


def latency(paces: Paces | None) -> Gate:
    """Refuse a model that makes a ranking wait."""
    if paces is None:
        return Gate.of("latency", [Reading(code="no_champion", outcome=Outcome.UNTOLD)])
    ratio = paces.challenger / paces.champion
    return Gate.of(
        "latency",
        [
            Reading(
                code="ratio",
                outcome=_unless(ratio > SLOWER),
                figure=Figure(value=ratio),
                bound=SLOWER,
                facts={"challenger": paces.challenger, "champion": paces.champion},
            )
        ],
    )


def _unless(fails: bool) -> Outcome:
    return Outcome.FAILS if fails else Outcome.HOLDS


def _above(figure: Figure, bound: float) -> bool:
    """Return whether a figure lies above a bound, surely."""
    return _low(figure) > bound


def _low(figure: Figure) -> float:
    return -inf if figure.low is None else figure.low


def _not_below_zero(found: Interval) -> Figure:
    """Return an error whose correction took off more than there was."""
    return Figure.of(Interval(max(found.value, 0.0), max(found.low, 0.0), max(found.high, 0.0)))


def _held(clusters: NDArray[np.str_], *columns: Floats) -> Interval:
    """Return the share of outcomes within their intervals.

    Draws of all or of none are all alike, however few there are: how sure such a share
    is follows from their number (Wilson 1927).
    """
    found = _interval(metrics.coverage, clusters, *columns)
    if 0.0 < found.value < 1.0:
        return found
    count = len(np.unique(clusters))
    low, high = metrics.wilson(found.value * count, count)
    return Interval(found.value, float(low), float(high))


def _interval(
    statistic: Callable[..., float], clusters: NDArray[np.str_] | None, *columns: Floats
) -> Interval:
    return interval(statistic, *columns, groups=clusters, draws=DRAWS)
