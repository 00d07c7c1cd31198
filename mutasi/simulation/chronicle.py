"""What has happened so far in a region that is being simulated."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.simulation import behavior
from mutasi.simulation.arrays import FOREVER, LONG_AGO, Bools, Floats, Ints, day_number
from mutasi.simulation.behavior import Facts, World
from mutasi.simulation.career import Postings
from mutasi.simulation.config import SimulationConfig
from mutasi.simulation.establishment import Establishment
from mutasi.simulation.feeders import above
from mutasi.simulation.people import People
from mutasi.simulation.worlds import NATURES


class Log:
    """Rows that are only ever added, kept as columns."""

    def __init__(self, *columns: str) -> None:
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in columns}

    def add(self, count: int, **columns: object) -> None:
        """Add ``count`` rows; a single value holds for all of them."""
        assert columns.keys() == self._parts.keys()
        for name, values in columns.items():
            self._parts[name].append(np.broadcast_to(np.asarray(values), (count,)).copy())

    def __getitem__(self, name: str) -> NDArray[Any]:
        parts = self._parts[name]
        if not parts:
            return np.zeros(0, dtype=np.int64)
        joined = np.concatenate(parts)
        self._parts[name] = [joined]
        return joined

    def __len__(self) -> int:
        return sum(len(part) for part in next(iter(self._parts.values())))


@dataclass
class Chronicle:
    """A region on its way through the years.

    Attributes:
        config: What was asked for.
        rng: Source of chance.
        posts: The posts.
        people: Everyone who was ever employed.
        leadership: Effect of each unit on the performance of its people.
        drawn_on: Day on which each person was drawn.
        ruling: Network that is favoured by year.
        need: People needed by each post now.
        standing: Whether each person is in active service (no leave).
        leaves: Day on which each person leaves for good; FOREVER if not known.
        clean_from: Day from which each person's last sanction has ended.
        last_rating: Last rating of each person, in standard deviations.
        assessed: Day of the last competence assessment of each person.
        willing: Draw of each person, 0 to 1; low ones come to be assessed.
        back_on: Day on which each person on leave comes back; FOREVER if not on leave.
        habit: Usual leniency of the raters of each unit, in standard normal units.
        willingness: Usual readiness to accept an offer, on the logit scale.
        world: The hidden truth about people and posts so far.
        above: The post to which the holders of each post can rise in place, -1 for none.
    """

    config: SimulationConfig
    rng: np.random.Generator
    posts: Establishment
    people: People
    leadership: Floats
    drawn_on: Ints
    ruling: dict[int, int]
    need: Ints
    standing: Bools
    leaves: Ints
    clean_from: Ints
    last_rating: Floats
    assessed: Ints
    willing: Floats
    back_on: Ints
    habit: Floats
    willingness: float = 0.0
    world: World = field(init=False)
    above: Ints = field(init=False)
    postings: Postings = field(default_factory=Postings)
    homes: Log = field(default_factory=lambda: Log("employee", "since", "place", "north", "east"))
    needs: Log = field(default_factory=lambda: Log("post", "since", "needed"))
    standings: Log = field(default_factory=lambda: Log("employee", "since", "standing"))
    offers: Log = field(
        default_factory=lambda: Log("employee", "post", "offered", "answer", "answered", "reason")
    )
    transfers: Log = field(
        default_factory=lambda: Log(
            "employee", "before", "post", "decided", "started", "known", "offer"
        )
    )
    appraisals: Log = field(
        default_factory=lambda: Log(
            "employee", "year", "unit", "score", "results", "behaviour", "predicate", "known"
        )
    )
    trainings: Log = field(
        default_factory=lambda: Log("employee", "title", "kind", "function", "hours", "completed")
    )
    assessments: Log = field(
        default_factory=lambda: Log("employee", "assessed", "levels", "technical", "function")
    )
    sanctions: Log = field(default_factory=lambda: Log("employee", "decided", "ended", "severity"))
    acting: Log = field(default_factory=lambda: Log("employee", "post", "started", "ended"))
    scales: dict[int, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world = _world(self)
        self.above = above(self.posts)

    def homes_on(self, day: int) -> tuple[Floats, Floats, Ints]:
        """Return latitude, longitude and place of everyone's home on a day."""
        return homes(self.homes, len(self.people), day)

    def facts(self, day: int) -> Facts:
        """Return what is true of everyone at the close of a day."""
        where = self.postings.situation(
            len(self.people), day, self.posts.function, self.posts.family
        )
        north, east, _ = self.homes_on(day)
        return Facts(where, north, east, self.people.studied(day), self.people.grade(day))

    def retires(self, post: Ints) -> Ints:
        """Return the day from which each person would be retired from a post (*TMT pensiun*)."""
        age = self.posts.retirement[np.maximum(post, 0)]
        born = self.people.born.astype("datetime64[D]")
        months = born.astype("datetime64[M]").astype(np.int64) + 12 * age + 1
        return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)

    def settle_willingness(self, day: int, who: Ints, post: Ints) -> None:
        """Settle how ready people are to accept, so that regions of all sizes are alike.

        Args:
            day: The day before the offers.
            who: People who might be offered posts.
            post: The post of each.
        """
        self.willingness = behavior.usual_willingness(self.world, self.facts(day), who, post)
        self.world = _world(self)

    def join(self, others: People, post: Ints, day: int) -> None:
        """Let new people enter service and hold posts from a day on."""
        first = len(self.people)
        count = len(others)
        number = np.arange(first, first + count)
        self.people = self.people.joined(others)
        self.drawn_on = np.append(self.drawn_on, np.full(count, day))
        self.standing = np.append(self.standing, np.ones(count, dtype=np.bool_))
        self.leaves = np.append(self.leaves, np.full(count, FOREVER))
        self.clean_from = np.append(self.clean_from, np.full(count, LONG_AGO))
        self.last_rating = np.append(self.last_rating, np.zeros(count))
        self.assessed = np.append(self.assessed, np.full(count, LONG_AGO))
        self.willing = np.append(self.willing, self.rng.random(count))
        self.back_on = np.append(self.back_on, np.full(count, FOREVER))
        self.postings.begin(number, post, np.full(count, day))
        self.settle(number)
        self.world = _world(self)

    def settle(self, number: Ints) -> None:
        """Record the first home and standing of people."""
        who = self.people
        self.homes.add(
            len(number),
            employee=number,
            since=who.appointed[number],
            place=who.home[number],
            north=who.home_north[number],
            east=who.home_east[number],
        )
        self.standings.add(len(number), employee=number, since=who.appointed[number], standing="01")


