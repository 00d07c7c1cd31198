"""Past vacancies: who could have been proposed, as the law allowed and the eve knew."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from features import prepare
from features.outcomes import Decisions
from models.learner import Floats
from models.proposals import (
    LAW_SINCE,
    OTHERS,
    WINDOW_YEARS,
    Pool,
    drawn,
    named,
    past_proposals,
    pools,
)
from mutasi.rules import RULES, Case, judge
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.records import snapshot

READ = ("service_years", "years_in_posting", "is_same_post")


def of(region: Snapshot) -> list[tuple[str, str, str]]:
    """Return who was named for what and when."""
    rows = named(region)
    return [*zip(rows["day"].astype(str), rows["employee_id"], rows["position_id"], strict=True)]


def test_an_offer_and_an_order_without_one_name_somebody(region: Snapshot) -> None:
    assert of(region) == [
        ("2015-06-01", "A", "nurse"),
        ("2022-06-01", "B", "nurse"),
        ("2024-06-30", "B", "nurse"),
        ("2015-06-01", "A", "nurse"),
    ]


def test_an_order_that_carries_out_an_offer_names_nobody_anew() -> None:
    rows = records()
    rows["transfers"][0]["offer_id"] = "O1"

    assert len(of(snapshot(DAY, **rows))) == 3


def test_an_inferred_offer_names_nobody() -> None:
    rows = records()
    rows["offers"][1] |= {"evidence": "proxy_return"}

    assert ("2022-06-01", "B", "nurse") not in of(snapshot(DAY, **rows))


@pytest.fixture(scope="module")
def vacancies(simulated: Snapshot) -> list[Pool]:
    rows = named(simulated)
    late = rows[rows["day"] >= pd.Timestamp("2025-01-01")]
    return [*pools(simulated, late)]


def test_everybody_whom_the_law_allowed_is_in_the_pool(vacancies: list[Pool]) -> None:
    for pool in vacancies:
        eve = pool.prepared.snapshot
        assert eve.as_of == pool.day - timedelta(days=1)
        people, posts = eve.employees, eve.positions
        staff = np.flatnonzero(people["employee_region"] == posts["region"][pool.position])
        pairs = eve.pairs(staff, pool.position)
        case = Case(np.datetime64(eve.as_of, "D"), pairs.count, pairs.column)
        allowed = staff[judge(RULES, case).eligible]
        assert set(pool.eligible) <= set(allowed)
        away = np.setdiff1d(allowed, pool.eligible)
        assert (people["position"][away] < 0).all()


def test_who_was_named_is_marked_in_the_pool_of_the_vacancy(
    simulated: Snapshot, vacancies: list[Pool]
) -> None:
    told = set(of(simulated))

    assert sum(pool.was_named.sum() for pool in vacancies) > 0
    for pool in vacancies:
        for who, was_named in zip(pool.employee_id, pool.was_named, strict=True):
            assert ((pool.day.isoformat(), who, pool.position_id) in told) == was_named
        assert pool.was_named.sum() <= pool.named_count


def test_a_pool_is_described_as_the_eve_knew_it(vacancies: list[Pool]) -> None:
    pool = vacancies[0]
    alone = prepare(pool.prepared.snapshot).pairs(READ, pool.eligible[:3], pool.position)

    np.testing.assert_array_equal(pool.features(READ)[:3], alone)
    np.testing.assert_array_equal(pool.features(READ, np.array([2, 0])), alone[[2, 0]])


def test_nobody_is_proposed_for_the_post_that_is_held_already(vacancies: list[Pool]) -> None:
    place = READ.index("is_same_post")

    assert all((pool.features(READ)[:, place] == 0).all() for pool in vacancies)


def test_a_position_that_was_not_on_record_on_the_eve_has_no_pool() -> None:
    rows = records()
    rows["positions"][0]["known_on"] = date(2022, 6, 1)
    made = snapshot(DAY, **rows)
    late = named(made).query("day >= '2020-01-01'")

    assert [pool.day for pool in pools(made, late)] == [date(2024, 6, 30)]


def test_days_done_are_told(region: Snapshot) -> None:
    told: list[tuple[int, int]] = []

    late = named(region).query("day >= '2020-01-01'")
    list(pools(region, late, lambda *done: told.append(done)))

    assert told == [(1, 2), (2, 2)]


def test_some_days_and_some_vacancies_of_each_are_drawn(rng: np.random.Generator) -> None:
    rows = pd.DataFrame(
        {
            "day": np.repeat(pd.date_range("2020-01-01", periods=5), 8),
            "employee_id": [f"E{row}" for row in range(40)],
            "position_id": [f"P{row // 2}" for row in range(40)],
        }
    )
    found = drawn(rows, rng, days_drawn=3, vacancies_a_day=2)

    assert found["day"].nunique() == 3
    assert (found.groupby("day")["position_id"].nunique() == 2).all()
    assert (found.groupby("position_id").size() == 2).all(), "all who were named for it"
    assert drawn(rows.iloc[:0], rng, 3, 2).empty


@pytest.fixture(scope="module")
def proposed(simulated: Snapshot) -> tuple[Decisions, Floats]:
    return past_proposals(simulated, READ)


def test_every_vacancy_has_who_was_proposed_and_some_who_could_have_been(
    proposed: tuple[Decisions, Floats],
) -> None:
    decisions, matrix = proposed
    frame = pd.DataFrame(
        {
            "vacancy": decisions.position_id + decisions.decided_on.astype(str).astype(object),
            "label": decisions.label,
        }
    ).groupby("vacancy")["label"]

    assert matrix.shape == (len(decisions), len(READ))
    assert (frame.sum() >= 1).all()
    assert ((frame.size() - frame.sum()).between(1, OTHERS)).all()
    assert set(decisions.leniency) == {0.0}


def test_a_proposal_is_known_on_its_day(proposed: tuple[Decisions, Floats]) -> None:
    decisions, _ = proposed

    np.testing.assert_array_equal(decisions.known_on, decisions.decided_on)


def test_only_years_that_tell_how_those_in_charge_choose_today_are_drawn(
    simulated: Snapshot, proposed: tuple[Decisions, Floats]
) -> None:
    decisions, _ = proposed
    first = np.datetime64(simulated.as_of, "Y").astype(int) + 1970 - WINDOW_YEARS

    assert decisions.decided_on.min() >= np.datetime64(f"{first}-03-31")


def test_before_the_law_was_coded_nobody_is_judged_by_it(region: Snapshot) -> None:
    """The move of 2015 is no proposal; of the offers after, the law allowed none."""
    decisions, matrix = past_proposals(region.rewound(date(2019, 1, 1)), READ)

    assert date(2015, 6, 1) < LAW_SINCE
    assert (len(decisions), matrix.shape) == (0, (0, 3))


def test_the_same_seed_draws_the_same(
    simulated: Snapshot, proposed: tuple[Decisions, Floats]
) -> None:
    (one, first), (two, second) = proposed, past_proposals(simulated, READ)
    other, _ = past_proposals(simulated, READ, seed=2)

    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(one.employee_id, two.employee_id)
    assert other.employee_id.tolist() != one.employee_id.tolist()


def test_what_was_recorded_later_changes_no_earlier_pool(simulated: Snapshot) -> None:
    """The pools of a year are the same for who looks back from its end or from later."""
    rows = named(simulated)
    day = pd.Timestamp("2023-12-31")
    until = rows[(rows["day"] > day - pd.DateOffset(years=1)) & (rows["day"] <= day)].head(6)
    then, now = ([*pools(one, until)] for one in (simulated.rewound(day.date()), simulated))

    assert len(then) == len(now) > 0
    for one, other in zip(then, now, strict=True):
        np.testing.assert_array_equal(one.employee_id, other.employee_id)
        np.testing.assert_array_equal(one.features(READ), other.features(READ))
