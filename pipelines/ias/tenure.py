"""The second outcome: who stayed in the post for two years or more.

A stay is labelled only where the label was known: two years must have passed
by the day from which one looks back, or else a stay that still lasts and one
that ended early would not have had the same chance to be seen.  An open row that
a later row follows has ended (see ``pipelines.ias.stays``); an open row without
one still lasts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from features.sets import STAYING
from models import metrics
from models.boosted import BoostedConfig
from models.conformal import group, widths
from models.fitting import Config, LinearConfig, fit
from models.intervals import Interval, interval
from models.learner import Floats, Task, probability
from models.training import correction
from pipelines.ias.questions import Question

DAYS: Final = 730
BOOSTED: Final = BoostedConfig(trees=200, learning_rate=0.03, leaves=8, least_rows=50)
LINEAR: Final = LinearConfig(penalty=100.0)
LEAST_STAYS: Final = 50
"""Stays below which nothing is learned, or measured."""


LATER_SHARE: Final = 0.25
"""Part of the stays that teach, the latest, that tells how wide intervals must be."""

RECORDS: Final = "records"
"""What stands for a scheme of appraisal: lengths are measured in one way alone."""

DAYS_A_MONTH: Final = 30.44
POSTS: Final = STAYING.index("posts_count")


@dataclass(frozen=True)
class Lengths:
    """How well the length of stays was foreseen, in months, cut off at two years.

    Attributes:
        coverage: Share of lengths within the 90% interval.
        by_evidence: The same where many, fewer and fewest posts of the officer are known.
        correlation: Of the length that was expected and the one that came.
        half_width: Half the width of the interval where a usual number is known.
    """

    coverage: Interval
    by_evidence: tuple[Interval, ...]
    correlation: Interval
    half_width: float


@dataclass(frozen=True)
class Tenure:
    """How well stays of two years or more were foreseen.

    Attributes:
        trained: Stays that taught.
        tested: Stays that tested.
        trained_share: Part of those that taught which lasted two years.
        tested_share: Part of those that tested which lasted two years.
        figures: AUC, expected calibration error and Brier score of each model.
        lengths: How well the lengths themselves were foreseen; None where too few were
            over before the later ones began.
    """

    trained: int
    tested: int
    trained_share: float
    tested_share: float
    figures: dict[str, dict[str, Interval]]
    lengths: Lengths | None


def tenure(
    teaching: Sequence[Question],
    testing: Sequence[Question],
    seen_from: np.datetime64,
    draws: int,
) -> Tenure | None:
    """Return how well stays were foreseen from what was known on the eve.

    Args:
        teaching: Reshuffles whose stays teach if two years had passed by the
            first day of the testing ones.
        testing: Reshuffles whose stays test if two years had passed by ``seen_from``.
        seen_from: Day from which one looks back; no later than the records end.
        draws: Draws of the bootstrap.

    Returns:
        The figures; None if there are too few stays to learn from or to test on.
    """
    opened = min(question.reshuffle.opened_on for question in testing)
    taught, tested = _stays(teaching, opened), _stays(testing, seen_from)
    lasted, label = taught.lasted, tested.lasted
    if min(len(lasted), len(label)) < LEAST_STAYS or len(np.unique(lasted)) < 2:
        return None
    stated = {
        "base_rate": np.full(len(label), lasted.mean()),
        "linear": _chances(taught, tested, LINEAR),
        "boosted": _chances(taught, tested, BOOSTED),
    }
    judged: dict[str, Callable[..., float]] = {
        "auc": metrics.auc,
        "ece": metrics.ece,
        "brier": metrics.brier,
    }
    return Tenure(
        trained=len(lasted),
        tested=len(label),
        trained_share=float(lasted.mean()),
        tested_share=float(label.mean()),
        figures={
            model: {
                name: interval(figure, label, chance, groups=tested.reshuffle, draws=draws)
                for name, figure in judged.items()
            }
            for model, chance in stated.items()
        },
        lengths=_lengths(taught, tested, draws),
    )


@dataclass(frozen=True, eq=False)
class _Stays:
    """Stays whose two years had passed.

    Attributes:
        matrix: Features as known on the eve.
        months: Lengths, cut off at two years.
        started_on: First days, ``datetime64[D]``.
        reshuffle: Number of the reshuffle.
    """

    matrix: Floats
    months: Floats
    started_on: NDArray[np.datetime64]
    reshuffle: Floats

    @property
    def lasted(self) -> Floats:
        """Whether each lasted two years: 1 or 0."""
        return (self.months >= DAYS / DAYS_A_MONTH).astype(float)

    @property
    def parted(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Those that were known to have lasted or not before the latest began, and the latest."""
        begins = np.sort(self.started_on)[int(len(self.months) * (1 - LATER_SHARE))]
        over = self.started_on + np.timedelta64(DAYS, "D") < begins
        return np.asarray(over), np.asarray(self.started_on >= begins)

    @property
    def evidence(self) -> Floats:
        """How little was known of each officer: one over the root of posts, as of an error."""
        return np.asarray(1.0 / np.sqrt(1.0 + self.matrix[:, POSTS]))


