"""The measure on real careers: who got which post, and who stayed two years.

Trained on reshuffles that were over before one day, tested on those that began
between two later days; the days are parameters, the tables may be of any
edition.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from features.sets import PLACEMENT
from models.boosted import BoostedConfig
from models.fitting import LinearConfig, fit
from models.intervals import Interval, interval
from models.learner import Floats, Task
from mutasi.errors import TooFewReshuffles
from pipelines.ias import ranked, rankings
from pipelines.ias.frames import imported
from pipelines.ias.questions import Question, Told, absent_concepts, questions
from pipelines.ias.rankings import Scores
from pipelines.ias.reshuffles import of_region, snapshot
from pipelines.ias.tenure import Tenure, tenure

TRAINING_YEARS: Final = 15
"""Reshuffles of how many years before ``train_until`` teach."""

LEAST_RESHUFFLES: Final = 5
"""Reshuffles below which nothing is learned, or measured."""

DRAWS: Final = 1000
BOOSTED: Final = BoostedConfig(trees=300, learning_rate=0.05, leaves=31, least_rows=100)
LINEAR: Final = LinearConfig(penalty=100.0)
NEGATIVES_SHARE: Final = 0.25
"""Part of the pairs that did not come about from which the linear model learns."""

LEARNED: Final = ("linear", "ranked", "boosted", "balanced")
"""Ways of ranking that learn from the past."""

NOT_LEARNED: Final = {"acceptance": "offers", "performance": "appraisals"}
"""What other data teach, and the table that it takes."""


@dataclass(frozen=True)
class Period:
    """Which years teach and which test.

    Attributes:
        train_until: Reshuffles that were over before this day teach.
        test_from: Reshuffles that began on this day or later test …
        test_until: … if they were over before this day.
    """

    train_until: date = date(2011, 1, 1)
    test_from: date = date(2012, 1, 1)
    test_until: date = date(2016, 1, 1)

    def __post_init__(self) -> None:
        """Refuse to test on what taught.

        Raises:
            ValueError: If the days are not in order.
        """
        if not self.train_until <= self.test_from < self.test_until:
            raise ValueError(
                f"{self.train_until}, {self.test_from}, {self.test_until}: not in order"
            )


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes:
        period: Which years taught and which tested.
        trained: Reshuffles, posts and pairs that taught.
        tested: Reshuffles, posts and pairs that tested.
        ranking: Figures of each way of ranking, best last.
        above_rule: By how much NDCG@10 of each learned way is above the rule's.
        above_ranked: By how much that of trees of pairs is above that of trees of ranks.
        tenure: The second outcome: stays of two years or more.
        left_out: Rows of experience that are no stays of their own, by reason.
        rejected: Rows that cannot be used.
        not_learned: What cannot be learned from the source, and what it would take.
        absent: Concepts of which the source holds nothing.
    """

    period: Period
    trained: dict[str, int]
    tested: dict[str, int]
    ranking: dict[str, dict[str, Interval]]
    above_rule: dict[str, Interval]
    above_ranked: Interval
    tenure: Tenure | None
    left_out: Mapping[str, int]
    rejected: int
    not_learned: Mapping[str, str] = field(default_factory=lambda: dict(NOT_LEARNED))
    absent: tuple[str, ...] = ()


