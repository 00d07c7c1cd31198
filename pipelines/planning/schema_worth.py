"""What a plan says of its own worth, as data; T points a move of somebody who holds a post."""

from typing import Literal

from pipelines.pages.figure import Figure, Part

Verdict = Literal["gain", "chance", "unsure", "loss"]
"""By the interval of the cross-fitted gain: ``gain``, above nothing and above what
shows without a match; ``chance``, above nothing only; ``loss``, below nothing; else ``unsure``."""

Withheld = Literal["not_asked", "no_model", "nobody_gains", "few_moves", "other_outcome", "no_time"]
"""Why the worth is not told: nobody asked; no model predicts performance; nobody who holds
a post moves; too few moves were ever rated; the plan was made for another outcome;
no plan was found in the time that each has which is made again."""


class Overlap(Part):
    """What came of those whom the past named, for past vacancies (AIPW).

    Attributes:
        gain: Of taking any of the first ten of a list made as the plan is; None where it is
            withheld.
        vacancies: Past vacancies looked at.
        effective: How many vacancies the figure rests on.
        withheld: Why there is none: too few of the named are among the first ten, nobody
            was named, or nobody learned who is.
    """

    gain: Figure | None = None
    vacancies: int = 0
    effective: float = 0.0
    withheld: Literal["thin", "nobody_named", "no_proposals"] | None = None


class Worth(Part):
    """What a plan is worth.

    Attributes:
        moves: Moves of people who hold a post; the figures are of these.
        promised: Mean gain by the model that chose.
        cross_fitted: Of the plan as a model of half the people makes it, by a model of the
            other half, both ways.
        nulls: How often ratings were drawn again without a match of person and post.
        null: What is promised without a match, the middle of the draws.
        null_cross_fitted: The same, cross-fitted: the largest of the draws.
        verdict: What may be said.
        learned: Rated moves of the past that all of this rests on.
        is_thin: Whether they are so few that promises are mostly luck.
        overlap: By what came of those whom the past named.
        seconds: How long it took.
    """

    moves: int
    promised: float
    cross_fitted: Figure
    nulls: int
    null: float
    null_cross_fitted: float
    verdict: Verdict
    learned: int
    is_thin: bool
    overlap: Overlap
    seconds: float
