"""Why one person before another for the same position."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.differences import Difference, Sureness, certainty, differences, sureness
from models.learner import Floats
from models.recommender import Recommender
from models.scoring import Scores
from mutasi.errors import ModelNeeded, SamePerson
from mutasi.rules import RULES, Case, Finding, Severity, judge

Ints = NDArray[np.int64]


class Ground(StrEnum):
    """What puts the first before the second."""

    LAW = "law"
    EVIDENCE = "evidence"
    PREDICTION = "prediction"


@dataclass(frozen=True)
class Candidate:
    """One of two people, with what is expected.

    Attributes:
        employee_id: Who.
        employee_name: The name, for people to read.
        objections: What of the law blocks the placement; empty if nothing does.
        has_evidence: Whether people alike were ever proposed for posts alike; where
            not, nothing is predicted.
        performance: Expected rating after the move, T points.
        performance_low: Lower end of its 90% interval.
        performance_high: Upper end of its 90% interval.
        acceptance: Chance that an offer is accepted, 0 to 1.
        utility: What a ranking follows, T points.
    """

    employee_id: str
    employee_name: str | None
    objections: tuple[Finding, ...]
    has_evidence: bool
    performance: float | None = None
    performance_low: float | None = None
    performance_high: float | None = None
    acceptance: float | None = None
    utility: float | None = None


@dataclass(frozen=True)
class Contrast:
    """Two people for one position.

    Attributes:
        as_of: The day whose knowledge was used.
        model_version: The model that predicted.
        position_id: The position.
        title: Its title.
        unit_name: Its unit.
        ground: What puts the first before the second.
        first: Whom the law allows, of whom the past can speak, who is expected to be
            better: in this order.
        second: The other.
        differences: What sets their predictions apart, the worthiest first; none
            where the past cannot speak of both.
        certainty: Share of the ways to read the same past in which the first is
            expected to be better; None where the past cannot speak of both.
        sureness: What that share allows to say.
    """

    as_of: date
    model_version: str
    position_id: str
    title: str
    unit_name: str
    ground: Ground
    first: Candidate
    second: Candidate
    differences: tuple[Difference, ...] = ()
    certainty: float | None = None
    sureness: Sureness | None = None

    @property
    def is_told_apart(self) -> bool:
        """Whether it can be said that the first comes before the second."""
        if self.ground is Ground.PREDICTION:
            return self.sureness is not Sureness.UNDECIDED
        return self.ground is Ground.LAW or self.first.has_evidence


def contrast_of(
    recommender: Recommender, position_id: str, employee_id: str, other_id: str
) -> Contrast:
    """Return what sets two people apart for one position, in whichever order they are named.

    Args:
        recommender: What is known, and the model.
        position_id: The position, open or not.
        employee_id: One of them.
        other_id: The other.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        SamePerson: If both are the same.
        ModelNeeded: If no model is at hand.
    """
    if employee_id == other_id:
        raise SamePerson(employee_id=employee_id)
    snapshot, scorer, model = recommender.snapshot, recommender.scorer, recommender.artifact
    position = snapshot.position_row(position_id)
    rows = np.array([snapshot.employee_row(each) for each in sorted((employee_id, other_id))])
    if model is None or not scorer.heads:
        raise ModelNeeded
    objections = _objections(recommender, rows, position)
    matrix = recommender.prepared.pairs(scorer.names, rows, position)
    order = _order(objections, scorer.scores(matrix))
    rows, matrix, objections = rows[order], matrix[order], [objections[place] for place in order]
    scores = scorer.scores(matrix)
    first, second = _candidates(recommender, rows, matrix, scores, objections)
    posts = snapshot.positions
    found: tuple[Difference, ...] = ()
    share = None
    if scores.has_evidence.all():
        found = differences(scorer.parts(matrix), scores, posts["function"][position])
        share = certainty(scorer.utilities(matrix, rows, np.full(2, position)), scores.utility)
    return Contrast(
        as_of=snapshot.as_of,
        model_version=model.manifest.version,
        position_id=position_id,
        title=posts["title"][position],
        unit_name=posts["unit_name"][position],
        ground=_ground(first, second),
        first=first,
        second=second,
        differences=found,
        certainty=share,
        sureness=None if share is None else sureness(share),
    )


def _objections(recommender: Recommender, rows: Ints, position: int) -> list[tuple[Finding, ...]]:
    """Return what of the law blocks each person."""
    snapshot = recommender.snapshot
    pairs = snapshot.pairs(rows, position)
    verdict = judge(RULES, Case(np.datetime64(snapshot.as_of, "D"), pairs.count, pairs.column))
    return [
        tuple(finding for finding in found if finding.severity is Severity.BLOCKS)
        for found in verdict.findings(list(range(pairs.count)))
    ]


def _order(objections: list[tuple[Finding, ...]], scores: Scores) -> Ints:
    """Return the better of two first; who cannot be told apart stays in place."""
    is_blocked = np.array([bool(found) for found in objections])
    known = np.where(scores.has_evidence, scores.utility, 0.0)
    return np.lexsort((-known, ~scores.has_evidence, is_blocked)).astype(np.int64)


def _ground(first: Candidate, second: Candidate) -> Ground:
    if second.objections and not first.objections:
        return Ground.LAW
    if not (first.has_evidence and second.has_evidence):
        return Ground.EVIDENCE
    return Ground.PREDICTION


def _candidates(
    recommender: Recommender,
    rows: Ints,
    matrix: Floats,
    scores: Scores,
    objections: list[tuple[Finding, ...]],
) -> list[Candidate]:
    people = recommender.snapshot.employees
    on = np.datetime64(recommender.snapshot.as_of, "D")
    nothing = np.full(len(rows), np.nan)
    performance = nothing if scores.performance is None else scores.performance
    half = recommender.scorer.half_width(matrix, on)
    predicted = {
        "performance": performance,
        "performance_low": performance - half,
        "performance_high": performance + half,
        "acceptance": nothing if scores.acceptance is None else scores.acceptance,
        "utility": scores.utility,
    }
    return [
        Candidate(
            employee_id=people["employee_id"][row],
            employee_name=people["employee_name"][row],
            objections=objections[place],
            has_evidence=bool(scores.has_evidence[place]),
            **{
                name: float(values[place])
                for name, values in predicted.items()
                if scores.has_evidence[place] and not np.isnan(values[place])
            },
        )
        for place, row in enumerate(rows)
    ]
