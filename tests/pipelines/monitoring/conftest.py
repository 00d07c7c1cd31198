"""A region that has lived on after its model was trained."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features.outcomes import Decisions
from models import artifact
from models.artifact import Artifact
from models.examples import Examples
from mutasi.simulation import Region, SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import Gathered, gathered, period_of
from pipelines.monitoring.job import compared
from pipelines.monitoring.schema import Report
from pipelines.train import train
from tests.artifacts import KEY

LEARNED, LAST = date(2024, 3, 31), date(2026, 3, 30)


@pytest.fixture(scope="session")
def lived() -> Region:
    return simulate(SimulationConfig(employees=1600, years=8, seed=6))


@pytest.fixture(scope="session")
def known(lived: Region) -> Snapshot:
    return Snapshot.of(LAST, lived.frames)


@pytest.fixture(scope="session")
def champion(known: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Artifact:
    """The model, of two years before."""
    models = tmp_path_factory.mktemp("models")
    manifest = train(known.rewound(LEARNED), models, KEY)
    return artifact.load(models / manifest.version, KEY.public)


@pytest.fixture(scope="session")
def found(known: Snapshot, champion: Artifact) -> Gathered:
    """What the two years since hold."""
    return gathered(known, champion, period_of(LEARNED, LAST))


@pytest.fixture(scope="session")
def report(known: Snapshot, champion: Artifact, found: Gathered) -> Report:
    """The report on what really came."""
    return compared(known, champion, found)


def with_column(
    examples: Examples, name: str, changed: Callable[[np.ndarray], np.ndarray]
) -> Examples:
    """Return examples of which one feature is another."""
    place = examples.names.index(name)
    matrix = examples.matrix.copy()
    matrix[:, place] = changed(matrix[:, place])
    return replace(examples, matrix=matrix)


def with_label(examples: Examples, label: np.ndarray) -> Examples:
    """Return examples of which something else became."""
    return replace(examples, decisions=replace(examples.decisions, label=label))


def with_first(found: Gathered, moves: Examples) -> Gathered:
    """Return a period whose rated moves are others."""
    first = replace(found.moved["first"], moves=moves)
    return replace(found, moved={**found.moved, "first": first})


def undated(decisions: Decisions) -> Decisions:
    """Return decisions of people who are each decided about once."""
    ids = np.arange(len(decisions)).astype(str).astype(object)
    return replace(decisions, employee_id=ids)
