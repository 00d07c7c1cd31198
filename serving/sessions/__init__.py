"""Sessions of people: sign in, who am I, sign out."""

from serving.sessions.endpoints import router

__all__ = ["router"]
