"""What is answered about vacancies and rankings.

Plain dataclasses: they are the schema of OpenAPI, what mypy checks the answers
against, and what is written as JSON without another pass.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from serving.errors import Problem
from serving.nouns import (
    Finding,
    FunctionCode,
    FunctionName,
    Person,
    Position,
    PositionId,
    Reason,
    RuleCode,
    RuleKept,
    Title,
    UnitName,
)

Basis = Literal["model", "transparent_score"]
Facet = Literal["units", "places", "families", "kinds"]
ReceiptId = Annotated[
    str,
    Field(
        description="Of the receipt that is kept of this answer, at `/v1/receipts`.",
        examples=["5f2c1d0e9ab84c7d6e3f0a12"],
    ),
]


@dataclass(frozen=True)
class Vacancy:
    """A position that needs more people than hold it."""

    position_id: PositionId
    title: Title
    unit_id: Annotated[str, Field(description="Id of the unit.", examples=["DINKES"])]
    unit_name: UnitName
    function: FunctionCode
    function_name: FunctionName
    rung: Annotated[str | None, Field(description="Eselon or jenjang.", examples=["MU"])]
    rung_name: Annotated[str | None, Field(description="It in words.", examples=["Ahli Muda"])]
    level: Annotated[
        float | None, Field(description="Level on the ladder, 1 (pelaksana) to 8 (JPT utama).")
    ]
    needed: Annotated[int, Field(description="People needed (ABK).", examples=[5])]
    filled: Annotated[int, Field(description="People who hold it.", examples=[3])]
    open: Annotated[int, Field(description="People missing.", examples=[2])]


@dataclass(frozen=True)
class Vacancies:
    """A page of vacancies, those that miss most people first."""

    as_of: Annotated[date, Field(description="The day whose knowledge answers.")]
    total: Annotated[int, Field(description="Vacancies on all pages.", examples=[461])]
    vacancies: list[Vacancy]
    next_cursor: Annotated[
        str | None, Field(description="`cursor` of the next page; also in the `Link` header.")
    ]


@dataclass(frozen=True)
class Employee(Person):
    """Who is meant, and where they are now."""

    present_title: Annotated[str | None, Field(description="Title of the present post.")]
    present_unit: Annotated[str | None, Field(description="Unit of the present post.")]


@dataclass(frozen=True)
class Performance:
    """Predicted performance after the move.

    T points: 50 is the mean of all staff, 10 one standard deviation.
    """

    expected: Annotated[float, Field(description="T points.", examples=[57.4])]
    low: Annotated[float, Field(description="Lower end of the 90% interval.", examples=[46.0])]
    high: Annotated[float, Field(description="Upper end of the 90% interval.", examples=[68.8])]


@dataclass(frozen=True)
class Gain:
    """Predicted performance after the move, against staying in the present post.

    T points; what the raters there and here usually add is taken out.
    """

    expected: Annotated[float, Field(description="T points.", examples=[1.8])]
    low: Annotated[float, Field(description="Lower end of the 90% interval.", examples=[-2.1])]
    high: Annotated[float, Field(description="Upper end of the 90% interval.", examples=[5.7])]


@dataclass(frozen=True)
class Wish:
    """What somebody wishes of a post; it does not change the ranking."""

    has_applied: Annotated[
        bool, Field(description="Has applied for it, and that was not answered yet.")
    ]
    preferred: Annotated[
        list[Facet], Field(description="What of it is as the person told that they prefer.")
    ]
    sentence: Annotated[str, Field(description="Both in words.")]


@dataclass(frozen=True)
class Recommendation:
    """An eligible placement with what is expected of it."""

    rank: Annotated[int, Field(description="1 is best.", examples=[1])]
    band: Annotated[
        int, Field(description="Placements of one band cannot be told apart; 1 is best.")
    ]
    employee: Employee
    position: Position
    has_evidence: Annotated[
        bool,
        Field(
            description="Whether people alike were ever proposed for posts alike. Where not, "
            "nothing is predicted, and the placement comes after the others."
        ),
    ]
    performance: Performance | None
    gain: Annotated[Gain | None, Field(description="None for who holds no post.")]
    acceptance: Annotated[
        float | None,
        Field(description="Chance that an offer is accepted, 0 to 1.", examples=[0.82]),
    ]
    utility: Annotated[
        float | None,
        Field(
            description="What the rank follows; the transparent score without a model; None "
            "without evidence."
        ),
    ]
    score: Annotated[
        float, Field(description="Transparent profile-matching score, 0 to 100.", examples=[78.5])
    ]
    reasons: list[Reason]
    findings: Annotated[list[Finding], Field(description="Warnings and information.")]
    wish: Annotated[
        Wish | None,
        Field(
            description="What the person wishes of it. None where they told nothing of the kind, "
            "and for callers who may not see proposals and placements."
        ),
    ] = None


@dataclass(frozen=True)
class Exclusion:
    """A placement that the law blocks."""

    employee: Person
    position: Position
    findings: Annotated[list[Finding], Field(description="What blocks it, at least one.")]
    eligible_on: Annotated[
        date | None,
        Field(
            description="First day on which nothing that blocks it now, nor age, would block it."
        ),
    ]


@dataclass(frozen=True)
class Examination:
    """What the law says of one person in one position, rule by rule."""

    receipt_id: ReceiptId
    as_of: Annotated[date, Field(description="The day whose knowledge answers.")]
    employee: Person
    position: Position
    is_eligible: Annotated[bool, Field(description="No rule blocks it.")]
    findings: Annotated[list[Finding], Field(description="Every objection, blocking ones first.")]
    kept: Annotated[
        list[RuleKept], Field(description="The rules that object nothing, or do not apply.")
    ]
    eligible_on: Annotated[
        date | None,
        Field(
            description="First day on which nothing that blocks it now, nor age, would block it."
        ),
    ]


@dataclass(frozen=True)
class RuleCount:
    """How many placements a rule blocks."""

    rule: RuleCode
    label: Annotated[str, Field(description="The rule in words.")]
    count: Annotated[int, Field(examples=[118])]


@dataclass(frozen=True)
class Ranking:
    """The answer to one question: who for a vacancy, or where for a person."""

    receipt_id: ReceiptId
    as_of: Annotated[date, Field(description="The day whose knowledge answers.")]
    basis: Annotated[
        Basis,
        Field(description="What ranks: a trained model, or the transparent score without one."),
    ]
    basis_sentence: Annotated[str, Field(description="The basis in words.")]
    model_version: Annotated[str | None, Field(examples=["2026-03-30-353c08fd"])]
    considered: Annotated[int, Field(description="Placements looked at.", examples=[6000])]
    eligible: Annotated[int, Field(description="Those that no rule blocks.", examples=[397])]
    recommended: Annotated[list[Recommendation], Field(description="The best, best first.")]
    excluded: Annotated[
        list[Exclusion], Field(description="The blocked ones nearest to being eligible.")
    ]
    excluded_by_rule: Annotated[list[RuleCount], Field(description="Most first.")]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer to one of several questions: its ranking, or why there is none."""

    ranking: Ranking | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Batch:
    """The answers to several questions, in the order asked."""

    answers: list[Answered]
