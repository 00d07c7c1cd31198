"""Tokens for systems: fetched by a client's secret, checked by published keys."""

from serving.tokens.endpoints import router

__all__ = ["router"]
