"""Models on disk: whole or refused."""

from pathlib import Path

import numpy as np
import pytest

from features.sets import LENIENCY
from models import artifact
from models.artifact import Head
from mutasi.errors import (
    ArtifactCorrupt,
    ArtifactForged,
    ArtifactMissing,
    FeatureSchemaMismatch,
)
from tests.artifacts import KEY
from tests.models.conftest import examples


@pytest.fixture
def folder(heads: dict[str, Head], tmp_path: Path) -> Path:
    artifact.save(tmp_path / "m", heads, "2024-07-01", "R", "hash", ("workload",), {}, KEY)
    return tmp_path / "m"


def test_a_model_comes_back_the_same(heads: dict[str, Head], folder: Path) -> None:
    model = artifact.load(folder, KEY.public)
    made = examples("performance")

    for name, head in heads.items():
        read = made.columns(head.columns)
        np.testing.assert_array_equal(model.heads[name].raw(read), head.raw(read))
        np.testing.assert_array_equal(model.heads[name].sampled(read), head.sampled(read))
        assert model.heads[name].facts == head.facts
    assert model.manifest.absent == ("workload",)
    assert model.manifest.version.startswith("2024-07-01-")


def test_contributions_of_a_corrected_head_add_up(heads: dict[str, Head]) -> None:
    head = Head(
        heads["acceptance"].learner,
        heads["acceptance"].facts.model_copy(update={"shift": 0.5, "slope": 2.0}),
    )
    matrix = examples("acceptance").columns(head.columns)

    np.testing.assert_allclose(head.contributions(matrix).sum(axis=1), head.raw(matrix))
    assert ((head.chance(matrix) > 0) & (head.chance(matrix) < 1)).all()


def test_what_raters_usually_add_is_part_of_a_rating_and_of_no_worth(
    heads: dict[str, Head],
) -> None:
    head = heads["performance"]
    matrix = examples("performance").columns(head.columns)
    lenient = matrix.copy()
    lenient[:, -1] += 5.0

    assert head.columns[-1] == head.facts.added == LENIENCY
    assert LENIENCY not in head.facts.columns
    np.testing.assert_allclose(head.raw(lenient) - head.raw(matrix), 5.0)
    np.testing.assert_allclose(head.net(lenient), head.net(matrix), rtol=1e-12)
    np.testing.assert_allclose(head.sampled(lenient), head.sampled(matrix), rtol=1e-12)
    np.testing.assert_allclose(head.raw(matrix), head.net(matrix) + matrix[:, -1])


def test_what_is_added_has_a_contribution_of_its_own(heads: dict[str, Head]) -> None:
    head = heads["performance"]
    matrix = examples("performance").columns(head.columns)
    parts = head.contributions(matrix)

    assert parts.shape == (len(matrix), len(head.columns) + 1)
    np.testing.assert_allclose(parts.sum(axis=1), head.raw(matrix))
    np.testing.assert_array_equal(parts[:, -2], matrix[:, -1])
    np.testing.assert_allclose(parts.sum(axis=1) - parts[:, -2], head.net(matrix))


def test_an_unknown_leniency_adds_nothing(heads: dict[str, Head]) -> None:
    head = heads["performance"]
    matrix = examples("performance").columns(head.columns)
    matrix[:, -1] = np.nan

    np.testing.assert_array_equal(head.raw(matrix), head.net(matrix))
    assert (head.contributions(matrix)[:, -2] == 0).all()


def test_what_lies_beyond_the_examples_is_not_familiar(heads: dict[str, Head]) -> None:
    head = heads["performance"]
    matrix = np.zeros((3, len(head.columns)))
    matrix[1, 0], matrix[2, 0] = 99.0, np.nan

    familiar = head.is_familiar(matrix)

    assert familiar.shape == (3, len(head.facts.columns))
    assert familiar[:, 0].tolist() == [True, False, True]
    assert familiar[:, 1:].all()


def test_a_model_has_the_heads_that_could_be_learned(folder: Path) -> None:
    model = artifact.load(folder, KEY.public)

    assert model.performance is not None
    assert model.acceptance is not None
    assert model.proposal is None


def test_no_model_is_missing_not_corrupt(tmp_path: Path) -> None:
    with pytest.raises(ArtifactMissing):
        artifact.load(tmp_path, KEY.public)


def test_every_truncated_file_is_refused(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises((ArtifactCorrupt, ArtifactForged)):
            artifact.load(folder, KEY.public)
        file.write_bytes(whole)
    artifact.load(folder, KEY.public)


def test_a_missing_file_is_refused(folder: Path) -> None:
    next(file for file in folder.iterdir() if file.stem != "manifest").unlink()

    with pytest.raises(ArtifactCorrupt):
        artifact.load(folder, KEY.public)


def test_a_model_of_other_features_is_refused(heads: dict[str, Head]) -> None:
    with pytest.raises(FeatureSchemaMismatch):
        heads["performance"].require(heads["performance"].columns[1:])


def test_the_hash_of_data_follows_the_data() -> None:
    assert artifact.data_hash(np.ones(3)) == artifact.data_hash(np.ones(3))
    assert artifact.data_hash(np.ones(3)) != artifact.data_hash(np.zeros(3))
