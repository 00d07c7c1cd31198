"""The course of an application (*permohonan*), by which an employee asks for a move."""

from datetime import date
from enum import StrEnum
from typing import Final

from mutasi.workflow.offices import Office
from mutasi.workflow.steps import Step, step_of


class State(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    TAKEN_UP = "taken_up"
    """A proposal was made of it."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done about an application."""

    SUBMIT = "submit"
    TAKE_UP = "take_up"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


TABLE: Final[tuple[Step[None], ...]] = (
    Step(State.SUBMITTED, Act.TAKE_UP, State.TAKEN_UP, Office.PROPOSER),
    Step(State.SUBMITTED, Act.DECLINE, State.DECLINED, Office.PROPOSER),
    Step(State.SUBMITTED, Act.WITHDRAW, State.WITHDRAWN, Office.CONCERNED),
)
"""Every step; what is not here is refused."""


def following(application_id: str, state: State, act: Act, on: date) -> Step[None]:
    """Return the step that an act is.

    Raises:
        Conflict: If the act is out of order.
    """
    return step_of(TABLE, application_id, state, None, act, on)
