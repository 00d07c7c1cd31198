"""Invented people: who holds a post, from schooling to hidden traits."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from mutasi.simulation.arrays import (
    FOREVER,
    LONG_AGO,
    YEAR,
    Bools,
    Floats,
    Ints,
    day_number,
    drawn,
    kilometres,
    month_start,
    year_of,
)
from mutasi.simulation.establishment import Establishment
from mutasi.simulation.schooling import Schooling, schooling

PPPK_SINCE = 2019
"""First year in which people were employed under contract."""

GRADES = 17

ENTRY_GRADE = {
    5: 1,
    10: 3,
    15: 5,
    17: 5,
    25: 6,
    30: 7,
    35: 9,
    40: 9,
    42: 10,
    45: 10,
    47: 10,
    50: 11,
}
"""Grade on entry by level of education."""

CONTRACT_GRADE = {
    5: 1,
    10: 4,
    15: 5,
    17: 5,
    25: 6,
    30: 7,
    35: 9,
    40: 9,
    42: 10,
    45: 10,
    47: 10,
    50: 11,
}
"""Grade of a contract by level of education."""

CEILING = {
    5: 5,
    10: 7,
    15: 10,
    17: 10,
    25: 11,
    30: 12,
    35: 15,
    40: 15,
    42: 16,
    45: 16,
    47: 16,
    50: 17,
}
"""Highest grade by level of education; posts cap it further."""

YOUNGEST = {
    5: 17, 10: 17, 15: 18, 17: 18, 25: 20, 30: 21, 35: 22, 40: 22, 42: 24, 45: 24, 47: 29, 50: 29,
}  # fmt: skip
"""Age in years at which people graduate at the earliest (or may enter service)."""

CONTRACTS = np.array([0.85, 0.75, 0.4, 0.25])
"""Share of those who enter under contract, by track as in :data:`WOMEN`."""

WOMEN = np.array([0.66, 0.77, 0.47, 0.42])
"""Share of women by track: school, health, technical, clerks and structural."""


@dataclass(frozen=True)
class People:
    """People as arrays, one entry a person.

    Attributes:
        born: Day of birth.
        woman: Whether female.
        appointed: First day of service.
        contract: Whether employed under contract (PPPK).
        reached: Day on which each of the 17 grades was reached; one column a grade.
        ceiling: Highest grade that the education allows.
        degree: Level and field (bits) of the first education, and the day.
        later: Level and field of a later education, and the day or FOREVER.
        home: Place where they live at first, and coordinates.
        ability: Hidden; what they bring to any post, in standard deviations of ratings.
        stubborn: Hidden; unwillingness to move, on the logit scale.
        ties: Hidden; whether the family holds them where they live.
        talent: Hidden; gift for technical work.
        competence: Hidden; levels of the nine competencies on the day drawn.
        faction: Hidden; which network they belong to.
        loyalty: Hidden; how close they are to it, 0 to about 2.
    """

    born: Ints
    woman: Bools
    appointed: Ints
    contract: Bools
    reached: Ints
    ceiling: Ints
    degree: Schooling
    later: Schooling
    home: Ints
    home_north: Floats
    home_east: Floats
    ability: Floats
    stubborn: Floats
    ties: Bools
    talent: Floats
    competence: Floats
    faction: Ints
    loyalty: Floats

    def __len__(self) -> int:
        return len(self.born)

    def joined(self, others: Self) -> Self:
        """Return these people followed by others."""
        parts: dict[str, Any] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(others, field.name)
            if isinstance(mine, Schooling):
                parts[field.name] = mine.joined(theirs)
            else:
                parts[field.name] = np.concatenate([mine, theirs])
        return type(self)(**parts)

    def grade(self, day: int) -> Ints:
        """Return the grade of everyone on a day, 1 to 17 (0 before service)."""
        return np.asarray((self.reached <= day).sum(axis=1))

    def studied(self, day: int) -> Ints:
        """Return the fields of study of everyone on a day, as bits."""
        return self.degree.fields | np.where(self.later.day <= day, self.later.fields, 0)

    def education(self, day: int) -> Ints:
        """Return the highest level of education of everyone on a day."""
        return np.maximum(self.degree.level, np.where(self.later.day <= day, self.later.level, 0))


def people(
    rng: np.random.Generator, posts: Establishment, chosen: Ints, day: int, *, new: bool
) -> People:
    """Return one person for each post that is to be filled.

    Args:
        rng: Source of chance.
        posts: The region's posts.
        chosen: Number of the post of each person; a post may occur often.
        day: The day on which they hold the posts.
        new: Whether they enter service on that day.
    """
    count = len(chosen)
    track = posts.track[chosen]
    first, last = schooling(rng, posts, chosen, may_rise=not new)
    entry = _lookup(ENTRY_GRADE, first.level)
    recent = _recent(rng, posts, chosen, day, new)
    grade = np.where(recent >= 0, entry, _grade(rng, posts, chosen, entry))
    served, age_in = _service(rng, posts, chosen, grade - entry)
    served = np.where(recent >= 0, recent, served)
    youngest = _lookup(YOUNGEST, first.level) + 0.4
    served = np.minimum(served, posts.retirement[chosen] - 0.5 - youngest)
    appointed = month_start(np.round(day - served * YEAR).astype(np.int64))
    if new:
        appointed = np.full(count, day, dtype=np.int64)
    contract = (year_of(appointed) >= PPPK_SINCE) & (rng.random(count) < CONTRACTS[track])
    contract &= ~posts.structural[chosen]
    age_in = age_in + np.where(contract, rng.gamma(2.2, 3.0, count), 0.0)
    longest = posts.retirement[chosen] - 0.3 - (day - appointed) / YEAR
    age_in = np.maximum(np.minimum(age_in, longest), youngest)
    born = np.round(appointed - age_in * YEAR).astype(np.int64)
    first, last = _dated(rng, first, last, born, appointed, day)
    grade = np.where(contract, _lookup(CONTRACT_GRADE, first.level), grade)
    start = np.where(contract, grade, np.minimum(entry, grade))
    reached = _reached(rng, appointed, start, grade, day)
    ability = rng.normal(0, 0.53, count)
    home, north, east = _homes(rng, posts, chosen)
    standard = posts.standard[chosen, :9]
    return People(
        born=born,
        woman=rng.random(count) < WOMEN[track] - 0.06 * (posts.level[chosen] - 1) * (track == 3),
        appointed=appointed,
        contract=contract,
        reached=reached,
        ceiling=np.where(contract, grade, _lookup(CEILING, np.maximum(first.level, last.level))),
        degree=first,
        later=last,
        home=home,
        home_north=north,
        home_east=east,
        ability=ability,
        stubborn=rng.normal(0, 0.75, count),
        ties=rng.random(count) < 0.4,
        talent=rng.normal(0, 1, count),
        competence=np.clip(
            standard * 0.75 + 0.75 + 0.28 * ability[:, None] + rng.normal(0, 0.42, (count, 9)), 1, 5
        ),
        faction=rng.integers(0, 4, count),
        loyalty=np.clip(rng.gamma(0.8, 0.6, count), 0, 2.5),
    )


def _lookup(table: dict[int, int], keys: Ints) -> Ints:
    dense = np.zeros(51, dtype=np.int64)
    for key, value in table.items():
        dense[key] = value
    return dense[keys]


def _recent(
    rng: np.random.Generator, posts: Establishment, chosen: Ints, day: int, new: bool
) -> Floats:
    """Return years of service of those who came since contracts exist, -1 for the others."""
    count = len(chosen)
    if new:
        return np.zeros(count)
    span = max(0.0, (day - day_number(PPPK_SINCE)) / YEAR)
    lowest = np.isin(posts.level[chosen], (1, 2)) & ~posts.structural[chosen]
    came = lowest & (rng.random(count) < 0.055 * span)
    return np.where(came, rng.random(count) * span, -1.0)


def _grade(rng: np.random.Generator, posts: Establishment, chosen: Ints, entry: Ints) -> Ints:
    lowest, highest = posts.lowest[chosen], posts.highest[chosen]
    span = highest - lowest
    step = np.floor(rng.random(len(chosen)) * (span + 1)).astype(np.int64)
    below = posts.structural[chosen] & (rng.random(len(chosen)) < 0.12)
    grade = np.maximum(lowest + step - below, np.minimum(entry, highest))
    return np.asarray(np.minimum(grade, GRADES), dtype=np.int64)


def _service(
    rng: np.random.Generator, posts: Establishment, chosen: Ints, steps: Ints
) -> tuple[Floats, Floats]:
    """Return years of service and age on entry in years."""
    count = len(chosen)
    age_in = np.clip(rng.normal(26.5, 3.2, count), 19.0, 36.0)
    waited = rng.random(count) * 4 + (rng.random(count) < 0.6) * rng.gamma(1.5, 4.5, count)
    top = steps >= (posts.highest - posts.lowest)[chosen]
    waited += np.where(top, rng.gamma(1.5, 4.0, count), 0.0)
    served = np.clip(steps, 0, None) * 3.9 + waited
    longest = posts.retirement[chosen] - 0.4 - age_in
    return np.minimum(served, longest * (0.75 + 0.25 * rng.random(count))), age_in


def _reached(rng: np.random.Generator, appointed: Ints, entry: Ints, grade: Ints, day: int) -> Ints:
    """Return the day on which each grade was reached, one column a grade."""
    count = len(appointed)
    reached = np.full((count, GRADES), FOREVER, dtype=np.int64)
    columns = np.arange(1, GRADES + 1)
    steps = np.maximum(grade - entry, 0)
    since_last = rng.random(count) * np.minimum(3.9 * YEAR, (day - appointed) * 0.7)
    pace = (day - since_last - appointed) / np.maximum(steps, 1)
    when = appointed[:, None] + pace[:, None] * (columns - entry[:, None])
    inside = (columns > entry[:, None]) & (columns <= grade[:, None])
    half = np.round(when / (YEAR / 2)) * (YEAR / 2)
    snapped = month_start(np.round(half).astype(np.int64) + 95)
    snapped = np.clip(snapped, appointed[:, None] + 1, day)
    reached = np.where(
        inside, np.maximum.accumulate(np.where(inside, snapped, LONG_AGO), 1), reached
    )
    reached[columns < entry[:, None]] = LONG_AGO
    reached[np.arange(count), entry - 1] = appointed
    return reached


def _dated(
    rng: np.random.Generator,
    first: Schooling,
    last: Schooling,
    born: Ints,
    appointed: Ints,
    day: int,
) -> tuple[Schooling, Schooling]:
    """Give both educations their days; a later one falls in the time of service."""
    count = len(born)
    graduated = appointed - np.round(rng.gamma(2.0, 0.9, count) * YEAR).astype(np.int64) - 60
    youngest = _lookup(YOUNGEST, first.level)
    graduated = np.maximum(graduated, np.round(born + youngest * YEAR).astype(np.int64))
    graduated = np.minimum(graduated, appointed - 20)
    share = 0.25 + 0.6 * rng.random(count)
    later = np.round(appointed + share * (day - appointed)).astype(np.int64)
    exists = (last.level > first.level) & (later > appointed)
    return (
        Schooling(first.level, first.fields, graduated),
        Schooling(
            np.where(exists, last.level, 0),
            np.where(exists, last.fields, 0),
            np.where(exists, later, FOREVER),
        ),
    )


def _homes(
    rng: np.random.Generator, posts: Establishment, chosen: Ints
) -> tuple[Ints, Floats, Floats]:
    where = posts.places
    away = kilometres(where.north[:, None], where.east[:, None], where.north, where.east)
    pull = where.size * np.exp(-away / 11.0)
    home = drawn(rng, pull[posts.place[chosen]])
    count = len(chosen)
    north = where.north[home] + rng.normal(0, 1.8, count) / 110.57
    east = where.east[home] + rng.normal(0, 1.8, count) / 110.57
    return home, north, east
