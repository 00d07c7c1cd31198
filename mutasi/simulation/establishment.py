"""The units and posts of a region as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mutasi.simulation.arrays import FOREVER, Bools, Floats, Ints
from mutasi.simulation.geography import Places
from mutasi.simulation.jobs import CLERKS, FAMILIES, FIELDS_OF, RUNGS, STRUCTURAL
from mutasi.simulation.organisation import UnitPlan, unit_plans
from mutasi.simulation.posts import PostPlan, post_plans
from mutasi.vocabulary import COMPETENCIES, FIELDS, FUNCTIONS

FAMILY_NAMES = ("structural", "clerk", *FAMILIES)
RUNG_NAMES = (*RUNGS, *CLERKS)
STRUCTURAL_FAMILY, CLERK_FAMILY = 0, 1

SHORTAGE = {"PT": 1.16, "TR": 1.12, "PTK": 1.16, "PDI": 1.16, "PAP": 1.10, "OLO": 1.10}
"""People needed for each one planned, by rung; else 0.98."""

TECHNICAL = {"TR": 2, "MH": 2, "PY": 3, "PT": 2, "MU": 3, "MA": 4, "IV.b": 2, "IV.a": 2}
"""Technical level demanded; 3 on the higher structural rungs, 1 of clerks."""

SOFT = {
    "school": ("communication", "development"),
    "health": ("service", "cooperation"),
    "structural": ("decisions", "change"),
}
"""Competencies in which a track asks more than its rung does."""


def bits(fields: tuple[str, ...]) -> int:
    """Return fields of study as bits, in the order of ``vocabulary.FIELDS``.

    >>> bits(("health", "engineering"))
    5
    """
    return sum(1 << FIELDS.index(field) for field in fields)


FUNCTION_BITS = np.array([bits(FIELDS_OF[function]) for function in FUNCTIONS], dtype=np.int64)
"""Fields of study that serve each function of government."""


@dataclass(frozen=True)
class Establishment:
    """Every post of a region (*peta jabatan*); arrays with one entry a post.

    Attributes:
        places: Where the units lie.
        units: The units.
        posts: The plan of each post.
        ids: Id of each post.
        unit: Number of its unit.
        family: Number in ``FAMILY_NAMES``.
        rung: Number in ``RUNG_NAMES``.
        function: Number in ``FUNCTIONS`` (its own or its unit's).
        level: Rung on the common ladder.
        lowest: Lowest grade.
        highest: Highest grade.
        education: Lowest level of education.
        fields: Fields of study that qualify, as bits; 0 = any.
        retirement: Age of retirement in years.
        allowance: Class of allowance.
        standard: Levels demanded of the nine competencies, and the technical one.
        need: People needed at the start.
        unit_north: Latitude of each unit, in degrees.
        unit_east: Longitude of each unit, in degrees.
        closed: Day on which the post ceased to exist; changes as years pass.
    """

    places: Places
    units: tuple[UnitPlan, ...]
    posts: tuple[PostPlan, ...]
    ids: tuple[str, ...]
    unit: Ints
    family: Ints
    rung: Ints
    function: Ints
    level: Ints
    lowest: Ints
    highest: Ints
    education: Ints
    fields: Ints
    retirement: Ints
    allowance: Ints
    standard: Floats
    need: Ints
    unit_north: Floats
    unit_east: Floats
    closed: Ints

    @cached_property
    def north(self) -> Floats:
        """Latitude of each post, in degrees."""
        return self.unit_north[self.unit]

    @cached_property
    def east(self) -> Floats:
        """Longitude of each post, in degrees."""
        return self.unit_east[self.unit]

    @cached_property
    def place(self) -> Ints:
        """Number of the place of each post."""
        return np.array([unit.place for unit in self.units], dtype=np.int64)[self.unit]

    @cached_property
    def remote(self) -> Bools:
        """Whether each post lies in a remote place."""
        return self.places.remote[self.place]

    @cached_property
    def structural(self) -> Bools:
        """Whether each post is structural."""
        return np.equal(self.family, STRUCTURAL_FAMILY)

    @cached_property
    def clerk(self) -> Bools:
        """Whether each post is a general one."""
        return np.equal(self.family, CLERK_FAMILY)

    @cached_property
    def track(self) -> Ints:
        """0 school, 1 health, 2 technical functional posts, 3 clerks and structural."""
        tracks = {"school": 0, "health": 1, "office": 2}
        by_family = [3, 3] + [tracks[family.track] for family in FAMILIES.values()]
        return np.array(by_family, dtype=np.int64)[self.family]

    @cached_property
    def group(self) -> Ints:
        """Number that posts of the same family and rung share."""
        return self.family * len(RUNG_NAMES) + self.rung


def establishment(rng: np.random.Generator, name: str, employees: int) -> Establishment:
    """Return the units and posts of a region of a size.

    Args:
        rng: Source of chance.
        name: Name of the region.
        employees: People in service.
    """
    where, units = unit_plans(rng, name, employees)
    posts: list[PostPlan] = []
    unit: list[int] = []
    for number, plan in enumerate(units):
        found = list(post_plans(rng, plan))
        posts += found
        unit += [number] * len(found)
    home = np.array([plan.place for plan in units], dtype=np.int64)
    spread = np.where([plan.kind in ("SD", "SMP", "KEL", "PKM") for plan in units], 2.5, 1.0)
    functions = [_function(post, units[number]) for post, number in zip(posts, unit, strict=True)]
    demands = np.array([_demands(post) for post in posts], dtype=np.int64)
    growth = np.array([_growth(post) for post in posts])
    planned = np.array([post.need for post in posts])
    return Establishment(
        places=where,
        units=tuple(units),
        posts=tuple(posts),
        ids=tuple(
            f"{units[number].code}.{post.code}" for post, number in zip(posts, unit, strict=True)
        ),
        unit=np.array(unit, dtype=np.int64),
        family=np.array([FAMILY_NAMES.index(post.family) for post in posts], dtype=np.int64),
        rung=np.array([RUNG_NAMES.index(post.rung) for post in posts], dtype=np.int64),
        function=np.array(functions, dtype=np.int64),
        level=demands[:, 0],
        lowest=demands[:, 1],
        highest=demands[:, 2],
        education=demands[:, 3],
        retirement=demands[:, 4],
        allowance=demands[:, 5],
        fields=demands[:, 6],
        standard=_standards(rng, posts),
        need=np.floor(planned * growth + rng.random(len(posts)) * (growth != 1)).astype(np.int64),
        unit_north=where.north[home] + rng.normal(0, spread / 110.57),
        unit_east=where.east[home] + rng.normal(0, spread / 110.57),
        closed=np.full(len(posts), FOREVER, dtype=np.int64),
    )


HEADS = ("head_teacher", "head_of_health_centre")
"""Families whose posts one person holds, as structural ones."""


def _growth(post: PostPlan) -> float:
    return 1.0 if post.family in ("structural", *HEADS) else SHORTAGE.get(post.rung, 0.98)


def _function(post: PostPlan, unit: UnitPlan) -> int:
    return FUNCTIONS.index(post.function or unit.function or "secretariat")


def _demands(post: PostPlan) -> tuple[int, ...]:
    if post.family == "clerk":
        clerk = CLERKS[post.rung]
        return (1, clerk.lowest, clerk.highest, clerk.education, 58, clerk.allowance, 0)
    rung = RUNGS[post.rung]
    if post.rung in STRUCTURAL:
        return (*rung[1:7], 0)
    family = FAMILIES[post.family]
    education = max(rung.education, family.education)
    retirement = max(rung.retirement, family.retirement)
    if family.track == "health" and post.family in ("doctor", "dentist", "specialist"):
        rung = rung._replace(allowance=rung.allowance + 1)
    return (*rung[1:4], education, retirement, rung.allowance, bits(family.fields))


def _standards(rng: np.random.Generator, posts: list[PostPlan]) -> Floats:
    cache: dict[tuple[str, str], Floats] = {}
    for post in posts:
        if (post.family, post.rung) not in cache:
            cache[post.family, post.rung] = _standard(rng, post)
    return np.array([cache[post.family, post.rung] for post in posts])


def _standard(rng: np.random.Generator, post: PostPlan) -> Floats:
    track = "structural" if post.family == "structural" else "clerk"
    if post.family in FAMILIES:
        track = FAMILIES[post.family].track
    level = RUNGS[post.rung].competence if post.rung in RUNGS else 1
    demanded = np.full(10, float(level))
    demanded[rng.choice(9, size=2, replace=False)] += 1
    for name in SOFT.get(track, ()):
        demanded[COMPETENCIES.index(name)] = level + 1
    usual = 1 if track == "clerk" else 3
    demanded[9] = TECHNICAL.get(post.rung, usual)
    return np.asarray(np.clip(demanded, 1.0, 5.0), dtype=np.float64)
