"""How the workforce changes in a year apart from moves: exits, entries, grades, leave."""

import numpy as np

from mutasi.simulation.arrays import (
    FOREVER,
    YEAR,
    Bools,
    Ints,
    day_number,
    kilometres,
)
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.establishment import RUNG_NAMES
from mutasi.simulation.people import people

QUITS = 0.0025
"""Share of people who die or resign in a year."""

ENTRY_RUNGS = ("PTK", "PDI", "PAP", "OLO", "PUO", "TR", "PT")
"""Rungs on which people enter service."""

RISEN = ("MH", "PY", "MU", "MA")
"""Rungs to which people rise in place, so that their number follows careers."""

NEEDED = 1.08
"""People needed for each one there is."""

PACE = 4 * YEAR
"""Days in a grade before the next."""

RETIRED, GONE, ON_LEAVE, STUDYING, ACTIVE = "99", "77", "02", "03", "01"
"""SIASN *kedudukan hukum*."""


def retire(region: Chronicle, year: int) -> None:
    """Let those go whose time ends in a year, by age or otherwise."""
    rng = region.rng
    held, _, _ = region.postings.holders(len(region.people), day_number(year))
    serving = np.flatnonzero((held >= 0) & (region.leaves == FOREVER))
    due = region.retires(held)[serving]
    by_age = due < day_number(year + 1)
    when = np.maximum(due, day_number(year, 1, 1) + 1)
    early = ~by_age & (rng.random(len(serving)) < QUITS)
    when = np.where(early, day_number(year) + rng.integers(40, 330, len(serving)), when)
    pending = np.zeros(len(region.people), dtype=np.bool_)
    pending[region.postings.employee[region.postings.start > day_number(year)]] = True
    goes = (by_age | early) & ~(pending[serving])
    who, when = serving[goes], when[goes]
    region.leaves[who] = when
    region.postings.close(who, when - 1)
    order = np.argsort(when, kind="stable")
    standing = np.where(early[goes], GONE, RETIRED).astype(object)
    region.standings.add(len(who), employee=who[order], since=when[order], standing=standing[order])


def hire(region: Chronicle, year: int) -> None:
    """Let new people enter, so that the region keeps its size, where posts are open."""
    rng, posts = region.rng, region.posts
    day = day_number(year, int(rng.integers(3, 6)))
    staying, _, _ = region.postings.holders(len(region.people), day_number(year, 12, 31))
    wanted = region.config.employees - int((staying >= 0).sum())
    wanted = int(np.clip(wanted, 0, None))
    if wanted == 0:
        return
    entry = _entry(region) & (posts.closed > day)
    missing = region.need - region.postings.reserved(day, len(posts.ids))
    missing = np.where(entry, np.clip(missing, 0, None), 0)
    places = np.repeat(np.arange(len(missing)), missing)
    if len(places) >= wanted:
        chosen = rng.choice(places, size=wanted, replace=False)
    else:
        weight = np.where(entry, region.need, 0).astype(np.float64)
        extra = rng.choice(len(weight), size=wanted - len(places), p=weight / weight.sum())
        chosen = np.concatenate([places, extra])
    chosen = np.sort(chosen)
    region.join(people(rng, posts, chosen, day, new=True), chosen, day)


def promote(region: Chronicle, day: int) -> None:
    """Give the next grade to those who have waited for it, as far as their post allows."""
    rng, posts, who = region.rng, region.posts, region.people
    held, _, _ = region.postings.holders(len(who), day)
    grade = who.grade(day)
    row = np.flatnonzero((held >= 0) & region.standing & ~who.contract & (grade > 0))
    here = held[row]
    waited = day - who.reached[row, grade[row] - 1]
    most = posts.highest[here] + (region.above[here] >= 0)
    allowed = (grade[row] < np.minimum(most, who.ceiling[row])) & (grade[row] < 17)
    clean = region.clean_from[row] <= day
    rises = allowed & clean & (waited >= PACE - 20) & (rng.random(len(row)) < 0.75)
    who.reached[row[rises], grade[row[rises]]] = day


def study_and_leave(region: Chronicle, year: int) -> None:
    """Send some on study or unpaid leave, and take back those whose time is over."""
    rng = region.rng
    start, count = day_number(year), len(region.people)
    back = np.flatnonzero((region.back_on < day_number(year + 1)) & (region.leaves == FOREVER))
    order = np.argsort(region.back_on[back], kind="stable")
    back = back[order]
    region.standings.add(
        len(back),
        employee=back,
        since=region.back_on[back],
        standing=np.array(ACTIVE, dtype=object),
    )
    region.standing[back] = True
    region.back_on[back] = FOREVER
    held, since, _ = region.postings.holders(count, start)
    age = (start - region.people.born) / YEAR
    may = (held >= 0) & region.standing & (region.leaves == FOREVER) & ~region.people.contract
    may &= (since < start - 700) & (region.people.later.level == 0)
    may[back] = False
    draw = rng.random(count)
    studies = may & (age < 42) & (draw < 0.005)
    rests = may & ~studies & (age < 52) & (draw > 0.9985)
    when = start + rng.integers(20, 340, count)
    who = np.flatnonzero(studies | rests)
    who = who[np.argsort(when[who], kind="stable")]
    kind = np.where(studies[who], STUDYING, ON_LEAVE).astype(object)
    region.standings.add(len(who), employee=who, since=when[who], standing=kind)
    region.standing[who] = False
    region.back_on[who] = when[who] + rng.integers(370, 900, len(who))


