"""The plan as one flow: people leave posts and come to posts, and what flows is whole.

Nodes are the outside, units (and families of units) with a floor, posts, and people.
A person is an arc from the post that they hold to themselves, and one to each post they
may move to; staying is no arc at all.  What comes to a post beyond what leaves it flows
to its unit, at most the seats that are open; what leaves a unit beyond what comes flows
in from outside, at most what its floor spares.  A seat that is left can be taken by the
next person in the same plan, so chains of any length and exchanges are paths and rings
of the same flow.  Who is lent leaves the unit but not the seat, so their arc begins above
their post; who may be lent or move, one of the two, fits no network.  A flow with whole
limits has a whole optimum, and its potentials are the prices of seats and floors (Ahuja,
Magnanti & Orlin 1993, chapters 9 and 11).
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from mutasi.planning.demands import Demand, Floor, Keep, Must, MustNot, Place
from mutasi.planning.problem import Ints, Problem
from mutasi.planning.rows import PRICE_STEPS, Key, Program

OUTSIDE = 0
IN_NETWORK = (Floor, Must, MustNot, Keep, Place)


@dataclass(frozen=True, eq=False)
class Network:
    """Arcs of the flow, those of the moves first and in the order of the columns.

    Attributes:
        tail: Where each arc begins.
        head: Where each arc ends.
        least: How much must flow.
        most: How much may flow.
        cost: What a unit costs, steps of utility.
        post: Node of each post.
        above: Node that each post flows to.
        floor: Node of each floor, with the node that it flows to, by number of the demand.
    """

    tail: Ints
    head: Ints
    least: Ints
    most: Ints
    cost: Ints
    post: Ints
    above: Ints
    floor: dict[int, tuple[int, int]]

    @property
    def size(self) -> int:
        """The number of nodes."""
        return int(max(self.tail.max(initial=0), self.head.max(initial=0))) + 1


@dataclass(frozen=True, eq=False)
class Flow:
    """A best flow.

    Attributes:
        columns: Columns of the moves that are made.
        prices: Of each row of the program.
    """

    columns: Ints
    prices: Ints


def is_within(demand: Demand) -> bool:
    """Return whether a demand is part of the flow, not a row across it."""
    return isinstance(demand, IN_NETWORK) and getattr(demand, "unit", "") is not None


def fits(problem: Problem) -> bool:
    """Return whether a problem is a flow as it stands, without rows across it."""
    return not problem.is_two_ways.any() and all(map(is_within, problem.demands))


def best_flow(program: Program) -> Flow | None:
    """Return the best plan of a problem that fits a network; None if there is none.

    Of one that does not only for people who may both move and be lent, they may do both in
    what is returned: it is worth at least as much as any plan.

    Raises:
        ValueError: If the solver refuses the network; one of whole numbers it does not.
    """
    arcs = arcs_of(program)
    flow = _solved(arcs)
    if flow is None:
        return None
    return Flow(np.flatnonzero(flow[: len(program.pair)]), _prices(program, arcs, flow))


def arcs_of(program: Program) -> Network:
    """Return the arcs of a problem that fits a network."""
    problem, pair = program.problem, program.pair
    floors = _floors(problem)
    post = 1 + np.arange(len(problem.posts))
    above = np.zeros(len(post), dtype=np.int64)
    place: dict[int, tuple[int, int]] = {}
    sides = []
    for node, (number, floor) in enumerate(floors, start=1 + len(post)):
        inside = problem.covered(floor)
        upward = above[inside[0]] if len(inside) else OUTSIDE
        place[number] = (node, int(upward))
        above[inside] = node
        spare = int(problem.filled[inside].sum()) - floor.least
        sides.append((node, upward, max(-spare, 0), len(problem.people)))
        sides.append((upward, node, 0, max(spare, 0)))
    lent = problem.is_lent[pair]
    key = 2 * program.person + lent  # a person once for moves, once for being lent
    stuck = np.setdiff1d(np.flatnonzero(~problem.may_stay), program.person)
    ways = np.union1d(key, 2 * stuck)
    node_of = np.full(2 * len(problem.people), -1)
    node_of[ways] = 1 + len(post) + len(floors) + np.arange(len(ways))
    movers, is_lent = np.divmod(ways, 2)
    held = problem.holds[movers]
    origin = np.where(held < 0, OUTSIDE, np.where(is_lent, above[held], post[held]))
    plenty = np.full(len(post), len(problem.people))
    one, none = np.ones(len(ways), dtype=np.int64), np.zeros(len(post), dtype=np.int64)
    must = (~problem.may_stay & ~problem.is_two_ways)[movers].astype(np.int64)
    limited = np.array(sides, dtype=np.int64).reshape(-1, 4)
    parts = [
        (node_of[key], post[problem.post[pair]], 0 * pair, 0 * pair + 1),
        (origin, node_of[ways], must, one),
        (post, above, none, problem.open),
        (above, post, none, plenty),
        tuple(limited.T),
    ]
    tail, head, least, most = (np.concatenate(each) for each in zip(*parts, strict=True))
    cost = np.zeros(len(tail), dtype=np.int64)
    cost[: len(pair)] = -program.worth
    return Network(tail, head, least, most, cost, post, above, place)


def _floors(problem: Problem) -> list[tuple[int, Floor]]:
    """Return the floors with their numbers, those of whole units before those within them."""
    numbered = [(n, each) for n, each in enumerate(problem.demands) if isinstance(each, Floor)]
    return sorted(numbered, key=lambda each: each[1].family is not None)


def _solved(network: Network) -> Ints | None:
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.most - network.least, network.cost
    )
    supply = np.zeros(network.size, dtype=np.int64)
    np.add.at(supply, network.head, network.least)
    np.subtract.at(supply, network.tail, network.least)
    solver.set_nodes_supplies(np.arange(network.size), supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise ValueError(f"min-cost flow: {status}")
    flow = solver.flows(np.arange(len(network.tail)))
    return np.asarray(flow, dtype=np.int64) + network.least


def _prices(program: Program, network: Network, flow: Ints) -> Ints:
    """Return the price of each row: by how much the potential falls across its arc."""
    potential = _potentials(network, flow)
    of_post = np.maximum(potential[network.above] - potential[network.post], 0)
    by_key: dict[Key, int] = {
        ("seats", name): price
        for name, price in zip(program.problem.posts.tolist(), of_post.tolist(), strict=True)
    }
    for number, (node, upward) in network.floor.items():
        by_key[(number,)] = max(int(potential[node] - potential[upward]), 0)
    found = np.array([by_key[key] for key in program.keys], dtype=np.int64)
    return found * PRICE_STEPS


def _potentials(network: Network, flow: Ints) -> Ints:
    """Return potentials under which no arc with room left could lower the cost.

    They are the shortest ways of the residual network from a node that reaches all at
    no cost (Bellman 1958, Ford 1956); each round looks at the arcs from nodes that came
    nearer in the one before.
    """
    forth, back = flow < network.most, flow > network.least
    tail = np.concatenate([network.tail[forth], network.head[back]])
    head = np.concatenate([network.head[forth], network.tail[back]])
    cost = np.concatenate([network.cost[forth], -network.cost[back]])
    order = np.argsort(tail, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    starts = np.searchsorted(tail, np.arange(network.size + 1))
    potential = np.zeros(network.size, dtype=np.int64)
    nearer = np.arange(network.size)
    while len(nearer):
        counts = starts[nearer + 1] - starts[nearer]
        arcs = np.arange(counts.sum()) + np.repeat(
            starts[nearer] - np.cumsum(counts) + counts, counts
        )
        found = potential[tail[arcs]] + cost[arcs]
        better = found < potential[head[arcs]]
        reached = head[arcs[better]]
        np.minimum.at(potential, reached, found[better])
        is_nearer = np.zeros(network.size, dtype=bool)
        is_nearer[reached] = True
        nearer = np.flatnonzero(is_nearer)
    return potential
