"""Examples with a known law, and a small region with a model."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from features.outcomes import Decisions
from features.sets import EVIDENCE, LENIENCY
from models import artifact
from models.artifact import Artifact, Head
from models.boosted import BoostedConfig
from models.examples import NAMES, Examples, Lessons, past_lessons
from models.fitting import LinearConfig
from models.training import learn_acceptance, learn_performance
from models.weighting import Chosen
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from tests.artifacts import KEY
from tests.features.conftest import DAY, records
from tests.records import snapshot

COUNT = 400
QUICK = (LinearConfig(penalty=10.0), BoostedConfig(trees=30, leaves=4))
NOBODY_KNOWS = Chosen(proposal=None, seen=None)
"""How the examples came to be, where nothing is known of it."""


def examples(label: str, count: int = COUNT, seed: int = 3) -> Examples:
    """Return examples whose label follows the person's record and the distance.

    A rating holds the rater's leniency besides, which is known of it.
    """
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, len(NAMES)))
    record = matrix[:, NAMES.index("person_record")].copy()
    distance = matrix[:, NAMES.index("distance_change_km")].copy()
    leniency = 2 * matrix[:, NAMES.index(LENIENCY)]
    matrix[rng.random(matrix.shape) < 0.05] = np.nan
    matrix[:, NAMES.index(LENIENCY)] = leniency
    for name in EVIDENCE:
        matrix[:, NAMES.index(name)] = rng.uniform(2.0, 6.0, count)
    signal = 3 * record - 2 * distance
    if label == "performance":
        outcome = 50 + signal + leniency + rng.normal(size=count)
    else:
        outcome = (rng.random(count) < 1 / (1 + np.exp(-signal))).astype(float)
        leniency = np.zeros(count)
    days = np.datetime64("2015-01-01") + np.arange(count) * 3
    ids = np.array([f"E{row % 50}" for row in range(count)], dtype=object)
    return Examples(NAMES, matrix, Decisions(ids, ids, days, outcome, days + 300, leniency))


def lessons(count: int = COUNT) -> Lessons:
    """Return everything that a past with a known law teaches."""
    return Lessons(
        performance=examples("performance", count),
        stays=examples("performance", count, seed=4),
        acceptance=examples("acceptance", count),
        proposals=examples("proposals", count, seed=5),
        seen=examples("seen", count, seed=6),
    )


def nothing_of(made: Examples) -> Examples:
    """Return none of some examples."""
    return made.where(np.arange(0))


def quick_performance(made: Examples, stays: Examples | None = None) -> Head:
    """Return what rated moves teach a quick learner, and stays if there are any."""
    stayed = nothing_of(made) if stays is None else stays
    return learn_performance(made, stayed, NOBODY_KNOWS, configs=QUICK)


def quick_acceptance(made: Examples) -> Head:
    """Return what answers teach a quick learner."""
    return learn_acceptance(made, NOBODY_KNOWS, QUICK)


@pytest.fixture(scope="session")
def heads() -> dict[str, Head]:
    return {
        "performance": quick_performance(examples("performance")),
        "acceptance": quick_acceptance(examples("acceptance")),
    }


@pytest.fixture
def model(heads: dict[str, Head], tmp_path: Path) -> Artifact:
    """A model as it comes back from disk."""
    artifact.save(tmp_path / "model", heads, "2024-07-01", "R", "hash", (), {}, KEY)
    return artifact.load(tmp_path / "model", KEY.public)


@pytest.fixture
def region() -> Snapshot:
    return snapshot(DAY, **records())


@pytest.fixture(scope="session")
def simulated() -> Snapshot:
    """A simulated region with five years of moves."""
    frames = simulate(SimulationConfig(employees=300, years=5, seed=3)).frames
    return Snapshot.of(date(2026, 3, 31), frames)


@pytest.fixture(scope="session")
def learned_from(simulated: Snapshot) -> Lessons:
    """What the past of the simulated region teaches."""
    return past_lessons(simulated)
