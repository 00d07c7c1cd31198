"""What is told of a proposal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from mutasi.workflow.proposals import Act, State
from mutasi.workflow.reasons import Purpose

Version = Annotated[int, Field(description="Counts acts; the `ETag` begins with it.", examples=[4])]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is to move."""

    nip: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post."""

    position_id: str
    title: str | None = None
    unit_id: str
    unit_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the ranking had the person when the move was proposed."""

    as_of: Annotated[date, Field(description="Day whose knowledge was used.")]
    basis: Annotated[str, Field(description="`model`, or `transparent_score`.")]
    model_version: str | None = None
    rank: Annotated[int | None, Field(description="1 is best; none beyond the first 200.")] = None
    band: Annotated[int | None, Field(description="Those of one band cannot be told apart.")] = None
    eligible: Annotated[int, Field(description="How many the law allows.")]


@dataclass(frozen=True, kw_only=True)
class Open:
    """What may be done now."""

    act: Act
    name: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """What was done."""

    version: Version
    act: Act
    name: Annotated[str, Field(description="The act in words.")]
    state: Annotated[State, Field(description="The state that followed.")]
    dated_on: Annotated[date, Field(description="The day that it bears.")]
    at: Annotated[datetime, Field(description="When it was taken down.")]
    actor: Annotated[str, Field(description="Whose act it was; says nothing of a person.")]
    facts: Annotated[dict[str, Any], Field(description="What it says besides.")]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A move that is proposed, and what became of it."""

    proposal_id: str
    version: Version
    state: State
    state_name: str
    employee: Person
    position: Post
    origin: Annotated[Post | None, Field(description="The post that is held; none if none is.")] = (
        None
    )
    purpose: Purpose
    purpose_name: str
    until: Annotated[
        date | None, Field(description="Last day of a temporary assignment; none for a move.")
    ] = None
    is_own_request: bool
    application_id: str | None = None
    plan_id: str | None = None
    receipt_id: str | None = None
    authorities: Annotated[
        list[str], Field(description="Whose consent is needed outside the government.")
    ]
    standing: Standing
    answer_by: Annotated[
        date | None, Field(description="Last day for the answer to the offer.")
    ] = None
    object_by: Annotated[
        date | None, Field(description="Last day for an objection, while one can be made.")
    ] = None
    allowed: Annotated[list[Open], Field(description="What may be done today, by whoever may.")]
    events: Annotated[list[Event], Field(description="The first one first.")]


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """A page of proposals."""

    proposals: list[Proposal]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None
