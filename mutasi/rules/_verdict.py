"""Judge pairs by rules and tell what was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Finding, Judgement, Mask, Rule, Severity


@dataclass(frozen=True)
class Verdict:
    """What the rules say of each pair.

    Attributes:
        count: The number of pairs.
        judgements: Each rule with its judgement.
    """

    count: int
    judgements: tuple[tuple[Rule, Judgement], ...]

    @cached_property
    def eligible(self) -> Mask:
        """Where no rule blocks; shape ``(count,)``."""
        return np.equal(self.objections(), 0)

    def objections(self) -> NDArray[np.int64]:
        """Return how many rules block each pair; shape ``(count,)``."""
        found = np.zeros(self.count, dtype=np.int64)
        for rule, judgement in self.judgements:
            if rule.severity is Severity.BLOCKS:
                found += judgement.breached
        return found

    def blocked_by_rule(self) -> Mapping[str, int]:
        """Return how many pairs each blocking rule blocks, most first; zeros left out."""
        counts = {
            rule.name: int(np.broadcast_to(judgement.breached, self.count).sum())
            for rule, judgement in self.judgements
            if rule.severity is Severity.BLOCKS
        }
        return {
            name: number
            for name, number in sorted(counts.items(), key=lambda item: -item[1])
            if number
        }

    def findings(self, pair: int) -> tuple[Finding, ...]:
        """Return every objection to one pair, blocking ones first."""
        found = [
            finding
            for rule, judgement in self.judgements
            if (finding := _finding(rule, judgement, pair)) is not None
        ]
        return tuple(sorted(found, key=lambda finding: list(Severity).index(finding.severity)))


def judge(rules: Iterable[Rule], case: Case) -> Verdict:
    """Judge all pairs of a case by each rule, with the law of the day of the case."""
    law = Law(case.on.astype("datetime64[D]").item())
    return Verdict(case.count, tuple((rule, rule.judge(case, law)) for rule in rules))


def _finding(rule: Rule, judgement: Judgement, pair: int) -> Finding | None:
    if _at(judgement.breached, pair):
        clears_on = None if judgement.clears_on is None else _at(judgement.clears_on(), pair)
        facts = {name: _at(value, pair) for name, value in judgement.facts.items()}
        return Finding(rule.name, rule.severity, rule.basis, facts, clears_on)
    if _at(judgement.unknown, pair):
        return Finding(rule.name, Severity.WARNS, rule.basis, {}, is_unknown=True)
    return None


def _at(values: Any, pair: int) -> Any:
    """Return a pair's value as a plain Python object; a missing number or day is None."""
    array = np.asarray(values() if callable(values) else values)
    value = array.item() if array.ndim == 0 else array[pair : pair + 1].item()
    return None if isinstance(value, float) and np.isnan(value) else value
