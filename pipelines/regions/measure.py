"""Figures of several regions of one kind: how near the truth, how sure, how honest."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from models import metrics
from models.intervals import Interval, Resampled, crossed_ratio, interval, resampled
from models.learner import Floats
from models.policies import POLICIES
from pipelines.pages.figure import Figure
from pipelines.regions.asked import Ints
from pipelines.regions.design import MIDDLE, Trial
from pipelines.regions.pool import Told, by_kind, of_each
from pipelines.regions.rivals import PRODUCT
from pipelines.regions.schema import (
    Against,
    Group,
    Policy,
    Predictor,
    Regions,
    Sureness,
    Verdict,
)
from pipelines.regions.trial import DRAWS, Outcome, Worth, run

OVERSTATED = 2.5
"""By how much a stated gain may exceed the realised one, T points: five hundredths of
the mean rating of 50."""

UP_TO = 3000
"""Past moves up to which the gain of a plan is easily overstated."""


def measured(trials: Sequence[Trial], told: Told, jobs: int) -> Regions:
    """Return what several regions show.

    Args:
        trials: The regions.
        told: Told how many are done.
        jobs: How many are worked on at once, each in a process of its own.
    """
    outcomes = of_each(_alone, trials, told, jobs)
    return Regions(
        groups=tuple(group(found) for found in by_kind(outcomes)),
        draws=DRAWS,
        overstated_bound=OVERSTATED,
        small=sum(trial.moves <= UP_TO for trial in trials),
        overstated_within={name: within(name, list(outcomes.values())) for name in POLICIES},
    )


def _alone(trial: Trial) -> Outcome:
    return run(trial, with_fewer=trial.moves == MIDDLE)


def within(policy: str, outcomes: Sequence[Outcome]) -> int:
    """Return in how many of the small regions a stated gain is not overstated."""
    small = [one for one in outcomes if one.trial.moves <= UP_TO]
    return sum(_overstated(policy, one) <= OVERSTATED for one in small)


def _overstated(policy: str, outcome: Outcome) -> float:
    worth = outcome.worth[policy]
    return worth.value.cross_fitted.value - worth.realised


def group(outcomes: Sequence[Outcome]) -> Group:
    """Return the figures of regions of one kind and size."""
    first = outcomes[0].trial
    names = list(outcomes[0].compared.regret)
    return Group(
        world=first.world.name,
        moves=first.moves,
        rated=tuple(one.moves for one in outcomes),
        vacancies=int(_vacancies(outcomes).max()) + 1,
        predictors=_predictors(outcomes, names),
        sureness=_sureness(outcomes),
        policies={name: _policy(name, outcomes) for name in POLICIES},
        parts=dict(Counter(part for one in outcomes for part in one.parts)),
        seconds=float(np.mean([one.seconds for one in outcomes])),
    )


def _predictors(outcomes: Sequence[Outcome], names: Sequence[str]) -> dict[str, Predictor]:
    drawn = np.mean([[one.compared.at_hand[name] for name in names] for one in outcomes], axis=0).T
    at_hand = Resampled(drawn.mean(axis=0), drawn)
    near, places = _near(outcomes, names)
    found = {}
    for place, name in enumerate(names):
        own = places.get(name, {})
        figures = {measure: Figure.of(near.interval(at)) for measure, at in own.items()}
        found[name] = Predictor(
            r=figures.get("r"),
            r_within=figures.get("r_within"),
            rmse=figures.get("rmse"),
            chance_error=figures.get("chance_error"),
            regret=float(np.mean([one.compared.regret[name] for one in outcomes])),
            at_hand=Figure.of(at_hand.interval(place)),
            plan_regret=float(np.mean([one.compared.plan_regret[name] for one in outcomes])),
            against=None
            if name == PRODUCT
            else _against(near, places, at_hand, names.index(PRODUCT), place, name),
        )
    return found


def _near(
    outcomes: Sequence[Outcome], names: Sequence[str]
) -> tuple[Resampled, Mapping[str, Mapping[str, int]]]:
    """Return how near the truth each predictor comes, and where its figures stand."""
    vacancy = _vacancies(outcomes)
    columns: list[Floats] = [
        _joined(one.compared.true_performance for one in outcomes),
        _joined(one.compared.true_acceptance for one in outcomes),
    ]
    columns += [_centred(columns[0], vacancy)]
    measures: list[Callable[[Floats], float]] = []
    places: dict[str, dict[str, int]] = {}
    for name in names:
        if name in outcomes[0].compared.performance:
            said = _joined(one.compared.performance[name] for one in outcomes)
            at = len(columns)
            columns += [said, _centred(said, vacancy)]
            places.setdefault(name, {})["r"] = len(measures)
            measures.append(_correlated(0, at))
            places[name]["r_within"] = len(measures)
            measures.append(_correlated(2, at + 1))
            places[name]["rmse"] = len(measures)
            measures.append(_off(0, at))
        if name in outcomes[0].compared.acceptance:
            columns.append(_joined(one.compared.acceptance[name] for one in outcomes))
            places.setdefault(name, {})["chance_error"] = len(measures)
            measures.append(_off(1, len(columns) - 1))
    found = resampled(
        lambda matrix: [measure(matrix) for measure in measures],
        np.column_stack(columns),
        groups=vacancy,
        crossed=_people(outcomes),
        draws=DRAWS,
    )
    return found, places


def _correlated(one: int, other: int) -> Callable[[Floats], float]:
    return lambda matrix: metrics.pearson(matrix[:, one], matrix[:, other])


def _off(one: int, other: int) -> Callable[[Floats], float]:
    return lambda matrix: metrics.rmse(matrix[:, one], matrix[:, other])


def _against(
    near: Resampled,
    places: Mapping[str, Mapping[str, int]],
    at_hand: Resampled,
    product: int,
    place: int,
    name: str,
) -> Against:
    loses = at_hand.difference(product, place)
    gains = None
    if "r" in places.get(name, {}):
        gains = near.difference(places[PRODUCT]["r"], places[name]["r"])
    return Against(
        r=None if gains is None else Figure.of(gains),
        regret=Figure.of(loses),
        on_r=None if gains is None else verdict(gains, more_is_better=True),
        on_regret=verdict(loses, more_is_better=False),
    )


def verdict(found: Interval, *, more_is_better: bool) -> Verdict:
    """Return what a difference allows to say: a tie unless its interval leaves zero out.

    >>> verdict(Interval(0.1, 0.02, 0.2), more_is_better=True)
    'better'
    >>> verdict(Interval(0.1, -0.02, 0.2), more_is_better=True)
    'tie'
    """
    if not found.excludes_zero:
        return "tie"
    return "better" if (found.value > 0) == more_is_better else "worse"


def _sureness(outcomes: Sequence[Outcome]) -> Sureness:
    kept = [one.kept for one in outcomes]
    vacancy, people = _vacancies(outcomes), _people(outcomes)
    held = _joined(one.held.astype(float) for one in kept)
    thin = _joined(one.thin.astype(float) for one in kept)
    chance = _joined(one.chance for one in kept)
    accepted = _joined(one.accepted for one in kept)
    gain_held = _joined(one.gain_held.astype(float) for one in kept)
    gain = _joined(one.gain for one in kept), _joined(one.true_gain for one in kept)
    near = resampled(
        lambda said, true: [metrics.pearson(said, true)],
        *gain,
        groups=vacancy,
        crossed=people,
        draws=DRAWS,
    )
    return Sureness(
        coverage=_mean(held),
        coverage_by_evidence=tuple(
            figure for figure in (_mean(held[thin == part]) for part in range(3)) if figure
        ),
        ratings=len(held),
        ece=Figure.of(interval(metrics.ece, accepted, chance, draws=DRAWS))
        if len(chance)
        else None,
        answers=len(chance),
        gain_coverage=Figure.of(crossed_ratio(gain_held, np.ones(len(gain_held)), vacancy, people)),
        gain_r=Figure.of(near.interval(0)),
        evidence=float(np.mean([one.evidence for one in kept])),
    )


def _policy(name: str, outcomes: Sequence[Outcome]) -> Policy:
    worth = [one.worth[name] for one in outcomes]
    return Policy(
        promised=float(np.mean([one.value.promised for one in worth])),
        cross_fitted=float(np.mean([one.value.cross_fitted.value for one in worth])),
        realised=float(np.mean([one.realised for one in worth])),
        best=float(np.mean([one.best for one in worth])),
        null=float(np.mean([np.mean(one.value.null) for one in worth])),
        naive_promised=float(np.mean([one.naive_promised for one in worth])),
        naive_realised=float(np.mean([one.naive_realised for one in worth])),
        overstated=tuple(sorted(_overstated(name, one) for one in outcomes)),
        held=sum(_is_held(one) for one in worth),
        width=float(
            np.mean([one.value.cross_fitted.high - one.value.cross_fitted.low for one in worth])
        ),
        told_from_null=sum(one.value.is_told_from_null for one in worth),
    )


def _is_held(worth: Worth) -> bool:
    stated = worth.value.cross_fitted
    return bool(stated.low <= worth.realised <= stated.high)


def _mean(values: Floats) -> Figure | None:
    return Figure.of(interval(np.mean, values, draws=DRAWS)) if len(values) else None


def _vacancies(outcomes: Sequence[Outcome]) -> Floats:
    """Return the vacancy of each pair, told apart across regions."""
    return _told_apart(one.compared.vacancy for one in outcomes)


def _people(outcomes: Sequence[Outcome]) -> Floats:
    """Return the person of each pair, told apart across regions."""
    return _told_apart(one.compared.person for one in outcomes)


def _told_apart(numbers: Iterable[Ints]) -> Floats:
    parts, first = [], 0
    for one in numbers:
        parts.append(one + first)
        first += int(one.max()) + 1
    return np.concatenate(parts).astype(float)


def _centred(values: Floats, vacancy: Floats) -> Floats:
    _, code = np.unique(vacancy, return_inverse=True)
    centred: Floats = values - (np.bincount(code, values) / np.bincount(code))[code]
    return centred


def _joined(parts: Iterable[Floats]) -> Floats:
    return np.concatenate([np.empty(0), *parts])
