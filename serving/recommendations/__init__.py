"""Vacancies, candidates for them, and positions for a person."""

from serving.recommendations.endpoints import router

__all__ = ["router"]