def punish(region: Chronicle, year: int) -> None:
    """Sanction a few, rather those who are rated low."""
    rng = region.rng
    held, _, _ = region.postings.holders(len(region.people), day_number(year))
    chance = 0.004 * np.exp(-0.6 * region.last_rating) * (held >= 0) * (region.leaves == FOREVER)
    chance = chance * (region.clean_from < day_number(year))
    who = np.flatnonzero(rng.random(len(held)) < chance)
    decided = day_number(year) + rng.integers(5, 355, len(who))
    kind = rng.choice(3, size=len(who), p=(0.6, 0.3, 0.1))
    months = np.array([6, 12, 24])[kind]
    ended = decided + np.round(months * YEAR / 12).astype(np.int64)
    region.sanctions.add(
        len(who),
        employee=who,
        decided=decided,
        ended=ended,
        severity=np.array(["R", "S", "B"], dtype=object)[kind],
    )
    region.clean_from[who] = ended


def resettle(region: Chronicle, year: int) -> None:
    """Let some of those who work far away, and a few others, move house."""
    rng, posts = region.rng, region.posts
    day = day_number(year, 12, 1)
    held, since, _ = region.postings.holders(len(region.people), day)
    north, east, place = region.homes_on(day)
    row = np.flatnonzero((held >= 0) & (since < day - 60))
    away = kilometres(north[row], east[row], posts.north[held[row]], posts.east[held[row]])
    fresh = since[row] > day - 500
    chance = np.where((away > 22) & fresh, 0.16, np.where(away > 22, 0.03, 0.006))
    chance = np.where(region.people.ties[row], chance * 0.4, chance)
    who = row[rng.random(len(row)) < chance]
    target = posts.place[held[who]]
    who, target = who[target != place[who]], target[target != place[who]]
    when = np.sort(day - rng.integers(0, 40, len(who)))
    region.homes.add(
        len(who),
        employee=who,
        since=when,
        place=target,
        north=posts.places.north[target] + rng.normal(0, 1.8, len(who)) / 110.57,
        east=posts.places.east[target] + rng.normal(0, 1.8, len(who)) / 110.57,
    )


def recount(region: Chronicle, year: int) -> None:
    """Count the work of a quarter of the posts anew (*ABK*), and close a few empty ones."""
    rng, posts = region.rng, region.posts
    day = day_number(year, 1, 2)
    many = ~posts.structural & (posts.closed == FOREVER)
    counted = np.flatnonzero((rng.random(len(region.need)) < 0.25) & (region.need > 0) & many)
    held = region.postings.reserved(day - 1, len(posts.ids))
    risen = np.isin(posts.rung, [RUNG_NAMES.index(rung) for rung in RISEN])[counted]
    work = region.need[counted] * np.exp(rng.normal(0, 0.10, len(counted)))
    work = np.where(risen, 0.3 * work + 0.7 * held[counted], work)
    least = np.where(risen & (held[counted] == 0), 0, 1)
    region.need[counted] = np.maximum(np.round(work), least).astype(np.int64)
    grown = _grown(region)
    empty = (held == 0) & (region.need > 0) & (posts.closed == FOREVER)
    empty &= posts.clerk | (posts.rung == RUNG_NAMES.index("IV.a"))
    closing = np.flatnonzero(empty & (rng.random(len(held)) < 0.06))
    region.need[closing] = 0
    posts.closed[closing] = day_number(year, 1, 31)
    row = np.unique(np.concatenate([counted, grown, closing]))
    region.needs.add(len(row), post=row, since=day, needed=region.need[row])


def _grown(region: Chronicle) -> Ints:
    """Let the need of entry posts grow where the region's as a whole has shrunk."""
    posts = region.posts
    lacking = round(NEEDED * region.config.employees) - int(region.need.sum())
    entry = _entry(region) & (posts.closed == FOREVER)
    weight = np.where(entry, region.need, 0).astype(np.float64)
    if lacking <= 0 or weight.sum() == 0:
        return np.zeros(0, dtype=np.int64)
    count = min(lacking, round(0.02 * region.config.employees))
    more = region.rng.choice(len(weight), size=count, p=weight / weight.sum())
    np.add.at(region.need, more, 1)
    return np.unique(more)


def _entry(region: Chronicle) -> Bools:
    """Return the posts in which people enter service."""
    posts = region.posts
    return np.isin(posts.rung, [RUNG_NAMES.index(rung) for rung in ENTRY_RUNGS])


def first_need(region: Chronicle, day: int) -> None:
    """Record what each post needs before the first simulated year."""
    number: Ints = np.arange(len(region.need))
    region.needs.add(len(number), post=number, since=day, needed=region.need)
