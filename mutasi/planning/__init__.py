"""The transfer plan (*rencana mutasi*): which set of moves is best for the whole region.

What a request is (``request``, ``demands``) is known without a solver: who only asks for
a plan, as the service does, imports nothing that solves.
"""

from mutasi.planning.problem import RESOLUTION, Problem, steps

__all__ = ["RESOLUTION", "Problem", "steps"]
