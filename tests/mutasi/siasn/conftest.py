"""A small simulated region, to be written as SIASN exports it."""

import pytest

from mutasi.simulation import SimulationConfig
from mutasi.simulation.region import Region, simulate


@pytest.fixture(scope="session")
def invented() -> Region:
    return simulate(SimulationConfig(employees=200, years=4, seed=3))
