"""Whoever waits for a plan is told how far it is, and may end it."""

from dataclasses import replace

import numpy as np
import pytest

from mutasi.errors import PlanImpossible
from mutasi.planning.demands import Floor, Must, Together
from mutasi.planning.optimizer import optimize
from mutasi.planning.progress import Progress, Stage
from tests.mutasi.planning.regions import problem
from tests.mutasi.planning.test_optimizer import crowded


class Enough(Exception):
    """Whoever waited waits no more."""


def test_a_search_tells_its_bound_and_better_plans_until_it_has_the_best(
    rng: np.random.Generator,
) -> None:
    heard: list[Progress] = []

    plan = optimize(crowded(400, rng), told=heard.append)

    pricing = [each for each in heard if each.stage is Stage.PRICES]
    searching = [each for each in heard if each.stage is Stage.SEARCH]
    assert heard == [*pricing, *searching]
    assert pricing[0] == Progress(Stage.PRICES)
    bounds = [each.bound for each in pricing[1:] if each.bound is not None]
    assert len(bounds) == len(pricing) - 1 > 0
    assert bounds == sorted(bounds, reverse=True)
    assert searching
    assert all(each.bound == pytest.approx(plan.most) for each in searching)
    values = [each.value for each in searching if each.value is not None]
    assert values == sorted(values)
    assert all(value <= plan.value + 1e-9 for value in values)


def test_a_flow_tells_that_it_begins() -> None:
    heard: list[Progress] = []

    optimize(problem([0], [0, 1], {(0, 1): 5}), told=heard.append)

    assert heard == [Progress(Stage.FLOW)]


def test_demands_that_conflict_are_told_to_be_looked_for() -> None:
    heard: list[Progress] = []
    pins = (Must("P0", "J1"), Must("P1", "J1"), Floor(1, "U"))
    asked = replace(problem([0, 0], [0, 1], {(0, 1): 5, (1, 1): 5}), demands=pins)

    with pytest.raises(PlanImpossible):
        optimize(asked, told=heard.append)

    assert {each.stage for each in heard} == {Stage.FLOW, Stage.CONFLICT}


@pytest.mark.parametrize("stage", [Stage.PRICES, Stage.SEARCH])
def test_whoever_is_told_may_end_a_search(stage: Stage, rng: np.random.Generator) -> None:
    def told(progress: Progress) -> None:
        if progress.stage is stage:
            raise Enough

    with pytest.raises(Enough):
        optimize(crowded(400, rng), told=told)


def test_whoever_is_told_may_end_the_search_for_a_conflict() -> None:
    def told(progress: Progress) -> None:
        if progress.stage is Stage.CONFLICT:
            raise Enough

    pins = (Must("P0", "J1"), Must("P1", "J1"), Together("P0", "P1"))
    asked = replace(problem([0, 0], [0, 1], {(0, 1): 5, (1, 1): 5}), demands=pins)

    with pytest.raises(Enough):
        optimize(asked, told=told)


def test_the_gap_is_known_once_plan_and_bound_are() -> None:
    assert Progress(Stage.SEARCH, 90.0, 100.0).gap == pytest.approx(0.1)
    assert Progress(Stage.SEARCH, 0.0, 0.0).gap == 0.0
    assert Progress(Stage.SEARCH, None, 100.0).gap is None
    assert Progress(Stage.PRICES).gap is None
