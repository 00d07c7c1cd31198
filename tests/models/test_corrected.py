"""Trees upon a line: they add what no line tells, and nothing where a line tells all."""

from pathlib import Path

import numpy as np
import pytest

from models.boosted import Boosted, BoostedConfig
from models.corrected import Corrected
from models.fitting import CorrectedConfig, LinearConfig, fit
from models.learner import Floats, Task, losses
from models.linear import Linear

LINEAR = LinearConfig(penalty=1.0)
CONFIG = CorrectedConfig(linear=LINEAR, trees=BoostedConfig(trees=100, leaves=4, least_rows=20))
TASKS = list(Task)


def data(task: Task, bent: bool, seed: int = 0, count: int = 3000) -> tuple[Floats, Floats]:
    """Return examples whose label follows a line, or a line with a step in it."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, 4))
    score = 2 * matrix[:, 0] + (3.0 * (np.abs(matrix[:, 1]) > 1) if bent else 0.0)
    if task is Task.REGRESSION:
        return matrix, score + rng.normal(size=count)
    return matrix, (rng.random(count) < 1 / (1 + np.exp(-score))).astype(float)


def fitted(task: Task, *, bent: bool) -> Corrected:
    found = fit(*data(task, bent), task, CONFIG)
    assert isinstance(found, Corrected)
    return found


@pytest.mark.parametrize("task", TASKS)
def test_the_score_is_that_of_the_line_and_of_the_trees(task: Task) -> None:
    made = fitted(task, bent=True)
    matrix, label = data(task, bent=True)
    alone = fit(matrix, label, task, LINEAR)

    np.testing.assert_allclose(made.raw(matrix), made.linear.raw(matrix) + made.trees.raw(matrix))
    np.testing.assert_array_equal(made.linear.raw(matrix), alone.raw(matrix))


@pytest.mark.parametrize("task", TASKS)
def test_what_no_line_tells_the_trees_do(task: Task) -> None:
    made = fitted(task, bent=True)
    matrix, label = data(task, bent=True, seed=1)
    with_trees, without = (
        losses(task, learner.raw(matrix), label).mean() for learner in (made, made.linear)
    )

    assert with_trees < 0.9 * without


@pytest.mark.parametrize("task", TASKS)
def test_where_a_line_tells_all_the_trees_add_little(task: Task) -> None:
    made = fitted(task, bent=False)
    matrix, label = data(task, bent=False, seed=1)
    with_trees, without = (
        losses(task, learner.raw(matrix), label).mean() for learner in (made, made.linear)
    )

    assert with_trees < 1.03 * without
    assert made.trees.raw(matrix).std() < 0.2 * made.linear.raw(matrix).std()


@pytest.mark.parametrize("task", TASKS)
def test_contributions_of_both_add_up_to_the_score(task: Task) -> None:
    made = fitted(task, bent=True)
    matrix, _ = data(task, bent=True, seed=1)
    parts = made.contributions(matrix)

    np.testing.assert_allclose(parts.sum(axis=1), made.raw(matrix), atol=1e-9)
    assert np.abs(parts[:, 1]).mean() > 5 * np.abs(parts[:, 3]).mean()


def test_draws_are_unsure_of_both() -> None:
    made = fitted(Task.REGRESSION, bent=True)
    matrix, _ = data(Task.REGRESSION, bent=True, seed=1)
    around = made.sampled(matrix) - made.raw(matrix)[:, None]
    parts = [part.sampled(matrix) - part.raw(matrix)[:, None] for part in (made.linear, made.trees)]

    np.testing.assert_allclose(around, parts[0] + parts[1], atol=1e-9)


def test_it_is_kept_as_the_texts_of_both(tmp_path: Path) -> None:
    made = fitted(Task.REGRESSION, bent=True)
    made.save(tmp_path / "head")
    matrix, _ = data(Task.REGRESSION, bent=True, seed=1)
    again = Corrected.load(tmp_path / "head")

    assert sorted(file.name for file in tmp_path.iterdir()) == ["head.json", "head.txt"]
    np.testing.assert_array_equal(again.raw(matrix), made.raw(matrix))
    np.testing.assert_array_equal(
        again.linear.raw(matrix), Linear.load(tmp_path / "head").raw(matrix)
    )
    np.testing.assert_array_equal(
        again.trees.raw(matrix), Boosted.load(tmp_path / "head").raw(matrix)
    )


@pytest.mark.parametrize("suffix", [".json", ".txt"])
def test_one_of_both_cut_short_is_refused(suffix: str, tmp_path: Path) -> None:
    fitted(Task.REGRESSION, bent=True).save(tmp_path / "head")
    file = (tmp_path / "head").with_suffix(suffix)
    file.write_text(file.read_text(encoding="utf-8")[:300], encoding="utf-8")

    with pytest.raises(ValueError, match=r"cut short|Unterminated|Expecting"):
        Corrected.load(tmp_path / "head")
