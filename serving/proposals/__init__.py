"""Proposals: from the draft by way of units, decision and offer to the move and its letter."""

from fastapi import APIRouter

from serving.proposals import endpoints, steps

router = APIRouter(tags=["proposals"])
router.include_router(endpoints.router)
router.include_router(steps.router)

__all__ = ["router"]
