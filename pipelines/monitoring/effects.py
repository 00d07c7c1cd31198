"""What moves did to ratings: beside what was predicted, and beside similar people who stayed."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.aftermath import DRAWS, Compared, Moved, verdict
from models.artifact import Artifact, Head
from models.examples import Examples
from models.fairness import publishable
from models.intervals import interval
from models.learner import Floats
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import KIND_OF_MOVE, LATER, Gathered
from pipelines.monitoring.schema import SMALLEST, Effect, Ratified
from pipelines.pages.figure import Figure

EVERY = "all"
PARTITIONS = (("promotion", "lateral", "downward"), ("same_function", "other_function"))
"""Kinds of move: by level, and by function of government."""

Mask = NDArray[np.bool_]


def after(model: Artifact, found: Gathered, snapshot: Snapshot) -> tuple[Ratified, ...]:
    """Return the ratings of the whole years after moves, beside prediction and stayers."""
    head = model.performance
    if head is None:
        return ()
    return tuple(
        _after(name, head, found.moved[name], found.stays, snapshot)
        for name in LATER
        if len(found.moved[name].moves) >= SMALLEST
    )


def _after(name: str, head: Head, moved: Moved, stays: Examples, snapshot: Snapshot) -> Ratified:
    moves = moved.moves
    person = moves.decisions.employee_id.astype(str)
    said = head.raw(moves.columns(head.columns))

    def of(values: Floats) -> Figure:
        return Figure.of(interval(np.mean, values, groups=person, draws=DRAWS))

    compared = Compared.of(head, moved, stays, snapshot, LATER[name])
    return Ratified(
        year="first" if name == "first" else "second",
        count=len(moves),
        rating=of(moves.label),
        predicted=float(said.mean()),
        gap=of(moves.label - said),
        unmatched=int((~compared.is_matched).sum()),
        imbalance=compared.imbalance,
        effects=effects(compared, kinds(moves)),
    )


def kinds(moves: Examples) -> dict[str, Mask]:
    """Return which moves are of which kind; one of which it is unknown is of none."""
    levels, function = moves.columns(KIND_OF_MOVE).T
    return {
        "promotion": levels > 0,
        "lateral": levels == 0,
        "downward": levels < 0,
        "same_function": function == 1,
        "other_function": function == 0,
    }


def effects(compared: Compared, kinds: Mapping[str, Mask]) -> tuple[Effect, ...]:
    """Return the effects of all moves, and of each kind that may be told of."""
    matched = compared.is_matched
    told = [_effect(EVERY, compared, matched, is_told=int(matched.sum()) >= SMALLEST)]
    for names in PARTITIONS:
        of_kind = [matched & kinds[name] for name in names]
        unknown = matched & ~np.any(of_kind, axis=0)
        may_be_told = publishable([int(rows.sum()) for rows in (*of_kind, unknown)])
        told += [
            _effect(name, compared, rows, is_told=is_told and bool(rows.any()))
            for name, rows, is_told in zip(names, of_kind, may_be_told, strict=False)
        ]
    return tuple(told)


def _effect(name: str, compared: Compared, rows: Mask, *, is_told: bool) -> Effect:
    if not is_told:
        return Effect(group=name, count=None, effect=None, verdict=None)
    found = compared.effect(rows)
    return Effect(
        group=name, count=int(rows.sum()), effect=Figure.of(found), verdict=verdict(found)
    )
