"""A plan at once: the flow without what goes across it, chain by chain as far as that fits."""

from dataclasses import replace

import numpy as np

from mutasi.planning import network
from mutasi.planning.chains import chains, links
from mutasi.planning.demands import Demand, Depth
from mutasi.planning.problem import Ints
from mutasi.planning.rows import Key, Program, program


def plan_at_once(rows: Program) -> tuple[Ints | None, Ints]:
    """Return a plan that keeps all limits if one is at hand, and prices that bound any.

    The best plan under seats, floors of units and pins alone is worth at least as much as
    any; its prices are a bound.  Of its chains the best go first, each as far as a stated
    depth lets it, and those that would break a limit are left out.

    Args:
        rows: The limits.

    Returns:
        Columns of the moves, None if those who must move are not all among them; and the
        price of each row.
    """
    problem = rows.problem
    numbers = [n for n, each in enumerate(problem.demands) if network.is_within(each)]
    within: tuple[Demand, ...] = tuple(problem.demands[number] for number in numbers)
    alone = program(replace(problem, demands=within))
    flow = network.best_flow(alone)
    if flow is None:
        return None, np.zeros(len(rows.keys), dtype=np.int64)
    told = zip(alone.keys, flow.prices.tolist(), strict=True)
    priced = {_renumbered(key, numbers): price for key, price in told}
    prices = np.array([_price(key, priced) for key in rows.keys], dtype=np.int64)
    return _as_far_as_fits(rows, alone.pair[flow.columns]), prices


def _renumbered(key: Key, numbers: list[int]) -> Key:
    """Return the key of a row among all demands, from that among some."""
    return (numbers[int(key[0])], *key[1:]) if isinstance(key[0], int) else key


def _price(key: Key, priced: dict[Key, int]) -> int:
    """Return the price of a row; a seat of any step costs what a seat does."""
    return priced.get(("seats", key[-1]) if key[0] == "step" else key, 0)


def _as_far_as_fits(rows: Program, moves: Ints) -> Ints | None:
    problem = rows.problem
    depth = min((each.most for each in problem.of(Depth)), default=0)
    taken = links(problem, moves, np.zeros_like(moves))
    column = {each: place for place, each in enumerate(zip(rows.pair, rows.step, strict=True))}
    groups = []
    for chain in chains(taken):
        if depth and taken[chain[0]] is not None:
            continue  # a ring
        kept = [int(moves[place]) for place in chain[: depth or None]]
        steps = range(1, len(kept) + 1) if depth else [0] * len(kept)
        groups.append([column[pair, step] for pair, step in zip(kept, steps, strict=True)])
    must = ~problem.may_stay
    first = {
        place: (not must[rows.person[group]].any(), -int(rows.worth[group].sum()))
        for place, group in enumerate(groups)
    }
    columns = rows.matrix.tocsc()
    used = np.zeros(len(rows.keys), dtype=np.int64)
    chosen: list[int] = []
    moved: set[int] = set()
    for place in sorted(first, key=first.__getitem__):
        more = used + np.asarray(columns[:, groups[place]].sum(axis=1))
        people = rows.person[groups[place]].tolist()
        is_new = len(moved | set(people)) == len(moved) + len(people)
        if is_new and (more <= rows.limit).all():
            used, chosen, moved = more, chosen + groups[place], moved | set(people)
    found = np.array(chosen, dtype=np.int64)
    missing = np.setdiff1d(np.flatnonzero(must), rows.person[found])
    return found if rows.keeps(found) and not len(missing) else None
