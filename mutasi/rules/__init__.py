"""The law of placement: which moves it allows, and why not.

>>> sorted(rule.name for rule in RULES)[:3]
['active_service', 'another_post', 'contract_scope']
"""

from mutasi.rules import (
    contract,
    education,
    grade,
    performance,
    post,
    retirement,
    standing,
    tenure,
)
from mutasi.rules._law import Law, entries
from mutasi.rules._rule import Case, Finding, Judgement, Rule, Severity
from mutasi.rules._verdict import Verdict, judge

RULES: tuple[Rule, ...] = tuple(
    value
    for module in (
        standing,
        tenure,
        performance,
        grade,
        education,
        retirement,
        contract,
        post,
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
    "entries",
    "judge",
]
