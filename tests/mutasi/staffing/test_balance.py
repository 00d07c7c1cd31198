"""M2, M19: need, people, surplus and shortage, counted by hand on a tiny tree."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from mutasi.rules import Law
from mutasi.snapshot import Snapshot
from mutasi.staffing import FIGURES, By, Past, Units, balance, efficiency, grouped
from tests.mutasi.staffing.made import TODAY, region
from tests.records import snapshot


def counted(records: Snapshot, by: By) -> pd.DataFrame:
    """Return the figures of a region by key."""
    units = Units.of(records)
    return grouped(balance(records, units), by, units, FIGURES).set_index("key")


def figures(frame: pd.DataFrame, key: Any) -> tuple[float, ...]:
    names = ["needed", "filled", "unassessed", "surplus", "shortage"]
    return tuple(frame.loc[key, names])


def test_m2_every_position_is_counted_by_hand() -> None:
    found = counted(region(), By.POSITION)

    assert figures(found, "clerk") == (0, 1, 1, 0, 0)
    assert figures(found, "head") == (1, 0, 0, 0, 1)
    assert figures(found, "midwife") == (1, 2, 0, 1, 0)
    assert figures(found, "nurse") == (3, 1, 0, 0, 2)
    assert figures(found, "porter") == (0, 1, 0, 1, 0)
    assert figures(found, "teacher") == (2, 2, 0, 0, 0)
    assert found.loc["nurse", "unit_name"] == "Clinic"


def test_m2_a_unit_has_what_the_units_below_it_have() -> None:
    found = counted(region(), By.UNIT)

    assert figures(found, "CLINIC") == (4, 3, 0, 1, 2)
    assert figures(found, "HEALTH") == (5, 3, 0, 1, 3)
    assert figures(found, "SCHOOL") == (2, 3, 0, 1, 0)
    assert figures(found, "GOV") == (7, 7, 1, 2, 3)
    assert dict(found["depth"]) == {"CLINIC": 2, "GOV": 0, "HEALTH": 1, "SCHOOL": 1}


def test_m19_a_sector_has_its_posts_and_those_of_no_sector_stand_apart() -> None:
    found = counted(region(), By.SECTOR)
    unknown = found[found.index.isna()]

    assert figures(found, "health") == (5, 3, 0, 1, 3)
    assert figures(found, "education") == (2, 3, 0, 1, 0)
    assert unknown["unassessed"].tolist() == [1]


def test_m2_the_need_is_that_of_the_day() -> None:
    assert counted(region(date(2022, 12, 31)), By.POSITION).loc["nurse", "shortage"] == 1
    assert counted(region(date(2019, 12, 31)), By.POSITION).loc["nurse", "unassessed"] == 1


def test_who_has_left_by_standing_is_not_there_whatever_the_posting_says() -> None:
    gone = {"employee_id": "ani", "since": date(2025, 1, 1), "standing": "99"}
    away = {"employee_id": "dewi", "since": date(2025, 1, 1), "standing": "03"}

    found = counted(region(standings=[gone, away]), By.POSITION)

    assert found.loc["nurse", "filled"] == 0
    assert found.loc["teacher", "filled"] == 2


def test_acting_fills_no_post() -> None:
    acting = {
        "employee_id": "ani",
        "position_id": "head",
        "started_on": date(2025, 1, 1),
        "assignment": "PLT",
    }

    assert counted(region(postings=[acting]), By.POSITION).loc["head", "shortage"] == 1


def test_m16_a_demand_makes_the_missing_of_a_unit_and_of_those_below_it_count_more() -> None:
    demands = [
        {"unit_id": "HEALTH", "subject": "queues", "since": date(2025, 6, 1), "weight": 2.0},
        {
            "unit_id": "CLINIC",
            "subject": "births",
            "since": date(2025, 1, 1),
            "until": TODAY,
            "weight": 3.0,
        },
        {
            "unit_id": "GOV",
            "subject": "over",
            "since": date(2025, 1, 1),
            "until": date(2025, 6, 29),
            "weight": 9.0,
        },
    ]
    found = counted(region(demands=demands), By.UNIT)

    assert dict(found["weighted"]) == {"CLINIC": 6, "HEALTH": 8, "SCHOOL": 0, "GOV": 8}
    assert (
        counted(region(date(2025, 7, 1), demands=demands), By.UNIT).loc["CLINIC", "weighted"] == 4
    )


def test_units_below_themselves_stand_at_the_top_and_nothing_is_counted_twice() -> None:
    records = snapshot(
        TODAY,
        units=[
            {"unit_id": "A", "parent_id": "B"},
            {"unit_id": "B", "parent_id": "A"},
            {"unit_id": "C", "parent_id": "A"},
        ],
        positions=[{"position_id": unit, "unit_id": unit} for unit in "ABC"],
        needs=[{"position_id": unit, "since": TODAY, "needed": 1} for unit in "ABC"],
    )

    assert Units.of(records).circular.tolist() == [0, 1]
    assert counted(records, By.UNIT)["needed"].to_dict() == {"A": 2, "B": 1, "C": 1}


def test_an_office_is_what_lies_right_below_the_only_top() -> None:
    units = Units.of(region())
    ids = units.names["unit_id"].to_numpy()

    assert dict(zip(ids, ids[units.office], strict=True)) == {
        "GOV": "GOV",
        "HEALTH": "HEALTH",
        "CLINIC": "HEALTH",
        "SCHOOL": "SCHOOL",
    }


@pytest.mark.parametrize(
    ("minutes", "people", "rate", "letter"),
    [
        pytest.param(75_750.0, 1.0, 1.01, "A", id="above one"),
        pytest.param(75_000.0, 1.0, 1.00, "B", id="one is no A"),
        pytest.param(135_000.0, 2.0, 0.90, "B", id="from .90"),
        pytest.param(66_750.0, 1.0, 0.89, "C", id="to .89"),
        pytest.param(52_500.0, 1.0, 0.70, "C", id="from .70"),
        pytest.param(51_750.0, 1.0, 0.69, "D", id="to .69"),
        pytest.param(37_500.0, 1.0, 0.50, "D", id="from .50"),
        pytest.param(36_750.0, 1.0, 0.49, "E", id="below .50"),
        pytest.param(75_000.0, 0.0, None, None, id="nobody there"),
        pytest.param(0.0, 5.0, None, None, id="never counted"),
    ],
)
def test_efficiency_has_the_classes_of_permendagri_12_2008(
    minutes: float, people: float, rate: float | None, letter: str | None
) -> None:
    found, classes = efficiency(np.array([minutes]), np.array([people]), Law(TODAY))

    assert classes.tolist() == [letter]
    assert found[0] == rate if rate is not None else np.isnan(found[0])


def test_m2_efficiency_is_of_those_whose_workload_was_counted() -> None:
    needs = [
        {"position_id": "nurse", "since": date(2024, 1, 1), "needed": 3, "workload": 210_000.0},
        {"position_id": "midwife", "since": date(2024, 1, 1), "needed": 1, "workload": 75_000.0},
        {"position_id": "midwife", "since": date(2025, 1, 1), "needed": 1},
    ]
    found = counted(region(needs=needs), By.UNIT)

    assert list(found.loc["GOV", ["workload", "working"]]) == [210_000.0, 1.0]


def test_m19_the_past_reaches_as_far_as_needs_are_known() -> None:
    past = Past(region())

    assert [day.year for day in past.back(TODAY, 15)] == [2025, 2024, 2023, 2022, 2021, 2020]
    assert past.last_change == date(2023, 1, 1)


@st.composite
def regions(draw: st.DrawFn) -> Snapshot:
    """Draw a tree of units, posts in them, needs and who holds what."""
    units = draw(st.integers(1, 8))
    posts = draw(st.integers(1, 12))
    people = draw(st.integers(0, 15))
    above = [draw(st.none() | st.integers(0, units - 1)) for _ in range(units)]
    some = st.integers(0, posts - 1)
    return snapshot(
        TODAY,
        units=[
            {"unit_id": f"U{n}", "parent_id": None if up is None else f"U{up}"}
            for n, up in enumerate(above)
        ],
        positions=[
            {
                "position_id": f"P{n}",
                "unit_id": f"U{draw(st.integers(0, units - 1))}",
                "function": draw(st.sampled_from(["health", "education", None])),
                "closed_on": draw(st.sampled_from([None, None, date(2020, 1, 1)])),
            }
            for n in range(posts)
        ],
        needs=[
            {"position_id": f"P{n}", "since": date(2020, 1, 1), "needed": draw(st.integers(0, 5))}
            for n in draw(st.sets(some))
        ],
        employees=[{"employee_id": f"E{n}"} for n in range(people)],
        postings=[
            {"employee_id": f"E{n}", "position_id": f"P{draw(some)}", "started_on": day}
            for n in range(people)
            for day in draw(st.sets(st.sampled_from([date(2015, 1, 1), date(2019, 1, 1)])))
        ],
    )


@settings(max_examples=40)
@given(regions())
def test_m2_sums_agree_however_they_are_made(records: Snapshot) -> None:
    units = Units.of(records)
    posts = balance(records, units)
    names = list(FIGURES)
    everything = posts[names].sum()
    by_unit = grouped(posts, By.UNIT, units, FIGURES)
    tops = by_unit[units.depth == 0]

    for by in By:
        found = grouped(posts, by, units, FIGURES)
        summed = (tops if by is By.UNIT else found)[names].sum()
        pd.testing.assert_series_equal(summed, everything)
        parts = found["needed"] - found["shortage"] + found["surplus"] + found["unassessed"]
        assert (found["filled"] == parts).all()
    posted = records.tables["postings"]["employee"].nunique()
    assert everything["filled"] == posted

    own = posts.groupby("unit")[names].sum().reindex(range(len(by_unit)), fill_value=0.0)
    below = by_unit.groupby(units.parent)[names].sum()
    children = below.reindex(range(len(by_unit)), fill_value=0.0)
    np.testing.assert_allclose(by_unit[names], own + children)
