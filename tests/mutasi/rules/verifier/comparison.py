"""What the rules say and what the document says, of the same pairs on the same day."""

from collections.abc import Callable, Iterable, Mapping
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
from tests.mutasi.rules.verifier import answers
from tests.mutasi.rules.verifier.records import Known, Row
from tests.mutasi.rules.verifier.terms import Answer, Move, Person, Post

Pair = tuple[str, str]
"""An employee and a position, by id."""

Choose = Callable[[Iterable[str], Iterable[str]], list[Pair]]

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
    columns = {name: _plain(frame[name]) for name in frame}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


class Comparison:
    """A region judged by both, on one day after another.

    Attributes:
        region: Its rows by table, as the document reads them.
        snapshot: Its records, as the rules read them.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], latest: date) -> None:
        self.region = {table: rows(frame) for table, frame in frames.items()}
        self.snapshot = Snapshot.of(latest, frames)

    def differences(
        self, on: date, choose: Choose | None = None, *, is_own_request: bool = False
    ) -> tuple[int, list[Difference]]:
        """Judge pairs by both.

        Args:
            on: The day.
            choose: Takes pairs of ids out of the people and posts known on the day; all
                pairs if not given.
            is_own_request: Whether the employees ask for the moves.

        Returns:
            How many pairs were judged, and those that are judged differently.
        """
        known = Known(self.region, on)
        people = {key: Person(known, row) for key, row in known.people.items()}
        posts = {key: Post(known, row) for key, row in known.posts.items()}
        pairs = list(product(people, posts)) if choose is None else choose(people, posts)
        said = _by_rules(self.snapshot.rewound(on), pairs, is_own_request)
        found = []
        for (person, post), by_rules in zip(pairs, said, strict=True):
            given = answers(Move(people[person], posts[post], is_own_request))
            by_document = {_as_said(name, answer) for name, answer in given.items()}
            if by_rules != by_document:
                only = by_rules - by_document, by_document - by_rules
                found.append(Difference(on, person, post, *only))
        return len(pairs), found


def _by_rules(snapshot: Snapshot, pairs: list[Pair], is_own_request: bool) -> list[set[Said]]:
    employees = np.array([snapshot.employee_row(person) for person, _ in pairs], dtype=np.int64)
    positions = np.array([snapshot.position_row(post) for _, post in pairs], dtype=np.int64)
    column = snapshot.pairs(employees, positions).column
    on = np.datetime64(snapshot.as_of, "D")
    verdict = judge(RULES, Case(on, len(pairs), column, is_own_request))
    return [
        {_as_found(finding) for finding in findings}
        for findings in verdict.findings(np.arange(len(pairs)))
    ]


def _as_found(finding: Finding) -> Said:
    return finding.rule, finding.severity.value, finding.is_unknown, finding.clears_on


def _as_said(rule: str, answer: Answer) -> Said:
    does = "warns" if answer.is_unknown else documented()[rule]
    return rule, does, answer.is_unknown, answer.ends_on


@cache
def documented() -> Mapping[str, str]:
    """Return what each rule does by the table of docs/rules.md."""
    lines = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    cells = (line.split(" | ") for line in lines if line.startswith("| [`"))
    return {rule.split("`")[1]: does for rule, does, *_ in cells}


def _plain(column: pd.Series) -> list[Any]:
    return [None if pd.isna(value) else _as_plain(value) for value in column.tolist()]


def _as_plain(value: Any) -> Any:
    """Return a day as a date, and a whole number, which gaps make a float, as one."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value
