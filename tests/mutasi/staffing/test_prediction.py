"""M17: who will leave, by the law of retirement and by the region's own past."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from mutasi.staffing import By, Past, hindsight, predicted, retirements
from mutasi.staffing.leaving import Rate, rate
from mutasi.staffing.service import Flow
from tests.mutasi.staffing.made import TODAY, region
from tests.records import snapshot

YEAR_AND_TWO = (12, 24)


@pytest.fixture(scope="module")
def simulated() -> Snapshot:
    frames = simulate(SimulationConfig(employees=400, years=6, seed=3)).frames
    return Snapshot.of(date(2025, 12, 31), frames)


def test_m17_every_vacancy_by_retirement_is_counted_by_hand() -> None:
    found = predicted(Past(region()), TODAY, YEAR_AND_TWO).by(By.POSITION).set_index("key")

    assert dict(found["due_12"]) == {
        "clerk": 0,
        "head": 0,
        "midwife": 1,
        "nurse": 1,
        "porter": 0,
        "teacher": 0,
    }
    assert list(found.loc["teacher", ["due_24", "opening_24", "missing_24"]]) == [1, 1, 1]
    assert list(found.loc["nurse", ["opening_12", "missing_12"]]) == [1, 3]
    assert found.loc["midwife", "opening_12"] == 0, "there is one too many"
    assert found.loc["clerk", "undated"] == 1


def test_m17_a_unit_waits_for_the_retirements_of_those_below_it() -> None:
    found = predicted(Past(region()), TODAY, YEAR_AND_TWO).by(By.UNIT).set_index("key")

    assert dict(found["due_24"]) == {"CLINIC": 2, "HEALTH": 2, "SCHOOL": 1, "GOV": 3}
    assert dict(found["missing_24"]) == {"CLINIC": 3, "HEALTH": 4, "SCHOOL": 1, "GOV": 5}


def test_m17_a_need_that_is_decided_already_counts_from_its_day() -> None:
    soon = {
        "position_id": "head",
        "since": date(2026, 1, 1),
        "needed": 4,
        "known_on": date(2025, 6, 1),
    }
    found = predicted(Past(region(needs=[soon])), TODAY, (3, 12)).by(By.POSITION).set_index("key")

    assert list(found.loc["head", ["missing_3", "missing_12"]]) == [1, 4]


@pytest.mark.parametrize(
    ("born", "post", "last_day_in_service"),
    [
        pytest.param("1967-10-09", {"retirement_age": 58}, "2025-10-31", id="58, in mid-month"),
        pytest.param("1967-10-01", {"retirement_age": 58}, "2025-10-31", id="58, on the first"),
        pytest.param("1967-10-31", {"retirement_age": 58}, "2025-10-31", id="58, on the last"),
        pytest.param("1968-02-29", {"retirement_age": 58}, "2026-02-28", id="58, on a leap day"),
        pytest.param("1964-02-29", {"retirement_age": 60}, "2024-02-29", id="60, leap to leap"),
        pytest.param("1965-12-15", {"retirement_age": 60}, "2025-12-31", id="60, in December"),
        pytest.param("1960-07-01", {"retirement_age": 65}, "2025-07-31", id="65"),
        pytest.param("1966-03-10", {"rung": "II.b"}, "2026-03-31", id="JPT: 60"),
        pytest.param("1966-03-10", {"rung": "MA"}, "2026-03-31", id="madya: 60"),
        pytest.param("1961-03-10", {"rung": "UT"}, "2026-03-31", id="utama: 65"),
        pytest.param("1968-03-10", {"rung": "III.a"}, "2026-03-31", id="administrator: 58"),
        pytest.param("1968-03-10", {}, "2026-03-31", id="of no rung: 58"),
        pytest.param("1966-03-10", {"rung": "MU", "retirement_age": 60}, "2026-03-31", id="own"),
    ],
)
def test_m17_one_retires_on_the_first_of_the_month_after_the_age_is_reached(
    born: str, post: dict[str, Any], last_day_in_service: str
) -> None:
    last = date.fromisoformat(last_day_in_service)
    past = Past(
        snapshot(
            last + timedelta(days=1),
            units=[{"unit_id": "U1"}],
            positions=[{"position_id": "P", **post}],
            employees=[{"employee_id": "E", "born_on": date.fromisoformat(born)}],
            postings=[{"employee_id": "E", "position_id": "P", "started_on": date(2012, 1, 1)}],
        )
    )

    assert predicted(past, last, (1,)).posts["overdue"].tolist() == [0]
    assert predicted(past, last, (1,)).posts["due_1"].tolist() == [1]
    assert predicted(past, last + timedelta(days=1), (1,)).posts["overdue"].tolist() == [1]


def test_m17_retirements_to_come_are_told_year_by_year_and_by_sector() -> None:
    found = retirements(Past(region()), TODAY, 10)

    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (2025, "health", 1),
        (2026, "education", 1),
        (2026, "health", 1),
    ]


def test_m17_a_prediction_knows_nothing_of_what_came_after(simulated: Snapshot) -> None:
    day = date(2023, 12, 31)
    looked_back = predicted(Past(simulated), day, YEAR_AND_TWO)
    made_then = predicted(Past(simulated.rewound(day)), day, YEAR_AND_TWO)

    assert looked_back.rate == made_then.rate
    assert looked_back.rate is not None
    for by in By:
        pd.testing.assert_frame_equal(looked_back.by(by), made_then.by(by))


def test_m17_the_test_of_a_year_is_the_prediction_that_was_made_before_it(
    simulated: Snapshot,
) -> None:
    fared = hindsight(Past(simulated), simulated.as_of, 12, 5)
    last = fared.iloc[-1]
    made_then = predicted(Past(simulated.rewound(last["day"])), last["day"], (12,)).total().iloc[0]

    assert last["day"] == date(2024, 12, 31)
    assert last["predicted"] == pytest.approx(made_then["due_12"] + made_then["others_12"])
    assert (last["low"], last["high"]) == (made_then["low_12"], made_then["high_12"])
    assert last["actual"] == 400 - _still_there(simulated, last["day"])
    assert (fared["predicted"] - fared["actual"]).abs().mean() < (
        fared["baseline"] - fared["actual"]
    ).abs().mean()


def _still_there(records: Snapshot, day: date) -> int:
    before = records.rewound(day).employees
    serving = set(before["employee_id"][before["position"] >= 0])
    assert len(serving) == 400
    now = records.employees
    return len(serving & set(now["employee_id"][now["position"] >= 0]))


def test_m17_records_of_those_still_there_tell_no_rate_of_leaving() -> None:
    made = predicted(Past(region()), TODAY, YEAR_AND_TWO)

    assert made.rate is None
    assert made.total()["others_12"].isna().all()
    assert hindsight(Past(region()), TODAY, 12, 5).empty


def flow(left: int, stayed: int, due: int = 0) -> Flow:
    """Return a year in which some left, some stayed and some retired."""
    count = left + stayed + due
    place = np.arange(count)
    return Flow(
        place,
        place.astype(object),
        place >= left + stayed,
        (place < left) | (place >= left + stayed),
    )


def test_the_rate_is_of_those_who_are_not_due_and_years_that_differ_widen_it() -> None:
    even, uneven = (
        rate([flow(20, 980, 30)] * 5),
        rate([flow(n, 1000 - n) for n in (0, 50, 0, 50, 0)]),
    )

    assert even is not None
    assert uneven is not None
    assert (even.left, even.served, even.dispersion) == (100, 5000, 1)
    assert even.mean == pytest.approx(0.0201)
    assert (uneven.left, uneven.is_thin) == (100, False)
    assert uneven.dispersion > 10
    narrow, wide = (np.diff(each.interval(np.array([1000.0])), axis=0) for each in (even, uneven))
    assert (wide > narrow).all()


def test_few_years_or_few_leavings_are_said_to_be_few() -> None:
    few_years, few_left = rate([flow(50, 950)] * 2), rate([flow(2, 98)] * 5)

    assert few_years is not None
    assert few_left is not None
    assert few_years.is_thin
    assert few_left.is_thin
    assert rate([]) is None
    assert rate([flow(0, 100)]) is None


@pytest.mark.parametrize("exposure", [20.0, 1000.0, 60_000.0])
def test_the_interval_holds_nine_of_ten_of_what_the_rate_brings(
    exposure: float, rng: np.random.Generator
) -> None:
    found = Rate(years=5, left=100, served=5000.0, dispersion=1.5)
    low, high = found.interval(np.array([exposure, 0.0]))
    came = rng.poisson(rng.gamma(100.5 / 1.5, 1.5 / 5000.0, 40_000) * exposure)

    held = ((low[0] <= came) & (came <= high[0])).mean()
    assert 0.895 < held < (0.93 if exposure >= 1000 else 1)
    assert (low[1], high[1]) == (0, 0)
