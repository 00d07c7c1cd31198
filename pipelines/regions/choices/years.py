"""The latest years of a region's past, each with what the product knew before it."""

from dataclasses import dataclass

import numpy as np

from models.examples import Examples, Lessons
from models.training import Learned, learn
from pipelines.evaluation.backtest import ACCEPTED, PERFORMANCE, Question, examples_of, folds_of
from pipelines.regions.trial import YEARS


@dataclass(frozen=True, eq=False)
class Year:
    """A test year.

    Attributes:
        known: What was known before it began.
        learned: The product, learned from that.
        moves: Rated moves of the year.
        offers: Answered offers of the year.
    """

    known: Lessons
    learned: Learned
    moves: Examples
    offers: Examples


def years(lessons: Lessons, last: int = YEARS) -> list[Year]:
    """Return the latest years that can be tested, in order.

    Args:
        lessons: What the past teaches.
        last: How many.
    """
    tests = {question.name: _tests(question, lessons, last) for question in (PERFORMANCE, ACCEPTED)}
    found = []
    for start in sorted({start for parts in tests.values() for start in parts}):
        known = lessons.known_before(start)
        learned = learn(known)
        moves, offers = (
            tests[question.name].get(start) if question.name in learned.heads else None
            for question in (PERFORMANCE, ACCEPTED)
        )
        nothing = np.empty(0, dtype=np.int64)
        found.append(
            Year(
                known,
                learned,
                lessons.performance.where(nothing) if moves is None else moves,
                lessons.acceptance.where(nothing) if offers is None else offers,
            )
        )
    return found


def _tests(question: Question, lessons: Lessons, last: int) -> dict[np.datetime64, Examples]:
    examples = examples_of(question, lessons)
    splits = folds_of(question, lessons, last)
    return {split.test_from: examples.where(split.test) for split in splits}
