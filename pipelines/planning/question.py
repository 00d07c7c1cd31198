"""A request and a region as a problem: who may move where, and what each move is worth."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.offers import Offers, Search, offers
from models.recommender import Recommender
from models.utility import REFUSED
from mutasi.errors import DemandUnknown
from mutasi.planning import Problem, steps
from mutasi.planning.demands import Demand, Floor, Pin, Place
from mutasi.planning.request import Limits, PlanRequest, Preference, Weights
from mutasi.staffing import Units, balance
from mutasi.vocabulary import ACTIVE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Question:
    """A problem, with what its numbers stand for.

    Attributes:
        problem: The problem; its posts are the rows of the snapshot's positions.
        employee: Row of the snapshot's employees of each person of the problem.
        offers: What is predicted of each pair of the problem.
        weight: What a missing person of each post counts; 1 = as usual.
        nowhere: Displaced people whom the law allows into no post that was looked at.
    """

    problem: Problem
    employee: Ints
    offers: Offers
    weight: Floats
    nowhere: tuple[str, ...]


def question(recommender: Recommender, request: PlanRequest) -> Question:
    """Return what a request asks of a region.

    Raises:
        DemandUnknown: If the request names a person, post or unit that there is not.
        NobodyToMove: If the law allows nobody into any of the posts.
        MutasiError: If the demands are no problem, see :class:`mutasi.planning.Problem`.
    """
    known = _Known(recommender)
    _require_known(known, request)
    displaced = known.displaced if request.place_displaced else np.zeros_like(known.displaced)
    movable = _movable(known, request)
    found = offers(recommender, _search(known, request, movable, displaced & movable))
    found = _kept(found, _is_kept(known, found, request))
    posts = recommender.snapshot.positions
    staffed = balance(recommender.snapshot, Units.of(recommender.snapshot))
    weight = staffed["weight"].to_numpy(float)
    accepted = _accepted(found, request.weights, weight)
    accepted -= request.weights.workload * _gap_left(known, found, accepted, weight)
    chance = found.acceptance
    worth = chance * accepted - (1.0 - chance) * request.weights.refusal
    worth += _wishes(known, found, request.preference)
    reached = set(found.employee.tolist())
    to_place = np.flatnonzero(displaced & movable)
    people = np.flatnonzero(known.in_service)
    row = np.full(len(known.in_service), -1)
    row[people] = np.arange(len(people))
    problem = Problem(
        people=known.people[people],
        holds=known.present[people].astype(np.int64),
        posts=known.posts,
        unit=known.unit,
        family=np.array([each or "" for each in posts["family"]], dtype=object),
        open=known.open + _opening(known, request),
        person=row[found.employee],
        post=found.position,
        worth=steps(worth),
        cost=_cost(found, request.limits),
    )
    placed = [Place(str(known.people[each])) for each in to_place if each in reached]
    written = request.demands
    share = _floors(problem, request.limits.staff_share, written)
    return Question(
        problem=replace(problem, demands=(*written, *_new(placed, written), *share)),
        employee=people,
        offers=found,
        weight=weight,
        nowhere=tuple(str(known.people[each]) for each in to_place if each not in reached),
    )


class _Known:
    """Columns of the region that the request refers to."""

    def __init__(self, recommender: Recommender) -> None:
        people, posts = recommender.snapshot.employees, recommender.snapshot.positions
        self.people: NDArray[np.object_] = people["employee_id"]
        self.present: Ints = people["position"]
        self.in_service: Mask = (self.present >= 0) | (people["standing"] == ACTIVE)
        self.posts: NDArray[np.object_] = posts["position_id"]
        self.unit: NDArray[np.object_] = posts["unit_id"]
        self.open: Ints = posts["open"].astype(np.int64)
        self.closed: Mask = posts["is_closed"]
        self.person_row = {name: row for row, name in enumerate(self.people)}
        self.post_row = {name: row for row, name in enumerate(self.posts)}
        self.units = set(self.unit)
        with np.errstate(invalid="ignore"):
            self.refillable: Mask = (posts["filled"] <= posts["needed"]) & ~self.closed
        surplus = np.where(np.isnan(posts["needed"]), np.inf, posts["filled"] - posts["needed"])
        self.spare: Floats = np.where(self.closed, np.inf, surplus)
        self.displaced: Mask = (self.present >= 0) & np.append(self.closed, False)[self.present]

    def rows(self, names: Iterable[str], row: Mapping[str, int]) -> Ints:
        return np.array([row[name] for name in names], dtype=np.int64)


def _require_known(known: _Known, request: PlanRequest) -> None:
    people, posts = known.person_row, known.post_row
    wishes = request.preference
    named: tuple[tuple[str, Iterable[str], Container[str]], ...] = (
        ("person", (*request.pool.people, *request.pool.without), people),
        ("person", [each.person for each in wishes], people),
        ("person", [each.person for each in request.demands if isinstance(each, Pin)], people),
        ("post", (*request.posts.only, *request.posts.opening), posts),
        ("post", [each.post for each in wishes if each.post], posts),
        ("post", [each.post for each in request.must], posts),
        ("unit", (*request.pool.units, *request.posts.units), known.units),
        ("unit", [each.unit for each in wishes if each.unit], known.units),
    )
    for name, wanted, there in named:
        for value in wanted:
            if value not in there:
                raise DemandUnknown(demand="request", name=name, value=value)


def _movable(known: _Known, request: PlanRequest) -> Mask:
    pool = request.pool
    found = known.in_service.copy()
    if pool.units:
        found &= np.append(np.isin(known.unit, list(pool.units)), False)[known.present]
    if pool.people:
        found &= np.isin(known.people, list(pool.people))
    return np.asarray(found & ~np.isin(known.people, list(pool.without)))


def _search(known: _Known, request: PlanRequest, movable: Mask, displaced: Mask) -> Search:
    posts = request.posts
    first = known.open > 0
    if posts.units:
        first &= np.isin(known.unit, list(posts.units))
    if posts.only:
        first &= np.isin(known.posts, list(posts.only))
    first[known.rows(posts.opening, known.post_row)] = True
    first[known.rows((pin.post for pin in request.must), known.post_row)] = True
    wanted = displaced.copy()
    for demand in request.demands:
        if isinstance(demand, Pin):
            wanted[known.person_row[demand.person]] = True
    return Search(
        first=np.flatnonzero(first & ~known.closed),
        rounds=request.limits.depth or posts.rounds,
        most=posts.candidates,
        movable=movable,
        wanted=wanted,
        refillable=known.refillable,
    )


def _is_kept(known: _Known, found: Offers, request: PlanRequest) -> Mask:
    """Return which pairs are near enough and what people who bind themselves wish."""
    kept = np.ones(len(found.employee), dtype=bool)
    if request.limits.kilometres is not None:
        kept &= ~(found.distance_km > request.limits.kilometres)
    bound = [wish for wish in request.preference if wish.binds]
    for person in {wish.person for wish in bound}:
        theirs = found.employee == known.person_row[person]
        wished = np.zeros(len(kept), dtype=bool)
        for wish in (each for each in bound if each.person == person):
            wished |= _is_wished(known, found, wish)
        kept &= ~theirs | wished
    return kept


def _kept(found: Offers, kept: Mask) -> Offers:
    return Offers(**{name: getattr(found, name)[kept] for name in Offers.__dataclass_fields__})


def _is_wished(known: _Known, found: Offers, wish: Preference) -> Mask:
    there = np.ones(len(found.employee), dtype=bool)
    if wish.unit is not None:
        there &= known.unit[found.position] == wish.unit
    if wish.post is not None:
        there &= known.posts[found.position] == wish.post
    return np.asarray(there & (found.employee == known.person_row[wish.person]))


def _wishes(known: _Known, found: Offers, wishes: Iterable[Preference]) -> Floats:
    worth = np.zeros(len(found.employee))
    for wish in wishes:
        worth += wish.worth * _is_wished(known, found, wish)
    return worth


def _accepted(found: Offers, weights: Weights, weight: Floats) -> Floats:
    """Return what each move is worth if it is made, but for the gap that it leaves; T points.

    Who holds no post is worth as much as an empty post is.
    """
    staying = np.where(np.isnan(found.staying), REFUSED, found.staying)
    return np.asarray(
        weights.gain * (found.value - staying)
        - weights.move
        + weights.workload * weight[found.position]
        + weights.career * np.nan_to_num(found.levels_up)
        - weights.per_km * np.nan_to_num(found.farther_km)
    )


def _gap_left(known: _Known, found: Offers, accepted: Floats, weight: Floats) -> Floats:
    """Return the weight of the gap that each move leaves.

    A post with more people than it needs can give as many as it has too many; they are
    those who have most to gain, whoever of them moves in the end, so that a plan never
    promises to end more shortage than it does.  Nobody misses the holder of a post that
    is closed, or whose need was never assessed.
    """
    best = np.full(len(known.present), -np.inf)
    np.maximum.at(best, found.employee, accepted)
    people = np.unique(found.employee)
    people = people[known.present[people] >= 0]
    post = known.present[people]
    order = np.lexsort((-best[people], post))
    rank = np.empty(len(people), dtype=np.int64)
    rank[order] = np.arange(len(people)) - np.searchsorted(post[order], post[order])
    gap = np.zeros(len(known.present))
    gap[people] = np.where(rank < known.spare[post], 0.0, weight[post])
    return np.asarray(gap[found.employee])


def _cost(found: Offers, limits: Limits) -> Ints:
    return np.rint(limits.per_move + limits.per_km * np.nan_to_num(found.distance_km)).astype(
        np.int64
    )


def _opening(known: _Known, request: PlanRequest) -> Ints:
    seats = np.zeros(len(known.posts), dtype=np.int64)
    opening = request.posts.opening
    seats[known.rows(opening, known.post_row)] = list(opening.values())
    return seats


def _floors(problem: Problem, share: float, written: tuple[Demand, ...]) -> list[Floor]:
    """Return a floor for each unit that pairs leave and that has none of its own."""
    own = {each.unit for each in written if isinstance(each, Floor) and each.family is None}
    left = problem.left[problem.left >= 0]
    found = []
    for unit in np.unique(problem.unit[left].astype(str)).tolist():
        staff = int(problem.filled[problem.units[unit]].sum())
        if unit not in own:
            found.append(Floor(max(int(share * staff), 1), unit))
    return found


def _new(placed: list[Place], written: tuple[Demand, ...]) -> list[Place]:
    """Return who must be placed and of whom the request says nothing else."""
    named = {demand.person for demand in written if isinstance(demand, Pin)}
    return [place for place in placed if place.person not in named]
