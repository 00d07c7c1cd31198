"""Moves are looked at a few first, then more: the plan is the same, and in time."""

from dataclasses import replace

import numpy as np
import pytest

from mutasi.errors import PlanImpossible
from mutasi.planning import search
from mutasi.planning.demands import Place
from mutasi.planning.optimizer import optimize
from mutasi.planning.problem import Ints
from mutasi.planning.rows import Program, program
from mutasi.planning.search import best_found
from tests.benchmarks.regions import Size, crossed
from tests.mutasi.planning.regions import best_of_all, invented, problem


def test_a_plan_found_by_looking_at_few_moves_first_is_the_best_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "FIRST_LOOK", 1)
    seen = 0
    for seed in range(120):
        asked = invented(np.random.default_rng(seed), is_flow=False)
        best = best_of_all(asked)
        if best is None:
            with pytest.raises(PlanImpossible):
                optimize(asked)
            continue
        seen += 1
        plan = optimize(asked)

        assert int(asked.worth[plan.moves].sum()) == best, (seed, asked.demands)
        assert plan.is_best
    assert seen > 50


def test_each_look_is_at_more_moves_until_none_that_is_left_can_be_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = program(crossed(Size(600, 500, 40, 30, 100, 30)))
    whole = best_found(rows, seconds=60.0)
    monkeypatch.setattr(search, "FIRST_LOOK", 60)
    looked: list[int] = []
    searched = search._searched

    def watched(rows: Program, columns: Ints, *limits: float) -> tuple[Ints | None, bool]:
        looked.append(len(columns))
        return searched(rows, columns, *limits)

    monkeypatch.setattr(search, "_searched", watched)
    found = best_found(rows, seconds=60.0)

    assert found.columns is not None
    assert whole.columns is not None
    assert rows.worth[found.columns].sum() == rows.worth[whole.columns].sum()
    _, *nearest = looked
    assert len(nearest) > 1
    assert nearest == sorted(nearest)
    assert nearest[-1] < len(rows.pair) / 2


def test_a_search_that_would_not_be_over_in_time_is_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = program(crossed(Size(600, 500, 40, 30, 100, 30)))
    monkeypatch.setattr(search, "FIRST_LOOK", 60)
    ticking = iter(range(1_000))  # every look at the clock is a second later
    monkeypatch.setattr(search, "perf_counter", lambda: float(next(ticking)))

    found = best_found(rows, seconds=12.0)

    assert found.columns is not None
    assert not found.is_best
    assert rows.keeps(found.columns)
    assert next(ticking) < 12


def test_what_cannot_be_is_said_only_after_all_moves_were_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "FIRST_LOOK", 1)
    pairs = {(row, 0): 50 - row for row in range(4)} | {(3, 1): -40}
    asked = problem([-1] * 4, [1, 1], pairs, Place("P0"), Place("P3"))

    assert optimize(asked).value == pytest.approx(0.001)
    with pytest.raises(PlanImpossible):
        optimize(replace(asked, demands=(*asked.demands, Place("P1"))))
