"""What would help one person in one position, within the law."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.changes import nearer_positions
from models.levers import Lever, levers
from models.recommendation import Examination
from models.recommender import Recommender
from mutasi.errors import ModelNeeded
from mutasi.rules import RULES, Case, judge

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Advice:
    """What would help one person in one position.

    Attributes:
        examination: What the law says of the pair; no lever changes it.
        model_version: The model that predicted.
        has_evidence: Whether people alike were ever proposed for posts alike; where
            not, nothing is predicted and nothing advised.
        levers: What would help, training first, the strongest first.
    """

    examination: Examination
    model_version: str
    has_evidence: bool
    levers: tuple[Lever, ...]


def advice_on(
    recommender: Recommender, employee_id: str, position_id: str, is_own_request: bool = False
) -> Advice:
    """Return what would raise what is predicted of one person in one position.

    Args:
        recommender: What is known, and the model.
        employee_id: The employee.
        position_id: The position, open or not.
        is_own_request: The employee asks for it; else the service needs it.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        ModelNeeded: If no model is at hand.
    """
    examined = recommender.examine(employee_id, position_id, is_own_request)
    scorer, model = recommender.scorer, recommender.artifact
    if model is None or not scorer.heads:
        raise ModelNeeded
    prepared, snapshot = recommender.prepared, recommender.snapshot
    employee, position = snapshot.employee_row(employee_id), snapshot.position_row(position_id)
    pair = prepared.pairs(scorer.names, np.array([employee]), position)
    has_evidence = bool(scorer.scores(pair).has_evidence[0])
    found: tuple[Lever, ...] = ()
    if has_evidence:
        nearer = nearer_positions(prepared, employee, position)
        lawful = _lawful(recommender, employee, nearer, is_own_request)
        found = levers(scorer, prepared, employee, position, lawful)
    return Advice(examined, model.manifest.version, has_evidence, found)


def _lawful(recommender: Recommender, employee: int, positions: Ints, is_own_request: bool) -> Ints:
    """Return the positions in which the law allows somebody."""
    pairs = recommender.snapshot.pairs(employee, positions)
    on = np.datetime64(recommender.snapshot.as_of, "D")
    eligible = judge(RULES, Case(on, pairs.count, pairs.column, is_own_request)).eligible
    return positions[eligible]
