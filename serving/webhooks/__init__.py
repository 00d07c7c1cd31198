"""Webhooks: who is told of what, and whether it came."""

from serving.webhooks.endpoints import router

__all__ = ["router"]
