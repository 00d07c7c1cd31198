"""The rules as a document: ``docs/rules.md``.

``make docs`` writes it; a test refuses one that is out of date.
"""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from mutasi.rules import RULES, Case, Law, Rule, entries
from mutasi.vocabulary import RUNGS

INTRODUCTION = """\
# Rules

Written by `make docs` from `mutasi/rules`; to change a rule, change it there. The
cases of law that hold them stand in `tests/mutasi/rules/cases.toml`.

A rule that *blocks* makes a pair of a person and a position ineligible; one that
*warns* or *informs* is shown beside a recommendation. A fact that is not on
record never blocks: it is told as a warning. Parameters have dates: a decision
is judged by what was in force on its day, and a change is an entry added.

Articles are cited as agencies use them. Where a reference says *uncertain* or
*local policy*, the value is to be confirmed by the region's legal reviewer.
"""


FLAGS = {"is_closed", "is_structural", "leads", "has_circumstance"}
"""Columns that say yes or no."""


class Overheard(Law):
    """A law that remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(date.max)
        self.asked: list[str] = []

    def __call__(self, name: str) -> Any:
        """Return a parameter's last value, and remember its name."""
        if name not in self.asked:
            self.asked.append(name)
        return super().__call__(name)


def rulebook() -> str:
    """Return the document, Markdown, ending in a newline."""
    return "\n".join([INTRODUCTION, *_index(), *_chapters()])


def parameters(rule: Rule) -> list[str]:
    """Return the names of the parameters that a rule asks for.

    >>> parameters(next(rule for rule in RULES if rule.name == "minimum_tenure"))
    ['tenure.minimum_years']
    """
    law = Overheard()
    rule.judge(Case(np.datetime64("2024-01-01"), 0, _nothing), law)
    return law.asked


def _nothing(name: str) -> np.ndarray[Any, Any]:
    """Return a column of no pairs, of a type that a column of this name has."""
    if name == "days_at_rung":
        return np.zeros((0, len(RUNGS) + 1), dtype=np.int64)
    if name.endswith(("_on", "_since", "_until")):
        return np.array([], dtype="datetime64[D]")
    if name.endswith(("_code", "_number", "government", "position", "position_row")) or name in {
        "studied",
        "qualifying",
    }:
        return np.array([], dtype=np.int64)
    return np.array([], dtype=bool if name.removeprefix("present_") in FLAGS else float)


def _index() -> Iterator[str]:
    yield "| Rule | Does | Demand | Basis |"
    yield "|---|---|---|---|"
    for rule in RULES:
        yield f"| [`{rule.name}`](#{rule.name}) | {rule.severity} | {rule.demand} | {rule.basis} |"
    yield ""


def _chapters() -> Iterator[str]:
    for rule in RULES:
        yield f"## {rule.name}"
        yield ""
        yield " ".join((rule.judge.__doc__ or "").split())
        yield ""
        yield f"{rule.severity.capitalize()}. Basis: {rule.basis}."
        yield ""
        asked = parameters(rule)
        if asked:
            yield "| Parameter | From | Value | Reference |"
            yield "|---|---|---|---|"
            for name in asked:
                for entry in entries(name):
                    value = entry["value"]
                    yield f"| `{name}` | {entry['since']} | {value} | {entry['reference']} |"
            yield ""


if __name__ == "__main__":
    sys.stdout.write(rulebook())
