"""Judge pairs by rules and tell what was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Finding, Judgement, Mask, Rule, Severity, values_at

Ints = NDArray[np.int64]

NEVER = np.datetime64("NaT", "D")

URGENCY = {severity: place for place, severity in enumerate(Severity)}
"""The order in which findings are told."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the rules say of each pair.

    Attributes:
        count: The number of pairs.
        judgements: Each rule with its judgement.
    """

    count: int
    judgements: tuple[tuple[Rule, Judgement], ...]

    @cached_property
    def breached(self) -> Mask:
        """Where each rule is broken; shape ``(rules, count)``."""
        return self._stacked([judgement.breached for _, judgement in self.judgements])

    @cached_property
    def unknown(self) -> Mask:
        """Where a rule lacks a fact; shape ``(rules, count)``."""
        return self._stacked([judgement.unknown for _, judgement in self.judgements])

    @cached_property
    def eligible(self) -> Mask:
        """Where no rule blocks; shape ``(count,)``."""
        return np.equal(self.objections, 0)

    @cached_property
    def objections(self) -> NDArray[np.int8]:
        """How many rules block each pair; shape ``(count,)``."""
        found: NDArray[np.int8] = (
            self.breached[self._blocking].view(np.int8).sum(axis=0, dtype=np.int8)
        )
        return found

    @cached_property
    def lasting(self) -> NDArray[np.int8]:
        """How many of the blocks do not end by themselves; shape ``(count,)``."""
        return self._ends[0]

    @cached_property
    def clears_on(self) -> NDArray[np.datetime64]:
        """First day without the blocks that end by themselves; NaT if none does."""
        return self._ends[1]

    def nearest(self, limit: int) -> Ints:
        """Return the blocked pairs that are nearest to being eligible, the nearest first.

        What is for good counts most, then what does not end by itself, then the
        day on which the rest ends.
        """
        blocked = np.flatnonzero(self.objections)
        final = [each for each in self._blocking if self.judgements[each][0].is_final]
        for_good = self.breached[final][:, blocked].sum(axis=0, dtype=np.int64)
        step = for_good * len(self.judgements) + self.lasting[blocked]
        enough = np.searchsorted(np.bincount(step).cumsum(), limit)
        near = blocked[step <= enough]  # days are compared of few
        order = np.lexsort((self.clears_on[near], step[step <= enough]))
        nearest: Ints = near[order[:limit]]
        return nearest

    @cached_property
    def _ends(self) -> tuple[NDArray[np.int8], NDArray[np.datetime64]]:
        lasting = np.zeros(self.count, dtype=np.int8)
        clears_on = np.full(self.count, NEVER)
        for number in self._blocking:
            rows = np.flatnonzero(self.breached[number])
            ends = self.judgements[number][1].clears_on
            days = np.broadcast_to(NEVER if ends is None else ends.at(rows), rows.shape)
            lasting[rows] += np.isnat(days)
            clears_on[rows] = np.fmax(clears_on[rows], days)
        return lasting, clears_on

    def blocked_by_rule(self) -> Mapping[str, int]:
        """Return how many pairs each blocking rule blocks, most first; zeros left out."""
        counts = {
            self.judgements[number][0].name: int(np.count_nonzero(self.breached[number]))
            for number in self._blocking
        }
        return {
            name: number
            for name, number in sorted(counts.items(), key=lambda item: -item[1])
            if number
        }

    def findings(self, pairs: Sequence[int] | Ints) -> list[tuple[Finding, ...]]:
        """Return every objection to each of some pairs, blocking ones first."""
        rows = np.asarray(pairs, dtype=np.int64)
        breached = self.breached[:, rows]
        unknown = self.unknown[:, rows] & ~breached
        found: list[list[Finding]] = [[] for _ in rows]
        for number in np.flatnonzero((breached | unknown).any(axis=1)).tolist():
            rule, judgement = self.judgements[number]
            for place, finding in _objections(rule, judgement, rows, breached[number]):
                found[place].append(finding)
            for place in np.flatnonzero(unknown[number]).tolist():
                gap = Finding(rule.name, Severity.WARNS, rule.basis, {}, is_unknown=True)
                found[place].append(gap)
        return [tuple(sorted(told, key=lambda each: URGENCY[each.severity])) for told in found]

    @cached_property
    def _blocking(self) -> list[int]:
        severities = [rule.severity for rule, _ in self.judgements]
        return [place for place, each in enumerate(severities) if each is Severity.BLOCKS]

    def _stacked(self, rows: Sequence[Any]) -> Mask:
        stacked = np.empty((len(rows), self.count), dtype=bool)
        for place, row in enumerate(rows):
            stacked[place] = row
        return stacked


def judge(rules: Iterable[Rule], case: Case, known: Verdict | None = None) -> Verdict:
    """Judge all pairs of a case by each rule, with the law of the day of the case.

    Args:
        rules: The rules.
        case: The pairs.
        known: What some of the rules say of the same persons on the same day,
            whatever the position.
    """
    law = Law(case.on.astype("datetime64[D]").item())
    said = {} if known is None else {rule.name: judgement for rule, judgement in known.judgements}
    return Verdict(
        case.count,
        tuple((rule, said.get(rule.name) or rule.judge(case, law)) for rule in rules),
    )


def _objections(
    rule: Rule, judgement: Judgement, rows: Ints, breached: Mask
) -> Iterator[tuple[int, Finding]]:
    """Yield the findings of a rule where it is broken, each with its place among the rows."""
    places = np.flatnonzero(breached)
    names = list(judgement.facts)
    facts = [_plain(values, rows[places]) for values in judgement.facts.values()]
    ends = _plain(judgement.clears_on, rows[places])
    for place, clears_on, *values in zip(places.tolist(), ends, *facts, strict=True):
        told = dict(zip(names, values, strict=True))
        yield place, Finding(rule.name, rule.severity, rule.basis, told, clears_on)


def _plain(values: Any, rows: Ints) -> list[Any]:
    """Return the values of some pairs as plain Python objects; what is missing is None."""
    found = values_at(values, rows)
    if isinstance(found, np.ndarray | np.generic):
        found = found.tolist()
    plain = found if isinstance(found, list) else [found] * len(rows)
    return [None if isinstance(value, float) and isnan(value) else value for value in plain]
