"""What is told, to whoever may ask about it."""

from enum import StrEnum
from typing import Final

from mutasi.authority import Scope


class Event(StrEnum):
    """What may happen."""

    PLAN_ENDED = "plan.ended"
    IMPORT_ENDED = "import.ended"
    PROPOSAL_CHANGED = "proposal.changed"
    APPLICATION_CHANGED = "application.changed"
    PING = "webhook.ping"


NEEDED: Final = {
    Event.PLAN_ENDED: Scope.PLANS_READ,
    Event.IMPORT_ENDED: Scope.RECORDS,
    Event.PROPOSAL_CHANGED: Scope.PROPOSALS_READ,
    Event.APPLICATION_CHANGED: Scope.PROPOSALS_READ,
}
"""What it takes to be told of an event, when it is subscribed to and when it is sent."""
