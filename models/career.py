"""Where a career may go: competence against a target, and the positions that come next.

Nothing is predicted here.  What a position demands is on record, what a person lacks for it
follows from features and rules, and which posts come next is told by the careers of
those who held the same title before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.fairness import SUPPRESSION_THRESHOLD
from models.recommendation import Examination
from models.recommender import Recommender
from mutasi.rules import RULES, Case, judge
from mutasi.vocabulary import COMPETENCIES

Ints = NDArray[np.int64]

ASKED = (*COMPETENCIES, "technical")
GAPS = tuple(f"gap_{name}" for name in ASKED)
FIT = (*GAPS, "job_person_match", "assessment_age_years")
PATH = ("moves_from_my_title", "moves_out_of_my_title")


@dataclass(frozen=True)
class Gap:
    """One competency of a person against what a position demands.

    Attributes:
        competency: Which, as in ``mutasi.vocabulary.COMPETENCIES``, or ``technical``.
        required: The level demanded, 1 to 5; None where nothing is demanded.
        held: The level assessed; None where it never was. A technical level that was
            assessed for another function counts one less in the gap.
        gap: Held minus demanded; None where either is unknown.
    """

    competency: str
    required: float | None
    held: float | None
    gap: float | None


@dataclass(frozen=True)
class Competence:
    """A person's competence against a position.

    Attributes:
        examination: What the law says of the pair.
        gaps: Each competency that is demanded or was assessed, the widest gap first.
        job_person_match: Job Person Match over what is both assessed and demanded,
            percent (Peraturan BKN 26/2019).
        assessed_on: Day of the last assessment.
    """

    examination: Examination
    gaps: tuple[Gap, ...]
    job_person_match: float | None
    assessed_on: date | None


@dataclass(frozen=True)
class Step:
    """A title that people with the same title went to, and the nearest post of it.

    Attributes:
        competence: The person against the nearest post of that title: one that the law
            allows before one that it does not yet, an open one before a full one.
        open: People missing in all posts of the title in the region.
        moves: How many moves on record led from the person's title to this one; None
            where fewer than ten did.
    """

    competence: Competence
    open: int
    moves: int | None


@dataclass(frozen=True)
class Steps:
    """The positions that come next for a person.

    Attributes:
        present_title: The title that they are judged from; None for who held no post.
        moves: How many moves on record left that title; None where fewer than ten did.
        steps: The titles, those that most moves led to first.
    """

    present_title: str | None
    moves: int | None
    steps: tuple[Step, ...]


def competence_of(recommender: Recommender, employee_id: str, position_id: str) -> Competence:
    """Return a person's competence against a position.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
    """
    examination = recommender.examine(employee_id, position_id)
    snapshot = recommender.snapshot
    employee = snapshot.employee_row(employee_id)
    position = snapshot.position_row(position_id)
    fit = recommender.prepared.pairs(FIT, np.array([employee]), position)[0]
    known = dict(zip(FIT, map(_known, fit), strict=True))
    gaps = [
        Gap(
            competency=name,
            required=_known(snapshot.positions[f"required_{name}"][position]),
            held=_known(snapshot.employees[f"held_{name}"][employee]),
            gap=known[f"gap_{name}"],
        )
        for name in ASKED
    ]
    told = [one for one in gaps if one.required is not None or one.held is not None]
    assessed_on = snapshot.employees["assessed_on"][employee]
    return Competence(
        examination=examination,
        gaps=tuple(sorted(told, key=lambda one: (one.gap is None, one.gap or 0.0))),
        job_person_match=known["job_person_match"],
        assessed_on=None if np.isnat(assessed_on) else assessed_on.astype(object),
    )


def next_steps(recommender: Recommender, employee_id: str, limit: int) -> Steps:
    """Return the titles that people with the same title went to, the commonest first.

    Args:
        recommender: What is known.
        employee_id: The person.
        limit: How many titles.

    Raises:
        EmployeeNotFound: If there is no such employee.
    """
    snapshot = recommender.snapshot
    employee = snapshot.employee_row(employee_id)
    posts = snapshot.positions
    here = snapshot.employees["position"][employee]
    region = snapshot.employees["employee_region"][employee]
    elsewhere = (posts["region"] == region) & ~posts["is_closed"]
    if here >= 0:
        elsewhere &= posts["title_code"] != posts["title_code"][here]
    rows = np.flatnonzero(elsewhere)
    counted = recommender.prepared.pairs(PATH, np.full(len(rows), employee), rows)
    went = np.nan_to_num(counted[:, 0])
    rows, count = rows[went > 0], went[went > 0].astype(np.int64)
    title = posts["title_code"][rows]
    seats = np.bincount(title, posts["open"][rows])
    best = _nearest(recommender, employee, rows)
    order = np.lexsort((posts["title"][rows[best]].astype(str), -count[best]))
    left = counted[0, 1] if len(counted) else np.nan
    return Steps(
        present_title=posts["title"][here] if here >= 0 else None,
        moves=_told(0 if np.isnan(left) else int(left)),
        steps=tuple(
            Step(
                competence=competence_of(
                    recommender, employee_id, posts["position_id"][rows[place]]
                ),
                open=int(seats[title[place]]),
                moves=_told(int(count[place])),
            )
            for place in best[order][:limit]
        ),
    )


def _nearest(recommender: Recommender, employee: int, rows: Ints) -> Ints:
    """Return for each title the place of the post that is nearest to being had."""
    snapshot = recommender.snapshot
    pairs = snapshot.pairs(employee, rows)
    verdict = judge(RULES, Case(np.datetime64(snapshot.as_of, "D"), pairs.count, pairs.column))
    is_full = snapshot.positions["open"][rows] <= 0
    title = snapshot.positions["title_code"][rows]
    order = np.lexsort((rows, is_full, verdict.objections, verdict.lasting, title))
    first = np.unique(title[order], return_index=True)[1]
    nearest: Ints = order[first]
    return nearest


def _told(count: int) -> int | None:
    return count if count >= SUPPRESSION_THRESHOLD else None


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
