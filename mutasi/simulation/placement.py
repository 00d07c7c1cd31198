"""Days of decision: which vacancies are filled, with whom, and what came of it."""

from dataclasses import dataclass

import numpy as np

from mutasi.simulation import behavior
from mutasi.simulation.arrays import FOREVER, YEAR, Bools, Floats, Ints, where_told
from mutasi.simulation.behavior import Candidates, Facts
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.feeders import feeders

POOL = 250
"""Candidates that are looked at for one vacancy, at most."""

MOVES = 0.039
"""Posts that are offered in a year, as a share of all people, besides leaders' posts."""

LEADERS_FILLED = 0.42
"""Share of the vacant posts of leaders that are filled on a day of decision."""

REHEARSED = 12_000
"""People asked in a rehearsal, at least."""

DIRECT = 0.14
"""Share of moves that are ordered without an offer."""

WITHDRAWN = 0.025
"""Share of offers that are taken back."""

REASONS = ("parents_health", "study", "own_health", "wrong_position", "pay")
"""Reasons of refusals besides distance and family, as codes."""

REASON_SHARES = (0.42, 0.16, 0.16, 0.18, 0.08)


@dataclass(frozen=True)
class Openings:
    """Vacancies of one day and who may be considered.

    Attributes:
        day: The day of decision.
        facts: What was true on the day before.
        free: Whether each person may be considered at all.
        quota: Vacancies to be filled besides those of leaders.
    """

    day: int
    facts: Facts
    free: Bools
    quota: int


def decide(region: Chronicle, day: int, days_a_year: int, *, ask: bool = False) -> None:
    """Let the people in charge fill some vacancies on a day.

    Args:
        region: The region; its logs grow.
        day: The day of decision.
        days_a_year: How many such days the year has.
        ask: Only make offers, which nobody answers yet.
    """
    facts = region.facts(day - 1)
    free = _free(region, facts, day)
    quota = int(region.rng.poisson(MOVES * region.config.employees / days_a_year))
    openings = Openings(day, facts, free, quota)
    if not ask:
        _return(region, openings)
        _rise(region, openings, days_a_year)
    chosen, who = _chosen(region, openings)
    if ask:
        _ask(region, day, who, chosen)
    elif len(chosen) > 0:
        _carry_out(region, openings, who, chosen)


