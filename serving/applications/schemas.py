"""What is said and told of applications and preferences."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from mutasi.vocabulary import PositionKind
from mutasi.workflow.applications import Act, State
from mutasi.workflow.reasons import Deviation, Grounds
from serving.nouns import Finding

LINE = r"^[^\x00-\x1f\x7f]+$"
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
Names = Annotated[tuple[Name, ...], Field(max_length=20)]


class Body(BaseModel):
    """What is said: no more than is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Submission(Body):
    """An employee asks for a post; it bears the day on which it is done."""

    position_id: Annotated[Name, Field(description="Which post.", examples=["DINKES.PR-PT"])]
    reason: Annotated[Grounds, Field(description="Why.")]


class Declination(Body):
    """An application is not taken up."""

    dated_on: Annotated[date | None, Field(description="The day that it bears; today.")] = None
    reason: Annotated[Deviation, Field(description="Why not.")]


class Withdrawal(Body):
    """An employee withdraws an application."""


class Preferences(Body):
    """What an employee wishes; empty where anything will do."""

    units: Annotated[Names, Field(description="Ids of units.", examples=[["PKM-1"]])] = ()
    places: Annotated[Names, Field(description="Places (kecamatan, town).")] = ()
    families: Annotated[Names, Field(description="Job families (rumpun jabatan).")] = ()
    kinds: Annotated[
        tuple[PositionKind, ...], Field(max_length=3, description="Kinds of posts.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What an employee wishes, as it is kept."""

    nip: str
    version: Annotated[int, Field(description="Counts changes; the `ETag`. 0: none were told.")]
    preferences: Preferences
    changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """What was done."""

    version: int
    act: Act
    name: Annotated[str, Field(description="The act in words.")]
    state: State
    dated_on: date
    at: datetime
    actor: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """What an employee asks for, and what became of it."""

    application_id: str
    version: Annotated[int, Field(description="Counts acts; the `ETag` begins with it.")]
    state: State
    state_name: str
    nip: str
    name: str | None = None
    position_id: str
    title: str | None = None
    unit_name: str | None = None
    reason: Grounds
    is_eligible: Annotated[bool, Field(description="No rule blocked it when it was submitted.")]
    findings: Annotated[
        list[Finding], Field(description="What the law says today of the own request.")
    ]
    events: list[Event]


@dataclass(frozen=True, kw_only=True)
class Applications:
    """A page of applications."""

    applications: list[Application]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None
