"""Learn the heads from past decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import FEATURES
from features.outcomes import Decisions, answers, inferred_answers, joined
from features.sets import (
    ACCEPTANCE,
    FIRM_MOTIVES,
    LENIENCY,
    MOTIVES,
    ONLY_ANSWERS,
    PERFORMANCE,
    RECENT,
    STEADY,
    WAYS,
)
from models.artifact import Head
from models.conformal import Widths, scheme_on, widths
from models.examples import Examples, Lessons
from models.fitting import Config, LinearConfig
from models.heads import learned, present, referenced
from models.hidden import Control
from models.learner import Floats, Task, probability
from models.past import past_of
from models.selection import Recipe, Selected
from models.weighting import Chosen, effective, learn_choices
from mutasi.errors import TooFewTransfers
from mutasi.snapshot import Snapshot

LEAST_MOVES = 50
"""Rated moves below which no performance head is learned."""

LEAST_OFFERS = 50
"""Answered offers below which no acceptance head is learned."""

LEAST_OF_EACH = 10
"""Acceptances and refusals below which no acceptance head is learned."""

LEAST_TO_CALIBRATE = 1000
"""Labels of the later past from which chances are corrected; fewer make them worse."""

IDENTITY_WEIGHT = 20.0
"""How strongly a correction of chances is drawn to no correction, in labels."""

MOST_STAYS = 40_000
"""Ratings of people who were not moved that are learned from, at most; more of them
cost time and change nothing that can be seen."""

FEWEST_ERRORS = 100
"""Errors of one closed year from which it alone tells how wide intervals must be."""

RATINGS: tuple[Config, ...] = tuple(
    LinearConfig(penalty=penalty) for penalty in (300.0, 1000.0, 3000.0, 10_000.0)
)
ANSWERS: tuple[Config, ...] = tuple(
    LinearConfig(penalty=penalty) for penalty in (3.0, 10.0, 30.0, 100.0, 300.0)
)
"""Penalties to choose from."""

RATING_WAYS = {name: way for name, way in WAYS.items() if name not in ONLY_ANSWERS}


@dataclass(frozen=True)
class Learned:
    """What a past teaches.

    Attributes:
        heads: The heads that could be learned, by name.
        refusals: Why others could not.
    """

    heads: dict[str, Head]
    refusals: tuple[TooFewTransfers, ...]


def learn(
    lessons: Lessons, ratings: Sequence[Config] = RATINGS, offered: Sequence[Config] = ANSWERS
) -> Learned:
    """Learn every head that the past allows.

    Args:
        lessons: What the past teaches.
        ratings: Configurations of the performance head to choose from.
        offered: Configurations of the acceptance head to choose from.
    """
    choices = learn_choices(lessons)
    heads: dict[str, Head] = {}
    refusals = []
    if choices.proposal is not None:
        heads["proposal"] = choices.proposal
    try:
        heads["acceptance"] = learn_acceptance(lessons.acceptance, choices, offered)
    except TooFewTransfers as refusal:
        refusals.append(refusal)
    try:
        heads["performance"] = learn_performance(
            lessons.performance, lessons.stays, choices, heads.get("acceptance"), ratings
        )
    except TooFewTransfers as refusal:
        refusals.insert(0, refusal)
    if "acceptance" in heads:
        heads["acceptance"] = referenced(heads["acceptance"], lessons.acceptance)
    if "performance" in heads:
        heads["performance"] = referenced(heads["performance"], lessons.performance, lessons.seen)
    return Learned(heads, tuple(refusals))


def learn_performance(
    moves: Examples,
    stays: Examples,
    choices: Chosen,
    acceptance: Head | None = None,
    configs: Sequence[Config] = RATINGS,
) -> Head:
    """Learn the performance after a decision, in T points.

    Everybody's yearly ratings teach what makes a performance; those of people who
    moved also what a move does to it.

    Args:
        moves: Rated moves.
        stays: Ratings of people who were not moved.
        choices: How the moves came to be.
        acceptance: Who accepts, if that is known.
        configs: Configurations to choose from.

    Raises:
        TooFewTransfers: If fewer than :data:`LEAST_MOVES` rated moves are known.
    """
    if len(moves) < LEAST_MOVES:
        raise TooFewTransfers(head="performance", found=len(moves), needed=LEAST_MOVES)
    weight = choices.of_moves(moves, acceptance)
    stays = at_most(stays, MOST_STAYS)
    past = past_of(moves, weight, stays)
    names = present(moves, STEADY)
    recipes = [Recipe(config, names, RATING_WAYS) for config in configs]
    head, chosen = learned(past, Task.REGRESSION, recipes, {"recent": present(moves, RECENT)})
    every = np.ones(len(past.label), dtype=bool)
    control = Control(past, every)
    told = {
        "added": LENIENCY,
        "effective": effective(weight),
        "hidden": float(control.quality(past.label)[: len(moves)].mean()),
        "hidden_error": abs(float(control.doubt(past.label)[: len(moves)].mean())),
        "widths": _widths(chosen, moves, stays),
    }
    learner = chosen.recipe.doubted(chosen.learner, past, every)
    return Head(learner, head.facts.model_copy(update=told))


def learn_acceptance(
    offers: Examples, choices: Chosen, configs: Sequence[Config] = ANSWERS
) -> Head:
    """Learn the chance that an offer is accepted.

    Args:
        offers: Answered offers.
        choices: How they came to be.
        configs: Configurations to choose from.

    Raises:
        TooFewTransfers: If fewer than :data:`LEAST_OFFERS` answers are known, or
            fewer than :data:`LEAST_OF_EACH` of either kind.
    """
    if not _are_enough(offers.label):
        raise TooFewTransfers(head="acceptance", found=len(offers), needed=LEAST_OFFERS)
    weight = choices.of_offers(offers)
    past = past_of(offers, weight)
    recipes = [Recipe(config, present(offers, MOTIVES), WAYS, FIRM_MOTIVES) for config in configs]
    head, chosen = learned(past, Task.BINARY, recipes, {"wide": present(offers, ACCEPTANCE)})
    shift, slope = correction(chosen.raw_later, offers.label[chosen.later])
    told = {
        "shift": shift,
        "slope": slope,
        "effective": effective(weight),
    }
    return Head(head.learner, head.facts.model_copy(update=told))


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


def absent_concepts(lessons: Lessons) -> tuple[str, ...]:
    """Return the concepts of which the decisions hold nothing at all."""
    examples = lessons.performance if len(lessons.performance) else lessons.acceptance
    names = tuple(dict.fromkeys((*PERFORMANCE, *ACCEPTANCE)))
    held = {FEATURES[name].concept for name in present(examples, names)}
    wanted = dict.fromkeys(FEATURES[name].concept for name in names)
    return tuple(concept.value for concept in wanted if concept is not None and concept not in held)


def at_most(stays: Examples, count: int) -> Examples:
    """Return some of the examples, drawn at random, in their order; all where they are few."""
    if len(stays) <= count:
        return stays
    rows = np.random.default_rng(0).permutation(len(stays))[:count]
    return stays.where(np.sort(rows))


@dataclass(frozen=True, eq=False)
class Missed:
    """By how much ratings of the latest closed year were missed.

    Attributes:
        rows: Which of the moves, and after them of the stays.
        error: Rating minus prediction, T points.
        year: Year of each decision.
    """

    rows: NDArray[np.int64]
    error: Floats
    year: NDArray[np.datetime64]


def missed(later: NDArray[np.int64], raw_later: Floats, moves: Examples, stays: Examples) -> Missed:
    """Return the errors of the latest closed year; of the whole later past where it has few.

    Args:
        later: Rows of the later past, of the moves and after them of the stays.
        raw_later: Predictions of these, by what was known before.
        moves: Rated moves.
        stays: Ratings of people who were not moved.
    """
    both = (moves, stays)
    label = np.concatenate([part.label for part in both])[later]
    usual = np.concatenate([part.columns((LENIENCY,))[:, 0] for part in both])[later]
    day = np.concatenate([part.decisions.decided_on for part in both])[later]
    error = label - raw_later - np.nan_to_num(usual)
    year = day.astype("datetime64[Y]")
    closed = year == year.max()
    if closed.sum() < FEWEST_ERRORS:
        closed = np.ones_like(closed)
    return Missed(later[closed], error[closed], year[closed])


def _widths(chosen: Selected, moves: Examples, stays: Examples) -> Widths:
    """Return how wide intervals must be, by the latest closed year of the later past."""
    found = missed(chosen.later, chosen.raw_later, moves, stays)
    both = (moves, stays)
    label = np.concatenate([part.label for part in both])[found.rows]
    evidence = np.concatenate([part.columns(("person_record_error",))[:, 0] for part in both])
    outcome_ends = (found.year + 2).astype("datetime64[D]") - 1
    return widths(
        found.error,
        evidence[found.rows],
        found.rows >= len(moves),
        spread=float(np.std(label)),
        schemes=set(scheme_on(outcome_ends).tolist()),
    )


def correction(raw: Floats, label: Floats) -> tuple[float, float]:
    """Return shift and slope that make log-odds honest; (0, 1) where labels are few."""
    return platt(raw, label) if len(label) >= LEAST_TO_CALIBRATE else (0.0, 1.0)


def platt(raw: Floats, label: Floats) -> tuple[float, float]:
    """Return shift and slope that make log-odds honest, however few the labels.

    Platt's correction fitted by Newton's method, with a penalty that draws it to
    no correction at all.
    """
    inputs = np.column_stack([np.ones_like(raw), raw])
    identity = np.array([0.0, 1.0])
    found = identity.copy()
    for _ in range(25):
        chance = probability(inputs @ found)
        gradient = inputs.T @ (label - chance) - IDENTITY_WEIGHT * (found - identity)
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        found = found + np.linalg.solve(curvature + IDENTITY_WEIGHT * np.eye(2), gradient)
    return float(found[0]), float(found[1])
