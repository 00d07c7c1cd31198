"""How near the truth each variant comes, on the same draws of people and vacancies."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.candidates import Candidates
from models.learner import Floats
from pipelines.regions import regret
from pipelines.regions.asked import Truths, some
from pipelines.regions.rivals import Said
from pipelines.regions.trial import DRAWS

FIGURES = ("r", "rmse", "gain_off", "first_off", "regret")
"""Correlation and error against the true performance; by how much the stated gain exceeds
the true one, of all candidates and of the first of those at hand; true utility that the
first of those at hand lacks."""

OF_ALL = 3
"""How many of them are of all candidates: those of the first change with who is at hand."""


@dataclass(frozen=True, eq=False)
class Near:
    """Figures of the variants.

    Attributes:
        names: The variants.
        values: Shape ``(variants, figures)``; NaN where a variant only orders.
        draws: Shape ``(draws, variants, figures)``.
    """

    names: tuple[str, ...]
    values: Floats
    draws: Floats


def nearness(
    candidates: Candidates, truth: Truths, said: Mapping[str, tuple[Said, bool]], draws: int = DRAWS
) -> Near:
    """Return how near the truth variants come.

    Args:
        candidates: Who could move where.
        truth: The truth about each.
        said: What each variant says, and whether its predictions are its own.
        draws: How often people and vacancies are drawn.
    """
    rows = some(candidates)
    performance = np.column_stack([_performance(one) for one, _ in said.values()])[rows]
    stated = [_gain(one) for one, _ in said.values()]
    off = np.column_stack(stated)[rows] - truth.gain[rows, None]
    orders = [regret.ordered(candidates, one.score) for one, _ in said.values()]
    best_first = regret.ordered(candidates, truth.utility)
    vacancy = candidates.vacancy
    found = np.empty((draws, len(said), len(FIGURES)))
    for draw, (is_there, times) in enumerate(regret.drawn(candidates, draws)):
        weight = (is_there * times[vacancy])[rows].astype(float)
        found[draw, :, :OF_ALL] = _of_all(performance, truth.performance[rows], off, weight)
        best = regret.first(best_first, is_there, vacancy)
        counts = times[vacancy[best]] / max(times[vacancy[best]].sum(), 1)
        for place, order in enumerate(orders):
            first = regret.first(order, is_there, vacancy)
            found[draw, place, 3] = counts @ (stated[place] - truth.gain)[first]
            found[draw, place, 4] = counts @ (truth.utility[best] - truth.utility[first])
    values = found.mean(axis=0)
    values[:, :OF_ALL] = _of_all(performance, truth.performance[rows], off, np.ones(len(rows)))
    only_orders = [not own for _, own in said.values()]
    found[:, only_orders, :OF_ALL] = np.nan
    values[only_orders, :OF_ALL] = np.nan
    return Near(tuple(said), values, found)


def _of_all(said: Floats, true: Floats, off: Floats, weight: Floats) -> Floats:
    """Return weighted correlations and errors, and by how much gains are off; one row each."""
    share = weight / weight.sum()
    centred = said - share @ said
    of_truth = true - share @ true
    spread = np.sqrt((share @ np.square(centred)) * (share @ np.square(of_truth)))
    r = (share * of_truth) @ centred / np.maximum(spread, 1e-12)
    error = np.sqrt(share @ np.square(said - true[:, None]))
    return np.column_stack([r, error, share @ off])


def _gain(said: Said) -> Floats:
    assert said.staying is not None, "every variant predicts what staying leads to"
    return _performance(said) - said.staying


def _performance(said: Said) -> Floats:
    assert said.performance is not None, "every variant predicts performances"
    return said.performance
