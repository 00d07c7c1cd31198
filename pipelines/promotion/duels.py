"""Challenger against champion, on decisions whose outcome neither had seen.

The challenger itself has seen everything, so it is represented by its procedure:
what the same code learns from what was known before the outcomes.  Where the champion
was trained within the period, only outcomes that became known after that day count,
and the procedure learns from all that was known until then: as much as the champion.
"""

from collections.abc import Callable

import numpy as np

from models.artifact import Artifact, Head
from models.examples import Examples, Lessons
from models.intervals import resampled
from models.learner import Floats, Task
from models.metrics import log_loss, rmse
from models.training import Learned, learn
from pipelines.evaluation.backtest import Question, examples_of
from pipelines.pages.figure import Figure
from pipelines.promotion.schema import Duel

LEAST = 50
"""Decisions below which nothing is concluded."""

PERIOD = np.timedelta64(365, "D")
"""How far before the last decision with a known outcome the period begins."""

FEWEST_DAYS = 20
"""Decision days from which days are drawn together; with fewer, people are."""

DRAWS = 1000

Learner = Callable[[Lessons], Learned]


def duel(
    question: Question, lessons: Lessons, champion: Artifact, learner: Learner = learn
) -> Duel | None:
    """Return how both fare; None if the champion does not predict what is asked.

    Args:
        question: What is predicted.
        lessons: What the past teaches, with every column that either reads.
        champion: The model that serves.
        learner: The challenger's procedure.
    """
    rival = champion.heads.get(question.name)
    if rival is None:
        return None
    examples = examples_of(question, lessons)
    decided_from, known_from = period(examples, np.datetime64(champion.manifest.as_of, "D"))
    decisions = examples.decisions
    unseen = examples.where(
        np.asarray((decisions.decided_on >= decided_from) & (decisions.known_on >= known_from))
    )
    score = rmse if question.task is Task.REGRESSION else log_loss
    found = Duel(
        measure=score.__name__,
        count=len(unseen),
        decided_from=str(decided_from),
        known_from=str(known_from),
    )
    own = None
    if len(unseen) >= LEAST:
        own = learner(lessons.known_before(known_from)).heads.get(question.name)
    if own is None:
        return found
    drawn = resampled(
        lambda label, one, other: [score(label, one), score(label, other)],
        unseen.label,
        _predicted(own, unseen, question),
        _predicted(rival, unseen, question),
        groups=_clusters(unseen),
        draws=DRAWS,
    )
    return found.model_copy(
        update={
            "challenger": Figure.of(drawn.interval(0)),
            "champion": Figure.of(drawn.interval(1)),
            "difference": Figure.of(drawn.difference(0, 1)),
        }
    )


def period(examples: Examples, trained_on: np.datetime64) -> tuple[np.datetime64, np.datetime64]:
    """Return the first day of decisions, and of outcomes, that count as unseen.

    Args:
        examples: Decisions with known outcomes.
        trained_on: Day whose knowledge the champion learned from.
    """
    after = trained_on + np.timedelta64(1, "D")
    if not len(examples):
        return after, after
    decided_from = examples.decisions.decided_on.max() - PERIOD
    return decided_from, max(decided_from, after)


def _predicted(head: Head, examples: Examples, question: Question) -> Floats:
    read = examples.columns(head.columns)
    return head.chance(read) if question.task is Task.BINARY else head.raw(read)


def _clusters(examples: Examples) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """Return what is drawn together."""
    decisions = examples.decisions
    few = len(np.unique(decisions.decided_on)) < FEWEST_DAYS
    return (decisions.employee_id if few else decisions.decided_on).astype(str)
