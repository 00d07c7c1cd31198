"""Which authority outside the government has to consent to a move, by what the law says of it."""

from collections.abc import Iterable
from typing import Final

from mutasi.rules import Finding

AUTHORITY_OF: Final = {
    "approval_of_governor": "governor",
    "approval_of_minister": "minister",
    "approval_of_bkn": "bkn",
    "approval_of_civil_registry": "minister",
    "consultation_on_inspectorate": "inspectorate",
}
"""Whose consent or hearing a rule asks for (:mod:`mutasi.rules.approval`)."""


def authorities(findings: Iterable[Finding]) -> list[str]:
    """Return who has to consent, in order; of a route that is unknown whoever it could be."""
    found = (AUTHORITY_OF[each.rule] for each in findings if each.rule in AUTHORITY_OF)
    return list(dict.fromkeys(found))
