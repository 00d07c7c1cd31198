"""Small models whose law is written down, and their folders."""

from pathlib import Path

import numpy as np

from models import aliases, artifact
from models.aliases import Alias
from models.artifact import Dataset, Head, HeadFacts, Manifest
from models.linear import Linear
from models.signing import PrivateKey
from mutasi.settings import Settings

KEY = PrivateKey.made()
"""Signs the models of the tests."""

COLUMNS = ("person_record", "training_hours")


def head(base: float, effects: tuple[float, float] = (1.0, 0.5), examples: int = 300) -> Head:
    """Return a linear head of :data:`COLUMNS`: base + effects · columns."""
    ends = np.array([-1000.0, -1000.0])
    learner = Linear(
        low=ends,
        high=-ends,
        mean=np.zeros(2),
        scale=np.ones(2),
        effect=np.array(effects),
        missing=np.zeros(2),
        often=np.zeros(0, dtype=np.int64),
        rate=np.zeros(0),
        base=base,
        factor=np.zeros((2, 0)),
    )
    facts = HeadFacts(
        kind="linear",
        columns=COLUMNS,
        low=(0.0, 0.0),
        high=(100.0, 100.0),
        config={"penalty": 1.0},
        loss=1.0,
        base_loss=2.0,
        examples=examples,
    )
    return Head(learner, facts)


def heads() -> dict[str, Head]:
    """Return both heads that rank."""
    return {"performance": head(0.0), "acceptance": head(1.0, (0.0, 0.01))}


def save(
    folder: Path,
    made: dict[str, Head] | None = None,
    key: PrivateKey = KEY,
    as_of: str = "2024-07-01",
    datasets: dict[str, Dataset] | None = None,
) -> Manifest:
    """Write a model into a folder."""
    given = heads() if made is None else made
    return artifact.save(folder, given, as_of, "R", "hash", (), {}, key, datasets)


def vouch(settings: Settings) -> None:
    """Put the public key of the tests into a home."""
    settings.public_key_file.parent.mkdir(parents=True, exist_ok=True)
    settings.public_key_file.write_bytes(KEY.public.text)


def serve(settings: Settings, version: str, made: dict[str, Head]) -> None:
    """Put heads to service under a name, unjudged, and vouch for them."""
    save(settings.models / version, made)
    aliases.change(settings.models, {Alias.CHAMPION: version})
    vouch(settings)


def store(models: Path, base: float = 0.0, key: PrivateKey = KEY) -> str:
    """Put a model among others under its version; another base is another model."""
    manifest = save(models / "made", {"performance": head(base)}, key)
    (models / "made").replace(models / manifest.version)
    return manifest.version
