"""Plans for the whole region, asked for here and made by a worker."""

from serving.plans.endpoints import router

__all__ = ["router"]
