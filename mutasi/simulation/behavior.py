"""How invented people perform and answer: the hidden truth of a region.

Effects are in standard deviations of a yearly rating, or on the logit scale of
an answer.  They are modest, as in real organisations: the person counts for
more than the match, the rater and chance for more than both.
"""

from dataclasses import dataclass, replace

import numpy as np

from mutasi.simulation.arrays import YEAR, Bools, Floats, Ints, kilometres
from mutasi.simulation.career import Situation
from mutasi.simulation.establishment import FUNCTION_BITS

ADJUSTMENT = 0.26
"""What the first days in a post cost; fades with :data:`ADJUSTED_AFTER`."""

ADJUSTED_AFTER = 0.9
"""Years after which the adjustment has faded to a third."""

GROWTH = 0.03
"""Levels of competence gained a year."""

CHANCE_MATCH = 0.09
"""Part of the match that no record tells."""

ACCEPTED = 0.875
"""Mean chance that an offer is accepted in a usual year."""

MATCH_CENTRE = 0.12
"""Usual match of people with the posts they hold."""


@dataclass(frozen=True)
class World:
    """What does not change as the years pass; arrays by person, post or unit.

    Attributes:
        drawn_on: Day on which the competences of each person were drawn.
        ability: Ability of each person.
        stubborn: Stubbornness of each person.
        ties: Whether the family holds each person.
        talent: Technical gift of each person.
        competence: Competences of each person, nine columns.
        born: Day of birth of each person.
        unit: Unit of each post.
        function: Function of each post.
        family: Family of each post.
        level: Rung of each post on the common ladder.
        allowance: Class of allowance of each post.
        fields: Fields of study that qualify for each post, as bits.
        standard: Levels that each post demands, ten columns.
        remote: Whether each post is remote.
        north: Latitude of each post.
        east: Longitude of each post.
        leadership: Effect of each unit on those who work there.
        fit_strength: Scale of the match.
        willingness: Usual readiness to accept, on the logit scale.
        salt: Number that makes chance matches of one region unlike another's.
    """

    drawn_on: Ints
    ability: Floats
    stubborn: Floats
    ties: Bools
    talent: Floats
    competence: Floats
    born: Ints
    unit: Ints
    function: Ints
    family: Ints
    level: Ints
    allowance: Ints
    fields: Ints
    standard: Floats
    remote: Bools
    north: Floats
    east: Floats
    leadership: Floats
    fit_strength: float
    willingness: float
    salt: int


@dataclass(frozen=True)
class Facts:
    """What is true of everyone on a day; arrays with one entry a person.

    Attributes:
        where: Where everyone stands.
        north: Latitude of the home.
        east: Longitude of the home.
        studied: Fields of study, as bits.
        grade: Grade.
    """

    where: Situation
    north: Floats
    east: Floats
    studied: Ints
    grade: Ints


@dataclass(frozen=True)
class Pairs:
    """People in posts; arrays with one entry a pair.

    Attributes:
        who: The person.
        post: The post.
        start: First day of the person in the post.
        eased: Whether they rose to it where they already worked.
    """

    who: Ints
    post: Ints
    start: Ints
    eased: Bools


