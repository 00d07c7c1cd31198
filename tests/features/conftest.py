"""A small region in which every feature can be worked out by hand."""

from datetime import date
from typing import Any

import pytest

from mutasi.snapshot import Snapshot
from mutasi.vocabulary import COMPETENCIES
from tests.records import snapshot

DAY = date(2024, 7, 1)


def records() -> dict[str, list[dict[str, Any]]]:
    """Return the rows: a nurse A, a clerk B, and C of whom little is known."""
    levels = dict.fromkeys(COMPETENCIES, 2)
    return {
        "units": [
            {
                "unit_id": "U1",
                "function": "health",
                "place": "North",
                "latitude": -7.0,
                "longitude": 110.0,
            },
            {
                "unit_id": "U2",
                "function": "education",
                "place": "South",
                "latitude": -7.1,
                "longitude": 110.0,
                "is_remote": True,
            },
        ],
        "positions": [
            {
                "position_id": "nurse",
                "unit_id": "U1",
                "title": "Nurse",
                "family": "nurse",
                "level": 3,
                "lowest_grade": 7,
                "highest_grade": 12,
                "minimum_education": 30,
                "fields": "health",
                "allowance_class": 8,
                "technical": 2,
                **levels,
            },
            {
                "position_id": "clerk",
                "unit_id": "U2",
                "title": "Clerk",
                "family": "clerk",
                "level": 2,
                "lowest_grade": 5,
                "highest_grade": 9,
                "minimum_education": 15,
                "allowance_class": 5,
                "technical": 1,
                **levels,
            },
        ],
        "needs": [
            {"position_id": "nurse", "since": date(2020, 1, 1), "needed": 2},
            {"position_id": "clerk", "since": date(2020, 1, 1), "needed": 1},
        ],
        "employees": [
            {"employee_id": "A", "appointed_on": date(2014, 7, 1)},
            {"employee_id": "B", "appointed_on": date(2020, 7, 1)},
            {"employee_id": "C", "appointed_on": date(2024, 1, 1)},
        ],
        "grades": [
            {"employee_id": "A", "since": date(2014, 7, 1), "grade": 7},
            {"employee_id": "A", "since": date(2020, 7, 1), "grade": 9},
            {"employee_id": "B", "since": date(2020, 7, 1), "grade": 6},
        ],
        "residences": [
            {
                "employee_id": "A",
                "since": date(2014, 7, 1),
                "place": "North",
                "latitude": -7.0,
                "longitude": 110.0,
            },
        ],
        "postings": [
            {
                "employee_id": "A",
                "position_id": "clerk",
                "started_on": date(2014, 7, 1),
                "ended_on": date(2015, 7, 1),
            },
            {"employee_id": "A", "position_id": "nurse", "started_on": date(2015, 7, 2)},
            {"employee_id": "B", "position_id": "clerk", "started_on": date(2020, 7, 1)},
        ],
        "appraisals": [
            {"employee_id": "A", "year": 2014, "score": 80.0, "rater": "R1"},
            {"employee_id": "B", "year": 2014, "score": 90.0, "rater": "R1"},
            {"employee_id": "A", "year": 2016, "score": 90.0, "rater": "R1"},
            {"employee_id": "B", "year": 2016, "score": 80.0, "rater": "R1"},
            {
                "employee_id": "A",
                "year": 2023,
                "scheme": "skp_2022",
                "predicate": 1,
                "results": 1,
                "behaviour": 1,
            },
            {
                "employee_id": "B",
                "year": 2023,
                "scheme": "skp_2022",
                "predicate": 2,
                "results": 2,
                "behaviour": 2,
            },
        ],
        "educations": [
            {"employee_id": "A", "level": 40, "field": "health", "graduated_on": date(2013, 1, 1)},
            {"employee_id": "B", "level": 15, "graduated_on": date(2015, 1, 1)},
        ],
        "trainings": [
            {
                "employee_id": "A",
                "function": "health",
                "hours": 40.0,
                "completed_on": date(2023, 1, 1),
            },
            {
                "employee_id": "A",
                "title": "Lead",
                "kind": "leadership",
                "hours": 100.0,
                "completed_on": date(2016, 1, 1),
            },
        ],
        "assessments": [
            {
                "employee_id": "A",
                "assessed_on": date(2022, 7, 1),
                "technical": 3,
                "technical_function": "health",
                **dict.fromkeys(COMPETENCIES, 3),
                "integrity": 1,
            },
        ],
        "offers": [
            {
                "offer_id": "O1",
                "employee_id": "A",
                "position_id": "nurse",
                "offered_on": date(2015, 6, 1),
                "answer": "accepted",
                "answered_on": date(2015, 6, 10),
            },
            {
                "offer_id": "O2",
                "employee_id": "B",
                "position_id": "nurse",
                "offered_on": date(2022, 6, 1),
                "answer": "refused",
                "answered_on": date(2022, 6, 10),
            },
            {
                "offer_id": "O3",
                "employee_id": "B",
                "position_id": "nurse",
                "offered_on": date(2024, 6, 30),
            },
        ],
        "transfers": [
            {
                "employee_id": "A",
                "from_position_id": "clerk",
                "position_id": "nurse",
                "decided_on": date(2015, 6, 1),
                "started_on": date(2015, 7, 2),
            },
        ],
    }


@pytest.fixture
def region() -> Snapshot:
    return snapshot(DAY, **records())
