"""The small region of all jobs, ready to be planned for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.recommender import Recommender
from mutasi.planning.request import PlanRequest
from mutasi.settings import Settings
from pipelines.planning.job import Planned, plan_region
from pipelines.recommend import opened
from pipelines.train import Trained

Ask = Callable[..., Planned]
"""Plans what a request asks, given as its parts."""


@pytest.fixture(scope="session")
def recommender(trained: tuple[Settings, Trained]) -> Recommender:
    return opened(trained[0]).recommender


@pytest.fixture
def ask(recommender: Recommender, tmp_path: Path) -> Ask:
    def asked(**parts: object) -> Planned:
        return plan_region(recommender, PlanRequest.model_validate(parts), tmp_path / "plan")

    return asked


@pytest.fixture(scope="session")
def usual(recommender: Recommender, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The plan of a request that asks for nothing in particular; read only."""
    return plan_region(recommender, PlanRequest(), tmp_path_factory.mktemp("usual"))
