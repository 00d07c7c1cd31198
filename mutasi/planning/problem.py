"""The question of a plan as data: people, posts, who may move where and what it is worth.

Columns, not objects: a region of 50,000 people is ten arrays.
"""

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from mutasi.errors import (
    AssignmentEndless,
    DemandUnknown,
    FloorUnreachable,
    NobodyToMove,
    PairUnusable,
    PinNotOffered,
    SeatsNegative,
    UtilityUnusable,
)
from mutasi.planning.demands import (
    Demand,
    Floor,
    Keep,
    Must,
    MustNot,
    Pin,
    Place,
    require_agreement,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=Demand)

RESOLUTION: Final = 1e-4
"""The least difference of utilities that counts, T points: a ten-thousandth of a point
is far below what any prediction can tell apart, and whole numbers add up exactly."""

MOST: Final = 1e5
"""What no move can be worth more than, T points, that sums and prices may stay whole: two
thousand times the mean performance."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Who may move where, what that is worth, and what a plan must keep to.

    Staying is worth nothing, so a utility is what a move is worth beyond staying.

    Attributes:
        people: Id of each person; everybody who holds a post is among them, because
            units are staffed by whoever stays.
        holds: Row of the post that each person holds; -1 for none.
        posts: Id of each post.
        unit: Id of each post's unit.
        family: Job family of each post; empty if unknown.
        open: Seats of each post that are open now, beside those that movers leave.
        person: Row of the person of each pair.
        post: Row of the post of each pair; one a person does not hold.
        worth: Utility of each pair in steps of :data:`RESOLUTION`.
        cost: What each pair takes from the budget, in whole units of money.
        demands: What the plan must keep to.
        lent: Which pairs lend the person for a time (*penugasan sementara*): who is lent
            keeps the post held, so nobody may take it, but works elsewhere, so units count
            who is there; None = none of them.
        until: ISO day until which they are lent; empty where nobody is.

    Raises:
        NobodyToMove: If there are no pairs.
        SeatsNegative: If a post has fewer than no open seats.
        PairUnusable: If a pair is of nobody or nowhere, offered twice, or to the post held.
        AssignmentEndless: If people are lent without a day on which that ends.
        DemandUnknown: If a demand names a person, post, unit or family that there is not.
        PinNotOffered: If somebody must move where no pair leads.
        PinOfOne: If a pin about two people names one person twice.
        PinsContradict: If two pins cannot both hold, whatever else.
        FloorUnreachable: If a floor is above everybody who could ever be there.
    """

    people: NDArray[np.object_]
    holds: Ints
    posts: NDArray[np.object_]
    unit: NDArray[np.object_]
    family: NDArray[np.object_]
    open: Ints
    person: Ints
    post: Ints
    worth: Ints
    cost: Ints
    demands: tuple[Demand, ...] = ()
    lent: Mask | None = None
    until: str = ""

    def __post_init__(self) -> None:
        _require_seats(self)
        _require_pairs(self)
        if self.is_lent.any() and not self.until:
            raise AssignmentEndless(pairs=int(self.is_lent.sum()))
        for demand in self.demands:
            _require_known(self, demand)
        _require_pins(self)
        for floor in self.of(Floor):
            _require_reach(self, floor)

    def of(self, kind: type[Kind]) -> list[Kind]:
        """Return the demands of a kind."""
        return [demand for demand in self.demands if isinstance(demand, kind)]

    @cached_property
    def filled(self) -> Ints:
        """How many people hold each post."""
        held = self.holds[self.holds >= 0]
        return np.bincount(held, minlength=len(self.posts)).astype(np.int64)

    @cached_property
    def left(self) -> Ints:
        """Row of the post that each pair leaves; -1 for none."""
        return np.asarray(self.holds[self.person])

    @cached_property
    def is_lent(self) -> Mask:
        """Which pairs lend the person for a time."""
        return np.zeros(len(self.person), dtype=bool) if self.lent is None else self.lent

    @cached_property
    def freed(self) -> Ints:
        """Row of the post of which each pair frees a seat; -1 for none."""
        return np.where(self.is_lent, -1, self.left)

    @cached_property
    def is_two_ways(self) -> Mask:
        """Which people may both move and be lent; they may do one of the two."""
        count = len(self.people)
        ways = [
            np.bincount(self.person[each], minlength=count) > 0
            for each in (self.is_lent & self.allowed, ~self.is_lent & self.allowed)
        ]
        return np.asarray(ways[0] & ways[1])

    @cached_property
    def person_row(self) -> dict[str, int]:
        """Row of each person by id."""
        return {name: row for row, name in enumerate(self.people)}

    @cached_property
    def post_row(self) -> dict[str, int]:
        """Row of each post by id."""
        return {name: row for row, name in enumerate(self.posts)}

    def covered(self, floor: Floor) -> Ints:
        """Return the posts that a floor counts the people of, in order."""
        if floor.family is None:
            return np.arange(len(self.posts)) if floor.unit is None else self.units[floor.unit]
        found = self.families[floor.family]
        if floor.unit is None:
            return found
        return np.intersect1d(found, self.units[floor.unit], assume_unique=True)

    @cached_property
    def units(self) -> dict[str, Ints]:
        """Rows of the posts of each unit."""
        return _rows_by_name(self.unit)

    @cached_property
    def families(self) -> dict[str, Ints]:
        """Rows of the posts of each job family."""
        return _rows_by_name(self.family)

    @cached_property
    def allowed(self) -> Mask:
        """Which pairs the pins leave: one of who must, none of who stays, no loan of who goes."""
        found = np.ones(len(self.person), dtype=bool)
        for pin in self.of(Keep):
            found &= self.person != self.person_row[pin.person]
        for barred in self.of(MustNot):
            found &= ~self.is_pair(barred)
        for bound in self.of(Must):
            found &= (self.person != self.person_row[bound.person]) | self.is_pair(bound)
        for leaving in self.of(Place):
            found &= ~self.is_lent | (self.person != self.person_row[leaving.person])
        return found

    @cached_property
    def may_stay(self) -> Mask:
        """Which people may stay where they are."""
        found = np.ones(len(self.people), dtype=bool)
        pins: list[Pin] = [*self.of(Must), *self.of(Place)]
        for pin in pins:
            found[self.person_row[pin.person]] = False
        return found

    def is_pair(self, pin: Must | MustNot) -> Mask:
        """Return which pair a pin is about."""
        return np.asarray(
            (self.person == self.person_row[pin.person]) & (self.post == self.post_row[pin.post])
        )


