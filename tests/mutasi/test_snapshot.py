"""What was known on a day, also of records that came before what they are about."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from mutasi.fingerprint import fingerprints
from mutasi.snapshot import Snapshot
from tests.records import snapshot

EARLY, LATE = date(2012, 1, 1), date(2020, 1, 1)
REGION: dict[str, list[dict[str, Any]]] = {
    "units": [{"unit_id": "U1"}],
    "positions": [{"position_id": "P1"}, {"position_id": "P2", "closed_on": date(2015, 1, 1)}],
    "employees": [
        {"employee_id": "new", "appointed_on": date(2015, 1, 1)},
        {"employee_id": "old", "appointed_on": date(2000, 1, 1)},
    ],
    "assessments": [
        {"employee_id": "new", "assessed_on": date(2010, 1, 1)},
        {"employee_id": "old", "assessed_on": date(2014, 1, 1)},
        {"employee_id": "old", "assessed_on": date(2011, 1, 1)},
        {"employee_id": "nobody", "assessed_on": date(2001, 1, 1)},
    ],
}


def test_a_record_is_known_once_whom_it_is_about_is_known() -> None:
    late = snapshot(LATE, **REGION)
    early = late.rewound(EARLY)

    assert late.tables["assessments"]["employee"].tolist() == [1, 1, 0]
    assert early.tables["assessments"]["employee"].tolist() == [0]
    assert early.tables["employees"]["employee_id"].tolist() == ["old"]


@pytest.mark.parametrize("day", [LATE, date.max])
def test_a_record_of_nobody_is_never_known(day: date) -> None:
    assert len(snapshot(day, **REGION).tables["assessments"]) == 3


def test_what_comes_true_later_is_not_told_before() -> None:
    late = snapshot(LATE, **REGION)

    assert late.positions["is_closed"].tolist() == [False, True]
    assert late.rewound(EARLY).tables["positions"]["closed_on"].isna().all()


def test_columns_of_employees_are_taken_once_for_all_positions() -> None:
    pairs = snapshot(LATE, **REGION).pairs(np.arange(2), 0)

    assert pairs.toward(1).column("grade") is pairs.column("grade")
    assert pairs.toward(1).column("position_id") == "P2"


def test_a_move_that_is_recorded_late_has_not_ended_the_post_before_it_earlier() -> None:
    begun, recorded = date(2020, 1, 1), date(2020, 1, 10)
    before = {"position_id": "P1", "started_on": date(2015, 1, 1)}
    after = {"position_id": "P2", "started_on": begun, "known_on": recorded}
    people = {name: REGION[name] for name in ("units", "positions", "employees")}

    def told(day: date, *postings: dict[str, Any], **more: list[dict[str, Any]]) -> Snapshot:
        held = [{"employee_id": "old", **one} for one in postings]
        return snapshot(day, **people, **more, postings=held)

    ended = {**before, "ended_on": date(2019, 12, 31)}
    move = {"from_position_id": "P1", "decided_on": date(2019, 12, 1), **after}
    moves = [{"employee_id": "old", **move}]
    yesterday = told(date(2020, 1, 9), ended, after, transfers=moves)
    as_it_was = told(date(2020, 1, 9), before)
    today = told(recorded, ended, after, transfers=moves)

    assert fingerprints(yesterday) == fingerprints(as_it_was)
    assert fingerprints(today.rewound(date(2020, 1, 9))) == fingerprints(as_it_was)
    assert today.tables["postings"]["ended_on"].notna().tolist() == [True, False]
