"""A trained model as files: text learners, a JSON manifest with their hashes, its signature."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from models.boosted import Boosted
from models.conformal import Widths
from models.corrected import Corrected
from models.learner import Floats, Kind, Learner, probability
from models.linear import Linear
from models.reference import Reference
from models.signing import PrivateKey, PublicKey
from mutasi.errors import (
    ArtifactCorrupt,
    ArtifactForged,
    ArtifactMissing,
    ArtifactUnsigned,
    FeatureSchemaMismatch,
)
from mutasi.private import make_folder

FORMAT = 3
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
LEARNERS: dict[str, type[Boosted] | type[Linear] | type[Corrected]] = {
    "boosted": Boosted,
    "linear": Linear,
    "corrected": Corrected,
}


class Trial(BaseModel, extra="forbid", frozen=True):
    """A part of the model, tried on the later past.

    Attributes:
        part: Which.
        without: Mean loss without it.
        with_it: Mean loss with it.
        error: Standard error of the difference.
        is_kept: Whether the model has it.
    """

    part: str
    without: float
    with_it: float
    error: float
    is_kept: bool


class HeadFacts(BaseModel, extra="forbid", frozen=True):
    """What is known of one head beside its learner.

    Attributes:
        kind: Which learner.
        columns: The features that the learner reads, in order.
        added: A feature that is added to its score as it is; what the rater there
            usually adds is part of a rating, but of no gain.
        low: Smallest value of each of ``columns`` among the examples, outliers apart.
        high: Largest value.
        config: The learner's configuration.
        loss: Loss on the later part of the past.
        base_loss: What the mean label lost there.
        trials: Which part of the model was tried there, and earned its place or not.
        examples: How many examples of what is predicted it was fitted on.
        stays: How many more, of people who were not moved.
        positives: How many examples had label 1, for a binary label.
        inferred: How many labels nobody recorded, to be had from what happened later.
        effective: How many equal examples they are worth once weighted (Kish 1965).
        hidden: What those who were moved had beyond their records on average, T points:
            it is no gain of moving, and no prediction has it.
        hidden_error: Standard error of that, T points.
        widths: Half the width of 90% intervals, for a rating.
        least: Raw score that all but few of the examples with label 1 exceed: below
            it lies what nobody ever did.
        shift: Correction of the raw score: added after ``slope``.
        slope: Correction of the raw score: multiplied.
        reference: What the decisions it learned from looked like, for monitoring.
    """

    kind: Kind
    columns: tuple[str, ...]
    added: str | None = None
    low: tuple[float, ...]
    high: tuple[float, ...]
    config: dict[str, Any]
    loss: float
    base_loss: float
    trials: tuple[Trial, ...] = ()
    examples: int
    stays: int = 0
    positives: int | None = None
    inferred: int = 0
    effective: float | None = None
    hidden: float = 0.0
    hidden_error: float = 0.0
    widths: Widths | None = None
    least: float | None = None
    shift: float = 0.0
    slope: float = 1.0
    reference: Reference | None = None


class Head:
    """A learner with what is known of it: predicts one label of a pair.

    Attributes:
        learner: What was fitted.
        facts: What is known of it.
        columns: The features that rows must have, in order.
    """

    def __init__(self, learner: Learner, facts: HeadFacts) -> None:
        self.learner = learner
        self.facts = facts
        self.columns = facts.columns if facts.added is None else (*facts.columns, facts.added)

    def raw(self, matrix: Floats) -> Floats:
        """Return corrected raw scores: label units, or log-odds."""
        return self.rated(self.net(matrix), matrix)

    def rated(self, net: Floats, matrix: Floats) -> Floats:
        """Return :meth:`raw` of rows whose :meth:`net` is known."""
        return net + self._added(matrix)

    def net(self, matrix: Floats) -> Floats:
        """Return raw scores without what is added to all alike."""
        return self.facts.shift + self.facts.slope * self.learner.raw(self._read(matrix))

    def sampled(self, matrix: Floats) -> Floats:
        """Return scores as :meth:`net`, as the past might as well have taught them.

        Returns:
            Shape ``(rows, models.learner.DRAWS)``.
        """
        return self.facts.shift + self.facts.slope * self.learner.sampled(self._read(matrix))

    def chance(self, matrix: Floats) -> Floats:
        """Return probabilities, for a binary label."""
        return probability(self.raw(matrix))

    def contributions(self, matrix: Floats) -> Floats:
        """Return what each column adds to the corrected raw score; the base last."""
        parts = self.learner.contributions(self._read(matrix)) * self.facts.slope
        parts[:, -1] += self.facts.shift
        if self.facts.added is None:
            return parts
        return np.column_stack([parts[:, :-1], self._added(matrix), parts[:, -1]])

    def is_familiar(self, matrix: Floats) -> NDArray[np.bool_]:
        """Return which values lie within the examples, column by column; unknown ones do."""
        read = self._read(matrix)
        low, high = np.asarray(self.facts.low), np.asarray(self.facts.high)
        return np.isnan(read) | ((read >= low) & (read <= high))

    def require(self, columns: Sequence[str]) -> None:
        """Check that the features can be computed by this code.

        Raises:
            FeatureSchemaMismatch: If one is unknown.
        """
        unknown = sorted(set(self.columns) - set(columns))
        if unknown:
            raise FeatureSchemaMismatch(missing=unknown, unexpected=[])

    def _read(self, matrix: Floats) -> Floats:
        return matrix[:, : len(self.facts.columns)]

    def _added(self, matrix: Floats) -> Floats:
        if self.facts.added is None:
            return np.zeros(len(matrix))
        return np.nan_to_num(matrix[:, -1])


class Dataset(BaseModel, extra="forbid", frozen=True):
    """Some of the examples that a model learned from.

    Attributes:
        count: How many.
        hash: Hash of who, where to, when, what became of it, and the features.
        missing: Share of values that are missing, by concept of the features.
    """

    count: int
    hash: str
    missing: dict[str, float]


class Shortfall(BaseModel, extra="forbid", frozen=True):
    """Why a head could not be learned.

    Attributes:
        found: Examples that there are.
        needed: Examples that it takes.
    """

    found: int
    needed: int


class Manifest(BaseModel, extra="forbid", frozen=True):
    """What a model is, what it learned from, and the hashes of its files.

    Attributes:
        format: Version of this format.
        version: Name of the model, from the hash of all else.
        as_of: Day whose knowledge it learned from.
        region: The government it learned from.
        data_hash: Hash of the examples.
        datasets: The examples, by what they teach.
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
    datasets: dict[str, Dataset] = {}
    heads: dict[str, HeadFacts]
    absent: tuple[str, ...] = ()
    not_learned: dict[str, Shortfall] = {}
    files: dict[str, str]


