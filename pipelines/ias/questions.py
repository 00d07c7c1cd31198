"""Past reshuffles as questions: every mover against every post, as known on the eve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features import FEATURES, prepare
from features.sets import PLACEMENT, STAYING
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
        real: Features of :data:`features.sets.STAYING` of the pairs that came about.
    """

    reshuffle: Reshuffle
    matrix: Floats
    real: Floats

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
            found += [question(known, reshuffle) for reshuffle in asked]
        if progress is not None:
            progress("states", done, len(states))
    return found


def question(known: Snapshot, reshuffle: Reshuffle) -> Question:
    """Return a reshuffle with what was known on its eve.

    Args:
        known: What was known on a later day.
        reshuffle: Who moved where.
    """
    eve, movers, posts = _on_record(known, reshuffle)
    count = len(reshuffle)
    prepared = prepare(eve)
    return Question(
        reshuffle,
        matrix=prepared.pairs(PLACEMENT, np.repeat(movers, count), np.tile(posts, count)),
        real=prepared.pairs(STAYING, movers, posts),
    )


def absent_concepts(known: Snapshot, reshuffle: Reshuffle) -> tuple[str, ...]:
    """Return the concepts of which the records tell no two pairs of a reshuffle apart."""
    told = [name for name, feature in FEATURES.items() if feature.concept is not None]
    eve, movers, posts = _on_record(known, reshuffle)
    values = prepare(eve).pairs(told, movers, posts)
    said = [len(np.unique(column[~np.isnan(column)])) > 1 for column in values.T]
    concepts = [FEATURES[name].concept for name in told]
    spoken = {concept for concept, some in zip(concepts, said, strict=True) if some}
    silent = dict.fromkeys(concept for concept in concepts if concept not in spoken)
    return tuple(concept.value for concept in silent if concept is not None)


def _on_record(
    known: Snapshot, reshuffle: Reshuffle
) -> tuple[Snapshot, NDArray[np.int64], NDArray[np.int64]]:
    """Return what was known on the eve, and the rows of the movers and the posts in it."""
    eve = known.rewound(reshuffle.eve)
    movers = _rows(eve.tables["employees"]["employee_id"], reshuffle.employee_id)
    posts = _rows(eve.tables["positions"]["position_id"], reshuffle.position_id)
    assert min(movers.min(), posts.min()) >= 0, "a mover or post was not on record"
    return eve, movers, posts


def _rows(ids: "pd.Series[Any]", wanted: NDArray[Any]) -> NDArray[np.int64]:
    rows: NDArray[np.int64] = pd.Index(ids).get_indexer(pd.Index(wanted)).astype(np.int64)
    return rows