def steps(utility: Floats) -> Ints:
    """Return utilities (T points) in whole steps of :data:`RESOLUTION`.

    Raises:
        UtilityUnusable: If one is not a number, or above :data:`MOST` or as far below nought.

    >>> steps(np.array([1.5, -0.00004])).tolist()
    [15000, 0]
    """
    wrong = np.flatnonzero(~(np.abs(utility) <= MOST))
    if len(wrong):
        first = int(wrong[0])
        raise UtilityUnusable(pair=first, value=float(utility[first]), count=len(wrong), most=MOST)
    return np.rint(utility / RESOLUTION).astype(np.int64)


def _rows_by_name(names: NDArray[np.object_]) -> dict[str, Ints]:
    found, code = np.unique(names.astype(str), return_inverse=True)
    order = np.argsort(code, kind="stable")
    ends = np.cumsum(np.bincount(code, minlength=len(found)))[:-1]
    return dict(zip(found.tolist(), np.split(order, ends), strict=True))


def _require_seats(problem: Problem) -> None:
    below = np.flatnonzero(problem.open < 0)
    if len(below):
        raise SeatsNegative(post=problem.posts[below[0]], seats=int(problem.open[below[0]]))


def _require_pairs(problem: Problem) -> None:
    person, post = problem.person, problem.post
    if not len(person):
        raise NobodyToMove
    size = len(problem.posts)
    outside = (person < 0) | (person >= len(problem.people)) | (post < 0) | (post >= size)
    if outside.any():
        raise PairUnusable(pair=int(outside.argmax()), reason="outside")
    here = problem.left == post
    if here.any():
        raise PairUnusable(pair=int(here.argmax()), reason="held")
    found, first = np.unique((person * size + post) * 2 + problem.is_lent, return_index=True)
    if len(found) < len(person):
        again = np.setdiff1d(np.arange(len(person)), first)
        raise PairUnusable(pair=int(again[0]), reason="twice")


def _require_known(problem: Problem, demand: Demand) -> None:
    known: dict[str, Container[object]] = {
        "person": problem.person_row,
        "other": problem.person_row,
        "post": problem.post_row,
        "unit": problem.units,
        "family": problem.families,
    }
    for name, value in demand.values().items():
        if name in known and value not in known[name]:
            raise DemandUnknown(field=f"{demand.kind}.{name}", name=name, value=value)


def _require_pins(problem: Problem) -> None:
    require_agreement(problem.demands)
    for must in problem.of(Must):
        if not problem.is_pair(must).any():
            raise PinNotOffered(demand=must)


def _require_reach(problem: Problem, floor: Floor) -> None:
    posts = problem.covered(floor)
    staff, seats = int(problem.filled[posts].sum()), int(problem.open[posts].sum())
    if floor.least > staff + seats:
        raise FloorUnreachable(demand=floor, least=floor.least, staff=staff, seats=seats)
