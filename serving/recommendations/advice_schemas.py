"""What is answered about two people for a position, and about what would help one."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from models.contrast import Ground
from models.differences import Sureness
from models.explanation import Aspect
from serving.nouns import Finding, Person, Position
from serving.recommendations.schemas import Performance

HasEvidence = Annotated[
    bool,
    Field(
        description="Whether people alike were ever proposed for posts alike. Where not, "
        "nothing is predicted and nothing advised."
    ),
]


@dataclass(frozen=True)
class Candidate:
    """One of two people, with what is expected."""

    employee: Person
    is_eligible: Annotated[bool, Field(description="No rule blocks it.")]
    findings: Annotated[list[Finding], Field(description="What blocks it.")]
    has_evidence: HasEvidence
    performance: Performance | None
    acceptance: Annotated[
        float | None,
        Field(description="Chance that an offer is accepted, 0 to 1.", examples=[0.82]),
    ]
    utility: Annotated[float | None, Field(description="What a ranking follows, T points.")]


@dataclass(frozen=True)
class Side:
    """What one concept does for one person."""

    effect: Annotated[
        float, Field(description="What it adds to the prediction, in the difference's unit.")
    ]
    sentence: Annotated[str, Field(description="The person's facts.")]


@dataclass(frozen=True)
class Difference:
    """What one concept does more for the first than for the second."""

    aspect: Annotated[Aspect, Field(description="The prediction.")]
    concept: Annotated[str, Field(description="What it is about.", examples=["distance"])]
    label: Annotated[str, Field(description="The concept in words.")]
    effect: Annotated[
        float,
        Field(
            description="T points of performance, percentage points of the chance, or points of "
            "the profile score. Those of one aspect add up to the difference of the predictions."
        ),
    ]
    worth: Annotated[
        float,
        Field(description="T points of utility; all together add up to the difference of the two."),
    ]
    first: Side
    second: Side


@dataclass(frozen=True)
class Contrast:
    """Why one person comes before another for a position."""

    as_of: Annotated[date, Field(description="The day whose knowledge answers.")]
    model_version: Annotated[str, Field(examples=["2026-03-30-353c08fd"])]
    position: Position
    heading: Annotated[str, Field(description="Who comes before whom, if that can be told.")]
    is_told_apart: Annotated[
        bool, Field(description="Whether it can be said that the first comes before the second.")
    ]
    ground: Annotated[
        Ground,
        Field(
            description="What puts the first before the second: the law, whether the past can "
            "speak of them at all, or what is predicted."
        ),
    ]
    certainty: Annotated[
        float | None,
        Field(
            description="Share of the ways to read the past in which the first comes out better "
            "by prediction; None where the past cannot speak of both.",
            examples=[0.87],
        ),
    ]
    sureness: Annotated[Sureness | None, Field(description="What that share allows to say.")]
    certainty_sentence: Annotated[str | None, Field(description="That in words.")]
    first: Candidate
    second: Candidate
    differences: Annotated[list[Difference], Field(description="The worthiest first.")]
    note: Annotated[str, Field(description="What the numbers are not.")]


@dataclass(frozen=True)
class Effect:
    """What a change would do to one prediction, by the model."""

    aspect: Annotated[Aspect, Field(description="The prediction.")]
    before: Annotated[float, Field(description="As things are: T points, or a chance.")]
    after: Annotated[float, Field(description="Once changed.")]
    size: Annotated[float, Field(description="After less before.")]
    low: Annotated[float, Field(description="Lower end of the 90% interval of the size.")]
    high: Annotated[float, Field(description="Upper end of the 90% interval of the size.")]
    is_told_from_nothing: Annotated[
        bool, Field(description="Whether the interval leaves zero out.")
    ]


@dataclass(frozen=True)
class Lever:
    """What may be changed, and what would follow from it by the model."""

    name: Annotated[
        str,
        Field(
            description="`competency`, `course`, `transport`, `allowance` or `nearer_unit`.",
            examples=["competency"],
        ),
    ]
    subject: Annotated[
        str | None,
        Field(description="The competency, the function of government, or the other position."),
    ]
    amount: Annotated[float, Field(description="Levels, hours, classes, or km less.")]
    effect: Annotated[Effect, Field(description="On the prediction that it is meant for.")]
    beside: Annotated[Effect | None, Field(description="On the other prediction.")]
    is_familiar: Annotated[
        bool, Field(description="Whether the past has seen placements as the changed one.")
    ]
    sentence: str
    caveats: Annotated[list[str], Field(description="What must be said beside it.")]


@dataclass(frozen=True)
class Levers:
    """What would help one person in one position."""

    as_of: Annotated[date, Field(description="The day whose knowledge answers.")]
    model_version: Annotated[str, Field(examples=["2026-03-30-353c08fd"])]
    employee: Person
    position: Position
    is_eligible: Annotated[bool, Field(description="No rule blocks it; no lever changes that.")]
    has_evidence: HasEvidence
    levers: Annotated[list[Lever], Field(description="Training first, the strongest first.")]
    note: Annotated[str, Field(description="What a prediction is not.")]
