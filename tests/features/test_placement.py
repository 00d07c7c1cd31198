"""Who usually gets such a post: every feature against a value worked out by hand."""

from datetime import date

import numpy as np
import pytest

from features import FEATURES, prepare
from features.holders import LEVELS, SPREAD_LEVELS, STAY_LEVELS
from features.sets import OF_PLACEMENT, STAYING
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.features.test_values import NAN, PAIRS
from tests.records import snapshot

# Nurses came with grade 7 after a year; clerks with 7 and 6 on their first day.
EXPECTED: dict[str, list[float]] = {
    **{f"grade_above_{level}_holders": [2, 2.5, -1, NAN] for level in LEVELS},
    **{f"service_above_{level}_holders": [9, 10, 3, 0.5] for level in LEVELS},
    **{f"{level}_holders_count": [1, 2, 1, 2] for level in LEVELS},
    **{f"service_spread_of_{level}_holders": [0, 0, 0, 0] for level in SPREAD_LEVELS},
    **{
        f"recency_in_{code}": [1, 1 / (1 + 9), 0, 0]
        for code in ("post", "title", "family", "function", "unit")
    },
    # Only A's year as a clerk has ended, in 2015.
    **{f"stay_years_of_{level}_holders": [NAN, 1, NAN, 1] for level in STAY_LEVELS},
    "last_stay_years": [1, 1, NAN, NAN],
    "stay_years_in_region": [NAN] * 4,
    "long_stays_share_in_region": [NAN] * 4,
    "title_path": [0, 0, 0, NAN],  # one move, from clerk to nurse: no more than by chance
    "function_path": [0, 0, 0, NAN],
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=list(EXPECTED))
def test_value(name: str, expected: list[float], region: Snapshot) -> None:
    employees, positions = np.array(PAIRS).T

    found = prepare(region).pairs([name], employees, positions)[:, 0]

    np.testing.assert_allclose(found, expected, atol=0.01)


def test_every_explained_feature_of_placement_is_worked_out_here() -> None:
    explained = {name for name in OF_PLACEMENT if FEATURES[name].concept is not None}

    assert set(EXPECTED) == explained


def test_the_pace_of_a_region_is_that_of_the_last_five_years(region: Snapshot) -> None:
    pace = ["stay_years_in_region", "long_stays_share_in_region"]

    found = prepare(region.rewound(date(2018, 1, 1))).pairs(pace, 0, 0)[0]

    np.testing.assert_allclose(found, [1.0, 0.0], atol=0.01)


def test_a_usual_step_counts_for_more_than_chance() -> None:
    careers = records()
    careers["postings"] = [
        {
            "employee_id": employee,
            "position_id": position,
            "started_on": date(year, 1, 1),
            "ended_on": date(year + 1, 1, 1),
        }
        for employee, steps in (
            ("A", ("clerk", "nurse", "clerk", "nurse")),
            ("B", ("clerk", "nurse")),
            ("C", ("clerk",)),
        )
        for year, position in enumerate(steps, start=2015)
    ]

    found = prepare(snapshot(DAY, **careers)).pairs(["title_path"], np.array([2, 2]), np.arange(2))

    # Of 4 moves 3 left clerks, all 3 to nurses, to whom 3 moves went: 3 against 3 × 3 / 4.
    np.testing.assert_allclose(found[:, 0], [np.log(4 / 3.25), np.log(1 / 1.75)])


def test_a_post_that_nobody_held_has_no_holders_of_its_own(region: Snapshot) -> None:
    early = region.rewound(date(2015, 1, 1))

    found = prepare(early).pairs(["grade_above_post_holders", "post_holders_count"], 0, 0)[0]

    np.testing.assert_array_equal(found, [NAN, 0])


def test_an_empty_past_has_no_values() -> None:
    newcomers = {
        name: rows
        for name, rows in records().items()
        if name in {"units", "positions", "employees"}
    }

    found = prepare(snapshot(DAY, **newcomers)).pairs(STAYING, np.arange(3), 0)

    assert found.shape == (3, len(STAYING))
