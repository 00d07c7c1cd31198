"""Positions offered, and moves that took place."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from mutasi.vocabulary._fact import EmployeeRef, Fact, KnownOn, PositionRef
from mutasi.vocabulary.codes import Answer, Evidence


@dataclass(frozen=True)
class Offer:
    """A position offered to an employee, and the answer."""

    table: ClassVar[str] = "offers"
    key: ClassVar[tuple[str, ...]] = ("offer_id",)

    offer_id: Annotated[str, Fact("id of the offer")]
    employee_id: EmployeeRef
    position_id: PositionRef
    offered_on: Annotated[date, Fact("day of the offer")]
    answer: Annotated[str | None, Fact("the answer; empty while open", codes=tuple(Answer))]
    answered_on: Annotated[date | None, Fact("day of the answer")]
    reason: Annotated[str | None, Fact("code of the reason of a refusal, as distance or family")]
    evidence: Annotated[
        str | None,
        Fact("how the answer is known; empty = recorded", codes=tuple(Evidence)),
    ]
    known_on: KnownOn


@dataclass(frozen=True)
class Transfer:
    """A move from one position to another that took place (*mutasi*)."""

    table: ClassVar[str] = "transfers"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "started_on")

    employee_id: EmployeeRef
    from_position_id: Annotated[str | None, Fact("the position left", references="positions")]
    position_id: PositionRef
    decided_on: Annotated[date, Fact("day of the decision; what was known before it may be used")]
    started_on: Annotated[date, Fact("first day in the new post")]
    offer_id: Annotated[str | None, Fact("the offer that led to it", references="offers")]
    known_on: KnownOn


@dataclass(frozen=True)
class Objection:
    """An employee's objection to a placement (*keberatan*)."""

    table: ClassVar[str] = "objections"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "objected_on")

    employee_id: EmployeeRef
    objected_on: Annotated[date, Fact("day of the objection")]
    position_id: Annotated[str | None, Fact("the position objected to", references="positions")]
    grounds: Annotated[str | None, Fact("code of the grounds, as distance or family")]
    outcome: Annotated[
        str | None,
        Fact("what became of it; empty while open", codes=("upheld", "dismissed", "withdrawn")),
    ]
    answered_on: Annotated[date | None, Fact("day of the answer")]
    known_on: KnownOn
