"""What is answered about careers."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from serving.nouns import Finding, Person, Position, PositionId, Title, UnitName

AsOf = Annotated[date, Field(description="The day whose knowledge answers.")]


@dataclass(frozen=True)
class Post:
    """A stay in a position."""

    position_id: PositionId
    title: Title
    unit_name: UnitName
    started_on: Annotated[date, Field(description="First day (TMT jabatan).")]
    is_acting: Annotated[bool, Field(description="Held as PLT or PLH: no tenure.")]
    ended_on: Annotated[
        date | None, Field(description="Last day; None while it lasts, or as nobody recorded it.")
    ] = None


@dataclass(frozen=True)
class Grade:
    """A grade from a day on."""

    grade: Annotated[str, Field(description="Golongan.", examples=["III/c"])]
    since: Annotated[date, Field(description="First day (TMT golongan).")]


@dataclass(frozen=True)
class Rating:
    """A yearly appraisal (SKP)."""

    year: Annotated[int, Field(examples=[2025])]
    scheme: Annotated[
        Literal["skp_2011", "skp_2022"], Field(description="The regulation that it follows.")
    ]
    score: Annotated[float | None, Field(description="The number, up to 2021.")] = None
    predicate: Annotated[
        int | None,
        Field(description="1 (best) to 5, recorded or as it follows; None if unknown.", ge=1, le=5),
    ] = None
    predicate_name: Annotated[str | None, Field(description="It in words.")] = None


@dataclass(frozen=True)
class Education:
    """A completed education."""

    level: Annotated[int, Field(description="SIASN tkPendidikan, 5 to 50.", examples=[40])]
    level_name: Annotated[str, Field(description="It in words.", examples=["sarjana (S-1)"])]
    graduated_on: date
    field: Annotated[
        str | None, Field(description="Family of the field of study; None if unknown.")
    ] = None
    field_name: Annotated[str | None, Field(description="It in words.")] = None
    name: Annotated[str | None, Field(description="As recorded.")] = None


@dataclass(frozen=True)
class Training:
    """A completed training."""

    title: str
    kind: Annotated[str, Field(examples=["technical"])]
    completed_on: date
    function: Annotated[str | None, Field(description="What it is about; None: general.")] = None
    function_name: Annotated[str | None, Field(description="It in words.")] = None
    hours: Annotated[float | None, Field(description="JP.")] = None


@dataclass(frozen=True)
class Timeline:
    """What is on record of a person, each list with the latest first."""

    as_of: AsOf
    employee: Person
    posts: list[Post]
    grades: list[Grade]
    ratings: list[Rating]
    educations: list[Education]
    trainings: list[Training]


@dataclass(frozen=True)
class Gap:
    """One competency of a person against what a position demands."""

    competency: Annotated[str, Field(examples=["communication"])]
    competency_name: Annotated[str, Field(description="It in words.")]
    required: Annotated[float | None, Field(description="Level demanded, 1 to 5.")] = None
    held: Annotated[float | None, Field(description="Level assessed, 1 to 5.")] = None
    gap: Annotated[
        float | None,
        Field(
            description="Held minus demanded; below 0 it lacks. A technical level assessed for "
            "another function counts one less. None where either is unknown."
        ),
    ] = None


@dataclass(frozen=True)
class Competence:
    """A person's competence against a position, and what else is missing for it."""

    position: Position
    is_eligible: Annotated[bool, Field(description="No rule blocks it.")]
    findings: Annotated[list[Finding], Field(description="What blocks, warns or informs.")]
    gaps: Annotated[list[Gap], Field(description="The widest gap first.")]
    eligible_on: Annotated[
        date | None,
        Field(
            description="First day on which nothing that blocks it now, nor age, would block it."
        ),
    ] = None
    job_person_match: Annotated[
        float | None,
        Field(description="Over what is assessed and demanded, percent (Peraturan BKN 26/2019)."),
    ] = None
    assessed_on: Annotated[date | None, Field(description="Day of the last assessment.")] = None


@dataclass(frozen=True)
class Target:
    """A person's competence against the position that was asked about."""

    as_of: AsOf
    employee: Person
    competence: Competence


@dataclass(frozen=True)
class Step:
    """A title that people with the same title went to, and the nearest post of it."""

    competence: Competence
    open: Annotated[int, Field(description="People missing in all posts of the title.")]
    moves: Annotated[
        int | None,
        Field(description="Moves on record that led there; None where fewer than ten did."),
    ] = None


@dataclass(frozen=True)
class Steps:
    """The positions that come next for a person."""

    as_of: AsOf
    employee: Person
    steps: Annotated[list[Step], Field(description="Those that most moves led to first.")]
    note: Annotated[str, Field(description="What the list is, and is not.")]
    present_title: Annotated[str | None, Field(description="What they are judged from.")] = None
    moves: Annotated[
        int | None,
        Field(description="Moves on record that left that title; None where fewer than ten."),
    ] = None
