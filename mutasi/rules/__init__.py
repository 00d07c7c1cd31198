"""The law of placement: which moves it allows, and why not.

>>> sorted(rule.name for rule in RULES)[:3]
['active_service', 'another_post', 'approval_of_bkn']
"""

from mutasi.rules import (
    approval,
    blackout,
    competence,
    contract,
    education,
    experience,
    grade,
    performance,
    post,
    protection,
    retirement,
    standing,
    tenure,
)
from mutasi.rules._law import Law, entries, law_of
from mutasi.rules._rule import (
    Case,
    Finding,
    Judgement,
    Rule,
    Severity,
    anniversary,
    first_of,
)
from mutasi.rules._verdict import Verdict, judge
from mutasi.rules._version import version

RULES: tuple[Rule, ...] = tuple(
    value
    for module in (
        standing,
        tenure,
        performance,
        grade,
        education,
        experience,
        competence,
        retirement,
        contract,
        blackout,
        post,
        protection,
        approval,
    )
    for value in vars(module).values()
    if isinstance(value, Rule)
)
"""Every rule, in the order in which findings are told."""

__all__ = [
    "RULES",
    "Case",
    "Finding",
    "Judgement",
    "Law",
    "Rule",
    "Severity",
    "Verdict",
    "anniversary",
    "entries",
    "first_of",
    "judge",
    "law_of",
    "version",
]
