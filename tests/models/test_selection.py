"""What earns its place: penalties, parts wanted, parts that cost something."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models import selection
from models.artifact import Trial
from models.boosted import BoostedConfig
from models.fitting import CorrectedConfig, LinearConfig
from models.learner import Task
from models.past import Past
from models.selection import Judge, Recipe, select

NAMES = ("signal", "other", "noise")
LIGHT = LinearConfig(penalty=1.0)
Rows = NDArray[np.bool_]
START = np.datetime64("2015-01-01")


def past(
    count: int = 800,
    stays: int = 0,
    seed: int = 0,
    task: Task = Task.REGRESSION,
    known_after: int = 30,
    slope: float = 2.0,
) -> Past:
    """Return a past, one decision a day, whose label follows the first feature alone."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count + stays, len(NAMES)))
    label = slope * matrix[:, 0] + rng.normal(size=count + stays)
    if task is Task.BINARY:
        label = (label > 0).astype(float)
    decided_on = START + np.append(np.arange(count), np.arange(stays) * count // max(stays, 1))
    return Past(
        names=NAMES,
        matrix=matrix,
        label=label,
        who=np.arange(count + stays),
        decided_on=decided_on,
        known_on=decided_on + known_after,
        weight=np.ones(count + stays),
        is_stay=np.arange(count + stays) >= count,
        is_elsewhere=np.zeros(count + stays, dtype=bool),
    )


def trial(chosen: selection.Selected, part: str) -> Trial:
    """Return how a part fared."""
    return next(each for each in chosen.trials if each.part == part)


def parts(chosen: selection.Selected) -> list[str]:
    """Return what was tried."""
    return [each.part for each in chosen.trials]


def test_the_penalty_with_the_least_loss_is_taken() -> None:
    recipes = [Recipe(LinearConfig(penalty=penalty), NAMES) for penalty in (1e6, 1.0, 1e4)]
    judge = Judge(past(), Task.REGRESSION)

    chosen = select(past(), Task.REGRESSION, recipes, {})

    assert chosen.recipe == recipes[1]
    assert chosen.loss == min(judge.loss(recipe) for recipe in recipes)
    assert chosen.loss < 0.5 * chosen.base_loss


def test_where_nothing_can_be_foreseen_the_strongest_penalty_is_taken() -> None:
    rng = np.random.default_rng(1)
    names = tuple(f"noise {number}" for number in range(40))
    made = replace(past(slope=0.0), names=names, matrix=rng.normal(size=(800, 40)))
    recipes = [Recipe(LinearConfig(penalty=penalty), names) for penalty in (1e-3, 1e6)]

    assert select(made, Task.REGRESSION, recipes, {}).recipe == recipes[1]


def test_the_first_of_equals_is_taken() -> None:
    made = past()
    same = [Recipe(BoostedConfig(trees=20), NAMES) for _ in range(2)]

    assert select(made, Task.REGRESSION, same, {}).recipe is same[0]


def test_what_was_tried_is_told_with_its_losses() -> None:
    made = past(stays=400)
    wanted = Recipe(LIGHT, NAMES[1:], {"other": 1})
    chosen = select(
        replace(made, weight=np.linspace(0.5, 1.5, len(made.label))),
        Task.REGRESSION,
        [wanted],
        {"wide": NAMES},
    )

    assert parts(chosen) == ["stays", "weights", "ways", "wide"]
    assert trial(chosen, "wide").is_kept
    assert trial(chosen, "wide").with_it == chosen.loss < trial(chosen, "wide").without
    assert chosen.recipe.names == NAMES


def test_nothing_is_tried_that_is_not_there() -> None:
    assert parts(select(past(), Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})) == []


def misled(made: Past, by: float) -> Past:
    """Return a past whose stays, all long ago, follow the first feature by less than moves."""
    return replace(
        made,
        label=made.label - np.where(made.is_stay, by * made.matrix[:, 0], 0.0),
        decided_on=np.where(made.is_stay, START, made.decided_on),
        known_on=np.where(made.is_stay, START + 1, made.known_on),
    )


def test_a_way_is_demanded_and_what_it_costs_is_told() -> None:
    chosen = select(past(), Task.REGRESSION, [Recipe(LIGHT, NAMES, {"signal": -1})], {})
    way = trial(chosen, "ways")

    assert way.with_it - way.without > way.error
    assert way.is_kept
    assert chosen.recipe.ways == {"signal": -1}


