"""From examples to a head: which features, which learner, and what is known of it."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.artifact import Head, HeadFacts
from models.examples import Examples
from models.fitting import OUTLYING
from models.learner import Task, probability
from models.past import Past
from models.reference import (
    Reference,
    Spread,
    features_of,
    middle,
    pace_years,
    recent,
    yearly,
)
from models.selection import Recipe, Selected, select


def present(examples: Examples, names: Sequence[str]) -> tuple[str, ...]:
    """Return the features of which the examples hold anything."""
    empty = np.asarray(np.isnan(examples.columns(names)).all(axis=0))
    return tuple(name for name, nothing in zip(names, empty, strict=True) if not nothing)


def learned(
    past: Past,
    task: Task,
    recipes: Sequence[Recipe],
    wider: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Head, Selected]:
    """Return the head that a past teaches, and how it was chosen.

    Args:
        past: The examples.
        task: The kind of label.
        recipes: One recipe with penalties to choose from.
        wider: Sets of features that may take the place of the recipe's, by name.
    """
    chosen = select(past, task, recipes, wider or {})
    every = np.ones(len(past.label), dtype=bool)
    known = past.columns(chosen.recipe.names, every)
    filled = np.where(np.isnan(known).all(axis=0), 0.0, known)
    low, high = np.nanquantile(filled, (OUTLYING, 1 - OUTLYING), axis=0)
    moves = ~past.is_stay
    return Head(
        chosen.learner,
        HeadFacts(
            kind=chosen.learner.kind,
            columns=chosen.recipe.names,
            low=tuple(low.tolist()),
            high=tuple(high.tolist()),
            config=chosen.recipe.config.model_dump(),
            loss=chosen.loss,
            base_loss=chosen.base_loss,
            trials=chosen.trials,
            examples=int(moves.sum()),
            stays=int(past.is_stay.sum()) if chosen.recipe.learns_from_stays else 0,
            positives=int(past.label.sum()) if task is Task.BINARY else None,
        ),
    ), chosen


def referenced(head: Head, examples: Examples, sighted: Examples | None = None) -> Head:
    """Return a head that knows what the decisions of its training looked like.

    Args:
        head: The head.
        examples: What it was fitted on, stays apart; at least one.
        sighted: All decisions of their kind, where these are known: the label says
            whether it is on record what became of them.
    """
    rows = examples.where(recent(examples.decisions.decided_on))
    matrix, days = rows.columns(head.columns), rows.decisions.decided_on
    sighted = sighted if sighted is not None and len(sighted) else None
    raw = head.raw(matrix)
    familiar = dict(zip(head.facts.columns, head.is_familiar(matrix).T, strict=True))
    is_binary = head.facts.positives is not None
    reference = Reference(
        since=str(days.min()),
        until=str(days.max()),
        middle=str(middle(days)),
        pace_years=pace_years(days),
        count=len(rows),
        features=features_of(dict(zip(head.columns, matrix.T, strict=True)), days, familiar),
        predicted=Spread.of(probability(raw) if is_binary else raw),
        label=Spread.of(rows.label),
        a_year=None if sighted is None else yearly(sighted.decisions.decided_on),
        told=None if sighted is None else (int(sighted.label.sum()), len(sighted)),
    )
    return Head(head.learner, head.facts.model_copy(update={"reference": reference}))