class Artifact:
    """A trained model: a head for performance, one for acceptance, or either.

    Attributes:
        manifest: What it is.
        heads: The heads by name.
        digest: SHA-256 of the text that was signed, which has the hashes of all else;
            None of a model that was not read from files.
    """

    def __init__(
        self, manifest: Manifest, heads: dict[str, Head], digest: str | None = None
    ) -> None:
        self.manifest = manifest
        self.heads = heads
        self.digest = digest

    @property
    def performance(self) -> Head | None:
        """The head that predicts performance after the move, in T points."""
        return self.heads.get("performance")

    @property
    def acceptance(self) -> Head | None:
        """The head that predicts the chance of acceptance."""
        return self.heads.get("acceptance")

    @property
    def proposal(self) -> Head | None:
        """The head that tells who is usually proposed for such a post."""
        return self.heads.get("proposal")


def save(
    folder: Path,
    heads: dict[str, Head],
    as_of: str,
    region: str,
    data_hash: str,
    absent: Sequence[str],
    not_learned: dict[str, Shortfall],
    key: PrivateKey,
    datasets: Mapping[str, Dataset] | None = None,
) -> Manifest:
    """Write a model into a new folder, sign it, and return its manifest.

    Args:
        folder: Where to; made if needed.
        heads: The heads by name.
        as_of: ISO day whose knowledge was learned from.
        region: The government learned from.
        data_hash: Hash of the examples.
        absent: Concepts without records.
        not_learned: Heads that could not be learned, and why.
        key: Signs.
        datasets: The examples, by what they teach.
    """
    make_folder(folder)
    for name, head in heads.items():
        head.learner.save(folder / name)
    files = sorted(file for file in folder.iterdir() if file.name not in {MANIFEST, SIGNATURE})
    unnamed = Manifest(
        format=FORMAT,
        version="",
        as_of=as_of,
        region=region,
        data_hash=data_hash,
        datasets=dict(datasets or {}),
        heads={name: head.facts for name, head in heads.items()},
        absent=tuple(absent),
        not_learned=not_learned,
        files={file.name: _hash(file.read_bytes()) for file in files},
    )
    digest = _hash(unnamed.model_dump_json().encode())
    manifest = unnamed.model_copy(update={"version": f"{as_of}-{digest[:8]}"})
    text = manifest.model_dump_json(indent=2).encode()
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_bytes(key.sign(text))
    return manifest


