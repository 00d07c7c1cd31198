"""A plan as a linear program: one column a possible move, one row a limit.

``matrix @ chosen <= limit``, where ``chosen`` is 1 for each move that is made.  That
nobody moves twice is no row: the price of a person is always the best that is left of
their moves.  With a stated depth, a move has one column for each number of moves that
it is away from an open seat.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from mutasi.planning.demands import Apart, Budget, Depth, Floor, MostMoves, Together
from mutasi.planning.problem import Floats, Ints, Problem

Key = tuple[str | int, ...]
"""What a row limits: ``("seats", post)``, ``("step", step, post)``, or the number of a
demand, for one of people with the unit and the direction."""

PRICE_STEPS = 1_000_000
"""Prices are a million times finer than utilities: a budget is counted in rupiah, and what one
more of them is worth is about a thousandth of a step."""


@dataclass(frozen=True, eq=False)
class Block:
    """Limits of one kind.

    Attributes:
        keys: What each row limits.
        matrix: What each column takes of each row; shape ``(rows, columns)``.
        limit: How much there is of each row.
    """

    keys: list[Key]
    matrix: csr_array
    limit: Ints


@dataclass(frozen=True, eq=False)
class Program:
    """The limits of a problem.

    Attributes:
        problem: The problem.
        pair: The pair of each column.
        step: How many moves each column is away from an open seat; 0 where that is open.
        keys: What each row limits.
        matrix: What each column takes of each row; shape ``(rows, columns)``.
        limit: How much there is of each row.
    """

    problem: Problem
    pair: Ints
    step: Ints
    keys: tuple[Key, ...]
    matrix: csr_array
    limit: Ints

    @cached_property
    def worth(self) -> Ints:
        """What each column is worth."""
        return np.asarray(self.problem.worth[self.pair])

    @cached_property
    def person(self) -> Ints:
        """Row of the person of each column."""
        return np.asarray(self.problem.person[self.pair])

    def bound(self, prices: Ints) -> tuple[int, Ints]:
        """Return what no plan can be worth more than, whatever the prices of the rows.

        Each person's best move after prices, or staying, plus all limits at their price:
        a plan breaks no limit, so it is worth no more (Geoffrion 1974).

        Args:
            prices: Of each row, not below zero, in steps of ``1 / PRICE_STEPS``.

        Returns:
            The bound and what is left of each column, in the same steps.
        """
        left = self.worth * PRICE_STEPS - np.asarray(self.matrix.T @ prices)
        return int(self.limit @ prices) + sum(self.best(left).tolist()), left

    def best(self, left: Ints) -> Ints:
        """Return the most that each person's moves leave; staying leaves 0."""
        found = np.where(self.problem.may_stay, 0, np.iinfo(np.int64).min // 4)
        np.maximum.at(found, self.person, left)
        return found

    def keeps(self, columns: Ints) -> bool:
        """Return whether chosen columns break no limit."""
        chosen = np.zeros(len(self.pair), dtype=np.int64)
        chosen[columns] = 1
        return bool((self.matrix @ chosen <= self.limit).all())


def program(problem: Problem) -> Program:
    """Return the limits of a problem, as rows over the moves that its pins leave."""
    depths = [demand.most for demand in problem.of(Depth)]
    allowed = np.flatnonzero(problem.allowed)
    steps = np.arange(1, min(depths) + 1) if depths else np.zeros(1, dtype=np.int64)
    pair, step = np.repeat(allowed, len(steps)), np.tile(steps, len(allowed))
    numbered = list(enumerate(problem.demands))
    blocks = [
        _by_step(problem, pair, step) if depths else _seats(problem, pair),
        _floors(problem, pair, [(n, each) for n, each in numbered if isinstance(each, Floor)]),
        _moves(problem, pair, [(n, each) for n, each in numbered if isinstance(each, MostMoves)]),
        *(_budget(problem, pair, n, each) for n, each in numbered if isinstance(each, Budget)),
        *(
            _of_two(problem, pair, n, each)
            for n, each in numbered
            if isinstance(each, Together | Apart)
        ),
    ]
    return Program(
        problem=problem,
        pair=pair,
        step=step,
        keys=tuple(key for block in blocks for key in block.keys),
        matrix=csr_array(vstack([block.matrix for block in blocks])),
        limit=np.concatenate([block.limit for block in blocks]),
    )


def _seats(problem: Problem, pair: Ints) -> Block:
    """Return that no more come to a post than leave it and than are missing."""
    posts, size = np.unique(problem.post[pair]), len(problem.posts)
    matrix = (_at(problem.post[pair], size) - _at(problem.freed[pair], size))[posts]
    keys: list[Key] = [("seats", name) for name in problem.posts[posts]]
    return Block(keys, matrix, problem.open[posts])


def _by_step(problem: Problem, pair: Ints, step: Ints) -> Block:
    """Return that moves of the first step take open seats, others those left a step before."""
    most, size = int(step.max(initial=1)), len(problem.posts)
    comes = problem.post[pair] + size * (step - 1)
    goes = np.where(problem.freed[pair] >= 0, problem.freed[pair] + size * step, -1)
    places = np.unique(comes)
    matrix = (_at(comes, most * size) - _at(goes, (most + 1) * size)[: most * size])[places]
    number, post = np.divmod(places, size)
    keys: list[Key] = [
        ("step", int(n) + 1, name) for n, name in zip(number, problem.posts[post], strict=True)
    ]
    return Block(keys, matrix, np.where(number == 0, problem.open[post], 0))


def _floors(problem: Problem, pair: Ints, floors: list[tuple[int, Floor]]) -> Block:
    """Return that more do not leave than come and than a floor spares."""
    inside = [problem.covered(floor) for _, floor in floors]
    spare = [
        int(problem.filled[posts].sum()) - floor.least
        for posts, (_, floor) in zip(inside, floors, strict=True)
    ]
    goes, comes = _touched(problem, pair, inside)
    keys: list[Key] = [(number,) for number, _ in floors]
    return Block(keys, goes - comes, np.array(spare, dtype=np.int64))


def _moves(problem: Problem, pair: Ints, demands: list[tuple[int, MostMoves]]) -> Block:
    inside = [problem.covered(Floor(0, each.unit)) for _, each in demands]
    goes, comes = _touched(problem, pair, inside)
    counted = csr_array(goes + comes)
    counted.data = np.minimum(counted.data, 1)
    keys: list[Key] = [(number,) for number, _ in demands]
    return Block(keys, counted, np.array([each.most for _, each in demands], dtype=np.int64))


def _touched(problem: Problem, pair: Ints, inside: list[Ints]) -> tuple[csr_array, csr_array]:
    """Return which columns leave, and which come to, each of some sets of posts."""
    size = len(problem.posts)
    starts = np.concatenate([[0], np.cumsum([len(posts) for posts in inside])])
    posts = np.concatenate([np.empty(0, dtype=np.int64), *inside])
    sets = csr_array((np.ones_like(posts), posts, starts), shape=(len(inside), size))
    return (
        csr_array(sets @ _at(problem.left[pair], size)),
        csr_array(sets @ _at(problem.post[pair], size)),
    )


def _budget(problem: Problem, pair: Ints, number: int, budget: Budget) -> Block:
    costs = csr_array(problem.cost[pair].reshape(1, -1))
    return Block([(number,)], costs, np.array([budget.most], dtype=np.int64))


def _of_two(problem: Problem, pair: Ints, number: int, demand: Together | Apart) -> Block:
    """Return that two people are in the same unit afterwards, or never in one."""
    both = [problem.person_row[name] for name in (demand.person, demand.other)]
    columns = np.flatnonzero(np.isin(problem.person[pair], both))
    comes = problem.unit[problem.post[pair[columns]]]
    is_first = problem.person[pair[columns]] == both[0]
    home = [problem.unit[held] if held >= 0 else None for held in problem.holds[both]]
    keys: list[Key] = []
    weights, limits = [np.empty((0, len(columns)), dtype=np.int64)], []
    for unit in sorted({*comes, *home} - {None}):
        now = [int(each == unit) for each in home]
        changes = (comes == unit).astype(np.int64) - np.where(is_first, *now)
        if isinstance(demand, Apart):
            keys.append((number, unit, 1))
            weights.append(changes[None])
            limits.append(1 - sum(now))
        else:
            keys += [(number, unit, 1), (number, unit, -1)]
            apart = np.where(is_first, changes, -changes)
            weights.append(np.stack([apart, -apart]))
            limits += [now[1] - now[0], now[0] - now[1]]
    wide = _at(columns, len(pair))
    return Block(
        keys,
        csr_array(csr_array(np.concatenate(weights)) @ wide.T),
        np.array(limits, dtype=np.int64),
    )


def _at(row: Ints, rows: int) -> csr_array:
    """Return a matrix with a one in each column, at its row; none where that is below zero."""
    columns = np.flatnonzero(row >= 0)
    ones = np.ones_like(columns)
    return csr_array((ones, (row[columns], columns)), shape=(rows, len(row)))


def whole(prices: Floats) -> Ints:
    """Return prices of steps of utility, as a solver tells them, in whole finer steps."""
    return np.asarray(np.rint(np.maximum(prices, 0.0) * PRICE_STEPS), dtype=np.int64)
