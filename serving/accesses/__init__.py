"""Who looked at somebody's data, for the person concerned."""

from serving.accesses.endpoints import router

__all__ = ["router"]
