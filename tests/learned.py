"""A small invented region with what its past teaches; made once a process, read only."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models import training
from models.artifact import FORMAT, Artifact, Head, Manifest
from models.examples import Lessons, past_lessons
from models.recommender import Recommender
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from tests.artifacts import serve

DAY = date(2026, 3, 30)
EMPLOYEES, YEARS, SEED = 500, 8, 9

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Pair:
    """Somebody in a position, by ids."""

    employee_id: str
    position_id: str


@cache
def frames() -> Frames:
    """Return the records of the region."""
    return dict(simulate(SimulationConfig(employees=EMPLOYEES, years=YEARS, seed=SEED)).frames)


@cache
def region() -> Snapshot:
    """Return what is known of the region."""
    return Snapshot.of(DAY, frames())


@cache
def lessons() -> Lessons:
    """Return the examples of its past."""
    return past_lessons(region())


@cache
def heads() -> dict[str, Head]:
    """Return what its past teaches."""
    return training.learn(lessons()).heads


@cache
def free_heads() -> dict[str, Head]:
    """Return the same where any feature may go any way, so that every change does something."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(training, "RATING_WAYS", {})
        patched.setattr(training, "WAYS", {})
        return training.learn(lessons()).heads


def model(*names: str) -> Artifact:
    """Return a model of some heads, of all by default."""
    return of({name: head for name, head in heads().items() if not names or name in names})


def of(kept: dict[str, Head]) -> Artifact:
    """Return a model of heads."""
    manifest = Manifest(
        format=FORMAT,
        version="learned",
        as_of=DAY.isoformat(),
        region="R",
        data_hash="",
        heads={name: head.facts for name, head in kept.items()},
        files={},
    )
    return Artifact(manifest, kept)


@cache
def recommender() -> Recommender:
    """Return what answers for the region with its model."""
    return Recommender(region(), model())


@cache
def free_recommender() -> Recommender:
    """Return what answers with the model in which every change does something."""
    return Recommender(region(), of(free_heads()))


@cache
def recommended(vacancies: int = 40, each: int = 3) -> tuple[Pair, ...]:
    """Return the best pairs of some vacancies."""
    ready = recommender()
    return tuple(
        Pair(shown.employee_id, vacancy.position_id)
        for vacancy in ready.vacancies()[:vacancies]
        for shown in ready.candidates(vacancy.position_id, each, explain=False).recommended
        if shown.has_evidence
    )


@cache
def rivals() -> tuple[tuple[str, str, str], ...]:
    """Return positions with two people allowed by law and past: neighbours, and the ends."""
    pairs = recommended()
    ends = [
        (group[0], group[-1])
        for _, found in groupby(pairs, lambda pair: pair.position_id)
        if len(group := list(found)) > 2
    ]
    return tuple(
        (one.position_id, one.employee_id, other.employee_id)
        for one, other in (*pairwise(pairs), *ends)
        if one.position_id == other.position_id
    )


def rows(pair: Pair, snapshot: Snapshot | None = None) -> tuple[int, int]:
    """Return the rows of a pair's employee and position."""
    known = snapshot or region()
    return known.employee_row(pair.employee_id), known.position_row(pair.position_id)


def changed(**tables: pd.DataFrame) -> Snapshot:
    """Return the region with other tables; whatever follows from them is not yet known."""
    return Snapshot(DAY, {**region().tables, **tables})


def predictions(ready: Recommender, pair: Pair) -> dict[str, float]:
    """Return what is predicted of a pair."""
    employee, position = rows(pair, ready.snapshot)
    matrix = ready.prepared.pairs(ready.scorer.names, np.array([employee]), position)
    scores = ready.scorer.scores(matrix)
    assert scores.performance is not None
    assert scores.acceptance is not None
    return {"performance": scores.performance.item(), "acceptance": scores.acceptance.item()}


def made_home(folder: Path, *, has_model: bool = True) -> Settings:
    """Return the settings of a home with the records, and with the model or without."""
    settings = Settings(home=folder)
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        personnel.save(work, frames())
    store.dispose()
    if has_model:
        serve(settings, "first", heads())
    return settings
