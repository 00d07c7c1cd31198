"""The rolling back-test: each past year predicted by what was known before it.

For every test year both heads are learned anew, by the very functions that train
the model that serves, from labels that were known before the year began.  The
features of a decision are those of its eve.  Baselines learn from the same
labels; none sees more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.sets import ACCEPTANCE, PERFORMANCE
from models.artifact import Head
from models.baseline import PROFILE, profile_score
from models.examples import FEATURES_OF, Examples, Progress, past_examples
from models.fitting import LinearConfig, fit
from models.learner import Floats, Task, probability
from models.splits import Split, rolling
from models.training import LEAST_MOVES, LEAST_OFFERS, learn_acceptance, learn_performance
from mutasi.errors import TooFewTransfers
from mutasi.snapshot import Snapshot

LAST_RATING, DISTANCE = "last_rating", "distance_change_km"
LIGHT = LinearConfig(penalty=1.0)
"""How a single column is turned into a prediction: hardly any penalty."""


@dataclass(frozen=True)
class Question:
    """One thing that is predicted.

    Attributes:
        name: ``performance`` or ``acceptance``.
        task: Kind of label.
        names: The features that the model may use.
        learn: Learns the head.
        least: Known labels below which nothing is learned.
        baselines: What the model must beat.
    """

    name: str
    task: Task
    names: tuple[str, ...]
    learn: Callable[..., Head]
    least: int
    baselines: tuple[str, ...]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "performance",
        Task.REGRESSION,
        PERFORMANCE,
        learn_performance,
        LEAST_MOVES,
        ("base_rate", "last_rating", "last_rating_drawn", "profile"),
    ),
    Question(
        "acceptance",
        Task.BINARY,
        ACCEPTANCE,
        learn_acceptance,
        LEAST_OFFERS,
        ("base_rate", "distance", "profile"),
    ),
)

WIDE: tuple[str, ...] = tuple(
    dict.fromkeys((*PERFORMANCE, *ACCEPTANCE, *PROFILE, LAST_RATING, DISTANCE))
)
"""Every column that a model or a baseline reads."""


@dataclass(frozen=True)
class Fold:
    """One test year.

    Attributes:
        year: The calendar year.
        learned_from: Labels that were known before it began.
        tested: Decisions of the year.
        head: What was learned.
    """

    year: int
    learned_from: int
    tested: int
    head: Head


@dataclass(frozen=True, eq=False)
class Scored:
    """Past decisions beside what had been predicted of them.

    Attributes:
        question: What was predicted.
        decided_on: Day of each decision, ``datetime64[D]``.
        employee_id: Whom it was about.
        position_id: Where to.
        year: Test year.
        label: What became of it.
        predictions: By predictor, the model first; as many as labels.
        low: Lower ends of the model's 90 % intervals; None for chances.
        high: Upper ends.
        was_rated: Whether a rating of the person was on record on the eve.
        folds: The test years.
    """

    question: Question
    decided_on: NDArray[np.datetime64]
    employee_id: NDArray[np.object_]
    position_id: NDArray[np.object_]
    year: NDArray[np.int64]
    label: Floats
    predictions: Mapping[str, Floats]
    low: Floats | None
    high: Floats | None
    was_rated: NDArray[np.bool_]
    folds: tuple[Fold, ...]

    def __len__(self) -> int:
        return len(self.label)


def past_decisions(snapshot: Snapshot, progress: Progress) -> dict[str, Examples]:
    """Return past decisions of each question with every column of :data:`WIDE`.

    The days of all questions are walked through once.
    """
    return past_examples(snapshot, progress, dict.fromkeys(FEATURES_OF, WIDE))


def folds_of(question: Question, examples: Examples, years: int) -> tuple[Split, ...]:
    """Return the splits of the latest years that can be tested."""
    decisions = examples.decisions
    return rolling(decisions.decided_on, decisions.known_on, least=question.least, last=years)


def backtest(
    question: Question, examples: Examples, splits: tuple[Split, ...], told: Callable[[], None]
) -> Scored | None:
    """Return predictions of past decisions by what was known before each year.

    Args:
        question: What is predicted.
        examples: Past decisions with every column of :data:`WIDE`.
        splits: The test years.
        told: Called after each year.

    Returns:
        None if no year could be tested.
    """
    parts = []
    for split in splits:
        part = _tested(question, examples, split)
        if part is not None:
            parts.append(part)
        told()
    return _joined(parts) if parts else None


def _tested(question: Question, examples: Examples, split: Split) -> Scored | None:
    train, test = examples.where(split.train), examples.where(split.test)
    try:
        head = question.learn(
            Examples(question.names, train.columns(question.names), train.decisions), resamples=0
        )
    except TooFewTransfers:
        return None
    raw = head.raw(test.columns(head.columns))
    binary = question.task is Task.BINARY
    predictions = {"model": probability(raw) if binary else raw}
    for name in question.baselines:
        predictions[name] = BASELINES[name](question.task, train, test)
    half = head.facts.half_width
    year = int(split.test_from.astype("datetime64[Y]").astype(np.int64)) + 1970
    return Scored(
        question=question,
        decided_on=test.decisions.decided_on,
        employee_id=test.decisions.employee_id,
        position_id=test.decisions.position_id,
        year=np.full(len(test), year),
        label=test.label,
        predictions=predictions,
        low=None if half is None else raw - half,
        high=None if half is None else raw + half,
        was_rated=~np.isnan(test.columns((LAST_RATING,))[:, 0]),
        folds=(Fold(year, len(train), len(test), head),),
    )


def _joined(parts: list[Scored]) -> Scored:
    def column(name: str) -> NDArray[Any] | None:
        values = [getattr(part, name) for part in parts]
        return None if values[0] is None else np.concatenate(values)

    columns: dict[str, Any] = {
        field.name: column(field.name)
        for field in fields(Scored)
        if field.name not in {"question", "predictions", "folds"}
    }
    return Scored(
        **columns,
        question=parts[0].question,
        predictions={
            name: np.concatenate([part.predictions[name] for part in parts])
            for name in parts[0].predictions
        },
        folds=tuple(fold for part in parts for fold in part.folds),
    )


def _base_rate(_: Task, train: Examples, test: Examples) -> Floats:
    """The mean of what is known: the same for everybody."""
    return np.full(len(test), train.label.mean())


def _last_rating(_: Task, train: Examples, test: Examples) -> Floats:
    """What one was rated last; who never was, the mean of what is known."""
    rating = test.columns((LAST_RATING,))[:, 0]
    return np.where(np.isnan(rating), train.label.mean(), rating)


def _by(values: Callable[[Examples], Floats]) -> Callable[[Task, Examples, Examples], Floats]:
    """Return the prediction that one column allows, by a regression on it alone."""

    def predicted(task: Task, train: Examples, test: Examples) -> Floats:
        learner = fit(values(train)[:, None], train.label, task, LIGHT)
        raw = learner.raw(values(test)[:, None])
        return probability(raw) if task is Task.BINARY else raw

    return predicted


BASELINES: Mapping[str, Callable[[Task, Examples, Examples], Floats]] = {
    "base_rate": _base_rate,
    "last_rating": _last_rating,
    "last_rating_drawn": _by(lambda examples: examples.columns((LAST_RATING,))[:, 0]),
    "distance": _by(lambda examples: examples.columns((DISTANCE,))[:, 0]),
    "profile": _by(lambda examples: profile_score(examples.columns(PROFILE))),
}
"""What the model must beat, each from the same past: the rate, the last rating as it
is, the last rating drawn to the mean, the added distance to work, and the
profile-matching score."""
