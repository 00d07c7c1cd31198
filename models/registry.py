"""Runs and versions in MLflow: what was trained when, on what, and how it fared.

MLflow keeps the history; it does not own the format.  What serves is the
artifact's folder itself (``models.artifact``), so nothing here is needed to
serve.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag

from models.aliases import Alias
from models.artifact import HeadFacts, Manifest
from mutasi.errors import RegistryUnreadable

logging.getLogger("mlflow").setLevel(logging.WARNING)  # it tells of its tables at each new home

EXPERIMENT = "mutasi"
MODEL = "mutasi-placement"
VERSION = "artifact"
"""Tag of a registered model: the version of its artifact."""

TIMES = "judged"
"""Tag of a run: how many times its model was judged."""

SOURCE = "mutasi"
"""Kind of source of the examples: the store, as known on a day."""


def register(tracking_uri: str, files: Path, folder: Path, manifest: Manifest) -> str:
    """Record a trained model as a run, register it, and return the run's id.

    Args:
        tracking_uri: Where MLflow keeps its records, as ``sqlite:///…``.
        files: Folder for the files of runs.
        folder: The artifact.
        manifest: What the artifact is.
    """
    client = _client(tracking_uri)
    run = client.create_run(_experiment(client, files), run_name=manifest.version)
    run_id = str(run.info.run_id)
    client.log_batch(
        run_id,
        metrics=[
            Metric(f"{name}.{figure}", value, run.info.start_time, 0)
            for name, head in manifest.heads.items()
            for figure, value in _figures(head).items()
        ],
        params=[
            Param(f"{name}.{choice}", str(value))
            for name, head in manifest.heads.items()
            for choice, value in _choices(head).items()
        ],
        tags=[RunTag(key, getattr(manifest, key)) for key in ("region", "as_of", "data_hash")],
    )
    client.log_inputs(run_id, _inputs(manifest))
    client.log_artifacts(run_id, str(folder), artifact_path="model")
    client.set_terminated(run_id)
    _add_version(client, run_id, manifest.version)
    return run_id


def require(tracking_uri: str) -> None:
    """Check that MLflow's records can be read.

    Args:
        tracking_uri: Where they are.

    Raises:
        RegistryUnreadable: If they cannot.
    """
    _client(tracking_uri)


def run_of(tracking_uri: str, version: str) -> str | None:
    """Return the last run that made a version; None where none is on record."""
    client = _client(tracking_uri)
    number = _number_of(client, version)
    return None if number is None else str(client.get_model_version(MODEL, number).run_id)


def mirror(tracking_uri: str, named: Mapping[Alias, str | None]) -> None:
    """Make MLflow's aliases name what the files name.

    Args:
        tracking_uri: Where MLflow keeps its records.
        named: The version of each alias; None, or one not on record, leaves it out.
    """
    client = _client(tracking_uri)
    if not _is_registered(client):
        return
    for alias, version in named.items():
        number = None if version is None else _number_of(client, version)
        if number is None:
            client.delete_registered_model_alias(MODEL, alias)
        else:
            client.set_registered_model_alias(MODEL, alias, number)


def record(
    tracking_uri: str,
    run_id: str,
    metrics: Mapping[str, float],
    texts: Mapping[str, str],
    tags: Mapping[str, str],
) -> None:
    """Add to a run what was found of its model afterwards.

    Args:
        tracking_uri: Where MLflow keeps its records.
        run_id: The run.
        metrics: Figures by name; those of another time are the next step.
        texts: Files by their path among the run's.
        tags: Tags by name.
    """
    client = _client(tracking_uri)
    run = client.get_run(run_id)
    step = int(run.data.tags.get(TIMES, 0))
    told = {**tags, TIMES: str(step + 1)}
    client.log_batch(
        run_id,
        metrics=[Metric(name, value, run.info.end_time, step) for name, value in metrics.items()],
        tags=[RunTag(name, value) for name, value in told.items()],
    )
    for path, text in texts.items():
        client.log_text(run_id, text, path)


def _client(tracking_uri: str) -> MlflowClient:
    """Return a client whose records can be read.

    Raises:
        RegistryUnreadable: If they cannot.
    """
    try:
        client = MlflowClient(tracking_uri=tracking_uri, registry_uri=tracking_uri)
        client.get_experiment_by_name(EXPERIMENT)
    except Exception as error:  # MLflow lets through whatever its store's driver raises
        account = urlsplit(tracking_uri).netloc.rpartition("@")[0]
        place = tracking_uri.replace(f"{account}@", "", 1) if account else tracking_uri
        raise RegistryUnreadable(registry=place) from error
    return client


def _experiment(client: MlflowClient, files: Path) -> str:
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, files.resolve().as_uri()))


def _figures(head: HeadFacts) -> dict[str, float]:
    found = {"examples": head.examples, "stays": head.stays, "loss": head.loss}
    if head.widths is not None:
        found["half_width"] = head.widths.half[1]
    return found


def _choices(head: HeadFacts) -> dict[str, object]:
    """Return what was chosen: the learner, its configuration, the parts that it has."""
    parts = {f"part.{trial.part}": trial.is_kept for trial in head.trials}
    return {"kind": head.kind, "columns": len(head.columns), **head.config, **parts}


def _inputs(manifest: Manifest) -> list[DatasetInput]:
    """Return the examples as MLflow's inputs: hashes and counts, no rows."""
    source = json.dumps({"region": manifest.region, "as_of": manifest.as_of})
    context = InputTag("mlflow.data.context", "training")
    return [
        DatasetInput(
            Dataset(name, one.hash, SOURCE, source, profile=json.dumps({"count": one.count})),
            [context],
        )
        for name, one in manifest.datasets.items()
    ]


def _add_version(client: MlflowClient, run_id: str, version: str) -> None:
    if not _is_registered(client):
        client.create_registered_model(MODEL)
    source = f"{client.get_run(run_id).info.artifact_uri}/model"
    client.create_model_version(MODEL, source, run_id, tags={VERSION: version}, description=version)


def _is_registered(client: MlflowClient) -> bool:
    return bool(client.search_registered_models(f"name='{MODEL}'"))


def _number_of(client: MlflowClient, version: str) -> str | None:
    """Return the latest number under which a version is registered."""
    found = client.search_model_versions(f"name='{MODEL}' and tags.{VERSION}='{version}'")
    return str(max(int(one.version) for one in found)) if found else None
