"""Learn from past transfers: examples, heads, artifact, registry."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import aliases, artifact, registry
from models.aliases import Alias
from models.artifact import Head, Manifest, Shortfall
from models.datasets import datasets, hash_of
from models.examples import Lessons, Progress, merged, past_lessons
from models.signing import PrivateKey, PublicKey, key_pair
from models.training import absent_concepts, learn, teaching_answers
from mutasi.errors import Unavailable
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines import staleness
from pipelines.elsewhere import others_of
from pipelines.staleness import Refusal


@dataclass(frozen=True)
class Trained:
    """A model that waits for its gates, and its place in the registry.

    Attributes:
        manifest: What it is.
        run_id: Its run in MLflow.
        alias: What it is to those who use it.
        champion: The model that serves meanwhile; None where none does.
        refusals: Why outcomes must not be read off the records, so that no gate lets it pass.
    """

    manifest: Manifest
    run_id: str
    alias: str
    champion: str | None
    refusals: tuple[Refusal, ...] = ()


def train_and_register(settings: Settings, progress: Progress | None = None) -> Trained:
    """Learn from the store, make the model the challenger and record it in MLflow.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        TooFewTransfers: If there are too few past moves and offers to learn from.
        KeyMissing: If the key that signs is lost.
        KeyUnusable: If a file holds no key that signs models.
        RegistryUnreadable: If MLflow's records cannot be opened; nothing is learned then.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    key = key_pair(settings.private_key_file, settings.public_key_file)
    registry.require(settings.tracking_uri)
    others = others_of(settings, progress, as_of=snapshot.as_of)
    manifest = train(snapshot, settings.models, key, progress, others)
    run_id = registry.register(
        settings.tracking_uri,
        settings.home / "mlruns",
        settings.models / manifest.version,
        manifest,
    )
    named = aliases.all_of(settings.models)
    registry.mirror(settings.tracking_uri, named)
    refusals = staleness.refusals(snapshot)
    return Trained(manifest, run_id, Alias.CHALLENGER, named[Alias.CHAMPION], refusals)


def train(
    snapshot: Snapshot,
    models: Path,
    key: PrivateKey,
    progress: Progress | None = None,
    others: Sequence[Lessons] = (),
) -> Manifest:
    """Learn from a snapshot's past and write the model; it becomes the challenger.

    Args:
        snapshot: What is known.
        models: Folder of all models; the new one is put beside the others.
        key: Signs the model.
        progress: Called as the examples are made.
        others: What the pasts of other regions teach.

    Raises:
        TooFewTransfers: If there are too few past moves and offers to learn from.
    """
    answered, inferred = teaching_answers(snapshot)
    lessons = merged(past_lessons(snapshot, progress, answered=answered), others)
    learned = learn(lessons)
    heads = learned.heads
    if not {"performance", "acceptance"} & heads.keys():
        raise learned.refusals[0]
    if inferred and "acceptance" in heads:
        facts = heads["acceptance"].facts.model_copy(update={"inferred": inferred})
        heads["acceptance"] = Head(heads["acceptance"].learner, facts)
    taught = datasets(lessons)
    written = models / "new"
    shutil.rmtree(written, ignore_errors=True)
    manifest = artifact.save(
        written,
        heads,
        as_of=snapshot.as_of.isoformat(),
        region=", ".join(sorted(set(snapshot.tables["employees"]["region"]))),
        data_hash=hash_of(taught),
        absent=absent_concepts(lessons),
        not_learned={
            str(refusal.params["head"]): Shortfall.model_validate(
                {name: refusal.params[name] for name in ("found", "needed")}
            )
            for refusal in learned.refusals
        },
        key=key,
        datasets=taught,
    )
    _keep(written, models / manifest.version, key.public)
    aliases.change(models, {Alias.CHALLENGER: manifest.version})
    return manifest


def _keep(written: Path, folder: Path, key: PublicKey) -> None:
    """Put a model in its place; one that is there and whole stays, for it may serve."""
    try:
        artifact.load(folder, key)
    except Unavailable:
        shutil.rmtree(folder, ignore_errors=True)
        written.replace(folder)
    else:
        shutil.rmtree(written)
