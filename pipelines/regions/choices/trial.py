"""One invented region: the product and its variants on the same past and questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np
from numpy.typing import NDArray

from models.learner import Floats
from models.training import learn
from pipelines.regions.asked import asked
from pipelines.regions.choices import chances, widths
from pipelines.regions.choices.nearness import Near, nearness
from pipelines.regions.choices.variants import variants
from pipelines.regions.choices.years import Year, years
from pipelines.regions.design import Trial


@dataclass(frozen=True, eq=False)
class Foretold:
    """Back-tests of several ways to do the same.

    Attributes:
        employee_id: Whom each decision was about.
        label: What came of it: a rating, or an answer.
        said: By way, what was stated: shape ``(decisions, 2)`` of lower and upper ends, or
            ``(decisions,)`` of chances.
    """

    employee_id: NDArray[np.str_]
    label: Floats
    said: dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one region.

    Attributes:
        trial: Which.
        moves: Rated moves that were learned from.
        near: How near the truth each variant comes.
        ratings: Back-test of intervals.
        answers: Back-test of chances.
        labels: Labels that a correction of chances learned from, the most of any year.
        seconds: CPU seconds.
    """

    trial: Trial
    moves: int
    near: Near
    ratings: Foretold
    answers: Foretold
    labels: int
    seconds: float


def run(trial: Trial) -> Outcome:
    """Invent a region, and ask the product and its variants about it."""
    start = process_time()
    region = asked(trial)
    lessons, candidates = region.lessons, region.candidates
    said = variants(lessons, learn(lessons), candidates)
    tested = years(lessons)
    labels: list[int] = [0]

    def chances_of(year: Year) -> dict[str, Floats]:
        found, count = chances.ways(year)
        labels.append(count)
        return found

    return Outcome(
        trial=trial,
        moves=len(lessons.performance),
        near=nearness(candidates, region.truth, said),
        ratings=_tested(tested, "moves", _ends),
        answers=_tested(tested, "offers", chances_of),
        labels=max(labels),
        seconds=process_time() - start,
    )


def _ends(year: Year) -> dict[str, Floats]:
    return {
        name: np.column_stack([ends.low, ends.high]) for name, ends in widths.ways(year).items()
    }


def _tested(
    tested: Sequence[Year], kind: str, ways: Callable[[Year], dict[str, Floats]]
) -> Foretold:
    """Return what was stated of the decisions of all years, and what came of them."""
    held = [year for year in tested if len(getattr(year, kind))]
    decisions = [getattr(year, kind).decisions for year in held]
    said = [ways(year) for year in held]
    return Foretold(
        employee_id=np.concatenate(
            [np.empty(0, dtype=str), *(each.employee_id.astype(str) for each in decisions)]
        ),
        label=np.concatenate([np.empty(0), *(each.label for each in decisions)]),
        said={name: np.concatenate([each[name] for each in said]) for name in (said or [{}])[0]},
    )
