"""Figures of variants over several regions, and their differences from the product."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from models import metrics
from models.intervals import Interval, Resampled, resampled
from models.learner import Floats
from pipelines.pages.figure import Figure
from pipelines.regions.choices.nearness import FIGURES
from pipelines.regions.choices.schema import Beside, Choices, Group, Variant
from pipelines.regions.choices.trial import Foretold, Outcome, run
from pipelines.regions.design import Trial
from pipelines.regions.measure import verdict
from pipelines.regions.pool import Told, by_kind, of_each
from pipelines.regions.trial import DRAWS

MOVES = (300, 1000, 3000)
TRIED = ("usual", "no_match", "patronage", "gaps")
"""Sizes and worlds of regions, where none are asked for."""

BETTER = {"r": True, "rmse": False, "regret": False, "ece": False, "brier": False}
"""Of which figures more is better, or less."""

Measures = Mapping[str, Callable[[Floats, Floats], float]]
"""By figure, what it is of labels and of what was stated."""

OF_INTERVALS: Measures = {
    "coverage": lambda label, ends: metrics.coverage(label, ends[:, 0], ends[:, 1]),
    "width": lambda _, ends: metrics.width(ends[:, 0], ends[:, 1]),
}
OF_CHANCES: Measures = {"ece": metrics.ece, "brier": metrics.brier}


def measured(trials: Sequence[Trial], told: Told, jobs: int) -> Choices:
    """Return what several regions show.

    Args:
        trials: The regions.
        told: Told how many are done.
        jobs: How many are worked on at once, each in a process of its own.
    """
    outcomes = of_each(run, trials, told, jobs)
    kinds = by_kind(outcomes)
    groups = [group(found) for found in kinds]
    if len(kinds) > 1:
        together = group([one for found in kinds for one in found])
        groups.append(together.model_copy(update={"world": None, "moves": None}))
    return Choices(groups=tuple(groups), draws=DRAWS)


def group(outcomes: Sequence[Outcome]) -> Group:
    """Return the figures of some regions, named after the first."""
    first = outcomes[0].trial
    return Group(
        world=first.world.name,
        moves=first.moves,
        rated=tuple(one.moves for one in outcomes),
        nearness=_nearness(outcomes),
        intervals=_tested([one.ratings for one in outcomes], OF_INTERVALS),
        ratings=sum(len(one.ratings.label) for one in outcomes),
        chances=_tested([one.answers for one in outcomes], OF_CHANCES),
        answers=sum(len(one.answers.label) for one in outcomes),
        labels=tuple(one.labels for one in outcomes),
        seconds=float(np.mean([one.seconds for one in outcomes])),
    )


def _nearness(outcomes: Sequence[Outcome]) -> dict[str, Variant]:
    values = np.mean([one.near.values for one in outcomes], axis=0)
    draws = np.mean([one.near.draws for one in outcomes], axis=0)
    found = Resampled(values.ravel(), draws.reshape(len(draws), -1))
    differs = {
        name: sum(_differs(one.near.draws, place) for one in outcomes)
        for place, name in enumerate(outcomes[0].near.names)
    }
    return _variants(found, FIGURES, differs)


def _differs(draws: Floats, place: int) -> bool:
    both = draws[:, place], draws[:, 0]
    return not np.allclose(*both, rtol=0.0, atol=1e-9, equal_nan=True)


def _tested(parts: Sequence[Foretold], measures: Measures) -> dict[str, Variant]:
    """Return the figures of a back-test; nothing where no year could be tested."""
    parts = [part for part in parts if len(part.label)]
    if not parts:
        return {}
    names = tuple(parts[0].said)
    label = np.concatenate([part.label for part in parts])
    said = [np.concatenate([part.said[name] for part in parts]) for name in names]
    people = [np.char.add(f"{number}|", part.employee_id) for number, part in enumerate(parts)]
    found = resampled(
        lambda label, *said: [measure(label, one) for one in said for measure in measures.values()],
        label,
        *said,
        groups=np.concatenate(people),
        draws=DRAWS,
    )
    differs = {
        name: sum(not np.allclose(part.said[name], part.said[names[0]]) for part in parts)
        for name in names
    }
    return _variants(found, tuple(measures), differs)


def _variants(
    found: Resampled, figures: Sequence[str], differs: Mapping[str, int]
) -> dict[str, Variant]:
    """Return figures that stand variant by variant, the product's first, in one row."""
    variants = {}
    for place, (name, count) in enumerate(differs.items()):
        own = {
            figure: _beside(found, place * len(figures) + at, at, figure)
            for at, figure in enumerate(figures)
        }
        told = {figure: one for figure, one in own.items() if one.value.value is not None}
        variants[name] = Variant(figures=told, differs=count)
    return variants


def _beside(found: Resampled, place: int, product: int, figure: str) -> Beside:
    value = Figure.of(found.interval(place))
    if place == product:
        return Beside(value=value)
    more: Interval = found.difference(place, product)
    told = verdict(more, more_is_better=BETTER[figure]) if figure in BETTER else None
    return Beside(value=value, more=Figure.of(more), verdict=told)
