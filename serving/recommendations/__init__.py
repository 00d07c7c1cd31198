"""Vacancies, candidates for them, and positions for a person."""

from serving.areas import Area, join
from serving.recommendations import batch, endpoints

router = Area("recommendations")
join(router, endpoints.router, batch.router)

__all__ = ["router"]
