"""The report as data: what ``report.json`` holds.

Units: performance and utility in T points (mean 50, standard deviation 10 over
all staff of a year), chances and shares 0 to 1.  ``None`` where a figure could
not be found.  No record of a person is in it, only figures of many.
"""

from enum import StrEnum
from typing import Literal

from models.artifact import Trial
from pipelines.evaluation.schema_fairness import Fairness
from pipelines.evaluation.schema_model import Served
from pipelines.evaluation.schema_worth import Worth
from pipelines.pages.figure import Figure, Part

SCHEMA = 2
"""Version of the layout; raised whenever a reader would have to know."""


Aim = Literal["low", "high", "target"]
"""Which way is better: down, up, or toward what was promised."""


class Light(StrEnum):
    """The answer to a question of the first page; yes is always good."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"
    UNKNOWN = "unknown"


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
        stays: How many more, of people who were not moved.
        effective: How many equal examples the weighted ones were worth; None where
            all weighed the same.
        count: Decisions tested.
        learner: Kind of learner that the past chose.
        rate: Mean label of the year; None where so few people would be told of.
        figures: Main measure by predictor; empty where so few people would be told of.
        coverage: Share of outcomes within the 90 % interval, for performance.
        trials: Which parts of the model were tried on the past, and earned their place.
        is_thin: Too few rows to conclude much.
    """

    year: int
    learned_from: int
    stays: int = 0
    effective: float | None = None
    count: int
    learner: str
    rate: float | None
    figures: dict[str, Figure]
    coverage: Figure | None = None
    trials: tuple[Trial, ...] = ()
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


class Third(Part):
    """Cases of which about as much was known.

    Attributes:
        count: Cases.
        coverage: How often their 90 % interval held what came.
        width: Its mean width, T points.
    """

    count: int
    coverage: Figure
    width: float


class Coverage(Part):
    """How often the 90 % interval held what came.

    Attributes:
        nominal: What is promised.
        realised: What came.
        width: Mean width, T points.
        rated: Where a rating of the person was on record.
        unrated: Where none was; None if there were no such cases.
        thirds: By how much was known of the person, the best known first.
    """

    nominal: float
    realised: Figure
    width: float
    rated: Figure | None
    unrated: Figure | None
    thirds: tuple[Third, ...] = ()


class Slice(Part):
    """Decisions of one kind.

    Attributes:
        group: Which kind.
        people: Whom they are about; None where so few are withheld, or another that
            would tell of them.
        count: Decisions; None as ``people``.
        figures: The main measure of the model and its rival.
        difference: Of the model to the rival, on the same draws.
        coverage: Of the 90 % interval, for performance.
        is_thin: Too few rows to conclude much.
    """

    group: str
    people: int | None
    count: int | None
    figures: dict[str, Figure]
    difference: Difference | None
    coverage: Figure | None
    is_thin: bool


class Slicing(Part):
    """The decisions of a back-test, kind by kind.

    Attributes:
        by: What tells the kinds apart: step, function, job family, place, year.
        slices: The kinds that there are.
    """

    by: str
    slices: tuple[Slice, ...]


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
        exact_ece: For chances, the ECE that exact ones would have had on these cases by
            mere chance, and its 95 % range.
        slices: Kind of move by kind of move.
    """

    comparison: Comparison
    years: tuple[Year, ...]
    bins: Bins
    rate: float
    spread: float
    concordance: dict[str, float | None]
    coverage: Coverage | None = None
    exact_ece: Figure | None = None
    slices: tuple[Slicing, ...] = ()


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


class Evidence(Part):
    """How far the past can speak of those who could be chosen.

    Attributes:
        vacancies: Past vacancies looked at.
        candidates: Candidates whom the law allowed, all vacancies together.
        without: Share of them of whom the past cannot speak: nobody alike was ever
            proposed for a post alike.
        chosen_without: The same share of those who were chosen.
    """

    vacancies: int
    candidates: int
    without: Figure
    chosen_without: Figure | None


class Against(Part):
    """Predictions of any eligible pair against the simulated truth.

    Attributes:
        pairs: How many random eligible pairs.
        performance: Correlation over all pairs, and root mean squared error and
            bias in T points; ``within`` is the correlation among the candidates
            of one vacancy.
        acceptance: The same for the chance.
        gain: The same for performance after the move minus performance if they stay,
            and ``coverage`` of its 90 % interval.
        performance_bins: Predicted against true performance.
        acceptance_bins: Predicted against true chance.
        gain_bins: Predicted against true gain.
        ceiling: What the truth itself reaches on the back-test's decisions: no
            model can be expected to do better.
        lists: Rankers by the true utility of whom they put first.
        worth: Mean true utility of the first ten, by ranker, T points.
    """

    pairs: int
    performance: dict[str, Figure] | None
    acceptance: dict[str, Figure] | None
    gain: dict[str, Figure] | None
    performance_bins: Bins | None
    acceptance_bins: Bins | None
    gain_bins: Bins | None
    ceiling: dict[str, float | None]
    lists: Lists
    worth: dict[str, Figure]


class Headline(Part):
    """A figure that reports of different days are compared by.

    Attributes:
        figure: With its interval.
        better: Which way is better; ``target``: the nearer to ``target``; None: neither.
        target: What is promised, or aimed at.
    """

    figure: Figure
    better: Aim | None
    target: float | None = None


class Change(Part):
    """A headline figure then and now.

    Attributes:
        then: In the earlier report.
        now: In this one.
        difference: Now minus then, as if the two had no case in common, which is
            careful where they have.
        is_sure: Whether its interval leaves zero out.
        verdict: Better or worse only if that is sure.
    """

    then: Figure
    now: Figure
    difference: Figure
    is_sure: bool
    verdict: Verdict


class Since(Part):
    """What changed since an earlier report.

    Attributes:
        as_of: Last day that the earlier one knew of.
        region: The government that it was about.
        changes: By headline figure that both have.
        gone: Headline figures that only the earlier one has.
        come: Headline figures that only this one has.
    """

    as_of: str
    region: str
    changes: dict[str, Change]
    gone: tuple[str, ...]
    come: tuple[str, ...]


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
        evidence: How far the past can speak of those who could be chosen.
        worth: What following the recommendations would have been worth; None where
            that could not be told.
        fairness: Whether groups of people are treated alike.
        truth: Against the known truth; only of a simulated region.
        model: The model in service; None where there is none.
        lights: The answers of the first page, by question.
        headlines: Figures by which reports are compared.
        since: What changed since an earlier report; None where there is none.
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
    evidence: Evidence | None
    worth: Worth | None
    fairness: Fairness | None
    truth: Against | None
    model: Served | None
    lights: dict[str, Light]
    headlines: dict[str, Headline]
    since: Since | None
    gaps: tuple[Gap, ...]
