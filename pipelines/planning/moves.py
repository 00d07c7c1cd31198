"""The moves of a plan as people read them: from where, to where, after whom, and why here."""

import numpy as np
from numpy.typing import NDArray

from models.offers import reasons
from models.recommender import Recommender
from mutasi.planning import RESOLUTION
from mutasi.planning.chains import chains, links
from mutasi.planning.plan import Plan
from mutasi.planning.rows import PRICE_STEPS
from pipelines.planning.question import Question
from pipelines.planning.schema import Move, Next, Post, Reason


def moves(recommender: Recommender, asked: Question, plan: Plan) -> tuple[Move, ...]:
    """Return the moves of a plan, chain by chain.

    Args:
        recommender: The region, and what its model says of moves.
        asked: What the numbers stand for.
        plan: The plan.
    """
    told = _Telling(recommender, asked, plan)
    taken = links(plan.problem, plan.moves, plan.step)
    follows = {link: place for place, link in enumerate(taken) if link is not None}
    return tuple(
        told.move(place, number, told.person(taken[place]), told.person(follows.get(place)))
        for number, chain in enumerate(chains(taken), start=1)
        for place in chain
    )


class _Telling:
    """Names and neighbours of the pairs of a plan."""

    def __init__(self, recommender: Recommender, asked: Question, plan: Plan) -> None:
        snapshot = recommender.snapshot
        self.names = snapshot.employees["employee_name"][asked.employee]
        self.posts = snapshot.positions
        self.asked, self.plan, self.problem = asked, plan, plan.problem
        self.reasons = reasons(recommender, asked.offers.at(plan.moves))
        self.rest = plan.problem.allowed.copy()
        self.rest[plan.moves] = False
        self.moving = set(plan.problem.person[plan.moves].tolist())
        self.filled = set(plan.problem.post[plan.moves].tolist())

    def person(self, place: int | None) -> str | None:
        """Return who makes a move."""
        if place is None:
            return None
        return str(self.problem.people[self.problem.person[self.plan.moves[place]]])

    def move(self, place: int, chain: int, after: str | None, backfill: str | None) -> Move:
        """Return a move, with whose seat it takes and who takes the seat that it leaves."""
        problem, offers = self.problem, self.asked.offers
        pair, step = int(self.plan.moves[place]), int(self.plan.step[place])
        person, post, held = (
            int(each[pair]) for each in (problem.person, problem.post, problem.left)
        )
        gain = float(offers.value[pair] - offers.staying[pair])
        name = str(problem.posts[post])
        price = self.plan.prices.get(("step", step, name) if step else ("seats", name), 0)
        return Move(
            person=str(problem.people[person]),
            name=self.names[person],
            origin=None if held < 0 else self.post(held),
            to=self.post(post),
            chain=chain,
            after=after,
            backfill=backfill,
            until=problem.until if problem.is_lent[pair] else None,
            worth=self.worth(pair),
            gain=None if np.isnan(gain) else gain,
            chance=float(offers.acceptance[pair]),
            price=price / PRICE_STEPS * RESOLUTION,
            person_next=self.person_next(person, post),
            post_next=self.post_next(person, post),
            reasons=tuple(
                Reason(
                    aspect=each.aspect.value,
                    concept=each.concept,
                    effect=each.effect,
                    facts=dict(each.facts),
                )
                for each in self.reasons[place]
            ),
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

    def person_next(self, person: int, post: int) -> Next | None:
        """Return the best post of a person but the one that they get."""
        pair = self._best((self.problem.person == person) & (self.problem.post != post))
        if pair is None:
            return None
        there = self.post(int(self.problem.post[pair]))
        return Next(
            name=f"{there.title} · {there.unit}",
            worth=self.worth(pair),
            is_taken=int(self.problem.post[pair]) in self.filled,
        )

    def post_next(self, person: int, post: int) -> Next | None:
        """Return the best person for a post but the one who gets it."""
        pair = self._best((self.problem.post == post) & (self.problem.person != person))
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
