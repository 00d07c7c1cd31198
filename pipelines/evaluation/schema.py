"""The report as data: what ``report.json`` holds.

Units: performance and utility in T points (mean 50, standard deviation 10 over
all staff of a year), chances and shares 0 to 1.  ``None`` where a figure could
not be found.  No record of a person is in it, only figures of many.
"""

from enum import StrEnum
from typing import Literal

from pipelines.pages.figure import Figure, Part

SCHEMA = 1
"""Version of the layout; raised whenever a reader would have to know."""


class Verdict(StrEnum):
    """What a comparison on the same draws allows to say."""

    BETTER = "better"
    WORSE = "worse"
    UNSURE = "unsure"


class Difference(Part):
    """The model's figure minus a baseline's, on the same draws.

    Attributes:
        difference: With its interval; the sign is the measure's own.
        verdict: Better or worse only if the interval leaves zero out.
    """

    difference: Figure
    verdict: Verdict


class Comparison(Part):
    """Several predictors judged by several measures, on the same rows.

    Attributes:
        measures: The measures, the main one first, and which way is better.
        predictors: Figures by predictor and measure; the model first.
        differences: Of the model to each baseline, by baseline and measure.
        rival: The baseline that is best by the main measure.
        verdict: Model against rival by the main measure.
        count: Rows.
        clusters: What was drawn together: how many.
        drawn_by: What was drawn together.
        is_thin: Too few rows to conclude much.
    """

    measures: dict[str, Literal["low", "high"]]
    predictors: dict[str, dict[str, Figure]]
    differences: dict[str, dict[str, Difference]]
    rival: str
    verdict: Verdict
    count: int
    clusters: int
    drawn_by: Literal["day", "person", "vacancy"]
    is_thin: bool


class Year(Part):
    """One test year.

    Attributes:
        year: Calendar year of the decisions.
        learned_from: Labels known before it began.
        count: Decisions tested.
        learner: Kind of learner that the past chose.
        rate: Mean label of the year.
        figures: Main measure by predictor.
        coverage: Share of outcomes within the 90 % interval, for performance.
        is_thin: Too few rows to conclude much.
    """

    year: int
    learned_from: int
    count: int
    learner: str
    rate: float
    figures: dict[str, Figure]
    coverage: Figure | None = None
    is_thin: bool


class Bins(Part):
    """Predicted against what became of it, in bins of equal mass.

    Attributes:
        predicted: Mean prediction of each bin.
        observed: Mean label of each bin.
        low: Lower end of the 95 % interval of ``observed``.
        high: Its upper end.
        count: Rows of each bin.
    """

    predicted: tuple[float, ...]
    observed: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    count: tuple[int, ...]


class Coverage(Part):
    """How often the 90 % interval held what came.

    Attributes:
        nominal: What is promised.
        realised: What came.
        width: Mean width, T points.
        rated: Where a rating of the person was on record.
        unrated: Where none was; None if there were no such cases.
    """

    nominal: float
    realised: Figure
    width: float
    rated: Figure | None
    unrated: Figure | None


class Task(Part):
    """The back-test of one head.

    Attributes:
        comparison: Model and baselines.
        years: Year by year.
        bins: Predicted against realised, or stated against observed.
        rate: Mean label.
        spread: Standard deviation of the labels.
        concordance: Of two cases that ended differently, how often the order was
            foreseen, by predictor.
        coverage: Of the 90 % interval, for performance.
    """

    comparison: Comparison
    years: tuple[Year, ...]
    bins: Bins
    rate: float
    spread: float
    concordance: dict[str, float | None]
    coverage: Coverage | None = None


class Lists(Part):
    """Ranked lists judged.

    Attributes:
        comparison: Rankers; one row is one list.
        candidates: Mean length of a list.
        chosen_outside: Share of those chosen whom the law as coded would have
            excluded; for lists of past choices.
    """

    comparison: Comparison
    candidates: float
    chosen_outside: float | None = None


class Against(Part):
    """Predictions of any eligible pair against the simulated truth.

    Attributes:
        pairs: How many random eligible pairs.
        performance: Correlation over all pairs, and root mean squared error and
            bias in T points; ``within`` is the correlation among the candidates
            of one vacancy.
        acceptance: The same for the chance.
        performance_bins: Predicted against true performance.
        acceptance_bins: Predicted against true chance.
        ceiling: What the truth itself reaches on the back-test's decisions: no
            model can be expected to do better.
        lists: Rankers by the true utility of whom they put first.
        worth: Mean true utility of the first ten, by ranker, T points.
    """

    pairs: int
    performance: dict[str, Figure] | None
    acceptance: dict[str, Figure] | None
    performance_bins: Bins | None
    acceptance_bins: Bins | None
    ceiling: dict[str, float | None]
    lists: Lists
    worth: dict[str, Figure]


class Gap(Part):
    """What could not be evaluated, or what the figures do not say.

    Attributes:
        code: Key of the words.
        facts: Values for the words.
    """

    code: str
    facts: dict[str, float | str]


class Report(Part):
    """The whole evaluation.

    Attributes:
        format: Version of this layout.
        as_of: Last day on which anything became known.
        region: The government.
        employees: People on record.
        positions: Positions on record.
        draws: Bootstrap draws behind every interval.
        performance: Back-test of the performance head.
        acceptance: Back-test of the acceptance head.
        movers: Of those who moved on a day, ranked: who was rated well after.
        choices: Who was chosen in the past, ranked among all who could have been.
        truth: Against the known truth; only of a simulated region.
        gaps: What could not be evaluated, and why.
    """

    format: int = SCHEMA
    as_of: str
    region: str
    employees: int
    positions: int
    draws: int
    performance: Task | None
    acceptance: Task | None
    movers: Lists | None
    choices: Lists | None
    truth: Against | None
    gaps: tuple[Gap, ...]
