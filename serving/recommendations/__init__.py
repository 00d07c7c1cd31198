"""Vacancies, candidates for them, and positions for a person."""

from fastapi import APIRouter

from serving.recommendations import batch, endpoints

router = APIRouter(tags=["recommendations"])
router.include_router(endpoints.router)
router.include_router(batch.router)

__all__ = ["router"]
