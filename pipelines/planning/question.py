"""A request and a region as a problem: who may move where, and what each move is worth."""

from dataclasses import dataclass, replace

import numpy as np

from models.offers import Offers, Search, offers
from models.recommender import Recommender
from mutasi.planning import Problem, steps
from mutasi.planning.demands import Apart, Demand, Floor, Keep, Must, Pin, Place, Together
from mutasi.planning.naming import require_named
from mutasi.planning.request import Limits, PlanRequest, Temporary
from mutasi.workflow.deadlines import require_assignment
from pipelines.planning.known import Ints, Known, Mask
from pipelines.planning.worth import is_wished, worth


@dataclass(frozen=True, eq=False)
class Question:
    """A problem, with what its numbers stand for.

    Attributes:
        problem: The problem; its posts are the rows of the snapshot's positions.
        employee: Row of the snapshot's employees of each person of the problem.
        offers: What is predicted of each pair of the problem.
        known: The columns of the region that it was made from.
        nowhere: Displaced people whom law and request let into no post that was looked at.
    """

    problem: Problem
    employee: Ints
    offers: Offers
    known: Known
    nowhere: tuple[str, ...]


def question(recommender: Recommender, request: PlanRequest) -> Question:
    """Return what a request asks of a region.

    Raises:
        DemandUnknown: If the request names a person, post or unit that there is not.
        NobodyToMove: If the law allows nobody into any of the posts.
        AssignmentUnlawful: If people would be lent for no time, or longer than the law lets.
        MutasiError: If the demands are no problem, see :class:`mutasi.planning.Problem`.
    """
    known = Known(recommender)
    require_named(request, known.ids)
    displaced = known.displaced if request.place_displaced else np.zeros_like(known.displaced)
    movable = _movable(known, request)
    found = offers(recommender, _search(known, request, movable, displaced & movable))
    found = found.at(np.flatnonzero(_is_kept(known, found, request)))
    until = ""
    if request.temporary is not None:
        found, until = _with_lent(known, found, request.temporary), str(request.temporary.until)
    to_place = np.flatnonzero(displaced & movable)
    people = np.flatnonzero(known.in_service)
    row = np.full(len(known.in_service), -1)
    row[people] = np.arange(len(people))
    problem = Problem(
        people=known.people[people],
        holds=known.present[people].astype(np.int64),
        posts=known.posts,
        unit=known.unit,
        family=known.family,
        open=known.open + _opening(known, request),
        person=row[found.employee],
        post=found.position,
        worth=steps(worth(known, found, request)),
        cost=_cost(found, request.limits),
        lent=found.lent,
        until=until,
    )
    placed = to_place[np.isin(to_place, found.employee)]
    written, leave = request.demands, [Place(str(name)) for name in known.people[placed]]
    share = _floors(problem, request.limits.staff_share, written, known.present[placed])
    return Question(
        problem=replace(problem, demands=(*written, *_new(leave, written), *share)),
        employee=people,
        offers=found,
        known=known,
        nowhere=tuple(map(str, known.people[np.setdiff1d(to_place, placed)])),
    )


def _with_lent(known: Known, found: Offers, temporary: Temporary) -> Offers:
    """Return pairs, with those that lend people: within their job family, to another unit."""
    require_assignment(known.as_of, temporary.until)
    held = known.present[found.employee]
    family, unit = known.family, known.unit
    lent = (held >= 0) & (family[held] == family[found.position]) & (family[held] != "")
    lent &= (unit[held] != unit[found.position]) & ~known.closed[held]
    if temporary.units:
        lent &= known.within(temporary.units)[found.position]
    every = np.arange(len(lent))
    both = found.at(np.concatenate([every, np.flatnonzero(lent)]))
    return replace(both, lent=np.arange(len(both.lent)) >= len(lent))


def _movable(known: Known, request: PlanRequest) -> Mask:
    pool = request.pool
    found = known.in_service.copy()
    if pool.units:
        found &= np.append(known.within(pool.units), False)[known.present]
    if pool.people:
        found &= np.isin(known.people, list(pool.people))
    return np.asarray(found & ~np.isin(known.people, list(pool.without)))


def _search(known: Known, request: PlanRequest, movable: Mask, displaced: Mask) -> Search:
    posts = request.posts
    first = known.open > 0
    if posts.units:
        first &= known.within(posts.units)
    if posts.only:
        first &= np.isin(known.posts, list(posts.only))
    first[known.rows(posts.opening, known.post_row)] = True
    first[known.rows((pin.post for pin in request.must), known.post_row)] = True
    wanted = displaced.copy()
    for demand in request.demands:
        if isinstance(demand, Pin):
            wanted[known.person_row[demand.person]] = True
        if isinstance(demand, Together | Apart) and demand.other in known.person_row:
            wanted[known.person_row[demand.other]] = True
    return Search(
        first=np.flatnonzero(first & ~known.closed),
        rounds=request.limits.depth or posts.rounds,
        most=posts.candidates,
        movable=movable,
        wanted=wanted,
        refillable=known.refillable,
    )


def _is_kept(known: Known, found: Offers, request: PlanRequest) -> Mask:
    """Return which pairs are near enough and what people who bind themselves wish."""
    kept = np.ones(len(found.employee), dtype=bool)
    if request.limits.kilometres is not None:
        kept &= ~(found.distance_km > request.limits.kilometres)
    bound = [wish for wish in request.preference if wish.binds]
    for person in {wish.person for wish in bound}:
        theirs = found.employee == known.person_row[person]
        wished = np.zeros(len(kept), dtype=bool)
        for wish in (each for each in bound if each.person == person):
            wished |= is_wished(known, found, wish)
        kept &= ~theirs | wished
    return kept


def _cost(found: Offers, limits: Limits) -> Ints:
    return np.rint(limits.per_move + limits.per_km * np.nan_to_num(found.distance_km)).astype(
        np.int64
    )


def _opening(known: Known, request: PlanRequest) -> Ints:
    seats = np.zeros(len(known.posts), dtype=np.int64)
    opening = request.posts.opening
    seats[known.rows(opening, known.post_row)] = list(opening.values())
    return seats


def _floors(problem: Problem, share: float, written: tuple[Demand, ...], gone: Ints) -> list[Floor]:
    """Return a floor for each unit that pairs leave and that has none of its own.

    Args:
        problem: The problem, without floors.
        share: Of its people below which no unit falls.
        written: What the request asks for itself.
        gone: Closed posts of those who must be placed, one each: whoever has to leave is none
            of the people that a unit keeps.
    """
    own = {each.unit for each in written if isinstance(each, Floor) and each.family is None}
    left = problem.left[problem.left >= 0]
    stays = problem.filled - np.bincount(gone, minlength=len(problem.posts))
    found = []
    for unit in np.unique(problem.unit[left].astype(str)).tolist():
        staff = int(stays[problem.units[unit]].sum())
        if unit not in own and staff:
            found.append(Floor(max(int(share * staff), 1), unit))
    return found


def _new(placed: list[Place], written: tuple[Demand, ...]) -> list[Place]:
    """Return who must be placed, of whom the request does not say itself whether they move."""
    named = {demand.person for demand in written if isinstance(demand, Must | Keep | Place)}
    return [place for place in placed if place.person not in named]
