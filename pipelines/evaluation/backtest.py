"""The rolling back-test: each past year predicted by what was known before it.

For every test year all heads are learned anew, by the very function that trains
the model that serves, from labels that were known before the year began.  The
features of a decision are those of its eve.  Baselines learn from the same
labels; none sees more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.sets import ACCEPTANCE, STEADY
from models.artifact import Head
from models.baseline import PROFILE, profile_score
from models.boosted import BoostedConfig
from models.conformal import scheme_on
from models.examples import NAMES, Examples, Lessons, Progress, past_lessons
from models.fitting import Config, LinearConfig, fit
from models.learner import Floats, Task, probability
from models.splits import Split, rolling
from models.training import LEAST_MOVES, LEAST_OFFERS, Learned, learn
from mutasi.snapshot import Snapshot

LAST_RATING, DISTANCE = "last_rating", "distance_change_km"
LIGHT = LinearConfig(penalty=1.0)
"""How a single column is turned into a prediction: hardly any penalty."""

PLAIN_RIDGE = LinearConfig(penalty=100.0)
PLAIN_TREES = BoostedConfig()
"""What a data scientist would try first, on the moves or the answers alone."""


@dataclass(frozen=True)
class Question:
    """One thing that is predicted.

    Attributes:
        name: ``performance`` or ``acceptance``: the head, and the lessons about it.
        task: Kind of label.
        names: The features of the plain baselines.
        least: Known labels below which nothing is learned.
        baselines: What the model must beat.
    """

    name: str
    task: Task
    names: tuple[str, ...]
    least: int
    baselines: tuple[str, ...]


PERFORMANCE = Question(
    "performance",
    Task.REGRESSION,
    (*STEADY, LAST_RATING),
    LEAST_MOVES,
    ("base_rate", "last_rating", "last_rating_drawn", "profile", "ridge", "lightgbm"),
)
ACCEPTED = Question(
    "acceptance",
    Task.BINARY,
    ACCEPTANCE,
    LEAST_OFFERS,
    ("base_rate", "distance", "profile", "ridge", "lightgbm"),
)
QUESTIONS = (PERFORMANCE, ACCEPTED)

WIDE: tuple[str, ...] = tuple(dict.fromkeys((*NAMES, *PROFILE, LAST_RATING, DISTANCE)))
"""Every column that a model or a baseline reads."""


@dataclass(frozen=True)
class Fold:
    """One test year.

    Attributes:
        year: The calendar year.
        learned_from: Labels that were known before it began.
        tested: Decisions of the year.
        head: What was learned.
        proposal: Who had usually been proposed; None where too few were.
    """

    year: int
    learned_from: int
    tested: int
    head: Head
    proposal: Head | None = None


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
        evidence: Standard error of what is known of each person; small = much is.
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
    evidence: Floats
    was_rated: NDArray[np.bool_]
    folds: tuple[Fold, ...]

    def __len__(self) -> int:
        return len(self.label)


def wide_lessons(snapshot: Snapshot, progress: Progress | None = None) -> Lessons:
    """Return what the past teaches, with every column of :data:`WIDE`."""
    return past_lessons(snapshot, progress, WIDE)


def examples_of(question: Question, lessons: Lessons) -> Examples:
    """Return the decisions of the region itself that a question is tested on."""
    found: Examples = getattr(lessons, question.name)
    return found.where(~found.is_elsewhere)


def folds_of(question: Question, lessons: Lessons, years: int) -> tuple[Split, ...]:
    """Return the splits of the latest years that can be tested."""
    decisions = examples_of(question, lessons).decisions
    return rolling(decisions.decided_on, decisions.known_on, least=question.least, last=years)


def backtest(
    lessons: Lessons,
    years: int,
    progress: Progress | None = None,
    learner: Callable[[Lessons], Learned] = learn,
    questions: Sequence[Question] = QUESTIONS,
) -> dict[str, Scored]:
    """Return predictions of past decisions by what was known before each year.

    Args:
        lessons: What the past teaches, with every column of :data:`WIDE`.
        years: How many of the latest years are tested.
        progress: Told after each year.
        learner: Learns the heads of a year.
        questions: What is predicted.

    Returns:
        By question; without those of which no year could be tested.
    """
    splits = {question.name: folds_of(question, lessons, years) for question in questions}
    starts = sorted({split.test_from for found in splits.values() for split in found})
    parts: dict[str, list[Scored]] = {question.name: [] for question in questions}
    for done, start in enumerate(starts):
        learned = learner(lessons.known_before(start))
        for question in questions:
            for split in splits[question.name]:
                if split.test_from == start and question.name in learned.heads:
                    parts[question.name].append(_tested(question, lessons, split, learned))
        if progress is not None:
            progress("backtest", done + 1, len(starts))
    return {name: _joined(found) for name, found in parts.items() if found}


def _tested(question: Question, lessons: Lessons, split: Split, learned: Learned) -> Scored:
    head = learned.heads[question.name]
    examples = examples_of(question, lessons)
    train, test = examples.where(split.train), examples.where(split.test)
    raw = head.raw(test.columns(head.columns))
    binary = question.task is Task.BINARY
    predictions = {"model": probability(raw) if binary else raw}
    for name in question.baselines:
        predictions[name] = BASELINES[name](question, train, test)
    evidence = test.columns(("person_record_error",))[:, 0]
    low = high = None
    if head.facts.widths is not None:
        half = head.facts.widths.of(evidence, scheme_on(test.decisions.decided_on))
        low, high = raw - half, raw + half
    year = int(split.test_from.astype("datetime64[Y]").astype(np.int64)) + 1970
    return Scored(
        question=question,
        decided_on=test.decisions.decided_on,
        employee_id=test.decisions.employee_id,
        position_id=test.decisions.position_id,
        year=np.full(len(test), year),
        label=test.label,
        predictions=predictions,
        low=low,
        high=high,
        evidence=evidence,
        was_rated=~np.isnan(test.columns((LAST_RATING,))[:, 0]),
        folds=(Fold(year, len(train), len(test), head, learned.heads.get("proposal")),),
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


def _base_rate(_: Question, train: Examples, test: Examples) -> Floats:
    """The mean of what is known: the same for everybody."""
    return np.full(len(test), train.label.mean())


def _last_rating(_: Question, train: Examples, test: Examples) -> Floats:
    """What one was rated last; who never was, the mean of what is known."""
    rating = test.columns((LAST_RATING,))[:, 0]
    return np.where(np.isnan(rating), train.label.mean(), rating)


def _by(values: Callable[[Examples], Floats]) -> "Baseline":
    """Return the prediction that one column allows, by a regression on it alone."""
    return _plain(LIGHT, lambda _, examples: values(examples)[:, None])


def _plain(
    config: Config, columns: Callable[[Question, Examples], Floats] | None = None
) -> "Baseline":
    """Return the prediction of one learner, on the examples alone and as it comes."""

    def predicted(question: Question, train: Examples, test: Examples) -> Floats:
        def read(examples: Examples) -> Floats:
            return columns(question, examples) if columns else examples.columns(question.names)

        raw = fit(read(train), train.label, question.task, config).raw(read(test))
        return probability(raw) if question.task is Task.BINARY else raw

    return predicted


Baseline = Callable[[Question, Examples, Examples], Floats]

BASELINES: Mapping[str, Baseline] = {
    "base_rate": _base_rate,
    "last_rating": _last_rating,
    "last_rating_drawn": _by(lambda examples: examples.columns((LAST_RATING,))[:, 0]),
    "distance": _by(lambda examples: examples.columns((DISTANCE,))[:, 0]),
    "profile": _by(lambda examples: profile_score(examples.columns(PROFILE))),
    "ridge": _plain(PLAIN_RIDGE),
    "lightgbm": _plain(PLAIN_TREES),
}
"""What the model must beat, each from the same past: the rate, the last rating as it
is, the last rating drawn to the mean, the added distance to work, the profile-matching
score, a ridge or logistic regression and LightGBM on all features."""
