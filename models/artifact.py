"""A trained model as files: text learners and a JSON manifest with their hashes."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ValidationError

from models.boosted import Boosted
from models.learner import Floats, Learner, probability
from models.linear import Linear
from mutasi.errors import ArtifactCorrupt, ArtifactMissing, FeatureSchemaMismatch

FORMAT = 1
MANIFEST = "manifest.json"
CHAMPION = "champion"
LEARNERS: dict[str, type[Boosted] | type[Linear]] = {"boosted": Boosted, "linear": Linear}


class HeadFacts(BaseModel, extra="forbid", frozen=True):
    """What is known of one head beside its learner.

    Attributes:
        kind: Which learner.
        columns: The features it reads, in order.
        config: The learner's configuration.
        losses: Loss of each candidate on the later part of the past.
        examples: How many examples it was fitted on.
        positives: How many of them had label 1, for a binary label.
        inferred: How many labels nobody recorded, to be had from what happened later.
        half_width: Half the width of the 90% interval, in label units.
        spread: Standard error of a prediction by resampling: label units, or
            log-odds for a binary label.
        shift: Correction of the raw score: added after ``slope``.
        slope: Correction of the raw score: multiplied.
    """

    kind: Literal["boosted", "linear"]
    columns: tuple[str, ...]
    config: dict[str, Any]
    losses: dict[str, float]
    examples: int
    positives: int | None = None
    inferred: int = 0
    half_width: float | None = None
    spread: float = 0.0
    shift: float = 0.0
    slope: float = 1.0


class Head:
    """A learner with what is known of it: predicts one label of a pair."""

    def __init__(self, learner: Learner, facts: HeadFacts) -> None:
        self.learner = learner
        self.facts = facts

    @property
    def columns(self) -> tuple[str, ...]:
        """The features it reads, in order."""
        return self.facts.columns

    def raw(self, matrix: Floats) -> Floats:
        """Return corrected raw scores: label units, or log-odds."""
        return self.facts.shift + self.facts.slope * self.learner.raw(matrix)

    def chance(self, matrix: Floats) -> Floats:
        """Return probabilities, for a binary label."""
        return probability(self.raw(matrix))

    def contributions(self, matrix: Floats) -> Floats:
        """Return what each column adds to the corrected raw score; the base last."""
        parts = self.learner.contributions(matrix) * self.facts.slope
        parts[:, -1] += self.facts.shift
        return parts

    def require(self, columns: Sequence[str]) -> None:
        """Check that the features can be computed by this code.

        Raises:
            FeatureSchemaMismatch: If one is unknown.
        """
        unknown = sorted(set(self.columns) - set(columns))
        if unknown:
            raise FeatureSchemaMismatch(missing=unknown, unexpected=[])


class Manifest(BaseModel, extra="forbid", frozen=True):
    """What a model is, what it learned from, and the hashes of its files.

    Attributes:
        format: Version of this format.
        version: Name of the model, from the hash of its files.
        as_of: Day whose knowledge it learned from.
        region: The government it learned from.
        data_hash: Hash of the examples.
        heads: Facts of each head, by name.
        absent: Concepts of which the records held nothing, so nothing was learned.
        not_learned: Heads that could not be learned, and why.
        files: SHA-256 of each file.
    """

    format: int
    version: str
    as_of: str
    region: str
    data_hash: str
    heads: dict[str, HeadFacts]
    absent: tuple[str, ...] = ()
    not_learned: dict[str, str] = {}
    files: dict[str, str]


class Artifact:
    """A trained model: a head for performance, one for acceptance, or either.

    Attributes:
        manifest: What it is.
        heads: The heads by name.
    """

    def __init__(self, manifest: Manifest, heads: dict[str, Head]) -> None:
        self.manifest = manifest
        self.heads = heads

    @property
    def performance(self) -> Head | None:
        """The head that predicts performance after the move, in T points."""
        return self.heads.get("performance")

    @property
    def acceptance(self) -> Head | None:
        """The head that predicts the chance of acceptance."""
        return self.heads.get("acceptance")


def save(
    folder: Path,
    heads: dict[str, Head],
    as_of: str,
    region: str,
    data_hash: str,
    absent: Sequence[str],
    not_learned: dict[str, str],
) -> Manifest:
    """Write a model into a new folder and return its manifest.

    Args:
        folder: Where to; made if needed.
        heads: The heads by name.
        as_of: ISO day whose knowledge was learned from.
        region: The government learned from.
        data_hash: Hash of the examples.
        absent: Concepts without records.
        not_learned: Heads that could not be learned, and why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, head in heads.items():
        head.learner.save(folder / name)
    files = {file.name: _hash(file) for file in sorted(folder.iterdir()) if file.name != MANIFEST}
    digest = hashlib.sha256(json.dumps([files, data_hash, as_of]).encode()).hexdigest()
    manifest = Manifest(
        format=FORMAT,
        version=f"{as_of}-{digest[:8]}",
        as_of=as_of,
        region=region,
        data_hash=data_hash,
        heads={name: head.facts for name, head in heads.items()},
        absent=tuple(absent),
        not_learned=not_learned,
        files=files,
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    return manifest


def load(folder: Path) -> Artifact:
    """Read a model.

    Raises:
        ArtifactMissing: If there is none in the folder.
        ArtifactCorrupt: If a file is missing, changed or cut short.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ArtifactMissing(path=folder) from None
    except UnicodeDecodeError as error:
        raise ArtifactCorrupt(path=folder / MANIFEST, reason=error.reason) from None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise ArtifactCorrupt(path=folder / MANIFEST, reason=error.errors()[0]["msg"]) from None
    if manifest.format != FORMAT:
        raise ArtifactCorrupt(path=folder / MANIFEST, reason=f"format {manifest.format}")
    for name, digest in manifest.files.items():
        if not (folder / name).is_file() or _hash(folder / name) != digest:
            raise ArtifactCorrupt(path=folder / name, reason="hash")
    heads = {
        name: Head(LEARNERS[facts.kind].load(folder / name), facts)
        for name, facts in manifest.heads.items()
    }
    return Artifact(manifest, heads)


def current(models: Path) -> Path:
    """Return the folder of the model that serves.

    Args:
        models: Folder of all models, one folder each, beside the file ``champion``
            that names one.

    Raises:
        ArtifactMissing: If none was ever chosen.
    """
    try:
        return models / (models / CHAMPION).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise ArtifactMissing(path=models) from None


def choose(models: Path, version: str) -> None:
    """Make a model the one that serves, at one stroke."""
    written = models / f"{CHAMPION}.new"
    written.write_text(version, encoding="utf-8")
    written.replace(models / CHAMPION)


def data_hash(*arrays: Any) -> str:
    """Return a short hash of numeric arrays, for saying what was learned from."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
