"""The engine: one row alone, a batch, and what may not change it."""

from datetime import date

import numpy as np
import pytest

from features import FEATURES, Grain, prepare
from features._feature import Tally
from features.decisions import as_then_known
from features.outcomes import Decisions, answers, first_whole_year, performances
from features.points import t_points
from features.sets import ACCEPTANCE, PERFORMANCE, require_unprotected, sources
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.records import frames, snapshot

NAMES = tuple(dict.fromkeys(PERFORMANCE + ACCEPTANCE))


def test_one_row_alone_equals_the_row_in_the_batch(region: Snapshot) -> None:
    employees, positions = (grid.ravel() for grid in np.meshgrid(np.arange(3), np.arange(2)))
    batch = prepare(region).pairs(NAMES, employees, positions)

    for row, (employee, position) in enumerate(zip(employees, positions, strict=True)):
        alone = prepare(region).pairs(NAMES, np.array([employee]), np.array([position]))
        np.testing.assert_array_equal(alone[0], batch[row])


def test_a_shared_position_equals_the_position_repeated(region: Snapshot) -> None:
    everyone = np.arange(3)

    np.testing.assert_array_equal(
        prepare(region).pairs(NAMES, everyone, 1),
        prepare(region).pairs(NAMES, everyone, np.array([1, 1, 1])),
    )


def test_a_shared_employee_equals_the_employee_repeated(region: Snapshot) -> None:
    np.testing.assert_array_equal(
        prepare(region).pairs(NAMES, 0, np.array([0, 1])),
        prepare(region).pairs(NAMES, np.array([0, 0]), np.array([0, 1])),
    )


def test_no_pair_has_no_row(region: Snapshot) -> None:
    nobody = np.array([], dtype=np.int64)

    assert prepare(region).pairs(NAMES, nobody, 0).shape == (0, len(NAMES))


def test_columns_lie_one_after_the_other(region: Snapshot) -> None:
    assert prepare(region).pairs(NAMES, np.arange(3), 0).flags.f_contiguous


def test_what_became_known_later_changes_nothing(region: Snapshot) -> None:
    later = date(2024, 7, 2)
    changed = records()
    changed["appraisals"].append(
        {"employee_id": "A", "year": 2020, "score": 10.0, "known_on": later}
    )
    changed["trainings"].append({"employee_id": "B", "hours": 900.0, "completed_on": later})
    changed["grades"].append(
        {"employee_id": "B", "since": date(2023, 1, 1), "grade": 9, "known_on": later}
    )
    changed["postings"][1]["ended_on"] = later
    changed["offers"][2] |= {"answer": "accepted", "answered_on": later}
    everyone = np.arange(3)

    np.testing.assert_array_equal(
        prepare(snapshot(DAY, **changed)).pairs(NAMES, everyone, 0),
        prepare(region).pairs(NAMES, everyone, 0),
    )


def test_a_snapshot_rewound_equals_one_made_for_the_earlier_day(region: Snapshot) -> None:
    early = date(2019, 1, 1)
    made = Snapshot.of(early, frames(**records()))
    rewound = region.rewound(early)
    known = np.arange(len(made.tables["employees"]))

    np.testing.assert_array_equal(
        prepare(rewound).pairs(NAMES, known, 0), prepare(made).pairs(NAMES, known, 0)
    )


def test_a_snapshot_knows_nothing_of_a_later_day(region: Snapshot) -> None:
    with pytest.raises(ValueError, match="cannot know on 2024-07-01"):
        region.rewound(date(2024, 7, 2))


def test_a_family_without_records_is_absent_not_invented() -> None:
    bare = {
        name: rows
        for name, rows in records().items()
        if name in {"units", "positions", "employees", "postings"}
    }
    matrix = prepare(snapshot(DAY, **bare)).pairs(
        ("last_rating", "training_hours", "training_hours_in_function", "position_staffing"),
        np.arange(3),
        0,
    )

    assert np.isnan(matrix).all()


def test_an_unknown_feature_is_an_error(region: Snapshot) -> None:
    with pytest.raises(KeyError):
        prepare(region).pairs(["shoe_size"], np.arange(3), 0)


def test_a_tally_of_nothing_is_zero() -> None:
    nothing = np.array([], dtype=np.int64)
    tally = Tally(nothing, nothing, nothing.astype(float), 2)

    assert tally.at(np.array([0, 1]), 3).tolist() == [0, 0]
    assert tally.at(np.array([0, 1]), np.array([3, -1])).tolist() == [0, 0]
    assert tally.at(np.array([0, 1]), -1).tolist() == [0, 0]