def _stays(part: Sequence[Question], seen_from: np.datetime64) -> _Stays:
    """Return the stays whose two years had passed by a day."""
    rows, months, groups = [np.empty((0, len(STAYING)))], [np.empty(0)], [np.empty(0)]
    starts = [np.empty(0, "datetime64[D]")]
    for number, question in enumerate(part):
        reshuffle = question.reshuffle
        passed = reshuffle.started_on + np.timedelta64(DAYS, "D") <= seen_from
        until = np.where(np.isnat(reshuffle.ended_on), seen_from, reshuffle.ended_on)
        days = np.minimum((until - reshuffle.started_on).astype(int), DAYS)
        rows.append(question.real[passed])
        months.append(days[passed] / DAYS_A_MONTH)
        starts.append(reshuffle.started_on[passed])
        groups.append(np.full(passed.sum(), float(number)))
    return _Stays(
        np.concatenate(rows), np.concatenate(months), np.concatenate(starts), np.concatenate(groups)
    )


def _chances(taught: _Stays, tested: _Stays, config: Config) -> Floats:
    """Return the chance that each stay lasts, corrected by the latest that teach."""
    known, later = taught.parted
    raw = fit(taught.matrix, taught.lasted, Task.BINARY, config).raw(tested.matrix)
    if known.sum() < LEAST_STAYS or len(np.unique(taught.lasted[known])) < 2:
        return probability(raw)
    first = fit(taught.matrix[known], taught.lasted[known], Task.BINARY, config)
    shift, slope = correction(first.raw(taught.matrix[later]), taught.lasted[later])
    return probability(shift + slope * raw)


def _lengths(taught: _Stays, tested: _Stays, draws: int) -> Lengths | None:
    """Return how well lengths were foreseen, by the device that tells of ratings too."""
    known, later = taught.parted
    if known.sum() < LEAST_STAYS:
        return None
    first = fit(taught.matrix[known], taught.months[known], Task.REGRESSION, BOOSTED)
    wide = widths(
        taught.months[later] - first.raw(taught.matrix[later]),
        taught.evidence[later],
        np.ones(int(later.sum()), dtype=bool),
        float(taught.months[later].std()),
        {RECORDS},
    )
    expected = fit(taught.matrix, taught.months, Task.REGRESSION, BOOSTED).raw(tested.matrix)
    evidence = tested.evidence
    held = (np.abs(tested.months - expected) <= wide.of(evidence, RECORDS)).astype(float)
    third = group(evidence, np.quantile(evidence, (1 / 3, 2 / 3)))

    def share(rows: NDArray[np.bool_]) -> Interval:
        return interval(np.mean, held[rows], groups=tested.reshuffle[rows], draws=draws)

    return Lengths(
        coverage=share(np.ones(len(held), dtype=bool)),
        by_evidence=tuple(share(third == number) for number in np.unique(third)),
        correlation=interval(
            metrics.pearson, tested.months, expected, groups=tested.reshuffle, draws=draws
        ),
        half_width=wide.half[1],
    )