def signal(world: World, facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return how well people do in posts in a year, without rater and chance.

    Args:
        world: What does not change.
        facts: What is true when the question is asked.
        pairs: The people and posts.
        middle: Middle of the year that is judged.

    Returns:
        Standard deviations of a yearly rating; 0 is usual.
    """
    served = np.clip((middle - pairs.start) / YEAR, 0, None)
    strange = np.where(pairs.eased, 0.0, ADJUSTMENT)
    total: Floats = (
        world.ability[pairs.who]
        + world.leadership[world.unit[pairs.post]]
        + world.fit_strength * match(world, facts, pairs, middle)
        - strange * np.exp(-served / ADJUSTED_AFTER)
    )
    return total


def match(world: World, facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return what the pair of person and post adds at full strength of fit."""
    who, post, start = pairs.who, pairs.post, pairs.start
    more = np.clip((middle - np.maximum(start, facts.where.day)) / YEAR, 0, None)
    practice = facts.where.in_function[who, world.function[post]] + more
    similar = facts.where.in_family[who, world.family[post]] + more
    served = (middle - start) / YEAR
    away = distance(world, facts, who, post)
    total: Floats = (
        0.20 * schooled(world, facts, who, post)
        - 0.30 * gap(world, who, post, middle)
        - 0.08 * np.clip(world.standard[post, 9] - technical(world, facts, who, post, more), 0, 2)
        + 0.16 * (1 - np.exp(-practice / 4))
        + 0.10 * (1 - np.exp(-similar / 4))
        - 0.10 * np.clip((away - 10) / 25, 0, 2)
        - 0.03 * np.clip(served - 6, 0, 6)
        + CHANCE_MATCH * _hashed(world.salt, who, post)
        - MATCH_CENTRE
    )
    return total


def schooled(world: World, facts: Facts, who: Ints, post: Ints) -> Floats:
    """Return 1 where the field of study qualifies, .6 where it serves an open post."""
    studied = facts.studied[who]
    asked = world.fields[post]
    serves = (studied & FUNCTION_BITS[world.function[post]]) > 0
    return np.where(asked > 0, (studied & asked) > 0, 0.6 * serves)


def gap(world: World, who: Ints, post: Ints, day: int) -> Floats:
    """Return the mean shortfall from the nine competencies that a post demands, in levels."""
    grown = GROWTH * np.clip((day - world.drawn_on[who]) / YEAR, 0, None)
    has = world.competence[who] + grown[:, None]
    return np.asarray(np.clip(world.standard[post, :9] - has, 0, 2).mean(axis=1))


def technical(
    world: World, facts: Facts, who: Ints, post: Ints, more: Floats | float = 0.0
) -> Floats:
    """Return the technical level in the function of a post, 1 to 5."""
    function = world.function[post]
    years = facts.where.in_function[who, function] + more
    learned = (facts.studied[who] & FUNCTION_BITS[function]) > 0
    level = 1 + 1.7 * (1 - np.exp(-years / 5)) + 0.8 * learned + 0.35 * world.talent[who]
    return np.clip(level, 1, 5)


def distance(world: World, facts: Facts, who: Ints, post: Ints) -> Floats:
    """Return kilometres between home and post."""
    return kilometres(facts.north[who], facts.east[who], world.north[post], world.east[post])


@dataclass(frozen=True)
class Motives:
    """What moves an answer, on the logit scale; arrays with one entry a pair.

    Attributes:
        distance: The way to work, if it grows (negative) or shrinks.
        family: The family, if the post is further away.
        rest: All else.
    """

    distance: Floats
    family: Floats
    rest: Floats

    def probability(self) -> Floats:
        """Return the chance that an offer is accepted, 0 to 1."""
        total = self.distance + self.family + self.rest
        return np.asarray(1 / (1 + np.exp(-total)))


def motives(world: World, facts: Facts, who: Ints, post: Ints) -> Motives:
    """Return why people would take or refuse posts offered on the day of the facts."""
    now = facts.where.post[who]
    held = np.maximum(now, 0)
    away = distance(world, facts, who, post)
    before = np.where(now >= 0, distance(world, facts, who, held), away)
    longer = away - before
    up = np.clip(world.level[post] - world.level[held], -2, 2)
    pay = np.clip(world.allowance[post] - world.allowance[held], -3, 3)
    served = np.clip((facts.where.day - facts.where.since[who]) / YEAR, 0, 8)
    old = (facts.where.day - world.born[who]) / YEAR > 54
    harder = world.remote[post] & ~world.remote[held]
    rest = (
        world.willingness
        - world.stubborn[who]
        + 0.75 * up
        + 0.22 * pay
        + 0.08 * (served - 4)
        + 0.5 * (away < 4)
        - 0.9 * harder
        - 0.4 * old
        + 0.5 * _hashed(world.salt + 1, who, post)
    )
    way = -1.35 * np.clip(longer / 15, -0.8, 3)
    home = np.where(world.ties[who] & (longer > 6), -1.3, 0.0)
    return Motives(way, home, rest)


def usual_willingness(world: World, facts: Facts, who: Ints, post: Ints) -> float:
    """Return the readiness at which the mean chance over some pairs is :data:`ACCEPTED`."""
    low, high = -5.0, 12.0
    for _ in range(30):
        middle = (low + high) / 2
        chance = motives(replace(world, willingness=middle), facts, who, post).probability()
        low, high = (middle, high) if chance.mean() < ACCEPTED else (low, middle)
    return round((low + high) / 2, 4)


def _hashed(salt: int, who: Ints, post: Ints) -> Floats:
    """Return a standard normal number that a pair always has (sum of four uniforms)."""
    pair = (np.asarray(who).astype(np.uint64) << np.uint64(32)) ^ np.asarray(post).astype(np.uint64)
    mixed = pair * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt % 2**63)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed = mixed ^ (mixed >> np.uint64(31))
    parts = [(mixed >> np.uint64(16 * k)) & np.uint64(0xFFFF) for k in range(4)]
    total = sum(part.astype(np.float64) for part in parts) / 65536.0
    return np.asarray((total - 2.0) / np.sqrt(1 / 3))
