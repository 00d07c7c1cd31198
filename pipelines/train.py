"""Learn from past transfers: examples, heads, artifact, registry."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models import artifact, registry
from models.artifact import Head, Manifest
from models.examples import Examples, Progress, past_examples
from models.fitting import Config
from models.selection import CANDIDATES
from models.training import (
    absent_concepts,
    learn_acceptance,
    learn_performance,
    teaching_answers,
)
from mutasi.errors import TooFewTransfers
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session


@dataclass(frozen=True)
class Learned:
    """What training gave.

    Attributes:
        heads: The heads that could be learned.
        absent: Concepts of which the records hold nothing.
        not_learned: Heads that could not be learned: how many examples there
            were and how many are needed.
        data_hash: Hash of the examples.
    """

    heads: dict[str, Head]
    absent: tuple[str, ...]
    not_learned: dict[str, str]
    data_hash: str


def learn(
    performance: Examples, acceptance: Examples, candidates: Sequence[Config] = CANDIDATES
) -> Learned:
    """Learn what can be learned from examples.

    Raises:
        TooFewTransfers: If neither head can be learned.
    """
    heads: dict[str, Head] = {}
    refusals: list[TooFewTransfers] = []
    for name, learner, examples in (
        ("performance", learn_performance, performance),
        ("acceptance", learn_acceptance, acceptance),
    ):
        try:
            heads[name] = learner(examples, candidates)
        except TooFewTransfers as refusal:
            refusals.append(refusal)
    if not heads:
        raise refusals[0]
    return Learned(
        heads=heads,
        absent=absent_concepts(performance if len(performance) else acceptance),
        not_learned={
            str(refusal.params["head"]): f"{refusal.params['found']} of {refusal.params['needed']}"
            for refusal in refusals
        },
        data_hash=artifact.data_hash(
            *(
                np.nan_to_num(array)
                for examples in (performance, acceptance)
                for array in (examples.matrix, examples.label)
            )
        ),
    )


@dataclass(frozen=True)
class Trained:
    """A model put to service, and its place in the registry."""

    manifest: Manifest
    run_id: str
    alias: str


def train_and_register(settings: Settings, progress: Progress | None = None) -> Trained:
    """Learn from the store, put the model to service and record it in MLflow.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        TooFewTransfers: If there are too few past moves and offers to learn from.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    manifest = train(snapshot, settings.models, progress)
    registered = registry.register(
        settings.tracking_uri,
        settings.home / "mlruns",
        settings.models / manifest.version,
        manifest,
    )
    return Trained(manifest, registered.run_id, registered.alias)


def train(snapshot: Snapshot, models: Path, progress: Progress | None = None) -> Manifest:
    """Learn from a snapshot's past and write the model, ready to serve.

    Args:
        snapshot: What is known.
        models: Folder of all models; the new one is put beside the others and
            chosen to serve.
        progress: Called as the examples are made.

    Raises:
        TooFewTransfers: If there are too few past moves and offers to learn from.
    """
    answered, inferred = teaching_answers(snapshot)
    past = past_examples(snapshot, progress, answered=answered)
    learned = learn(past["performance"], past["acceptance"])
    if inferred and "acceptance" in learned.heads:
        head = learned.heads["acceptance"]
        facts = head.facts.model_copy(update={"inferred": inferred})
        learned.heads["acceptance"] = Head(head.learner, facts)
    written = models / "new"
    shutil.rmtree(written, ignore_errors=True)
    manifest = artifact.save(
        written,
        learned.heads,
        as_of=snapshot.as_of.isoformat(),
        region=", ".join(sorted(set(snapshot.tables["employees"]["region"]))),
        data_hash=learned.data_hash,
        absent=learned.absent,
        not_learned=learned.not_learned,
    )
    folder = models / manifest.version
    shutil.rmtree(folder, ignore_errors=True)
    written.replace(folder)
    artifact.choose(models, manifest.version)
    return manifest
