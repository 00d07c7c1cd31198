"""A home with two models, of which one serves and one waits."""

import shutil
from pathlib import Path

import pytest

from models import aliases
from models.aliases import Alias
from mutasi.settings import Settings
from pipelines.promotion import job
from tests.artifacts import store, vouch
from tests.pipelines.promotion.made import Judge


@pytest.fixture
def bare(stored: Settings, empty_tracking: Path, tmp_path: Path) -> Settings:
    """A home with records and the public key, and no model."""
    settings = Settings(home=tmp_path, database=stored.database_url)
    shutil.copy(empty_tracking, tmp_path / "mlflow.db")
    vouch(settings)
    settings.models.mkdir()
    return settings


@pytest.fixture
def home(bare: Settings) -> Settings:
    """A home in which one model serves and another waits."""
    aliases.change(
        bare.models,
        {Alias.CHAMPION: store(bare.models, 1.0), Alias.CHALLENGER: store(bare.models, 2.0)},
    )
    return bare


@pytest.fixture
def named(home: Settings) -> dict[Alias, str | None]:
    """What the aliases of the home named at first."""
    return aliases.all_of(home.models)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Stands in for the gates, which take long."""
    made = Judge()
    monkeypatch.setattr(job, "judge", made)
    return made
