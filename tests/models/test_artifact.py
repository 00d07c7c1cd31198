"""Models on disk: whole or refused."""

from pathlib import Path

import numpy as np
import pytest

from features.sets import PERFORMANCE
from models import artifact
from models.artifact import MANIFEST, Head
from mutasi.errors import ArtifactCorrupt, ArtifactMissing, FeatureSchemaMismatch
from tests.models.conftest import examples


@pytest.fixture
def folder(heads: dict[str, Head], tmp_path: Path) -> Path:
    artifact.save(tmp_path / "m", heads, "2024-07-01", "R", "hash", ("workload",), {})
    return tmp_path / "m"


def test_a_model_comes_back_the_same(heads: dict[str, Head], folder: Path) -> None:
    model = artifact.load(folder)
    matrix = examples("performance").matrix

    for name, head in heads.items():
        np.testing.assert_array_equal(model.heads[name].raw(matrix), head.raw(matrix))
    assert model.manifest.absent == ("workload",)
    assert model.manifest.version.startswith("2024-07-01-")


def test_contributions_of_a_corrected_head_add_up(heads: dict[str, Head]) -> None:
    head = Head(
        heads["acceptance"].learner,
        heads["acceptance"].facts.model_copy(update={"shift": 0.5, "slope": 2.0}),
    )
    matrix = examples("acceptance").matrix

    np.testing.assert_allclose(head.contributions(matrix).sum(axis=1), head.raw(matrix))
    assert ((head.chance(matrix) > 0) & (head.chance(matrix) < 1)).all()


def test_no_model_is_missing_not_corrupt(tmp_path: Path) -> None:
    with pytest.raises(ArtifactMissing):
        artifact.load(tmp_path)
    with pytest.raises(ArtifactMissing):
        artifact.current(tmp_path)


def test_every_truncated_file_is_refused(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(ArtifactCorrupt):
            artifact.load(folder)
        file.write_bytes(whole)
    artifact.load(folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    next(file for file in folder.iterdir() if file.name != MANIFEST).unlink()

    with pytest.raises(ArtifactCorrupt):
        artifact.load(folder)


def test_a_manifest_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ArtifactCorrupt):
        artifact.load(folder)


def test_another_format_is_refused(folder: Path) -> None:
    manifest = folder / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"format": 1', '"format": 99'), encoding="utf-8")

    with pytest.raises(ArtifactCorrupt, match="format 99"):
        artifact.load(folder)


def test_a_model_of_other_features_is_refused(heads: dict[str, Head]) -> None:
    with pytest.raises(FeatureSchemaMismatch):
        heads["performance"].require(PERFORMANCE[1:])


def test_the_chosen_model_is_the_one_that_serves(tmp_path: Path) -> None:
    artifact.choose(tmp_path, "one")
    artifact.choose(tmp_path, "two")

    assert artifact.current(tmp_path) == tmp_path / "two"
    assert [file.name for file in tmp_path.iterdir()] == ["champion"]


def test_the_hash_of_data_follows_the_data() -> None:
    assert artifact.data_hash(np.ones(3)) == artifact.data_hash(np.ones(3))
    assert artifact.data_hash(np.ones(3)) != artifact.data_hash(np.zeros(3))
