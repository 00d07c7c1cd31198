"""What employees ask for: applications for a post, and preferences."""

from fastapi import APIRouter

from serving.applications import endpoints, preferences

router = APIRouter(tags=["applications"])
router.include_router(endpoints.router)
router.include_router(preferences.router)

__all__ = ["router"]