@pytest.fixture
def hardly(monkeypatch: pytest.MonkeyPatch) -> Past:
    """A long past in which a second feature surely has an effect, and hardly any."""
    monkeypatch.setattr(selection, "LEAST_FOR_TREES", 10**9)
    made = past(count=40_000)
    return replace(made, label=made.label + 0.05 * made.matrix[:, 1])


class TestAWantedPart:
    """Given up only where it is clearly worse."""

    def test_is_kept_where_it_makes_no_difference(self) -> None:
        made = past(stays=800)
        chosen = select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert trial(chosen, "stays").is_kept
        assert chosen.recipe.learns_from_stays

    def test_is_kept_where_it_is_worse_by_less_than_can_be_noticed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Stays that are a little unlike moves cost a little, surely, and less than is noticed."""
        monkeypatch.setattr(selection, "LEAST_FOR_TREES", 10**9)
        made = misled(past(count=40_000, stays=40_000), by=0.06)
        stays = trial(select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {}), "stays")

        assert stays.error < stays.with_it - stays.without < selection.NOTICEABLE * stays.without
        assert stays.is_kept

    def test_is_kept_where_it_is_worse_but_nothing_is_sure(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(selection, "ROLLED_BELOW", 0)
        recipe = Recipe(LIGHT, NAMES)

        def excess(made: Past) -> tuple[float, float, float]:
            judge, without = Judge(made, Task.REGRESSION), replace(recipe, learns_from_stays=False)
            return (*judge.difference(recipe, without), judge.loss(without))

        made = next(
            made
            for made in (misled(past(80, stays=80, seed=seed), by=0.4) for seed in range(200))
            if selection.NOTICEABLE * excess(made)[2] < excess(made)[0] < excess(made)[1]
        )

        assert trial(select(made, Task.REGRESSION, [recipe], {}), "stays").is_kept

    def test_stays_that_mislead_are_given_up(self) -> None:
        made = past(stays=800)
        label = np.where(made.is_stay, -made.label, made.label)
        only_moves_count = replace(
            made,
            label=label,
            decided_on=np.where(made.is_stay, START, made.decided_on),
            known_on=np.where(made.is_stay, START + 1, made.known_on),
        )
        chosen = select(only_moves_count, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert not trial(chosen, "stays").is_kept
        assert not chosen.recipe.learns_from_stays

    def test_weights_that_mislead_are_not_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(selection, "ROLLED_BELOW", 0)
        made = past()
        wrong = np.arange(len(made.label)) % 4 == 0
        earlier = np.arange(len(made.label)) < 600
        label = np.where(wrong & earlier, -made.label, made.label)
        weight = np.where(wrong & earlier, 3.0, 1 / 3)
        misled = replace(made, label=label, weight=weight / weight.mean())
        chosen = select(misled, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert not trial(chosen, "weights").is_kept
        assert not chosen.recipe.is_weighted


def abroad(made: Past, rows: Rows, *, misleads: bool = False) -> Past:
    """Return a past of which some was of other regions, where all may be the other way round."""
    label = np.where(rows & misleads, -made.label, made.label)
    return replace(made, is_elsewhere=rows, label=label)


class TestOtherRegions:
    """They teach, but only a region's own past decides."""

    def test_teach_where_they_are_alike(self) -> None:
        made = abroad(past(count=1200), np.arange(1200) % 4 > 0)
        chosen = select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert trial(chosen, "regions").is_kept
        assert chosen.recipe.learns_elsewhere

    def test_are_left_out_where_they_mislead(self) -> None:
        made = abroad(past(count=1200), np.arange(1200) % 4 > 0, misleads=True)
        chosen = select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert not trial(chosen, "regions").is_kept
        assert not chosen.recipe.learns_elsewhere
        assert chosen.loss < 0.5 * chosen.base_loss

    def test_do_not_judge(self) -> None:
        made = abroad(past(count=1200, stays=400), np.arange(1600) % 4 > 0)
        judge = Judge(made, Task.REGRESSION)
        own = ~made.is_elsewhere & ~made.is_stay

        assert not (judge.later & made.is_elsewhere).any()
        assert (judge.later & own).sum() == own.sum() // 4
        assert (judge.earlier & made.is_elsewhere).any()

    def test_judge_where_a_region_has_no_past_of_its_own(self) -> None:
        made = past()
        every = abroad(made, np.ones(len(made.label), dtype=bool))

        np.testing.assert_array_equal(
            Judge(every, Task.REGRESSION).later, Judge(made, Task.REGRESSION).later
        )

    def test_left_out_are_as_if_they_were_not_there(self) -> None:
        made = abroad(past(), np.arange(800) % 2 == 0)
        every = np.ones(800, dtype=bool)
        forged = replace(made, label=np.where(made.is_elsewhere, 999.0, made.label))
        recipe = Recipe(LIGHT, NAMES, learns_elsewhere=False)

        np.testing.assert_array_equal(
            recipe.fitted(made, Task.REGRESSION, every).raw(made.matrix),
            recipe.fitted(forged, Task.REGRESSION, every).raw(made.matrix),
        )


