"""What may be changed of a pair, so that it is predicted to go better.

Training changes what a person can, transport and pay change what a post asks and
gives; a nearer unit is another post.  Here is only what would stand in the records;
what follows from it, the model says (:mod:`models.levers`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import Prepared
from models.explanation import Aspect
from mutasi.vocabulary import COMPETENCIES

COURSE_HOURS = 40.0
"""Hours of a usual course (a week)."""

TRANSPORT_SHARE = 0.5
"""Part of an added way to work that is left where transport is given."""

LEAST_KM = 1.0
"""Kilometres below which a way is not shorter: a home is the centre of its place."""

HIGHEST_LEVEL, HIGHEST_CLASS = 5.0, 17.0
"""The highest level of a competency and the highest class of a position on record
(:mod:`mutasi.vocabulary`)."""

TRAINABLE = (*COMPETENCIES, "technical")
RECORDED = (*(f"held_{name}" for name in TRAINABLE), "allowance_class")
"""Columns that a change may touch, as they are recorded."""

DERIVED = (
    *(f"gap_{name}" for name in TRAINABLE),
    "training_hours",
    "training_hours_in_function",
    "distance_then_km",
    "distance_change_km",
)
"""Features that a change may touch, or depends on."""

Ints = NDArray[np.int64]
Values = Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """One thing that may be changed of a pair.

    Attributes:
        name: Which: ``competency``, ``course``, ``transport``, ``allowance``,
            ``nearer_unit``.
        subject: What of it: the competency, the function of government that the
            course is about, or the other position; None where there is none.
        amount: By how much: levels, hours, classes, or km less.
        aspect: The prediction that it is meant for.
        given: The columns that it changes, with their new values; none where it
            is another pair.
    """

    name: str
    subject: str | None
    amount: float
    aspect: Aspect
    given: Values


def possible(prepared: Prepared, employee: int, position: int) -> list[Change]:
    """Return everything that may be changed of a pair.

    Nothing is offered to who holds the position already, so no incentive is.

    Args:
        prepared: The features of the day.
        employee: Row of the employee.
        position: Row of the position.
    """
    snapshot = prepared.snapshot
    holds = snapshot.employees["position"][employee] == position
    function = snapshot.positions["function"][position]
    known = as_is(prepared, employee, position)
    return [
        change
        for make in CHANGES
        for change in make(known, function)
        if not (holds and change.aspect is Aspect.ACCEPTANCE)
    ]


def as_is(prepared: Prepared, employee: int, position: int) -> dict[str, float]:
    """Return :data:`RECORDED` and :data:`DERIVED` of a pair; NaN = unknown."""
    pairs = prepared.snapshot.pairs(employee, position)
    derived = prepared.pairs(DERIVED, np.array([employee]), position)[0]
    recorded = {name: float(pairs.column(name)) for name in RECORDED}
    return recorded | dict(zip(DERIVED, derived.tolist(), strict=True))


def nearer_positions(prepared: Prepared, employee: int, position: int) -> Ints:
    """Return open positions of the title and government of one, nearer to the home.

    Whether the law allows them is not asked here.
    """
    snapshot = prepared.snapshot
    posts = snapshot.positions
    alike = (posts["open"] > 0) & _shared(posts["title_code"], position)
    alike &= posts["region"] == posts["region"][position]
    alike &= np.arange(len(alike)) != snapshot.employees["position"][employee]
    rows = np.flatnonzero(alike)
    way = ways_to(prepared, employee, np.append(rows, position))
    return np.asarray(rows[way[:-1] <= way[-1] - LEAST_KM], dtype=np.int64)


def ways_to(prepared: Prepared, employee: int, positions: Ints) -> NDArray[np.float64]:
    """Return the way from a home to each of some positions, km."""
    who = np.full(len(positions), employee)
    return np.asarray(prepared.pairs(("distance_then_km",), who, positions)[:, 0])


def _shared(code: Ints, row: int) -> NDArray[np.bool_]:
    """Return which rows have the code of one; none where it has none."""
    return np.asarray((code == code[row]) & (code >= 0))


def _closing_gaps(known: Values, _: str | None) -> Iterator[Change]:
    """Raise each competency that falls short by one level."""
    for name in TRAINABLE:
        held, gap = known[f"held_{name}"], known[f"gap_{name}"]
        raised = min(held + 1.0, HIGHEST_LEVEL)
        if gap < 0.0 and raised > held:  # neither is unknown
            given = {f"held_{name}": raised}
            yield Change("competency", name, raised - held, Aspect.PERFORMANCE, given)


def _course(known: Values, function: str | None) -> Iterator[Change]:
    """Train one for a week in what the position is about."""
    names = ("training_hours", *(["training_hours_in_function"] if function else []))
    given = {name: known[name] + COURSE_HOURS for name in names if not np.isnan(known[name])}
    if given:
        yield Change("course", function, COURSE_HOURS, Aspect.PERFORMANCE, given)


def _transport(known: Values, _: str | None) -> Iterator[Change]:
    """Halve what the way to work would grow by."""
    spared = known["distance_change_km"] * (1.0 - TRANSPORT_SHARE)
    if spared >= LEAST_KM:  # and is not unknown
        given = {"distance_then_km": known["distance_then_km"] - spared}
        yield Change("transport", None, spared, Aspect.ACCEPTANCE, given)


def _allowance(known: Values, _: str | None) -> Iterator[Change]:
    """Pay as if the position were one class higher."""
    if known["allowance_class"] < HIGHEST_CLASS:  # and is not unknown
        given = {"allowance_class": known["allowance_class"] + 1.0}
        yield Change("allowance", None, 1.0, Aspect.ACCEPTANCE, given)


CHANGES: tuple[Callable[[Values, str | None], Iterator[Change]], ...] = (
    _closing_gaps,
    _course,
    _transport,
    _allowance,
)
"""What may be changed of a pair; a nearer unit is another pair."""
