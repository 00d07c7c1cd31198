"""Careers before the first simulated year, told coarsely."""

import numpy as np

from mutasi.simulation.arrays import YEAR, Ints
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.establishment import (
    CLERK_FAMILY,
    FAMILY_NAMES,
    RUNG_NAMES,
    STRUCTURAL_FAMILY,
    Establishment,
)
from mutasi.simulation.jobs import CLERKS, FAMILIES, STRUCTURAL

MOST_POSTS = 5
"""Earlier posts of a person, at most."""

SAME_FUNCTION = 0.55
"""Share of earlier posts that served the same function."""


def tell(region: Chronicle, held: Ints, day: int) -> None:
    """Add the careers of the people of the first day, up to the posts they hold.

    Args:
        region: The region, with people but without postings.
        held: The post of each person.
        day: The first simulated day.
    """
    rng, who, posts = region.rng, region.people, region.posts
    count = len(who)
    served = (day - who.appointed) / YEAR
    earlier = np.minimum(rng.poisson(served / 7.5), MOST_POSTS)
    earlier = np.where(who.contract, 0, earlier)
    lowest = np.where(posts.structural[held], np.minimum(posts.level[held], 3), 0)
    earlier = np.maximum(earlier, np.where(served > 2 * lowest + 1, lowest, 0))
    share = np.clip(rng.gamma(2.0, 1.9, count) / np.maximum(served, 0.1), 0.02, 0.8)
    since = np.where(
        earlier > 0, np.round(day - share * (day - who.appointed)), who.appointed
    ).astype(np.int64)
    post, end = held, since
    starts, posts_held, people, ends = [], [], [], []
    for back in range(MOST_POSTS):
        some = np.flatnonzero(earlier > back)
        if len(some) == 0:
            break
        left = earlier[some] - back
        before = _before(rng, posts, post[some])
        before = np.where(left == 1, _entry(rng, posts, before), before)
        pause = (end[some] - who.appointed[some]) / left
        start = np.where(
            left == 1,
            who.appointed[some],
            np.round(end[some] - pause * rng.uniform(0.7, 1.3, len(some))),
        ).astype(np.int64)
        start = np.maximum(start, who.appointed[some])
        people.append(some)
        posts_held.append(before)
        starts.append(start)
        ends.append(end[some] - 1)
        post, end = post.copy(), end.copy()
        post[some], end[some] = before, start
    for some, before, start, last in zip(
        people[::-1], posts_held[::-1], starts[::-1], ends[::-1], strict=True
    ):
        real = last >= start
        region.postings.begin(some[real], before[real], start[real], last[real])
    region.postings.begin(np.arange(count), held, since)


def _before(rng: np.random.Generator, posts: Establishment, post: Ints) -> Ints:
    """Return a post that people may have held before each post."""
    group = posts.group[post]
    before = post.copy()
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        family, rung = divmod(int(number), len(RUNG_NAMES))
        options = _groups_before(posts, family, rung)
        chosen = rng.choice(len(options), size=len(here))
        for option, pool in enumerate(options):
            mine = here[chosen == option]
            before[mine] = _one_alike(rng, posts, pool, post[mine])
    return before


def _entry(rng: np.random.Generator, posts: Establishment, post: Ints) -> Ints:
    """Return posts of entry on the way to each post: clerks' or the lowest of the family."""
    clerks = np.flatnonzero(posts.clerk & (posts.rung == RUNG_NAMES.index("PTK")))
    found = post.copy()
    leads = np.flatnonzero(posts.structural[post])
    if len(clerks) > 0:
        found[leads] = _one_alike(rng, posts, clerks, post[leads])
    for family in np.unique(posts.family[post]):
        if FAMILY_NAMES[family] in FAMILIES:
            mine = np.flatnonzero(posts.family[post] == family)
            kin = np.flatnonzero(posts.family == family)
            lowest = kin[posts.level[kin] == posts.level[kin].min()]
            found[mine] = _one_alike(rng, posts, lowest, post[mine])
    return found


def _groups_before(posts: Establishment, family: int, rung: int) -> list[Ints]:
    """Return the pools of posts from which holders of a rung of a family come."""
    same = np.flatnonzero((posts.family == family) & (posts.rung == rung))
    pools = [same]
    if family == STRUCTURAL_FAMILY:
        step = STRUCTURAL.index(RUNG_NAMES[rung])
        if step > 0:
            below = RUNG_NAMES.index(STRUCTURAL[step - 1])
            pools.append(np.flatnonzero(posts.structural & (posts.rung == below)))
        else:
            clerks = RUNG_NAMES.index("PTK")
            pools = [np.flatnonzero(posts.clerk & (posts.rung == clerks))]
    elif family == CLERK_FAMILY:
        names = list(CLERKS)
        place = names.index(RUNG_NAMES[rung])
        if place < 3:
            below = RUNG_NAMES.index(names[place + 1])
            pools = [same, same, np.flatnonzero(posts.clerk & (posts.rung == below))]
    else:
        pools += _functional_before(posts, family, rung)
    return [pool for pool in pools if len(pool) > 0]


def _functional_before(posts: Establishment, family: int, rung: int) -> list[Ints]:
    rungs = FAMILIES[FAMILY_NAMES[family]].rungs
    step = rungs.index(RUNG_NAMES[rung])
    if step == 0:
        return []
    below = RUNG_NAMES.index(rungs[step - 1])
    return [np.flatnonzero((posts.family == family) & (posts.rung == below))]


def _one_alike(rng: np.random.Generator, posts: Establishment, pool: Ints, post: Ints) -> Ints:
    """Return posts of a pool, often such as serve the same function as each post."""
    found: Ints = pool[rng.integers(0, len(pool), len(post))]
    wants = rng.random(len(post)) < SAME_FUNCTION
    for function in np.unique(posts.function[post]):
        alike = pool[posts.function[pool] == function]
        if len(alike) > 0:
            mine = np.flatnonzero(wants & (posts.function[post] == function))
            found[mine] = alike[rng.integers(0, len(alike), len(mine))]
    return found
