"""The report as data: what ``monitoring.json`` holds.

Units: ratings in T points (mean 50, standard deviation 10 over all staff of a year),
chances and shares 0 to 1.  ``None`` where a figure could not be found, or where fewer
than ten decisions stand behind it.  No record of a person is in it.
"""

from enum import StrEnum
from typing import Literal

from models.aftermath import Verdict
from models.fairness import SUPPRESSION_THRESHOLD
from pipelines.pages.figure import Figure, Part
from pipelines.staleness import Refusal

SCHEMA = 1
"""Version of the layout; raised whenever a reader would have to know."""

SMALLEST = SUPPRESSION_THRESHOLD
"""Decisions below which a group is not told of."""


class Retrain(StrEnum):
    """Whether to learn anew, the most urgent first."""

    NOW = "now"
    SOON = "soon"
    NO = "no"


class Change(StrEnum):
    """What became of a feature."""

    FOREIGN = "foreign"
    """Values far from all that were learned from: a unit or a code may have changed."""
    OUTSIDE = "outside"
    """Values that the learner does not take at their word."""
    MISSING = "missing"
    LARGE = "large"
    MODERATE = "moderate"
    NONE = "none"


class FeatureShift(Part):
    """One feature of the period's decisions, beside training.

    Attributes:
        feature: The feature.
        concept: What it is about; words are in the catalogue's ``concept.<concept>``.
        change: What became of it.
        index: Population stability index.
        usual: Index that chance alone gives on average.
        bound: Index that chance alone does not exceed.
        expected: Index, beyond chance, if the feature went on as in training.
        missing: Share missing now.
        missing_then: Share missing in training.
        outside: Share outside of what the learner takes at its word, now; None of a
            feature without such bounds.
        outside_then: The same in training.
        foreign: Share as far outside again as that range is wide, now.
    """

    feature: str
    concept: str
    change: Change
    index: Figure
    usual: float
    bound: float
    expected: float
    missing: Figure
    missing_then: float
    outside: Figure | None
    outside_then: float | None
    foreign: Figure | None


class HeadShift(Part):
    """What one head was asked about in the period, beside its training.

    Attributes:
        head: The head.
        count: Decisions of the period.
        count_then: Decisions of training that they are put beside.
        since_then: First day of those.
        until_then: Last day of those.
        features: The features that it reads, the worst first.
        predicted: Mean prediction of the period's decisions.
        predicted_then: Mean prediction of training's.
    """

    head: str
    count: int
    count_then: int
    since_then: str
    until_then: str
    features: tuple[FeatureShift, ...]
    predicted: Figure
    predicted_then: Figure


class Rate(Part):
    """A base rate of the period beside training.

    Attributes:
        name: Which; words are in the catalogue's ``monitor.rate.<name>``.
        now: In the period.
        then: In training.
        difference: Now minus then.
        bound: A difference that is noticed.
        count: Cases behind ``now``.
        is_changed: Whether the difference is sure, and noticed.
    """

    name: str
    now: Figure
    then: Figure
    difference: Figure
    bound: float
    count: int
    is_changed: bool


class Bins(Part):
    """Stated chances beside what came, in bins of equal mass."""

    stated: tuple[float, ...]
    observed: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    count: tuple[int, ...]


class Chances(Part):
    """Chances stated on the eve of offers, beside their answers.

    Attributes:
        count: Answers.
        stated: Mean chance.
        observed: Share accepted.
        gap: Share accepted minus mean chance.
        error: Expected calibration error.
        error_usual: What chances without any fault do not exceed.
        loss: Log loss.
        loss_then: Log loss on the later part of training's past.
        bins: Stated against observed.
    """

    count: int
    stated: float
    observed: Figure
    gap: Figure
    error: Figure
    error_usual: float
    loss: Figure
    loss_then: float
    bins: Bins


class Ratings(Part):
    """Ratings beside what had been predicted of them, of moves or of stays.

    Attributes:
        kind: Of people who moved, or of those who stayed.
        count: Ratings.
        gap: Mean rating minus mean prediction.
        error: Root mean squared error, leniency of raters apart.
        error_then: The same on the later part of training's past, of both kinds.
        coverage: Share within the 90% interval.
        promised: What the interval promises.
        width: Mean width of it.
    """

    kind: Literal["moves", "stays"]
    count: int
    gap: Figure
    error: Figure
    error_then: float
    coverage: Figure
    promised: float
    width: float


