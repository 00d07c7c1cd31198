"""LightGBM's library without its package says what the package says."""

import subprocess
import sys
from typing import Literal

import lightgbm as lgb
import numpy as np
import pytest

from models.boosted import Boosted, BoostedConfig
from models.learner import Floats, Task
from models.trees import Trees
from tests.models.conftest import examples


@pytest.fixture(scope="module", params=[4, 31], ids=["small trees", "trees of 31 leaves"])
def text(request: pytest.FixtureRequest) -> str:
    made = examples("acceptance")
    config = BoostedConfig(trees=60, leaves=request.param, least_rows=5)
    return Boosted.fit(made.matrix, made.label, Task.BINARY, config).text


@pytest.fixture(scope="module")
def matrix() -> Floats:
    return examples("acceptance").matrix


@pytest.mark.parametrize("order", ["C", "F"])
def test_scores_and_contributions_are_those_of_the_package_bit_for_bit(
    text: str, matrix: Floats, order: Literal["C", "F"]
) -> None:
    booster, trees = lgb.Booster(model_str=text), Trees(text)
    laid = np.asarray(matrix, order=order)

    np.testing.assert_array_equal(trees.raw(laid), booster.predict(matrix, raw_score=True))
    np.testing.assert_array_equal(
        trees.contributions(laid), booster.predict(matrix, pred_contrib=True)
    )
    parts = trees.parts(laid)
    for tree in (0, 1, 59):
        np.testing.assert_array_equal(
            parts[:, tree],
            booster.predict(matrix, raw_score=True, start_iteration=tree, num_iteration=1),
        )
    np.testing.assert_allclose(parts.sum(axis=1), trees.raw(laid), rtol=0.0, atol=1e-12)
    assert trees.count == booster.num_trees() == 60


def test_some_rows_and_columns_of_a_larger_matrix_are_read_as_they_are(
    text: str, matrix: Floats
) -> None:
    trees = Trees(text)
    wide = np.hstack([matrix, matrix])

    np.testing.assert_array_equal(
        trees.raw(wide[::3, : matrix.shape[1]]), trees.raw(matrix[::3].copy())
    )


def test_no_rows_have_no_scores(text: str, matrix: Floats) -> None:
    trees = Trees(text)

    assert trees.raw(matrix[:0]).shape == (0,)
    assert trees.contributions(matrix[:0]).shape == (0, matrix.shape[1] + 1)


def test_rows_of_other_columns_are_refused(text: str, matrix: Floats) -> None:
    with pytest.raises(ValueError, match=rf"rows of {matrix.shape[1]} columns"):
        Trees(text).raw(matrix[:, 1:])


def test_a_text_that_is_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="number of classes"):
        Trees("tree\nnothing\n")


def test_who_predicts_does_not_import_lightgbms_package(text: str) -> None:
    code = (
        "import sys; from models.trees import Trees; Trees(sys.stdin.read());"
        " assert not {'lightgbm', 'pandas', 'sklearn', 'scipy'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
