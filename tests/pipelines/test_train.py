"""From the store to a model that waits, and its record in MLflow."""

import shutil
from pathlib import Path

import pytest
from mlflow import MlflowClient

from models import aliases, artifact
from models.aliases import Alias
from models.artifact import SIGNATURE, Manifest, Shortfall
from models.registry import MODEL
from models.signing import PublicKey
from mutasi.errors import KeyMissing, RegionEmpty, RegistryUnreadable, TooFewTransfers
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.store import personnel, session
from pipelines.train import Trained, train_and_register


def test_the_model_that_was_trained_is_signed(trained: tuple[Settings, Trained]) -> None:
    settings, made = trained
    key = PublicKey.load(settings.public_key_file)
    model = artifact.load(settings.models / made.manifest.version, key)

    assert model.manifest == made.manifest
    assert set(model.heads) == {"performance", "acceptance", "proposal"}


def test_a_model_tells_what_it_learned_from(trained: tuple[Settings, Trained]) -> None:
    manifest = trained[1].manifest

    assert set(manifest.datasets) == {"performance", "stays", "acceptance", "proposals", "seen"}
    for name in ("performance", "acceptance"):
        assert manifest.datasets[name].count == manifest.heads[name].examples


def test_the_run_is_recorded_with_its_figures_and_files(trained: tuple[Settings, Trained]) -> None:
    settings, made = trained
    client = MlflowClient(settings.tracking_uri, settings.tracking_uri)
    run = client.get_run(made.run_id)
    files = {file.path for file in client.list_artifacts(made.run_id, "model")}

    assert run.data.metrics["performance.examples"] == made.manifest.heads["performance"].examples
    assert run.data.tags["data_hash"] == made.manifest.data_hash
    assert {"model/manifest.json", "model/manifest.sig"} <= files
    assert client.get_model_version_by_alias(MODEL, "challenger").run_id == made.run_id


@pytest.fixture
def own(trained: tuple[Settings, Trained], tmp_path: Path) -> Settings:
    """The home with records and a model, to be trained in again."""
    shutil.copytree(trained[0].home, tmp_path, dirs_exist_ok=True)
    return Settings(home=tmp_path)


def test_training_changes_nothing_of_what_serves(
    trained: tuple[Settings, Trained], own: Settings
) -> None:
    first, settings = trained[1], own
    serving = settings.models / first.manifest.version
    before = {file.name: file.stat().st_mtime_ns for file in serving.iterdir()}

    again = train_and_register(settings)

    assert again.champion == first.manifest.version
    assert aliases.version_of(settings.models) == first.manifest.version
    assert {file.name: file.stat().st_mtime_ns for file in serving.iterdir()} == before


def test_training_again_gives_the_same_model_in_another_run(
    trained: tuple[Settings, Trained], own: Settings
) -> None:
    first, settings = trained[1], own
    (settings.models / first.manifest.version / SIGNATURE).unlink()

    again = train_and_register(settings)

    client = MlflowClient(settings.tracking_uri, settings.tracking_uri)
    assert again.manifest == first.manifest
    assert client.get_model_version_by_alias(MODEL, "challenger").run_id == again.run_id
    assert again.run_id != first.run_id
    assert aliases.version_of(settings.models, Alias.CHALLENGER) == again.manifest.version
    artifact.load(
        settings.models / again.manifest.version, PublicKey.load(settings.public_key_file)
    )


def test_without_its_private_key_a_home_makes_no_other(own: Settings) -> None:
    own.private_key_file.unlink()

    with pytest.raises(KeyMissing):
        train_and_register(own)


def test_where_the_run_could_not_be_recorded_nothing_is_learned(own: Settings) -> None:
    (own.home / "mlflow.db").write_bytes(b"no database at all" * 99)
    before = aliases.all_of(own.models)

    with pytest.raises(RegistryUnreadable):
        train_and_register(own)

    assert aliases.all_of(own.models) == before


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


@pytest.fixture(scope="module")
def unrated(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """What a region teaches in which nobody was ever rated."""
    settings = Settings(home=tmp_path_factory.mktemp("unrated"))
    frames = {name: frame for name, frame in invented.frames.items() if name != "appraisals"}
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, frames)
    return train_and_register(settings).manifest


def test_answers_without_ratings_teach_acceptance_alone(unrated: Manifest) -> None:
    assert set(unrated.heads) == {"acceptance", "proposal"}
    assert unrated.not_learned == {"performance": Shortfall(found=0, needed=50)}


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="a record of nothing is 0, and so counts as known"
)
def test_where_nobody_was_rated_past_performance_is_told_to_be_absent(unrated: Manifest) -> None:
    assert "past_performance" in unrated.absent
