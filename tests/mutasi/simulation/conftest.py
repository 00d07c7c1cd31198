"""Small invented regions, made once."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from features.outcomes import performances
from mutasi.simulation import Kind, Region, SimulationConfig, simulate
from mutasi.simulation.arrays import Floats
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.records import frames
from mutasi.snapshot import Snapshot


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


@dataclass(frozen=True)
class Lived:
    """A region, and all that happened in it before anything was left out of the records."""

    region: Region
    chronicle: Chronicle


@pytest.fixture(scope="session")
def lived() -> dict[Kind, Lived]:
    """Return a region of each kind of world."""
    return {
        kind: _lived(SimulationConfig(employees=1500, years=6, seed=4, world=kind))
        for kind in get_args(Kind)
    }


@pytest.fixture(scope="session")
def regions(lived: dict[Kind, Lived]) -> dict[Kind, Region]:
    return {kind: each.region for kind, each in lived.items()}


def digest(region: Region) -> str:
    """Return what differs as soon as any byte of the records does."""
    found = hashlib.sha256()
    for name, frame in sorted(region.frames.items()):
        found.update(name.encode())
        found.update(frame.to_csv(index=False).encode())
    return found.hexdigest()


def surprises(region: Region) -> tuple[Floats, Floats]:
    """Return how far moves turned out from what was expected, and what that was."""
    moves = performances(Snapshot.of(date(2026, 3, 31), region.frames))
    expected = np.zeros(len(moves))
    for day in np.unique(moves.decided_on):
        same = np.flatnonzero(moves.decided_on == day)
        expected[same] = region.truth.performance(
            moves.employee_id[same].tolist(), moves.position_id[same].tolist(), day.astype(date)
        )
    return moves.label - expected, expected


def _lived(config: SimulationConfig) -> Lived:
    happened: list[Chronicle] = []

    def overheard(chronicle: Chronicle, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
        happened.append(chronicle)
        return frames(chronicle, rng)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("mutasi.simulation.region.frames", overheard)
        return Lived(simulate(config), happened[0])