class Course(Part):
    """Whether outcomes went on as predicted, day by day: a two-sided CUSUM.

    Attributes:
        head: The head.
        count: Outcomes.
        days: Days of decision.
        above: Sum of what came above the prediction, in standard deviations.
        below: The same below.
        bound: What chance alone does not exceed on any day.
        false_alarms: Share of quiet periods in which it would.
        left_on: First day beyond; None while the path was kept.
        began_on: Day from which that sum grew.
        is_above: Whether more came than was predicted.
    """

    head: str
    count: int
    days: tuple[str, ...]
    above: tuple[float, ...]
    below: tuple[float, ...]
    bound: float
    false_alarms: float
    left_on: str | None
    began_on: str | None
    is_above: bool


class Stayed(Part):
    """Who is still in the post some months after a move.

    Attributes:
        months: How many.
        count: Moves that reached this age in the period, of people still in service.
        share: Share still in the post.
        usual: The same of moves of the years before.
        usual_count: How many these were.
    """

    months: int
    count: int
    share: Figure | None
    usual: Figure | None
    usual_count: int


class Effect(Part):
    """What moves did to ratings, against similar people who stayed.

    Attributes:
        group: Which moves; words are in the catalogue's ``monitor.group.<group>``.
        count: How many; None where the group is too small to be told of.
        effect: Mean difference to matched stayers, T points.
        verdict: Effective or not, or not to be told; None where it is not told of.
    """

    group: str
    count: int | None
    effect: Figure | None
    verdict: Verdict | None


class Ratified(Part):
    """A whole-year rating after moves, beside prediction and similar people.

    Attributes:
        year: First or second whole year in the new post.
        count: Moves with such a rating.
        rating: Mean rating.
        predicted: Mean prediction on the eve of the move.
        gap: Mean rating minus mean prediction.
        unmatched: Moves without enough similar people who stayed.
        imbalance: By how much the matched differ in what was predicted if they stay,
            in standard deviations.
        effects: Overall first, then by kind of move.
    """

    year: Literal["first", "second"]
    count: int
    rating: Figure
    predicted: float
    gap: Figure
    unmatched: int
    imbalance: float | None
    effects: tuple[Effect, ...]


class Reason(Part):
    """Why to learn anew.

    Attributes:
        code: Which; words are in the catalogue's ``monitor.reason.<code>``.
        urgency: How urgent it is.
        value: The figure.
        bound: What it should not exceed, or fall below.
        facts: More values for the words.
    """

    code: str
    urgency: Retrain
    value: float
    bound: float
    facts: dict[str, float | str]


class Note(Part):
    """What could not be compared, or what the figures do not say.

    Attributes:
        code: Key of the words: ``monitor.note.<code>``.
        facts: Values for the words.
    """

    code: str
    facts: dict[str, float | str]


class Report(Part):
    """The whole report.

    Attributes:
        format: Version of this layout.
        region: The government.
        model: Version of the champion.
        model_as_of: Day whose knowledge it learned from.
        since: First day of the period.
        until: Last day; nothing that became known later is used.
        retrain: Whether to learn anew.
        reasons: What led to that, the most urgent first.
        shifts: Features and predictions, by head.
        rates: Base rates.
        chances: Chances beside answers.
        ratings: Ratings beside predictions, of moves and of stays.
        courses: Outcomes day by day, by head.
        stayed: Who is still in the post, 6, 12 and 24 months after the move.
        after: Ratings of the first and the second whole year after.
        refusals: Why outcomes of the period are not used.
        notes: What could not be compared.
    """

    format: int = SCHEMA
    region: str
    model: str
    model_as_of: str
    since: str
    until: str
    retrain: Retrain
    reasons: tuple[Reason, ...]
    shifts: tuple[HeadShift, ...]
    rates: tuple[Rate, ...]
    chances: Chances | None
    ratings: tuple[Ratings, ...]
    courses: tuple[Course, ...]
    stayed: tuple[Stayed, ...]
    after: tuple[Ratified, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
