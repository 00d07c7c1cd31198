"""What the product says with one choice changed at a time.

Each variant is the product's own recipe on the product's own past, but for one thing
(and the penalty, where other examples ask for another).
The alternatives are only here: nothing of the product has to know them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from models.artifact import Head
from models.candidates import Candidates
from models.examples import Lessons
from models.learner import Floats
from models.scoring import Scorer
from models.training import Learned
from models.utility import utility
from models.weighting import learn_choices
from pipelines.regions.choices.past import Made, best, linear_of, made, with_trees
from pipelines.regions.choices.robust import robust
from pipelines.regions.rivals import LAST, PRODUCT, Said, of_product

LOWER = 0.05
"""Share of the draws of a utility below its lower end."""


def variants(
    lessons: Lessons, learned: Learned, candidates: Candidates
) -> Mapping[str, tuple[Said, bool]]:
    """Return what the product says of candidates, and what each variant does.

    Args:
        lessons: What the past teaches.
        learned: The product, learned from it.
        candidates: Who could move where.

    Returns:
        By name, the product first; and whether predictions are its own, or only the
        order.
    """
    scorer = Scorer(learned.heads)
    product = of_product(scorer, candidates)
    found = {PRODUCT: (product, True)}
    choices = learn_choices(lessons)
    own = made(learned.heads["performance"], lessons, choices, learned.heads.get("acceptance"))
    for name, head in heads(own, lessons, learned):
        said = of_product(Scorer({**learned.heads, "performance": head}), candidates)
        found[name] = (said, True)
    known = scorer.scores(candidates.columns(candidates.moving, scorer.names)).has_evidence
    last = np.where(known, 0.0, LAST)
    for name, score in orders(scorer, candidates):
        found[name] = (replace(product, score=score - last), False)
    return found


def heads(own: Made, lessons: Lessons, learned: Learned) -> Iterator[tuple[str, Head]]:
    """Yield performance heads that were learned otherwise in one thing.

    Args:
        own: What the product's was made of.
        lessons: What the past teaches.
        learned: The product.
    """
    recipe = own.recipe
    yield "moves_only", own.fitted(best(replace(recipe, learns_from_stays=False), own.rated))
    yield "hidden_kept", own.fitted(recipe, own.rated)
    yield "free", own.fitted(replace(recipe, ways={}))
    weighted = replace(recipe, is_weighted=True)
    yield "no_weights", own.fitted(replace(recipe, is_weighted=False))
    yield "root_weights", own.fitted(weighted)
    yield "whole_weights", own.fitted(weighted, replace(own.past, weight=_whole(own)))
    yield "trees", own.fitted(replace(recipe, config=with_trees(recipe.config)))
    yield "no_trees", own.fitted(replace(recipe, config=linear_of(recipe.config)))
    yield "doubly_robust", robust(own, lessons, learned.heads.get("acceptance"))


def orders(scorer: Scorer, candidates: Candidates) -> Iterator[tuple[str, Floats]]:
    """Yield other ways to order the same predictions: by the lower end of what is sure."""
    moving, staying = (
        candidates.columns(matrix, scorer.names)
        for matrix in (candidates.moving, candidates.staying)
    )
    people = np.unique(candidates.employee_id.astype(str), return_inverse=True)[1]
    drawn = scorer.utilities(moving, people.astype(np.int64), candidates.vacancy)
    yield "lower_utility", np.quantile(drawn, LOWER, axis=1)
    gains = scorer.gains(moving, staying, np.ones(len(moving), dtype=bool))
    scores = scorer.scores(moving)
    yield "lower_gain", utility(scores.value - (gains.gain - gains.low), scores.acceptance)


def _whole(own: Made) -> Floats:
    """Return whole inverse propensities, mean 1: the product's weights are their roots."""
    whole = np.square(own.weight)
    return np.concatenate([whole / whole.mean(), np.ones(len(own.stays))])
