"""What was decided about proposals: by whom, about whom, and whether advice was followed."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store.cases import Kind
from mutasi.store.tables import CASE_EVENTS, CASES
from mutasi.workflow.proposals import Act


@dataclass(frozen=True)
class Decided:
    """A decision about a proposal.

    Attributes:
        decider: Who decided, as the trail names them.
        employee_id: About whom.
        unit_id: The unit of the position.
        dated_on: Day of the decision.
        is_overridden: The proposal was not followed.
        is_first: The ranking had the person in its first band, or a plan chose them;
            whoever accepts another one prefers them to what was recommended.
        reason: Code of the reason, where one was given.
    """

    decider: str
    employee_id: str
    unit_id: str
    dated_on: date
    is_overridden: bool
    is_first: bool
    reason: str | None


def decided(
    work: Connection, since: date | None = None, until: date | None = None
) -> list[Decided]:
    """Return the decisions about proposals between two days, both included; the oldest first."""
    asked = (
        sa.select(CASE_EVENTS, CASES.c.employee_id, CASES.c.unit_id, CASES.c.content)
        .join(CASES, CASES.c.case_id == CASE_EVENTS.c.case_id)
        .where(CASES.c.kind == Kind.PROPOSAL, CASE_EVENTS.c.act.in_((Act.DECIDE, Act.OVERRIDE)))
        .order_by(CASE_EVENTS.c.dated_on, CASE_EVENTS.c.case_id, CASE_EVENTS.c.version)
    )
    if since is not None:
        asked = asked.where(CASE_EVENTS.c.dated_on >= since)
    if until is not None:
        asked = asked.where(CASE_EVENTS.c.dated_on <= until)
    return [
        Decided(
            decider=row.actor,
            employee_id=row.employee_id,
            unit_id=row.unit_id,
            dated_on=row.dated_on,
            is_overridden=row.act == Act.OVERRIDE,
            is_first=row.content["band"] == 1 or row.content["plan_id"] is not None,
            reason=row.facts.get("reason"),
        )
        for row in work.execute(asked)
    ]
