"""What counts as a good outcome: the same question by several definitions, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm

from models.artifact import Head
from models.examples import Progress
from models.lasting import learn_lasting
from models.learner import Floats
from models.offers import Offers
from models.recommender import Recommender
from models.scoring import GAIN_QUANTILE
from models.utility import REFUSED
from mutasi.errors import OutcomeUnknown
from mutasi.planning import RESOLUTION, steps
from mutasi.planning.plan import Plan
from mutasi.planning.request import Outcome, PlanRequest
from pipelines.planning.comparing import beside
from pipelines.planning.question import Question
from pipelines.planning.schema import PlanReport
from pipelines.planning.schema_compare import Learned, Outcomes
from pipelines.planning.worth import worth


@dataclass(frozen=True, eq=False)
class View:
    """A question by one definition of a good outcome.

    Attributes:
        outcome: The definition.
        asked: The question.
        learned: How well it could be learned that a move lasts; None for other definitions.
    """

    outcome: Outcome
    asked: Question
    learned: Learned | None = None


def views(
    recommender: Recommender, asked: Question, request: PlanRequest, progress: Progress
) -> list[View]:
    """Return a question by each definition that a request names, in its order.

    Args:
        recommender: The region.
        asked: The question by the performance to be expected.
        request: What was asked.
        progress: Told of what takes long.

    Raises:
        OutcomeUnknown: If a definition takes a model of performance, and there is none.
        TooFewLasting: If too few moves are old enough to tell which last.
    """
    found = []
    head: Head | None = None
    for outcome in request.outcome:
        learned = None
        offers = asked.offers
        if outcome.measure == "good":
            offers = _good(recommender, offers, outcome)
        elif outcome.measure == "lasting":
            head = head or learn_lasting(recommender.snapshot, progress)
            offers = _lasting(recommender, offers, outcome, head)
            facts = head.facts
            learned = Learned(
                moves=facts.examples,
                lasted=facts.positives or 0,
                loss=facts.loss,
                base_loss=facts.base_loss,
            )
        problem = replace(asked.problem, worth=steps(worth(asked.known, offers, request)))
        found.append(View(outcome, replace(asked, problem=problem), learned))
    return found


def _good(recommender: Recommender, found: Offers, outcome: Outcome) -> Offers:
    """Return offers by the chance of a good rating, the habits of raters taken out.

    Ratings scatter about what is expected as the intervals of the model say.  Who holds no
    post is worth what an empty post is.
    """
    scorer = recommender.scorer
    if scorer.performance is None or scorer.performance.facts.widths is None:
        raise OutcomeUnknown(name=outcome.name, measure=outcome.measure)
    pairs = recommender.prepared.pairs(scorer.names, found.employee, found.position)
    on = np.datetime64(recommender.snapshot.as_of, "D")
    scatter = scorer.half_width(pairs, on) / GAIN_QUANTILE

    def points(expected: Floats) -> Floats:
        return np.asarray(outcome.points * norm.cdf((expected - outcome.at_least) / scatter))

    staying = np.where(np.isnan(found.staying), REFUSED, found.staying)
    return replace(found, value=points(found.value), staying=points(staying))


def _lasting(recommender: Recommender, found: Offers, outcome: Outcome, head: Head) -> Offers:
    """Return offers by the chance that a move lasts, against the usual chance."""
    pairs = recommender.prepared.pairs(head.columns, found.employee, found.position)
    usual = (head.facts.positives or 0) / head.facts.examples
    return replace(
        found,
        value=outcome.points * head.chance(pairs),
        staying=np.full(len(found.value), outcome.points * usual),
    )


def outcomes(
    views: Sequence[View], plans: Sequence[Plan], reports: Sequence[PlanReport]
) -> Outcomes:
    """Return plans by several definitions side by side.

    Args:
        views: The definitions, the first the one that the plan was asked for.
        plans: Their plans.
        reports: What is told of these.
    """
    return Outcomes(
        definitions=tuple(view.outcome.model_dump() for view in views),
        learned=tuple(view.learned for view in views),
        beside=beside(reports, [view.outcome.name for view in views]),
        worth=tuple(tuple(_worth_of(plan, view) for view in views) for plan in plans),
    )


def _worth_of(plan: Plan, view: View) -> float:
    """Return what the moves of a plan are worth by a definition, T points."""
    return int(view.asked.problem.worth[plan.moves].sum()) * RESOLUTION