class TestAPartThatCosts:
    """Taken only where it is clearly better."""

    def test_is_taken_where_it_is_clearly_better(self) -> None:
        chosen = select(past(), Task.REGRESSION, [Recipe(LIGHT, NAMES[1:])], {"wide": NAMES})
        wide = trial(chosen, "wide")

        assert wide.without - wide.with_it > wide.error
        assert wide.is_kept

    def test_is_seldom_taken_where_it_makes_no_difference(self) -> None:
        taken = [
            trial(
                select(
                    past(seed=seed), Task.REGRESSION, [Recipe(LIGHT, NAMES[:1])], {"wide": NAMES}
                ),
                "wide",
            ).is_kept
            for seed in range(40)
        ]

        assert np.mean(taken) <= 0.15

    def test_is_left_where_it_is_better_by_less_than_can_be_noticed(self, hardly: Past) -> None:
        recipe = Recipe(LIGHT, NAMES[:1])
        chosen = select(hardly, Task.REGRESSION, [recipe], {"wide": NAMES})
        wide = trial(chosen, "wide")

        assert wide.error < wide.without - wide.with_it < selection.NOTICEABLE * wide.without
        assert not wide.is_kept

    def test_trees_are_taken_where_lines_are_not_straight(self) -> None:
        made = past(count=1500)
        label = np.where(np.abs(made.matrix[:, 0]) > 1, 3.0, 0.0) + 0.3 * made.label
        chosen = select(replace(made, label=label), Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert trial(chosen, "trees").is_kept
        assert isinstance(chosen.recipe.config, CorrectedConfig)
        assert chosen.recipe.config.linear == LIGHT
        assert chosen.learner.kind == "corrected"

    def test_trees_are_left_where_lines_are_straight(self) -> None:
        chosen = select(past(count=1500), Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

        assert not trial(chosen, "trees").is_kept
        assert chosen.learner.kind == "linear"

    def test_trees_are_not_tried_on_few_moves_however_many_stay(self) -> None:
        made = past(count=999, stays=3000)

        assert "trees" not in parts(select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {}))

    def test_trees_are_not_put_upon_trees(self) -> None:
        recipe = Recipe(BoostedConfig(trees=5), NAMES)

        assert parts(select(past(count=1200), Task.REGRESSION, [recipe], {})) == []


def test_the_later_part_judges_a_learner_that_has_not_seen_it() -> None:
    made = past()
    chosen = select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})

    assert chosen.later.tolist() == list(range(600, 800))
    np.testing.assert_array_equal(chosen.raw_later, Judge(made, Task.REGRESSION).raw(chosen.recipe))


def test_what_is_chosen_learns_from_the_whole_past() -> None:
    made = past()
    chosen = select(made, Task.REGRESSION, [Recipe(LIGHT, NAMES)], {})
    every = np.ones(len(made.label), dtype=bool)

    np.testing.assert_array_equal(
        chosen.learner.raw(made.matrix),
        chosen.recipe.fitted(made, Task.REGRESSION, every).raw(made.matrix),
    )
    assert not np.array_equal(chosen.learner.raw(made.matrix[600:]), chosen.raw_later)


def test_a_recipe_without_stays_learns_from_moves_alone() -> None:
    made = past(stays=400)
    every = np.ones(len(made.label), dtype=bool)
    forged = replace(made, label=np.where(made.is_stay, 999.0, made.label))
    alone, both = (Recipe(LIGHT, NAMES, learns_from_stays=stays) for stays in (False, True))

    np.testing.assert_array_equal(
        alone.fitted(made, Task.REGRESSION, every).raw(made.matrix),
        alone.fitted(forged, Task.REGRESSION, every).raw(made.matrix),
    )
    assert (
        np.abs(
            both.fitted(made, Task.REGRESSION, every).raw(made.matrix)
            - both.fitted(forged, Task.REGRESSION, every).raw(made.matrix)
        ).min()
        > 1.0
    )
