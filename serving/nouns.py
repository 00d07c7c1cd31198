"""What several areas tell of: a person, a position, a reason, what a rule says.

Plain dataclasses: they are the schema of OpenAPI, what mypy checks the answers
against, and what is written as JSON without another pass.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from models.explanation import Aspect
from mutasi.rules import Severity

PositionId = Annotated[str, Field(description="Id of the position.", examples=["DINKES.PRWT-2"])]
Title = Annotated[str, Field(description="Title (nama jabatan).", examples=["Perawat Ahli Muda"])]
UnitName = Annotated[str, Field(description="Name of the unit.", examples=["Puskesmas Satu"])]
FunctionCode = Annotated[
    str | None, Field(description="Function of government (urusan).", examples=["health"])
]
FunctionName = Annotated[
    str | None, Field(description="The function in words.", examples=["kesehatan"])
]
RuleCode = Annotated[str, Field(description="The rule.", examples=["minimum_tenure"])]


@dataclass(frozen=True)
class Person:
    """Who is meant, as people recognise them."""

    nip: Annotated[str, Field(description="NIP.", examples=["198505172010012001"])]
    name: str | None


@dataclass(frozen=True)
class Position:
    """Which position is meant."""

    position_id: PositionId
    title: Title
    unit_name: UnitName
    function: FunctionCode
    function_name: FunctionName


@dataclass(frozen=True)
class Reason:
    """What speaks for or against, and by how much."""

    aspect: Annotated[Aspect, Field(description="What it acts on.")]
    concept: Annotated[str, Field(description="What it is about.", examples=["distance"])]
    label: Annotated[str, Field(description="The concept in words.")]
    effect: Annotated[
        float,
        Field(
            description="Points added or taken away: T points of performance, percentage "
            "points of the chance, or points of the profile score."
        ),
    ]
    sentence: Annotated[
        str,
        Field(examples=["Jarak rumah ke unit baru 41 km, 35 km lebih jauh dari sekarang"]),
    ]


@dataclass(frozen=True)
class Finding:
    """What a rule says of the placement."""

    rule: RuleCode
    label: Annotated[str, Field(description="The rule in words.")]
    severity: Severity
    basis: Annotated[str, Field(description="The article.", examples=["PP 11/2017 Ps 190"])]
    sentence: Annotated[str, Field(description="The finding with the facts that decided.")]
    clears_on: Annotated[
        date | None, Field(description="First day without it, if it ends by itself.")
    ]
    is_unknown: Annotated[bool, Field(description="A fact is missing, so it cannot be said.")]


@dataclass(frozen=True)
class RuleKept:
    """A rule that has nothing to object, or does not apply."""

    rule: RuleCode
    label: Annotated[str, Field(description="What it would object, in words.")]
    basis: Annotated[str, Field(description="The article.", examples=["PP 11/2017 Ps 190"])]
