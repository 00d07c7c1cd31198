"""Whether this process lives, and whether it can answer."""

from serving.health.endpoints import router

__all__ = ["router"]
