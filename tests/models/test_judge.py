"""The later part of the past judges: what it learns from, and how it counts."""

from dataclasses import replace

import numpy as np
import pytest

from models import selection
from models.fitting import LinearConfig
from models.learner import Floats, Task
from models.selection import Judge, Recipe
from tests.models.test_selection import LIGHT, NAMES, START, past


@pytest.fixture
def one_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the latest quarter judge alone, as it does of a long past."""
    monkeypatch.setattr(selection, "ROLLED_BELOW", 0)


def test_of_a_small_past_the_quarter_before_judges_too_by_what_was_known_before_it() -> None:
    made = past(count=400, known_after=10)
    recipe = Recipe(LIGHT, NAMES)
    judge = Judge(made, Task.REGRESSION)
    day = made.decided_on - START
    lost = []
    for begins, ends in ((300, 400), (200, 300)):
        known = (made.known_on - START).astype(int) < begins
        asked = (day.astype(int) >= begins) & (day.astype(int) < ends)
        raw = recipe.fitted(made, Task.REGRESSION, known).raw(made.matrix[asked])
        lost.append(np.square(raw - made.label[asked]))

    assert judge.loss(recipe) == pytest.approx(np.concatenate(lost).mean())
    assert judge.later.sum() == 100


def test_of_chances_the_strongest_penalty_is_taken_that_hardly_loses_more() -> None:
    made = past(count=400, task=Task.BINARY, slope=0.3)
    recipes = [Recipe(LinearConfig(penalty=penalty), NAMES) for penalty in (1.0, 10.0, 100.0)]
    judge = Judge(made, Task.BINARY)
    best = judge.best(recipes)
    least = min(recipes, key=judge.loss)
    more, error = judge.difference(best, least)

    assert recipes.index(best) >= recipes.index(least)
    assert more <= selection.HARDLY * error
    for stronger in recipes[recipes.index(best) + 1 :]:
        more, error = judge.difference(stronger, least)
        assert more > selection.HARDLY * error


@pytest.mark.usefixtures("one_quarter")
class TestTheJudge:
    def test_counts_moves_and_stays_half_each(self) -> None:
        made = past(count=400, stays=4000)
        recipe = Recipe(LIGHT, NAMES)
        judge = Judge(made, Task.REGRESSION)
        off = np.square(judge.raw(recipe) - made.label[judge.later])
        is_stay = made.is_stay[judge.later]

        assert is_stay.sum() > 5 * (~is_stay).sum()
        assert judge.loss(recipe) == pytest.approx(
            0.5 * off[is_stay].mean() + 0.5 * off[~is_stay].mean()
        )

    def test_counts_moves_by_their_weight(self) -> None:
        made = past(count=400)
        weighted = replace(made, weight=np.linspace(0.1, 1.9, 400))
        recipe = Recipe(LIGHT, NAMES, is_weighted=False)
        judge = Judge(weighted, Task.REGRESSION)
        off = np.square(judge.raw(recipe) - made.label[judge.later])

        assert judge.loss(recipe) == pytest.approx(
            np.average(off, weights=weighted.weight[judge.later])
        )

    def test_learns_from_no_label_that_was_known_later(self) -> None:
        made = past(known_after=100)
        judge = Judge(made, Task.REGRESSION)
        cut = made.decided_on[judge.later].min()

        assert (made.known_on[judge.earlier] < cut).all()
        assert judge.earlier.sum() == 500
        assert judge.later.sum() == 200

    def test_predicts_the_same_whatever_became_known_later(self) -> None:
        made = past(known_after=100, stays=300)
        recipe = Recipe(LIGHT, NAMES)
        judge = Judge(made, Task.REGRESSION)
        later = made.known_on >= made.decided_on[judge.later].min()
        forged = replace(made, label=np.where(later, 999.0, made.label))

        np.testing.assert_array_equal(judge.raw(recipe), Judge(forged, Task.REGRESSION).raw(recipe))

    def test_asks_about_the_latest_quarter_of_the_moves(self) -> None:
        """Stays, of which there are more and later ones, do not say when it begins."""
        made = past(count=400, stays=400)
        late = replace(made, decided_on=np.where(made.is_stay, START + 399, made.decided_on))
        judge = Judge(late, Task.REGRESSION)

        assert (judge.later & ~late.is_stay).sum() == 100
        assert (judge.later & late.is_stay).sum() == 400

    def test_judges_one_day_of_decisions_by_itself(self) -> None:
        made = past(task=Task.BINARY)
        day = np.full(len(made.label), START)
        judge = Judge(replace(made, decided_on=day, known_on=day), Task.BINARY)

        assert judge.later.all()
        assert judge.earlier.all()

    def test_judges_by_itself_where_earlier_answers_are_of_one_kind(self) -> None:
        made = past(task=Task.BINARY)
        label = np.where(np.arange(len(made.label)) < 600, 1.0, made.label)
        judge = Judge(replace(made, label=label), Task.BINARY)

        assert judge.earlier.all()

    def test_gives_the_standard_error_of_a_paired_difference(self) -> None:
        made = past(count=4000)
        judge = Judge(made, Task.REGRESSION)
        one, other = Recipe(LIGHT, NAMES[1:]), Recipe(LIGHT, NAMES)
        excess, error = judge.difference(one, other)
        each: Floats = np.square(judge.raw(one) - made.label[judge.later]) - np.square(
            judge.raw(other) - made.label[judge.later]
        )

        assert excess == pytest.approx(each.mean())
        assert error == pytest.approx(each.std() / np.sqrt(len(each)))

    @pytest.mark.parametrize("task", list(Task))
    def test_knows_what_the_mean_of_earlier_labels_would_lose(self, task: Task) -> None:
        made = past(task=task)
        judge = Judge(made, task)
        rate, later = made.label[judge.earlier].mean(), made.label[judge.later]
        expected = (
            np.square(later - rate).mean()
            if task is Task.REGRESSION
            else -np.mean(later * np.log(rate) + (1 - later) * np.log(1 - rate))
        )

        assert judge.base_loss() == pytest.approx(expected)
