"""Invented regions of any size to be planned for: numbers alone, no lives."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mutasi.planning import Problem
from mutasi.planning.demands import Apart, Budget, Demand, Floor, MostMoves, Together

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How large a region is.

    Attributes:
        people: People, each in a post.
        posts: Posts.
        vacancies: Posts with an open seat.
        units: Units, each with a floor.
        others: Posts that are looked at beside those that are open.
        candidates: Candidates of each post that is looked at.
    """

    people: int
    posts: int
    vacancies: int
    units: int
    others: int
    candidates: int


def assignment(people: int, posts: int, best: int = 50, seed: int = 1) -> Problem:
    """Return people without posts, and for each post its best few of them."""
    random = np.random.default_rng(seed)
    post = np.repeat(np.arange(posts), min(best, people))
    person = np.concatenate(
        [random.choice(people, min(best, people), replace=False) for _ in range(posts)]
    )
    return _problem(
        random,
        holds=np.full(people, -1),
        unit=np.zeros(posts, dtype=np.int64),
        open_=np.ones(posts, dtype=np.int64),
        person=person,
        post=post,
        worth=random.integers(0, 100_000, len(post)),
    )


def region(size: Size, seed: int = 1) -> Problem:
    """Return people in posts of units that keep all but one of theirs."""
    random = np.random.default_rng(seed)
    holds = random.integers(0, size.posts, size.people)
    open_ = np.zeros(size.posts, dtype=np.int64)
    open_[random.choice(size.posts, size.vacancies, replace=False)] = 1
    more = random.choice(size.posts, min(size.others, size.posts), replace=False)
    looked = np.union1d(np.flatnonzero(open_), more)
    post = np.repeat(looked, size.candidates)
    person = random.integers(0, size.people, len(post))
    code = np.unique(person * size.posts + post)
    person, post = np.divmod(code, size.posts)
    other = holds[person] != post
    person, post = person[other], post[other]
    worth = (
        random.normal(0, 40_000, len(person))
        + random.normal(0, 30_000, size.posts)[post]
        - random.normal(0, 10_000, size.people)[person]
    )
    made = _problem(
        random,
        holds=holds,
        unit=random.integers(0, size.units, size.posts),
        open_=open_,
        person=person,
        post=post,
        worth=np.rint(worth).astype(np.int64),
    )
    floors = [
        Floor(max(int(made.filled[rows].sum()) - 1, 0), unit) for unit, rows in made.units.items()
    ]
    return replace(made, demands=tuple(floors))


def crossed(size: Size, seed: int = 1) -> Problem:
    """Return a region with floors of families, caps, a budget, couples and people kept apart."""
    made = region(size, seed)
    random = np.random.default_rng(seed)
    families = [
        Floor(int(made.filled[rows].sum()), family=family) for family, rows in made.families.items()
    ]
    movers = random.permutation(np.unique(made.person))
    units = made.unit[made.holds[movers]]
    couples: list[Demand] = []
    for unit in np.unique(units.astype(str))[: size.units // 40]:
        one, *rest = made.people[movers[units == unit]].tolist()
        couples += [Together(one, other) for other in rest[:1]]
    strangers: list[Demand] = [
        Apart(str(made.people[one]), str(made.people[two]))
        for one, two in movers[: size.units // 20 * 2].reshape(-1, 2)
        if made.unit[made.holds[one]] != made.unit[made.holds[two]]
    ]
    caps = [MostMoves(4, unit) for unit in list(made.units)[::4]]
    limits = [MostMoves(size.vacancies * 3 // 5), Budget(size.vacancies * 3)]
    demands = (*made.demands, *families, *caps, *limits, *couples, *strangers)
    return replace(made, demands=demands)


def _problem(
    random: np.random.Generator,
    *,
    holds: Ints,
    unit: Ints,
    open_: Ints,
    person: Ints,
    post: Ints,
    worth: Ints,
) -> Problem:
    return Problem(
        people=np.array([f"P{row}" for row in range(len(holds))], dtype=object),
        holds=holds,
        posts=np.array([f"J{row}" for row in range(len(unit))], dtype=object),
        unit=np.array([f"U{row}" for row in unit], dtype=object),
        family=np.array([f"F{row}" for row in random.integers(0, 12, len(unit))], dtype=object),
        open=open_,
        person=person,
        post=post,
        worth=worth,
        cost=random.integers(1, 20, len(person)),
    )
