"""Records that have fallen behind: their outcomes are refused, and it is said why."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models.artifact import Artifact
from mutasi.snapshot import Snapshot
from pipelines import staleness
from pipelines.monitoring.gathering import Gathered
from pipelines.monitoring.job import compared
from tests.records import snapshot

TODAY = date(2025, 8, 1)


def office(rated: int = 20, retired: int = 0, since: date = date(2025, 1, 2)) -> Snapshot:
    """Return twenty people, of whom some were rated last year, and some are past sixty."""
    people = [f"P{number:02}" for number in range(20)]
    held: list[dict[str, Any]] = [
        {"employee_id": who, "position_id": "A", "started_on": date(2015, 1, 1)} for who in people
    ]
    held[0]["started_on"] = since
    return snapshot(
        TODAY,
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "A", "retirement_age": 58}],
        employees=[
            {"employee_id": who, "born_on": date(1960 if number < retired else 1985, 5, 1)}
            for number, who in enumerate(people)
        ],
        standings=[
            {"employee_id": who, "since": date(2015, 1, 1), "standing": "01"} for who in people
        ],
        postings=held,
        appraisals=[{"employee_id": who, "year": 2024, "score": 80.0} for who in people[:rated]]
        + [{"employee_id": who, "year": 2023, "score": 80.0} for who in people],
    )


def codes(region: Snapshot) -> list[str]:
    return [refusal.code for refusal in staleness.refusals(region)]


def test_records_that_are_kept_up_are_believed(known: Snapshot) -> None:
    assert codes(office()) == []
    assert codes(known) == []


def test_ratings_of_the_closed_year_must_be_there_for_most() -> None:
    assert codes(office(rated=12)) == []
    (refusal,) = staleness.refusals(office(rated=11))

    assert refusal.code == "unrated"
    assert refusal.facts == {
        "value": 0.45,
        "bound": staleness.MOST_UNRATED,
        "count": 9.0,
        "asked": 20.0,
        "year": "2024",
    }


@pytest.mark.parametrize(
    ("day", "year"), [(date(2025, 6, 30), 2023), (date(2025, 7, 1), 2024)], ids=str
)
def test_a_year_is_closed_half_a_year_after_it(day: date, year: int) -> None:
    assert staleness.closed_year(office().rewound(day)) == year


def test_retired_people_who_still_hold_posts_give_stale_records_away() -> None:
    assert codes(office(retired=1)) == []
    (refusal,) = staleness.refusals(office(retired=2))

    assert refusal.code == "overdue"
    assert refusal.facts["value"] == 0.1


def test_postings_that_have_long_not_changed_give_stale_records_away() -> None:
    (refusal,) = staleness.refusals(office(since=date(2024, 7, 1)))

    assert refusal.code == "silent"
    assert refusal.facts["last"] == "2024-07-01"


def test_outcomes_of_stale_records_are_not_used_and_it_is_said_why(
    champion: Artifact, found: Gathered, known: Snapshot
) -> None:
    tables = dict(known.tables)
    rows = tables["standings"]
    tables["standings"] = rows.assign(
        standing=rows["standing"].where(np.arange(len(rows)) % 5 > 0, "77")
    )
    stale = replace(known, tables=tables)
    assert isinstance(tables["standings"], pd.DataFrame)

    report = compared(stale, champion, found)

    assert [refusal.code for refusal in report.refusals] == ["overdue"]
    assert (report.ratings, report.stayed, report.after) == ((), (), ())
    assert [course.head for course in report.courses] == ["acceptance"]
    assert not {"rating", "rated"} & {rate.name for rate in report.rates}
    assert "mend_first" in {note.code for note in report.notes}
    assert report.chances is not None  # answers are facts of their own
    assert report.shifts