def rehearse(region: Chronicle, day: int) -> None:
    """Settle how ready people are to accept, by whom those in charge would choose on a day."""
    facts = region.facts(day - 1)
    rounds = max(1, REHEARSED // region.config.employees)
    choices = []
    for _ in range(rounds):
        free = _free(region, facts, day)
        choices.append(_chosen(region, Openings(day, facts, free, region.config.employees // 20)))
    post = np.concatenate([choice[0] for choice in choices])
    who = np.concatenate([choice[1] for choice in choices])
    if len(who) > 0:
        region.settle_willingness(day - 1, who, post)


def _ask(region: Chronicle, day: int, who: Ints, post: Ints) -> None:
    """Make offers that stay open."""
    region.offers.add(
        len(who), employee=who, post=post, offered=day, answer=None, answered=FOREVER, reason=None
    )


def _free(region: Chronicle, facts: Facts, day: int) -> Bools:
    """Return who may be considered: in service, long enough in post, not in disgrace."""
    held = facts.where.post
    served = (day - facts.where.since) / YEAR
    hasty = region.rng.random(len(held)) < 0.02
    return (
        (held >= 0)
        & region.standing
        & ~_coming(region, day)
        & ((served >= 2.0) | ((served >= 1.0) & hasty))
        & (region.clean_from <= day)
        & (region.leaves > day + 400)
        & (region.retires(held) > day + 400)
    )


def _chosen(region: Chronicle, openings: Openings) -> tuple[Ints, Ints]:
    """Return the posts that are filled and the person chosen for each."""
    posts, rng = region.posts, region.rng
    held = openings.facts.where.post
    vacancies = _vacancies(region, openings)
    taken = np.zeros(len(held), dtype=np.bool_)
    chosen: list[int] = []
    who: list[int] = []
    group_of = np.where(held >= 0, posts.group[np.maximum(held, 0)], -1)
    pools: dict[int, Ints] = {}
    for vacancy in vacancies.tolist():
        group = int(posts.group[vacancy])
        if group not in pools:
            pools[group] = np.flatnonzero(openings.free & np.isin(group_of, feeders(posts, group)))
        pool = pools[group]
        pool = pool[
            ~taken[pool] & (posts.unit[held[pool]] != posts.unit[vacancy])
            | (~taken[pool] & posts.structural[vacancy] & (held[pool] != vacancy))
        ]
        if len(pool) > POOL:
            pool = rng.choice(pool, POOL, replace=False)
        pool = pool[_meets(region, openings.facts, pool, vacancy)]
        if len(pool) == 0:
            continue
        liking = _liking(region, openings, pool, vacancy)
        best = int(pool[np.argmax(liking + rng.gumbel(0, 0.8, len(pool)))])
        taken[best] = True
        chosen.append(vacancy)
        who.append(best)
    return np.array(chosen, dtype=np.int64), np.array(who, dtype=np.int64)


def _vacancies(region: Chronicle, openings: Openings) -> Ints:
    """Return the posts that are to be filled on the day, one entry a person wanted."""
    rng, posts = region.rng, region.posts
    missing = region.need - region.postings.reserved(openings.day - 1, len(posts.ids))
    missing = np.where(posts.closed > openings.day, np.clip(missing, 0, None), 0)
    leads = posts.structural | (posts.need == 1) & (posts.level == 3) & (posts.track < 2)
    first = np.flatnonzero((missing > 0) & leads)
    first = first[rng.random(len(first)) < LEADERS_FILLED]
    others = np.flatnonzero((missing > 0) & ~leads)
    count = min(openings.quota, len(others))
    if count == 0:
        return first
    urge = missing[others] / np.maximum(region.need[others], 1) + 0.3
    urge = urge * np.array([0.8, 0.9, 1.4, 2.6])[posts.track[others]]
    picked = rng.choice(others, size=count, replace=False, p=urge / urge.sum())
    return np.concatenate([first, picked])


def _meets(region: Chronicle, facts: Facts, pool: Ints, vacancy: int) -> Bools:
    """Return who meets the demands of a vacancy; a few exceptions are made."""
    posts = region.posts
    grade = facts.grade[pool]
    below = 1 if posts.structural[vacancy] else 0
    education = region.people.education(facts.where.day)[pool]
    enough = np.where(education == 35, 40, education) >= posts.education[vacancy]
    asked = posts.fields[vacancy]
    fits = (facts.studied[pool] & asked > 0) if asked > 0 else np.ones(len(pool), dtype=np.bool_)
    same_job = posts.family[facts.where.post[pool]] == posts.family[vacancy]
    lenient = region.rng.random(len(pool)) < (0.12 if posts.track[vacancy] == 2 else 0.03)
    return np.asarray(
        (grade >= posts.lowest[vacancy] - below)
        & (grade <= posts.highest[vacancy])
        & (enough | (region.rng.random(len(pool)) < 0.02))
        & (fits | lenient)
        & (~region.people.contract[pool] | same_job)
        & (region.last_rating[pool] > -1.9)
    )


def _liking(region: Chronicle, openings: Openings, pool: Ints, vacancy: int) -> Floats:
    """Return how much those in charge like each candidate: merit, rank, ties, patronage."""
    posts, world, facts = region.posts, region.world, openings.facts
    target = np.full(len(pool), vacancy)
    held = facts.where.post[pool]
    span = max(1, int(posts.highest[vacancy] - posts.lowest[vacancy]))
    rank = (facts.grade[pool] - posts.lowest[vacancy]) / span
    senior = (openings.day - region.people.appointed[pool]) / YEAR / 20
    year = int(np.datetime64(openings.day, "D").astype("datetime64[Y]").astype(int)) + 1970
    rules, loyalty = region.people.faction[pool] == region.ruling[year], region.people.loyalty[pool]
    candidates = Candidates(pool, target, rules * loyalty, ~rules * loyalty)
    longer = behavior.distance(world, facts, pool, target) - behavior.distance(
        world, facts, pool, held
    )
    reach = 0.012 if posts.structural[vacancy] else 0.035
    return np.asarray(
        0.6 * rank
        + 0.5 * senior
        + 0.7 * behavior.schooled(world, facts, pool, target)
        + 0.5 * (posts.function[held] == posts.function[vacancy])
        + 0.35 * region.last_rating[pool]
        + 0.5 * (posts.level[held] == posts.level[vacancy])
        - reach * np.clip(longer, -30, 60)
        + region.config.confounding * world.nature.leaning(world, facts, candidates)
    )


def _carry_out(region: Chronicle, openings: Openings, who: Ints, post: Ints) -> None:
    """Offer the posts, hear the answers, and let those who accept move."""
    rng, day, count = region.rng, openings.day, len(who)
    ordered = rng.random(count) < DIRECT
    _move(region, openings, who[ordered], post[ordered], known=day, offer=-1)
    who, post = who[~ordered], post[~ordered]
    count = len(who)
    why = behavior.motives(region.world, openings.facts, who, post)
    accepts = rng.random(count) < why.probability()
    withdrawn = rng.random(count) < WITHDRAWN
    answered = day + rng.integers(2, 22, count)
    first = len(region.offers)
    answer = np.where(withdrawn, "withdrawn", np.where(accepts, "accepted", "refused"))
    region.offers.add(
        count,
        employee=who,
        post=post,
        offered=day,
        answer=answer.astype(object),
        answered=answered,
        reason=where_told(answer == "refused", _reasons(rng, why)),
    )
    yes = answer == "accepted"
    _move(region, openings, who[yes], post[yes], answered[yes], first + np.flatnonzero(yes))


def _reasons(
    rng: np.random.Generator, why: behavior.Motives
) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Return what each person would give as the reason of a refusal."""
    count = len(why.distance)
    far = np.clip(-why.distance, 0, None)
    family = np.clip(-why.family, 0, None) * 0.5 + 0.05
    other = np.full(count, 0.22)
    draw = rng.random(count) * (far + family + other)
    rest = rng.choice(np.array(REASONS, dtype=object), size=count, p=REASON_SHARES)
    return np.where(draw < far, "distance", np.where(draw < far + family, "family", rest))


def _move(
    region: Chronicle,
    openings: Openings,
    who: Ints,
    post: Ints,
    known: Ints | int,
    offer: Ints | int,
) -> None:
    """Let people move some weeks after a decision."""
    count = len(who)
    if count == 0:
        return
    known = np.broadcast_to(np.asarray(known, dtype=np.int64), (count,))
    started = np.maximum(known + 3, openings.day + region.rng.integers(14, 50, count))
    region.transfers.add(
        count,
        employee=who,
        before=openings.facts.where.post[who],
        post=post,
        decided=openings.day,
        started=started,
        known=known,
        offer=offer,
    )
    region.postings.close(who, started - 1)
    region.postings.begin(who, post, started)
    openings.free[who] = False


def _coming(region: Chronicle, day: int) -> Bools:
    """Return who is about to begin in another post."""
    coming = np.zeros(len(region.standing), dtype=np.bool_)
    coming[region.postings.employee[region.postings.start > day - 1]] = True
    return coming


def _return(region: Chronicle, openings: Openings) -> None:
    """Let a few who moved not long ago go back where they came from."""
    log, day = region.transfers, openings.day
    recent = np.flatnonzero((log["started"] < day - 120) & (log["started"] > day - 700))
    if len(recent) == 0:
        return
    who, back, now = log["employee"][recent], log["before"][recent], log["post"][recent]
    facts, world = openings.facts, region.world
    here = (facts.where.post[who] == now) & region.standing[who] & ~_coming(region, day)[who]
    here &= region.posts.closed[back] > day
    here &= region.posts.level[back] >= region.posts.level[now]
    farther = behavior.distance(world, facts, who, now) - behavior.distance(world, facts, who, back)
    room = region.need > region.postings.reserved(day - 1, len(region.need))
    chance = np.where(room[back], 0.008, 0.0015) * np.where(farther > 12, 3.0, 1.0)
    goes = here & (region.rng.random(len(who)) < chance) & (region.leaves[who] > day + 400)
    _, once = np.unique(back[goes], return_index=True)
    rows = np.flatnonzero(goes)[once]
    rows = rows[np.unique(who[rows], return_index=True)[1]]
    _move(region, openings, who[rows], back[rows], known=day, offer=-1)


def _rise(region: Chronicle, openings: Openings, days_a_year: int) -> None:
    """Let functional officials rise to the next rung of their family in their unit.

    They stay where they are, so it is a posting but no transfer.
    """
    posts, facts = region.posts, openings.facts
    held = facts.where.post
    above = region.above
    ready = openings.free & (held >= 0)
    ready &= facts.grade > posts.highest[np.maximum(held, 0)]
    ready &= above[np.maximum(held, 0)] >= 0
    who = np.flatnonzero(ready)
    who = who[region.rng.random(len(who)) < 1.2 / days_a_year]
    start = openings.day + region.rng.integers(14, 50, len(who))
    region.postings.close(who, start - 1)
    region.postings.begin(who, above[held[who]], start, eased=np.ones(len(who), dtype=np.bool_))
    openings.free[who] = False
