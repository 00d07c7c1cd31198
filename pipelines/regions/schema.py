"""What the benchmark of invented regions found, as data: what ``--json`` prints.

Units: T points (mean 50, standard deviation 10 over all staff of a year), chances
and shares 0 to 1.
"""

from typing import Literal

from pipelines.pages.figure import Figure, Part

Verdict = Literal["better", "worse", "tie"]


class Against(Part):
    """The product minus a predictor, on the same draws.

    Attributes:
        r: Difference of the correlations with the truth.
        regret: Difference of the regrets of the first at hand; below zero, the product
            loses less.
        on_r: What the first allows to say.
        on_regret: What the second allows to say.
    """

    r: Figure | None
    regret: Figure
    on_r: Verdict | None
    on_regret: Verdict


class Predictor(Part):
    """How near one predictor comes to the truth.

    Attributes:
        r: Correlation with the true performance, over all pairs.
        r_within: Among the candidates of one vacancy.
        rmse: Error against the true performance.
        chance_error: Root mean squared error of the chance of acceptance.
        regret: True utility that the first of a list lacks to the best, on average.
        at_hand: The same of those at hand, half of the people at a time.
        plan_regret: The same a vacancy, of the best plan; the mean over regions.
        against: The product beside it; None for the product itself.
    """

    r: Figure | None
    r_within: Figure | None
    rmse: Figure | None
    chance_error: Figure | None
    regret: float
    at_hand: Figure
    plan_regret: float
    against: Against | None = None


class Policy(Part):
    """What a policy is worth, T points a move; means over regions.

    Attributes:
        promised: By the model that chose.
        cross_fitted: By a model that did not: what is stated.
        realised: In truth.
        best: The most that any choice gains.
        null: What would be promised if the match did not matter.
        naive_promised: By plain LightGBM, of its own choice.
        naive_realised: In truth.
        overstated: Stated minus realised in each region, the worst last.
        held: In how many regions the interval of the stated gain holds the realised one.
        width: How wide that interval is.
        told_from_null: In how many regions the stated gain can be told from chance.
    """

    promised: float
    cross_fitted: float
    realised: float
    best: float
    null: float
    naive_promised: float
    naive_realised: float
    overstated: tuple[float, ...]
    held: int
    width: float
    told_from_null: int


class Sureness(Part):
    """Whether the product is as sure as it may be.

    Attributes:
        coverage: Share of ratings within the 90% interval.
        coverage_by_evidence: The same where much, less and least is known of the person.
        ratings: How many ratings that is.
        ece: Expected calibration error of the chances.
        answers: How many answers that is.
        gain_coverage: Share of true gains within the 90% interval.
        gain_r: Correlation of stated and true gains.
        evidence: Share of eligible pairs with enough evidence.
    """

    coverage: Figure | None
    coverage_by_evidence: tuple[Figure, ...]
    ratings: int
    ece: Figure | None
    answers: int
    gain_coverage: Figure
    gain_r: Figure
    evidence: float


class Group(Part):
    """The regions of one kind of world and one size.

    Attributes:
        world: The kind.
        moves: About how many past moves each has.
        rated: Rated moves that were learned from, region by region.
        vacancies: Open positions asked about, in all.
        predictors: By name, the product first.
        sureness: Of the product.
        policies: By name.
        parts: In how many regions each part of the model earned its place.
        seconds: CPU seconds of one region, on average.
    """

    world: str
    moves: int
    rated: tuple[int, ...]
    vacancies: int
    predictors: dict[str, Predictor]
    sureness: Sureness
    policies: dict[str, Policy]
    parts: dict[str, int]
    seconds: float


class Regions(Part):
    """The whole benchmark.

    Attributes:
        groups: One a kind and size.
        draws: Bootstrap draws behind every interval.
        overstated_bound: By how much a stated gain may exceed the realised one, T points.
        small: Regions of up to 3,000 moves.
        overstated_within: In how many of them it does not, by policy.
    """

    groups: tuple[Group, ...]
    draws: int
    overstated_bound: float
    small: int
    overstated_within: dict[str, int]
