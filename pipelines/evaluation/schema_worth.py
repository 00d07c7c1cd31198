"""The part of the report about what following the recommendations is worth."""

from pipelines.pages.figure import Figure, Part


class Policy(Part):
    """What one way of choosing is worth, T points a move.

    Attributes:
        moves: How many moves it makes.
        promised: Mean gain by the model that chose.
        cross_fitted: By a model of the other half of the people, that did not choose; the
            interval is over vacancies, people and what the past leaves open.
        null: What is promised where the match of person and post does not matter:
            the middle of the draws.
        null_cross_fitted: The same, cross-fitted: the largest of the draws.
        is_told_from_null: Whether the cross-fitted gain lies above that.
    """

    moves: int
    promised: float
    cross_fitted: Figure
    null: float
    null_cross_fitted: float
    is_told_from_null: bool


class Worth(Part):
    """What following the recommendations would have been worth for past vacancies.

    Attributes:
        vacancies: Vacancies of the past for which somebody was named.
        candidates: Whom the law allowed for them.
        nulls: How often ratings were drawn again without a match.
        policies: By policy: the first of every list, and the best plan of all.
        past: Mean gain of those whom the past named, by the same model; None where
            they are too few to tell of nobody.
        doubly_robust: Gain of taking any of the first ten, by what became of those
            whom the past named; None where too few of them are among these.
        effective: How many vacancies that figure rests on.
    """

    vacancies: int
    candidates: int
    nulls: int
    policies: dict[str, Policy]
    past: float | None
    doubly_robust: Figure | None
    effective: float
