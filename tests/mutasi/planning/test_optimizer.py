"""The plan is the best there is: chains, exchanges, floors, pins, and what goes across."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mutasi.certificate import check, check_file
from mutasi.errors import PlanImpossible, PlanNotFound
from mutasi.planning import Problem
from mutasi.planning.demands import (
    Apart,
    Budget,
    Demand,
    Depth,
    Floor,
    Keep,
    MostMoves,
    Must,
    MustNot,
    Place,
    Together,
)
from mutasi.planning.optimizer import conflict, optimize
from mutasi.planning.rows import PRICE_STEPS
from tests.mutasi.planning.regions import UNTIL, best_of_all, invented, moved, problem

CHAIN = {(0, 2): 50, (1, 0): 40}
"""P0 may go from J0 to the open J2, P1 from J1 to the seat that P0 leaves."""

EXCHANGE = {(0, 1): 50, (1, 0): -20}


def test_a_seat_that_is_left_is_taken_in_the_same_plan() -> None:
    plan = optimize(problem([0, 1], [0, 0, 1], CHAIN))

    assert moved(plan.problem, plan.moves) == {"P0": "J2", "P1": "J0"}
    assert plan.is_best
    assert plan.gap == 0.0


def test_two_people_exchange_their_posts_where_that_is_worth_it_together() -> None:
    plan = optimize(problem([0, 1], [0, 0], EXCHANGE))

    assert moved(plan.problem, plan.moves) == {"P0": "J1", "P1": "J0"}


def test_a_unit_is_not_stripped_below_its_floor() -> None:
    pairs = {(0, 1): 50, (2, 1): 40}
    asked = problem([0, 0, 0], [0, 2], pairs, Floor(2, "A"), unit="AB")

    plan = optimize(asked)

    assert moved(asked, plan.moves) == {"P0": "J1"}
    assert plan.prices[(0,)] == 40 * PRICE_STEPS


def test_a_seat_that_two_want_is_priced_by_the_second() -> None:
    plan = optimize(problem([-1, -1], [1], {(0, 0): 50, (1, 0): 40}))

    assert 40 * PRICE_STEPS <= plan.prices["seats", "J0"] <= 50 * PRICE_STEPS


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        pytest.param(Keep("P0"), {}, id="who stays leaves no seat"),
        pytest.param(MustNot("P1", "J0"), {"P0": "J2"}, id="a barred move is not made"),
        pytest.param(Depth(1), {"P0": "J2"}, id="one step takes open seats alone"),
        pytest.param(Depth(2), {"P0": "J2", "P1": "J0"}, id="two steps are a chain of two"),
        pytest.param(MostMoves(1), {"P0": "J2"}, id="one move in all"),
        pytest.param(MostMoves(0, "B"), {"P0": "J2"}, id="none that leaves the second unit"),
        pytest.param(Budget(1), {"P0": "J2"}, id="money for one move"),
        pytest.param(Floor(1, None, "G"), {"P0": "J2"}, id="a family across units keeps one"),
        pytest.param(Together("P0", "P1"), {}, id="a couple is not torn apart"),
        pytest.param(Apart("P0", "P1"), {"P0": "J2", "P1": "J0"}, id="apart they are anyway"),
    ],
)
def test_a_chain_under_a_demand(demand: Demand, expected: dict[str, str]) -> None:
    together = isinstance(demand, Together)
    asked = problem(
        [0, 1], [0, 0, 1], CHAIN, demand, unit="AAB" if together else "ABC", family="FGF"
    )

    plan = optimize(asked)

    assert moved(asked, plan.moves) == expected
    assert plan.is_best
    assert not check(plan.content()).breaches


def test_who_must_move_does_so_at_a_loss() -> None:
    asked = problem([0], [0, 1], {(0, 1): -30}, Place("P0"))

    assert optimize(asked).value == pytest.approx(-0.003)


def test_a_stated_depth_leaves_exchanges_out() -> None:
    assert len(optimize(problem([0, 1], [0, 0], EXCHANGE, Depth(3))).moves) == 0


def test_m18_who_is_lent_keeps_the_seat_and_is_counted_where_they_work() -> None:
    asked = problem([0, 1], [0, 0, 1], CHAIN, unit="AAB")
    lent = replace(asked, lent=np.array([True, False]), until=UNTIL)

    assert moved(asked, optimize(asked).moves) == {"P0": "J2", "P1": "J0"}
    assert moved(lent, optimize(lent).moves) == {"P0": "J2"}
    kept = replace(lent, demands=(Floor(2, "A"),))
    assert not moved(kept, optimize(kept).moves)
    needed = replace(lent, worth=np.array([-50, -40]), demands=(Floor(1, "B"),))
    assert moved(needed, optimize(needed).moves) == {"P0": "J2"}
    for each in (lent, kept, needed):
        assert not check(optimize(each).content()).breaches


def test_who_must_go_is_not_lent() -> None:
    twice = {(0, 1): 50, (0, 2): 90}
    asked = replace(
        problem([0], [0, 1, 1], twice, Place("P0"), unit="ABC"),
        lent=np.array([False, True]),
        until=UNTIL,
    )

    plan = optimize(asked)
    lent = plan.content() | {"moves": {"pair": [1], "step": [0]}}

    assert moved(asked, plan.moves) == {"P0": "J1"}
    assert not check(plan.content()).breaches
    assert "place" in {breach.row for breach in check(lent).breaches}


def test_who_may_move_or_be_lent_does_one_of_the_two() -> None:
    twice = {(0, 1): 50, (0, 2): 60}
    asked = replace(problem([0], [0, 1, 1], twice), lent=np.array([False, True]), until=UNTIL)

    plan = optimize(asked)

    assert moved(asked, plan.moves) == {"P0": "J2"}
    assert plan.is_best
    assert not check(plan.content()).breaches


@pytest.mark.parametrize("lent", [False, True], ids=["all move", "some are lent"])
@pytest.mark.parametrize("is_flow", [True, False], ids=["as a flow", "with any demand"])
def test_no_plan_of_any_small_region_is_better_or_breaks_a_row(
    is_flow: bool, lent: bool, pytestconfig: pytest.Config
) -> None:
    count = pytestconfig.getoption("--plans")
    for seed in range(count):
        asked = invented(np.random.default_rng(seed), is_flow=is_flow, lent=lent)
        best = best_of_all(asked)
        if best is None:
            with pytest.raises(PlanImpossible):
                optimize(asked)
            continue
        plan = optimize(asked)
        verdict = check(plan.content())

        assert not verdict.breaches, (seed, asked.demands)
        assert int(asked.worth[plan.moves].sum()) == best, (seed, asked.demands)
        assert plan.is_best
        assert verdict.is_proven or not is_flow, seed


def test_the_same_problem_gives_the_same_plan(rng: np.random.Generator) -> None:
    asked = replace(invented(rng, is_flow=False), demands=(MostMoves(2),))

    assert optimize(asked).content() == optimize(asked).content()


@pytest.mark.parametrize("is_flow", [True, False], ids=["as a flow", "with any demand"])
def test_demands_that_cannot_hold_together_are_the_fewest(is_flow: bool) -> None:
    seen = 0
    for seed in range(120):
        asked = invented(np.random.default_rng(seed), is_flow=is_flow)
        if best_of_all(asked) is not None:
            continue
        seen += 1
        found = conflict(asked)

        assert best_of_all(replace(asked, demands=tuple(found))) is None
        for left_out in found:
            rest = tuple(each for each in found if each is not left_out)
            assert best_of_all(replace(asked, demands=rest)) is not None
    assert seen > 10


def test_an_impossible_plan_names_what_conflicts_and_nothing_else() -> None:
    demands = (Keep("P2"), Must("P0", "J1"), MostMoves(5), Must("P1", "J1"), Budget(9))
    asked = problem([0, 0, 0], [0, 1], {(0, 1): 5, (1, 1): 5}, *demands)

    with pytest.raises(PlanImpossible) as refused:
        optimize(asked)

    assert refused.value.params["demands"] == [Must("P0", "J1"), Must("P1", "J1")]


def crowded(people: int, rng: np.random.Generator) -> Problem:
    """Return a region in which many want the same few seats."""
    person, post = np.divmod(np.arange(people * 20), 20)
    return Problem(
        people=np.array([f"P{row}" for row in range(people)], dtype=object),
        holds=np.full(people, -1),
        posts=np.array([f"J{row}" for row in range(20)], dtype=object),
        unit=np.array([f"U{row % 5}" for row in range(20)], dtype=object),
        family=np.full(20, "F", dtype=object),
        open=np.full(20, people // 40),
        person=person,
        post=post,
        worth=rng.integers(0, 100_000, len(person)),
        cost=rng.integers(1, 50, len(person)),
        demands=(Budget(people), MostMoves(people // 9, "U1"), Together("P1", "P2")),
    )


def test_a_time_too_short_to_search_gives_the_plan_at_hand_and_an_honest_gap(
    rng: np.random.Generator,
) -> None:
    plan = optimize(crowded(400, rng), seconds=0.0)
    verdict = check(plan.content())

    assert not verdict.breaches
    assert not plan.is_best
    assert plan.gap > 0


def test_within_a_second_there_is_a_plan(rng: np.random.Generator) -> None:
    plan = optimize(crowded(400, rng), seconds=1.0)

    assert not check(plan.content()).breaches
    assert plan.bound >= int(plan.problem.worth[plan.moves].sum())


def test_a_time_too_short_for_any_plan_says_so(rng: np.random.Generator) -> None:
    asked = crowded(400, rng)
    forced = replace(asked, demands=(*asked.demands, Place("P1")))

    with pytest.raises(PlanNotFound):
        optimize(forced, seconds=0.0)


def test_a_plan_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    optimize(problem([0, 1], [0, 0, 1], CHAIN)).write(path)
    before = path.read_bytes()

    def cut_off(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:10])
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", cut_off)
    with pytest.raises(OSError, match="no space"):
        optimize(problem([0, 1], [0, 0], EXCHANGE)).write(path)

    assert path.read_bytes() == before
    assert check_file(path).is_proven
