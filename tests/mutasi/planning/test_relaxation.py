"""The linear program by the few moves that matter is that of all moves, and bounds every plan."""

from dataclasses import replace
from itertools import chain, repeat

import numpy as np
import pytest

from mutasi.planning import highs, relaxation
from mutasi.planning.demands import Budget, Place
from mutasi.planning.optimizer import optimize
from mutasi.planning.problem import RESOLUTION, Problem
from mutasi.planning.progress import Progress, Stage, unheard
from mutasi.planning.relaxation import Impossible, people, relaxed
from mutasi.planning.rows import PRICE_STEPS, Program, program
from mutasi.planning.search import best_found
from tests.benchmarks.regions import Size, crossed
from tests.mutasi.planning.regions import problem

ENOUGH = 1e9
"""Ends long after any test, by the clock that counts from the machine's start."""


@pytest.fixture(scope="module")
def asked() -> Problem:
    return crossed(Size(600, 500, 40, 30, 100, 30))


@pytest.fixture(scope="module")
def rows(asked: Problem) -> Program:
    return program(asked)


def whole_program(rows: Program) -> float:
    """Return the best of all moves, made in part, T points."""
    alone, stays = people(rows, np.arange(len(rows.pair)))
    assert stays.all()
    solved = highs.linprog(
        -rows.worth * RESOLUTION,
        A_ub=np.vstack([rows.matrix.toarray(), alone.toarray()]),
        b_ub=np.concatenate([rows.limit, np.ones(len(stays))]),
    )
    return -float(solved.fun)


def test_few_moves_give_the_prices_of_all(rows: Program) -> None:
    found = relaxed(rows, ENOUGH, unheard)

    assert found is not None
    best = whole_program(rows)
    assert found.bound * RESOLUTION / PRICE_STEPS == pytest.approx(best, rel=1e-6)
    assert rows.bound(found.prices)[0] == found.bound
    assert len(found.columns) < len(rows.pair) / 4


def test_a_budget_in_rupiah_bounds_a_plan_as_one_in_millions_does(asked: Problem) -> None:
    others = [each for each in asked.demands if not isinstance(each, Budget)]
    most = sum(each.most for each in asked.of(Budget)) // 2
    bounds = []
    for money in (1, 1_000_000):
        budget = Budget(most * money)
        rows = program(replace(asked, cost=asked.cost * money, demands=(*others, budget)))
        found = relaxed(rows, ENOUGH, unheard)
        assert found is not None
        assert found.prices[rows.keys.index((len(others),))] > 0
        bounds.append(found.bound)

    assert bounds[1] == pytest.approx(bounds[0], rel=1e-4)


def test_the_bound_falls_from_round_to_round_and_is_always_one(rows: Program) -> None:
    heard: list[Progress] = []
    found = relaxed(rows, ENOUGH, heard.append)

    assert found is not None
    bounds = [each.bound for each in heard if each.bound is not None]
    assert {each.stage for each in heard} == {Stage.PRICES}
    assert len(bounds) > 1
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] >= whole_program(rows) - 1e-6


def test_whoever_has_time_for_one_round_of_prices_has_a_bound_and_the_best_plan(
    asked: Problem, rows: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = optimize(asked)
    clock = chain([0.0], repeat(ENOUGH))
    monkeypatch.setattr(relaxation, "perf_counter", lambda: next(clock))

    early = best_found(rows, seconds=60.0)

    assert early.columns is not None
    worth = int(rows.worth[early.columns].sum()) * RESOLUTION
    bound = rows.bound(early.prices)[0] * RESOLUTION / PRICE_STEPS
    assert rows.keeps(early.columns)
    assert bound > best.most
    assert worth == pytest.approx(best.value)


def test_moves_that_must_be_made_are_looked_at_from_the_first() -> None:
    pairs = {(row, 0): 50 - row for row in range(6)} | {(5, 1): -40}
    asked = problem([-1] * 6, [3, 1], pairs, Place("P5"))

    found = relaxed(program(asked), ENOUGH, unheard)

    assert found is not None
    assert 5 in asked.person[program(asked).pair[found.columns]]


def test_what_not_even_moves_in_part_can_keep_is_impossible() -> None:
    asked = problem([-1, -1], [1], {(0, 0): 5, (1, 0): 5}, Place("P0"), Place("P1"))

    with pytest.raises(Impossible):
        relaxed(program(asked), ENOUGH, unheard)


def test_without_time_there_are_no_prices(rows: Program) -> None:
    assert relaxed(rows, 0.0, unheard) is None
