from enum import StrEnum


class SubscriptionEventsItem(StrEnum):
    APPLICATION_CHANGED = "application.changed"
    IMPORT_ENDED = "import.ended"
    PLAN_ENDED = "plan.ended"
    PROPOSAL_CHANGED = "proposal.changed"

    def __str__(self) -> str:
        return str(self.value)
