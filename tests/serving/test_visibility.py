"""Whom a caller sees: a head their unit and those below, an employee themselves."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from mutasi.authority import WHOLE, Reach
from mutasi.errors import EmployeeNotFound
from mutasi.snapshot import Snapshot
from mutasi.visibility import require_within, rows_within
from tests.records import frames
from tests.serving.conftest import KNOWN
from tests.serving.people import SECURE, Region, signed_in, state_of


@pytest.fixture(scope="module")
def snapshot(peopled: TestClient) -> Snapshot:
    found: Snapshot = state_of(peopled).region.recommender.snapshot
    return found


def seen(snapshot: Snapshot, reach: Reach) -> set[str]:
    rows = rows_within(snapshot, reach)
    assert rows is not None
    return set(snapshot.employees["employee_id"][rows])


def test_the_units_below_belong_to_a_head_and_those_above_do_not(snapshot: Snapshot) -> None:
    units = snapshot.tables["units"]
    ids, above = list(units["unit_id"]), list(units["parent"])
    child = next(row for row, parent in enumerate(above) if parent >= 0 and above[parent] >= 0)
    parent, top = above[child], above[above[child]]
    of = {
        ids[row]: {
            name
            for name, unit in zip(
                snapshot.employees["employee_id"], snapshot.present("unit_id"), strict=True
            )
            if unit == ids[row]
        }
        for row in (child, parent, top)
    }

    below = seen(snapshot, Reach(units=frozenset({ids[parent]})))
    assert of[ids[child]] <= below
    assert of[ids[parent]] <= below
    assert not of[ids[top]] & below
    assert below < seen(snapshot, Reach(units=frozenset({ids[top]})))


def test_who_holds_no_post_is_of_no_unit(snapshot: Snapshot) -> None:
    every_unit = Reach(units=frozenset(snapshot.tables["units"]["unit_id"]))
    without = set(snapshot.employees["employee_id"][snapshot.employees["position"] < 0])

    assert seen(snapshot, every_unit).isdisjoint(without)


def test_whoever_reaches_the_whole_region_is_not_narrowed(
    snapshot: Snapshot, people: Region
) -> None:
    assert rows_within(snapshot, WHOLE) is None
    require_within(snapshot, WHOLE, people.stranger)
    with pytest.raises(EmployeeNotFound):
        require_within(snapshot, WHOLE, "a number that there is not")


@pytest.mark.parametrize(
    "reach", [Reach(), Reach(units=frozenset({"NOWHERE"})), Reach(people=frozenset({"1"}))]
)
def test_a_reach_of_nobody_sees_nobody(snapshot: Snapshot, people: Region, reach: Reach) -> None:
    with pytest.raises(EmployeeNotFound):
        require_within(snapshot, reach, people.nip)


def test_units_that_are_above_each_other_end() -> None:
    loop = [{"unit_id": "A", "parent_id": "B"}, {"unit_id": "B", "parent_id": "A"}]
    snapshot = Snapshot.of(date(2100, 1, 1), frames(units=loop))

    assert rows_within(snapshot, Reach(units=frozenset({"A"}))) is not None


def test_candidates_that_a_head_is_shown_are_of_their_unit(
    peopled: TestClient, snapshot: Snapshot, people: Region
) -> None:
    address = f"/v1/vacancies/{people.vacancy}/candidates?limit=200"
    mine = seen(snapshot, Reach(units=frozenset({people.unit})))
    whole = TestClient(peopled.app, base_url=SECURE, headers=KNOWN).get(address).json()
    head = signed_in(peopled.app, "unit-head").get(address).json()

    shown = [one["employee"]["nip"] for one in head["recommended"]]
    everyone = [one["employee"]["nip"] for one in whole["recommended"]]
    assert people.nip in shown
    assert set(shown) <= mine
    assert shown == [nip for nip in everyone if nip in mine], "in the order of everyone"
    assert {one["employee"]["nip"] for one in head["excluded"]} <= mine
    assert head["considered"] <= len(mine) < whole["considered"]


def test_whether_there_is_such_a_person_is_not_told(peopled: TestClient, people: Region) -> None:
    employee = signed_in(peopled.app, "employee")
    answers = [
        employee.get(f"/v1/employees/{nip}/positions").json()
        for nip in (people.stranger, "190001011920011001")
    ]

    assert {answer["type"] for answer in answers} == {"/errors/employee_not_found"}
    assert [answer.pop("detail") and answer.pop("params") for answer in answers] == [
        {"employee_id": people.stranger},
        {"employee_id": "190001011920011001"},
    ]
    assert answers[0] == answers[1]


def test_a_second_number_of_one_name_does_not_slip_by(peopled: TestClient, people: Region) -> None:
    address = f"/v1/positions/{people.vacancy}/contrast"
    head = signed_in(peopled.app, "unit-head")

    for first in ([people.stranger, people.nip], [people.nip, people.stranger]):
        answer = head.get(address, params={"first": first, "second": people.colleague})
        assert answer.status_code == 422
        assert "first" in answer.text, "which is there twice is told"
