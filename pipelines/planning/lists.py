"""Lists that agree with a plan: by what a move is worth after the price of what it takes.

By worth alone everybody is sent to the same few posts, and the same few people are first
for every post.  Prices of seats and floors tell what these are worth to others: after
them the first of a list is whom, or where, the plan sends, where the plan is proven best;
else who is sent may be behind by as much as is unproven.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mutasi.certificate import Content
from mutasi.errors import DemandUnknown
from mutasi.planning import RESOLUTION
from mutasi.planning.plan import problem_of
from mutasi.planning.problem import Floats, Ints, Problem
from mutasi.planning.rows import PRICE_STEPS, program
from mutasi.snapshot import Snapshot
from pipelines.pages.figure import Part
from pipelines.planning.checking import content_of
from pipelines.planning.schema import Crowd, CrowdName

Key = tuple[str | int, ...]


class Listed(Part):
    """One of a list.

    Attributes:
        person: NIP.
        post: Id of the post.
        unit: Id of its unit.
        until: Until when the person would be lent there; None where they would move.
        worth: What the move is worth beyond staying, T points.
        price: What it takes from others: the seat, and what floors and limits cost.
        left: What is left of the worth.
        behind: By how much that is below the person's best.
        is_planned: Whether the plan makes this move.
    """

    person: str
    post: str
    unit: str
    until: str | None
    worth: float
    price: float
    left: float
    behind: float
    is_planned: bool


@dataclass(frozen=True, eq=False)
class Priced:
    """The pairs of a question, after prices.

    Attributes:
        problem: The question.
        left: What is left of each pair's worth, T points; that of its cheapest way.
        behind: By how much that is below the best of its person, staying among it.
        planned: Rows of the pairs that move.
    """

    problem: Problem
    left: Floats
    behind: Floats
    planned: Ints

    def listed(self, rows: Ints) -> tuple[Listed, ...]:
        """Return some pairs, in their order."""
        problem, planned = self.problem, set(self.planned.tolist())
        worth = problem.worth * RESOLUTION
        return tuple(
            Listed(
                person=str(problem.people[problem.person[row]]),
                post=str(problem.posts[problem.post[row]]),
                unit=str(problem.unit[problem.post[row]]),
                until=problem.until if problem.is_lent[row] else None,
                worth=float(worth[row]),
                price=float(worth[row] - self.left[row]),
                left=float(self.left[row]),
                behind=float(self.behind[row]),
                is_planned=row in planned,
            )
            for row in rows.tolist()
        )

    def of_person(self, person: str) -> tuple[Listed, ...]:
        """Return where a person might go, what leaves most first.

        Raises:
            DemandUnknown: If the plan knows nobody of this number.
        """
        return self.listed(self._best("person", person, self.problem.person_row, -self.left))

    def of_post(self, post: str) -> tuple[Listed, ...]:
        """Return who might go to a post, those first who are worth least elsewhere beside it.

        Raises:
            DemandUnknown: If the plan knows no such post.
        """
        return self.listed(self._best("post", post, self.problem.post_row, self.behind))

    def _best(self, name: str, value: str, rows: dict[str, int], order: Floats) -> Ints:
        if value not in rows:
            raise DemandUnknown(field=name, name=name, value=value)
        own: Ints = getattr(self.problem, name)
        found = np.flatnonzero((own == rows[value]) & self.problem.allowed)
        is_planned = np.isin(found, self.planned)
        worth = self.problem.worth[found]
        return found[np.lexsort((-worth, ~is_planned, np.round(order[found], 6)))]


def priced(problem: Problem, moves: Ints, price: Callable[[Key], int]) -> Priced:
    """Return the pairs of a question after prices.

    Args:
        problem: The question.
        moves: Rows of the pairs that move.
        price: Of each row of its program, in steps of price.
    """
    rows = program(problem)
    _, left = rows.bound(np.array([price(key) for key in rows.keys], dtype=np.int64))
    scale = RESOLUTION / PRICE_STEPS
    best = np.full(len(problem.person), -np.inf)
    np.maximum.at(best, rows.pair, left * scale)
    behind = (rows.best(left) * scale)[problem.person] - best
    return Priced(problem, best, behind, moves)


def read(path: Path) -> Priced:
    """Return the pairs of a plan's own file after its prices, once the checker passed it.

    Raises:
        PlanUnreadable: If it is no plan.
        PlanBroken: If it does not keep what it says.
    """
    content: Content = content_of(path)
    finer = PRICE_STEPS // content["price_steps"]  # than those of plans made before
    prices = {tuple(key): price * finer for *key, price in content["prices"]}
    moves = np.array(content["moves"]["pair"], dtype=np.int64)
    return priced(problem_of(content), moves, lambda key: prices.get(key, 0))


def crowds(found: Priced) -> tuple[Crowd, ...]:
    """Return how many lists have the same first, by worth alone and after prices.

    After prices the first of a post is who is behind their best by least, and the first of a
    person where most is left; who is best off staying has no list.
    """
    problem, worth = found.problem, found.problem.worth
    allowed = np.flatnonzero(problem.allowed)
    is_planned = np.isin(np.arange(len(worth)), found.planned)
    on_open = allowed[problem.open[problem.post[allowed]] > 0]
    behind, left = np.round(found.behind, 6), np.round(found.left, 6)
    gains, stays_out = (
        allowed[worth[allowed] > 0],
        allowed[is_planned[allowed] | (left[allowed] > 0)],
    )
    by_worth = np.lexsort((-worth,))
    by_behind = np.lexsort((-worth, ~is_planned, behind))
    by_left = np.lexsort((-worth, ~is_planned, -left))
    person, post = problem.person, problem.post
    return (
        _crowd("posts_alone", post, person, on_open, by_worth),
        _crowd("posts_priced", post, person, on_open, by_behind),
        _crowd("people_alone", person, post, gains, by_worth),
        _crowd("people_priced", person, post, stays_out, by_left),
    )


def _crowd(name: CrowdName, of: Ints, what: Ints, rows: Ints, order: Ints) -> Crowd:
    """Return how often the same one is first of the lists of some rows, in an order of all."""
    ordered = order[np.isin(order, rows)]
    first = ordered[np.unique(of[ordered], return_index=True)[1]]
    times = np.unique(what[first], return_counts=True)[1]
    return Crowd(
        name=name,
        lists=len(first),
        firsts=len(times),
        most=int(times.max(initial=0)),
        effective=float(len(first) ** 2 / max(np.square(times).sum(), 1)),
    )


def names_of(snapshot: Snapshot) -> dict[str, str]:
    """Return what people and posts are called, by id."""
    people, posts = snapshot.employees, snapshot.positions
    names = zip(people["employee_id"], people["employee_name"], strict=True)
    titles = zip(posts["position_id"], posts["title"], posts["unit_name"], strict=True)
    return {name: told for name, told in names if told} | {
        post: f"{title} · {unit}" for post, title, unit in titles
    }
