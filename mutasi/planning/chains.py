"""Who takes whose seat: the chains of a plan, and rings of exchanges."""

from collections import defaultdict

import numpy as np

from mutasi.planning.problem import Ints, Problem

Links = list[int | None]
"""For each move, the place of the move whose seat it takes; None where it is open now."""


def links(problem: Problem, moves: Ints, step: Ints) -> Links:
    """Return whose seat each move takes.

    Seats that are open now are taken first, by the moves that come first; with a stated
    depth, a move takes the seat of one that is a step nearer to an open seat.

    Args:
        problem: The problem.
        moves: Rows of the pairs that move.
        step: How many moves each is away from an open seat; 0 where no depth was stated.
    """
    is_deep = bool(step.any())
    left: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (held, number) in enumerate(zip(problem.freed[moves], step.tolist(), strict=True)):
        left[int(held), number + is_deep].append(place)
    open_ = problem.open.copy()
    found: Links = []
    for post, number in zip(problem.post[moves].tolist(), step.tolist(), strict=True):
        takes_open = bool(open_[post] > 0) and number <= 1
        open_[post] -= takes_open
        found.append(None if takes_open else left[post, number].pop(0))
    return found


def chains(taken: Links) -> list[list[int]]:
    """Return the moves of each chain, from the open seat on; a ring begins anywhere.

    >>> chains([None, 0, None, 1, 5, 4])
    [[0, 1, 3], [2], [4, 5]]
    """
    following = {link: place for place, link in enumerate(taken) if link is not None}
    seen = np.zeros(len(taken), dtype=bool)
    found = []
    for begin in sorted(range(len(taken)), key=lambda place: taken[place] is not None):
        chain = []
        place: int | None = begin
        while place is not None and not seen[place]:
            seen[place] = True
            chain.append(place)
            place = following.get(place)
        if chain:
            found.append(chain)
    return found