def bench(
    folder: Path, period: Period | None = None, progress: Told | None = None, draws: int = DRAWS
) -> Figures:
    """Measure on the tables of a folder.

    Args:
        folder: With one Parquet or CSV file a table.
        period: Which years teach and which test; those of :class:`Period` if none is said.
        progress: Told of what is done.
        draws: Draws of the bootstrap.

    Raises:
        BundleFileMissing: If the officers or their experience are not there.
        BundleFileUnreadable: If a file is no Parquet or CSV.
        BundleColumnMissing: If a table lacks columns that are read.
        TooFewReshuffles: If there are too few to learn from or to test on.
    """
    period = period or Period()
    source = imported(folder)
    begins = period.train_until - timedelta(days=round(365.25 * TRAINING_YEARS))
    asked = questions(source.frames, (_day(begins), _day(period.test_until)), progress)
    teaching = [each for each in asked if each.reshuffle.closed_on < _day(period.train_until)]
    testing = [each for each in asked if each.reshuffle.opened_on >= _day(period.test_from)]
    _require(teaching, begins, period.train_until)
    _require(testing, period.test_from, period.test_until)
    scores = _scores(teaching, testing, progress)
    last = testing[-1].reshuffle
    known = snapshot(of_region(source.frames, last.region))
    ends = min(period.test_until, source.frames["postings"]["started_on"].max().date())
    above = _differences(testing, scores, draws)
    return Figures(
        period=period,
        trained=_sizes(teaching),
        tested=_sizes(testing),
        ranking={name: rankings.figures(testing, each, draws) for name, each in scores.items()},
        above_rule={way: above(way, "rule") for way in LEARNED},
        above_ranked=above("boosted", "ranked"),
        tenure=tenure(teaching, testing, _day(ends), draws),
        left_out=source.left_out,
        rejected=len(source.rejected),
        absent=absent_concepts(known, last),
    )


def _require(part: Sequence[Question], since: date, until: date) -> None:
    if len(part) < LEAST_RESHUFFLES:
        raise TooFewReshuffles(found=len(part), needed=LEAST_RESHUFFLES, since=since, until=until)


def _scores(
    teaching: Sequence[Question], testing: Sequence[Question], progress: Told | None
) -> dict[str, Scores]:
    """Return the scores of every way of ranking."""
    matrix = np.concatenate([question.matrix for question in teaching])
    real = np.concatenate([question.is_real for question in teaching])
    random = np.random.default_rng(0)
    drawn = real | (random.random(len(real)) < NEGATIVES_SHARE)
    weight = np.where(real, 1.0, 1.0 / NEGATIVES_SHARE)[drawn]
    label = real.astype(float)
    linear = fit(_bent(matrix[drawn]), label[drawn], Task.BINARY, LINEAR, weight)
    if progress is not None:
        progress("fit", 1, 3)
    boosted = fit(matrix, label, Task.BINARY, BOOSTED)
    if progress is not None:
        progress("fit", 2, 3)
    by_ranks = ranked.fit(teaching, BOOSTED)
    if progress is not None:
        progress("fit", 3, 3)
    tested = np.concatenate([question.matrix for question in testing])
    by_boosted = _split(boosted.raw(tested), testing)
    return {
        "random": rankings.by_chance(testing),
        "rule": rankings.by_rule(testing),
        "linear": _split(linear.raw(_bent(tested)), testing),
        "ranked": _split(by_ranks.raw(tested), testing),
        "boosted": by_boosted,
        "balanced": rankings.balanced(testing, by_boosted),
    }


def _bent(matrix: Floats) -> Floats:
    """Return features with the sizes of all gaps besides: too junior and too senior both repel."""
    gaps = [place for place, name in enumerate(PLACEMENT) if "_above_" in name]
    return np.hstack([matrix, np.abs(matrix[:, gaps])])


def _split(scores: Floats, testing: Sequence[Question]) -> list[Floats]:
    ends = np.cumsum([len(question.matrix) for question in testing])[:-1]
    return np.split(scores, ends)


def _differences(
    testing: Sequence[Question], scores: Mapping[str, Scores], draws: int
) -> Callable[[str, str], Interval]:
    """Return what tells by how much NDCG@10 of one way is above that of another."""
    reshuffle = np.repeat(np.arange(len(testing)), [len(each.reshuffle) for each in testing])
    gains = {
        name: rankings.figures_by_post(testing, each)["ndcg_at_10"] for name, each in scores.items()
    }

    def above(way: str, other: str) -> Interval:
        return interval(
            lambda values: float(np.mean(values)),
            gains[way] - gains[other],
            groups=reshuffle,
            draws=draws,
        )

    return above


def _sizes(part: Sequence[Question]) -> dict[str, int]:
    return {
        "reshuffles": len(part),
        "posts": sum(len(question.reshuffle) for question in part),
        "pairs": sum(len(question.matrix) for question in part),
        "features": len(PLACEMENT),
    }


def _day(day: date) -> np.datetime64:
    return np.datetime64(day, "D")
