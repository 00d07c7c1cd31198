"""Who may move where in one plan: pairs that the law allows, with what is predicted of them.

A plan may also fill what its own moves leave, so posts are looked at in rounds: those
that are open first, then those whose holders are candidates for them.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from models.explanation import Reason
from models.learner import Floats
from models.recommender import Recommender
from mutasi.rules import RULES, Case, Verdict, judge
from mutasi.snapshot import Pairs
from mutasi.vocabulary import ACTIVE

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Names = tuple[str, ...]

ROUTE: Names = ("distance_then_km", "distance_change_km", "levels_up")


@dataclass(frozen=True, eq=False)
class Offers:
    """Pairs that may be in a plan; one row a pair.

    Attributes:
        employee: Row of the person.
        position: Row of the post.
        value: Expected performance there, T points, the leniency of raters taken out; the
            transparent score where there is no model.
        staying: The same in the present post; NaN for who holds none.
        acceptance: Chance that an offer is accepted; 1 where none is predicted.
        distance_km: From home to the unit; NaN if unknown.
        farther_km: By how much the way to work grows; NaN if unknown.
        levels_up: Levels that the move goes up; NaN if unknown.
        lent: Whether the person is only lent there for a time.
    """

    employee: Ints
    position: Ints
    value: Floats
    staying: Floats
    acceptance: Floats
    distance_km: Floats
    farther_km: Floats
    levels_up: Floats
    lent: Mask

    def at(self, rows: Ints) -> "Offers":
        """Return some of the pairs."""
        return Offers(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


@dataclass(frozen=True, eq=False)
class Search:
    """Which pairs are looked for.

    Attributes:
        first: Posts of the first round, rows.
        rounds: How often posts of candidates are looked at in turn.
        most: How many candidates of a post are kept, the best by utility.
        movable: Who may be moved, by row of employees.
        wanted: Who is kept beyond ``most``: those whom pins name, and the displaced.
        refillable: Posts that may be filled when they are left, by row of positions.
    """

    first: Ints
    rounds: int
    most: int
    movable: Mask
    wanted: Mask
    refillable: Mask


def offers(recommender: Recommender, search: Search) -> Offers:
    """Return the pairs of a plan.

    Pairs of which the past says nothing are left out, except of those who are wanted.
    """
    known = _known(recommender)
    present = recommender.snapshot.employees["position"]
    seen = np.zeros(len(search.refillable), dtype=bool)
    employees, positions = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    posts = search.first
    for _ in range(search.rounds):
        seen[posts] = True
        found = [_candidates(recommender, search, known, int(post)) for post in posts]
        employees += found
        positions += [np.full(len(each), post) for each, post in zip(found, posts, strict=True)]
        held = present[np.concatenate(employees)]
        held = np.unique(held[held >= 0])
        posts = held[search.refillable[held] & ~seen[held]]
    return _predicted(recommender, np.concatenate(employees), np.concatenate(positions))


def _known(recommender: Recommender) -> dict[str, tuple[Pairs, Verdict]]:
    """Return who may move at all in each region, with what the law says of them anywhere."""
    snapshot = recommender.snapshot
    people = snapshot.employees
    in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
    of_person = [rule for rule in RULES if rule.of_person]
    found = {}
    for region in set(people["employee_region"][in_service]):
        pairs = snapshot.pairs(
            np.flatnonzero(in_service & (people["employee_region"] == region)), 0
        )
        case = Case(_day(recommender), pairs.count, pairs.employee_column)
        found[region] = pairs, judge(of_person, case)
    return found


def _candidates(
    recommender: Recommender,
    search: Search,
    known: dict[str, tuple[Pairs, Verdict]],
    post: int,
) -> Ints:
    """Return the candidates of a post: the best whom the law allows, and those who are wanted."""
    region = recommender.snapshot.positions["region"][post]
    if region not in known:
        return np.empty(0, dtype=np.int64)
    staff, said = known[region]
    pairs = staff.toward(post)
    verdict = judge(RULES, Case(_day(recommender), pairs.count, pairs.column), said)
    rows: Ints = np.asarray(staff.employees)
    rows = rows[verdict.eligible & search.movable[rows]]
    if not len(rows):
        return rows
    matrix = recommender.prepared.pairs(recommender.scorer.names, rows, post)
    scores = recommender.scorer.scores(matrix)
    best = np.zeros(len(rows), dtype=bool)
    best[scores.best(search.most)] = True
    return np.asarray(rows[(best & scores.has_evidence) | search.wanted[rows]])


def _predicted(recommender: Recommender, employee: Ints, position: Ints) -> Offers:
    scorer, prepared = recommender.scorer, recommender.prepared
    present = recommender.snapshot.employees["position"][employee]
    holds = present >= 0
    scores = scorer.scores(prepared.pairs(scorer.names, employee, position))
    staying = np.full(len(employee), np.nan)
    stays = prepared.pairs(scorer.names, employee[holds], present[holds])
    staying[holds] = scorer.scores(stays).value
    distance, farther, levels = prepared.pairs(ROUTE, employee, position).T
    return Offers(
        employee=employee,
        position=position,
        value=scores.value,
        staying=staying,
        acceptance=np.ones(len(employee)) if scores.acceptance is None else scores.acceptance,
        distance_km=distance,
        farther_km=farther,
        levels_up=levels,
        lent=np.zeros(len(employee), dtype=bool),
    )


def _day(recommender: Recommender) -> np.datetime64:
    return np.datetime64(recommender.snapshot.as_of, "D")


def reasons(recommender: Recommender, found: Offers) -> list[tuple[Reason, ...]]:
    """Return what speaks for and against pairs, the strongest first; nothing without evidence."""
    scorer, functions = recommender.scorer, recommender.snapshot.positions["function"]
    matrix = recommender.prepared.pairs(scorer.names, found.employee, found.position)
    scores = scorer.scores(matrix)
    told = scorer.reasons(functions[found.position].tolist(), matrix, scores)
    return [
        each if has_evidence else ()
        for each, has_evidence in zip(told, scores.has_evidence.tolist(), strict=True)
    ]
