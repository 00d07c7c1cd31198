"""From the store to a model that serves, and its record in MLflow."""

import shutil
from pathlib import Path

import pytest
from mlflow import MlflowClient

from models import artifact
from models.registry import CHAMPION, MODEL, PREVIOUS
from mutasi.errors import RegionEmpty, TooFewTransfers
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.store import personnel, session
from pipelines.train import Trained, train_and_register


def test_the_model_that_was_trained_serves(trained: tuple[Settings, Trained]) -> None:
    settings, made = trained
    model = artifact.load(artifact.current(settings.models))

    assert model.manifest == made.manifest
    assert set(model.heads) == {"performance", "acceptance"}


def test_the_run_is_recorded_with_its_figures_and_files(trained: tuple[Settings, Trained]) -> None:
    settings, made = trained
    client = MlflowClient(settings.tracking_uri, settings.tracking_uri)
    run = client.get_run(made.run_id)
    files = {file.path for file in client.list_artifacts(made.run_id, "model")}

    assert run.data.metrics["performance.examples"] == made.manifest.heads["performance"].examples
    assert run.data.tags["data_hash"] == made.manifest.data_hash
    assert {"model/manifest.json"} <= files
    assert client.get_model_version_by_alias(MODEL, CHAMPION).run_id == made.run_id


def test_training_again_gives_the_same_model_and_keeps_the_previous(
    trained: tuple[Settings, Trained], tmp_path: Path
) -> None:
    first = trained[1]
    shutil.copytree(trained[0].home, tmp_path, dirs_exist_ok=True)
    settings = Settings(home=tmp_path)
    again = train_and_register(settings)
    client = MlflowClient(settings.tracking_uri, settings.tracking_uri)

    assert again.manifest == first.manifest
    assert client.get_model_version_by_alias(MODEL, PREVIOUS).run_id == first.run_id
    assert client.get_model_version_by_alias(MODEL, CHAMPION).run_id == again.run_id


def test_an_empty_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegionEmpty):
        train_and_register(Settings(home=tmp_path))


@pytest.mark.parametrize("moves", [0, 5])
def test_too_few_past_moves_are_refused_and_leave_no_model(
    moves: int, invented: Region, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path)
    frames = dict(invented.frames)
    frames["transfers"] = frames["transfers"].dropna(subset=["offer_id"]).head(moves)
    frames["offers"] = frames["offers"][
        frames["offers"]["offer_id"].isin(frames["transfers"]["offer_id"])
    ]
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, frames)

    with pytest.raises(TooFewTransfers) as refused:
        train_and_register(settings)

    assert refused.value.params["needed"] == 50
    assert not settings.models.exists()


def test_answers_without_ratings_teach_acceptance_alone(invented: Region, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    frames = {name: frame for name, frame in invented.frames.items() if name != "appraisals"}
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, frames)

    manifest = train_and_register(settings).manifest

    assert set(manifest.heads) == {"acceptance"}
    assert manifest.not_learned == {"performance": "0 of 50"}
    assert "past_performance" in manifest.absent
