"""What MLflow holds of a model: its run, its examples, its aliases."""

import json
import shutil
from pathlib import Path

import pytest
from mlflow import MlflowClient

from models import registry
from models.aliases import Alias
from models.artifact import Dataset, Manifest
from mutasi.errors import RegistryUnreadable
from tests.artifacts import head, save

DATASETS = {"performance": Dataset(count=300, hash="0123456789abcdef", missing={"training": 0.1})}


@pytest.fixture
def home(empty_tracking: Path, tmp_path: Path) -> Path:
    shutil.copy(empty_tracking, tmp_path / "mlflow.db")
    return tmp_path


def uri(home: Path) -> str:
    return f"sqlite:///{home}/mlflow.db"


def client(home: Path) -> MlflowClient:
    return MlflowClient(uri(home), uri(home))


def registered(home: Path, base: float = 0.0) -> tuple[str, Manifest]:
    """Register a model; another base is another model."""
    folder = home / f"model-{base}"
    manifest = save(folder, {"performance": head(base)}, datasets=DATASETS)
    return registry.register(uri(home), home / "mlruns", folder, manifest), manifest


def test_a_run_holds_choices_figures_and_the_signed_files(home: Path) -> None:
    run_id, manifest = registered(home)
    run = client(home).get_run(run_id)
    files = {file.path for file in client(home).list_artifacts(run_id, "model")}

    assert run.data.params["performance.kind"] == "linear"
    assert run.data.params["performance.penalty"] == "1.0"
    assert run.data.metrics["performance.examples"] == 300
    assert run.data.tags["data_hash"] == manifest.data_hash
    assert files == {
        "model/manifest.json",
        "model/manifest.sig",
        "model/performance.json",
    }


def test_a_run_holds_the_hashes_and_counts_of_its_examples(home: Path) -> None:
    run_id, _ = registered(home)
    inputs = client(home).get_run(run_id).inputs
    assert inputs is not None
    (found,) = inputs.dataset_inputs

    assert (found.dataset.name, found.dataset.digest) == ("performance", "0123456789abcdef")
    assert json.loads(found.dataset.profile or "") == {"count": 300}
    assert json.loads(found.dataset.source)["as_of"] == "2024-07-01"
    assert [(tag.key, tag.value) for tag in found.tags] == [("mlflow.data.context", "training")]


def test_aliases_name_what_the_files_name(home: Path) -> None:
    (_, first), (second_run, second) = registered(home), registered(home, base=5.0)
    registry.mirror(uri(home), {Alias.CHAMPION: first.version, Alias.CHALLENGER: second.version})

    registry.mirror(
        uri(home),
        {
            Alias.CHAMPION: second.version,
            Alias.CHALLENGER: None,
            Alias.PREVIOUS: first.version,
        },
    )

    named = client(home).get_registered_model(registry.MODEL).aliases
    assert set(named) == {"champion", "previous"}
    assert registry.run_of(uri(home), second.version) == second_run
    assert (
        client(home).get_model_version_by_alias(registry.MODEL, "champion").tags["artifact"]
        == second.version
    )


def test_an_alias_of_a_model_that_is_not_on_record_names_none(home: Path) -> None:
    _, first = registered(home)
    registry.mirror(uri(home), {Alias.CHAMPION: first.version})

    registry.mirror(uri(home), {Alias.CHAMPION: "brought from elsewhere"})

    assert client(home).get_registered_model(registry.MODEL).aliases == {}


def test_where_no_model_was_ever_registered_no_alias_is_missed(home: Path) -> None:
    registry.mirror(uri(home), {Alias.CHAMPION: "brought from elsewhere", Alias.PREVIOUS: None})

    assert client(home).search_registered_models() == []


def test_a_model_that_was_trained_twice_is_its_last_run(home: Path) -> None:
    (first, manifest), (second, again) = registered(home), registered(home)

    assert manifest == again
    assert first != second
    assert registry.run_of(uri(home), manifest.version) == second
    assert registry.run_of(uri(home), "never made") is None


def test_what_is_found_later_is_added_to_the_run(home: Path) -> None:
    run_id, _ = registered(home)
    for value in (1.5, 1.25):
        registry.record(
            uri(home),
            run_id,
            {"backtest.performance.model.rmse": value},
            {"plots/performance.svg": "<svg/>", "decision.json": "{}"},
            {"promotion": "refused"},
        )

    history = client(home).get_metric_history(run_id, "backtest.performance.model.rmse")
    run = client(home).get_run(run_id)
    assert [(one.step, one.value) for one in history] == [(0, 1.5), (1, 1.25)]
    assert run.data.tags["promotion"] == "refused"
    assert run.data.tags["judged"] == "2"
    assert {file.path for file in client(home).list_artifacts(run_id)} == {
        "decision.json",
        "model",
        "plots",
    }


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("sqlite:///{folder}/mlflow.db", "sqlite:///{folder}/mlflow.db"),
        ("http://someone:secret@127.0.0.1:9/", "http://127.0.0.1:9/"),
    ],
    ids=["damaged", "out of reach"],
)
def test_records_that_cannot_be_opened_are_named_without_a_password(
    tmp_path: Path, place: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    (tmp_path / "mlflow.db").write_bytes(b"no database at all" * 99)

    with pytest.raises(RegistryUnreadable) as refused:
        registry.run_of(place.format(folder=tmp_path), "2026-01-01-00000000")

    assert refused.value.params["registry"] == told.format(folder=tmp_path)
