"""What the rules say and what the document says, of the same pairs on the same day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from mutasi.rules import RULES, Case, Finding, judge
from mutasi.snapshot import Snapshot
from tests.architecture.checkout import ROOT
from tests.mutasi.rules.verifier.chapters import answers
from tests.mutasi.rules.verifier.records import Known, Row
from tests.mutasi.rules.verifier.terms import Answer, Move, Person, Post

Pairs = list[tuple[str, str]]
"""Employees and positions, by id."""

Said = tuple[str, str, bool, date | None]
"""A rule, what it does, whether a fact is missing, and the first day without it."""


@dataclass(frozen=True)
class Difference:
    """A pair of which the rules and the document do not say the same.

    Attributes:
        on: The day.
        person: The employee's id.
        post: The position's id.
        only_rules: What only the rules say.
        only_document: What only the document says.
    """

    on: date
    person: str
    post: str
    only_rules: set[Said]
    only_document: set[Said]


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame as plain values, ``None`` where it is empty."""
    columns = {str(name): _plain(frame[name]) for name in frame}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


class Comparison:
    """A region that both judge, on one day after another.

    Attributes:
        region: Its rows by table, as the document reads them.
        snapshot: Its records, as the rules read them.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], latest: date) -> None:
        self.region = {table: rows(frame) for table, frame in frames.items()}
        self.snapshot = Snapshot.of(latest, frames)

    def by_rules(self, on: date, pairs: Pairs, *, is_own_request: bool) -> list[set[Said]]:
        """Return what the rules say of each pair."""
        snapshot = self.snapshot.rewound(on)
        employees = np.array([snapshot.employee_row(person) for person, _ in pairs], dtype=np.int64)
        positions = np.array([snapshot.position_row(post) for _, post in pairs], dtype=np.int64)
        column = snapshot.pairs(employees, positions).column
        case = Case(np.datetime64(on, "D"), len(pairs), column, is_own_request)
        of_pairs = judge(RULES, case).findings(np.arange(len(pairs)))
        return [{_as_found(finding) for finding in findings} for findings in of_pairs]

    def by_document(self, on: date, pairs: Pairs, *, is_own_request: bool) -> Iterator[set[Said]]:
        """Return what the document says of each pair."""
        known = Known(self.region, on)
        people = {key: Person(known, row) for key, row in known.people.items()}
        posts = {key: Post(known, row) for key, row in known.posts.items()}
        for person, post in pairs:
            given = answers(Move(people[person], posts[post], is_own_request))
            yield {_as_said(name, answer) for name, answer in given.items()}

    def pairs(self, on: date) -> Pairs:
        """Return all pairs of a person and a post that are known on a day."""
        known = Known(self.region, on)
        return list(product(known.people, known.posts))

    def differences(self, on: date, pairs: Pairs, *, is_own_request: bool) -> list[Difference]:
        """Return the pairs that are judged differently on a day."""
        said = zip(
            pairs,
            self.by_rules(on, pairs, is_own_request=is_own_request),
            self.by_document(on, pairs, is_own_request=is_own_request),
            strict=True,
        )
        return [
            Difference(on, *pair, rules - document, document - rules)
            for pair, rules, document in said
            if rules != document
        ]


def _as_found(finding: Finding) -> Said:
    return finding.rule, finding.severity.value, finding.is_unknown, finding.clears_on


def _as_said(rule: str, answer: Answer) -> Said:
    does = "warns" if answer.is_unknown else documented()[rule]
    return rule, does, answer.is_unknown, answer.ends_on


@cache
def parameters() -> tuple[str, ...]:
    """Return the names of the parameters that docs/rules.md tells."""
    lines = _document()
    return tuple(sorted({line.split("`")[1] for line in lines if line.startswith("| `")}))


@cache
def documented() -> Mapping[str, str]:
    """Return what each rule does by the table of docs/rules.md."""
    cells = (line.split(" | ") for line in _document() if line.startswith("| [`"))
    return {rule.split("`")[1]: does for rule, does, *_ in cells}


def _document() -> list[str]:
    return (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()


def _plain(column: pd.Series) -> list[Any]:
    return [None if pd.isna(value) else _as_plain(value) for value in column.tolist()]


def _as_plain(value: Any) -> Any:
    """Return a day as a date, and a whole number, which gaps make a float, as one."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value