def test_employees_share_the_sums_of_a_row_and_who_has_no_row_has_none() -> None:
    moves = Tally(
        *(np.array([0, 0, 1]), np.array([1, 1, 0]), np.ones(3)),
        rows=2,
        row_of=np.array([0, 1, 0, -1]),
    )
    everybody = np.arange(4)

    assert moves.at(everybody, 1).tolist() == [2.0, 0.0, 2.0, 0.0]
    assert moves.at(everybody, 0).tolist() == [0.0, 1.0, 0.0, 0.0]
    assert moves.at(everybody, np.array([1, 0, 1, 1])).tolist() == [2.0, 1.0, 2.0, 0.0]
    assert [moves.at(one, 1).tolist() for one in (0, 3)] == [2.0, 0.0]


def test_past_decisions_are_described_with_the_knowledge_of_the_eve(region: Snapshot) -> None:
    told: list[tuple[int, int]] = []
    decisions = answers(region)
    matrix = as_then_known(
        region, decisions, ("service_years", "offers_accepted"), lambda *done: told.append(done)
    )

    assert decisions.employee_id.tolist() == ["A", "B"]
    assert decisions.label.tolist() == [1, 0]
    np.testing.assert_allclose(matrix[:, 0], [0.91, 1.91], atol=0.01)
    assert matrix[1, 1] == 0
    assert told == [(1, 2), (2, 2)]


def test_who_was_not_on_record_on_the_eve_has_no_features(region: Snapshot) -> None:
    early = Decisions(
        employee_id=np.array(["B"], dtype=object),
        position_id=np.array(["nurse"], dtype=object),
        decided_on=np.array(["2015-01-01"], "datetime64[D]"),
        label=np.array([1.0]),
        known_on=np.array(["2015-02-01"], "datetime64[D]"),
        leniency=np.zeros(1),
    )

    assert np.isnan(as_then_known(region, early, ("posts_count",))).all()


def test_performance_is_the_rating_of_the_first_whole_year_after(region: Snapshot) -> None:
    moves = performances(region)

    assert moves.employee_id.tolist() == ["A"]
    assert moves.label.tolist() == [60.0]
    assert moves.known_on.tolist() == [date(2017, 3, 1)]


def test_who_moved_again_too_early_has_no_label() -> None:
    changed = records()
    changed["transfers"].append(
        {
            "employee_id": "A",
            "position_id": "clerk",
            "decided_on": date(2016, 11, 1),
            "started_on": date(2016, 12, 31),
        }
    )

    assert len(performances(snapshot(DAY, **changed))) == 0


def test_a_year_without_differences_tells_nothing() -> None:
    same = frames(
        appraisals=[{"employee_id": who, "year": 2020, "score": 85.0} for who in "ABC"]
        + [{"employee_id": "D", "year": 2020}]
    )["appraisals"]

    np.testing.assert_array_equal(t_points(same.astype({"score": float})), [50, 50, 50, np.nan])


def test_schemes_of_one_year_are_not_mixed() -> None:
    mixed = frames(
        appraisals=[
            {"employee_id": "A", "year": 2021, "score": 80.0},
            {"employee_id": "B", "year": 2021, "score": 90.0},
            {"employee_id": "C", "year": 2021, "scheme": "skp_2022", "predicate": 2},
            {"employee_id": "D", "year": 2021, "scheme": "skp_2022", "predicate": 3},
        ]
    )["appraisals"]

    np.testing.assert_allclose(t_points(mixed), [40, 60, 60, 40])


def test_the_first_of_january_makes_a_whole_year() -> None:
    days = np.array(["2021-01-01", "2021-12-31"], "datetime64[D]")

    assert first_whole_year(days).tolist() == [2021, 2022]


def test_protected_attributes_are_refused() -> None:
    assert "born_on" not in frozenset().union(*(sources(name) for name in NAMES))
    with pytest.raises(ValueError, match="sex is computed from"):
        require_unprotected(("sex",))


def test_a_region_without_people_has_columns_without_values() -> None:
    nobody = prepare(snapshot(DAY))
    people = [each for each in FEATURES.values() if each.grain is Grain.EMPLOYEE]

    assert all(len(nobody.column(Grain.EMPLOYEE, each.name)) == 0 for each in people)


def test_columns_that_are_not_as_recorded_change_what_is_computed_from_them(
    region: Snapshot,
) -> None:
    prepared, names = prepare(region), ("gap_service", "grade_margin", "levels_up")
    someone = np.array([0, 1])

    recorded = prepared.pairs(names, someone, 0)
    given = prepared.pairs(names, someone, 0, {"grade": np.array([12.0, 12.0])})
    outright = prepared.pairs(names, someone, 0, {"grade_margin": np.array([3.0, 4.0])})

    np.testing.assert_array_equal(given[:, 1], [5, 5])
    np.testing.assert_array_equal(outright[:, 1], [3, 4])
    for other in (given, outright):
        np.testing.assert_array_equal(other[:, [0, 2]], recorded[:, [0, 2]])
    np.testing.assert_array_equal(prepared.pairs(names, someone, 0), recorded)
