"""Chapter *Terms* of docs/rules.md: what rules say of a person, a post and a move."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.mutasi.rules.verifier.calendar import anniversary
from tests.mutasi.rules.verifier.law import parameter
from tests.mutasi.rules.verifier.records import Known, Row, Rows, last

YEAR = Fraction(1461, 4)
"""Days of a year of experience: 365.25."""

PREDICATES = {(1, 1): 1, (1, 2): 2, (1, 3): 4, (2, 1): 2, (2, 2): 2, (2, 3): 4}
PREDICATES |= {(3, 1): 3, (3, 2): 3, (3, 3): 5}
"""Predicate by results and behaviour."""


NINE = (
    "integrity",
    "cooperation",
    "communication",
    "results",
    "service",
    "development",
    "change",
    "decisions",
    "cohesion",
)
"""The managerial and socio-cultural competencies, M.1 to M.8 and SK.1."""


@dataclass(frozen=True)
class Answer:
    """What a rule says against a move.

    Attributes:
        is_unknown: A fact is missing, so that it cannot be said.
        ends_on: The first day without it, if it ends by itself.
    """

    is_unknown: bool = False
    ends_on: date | None = None


BROKEN, UNKNOWN = Answer(), Answer(is_unknown=True)


@dataclass(frozen=True)
class Post:
    """A post on a day, with what it is.

    Attributes:
        known: The records of the day.
        row: Its record.
    """

    known: Known
    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def id(self) -> str:
        return str(self.row["position_id"])

    @property
    def region(self) -> str:
        """The government that it belongs to: its unit's."""
        return str(self.known.units[self.row["unit_id"]]["region"])

    @property
    def function(self) -> str | None:
        """Its own, else its unit's."""
        own: str | None = self.row["function"]
        return own or self.known.units[self.row["unit_id"]]["function"]

    @property
    def is_structural(self) -> bool:
        return bool(self.row["kind"] == "STRUKTURAL")

    @property
    def is_functional(self) -> bool:
        return bool(self.row["kind"] == "FUNGSIONAL")

    def of_rung(self, name: str) -> Any:
        """Return the parameter's value for the post's rung, or nothing."""
        return parameter(name, self.known.on).get(self.row["rung"])

    def own_or_of_rung(self, column: str, name: str) -> Any:
        """Return the post's own value or, where none is on record, that of its rung."""
        own = self.row[column]
        return self.of_rung(name) if own is None else own


@dataclass(frozen=True)
class Person:
    """An employee on a day, with where they stand.

    Attributes:
        known: The records of the day.
        row: Their record.
    """

    known: Known
    row: Row

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    def records(self, table: str) -> Rows:
        """Return what is on record about them in a table."""
        return self.known.about(self.row["employee_id"], table)

    def on_the_day(self, table: str, column: str) -> Any:
        """Return the value of the last record that began not after the day, or nothing."""
        begun = [row for row in self.records(table) if row["since"] <= self.known.on]
        latest = last(begun, lambda row: row["since"])
        return None if latest is None else latest[column]

    @cached_property
    def present_posting(self) -> Row | None:
        return self.known.present_posting(self.row["employee_id"])

    @cached_property
    def present(self) -> Post | None:
        """The present post."""
        posting = self.present_posting
        return (
            None if posting is None else Post(self.known, self.known.posts[posting["position_id"]])
        )

    @cached_property
    def predicates(self) -> dict[int, int]:
        """The predicates of their appraisals by judged year, where one is said."""
        said = {row["year"]: _predicate(row) for row in self.records("appraisals")}
        return {year: predicate for year, predicate in said.items() if predicate is not None}

    @cached_property
    def served(self) -> list[tuple[Post, int]]:
        """The posts they served in, with the days served in each posting."""
        return [
            (Post(self.known, self.known.posts[row["position_id"]]), _days(row, self.known.on))
            for row in self.known.begun(self.row["employee_id"])
        ]

    @cached_property
    def days_before_record(self) -> int | None:
        """The days between appointment and first definitive posting on record, if there is one."""
        definitive = self.known.definitive(self.row["employee_id"])
        first = min((row["started_on"] for row in definitive), default=None)
        return None if first is None else max(0, (first - self.row["appointed_on"]).days)

    @cached_property
    def competences(self) -> dict[str, Fraction]:
        """The level held of each competence that is on record: the last."""
        rows = sorted(self.records("assessments"), key=lambda row: row["assessed_on"])
        return {name: Fraction(row[name]) for row in rows for name in NINE if row[name] is not None}

    def attains(self, age: int) -> date | None:
        """Return the day on which they reach an age, or nothing."""
        born = self.row["born_on"]
        return None if born is None else anniversary(born, age)


@dataclass(frozen=True)
class Move:
    """A person who would move to a post on the day.

    Attributes:
        person: Who.
        post: Where to.
        is_own_request: Whether the employee asks for it.
    """

    person: Person
    post: Post
    is_own_request: bool = False

    @property
    def on(self) -> date:
        """The day."""
        return self.post.known.on

    @property
    def present(self) -> Post | None:
        """The present post."""
        return self.person.present

    @property
    def both_posts(self) -> list[Post]:
        """The post left, if any, and the post taken."""
        return [self.post] if self.present is None else [self.present, self.post]

    @property
    def levels_up(self) -> int | None:
        """The level of the post less that of the present post, or nothing."""
        if self.present is None or self.present["level"] is None or self.post["level"] is None:
            return None
        return int(self.post["level"] - self.present["level"])

    @property
    def keeps_family(self) -> bool:
        """Whether both posts are of one job family, both on record."""
        family = self.post["family"]
        return family is not None and self.present is not None and self.present["family"] == family

    @property
    def comes_into_function(self) -> bool:
        """Whether it leads into a functional post from another job, or one of them is unknown."""
        return self.post.is_functional and not self.keeps_family

    def law(self, name: str) -> Any:
        """Return a parameter of the day."""
        return parameter(name, self.on)


def _predicate(appraisal: Row) -> int | None:
    """Return what an appraisal says: since 2022 by the ratings, before as sent or by number."""
    sent, score = appraisal["predicate"], appraisal["score"]
    predicate: int | None = sent
    if appraisal["scheme"] == "skp_2022":
        predicate = PREDICATES.get((appraisal["results"], appraisal["behaviour"]), sent)
    elif sent is None and score is not None:
        predicate = 1 + sum(score < bound for bound in (91, 76, 61, 51))
    return predicate


def _days(posting: Row, on: date) -> int:
    """Return the days served from the first day to the last, or to the day if it lasts."""
    until = on if posting["ended_on"] is None else min(posting["ended_on"], on)
    return int((until - posting["started_on"]).days)
