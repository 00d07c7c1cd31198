"""An invented region as it is asked: its past, the candidates of its vacancies, the truth."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.candidates import Candidates, open_candidates
from models.examples import Examples, Lessons
from models.learner import Floats
from models.utility import utility
from mutasi.simulation import Truth, simulate
from mutasi.snapshot import Snapshot
from pipelines.evaluation.backtest import WIDE, wide_lessons
from pipelines.regions.design import Trial

VACANCIES = 60
"""Open positions that are asked about."""

KEPT = 100
"""Candidates of each vacancy that are compared with the truth."""

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Truths:
    """The truth about candidates.

    Attributes:
        performance: After the move, T points.
        staying: In the present post.
        acceptance: Chance.
    """

    performance: Floats
    staying: Floats
    acceptance: Floats

    @property
    def gain(self) -> Floats:
        """What the move changes, T points."""
        return self.performance - self.staying

    @property
    def utility(self) -> Floats:
        """What offering the placement is worth, T points."""
        return utility(self.performance, self.acceptance)


@dataclass(frozen=True, eq=False)
class Asked:
    """A region that was lived through.

    Attributes:
        lessons: What its past teaches.
        candidates: Those of its open positions.
        truth: The truth about each of them.
    """

    lessons: Lessons
    candidates: Candidates
    truth: Truths


def asked(trial: Trial) -> Asked:
    """Invent a region, and ask about its open positions."""
    region = simulate(trial.config)
    snapshot = Snapshot.of(date(trial.config.last_year + 1, 3, 1), region.frames)
    lessons = wide_lessons(snapshot)
    candidates = open_candidates(snapshot, WIDE, VACANCIES)
    return Asked(lessons, candidates, _truths(region.truth, snapshot, candidates))


def some(candidates: Candidates) -> Ints:
    """Return at most :data:`KEPT` random rows of each vacancy."""
    rows = np.random.default_rng(0).permutation(len(candidates))
    rows = rows[np.argsort(candidates.vacancy[rows], kind="stable")]
    vacancy = candidates.vacancy[rows]
    place = np.arange(len(rows)) - np.searchsorted(vacancy, vacancy)
    return np.sort(rows[place < KEPT]).astype(np.int64)


def people_of(lessons: Lessons) -> NDArray[np.str_]:
    """Return the people whom any decision was about, in order."""
    parts = _parts(lessons).values()
    return np.unique(np.concatenate([part.decisions.employee_id.astype(str) for part in parts]))


def of_people(lessons: Lessons, people: NDArray[np.str_]) -> Lessons:
    """Return what the past of some of the people teaches."""
    return Lessons(
        **{
            name: part.where(np.isin(part.decisions.employee_id.astype(str), people))
            for name, part in _parts(lessons).items()
        }
    )


def _parts(lessons: Lessons) -> dict[str, Examples]:
    return {each.name: getattr(lessons, each.name) for each in fields(lessons)}


def _truths(truth: Truth, snapshot: Snapshot, candidates: Candidates) -> Truths:
    who = candidates.employee_id.tolist()
    where = candidates.position_id[candidates.vacancy].tolist()
    rows = [snapshot.employee_row(each) for each in who]
    held = snapshot.employees["position"][rows]
    present = snapshot.positions["position_id"][held].tolist()
    on = snapshot.as_of
    return Truths(
        performance=truth.performance(who, where, on),
        staying=truth.performance(who, present, on),
        acceptance=truth.acceptance(who, where, on),
    )
