"""Learn the two heads from past decisions."""

from collections.abc import Sequence

import numpy as np

from features import FEATURES
from features.outcomes import Decisions, answers, inferred_answers, joined
from models.artifact import Head, HeadFacts
from models.examples import Examples
from models.fitting import Config, fit
from models.learner import Floats, Task, probability
from models.selection import CANDIDATES, Selected, select
from mutasi.errors import TooFewTransfers
from mutasi.snapshot import Snapshot

LEAST_MOVES = 50
"""Rated moves below which no performance head is learned."""

LEAST_OFFERS = 50
"""Answered offers below which no acceptance head is learned."""

LEAST_OF_EACH = 10
"""Acceptances and refusals below which no acceptance head is learned."""

COVERAGE = 0.9
LEAST_TO_CALIBRATE = 1000
"""Labels of the later past from which chances are corrected; fewer make them worse."""

RESAMPLES = 8
IDENTITY_WEIGHT = 20.0
"""How strongly a correction of chances is drawn to no correction, in labels."""


def learn_performance(
    examples: Examples, candidates: Sequence[Config] = CANDIDATES, resamples: int = RESAMPLES
) -> Head:
    """Learn the performance after a move, in T points.

    Args:
        examples: Rated moves.
        candidates: Configurations to choose from, the simplest first.
        resamples: Refits that tell the standard error of a prediction; none where
            it is not asked for.

    Raises:
        TooFewTransfers: If fewer than :data:`LEAST_MOVES` rated moves are known.
    """
    if len(examples) < LEAST_MOVES:
        raise TooFewTransfers(head="performance", found=len(examples), needed=LEAST_MOVES)
    names, matrix = present(examples)
    days = examples.decisions.decided_on
    chosen = select(matrix, examples.label, days, Task.REGRESSION, candidates)
    return Head(
        chosen.learner,
        HeadFacts(
            kind=chosen.learner.kind,
            columns=names,
            config=chosen.config.model_dump(),
            losses=chosen.losses,
            examples=len(examples),
            half_width=half_width(chosen.raw_later, examples.label[chosen.later]),
            spread=_spread(matrix, examples.label, Task.REGRESSION, chosen, resamples),
        ),
    )


def learn_acceptance(
    examples: Examples, candidates: Sequence[Config] = CANDIDATES, resamples: int = RESAMPLES
) -> Head:
    """Learn the chance that an offer is accepted.

    Arguments as in :func:`learn_performance`.

    Raises:
        TooFewTransfers: If fewer than :data:`LEAST_OFFERS` answers are known, or
            fewer than :data:`LEAST_OF_EACH` of either kind.
    """
    accepted = int(examples.label.sum())
    if not _are_enough(examples.label):
        raise TooFewTransfers(head="acceptance", found=len(examples), needed=LEAST_OFFERS)
    names, matrix = present(examples)
    days = examples.decisions.decided_on
    chosen = select(matrix, examples.label, days, Task.BINARY, candidates)
    shift, slope = correction(chosen.raw_later, examples.label[chosen.later])
    return Head(
        chosen.learner,
        HeadFacts(
            kind=chosen.learner.kind,
            columns=names,
            config=chosen.config.model_dump(),
            losses=chosen.losses,
            examples=len(examples),
            positives=accepted,
            spread=_spread(matrix, examples.label, Task.BINARY, chosen, resamples),
            shift=shift,
            slope=slope,
        ),
    )


def teaching_answers(snapshot: Snapshot) -> tuple[Decisions, int]:
    """Return the answers to learn acceptance from, and how many of them are inferred.

    Inferred ones (proxies) only help out where too few are recorded.
    """
    recorded = answers(snapshot)
    if _are_enough(recorded.label):
        return recorded, 0
    inferred = inferred_answers(snapshot)
    return joined([recorded, inferred]), len(inferred)


def _are_enough(label: Floats) -> bool:
    accepted = int(label.sum())
    return len(label) >= LEAST_OFFERS and min(accepted, len(label) - accepted) >= LEAST_OF_EACH


def present(examples: Examples) -> tuple[tuple[str, ...], Floats]:
    """Return the features of which the examples hold anything, and their columns."""
    held = np.asarray(~np.isnan(examples.matrix).all(axis=0))
    names = tuple(name for name, kept in zip(examples.names, held, strict=True) if kept)
    return names, examples.matrix[:, held]


def absent_concepts(examples: Examples) -> tuple[str, ...]:
    """Return the concepts of which the examples hold nothing at all."""
    names, _ = present(examples)
    held = {FEATURES[name].concept for name in names}
    wanted = dict.fromkeys(FEATURES[name].concept for name in examples.names)
    return tuple(concept.value for concept in wanted if concept is not None and concept not in held)


def half_width(predicted: Floats, label: Floats) -> float:
    """Return half the width of an interval that holds 90% of labels: split conformal.

    The ⌈(n + 1) · 0.9⌉-th smallest absolute error on labels that the learner did
    not see (Vovk, Gammerman & Shafer 2005); the largest where n is below 9.
    """
    errors = np.sort(np.abs(label - predicted))
    rank = int(np.ceil((len(errors) + 1) * COVERAGE))
    return float(errors[min(rank, len(errors)) - 1])


def correction(raw: Floats, label: Floats) -> tuple[float, float]:
    """Return shift and slope that make log-odds honest; (0, 1) where labels are few.

    Platt's correction fitted by Newton's method, with a penalty that draws it to
    no correction at all.
    """
    if len(label) < LEAST_TO_CALIBRATE:
        return 0.0, 1.0
    inputs = np.column_stack([np.ones_like(raw), raw])
    identity = np.array([0.0, 1.0])
    found = identity.copy()
    for _ in range(25):
        chance = probability(inputs @ found)
        gradient = inputs.T @ (label - chance) - IDENTITY_WEIGHT * (found - identity)
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        found = found + np.linalg.solve(curvature + IDENTITY_WEIGHT * np.eye(2), gradient)
    return float(found[0]), float(found[1])


def _spread(matrix: Floats, label: Floats, task: Task, chosen: Selected, resamples: int) -> float:
    """Return the standard error of a raw score against others', by refits on resamples.

    A refit's common shift moves everyone alike and is taken out.
    """
    rng = np.random.default_rng(0)
    shown = matrix[chosen.later]
    scores = []
    for _ in range(resamples):
        rows = rng.integers(0, len(label), len(label))
        if task is Task.BINARY and len(np.unique(label[rows])) < 2:
            continue
        raw = fit(matrix[rows], label[rows], task, chosen.config).raw(shown)
        scores.append(raw - raw.mean())
    return float(np.median(np.std(scores, axis=0, ddof=1))) if len(scores) > 1 else 0.0
