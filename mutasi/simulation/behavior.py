"""How invented people perform and answer: the hidden truth of a region.

Here is what all worlds share; what a match is worth and what moves an answer is
each world's own (:mod:`mutasi.simulation.worlds`).  Effects are in standard
deviations of a yearly rating, or on the logit scale of an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mutasi.simulation.arrays import YEAR, Bools, Floats, Ints, kilometres
from mutasi.simulation.career import Situation
from mutasi.simulation.establishment import FUNCTION_BITS
from mutasi.simulation.silence import Silence

ADJUSTMENT = 0.26
"""What the first days in a post cost; fades with :data:`ADJUSTED_AFTER`."""

ADJUSTED_AFTER = 0.9
"""Years after which the adjustment has faded to a third."""

GROWTH = 0.03
"""Levels of competence gained a year."""

ACCEPTED = 0.875
"""Mean chance that an offer is accepted in a usual year."""


@dataclass(frozen=True)
class World:
    """What does not change as the years pass; arrays by person, post or unit.

    Attributes:
        nature: How the world is made.
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

    nature: "Nature"
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


@dataclass(frozen=True)
class Candidates:
    """Who may be chosen for a vacancy; arrays with one entry a candidate.

    Attributes:
        who: The person.
        post: The vacant post.
        favoured: Closeness to those who rule in the year, 0 to about 2.
        opposed: Closeness to another network than theirs, 0 to about 2.
    """

    who: Ints
    post: Ints
    favoured: Floats
    opposed: Floats


@dataclass(frozen=True)
class Nature:
    """How a world is made.

    Attributes:
        match: What pairs add to performance in the year with a given middle, at
            full strength of fit.
        motives: Why people would take or refuse posts offered on the day of the facts.
        leaning: What those in charge follow besides merit when they choose, at
            full confounding.
        silence: What the records leave out.
    """

    match: Callable[[World, Facts, Pairs, int], Floats]
    motives: Callable[[World, Facts, Ints, Ints], Motives]
    leaning: Callable[[World, Facts, Candidates], Floats]
    silence: Silence


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
    held = np.clip((middle - pairs.start) / YEAR, 0, None)
    strange = np.where(pairs.eased, 0.0, ADJUSTMENT)
    total: Floats = (
        world.ability[pairs.who]
        + world.leadership[world.unit[pairs.post]]
        + world.fit_strength * match(world, facts, pairs, middle)
        - strange * np.exp(-held / ADJUSTED_AFTER)
    )
    return total


def match(world: World, facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return what the pair of person and post adds at full strength of fit."""
    return world.nature.match(world, facts, pairs, middle)


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


def practice(world: World, facts: Facts, pairs: Pairs, middle: int) -> tuple[Floats, Floats]:
    """Return years in the function and in the family of posts by the middle of a year."""
    more = gained(facts, pairs, middle)
    return (
        facts.where.in_function[pairs.who, world.function[pairs.post]] + more,
        facts.where.in_family[pairs.who, world.family[pairs.post]] + more,
    )


def gained(facts: Facts, pairs: Pairs, middle: int) -> Floats:
    """Return years in the posts from the day of the facts to the middle of a year."""
    return np.clip((middle - np.maximum(pairs.start, facts.where.day)) / YEAR, 0, None)


def distance(world: World, facts: Facts, who: Ints, post: Ints) -> Floats:
    """Return kilometres between home and post."""
    return kilometres(facts.north[who], facts.east[who], world.north[post], world.east[post])


def further(world: World, facts: Facts, who: Ints, post: Ints) -> Floats:
    """Return kilometres that the way to a post is longer than the present one."""
    now = facts.where.post[who]
    away = distance(world, facts, who, post)
    before = np.where(now >= 0, distance(world, facts, who, np.maximum(now, 0)), away)
    return np.asarray(away - before)


def served(facts: Facts, who: Ints) -> Floats:
    """Return years in the present post, 0 to 8."""
    return np.clip((facts.where.day - facts.where.since[who]) / YEAR, 0, 8)


def age(world: World, facts: Facts, who: Ints) -> Floats:
    """Return the age in years on the day of the facts."""
    return np.asarray((facts.where.day - world.born[who]) / YEAR)


def motives(world: World, facts: Facts, who: Ints, post: Ints) -> Motives:
    """Return why people would take or refuse posts offered on the day of the facts."""
    return world.nature.motives(world, facts, who, post)


def usual_willingness(world: World, facts: Facts, who: Ints, post: Ints) -> float:
    """Return the readiness at which the mean chance over some pairs is :data:`ACCEPTED`."""
    low, high = -5.0, 12.0
    for _ in range(30):
        middle = (low + high) / 2
        chance = motives(replace(world, willingness=middle), facts, who, post).probability()
        low, high = (middle, high) if chance.mean() < ACCEPTED else (low, middle)
    return round((low + high) / 2, 4)


def hashed(salt: int, who: Ints, post: Ints) -> Floats:
    """Return a standard normal number that a pair always has (sum of four uniforms)."""
    pair = (np.asarray(who).astype(np.uint64) << np.uint64(32)) ^ np.asarray(post).astype(np.uint64)
    mixed = pair * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt % 2**63)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed = mixed ^ (mixed >> np.uint64(31))
    parts = [(mixed >> np.uint64(16 * k)) & np.uint64(0xFFFF) for k in range(4)]
    total = sum(part.astype(np.float64) for part in parts) / 65536.0
    return np.asarray((total - 2.0) / np.sqrt(1 / 3))
