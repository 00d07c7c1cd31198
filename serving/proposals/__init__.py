"""Proposals: from the draft by way of units, decision and offer to the move and its letter."""

from serving.areas import Area, join
from serving.proposals import endpoints, steps

router = Area("proposals")
join(router, endpoints.router, steps.router)

__all__ = ["router"]
