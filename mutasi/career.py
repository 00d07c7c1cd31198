"""A person's career as it is on record: posts, grades, ratings, education, training.

What the records say and nothing besides: what was not recorded is not there, and what
was recorded as open stays open. What was called off or annulled is not there either, and a
post that is left by a move that lies ahead has its last day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from mutasi import state
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Assignment

if TYPE_CHECKING:
    import pandas as pd

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Post:
    """A stay in a position.

    Attributes:
        position_id: The position.
        title: Its title.
        unit_name: Its unit.
        started_on: First day.
        ended_on: Last day; None while it lasts, or where nobody recorded its end.
        is_acting: Held for a time beside another post (*PLT*, *PLH*): no tenure.
    """

    position_id: str
    title: str
    unit_name: str
    started_on: date
    ended_on: date | None
    is_acting: bool


@dataclass(frozen=True)
class Rating:
    """A yearly appraisal (*SKP*).

    Attributes:
        year: The year that is judged.
        scheme: The regulation that it follows.
        score: The number of years up to 2021.
        predicate: 1 (best) to 5, as recorded or as it follows from the number or the
            quadrant; None where it cannot be told.
    """

    year: int
    scheme: str
    score: float | None
    predicate: int | None


@dataclass(frozen=True)
class Degree:
    """A completed education; ``level`` is SIASN's, 5 to 50."""

    level: int
    field: str | None
    name: str | None
    graduated_on: date


@dataclass(frozen=True)
class Course:
    """A completed training; ``hours`` are *JP*."""

    title: str
    kind: str
    function: str | None
    hours: float | None
    completed_on: date


@dataclass(frozen=True)
class Grade:
    """A grade (*golongan*), 1 to 17, from a day on."""

    grade: int
    since: date


@dataclass(frozen=True)
class Career:
    """What is on record of a person, each list with the latest first.

    Attributes:
        as_of: The day whose knowledge this is.
        employee_id: Who.
        employee_name: The name, for people to read.
        is_contract: A PPPK, whose grades are written otherwise; None where unknown.
        posts: Stays in positions.
        grades: Grades held.
        ratings: Yearly appraisals.
        degrees: Completed educations.
        courses: Completed trainings.
    """

    as_of: date
    employee_id: str
    employee_name: str | None
    is_contract: bool | None
    posts: tuple[Post, ...]
    grades: tuple[Grade, ...]
    ratings: tuple[Rating, ...]
    degrees: tuple[Degree, ...]
    courses: tuple[Course, ...]


def career_of(snapshot: Snapshot, employee_id: str) -> Career:
    """Return what is on record of a person.

    Raises:
        EmployeeNotFound: If there is no such employee.
    """
    import pandas as pd

    row = snapshot.employee_row(employee_id)
    posts = snapshot.positions

    def post(one: Any) -> Post:
        return Post(
            position_id=posts["position_id"][one.position],
            title=posts["title"][one.position],
            unit_name=posts["unit_name"][one.position],
            started_on=one.started_on.date(),
            ended_on=_day(one.ended_on),
            is_acting=one.assignment != Assignment.DEFINITIVE,
        )

    ratings = snapshot.tables["appraisals"]
    judged = ratings[ratings["employee"] == row]
    judged = judged.assign(predicate=state.predicates(judged))
    kind = snapshot.tables["employees"]["kind"].iloc[row]
    return Career(
        as_of=snapshot.as_of,
        employee_id=employee_id,
        employee_name=snapshot.employees["employee_name"][row],
        is_contract=None if pd.isna(kind) else bool(kind == "PPPK"),
        posts=tuple(map(post, _rows(_posts(snapshot, row), "started_on"))),
        grades=_latest(snapshot, "grades", row, "since", _grade),
        ratings=tuple(map(_rating, _rows(judged, "year"))),
        degrees=_latest(snapshot, "educations", row, "graduated_on", _degree),
        courses=_latest(snapshot, "trainings", row, "completed_on", _course),
    )


def _posts(snapshot: Snapshot, row: int) -> "pd.DataFrame":
    """Return somebody's postings that count, with the ends that moves ahead give them."""
    import pandas as pd

    since, counts = state.in_effect(snapshot.tables)
    postings = snapshot.tables["postings"].assign(started_on=since.astype("datetime64[s]"))
    held = postings[counts & (postings["employee"] == row)]
    definitive = held["assignment"] == Assignment.DEFINITIVE
    ahead = definitive & (held["started_on"] > pd.Timestamp(snapshot.as_of))
    ends = held.loc[ahead, "started_on"].min() - pd.Timedelta(days=1)
    left = definitive & ~ahead & held["ended_on"].isna()
    return held.assign(ended_on=held["ended_on"].mask(left, ends))


def _latest(
    snapshot: Snapshot, table: str, row: int, by: str, made: Callable[[Any], Entry]
) -> tuple[Entry, ...]:
    frame = snapshot.tables[table]
    return tuple(map(made, _rows(frame[frame["employee"] == row], by)))


def _rows(frame: "pd.DataFrame", by: str) -> Iterator[Any]:
    return frame.sort_values(by, ascending=False, kind="stable").itertuples(index=False)


def _grade(one: Any) -> Grade:
    return Grade(int(one.grade), one.since.date())


def _rating(one: Any) -> Rating:
    predicate = None if np.isnan(one.predicate) else int(one.predicate)
    return Rating(int(one.year), one.scheme, _number(one.score), predicate)


def _degree(one: Any) -> Degree:
    return Degree(int(one.level), _text(one.field), _text(one.name), one.graduated_on.date())


def _course(one: Any) -> Course:
    return Course(
        one.title, one.kind, _text(one.function), _number(one.hours), one.completed_on.date()
    )


def _day(value: Any) -> date | None:
    import pandas as pd

    return None if pd.isna(value) else value.date()


def _text(value: Any) -> str | None:
    import pandas as pd

    return None if pd.isna(value) else str(value)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
