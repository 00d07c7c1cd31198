"""A model is used only as it was signed."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from models import artifact
from models.artifact import MANIFEST, SIGNATURE
from models.signing import PrivateKey
from mutasi.errors import (
    ArtifactCorrupt,
    ArtifactForged,
    ArtifactMissing,
    ArtifactUnsigned,
    Unavailable,
)
from tests.artifacts import KEY, head, heads, save

FILES = (MANIFEST, SIGNATURE, "performance.json", "acceptance.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "model")
    return tmp_path / "model"


def test_a_signed_model_comes_back_the_same(folder: Path) -> None:
    model = artifact.load(folder, KEY.public)
    matrix = np.array([[50.0, 10.0], [60.0, 0.0]])

    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)
    for name, made in heads().items():
        np.testing.assert_array_equal(model.heads[name].raw(matrix), made.raw(matrix))


@pytest.mark.parametrize("name", FILES)
def test_any_byte_that_is_changed_is_found(folder: Path, name: str) -> None:
    file = folder / name
    whole = file.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        file.write_bytes(changed)
        with pytest.raises((ArtifactForged, ArtifactCorrupt)):
            artifact.load(folder, KEY.public)
    file.write_bytes(whole)
    artifact.load(folder, KEY.public)


@pytest.mark.parametrize("name", FILES)
def test_a_byte_more_or_less_is_found(folder: Path, name: str) -> None:
    file = folder / name
    whole = file.read_bytes()
    for other in (whole + b" ", whole[:-1], b""):
        file.write_bytes(other)
        with pytest.raises((ArtifactForged, ArtifactCorrupt)):
            artifact.load(folder, KEY.public)


def test_a_model_without_signature_is_unsigned(folder: Path) -> None:
    (folder / SIGNATURE).unlink()

    with pytest.raises(ArtifactUnsigned):
        artifact.load(folder, KEY.public)


def test_a_model_that_another_key_signed_is_forged(folder: Path) -> None:
    text = (folder / MANIFEST).read_bytes()
    (folder / SIGNATURE).write_bytes(PrivateKey.made().sign(text))

    with pytest.raises(ArtifactForged):
        artifact.load(folder, KEY.public)


def test_signatures_of_two_models_cannot_be_swapped(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    save(other, {"performance": head(base=7.0)})
    kept = (folder / SIGNATURE).read_bytes()
    shutil.copy(other / SIGNATURE, folder / SIGNATURE)
    (other / SIGNATURE).write_bytes(kept)

    for one in (folder, other):
        with pytest.raises(ArtifactForged):
            artifact.load(one, KEY.public)


def test_learners_of_two_models_cannot_be_swapped(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    save(other, {"performance": head(base=7.0)})
    shutil.copy(other / "performance.json", folder / "performance.json")

    with pytest.raises(ArtifactCorrupt):
        artifact.load(folder, KEY.public)


def test_a_manifest_rewritten_with_new_hashes_is_forged(folder: Path) -> None:
    learner = folder / "performance.json"
    learner.write_text(learner.read_text().replace('"base": 0.0', '"base": 9.0'))
    content = json.loads((folder / MANIFEST).read_text())
    content["files"]["performance.json"] = artifact._hash(learner.read_bytes())
    (folder / MANIFEST).write_text(json.dumps(content, indent=2))

    with pytest.raises(ArtifactForged):
        artifact.load(folder, KEY.public)


def test_a_signed_manifest_of_another_format_is_refused(folder: Path) -> None:
    text = (folder / MANIFEST).read_text().replace('"format": 3', '"format": 99').encode()
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_bytes(KEY.sign(text))

    with pytest.raises(ArtifactCorrupt, match="format 99"):
        artifact.load(folder, KEY.public)


def test_signed_nonsense_is_refused(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe")
    (folder / SIGNATURE).write_bytes(KEY.sign(b"\xff\xfe"))

    with pytest.raises(ArtifactCorrupt):
        artifact.load(folder, KEY.public)


def test_no_model_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ArtifactMissing):
        artifact.load(tmp_path, KEY.public)


def test_whatever_is_wrong_with_a_model_is_no_reason_to_stop_answering() -> None:
    assert {Unavailable} == {
        kind.__bases__[0]
        for kind in (ArtifactCorrupt, ArtifactForged, ArtifactMissing, ArtifactUnsigned)
    }


def test_models_that_differ_in_a_fact_alone_have_different_versions(tmp_path: Path) -> None:
    one = save(tmp_path / "one", {"performance": head(0.0)})
    other = save(tmp_path / "other", {"performance": head(0.0, examples=301)})
    again = save(tmp_path / "again", {"performance": head(0.0)})

    assert one.files == other.files
    assert one.version != other.version
    assert one == again
