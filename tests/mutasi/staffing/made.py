"""A region small enough to count by hand.

::

    GOV                     clerk: never assessed, 1 there
    ├── HEALTH (health)     head: needs 1, nobody there
    │   └── CLINIC          nurse: needs 3, 1 there · midwife: needs 1, 2 there
    └── SCHOOL (education)  teacher: needs 2, 2 there · porter: closed, 1 there
"""

from datetime import date
from typing import Any

from mutasi.snapshot import Snapshot
from tests.records import snapshot

TODAY = date(2025, 6, 30)

UNITS: list[dict[str, Any]] = [
    {"unit_id": "GOV", "name": "Government"},
    {"unit_id": "HEALTH", "name": "Health", "parent_id": "GOV", "function": "health"},
    {"unit_id": "CLINIC", "name": "Clinic", "parent_id": "HEALTH", "function": "health"},
    {"unit_id": "SCHOOL", "name": "School", "parent_id": "GOV", "function": "education"},
]
POSITIONS: list[dict[str, Any]] = [
    {"position_id": "clerk", "unit_id": "GOV", "title": "Clerk"},
    {"position_id": "head", "unit_id": "HEALTH", "title": "Head", "rung": "II.b"},
    {"position_id": "midwife", "unit_id": "CLINIC", "title": "Midwife", "rung": "MA"},
    {"position_id": "nurse", "unit_id": "CLINIC", "title": "Nurse", "retirement_age": 58},
    {
        "position_id": "porter",
        "unit_id": "SCHOOL",
        "title": "Porter",
        "closed_on": date(2024, 1, 1),
    },
    {"position_id": "teacher", "unit_id": "SCHOOL", "title": "Teacher", "retirement_age": 60},
]
NEEDS: list[dict[str, Any]] = [
    {"position_id": "head", "since": date(2020, 1, 1), "needed": 1},
    {"position_id": "midwife", "since": date(2020, 1, 1), "needed": 1},
    {"position_id": "nurse", "since": date(2020, 1, 1), "needed": 2},
    {"position_id": "nurse", "since": date(2023, 1, 1), "needed": 3},
    {"position_id": "porter", "since": date(2020, 1, 1), "needed": 1},
    {"position_id": "teacher", "since": date(2020, 1, 1), "needed": 2},
]
HELD = {
    "ani": "nurse",
    "budi": "midwife",
    "citra": "midwife",
    "dewi": "teacher",
    "eko": "teacher",
    "fajar": "porter",
    "gita": "clerk",
}
BORN = {
    "ani": date(1967, 10, 9),
    "budi": date(1966, 2, 1),
    "citra": date(1990, 5, 5),
    "dewi": date(1966, 9, 30),
    "eko": date(1985, 1, 1),
    "fajar": date(1980, 1, 1),
}


def region(as_of: date = TODAY, **more: list[dict[str, Any]]) -> Snapshot:
    """Return the region on a day; rows of ``more`` are added."""
    tables: dict[str, list[dict[str, Any]]] = {
        "units": UNITS,
        "positions": POSITIONS,
        "needs": NEEDS,
        "employees": [{"employee_id": name, "born_on": BORN.get(name)} for name in HELD],
        "postings": [
            {"employee_id": name, "position_id": post, "started_on": date(2015, 1, 1)}
            for name, post in HELD.items()
        ],
    }
    for name, rows in more.items():
        tables[name] = [*tables.get(name, []), *rows]
    return snapshot(as_of, **tables)
