"""How the product learned to rate moves, taken apart so that one choice can be changed."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from features.sets import LENIENCY
from models.artifact import Head
from models.examples import Examples, Lessons
from models.fitting import Config, CorrectedConfig, LinearConfig
from models.hidden import without_hidden
from models.learner import Floats, Learner, Task
from models.past import Past, past_of
from models.selection import TREES, Judge, Recipe
from models.training import MOST_STAYS, RATINGS, at_most
from models.value import made_as
from models.weighting import Chosen


@dataclass(frozen=True, eq=False)
class Made:
    """A performance head, and what it was made of.

    Attributes:
        head: The head of the product.
        moves: Rated moves.
        stays: Ratings of people who were not moved, as many as the product takes.
        weight: The product's weight of each move, whether it takes weights or not.
    """

    head: Head
    moves: Examples
    stays: Examples
    weight: Floats

    @cached_property
    def rated(self) -> Past:
        """The examples, what the moved had beyond their records in their ratings."""
        return past_of(self.moves, self.weight, self.stays)

    @cached_property
    def past(self) -> Past:
        """The examples, as the product learns from them."""
        return without_hidden(self.rated, np.ones(len(self.rated.label), dtype=bool))

    @property
    def hidden(self) -> Floats:
        """What is taken off the rating of each move, T points."""
        return (self.rated.label - self.past.label)[: len(self.moves)]

    @property
    def recipe(self) -> Recipe:
        """How the product was made of them."""
        return replace(made_as(self.head), is_weighted="weights" in earned(self.head))

    def fitted(self, recipe: Recipe, past: Past | None = None) -> Head:
        """Return the head that a recipe makes, of another past if one is given."""
        found = self.past if past is None else past
        return self.of(recipe.fitted(found, Task.REGRESSION, np.ones(len(found.label), dtype=bool)))

    def of(self, learner: Learner) -> Head:
        """Return a head as of the product, but for what was learned."""
        facts = self.head.facts.model_copy(update={"kind": learner.kind, "added": LENIENCY})
        return Head(learner, facts)


def made(head: Head, lessons: Lessons, choices: Chosen, acceptance: Head | None) -> Made:
    """Return what a performance head was made of.

    Args:
        head: The product's, learned from these lessons.
        lessons: What the past teaches.
        choices: How the moves came to be.
        acceptance: Who accepts, if that is known.
    """
    moves, stays = lessons.performance, at_most(lessons.stays, MOST_STAYS)
    weight = choices.of_moves(moves, acceptance)
    return Made(head, moves, stays, weight)


def earned(head: Head) -> set[str]:
    """Return the parts that a head has."""
    return {trial.part for trial in head.facts.trials if trial.is_kept}


def best(recipe: Recipe, past: Past) -> Recipe:
    """Return a recipe with the penalty that the later past prefers for it."""
    judge = Judge(past, Task.REGRESSION)
    configs = [linear for linear in RATINGS if isinstance(linear, LinearConfig)]
    chosen = judge.best([replace(recipe, config=config) for config in configs])
    if isinstance(recipe.config, CorrectedConfig):
        return replace(recipe, config=with_trees(chosen.config))
    return chosen


def with_trees(config: Config) -> CorrectedConfig:
    """Return a configuration with trees that correct the linear model."""
    return CorrectedConfig(linear=linear_of(config), trees=TREES)


def linear_of(config: Config) -> LinearConfig:
    """Return a configuration without its trees."""
    if isinstance(config, CorrectedConfig):
        return config.linear
    assert isinstance(config, LinearConfig), "ratings are never learned by trees alone"
    return config
