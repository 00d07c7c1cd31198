"""Small invented regions, made once."""

import pytest

from mutasi.simulation import Region, SimulationConfig, simulate


@pytest.fixture(scope="session")
def config() -> SimulationConfig:
    return SimulationConfig(employees=800, years=6, seed=3)


@pytest.fixture(scope="session")
def region(config: SimulationConfig) -> Region:
    return simulate(config)


@pytest.fixture(scope="session")
def whole() -> Region:
    """Return a region whose records have no gaps."""
    return simulate(SimulationConfig(employees=400, years=4, seed=5, missingness=0))


@pytest.fixture(scope="session")
def sparse() -> Region:
    """Return a region whose records have the most gaps."""
    return simulate(SimulationConfig(employees=400, years=3, seed=6, missingness=3))
