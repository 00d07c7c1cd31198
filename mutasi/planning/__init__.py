"""The transfer plan (*rencana mutasi*): which set of moves is best for the whole region."""

from mutasi.planning.optimizer import conflict, optimize
from mutasi.planning.plan import Plan
from mutasi.planning.problem import RESOLUTION, Problem, steps

__all__ = ["RESOLUTION", "Plan", "Problem", "conflict", "optimize", "steps"]