def load(folder: Path, key: PublicKey) -> Artifact:
    """Read a model, if it is what was signed.

    The manifest is read as what it says only when its signature holds, and the other
    files only when they have the hashes that it says.

    Args:
        folder: Where it is.
        key: Of whom the signature must be.

    Raises:
        ArtifactMissing: If there is none in the folder.
        ArtifactUnsigned: If it has no signature.
        ArtifactForged: If its manifest is not what was signed, or signed by another key.
        ArtifactCorrupt: If another file is missing, changed or cut short, or the format
            is not this one.
    """
    manifest, digest_of_all = _manifest(folder, key)
    for name, digest in manifest.files.items():
        if not (folder / name).is_file() or _hash((folder / name).read_bytes()) != digest:
            raise ArtifactCorrupt(path=folder / name, reason="hash")
    heads = {
        name: Head(LEARNERS[facts.kind].load(folder / name), facts)
        for name, facts in manifest.heads.items()
    }
    return Artifact(manifest, heads, digest_of_all)


def digest_of(folder: Path) -> str | None:
    """Return the hash of what was signed of a model; None if there is none in the folder."""
    try:
        return _hash((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None


def folder_with(models: Path, digest: str) -> Path:
    """Return the folder of the model that was signed as a text with this hash.

    Args:
        models: Folder of all models, one folder each.
        digest: As :attr:`Artifact.digest`.

    Raises:
        ArtifactMissing: If there is none.
    """
    for text in sorted(models.glob(f"*/{MANIFEST}")):
        if _hash(text.read_bytes()) == digest:
            return text.parent
    raise ArtifactMissing(path=models)


def _manifest(folder: Path, key: PublicKey) -> tuple[Manifest, str]:
    """Return what was signed, and the hash of its text."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise ArtifactMissing(path=folder) from None
    try:
        signature = (folder / SIGNATURE).read_bytes()
    except FileNotFoundError:
        raise ArtifactUnsigned(path=folder) from None
    if not key.signed(text, signature):
        raise ArtifactForged(path=folder)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise ArtifactCorrupt(path=folder / MANIFEST, reason=error.errors()[0]["msg"]) from None
    if manifest.format != FORMAT:
        raise ArtifactCorrupt(path=folder / MANIFEST, reason=f"format {manifest.format}")
    return manifest, _hash(text)


def data_hash(*arrays: Any) -> str:
    """Return a short hash of numeric arrays, for saying what was learned from."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
