"""The moves of a plan as people read them: from where, to where, after whom, and why here."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from mutasi.planning import RESOLUTION, Plan
from mutasi.planning.rows import PRICE_STEPS
from mutasi.snapshot import Snapshot
from pipelines.planning.question import Question
from pipelines.planning.schema import Move, Next, Post

Links = list[int | None]
"""For each move, the move whose seat it takes; None where the seat is open now."""


def moves(snapshot: Snapshot, asked: Question, plan: Plan) -> tuple[Move, ...]:
    """Return the moves of a plan, chain by chain.

    Args:
        snapshot: The region.
        asked: What the numbers stand for.
        plan: The plan.
    """
    told = _Telling(snapshot, asked, plan)
    links = seats(plan)
    found = [
        told.move(int(pair), chain, None if link is None else int(plan.moves[link]))
        for pair, chain, link in zip(plan.moves, chains(links), links, strict=True)
    ]
    return tuple(sorted(found, key=lambda move: move.chain))


def seats(plan: Plan) -> Links:
    """Return whose seat each move takes.

    Seats that are open now are taken first, by the moves that come first; with a stated
    depth, a move takes the seat of one that is a step nearer to an open seat.
    """
    problem, steps = plan.problem, plan.step.tolist()
    is_deep = any(steps)
    left: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (held, step) in enumerate(zip(problem.left[plan.moves], steps, strict=True)):
        left[int(held), step + is_deep].append(place)
    open_ = problem.open.copy()
    links: Links = []
    for post, step in zip(problem.post[plan.moves].tolist(), steps, strict=True):
        takes_open = open_[post] > 0 and step <= 1
        open_[post] -= takes_open
        links.append(None if takes_open else left[post, step].pop(0))
    return links


def chains(links: Links) -> list[int]:
    """Return the number of each move's chain: moves that take each other's seats.

    >>> chains([None, 0, None, 1])
    [1, 1, 2, 1]
    """
    chain = list(range(len(links)))
    for place, other in enumerate(links):
        if other is not None:
            joined, gone = sorted((chain[place], chain[other]))
            chain = [joined if number == gone else number for number in chain]
    numbers = {number: place for place, number in enumerate(dict.fromkeys(chain), start=1)}
    return [numbers[number] for number in chain]


class _Telling:
    """Names and neighbours of the pairs of a plan."""

    def __init__(self, snapshot: Snapshot, asked: Question, plan: Plan) -> None:
        self.names = snapshot.employees["employee_name"][asked.employee]
        self.posts = snapshot.positions
        self.asked, self.plan, self.problem = asked, plan, plan.problem
        self.rest = plan.problem.allowed.copy()
        self.rest[plan.moves] = False
        self.moving = set(plan.problem.person[plan.moves].tolist())
        self.filled = set(plan.problem.post[plan.moves].tolist())

    def move(self, pair: int, chain: int, after: int | None) -> Move:
        """Return a move; ``after`` is the pair whose seat it takes."""
        problem, offers = self.problem, self.asked.offers
        person, post, held = (
            int(each[pair]) for each in (problem.person, problem.post, problem.left)
        )
        gain = float(offers.value[pair] - offers.staying[pair])
        price = self.plan.prices.get(("seats", str(problem.posts[post])), 0)
        return Move(
            person=str(problem.people[person]),
            name=self.names[person],
            origin=None if held < 0 else self.post(held),
            to=self.post(post),
            chain=chain,
            after=None if after is None else str(problem.people[problem.person[after]]),
            worth=self.worth(pair),
            gain=None if np.isnan(gain) else gain,
            chance=float(offers.acceptance[pair]),
            price=price / PRICE_STEPS * RESOLUTION,
            person_next=self.person_next(person),
            post_next=self.post_next(post),
        )

    def post(self, row: int) -> Post:
        """Return a post as people know it."""
        return Post(
            post=self.posts["position_id"][row],
            title=self.posts["title"][row],
            unit=self.posts["unit_name"][row],
        )

    def worth(self, pair: int) -> float:
        """Return what a move is worth, T points."""
        return float(self.problem.worth[pair] * RESOLUTION)

    def person_next(self, person: int) -> Next | None:
        """Return the best post of a person that the plan does not give them."""
        pair = self._best(self.problem.person == person)
        if pair is None:
            return None
        there = self.post(int(self.problem.post[pair]))
        return Next(
            name=f"{there.title} · {there.unit}",
            worth=self.worth(pair),
            is_taken=int(self.problem.post[pair]) in self.filled,
        )

    def post_next(self, post: int) -> Next | None:
        """Return the best person for a post whom the plan does not send there."""
        pair = self._best(self.problem.post == post)
        if pair is None:
            return None
        person = int(self.problem.person[pair])
        return Next(
            name=str(self.names[person] or self.problem.people[person]),
            worth=self.worth(pair),
            is_taken=person in self.moving,
        )

    def _best(self, wanted: NDArray[np.bool_]) -> int | None:
        rows = np.flatnonzero(wanted & self.rest)
        return int(rows[self.problem.worth[rows].argmax()]) if len(rows) else None
