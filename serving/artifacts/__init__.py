"""The model that answers."""

from serving.artifacts.endpoints import router

__all__ = ["router"]
