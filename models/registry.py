"""Runs and versions in MLflow: what was trained when, on what, and how it fared.

MLflow keeps the history; it does not own the format.  What serves is the
artifact's folder itself (``models.artifact``), so nothing here is needed to
serve.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from models.artifact import Manifest

logging.getLogger("mlflow").setLevel(logging.WARNING)  # it tells of its tables at each new home

EXPERIMENT = "mutasi"
MODEL = "mutasi-placement"
CHAMPION = "champion"
PREVIOUS = "previous"


@dataclass(frozen=True)
class Registered:
    """A model's place in the registry."""

    run_id: str
    version: str
    alias: str


def register(tracking_uri: str, files: Path, folder: Path, manifest: Manifest) -> Registered:
    """Record a trained model as a run, register it and give it the alias ``champion``.

    Whoever was champion becomes ``previous``.

    Args:
        tracking_uri: Where MLflow keeps its records, as ``sqlite:///…``.
        files: Folder for the files of runs.
        folder: The artifact.
        manifest: What the artifact is.
    """
    client = MlflowClient(tracking_uri=tracking_uri, registry_uri=tracking_uri)
    run = client.create_run(_experiment(client, files), run_name=manifest.version)
    run_id = run.info.run_id
    for name, head in manifest.heads.items():
        client.log_param(run_id, f"{name}.kind", head.kind)
        client.log_param(run_id, f"{name}.columns", len(head.columns))
        for key, value in head.config.items():
            client.log_param(run_id, f"{name}.{key}", value)
        client.log_metric(run_id, f"{name}.examples", head.examples)
        client.log_metric(run_id, f"{name}.loss", min(head.losses.values()))
        if head.half_width is not None:
            client.log_metric(run_id, f"{name}.half_width", head.half_width)
    for key in ("region", "as_of", "data_hash"):
        client.set_tag(run_id, key, getattr(manifest, key))
    client.log_artifacts(run_id, str(folder), artifact_path="model")
    client.set_terminated(run_id)
    return Registered(run_id, _registered(client, run_id, manifest.version), CHAMPION)


def _experiment(client: MlflowClient, files: Path) -> str:
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, files.resolve().as_uri()))


def _registered(client: MlflowClient, run_id: str, name: str) -> str:
    try:
        client.get_registered_model(MODEL)
    except MlflowException:
        client.create_registered_model(MODEL)
    source = f"{client.get_run(run_id).info.artifact_uri}/model"
    version = str(client.create_model_version(MODEL, source, run_id, description=name).version)
    champion = client.get_registered_model(MODEL).aliases.get(CHAMPION)
    if champion is not None:
        client.set_registered_model_alias(MODEL, PREVIOUS, champion)
    client.set_registered_model_alias(MODEL, CHAMPION, version)
    return version
