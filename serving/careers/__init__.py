"""A person's career: what is on record, competence against a target, what may come next."""

from serving.careers.endpoints import router

__all__ = ["router"]