def homes(log: Log, count: int, day: int) -> tuple[Floats, Floats, Ints]:
    """Return latitude, longitude and place of the home of ``count`` people on a day.

    The rows of one person must be in order of time.
    """
    begun = log["since"] <= day
    row = np.full(count, -1, dtype=np.int64)
    row[log["employee"][begun]] = np.flatnonzero(begun)
    known = row >= 0
    return (
        np.where(known, log["north"][row], np.nan),
        np.where(known, log["east"][row], np.nan),
        np.where(known, log["place"][row], -1),
    )


def _world(chronicle: Chronicle) -> World:
    """Return the hidden truth about everyone so far."""
    who, posts = chronicle.people, chronicle.posts
    return World(
        nature=NATURES[chronicle.config.world],
        drawn_on=chronicle.drawn_on,
        ability=who.ability,
        stubborn=who.stubborn,
        ties=who.ties,
        talent=who.talent,
        competence=who.competence,
        born=who.born,
        unit=posts.unit,
        function=posts.function,
        family=posts.family,
        level=posts.level,
        allowance=posts.allowance,
        fields=posts.fields,
        standard=posts.standard,
        remote=posts.remote,
        north=posts.north,
        east=posts.east,
        leadership=chronicle.leadership,
        fit_strength=chronicle.config.fit_strength,
        willingness=chronicle.willingness,
        salt=chronicle.config.seed * 7919 + 13,
    )


def opened(
    config: SimulationConfig, rng: np.random.Generator, posts: Establishment, people: People
) -> Chronicle:
    """Return a region on the first day, with its people but without a past."""
    count, units = len(people), len(posts.units)
    first = day_number(config.first_year)
    ruling = {
        year: int(favoured)
        for year, favoured in zip(
            range(config.first_year, config.last_year + 2),
            np.repeat(rng.integers(0, 4, 10), 5)[config.first_year % 5 :],
            strict=False,
        )
    }
    return Chronicle(
        config=config,
        rng=rng,
        posts=posts,
        people=people,
        leadership=rng.normal(0, 0.12, units),
        drawn_on=np.full(count, first),
        ruling=ruling,
        need=posts.need.copy(),
        standing=np.ones(count, dtype=np.bool_),
        leaves=np.full(count, FOREVER),
        clean_from=np.full(count, LONG_AGO),
        last_rating=np.zeros(count),
        assessed=np.full(count, LONG_AGO),
        willing=rng.random(count),
        habit=rng.normal(0, 1, units),
        back_on=np.full(count, FOREVER),
    )
