"""Small invented regions, and the best plan of each by trying every one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from mutasi.errors import MutasiError
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
from mutasi.planning.problem import Ints, Problem

UNTIL = "2026-06-30"

Choice = tuple[int, ...]
"""The post of each person afterwards, by row; -1 for none."""


def problem(
    holds: list[int],
    open_: list[int],
    pairs: dict[tuple[int, int], int],
    *demands: Demand,
    unit: str = "",
    family: str = "",
    cost: int = 1,
) -> Problem:
    """Return a region: people P0, P1 …, posts J0, J1 … in units and families of one letter.

    Args:
        holds: The post of each person, -1 for none.
        open_: The open seats of each post.
        pairs: The worth of each move, by person and post.
        demands: What the plan must keep to.
        unit: A letter a post; all in U without.
        family: A letter a post; all in F without.
        cost: Of every move.
    """
    person, post = np.array(list(pairs), dtype=np.int64).reshape(-1, 2).T
    return Problem(
        people=np.array([f"P{row}" for row in range(len(holds))], dtype=object),
        holds=np.array(holds, dtype=np.int64),
        posts=np.array([f"J{row}" for row in range(len(open_))], dtype=object),
        unit=np.array(list(unit or "U" * len(open_)), dtype=object),
        family=np.array(list(family or "F" * len(open_)), dtype=object),
        open=np.array(open_, dtype=np.int64),
        person=person,
        post=post,
        worth=np.array(list(pairs.values()), dtype=np.int64),
        cost=np.full(len(pairs), cost, dtype=np.int64),
        demands=demands,
    )


def invented(rng: np.random.Generator, *, is_flow: bool, lent: bool = False) -> Problem:
    """Return a random region of 2 to 8 people, of demands that make a flow or of any.

    Args:
        rng: Draws it.
        is_flow: Whether it fits a network.
        lent: Whether people may be lent for a time.
    """
    people, posts = int(rng.integers(2, 9)), int(rng.integers(2, 7))
    holds = rng.integers(-1, posts, people)
    offered = rng.random((people, posts)) < 0.5
    offered[holds >= 0, holds[holds >= 0]] = False
    if not offered.any():
        offered[0, (holds[0] + 1) % posts] = True
    person, post = np.nonzero(offered)
    base = Problem(
        people=np.array([f"P{row}" for row in range(people)], dtype=object),
        holds=holds,
        posts=np.array([f"J{row}" for row in range(posts)], dtype=object),
        unit=rng.choice(np.array(["A", "B"], dtype=object), posts),
        family=rng.choice(np.array(["F", "G"], dtype=object), posts),
        open=rng.integers(0, 2, posts),
        person=person,
        post=post,
        worth=rng.integers(-30_000, 100_000, len(person)),
        cost=rng.integers(0, 5, len(person)),
    )
    if lent:
        base = _lending(rng, base, is_flow=is_flow)
    return replace(base, demands=_demands(rng, base, is_flow=is_flow))


def _lending(rng: np.random.Generator, base: Problem, *, is_flow: bool) -> Problem:
    """Return a region in which some are lent: in a flow, who is lent does not move."""
    of_person = rng.random(len(base.people)) < 0.5
    if is_flow:
        return replace(base, lent=of_person[base.person], until=UNTIL)
    again = np.flatnonzero(rng.random(len(base.person)) < 0.3)
    person, post, cost = (
        np.concatenate([each, each[again]]) for each in (base.person, base.post, base.cost)
    )
    worth = np.concatenate([base.worth, rng.integers(-20_000, 90_000, len(again))])
    lent = np.concatenate([rng.random(len(base.person)) < 0.2, np.ones(len(again), dtype=bool)])
    first = ~lent | ~np.isin(np.arange(len(lent)), again)  # nobody is lent there twice
    lent &= first | (np.arange(len(lent)) >= len(base.person))
    return replace(base, person=person, post=post, cost=cost, worth=worth, lent=lent, until=UNTIL)


def _demands(rng: np.random.Generator, base: Problem, *, is_flow: bool) -> tuple[Demand, ...]:
    """Return some demands that the region does not refuse at once."""
    one, two = (str(name) for name in rng.permutation(base.people)[:2])
    third = str(rng.choice(base.people))
    pair, other = rng.integers(len(base.person), size=2)
    unit = str(rng.choice(base.unit))
    here = base.unit == unit
    within = here & (base.family == base.family[here][0])
    count = int(base.filled.sum())
    offers: list[Demand] = [
        Floor(int(max(base.filled[here].sum() - rng.integers(0, 2), 0)), unit),
        Floor(int(base.filled[within].sum()), unit, str(base.family[here][0])),
        Must(str(base.people[base.person[pair]]), str(base.posts[base.post[pair]])),
        MustNot(str(base.people[base.person[other]]), str(base.posts[base.post[other]])),
        Keep(third),
        Place(one),
    ]
    if not is_flow:
        offers += [
            Floor(int(base.filled[base.family == "F"].sum()), None, "F"),
            MostMoves(int(rng.integers(0, 4))),
            MostMoves(int(rng.integers(0, 3)), unit),
            Budget(int(rng.integers(0, 10))),
            Depth(int(rng.integers(1, 4))),
            Together(one, two),
            Apart(one, third) if one != third else Apart(one, two),
            Floor(max(count - 1, 0)),
        ]
    kept: list[Demand] = []
    for demand in offers:
        if rng.random() < 0.35 and _is_accepted(base, [*kept, demand]):
            kept.append(demand)
    return tuple(kept)


def _is_accepted(base: Problem, demands: list[Demand]) -> bool:
    try:
        replace(base, demands=tuple(demands))
    except MutasiError:
        return False
    return True


@dataclass(frozen=True)
class Outcome:
    """One of all plans there are: the post of each person afterwards, and who moves."""

    asked: Problem
    after: Choice
    moves: list[int]
    cost: int
    lent: frozenset[int] = frozenset()

    def freed(self, row: int) -> int:
        return -1 if row in self.lent else int(self.asked.holds[row])

    def post(self, name: str) -> str | None:
        after = self.after[self.asked.people.tolist().index(name)]
        return None if after < 0 else self.asked.posts[after]

    def unit(self, name: str) -> str | None:
        after = self.after[self.asked.people.tolist().index(name)]
        return self.unit_of(after)

    def unit_of(self, post: int) -> str | None:
        return None if post < 0 else self.asked.unit[post]

    def moved(self, name: str) -> bool:
        return self.asked.people.tolist().index(name) in self.moves

    def is_gone(self, name: str) -> bool:
        return self.moved(name) and self.asked.people.tolist().index(name) not in self.lent


def best_of_all(asked: Problem) -> int | None:
    """Return the worth of the best plan among all there are; None if none keeps the demands."""
    columns = (asked.person, asked.post, asked.worth, asked.cost, asked.is_lent)
    offers = list(zip(*(each.tolist() for each in columns), strict=True))
    holds = asked.holds.tolist()
    stay = [(row, held, 0, 0, False) for row, held in enumerate(holds)]
    choices = [
        [stay[row], *(offer for offer in offers if offer[0] == row)] for row in range(len(holds))
    ]
    best = None
    for taken in product(*choices):
        value = sum(offer[2] for offer in taken)
        if best is None or value > best:
            moves = [row for row, post, *_ in taken if post != holds[row]]
            after = tuple(post for _, post, *_ in taken)
            lent = frozenset(row for row, *_, is_lent in taken if is_lent)
            if _is_kept(Outcome(asked, after, moves, sum(offer[3] for offer in taken), lent)):
                best = value
    return best


def _is_kept(end: Outcome) -> bool:
    seats = (end.asked.filled + end.asked.open).tolist()
    taken = [*end.after, *(int(end.asked.holds[row]) for row in end.lent)]  # who is lent has two
    if any(taken.count(post) > seats[post] for post in {end.after[row] for row in end.moves}):
        return False
    return all(KEPT[type(demand)](end, demand) for demand in end.asked.demands)


def _floor(end: Outcome, floor: Floor) -> bool:
    family = [*end.asked.family.tolist(), None]
    inside = [
        post
        for post in end.after
        if post >= 0
        and floor.unit in (None, end.unit_of(post))
        and floor.family in (None, family[post])
    ]
    return len(inside) >= floor.least


def _moves(end: Outcome, demand: MostMoves) -> bool:
    units = [(end.unit_of(end.asked.holds[row]), end.unit_of(end.after[row])) for row in end.moves]
    return (
        len([each for each in units if demand.unit is None or demand.unit in each]) <= demand.most
    )


def _depth(end: Outcome, demand: Any) -> bool:
    """Whether moves can be put in order of steps: open seats first, then those just left."""
    steps = product(range(1, demand.most + 1), repeat=len(end.moves))
    return any(_in_order(end, dict(zip(end.moves, each, strict=True))) for each in steps)


def _in_order(end: Outcome, step: dict[int, int]) -> bool:
    comes = Counter((end.after[row], step[row]) for row in end.moves)
    goes = Counter((end.freed(row), step[row] + 1) for row in end.moves)
    return all(
        count <= (end.asked.open[post] if number == 1 else goes[post, number])
        for (post, number), count in comes.items()
    )


KEPT: dict[type[Demand], Callable[[Outcome, Any], bool]] = {
    Floor: _floor,
    MostMoves: _moves,
    Budget: lambda end, demand: end.cost <= demand.most,
    Depth: _depth,
    Must: lambda end, pin: end.post(pin.person) == pin.post,
    MustNot: lambda end, pin: end.post(pin.person) != pin.post or not end.moved(pin.person),
    Keep: lambda end, pin: not end.moved(pin.person),
    Place: lambda end, pin: end.is_gone(pin.person),
    Together: lambda end, two: end.unit(two.person) == end.unit(two.other),
    Apart: lambda end, two: (
        end.unit(two.person) is None or end.unit(two.person) != end.unit(two.other)
    ),
}


def moved(asked: Problem, rows: Ints) -> dict[str, str]:
    """Return the post of each person who moves, by ids."""
    people, posts = asked.people[asked.person[rows]], asked.posts[asked.post[rows]]
    return dict(zip(people.tolist(), posts.tolist(), strict=True))
