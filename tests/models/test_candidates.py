"""Vacancies with everyone whom the law allows: moving there, and staying."""

import numpy as np
import pytest

from features import prepare
from models.candidates import Candidates, of_pools, open_candidates, past_candidates
from models.proposals import named, pools
from models.recommender import MOST, Recommender
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY
from tests.models.test_recommender import open_to_all
from tests.records import snapshot

READ = ("service_years", "is_same_post", "years_in_posting")
SINCE, UNTIL = np.datetime64("2024-01-01"), np.datetime64("2025-01-01")


@pytest.fixture(scope="module")
def found(simulated: Snapshot) -> Candidates:
    return past_candidates(simulated, READ, SINCE, UNTIL, days=4, vacancies_a_day=2)


def test_candidates_of_open_positions_are_those_whom_the_law_recommends(
    simulated: Snapshot,
) -> None:
    told = open_candidates(simulated, READ, most=6)
    ready = Recommender(simulated)

    assert len(told.position_id) > 0
    for number, position in enumerate(told.position_id):
        shown = ready.candidates(position, limit=MOST, explain=False)
        mine = set(told.employee_id[told.vacancy == number])
        assert shown.eligible < MOST
        assert mine == {each.employee_id for each in shown.recommended if each.present_title}
    assert not told.was_named.any()
    assert set(told.decided_on.tolist()) == {simulated.as_of}


def test_holders_of_posts_are_candidates_where_no_standing_is_on_record() -> None:
    """As they are where somebody asks who is best for the vacancy."""
    made = snapshot(DAY, **open_to_all())
    shown = Recommender(made).candidates("nurse").recommended

    told = open_candidates(made, READ)
    assert sorted(told.employee_id) == sorted(each.employee_id for each in shown)


def test_open_positions_may_be_drawn(simulated: Snapshot) -> None:
    every, some = (open_candidates(simulated, READ, most) for most in (None, 3))
    again, other = (open_candidates(simulated, READ, 3, seed) for seed in (0, 1))

    assert len(some.position_id) <= 3 < len(every.position_id)
    assert set(some.position_id) <= set(every.position_id)
    assert again.position_id.tolist() == some.position_id.tolist()
    assert other.position_id.tolist() != some.position_id.tolist()


def test_moving_is_to_the_vacancy_and_staying_is_in_the_present_post(found: Candidates) -> None:
    moving, staying = (
        found.columns(matrix, ("is_same_post",)) for matrix in (found.moving, found.staying)
    )

    assert len(found) == len(moving) > 0
    assert (moving == 0).all()
    assert (staying == 1).all()


def test_what_the_person_takes_along_is_the_same_in_both(found: Candidates) -> None:
    names = ("service_years", "years_in_posting")

    np.testing.assert_array_equal(
        found.columns(found.moving, names), found.columns(found.staying, names)
    )


def test_past_candidates_are_those_of_vacancies_of_the_period(
    found: Candidates, simulated: Snapshot
) -> None:
    rows = named(simulated)
    told = {*zip(rows["day"].astype(str), rows["employee_id"], rows["position_id"], strict=True)}
    day = found.decided_on[found.vacancy].astype(str)
    where = found.position_id[found.vacancy]

    assert ((found.decided_on >= SINCE) & (found.decided_on < UNTIL)).all()
    assert len(np.unique(found.decided_on)) <= 4
    assert found.was_named.any()
    for one, is_named in zip(
        zip(day, found.employee_id, where, strict=True), found.was_named, strict=True
    ):
        assert (one in told) == is_named


def test_features_are_those_of_the_eve(found: Candidates, simulated: Snapshot) -> None:
    mine = found.vacancy == 0
    eve = simulated.rewound((found.decided_on[0] - 1).item())
    who = np.array([eve.employee_row(name) for name in found.employee_id[mine]])

    np.testing.assert_array_equal(
        found.moving[mine],
        prepare(eve).pairs(READ, who, eve.position_row(found.position_id[0])),
    )


def test_who_holds_no_post_has_nothing_to_stay_in(simulated: Snapshot) -> None:
    rows = named(simulated).tail(1)
    (pool,) = pools(simulated, rows)
    present = pool.prepared.snapshot.employees["position"]
    present[pool.eligible[0]] = -1
    told = of_pools([pool], READ)

    assert len(told) == len(pool.eligible) - 1
    assert pool.employee_id[0] not in told.employee_id


def test_a_pool_of_nobody_is_left_out(simulated: Snapshot) -> None:
    rows = named(simulated).tail(1)
    (pool,) = pools(simulated, rows)
    pool.prepared.snapshot.employees["position"][pool.eligible] = -1
    told = of_pools([pool], READ)

    assert (len(told), told.position_id.tolist()) == (0, [])
    assert told.moving.shape == told.staying.shape == (0, 3)
