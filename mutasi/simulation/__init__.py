"""Invented regions with known truth, for the demo, tests and benchmarks.

Nothing that learns or serves may import this package.
"""

from mutasi.simulation.config import Kind, SimulationConfig
from mutasi.simulation.region import Region, simulate
from mutasi.simulation.truth import Truth

__all__ = ["Kind", "Region", "SimulationConfig", "Truth", "simulate"]
