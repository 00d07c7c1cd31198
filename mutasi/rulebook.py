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
*warns* or *informs* is shown beside a recommendation. Parameters have dates: a
decision is judged by what was in force on its day, and a change is an entry added.

Articles are cited as agencies use them. Where a reference says *uncertain* or
*local policy*, the value is to be confirmed by the region's legal reviewer.

## Terms

- **The day** is that of the snapshot, at its close: only what was known by then
  counts; a record is known when it is and all that it refers to. Before the first day
  of a rule's parameters there is no judgement.
- **Unknown**: a comparison with a fact that is not on record breaks no rule. Where a
  rule says *unknown*, the gap is told as a warning, unless the rule is broken anyway.
- **Present post**: the position of the definitive posting that has not ended and began
  last, not after the day; of equal days, the one known last. On its last
  day a posting still lasts. An acting posting (*Plt*) is none.
- **Standing, grade, home**: the last that began not after the day.
- **Education level**: the highest on record.
- **Predicate** of an appraisal, 1 *sangat baik* to 5 *sangat kurang*. Under the scheme
  of 2022 it follows from results and behaviour, each 1 above, 2 as, 3 below expectation: results 1
  with behaviour 1, 2, 3 give 1, 2, 4; results 2 give 2, 2, 4; results 3 give 3, 3, 5.
  Where a rating is missing, the predicate sent counts. Under the scheme of 2011 the one
  sent counts, else the number: from 91 it is 1, from 76 2, from 61 3, from 51 4, else 5.
- **Anniversary**: the same calendar day some years later; of 29 February, 1 March in a
  year that has none.
- **Function** of a position: its own, else its unit's.
- **Days served** in a post: from its first day to its last, or to the day if it lasts,
  the last day not counted; only definitive postings that began not after the day. Days
  in two posts at once count twice.
- **Level**: the rung on the ladder that all kinds of positions share, 1 to 8.

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
                    value = _told(entry["value"])
                    yield f"| `{name}` | {entry['since']} | {value} | {entry['reference']} |"
            yield ""


def _told(value: Any) -> str:
    """Return a parameter's value as a reader writes it.

    >>> _told({"II.a": 56, "II.b": 56}), _told([7, 8])
    ('II.a 56, II.b 56', '7, 8')
    """
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


if __name__ == "__main__":
    sys.stdout.write(rulebook())
