"""Where a proposal says it comes from: a plan or a recommendation that names the move."""

import json
from typing import Any, Final

from models import receipt
from mutasi.errors import SourceOther
from mutasi.results import REPORT_FILE
from mutasi.store import jobs, receipts
from mutasi.store.session import Work
from mutasi.store.trail import Kind
from serving.proposals.bodies import Draft

NAMES: Final = ("employee_id", "position_id")


def require_sources(work: Work, draft: Draft) -> None:
    """Refuse a proposal that names a source which does not name the move.

    Raises:
        JobNotFound: If there is no such plan.
        JobUnfinished: If the plan is not done.
        ReceiptNotFound: If there is no such receipt.
        SourceOther: If plan or receipt do not name the move.
    """
    asked = (draft.nip, draft.position_id)
    if draft.plan_id is not None:
        until = None if draft.until is None else draft.until.isoformat()
        if (*asked, until) not in _planned(work, draft.plan_id):
            raise SourceOther(source_id=draft.plan_id)
    if draft.receipt_id is not None and asked not in _told(work, draft.receipt_id):
        raise SourceOther(source_id=draft.receipt_id)


def _planned(work: Work, plan_id: str) -> set[tuple[str, str, str | None]]:
    """Return who moves where, and until when, by a plan."""
    report = json.loads(jobs.file(work, Kind.PLAN, plan_id, REPORT_FILE))
    moves: list[dict[str, Any]] = report["moves"]
    return {(move["person"], move["to"]["post"], move.get("until")) for move in moves}


def _told(work: Work, receipt_id: str) -> set[tuple[str, str]]:
    """Return who was recommended for what, or found eligible, by a receipt."""
    answer = receipt.read(receipts.receipt(work, receipt_id).content).answer
    named = answer.get("recommended", [answer] if answer.get("is_eligible") else [])
    return {(one["employee_id"], one["position_id"]) for one in named}
