"""A very small region as records and as files, to be spoilt by tests."""

from datetime import date
from pathlib import Path

import pandas as pd

from mutasi.bundle.writing import write
from tests.records import frames

SITI, BUDI, WATI = "198505172010012001", "197901022005011002", "199003032015032003"


def tiny() -> dict[str, pd.DataFrame]:
    """Return three people, two units and three posts of an invented office."""
    return frames(
        units=[
            {"unit_id": "DINKES", "name": "Dinas Kesehatan", "function": "health"},
            {"unit_id": "PKM-1", "name": "Puskesmas Satu", "parent_id": "DINKES"},
        ],
        positions=[
            {"position_id": "P1", "unit_id": "DINKES", "title": "Kepala Seksi", "level": 4},
            {"position_id": "P2", "unit_id": "PKM-1", "title": "Perawat"},
            {"position_id": "P3", "unit_id": "PKM-1", "title": "Pengelola Data"},
        ],
        employees=[
            {"employee_id": SITI, "name": "A", "kind": "PNS", "born_on": date(1985, 5, 17)},
            {"employee_id": BUDI, "name": "B", "kind": "PNS", "born_on": date(1979, 1, 2)},
            {"employee_id": WATI, "name": "C", "kind": "PPPK", "born_on": date(1990, 3, 3)},
        ],
        postings=[
            {
                "employee_id": SITI,
                "position_id": "P2",
                "started_on": date(2012, 1, 1),
                "ended_on": date(2018, 12, 31),
            },
            {"employee_id": SITI, "position_id": "P1", "started_on": date(2019, 1, 1)},
            {"employee_id": BUDI, "position_id": "P3", "started_on": date(2010, 1, 1)},
            {"employee_id": WATI, "position_id": "P2", "started_on": date(2015, 3, 1)},
        ],
        grades=[{"employee_id": SITI, "since": date(2016, 4, 1), "grade": 10}],
        appraisals=[{"employee_id": SITI, "year": 2019, "score": 88.5, "predicate": 2}],
        offers=[
            {
                "offer_id": "O1",
                "employee_id": BUDI,
                "position_id": "P1",
                "offered_on": date(2018, 6, 1),
                "answer": "refused",
                "answered_on": date(2018, 6, 9),
                "reason": "distance",
            }
        ],
    )


def tiny_folder(folder: Path) -> Path:
    """Write the very small region as CSV and return its folder."""
    write(folder, tiny())
    return folder


def spoilt(path: Path, before: str, after: str) -> None:
    """Replace a text in a file that must be there."""
    content = path.read_text(encoding="utf-8")
    assert before in content, f"{path.name} has no {before}"
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


def added(path: Path, *lines: str) -> None:
    """Add lines at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines))
