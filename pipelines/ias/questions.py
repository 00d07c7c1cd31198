"""Past reshuffles as questions: every mover against every post, as known on the eve."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features import FEATURES, prepare
from features.sets import PLACEMENT
from mutasi.snapshot import Snapshot
from pipelines.ias.reshuffles import Reshuffle, of_region, regions, reshuffles, snapshot

LEAST, MOST = 15, 60
"""Movers of a reshuffle that is ranked."""

Floats = NDArray[np.float64]
Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, eq=False)
class Question:
    """A reshuffle with the features of every mover and post.

    Attributes:
        reshuffle: Who moved where.
        matrix: Features of :data:`features.sets.PLACEMENT`; the rows are movers
            times posts, all posts of the first mover first.
    """

    reshuffle: Reshuffle
    matrix: Floats

    @property
    def is_real(self) -> NDArray[np.bool_]:
        """Which pairs came about."""
        return np.eye(len(self.reshuffle), dtype=bool).ravel()


def questions(
    frames: Mapping[str, pd.DataFrame],
    within: tuple[np.datetime64, np.datetime64],
    progress: Told | None = None,
) -> list[Question]:
    """Return the reshuffles of all states that lie within a period, as questions.

    Args:
        frames: The records.
        within: First day, and the day before which all must be over.
        progress: Told of the states done.
    """
    found = []
    states = regions(frames)
    for done, state in enumerate(states, start=1):
        part = of_region(frames, state)
        asked = [
            reshuffle
            for reshuffle in reshuffles(part, state)
            if LEAST <= len(reshuffle) <= MOST
            and within[0] <= reshuffle.opened_on
            and reshuffle.closed_on < within[1]
        ]
        if asked:
            known = snapshot(part)
            found += [Question(reshuffle, matrix(known, reshuffle)) for reshuffle in asked]
        if progress is not None:
            progress("states", done, len(states))
    return found


def matrix(known: Snapshot, reshuffle: Reshuffle, names: Sequence[str] = PLACEMENT) -> Floats:
    """Return the features of every mover and post, as known on the eve of a reshuffle."""
    eve = known.rewound(reshuffle.eve)
    employees = _rows(eve.tables["employees"]["employee_id"], reshuffle.employee_id)
    positions = _rows(eve.tables["positions"]["position_id"], reshuffle.position_id)
    count = len(reshuffle)
    assert min(employees.min(), positions.min()) >= 0, "a mover or post was not on record"
    return prepare(eve).pairs(names, np.repeat(employees, count), np.tile(positions, count))


def absent_concepts(known: Snapshot, reshuffle: Reshuffle) -> tuple[str, ...]:
    """Return the concepts of which the records tell no two pairs of a reshuffle apart."""
    told = [name for name, feature in FEATURES.items() if feature.concept is not None]
    values = matrix(known, reshuffle, told)
    said = [len(np.unique(column[~np.isnan(column)])) > 1 for column in values.T]
    concepts = [FEATURES[name].concept for name in told]
    spoken = {concept for concept, some in zip(concepts, said, strict=True) if some}
    silent = dict.fromkeys(concept for concept in concepts if concept not in spoken)
    return tuple(concept.value for concept in silent if concept is not None)


def _rows(ids: "pd.Series[Any]", wanted: NDArray[Any]) -> NDArray[np.int64]:
    rows: NDArray[np.int64] = pd.Index(ids).get_indexer(pd.Index(wanted)).astype(np.int64)
    return rows
