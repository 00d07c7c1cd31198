"""What is known of a move when it is proposed: kept with the proposal, for its letter too."""

from typing import Any

import numpy as np

from models.advice import advice_on
from models.levers import Effect
from models.recommendation import Examination, Recommendation
from models.recommender import MOST, Recommender
from mutasi.advice import ANOTHER_POST
from mutasi.errors import ModelNeeded, PlacementUnlawful
from mutasi.rules import Severity
from mutasi.workflow.authorities import authorities
from serving.proposals.bodies import Draft

MOST_LEVERS = 3
"""How many of what would help are kept."""


def require_lawful(
    recommender: Recommender, nip: str, position_id: str, *, is_own_request: bool
) -> Examination:
    """Return what the law says of a placement that it allows.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        PlacementUnlawful: If a rule blocks it; names the rules.
    """
    found = recommender.examine(nip, position_id, is_own_request)
    if not found.is_eligible:
        blocking = [each.rule for each in found.findings if each.severity is Severity.BLOCKS]
        raise PlacementUnlawful(employee_id=nip, position_id=position_id, rules=blocking)
    return found


def content_of(recommender: Recommender, draft: Draft, *, is_own_request: bool) -> dict[str, Any]:
    """Return what is known of a move that is proposed, as JSON.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        PlacementUnlawful: If a rule blocks it.
    """
    examined = require_lawful(
        recommender, draft.nip, draft.position_id, is_own_request=is_own_request
    )
    snapshot = recommender.snapshot
    row = snapshot.employee_row(draft.nip)
    ranking = recommender.candidates(draft.position_id, MOST, explain=False)
    ranked = next((one for one in ranking.recommended if one.employee_id == draft.nip), None)
    alone = recommender.candidates(draft.position_id, 1, among=np.array([row]))
    told = alone.recommended[0] if alone.recommended else None
    function = snapshot.positions["function"][snapshot.position_row(draft.position_id)]
    return {
        "purpose": draft.purpose.value,
        "is_own_request": is_own_request,
        "until": None if draft.until is None else draft.until.isoformat(),
        "application_id": draft.application_id,
        "plan_id": draft.plan_id,
        "receipt_id": draft.receipt_id,
        "authorities": authorities(examined.findings),
        "employee_name": examined.employee_name,
        "title": examined.title,
        "unit_name": examined.unit_name,
        "function": function,
        "origin_title": snapshot.present("title")[row],
        "origin_unit_name": snapshot.present("unit_name")[row],
        "as_of": ranking.as_of.isoformat(),
        "basis": ranking.basis,
        "model_version": ranking.model_version,
        "considered": ranking.considered,
        "eligible": ranking.eligible,
        "rank": None if ranked is None else ranked.rank,
        "band": None if ranked is None else ranked.band,
        "predicted": None if told is None else _predicted(told),
        "reasons": [] if told is None else [_reason(vars(each)) for each in told.reasons],
        "levers": _levers(recommender, draft, is_own_request=is_own_request),
    }


def _predicted(told: Recommendation) -> dict[str, Any]:
    names = (
        "has_evidence",
        "performance",
        "performance_low",
        "performance_high",
        "gain",
        "gain_low",
        "gain_high",
        "acceptance",
        "score",
    )
    return {name: getattr(told, name) for name in names}


def _levers(
    recommender: Recommender, draft: Draft, *, is_own_request: bool
) -> list[dict[str, Any]]:
    """Return which training and incentives would help, as JSON; none without a model."""
    try:
        found = advice_on(recommender, draft.nip, draft.position_id, is_own_request)
    except ModelNeeded:
        return []
    return [
        {
            "name": lever.name,
            "facts": {"subject": lever.subject, "amount": lever.amount},
            "effect": _effect(lever.effect),
            "beside": None if lever.beside is None else _effect(lever.beside),
            "is_familiar": lever.is_familiar,
        }
        for lever in found.levers
        if lever.name != ANOTHER_POST
    ][:MOST_LEVERS]


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "aspect": str(effect.aspect),
        "size": effect.size,
        "low": effect.low,
        "high": effect.high,
    }


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    """Return a reason as JSON; what is not known is null, never NaN."""
    facts = {
        name: None if isinstance(value, float) and np.isnan(value) else value
        for name, value in reason["facts"].items()
    }
    return {**reason, "aspect": str(reason["aspect"]), "facts": facts}
