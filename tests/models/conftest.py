"""Examples with a known law, and a small region with a model."""

from pathlib import Path

import numpy as np
import pytest

from features.outcomes import Decisions
from features.sets import PERFORMANCE
from models import artifact
from models.artifact import Artifact, Head
from models.boosted import BoostedConfig
from models.examples import Examples
from models.fitting import LinearConfig
from models.training import learn_acceptance, learn_performance
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.records import snapshot

COUNT = 400
QUICK = (LinearConfig(penalty=10.0), BoostedConfig(trees=30, leaves=4))


def examples(label: str, count: int = COUNT, seed: int = 3) -> Examples:
    """Return examples whose label follows the last rating and the distance."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, len(PERFORMANCE)))
    rating = matrix[:, PERFORMANCE.index("last_rating")].copy()
    distance = matrix[:, PERFORMANCE.index("distance_change_km")].copy()
    matrix[rng.random(matrix.shape) < 0.05] = np.nan
    signal = 3 * rating - 2 * distance
    if label == "performance":
        outcome = 50 + signal + rng.normal(size=count)
    else:
        outcome = (rng.random(count) < 1 / (1 + np.exp(-signal))).astype(float)
    days = np.datetime64("2015-01-01") + np.arange(count) * 3
    ids = np.array([f"E{row % 50}" for row in range(count)], dtype=object)
    return Examples(PERFORMANCE, matrix, Decisions(ids, ids, days, outcome, days + 300))


@pytest.fixture(scope="session")
def heads() -> dict[str, Head]:
    return {
        "performance": learn_performance(examples("performance"), QUICK),
        "acceptance": learn_acceptance(examples("acceptance"), QUICK),
    }


@pytest.fixture
def model(heads: dict[str, Head], tmp_path: Path) -> Artifact:
    """A model as it comes back from disk."""
    artifact.save(tmp_path / "model", heads, "2024-07-01", "R", "hash", (), {})
    return artifact.load(tmp_path / "model")


@pytest.fixture
def region() -> Snapshot:
    return snapshot(DAY, **records())
