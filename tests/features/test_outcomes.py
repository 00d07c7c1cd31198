"""Labels: answers, recorded or inferred; ratings after a move, and of who stayed."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from features._compute import prepare
from features._feature import Floats
from features.frames import Ratings
from features.outcomes import (
    answers,
    inferred_answers,
    joined,
    leniencies,
    performances,
    rated_years,
    sightings,
    stays,
)
from features.track_record import apart
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.features.worlds import World, world
from tests.records import snapshot

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def inferred() -> Snapshot:
    rows = records()
    rows["offers"] += [
        {
            "offer_id": name,
            "employee_id": "B",
            "position_id": "nurse",
            "offered_on": asked,
            "answer": answer,
            "answered_on": known,
            "evidence": evidence,
            "known_on": known,
        }
        for name, asked, answer, known, evidence in (
            ("P1", date(2018, 6, 1), "accepted", date(2020, 6, 1), "proxy_stay"),
            ("P2", date(2022, 9, 1), "refused", date(2023, 6, 1), "proxy_return"),
        )
    ]
    return snapshot(DAY, **rows)


def test_inferred_answers_are_no_answers(inferred: Snapshot) -> None:
    assert answers(inferred).decided_on.astype(str).tolist() == ["2015-06-01", "2022-06-01"]


def test_a_recorded_answer_wins_over_an_inferred_one_about_the_same_move(
    inferred: Snapshot,
) -> None:
    found = inferred_answers(inferred)

    assert found.decided_on.astype(str).tolist() == ["2018-06-01"]
    assert found.known_on.astype(str).tolist() == ["2020-06-01"]


def test_inferred_answers_are_no_past_answers_of_a_person(inferred: Snapshot) -> None:
    someone, nurse = np.array([1]), np.array([0])  # B, and any position

    counted = prepare(inferred).pairs(("offers_refused", "offers_accepted"), someone, nurse)

    assert counted[0].tolist() == [1, 0]


def told(rows: Rows) -> list[tuple[str, str, str, float]]:
    """Return every stay: who, where, when asked, and the rating that it led to."""
    found = stays(snapshot(DAY, **rows))
    days = found.decided_on.astype(str)
    return [*zip(found.employee_id, found.position_id, days, found.label, strict=True)]


def test_everybody_who_stays_is_asked_in_the_middle_of_the_year_before() -> None:
    assert told(records()) == [
        ("A", "nurse", "2022-07-01", 60.0),
        ("B", "clerk", "2022-07-01", 40.0),
    ]


def test_a_stay_is_known_when_its_rating_is() -> None:
    found = stays(snapshot(DAY, **records()))

    assert found.known_on.astype(str).tolist() == ["2024-03-01", "2024-03-01"]


@pytest.mark.parametrize(("left_on", "counts"), [((2023, 12, 30), False), ((2023, 12, 31), True)])
def test_who_leaves_before_the_year_is_over_did_not_stay(
    left_on: tuple[int, int, int], counts: bool
) -> None:
    rows = records()
    rows["postings"][2]["ended_on"] = date(*left_on)

    assert ("B" in {who for who, *_ in told(rows)}) == counts


def test_who_came_on_the_day_that_is_asked_about_had_not_been_there() -> None:
    rows = records()
    rows["postings"][2]["started_on"] = date(2022, 7, 1)

    assert "B" not in {who for who, *_ in told(rows)}


def test_an_acting_post_is_no_stay() -> None:
    rows = records()
    rows["postings"][2]["assignment"] = "PLT"

    assert "B" not in {who for who, *_ in told(rows)}


def test_who_stays_in_two_posts_is_asked_once() -> None:
    rows = records()
    also = {"employee_id": "B", "position_id": "nurse", "started_on": date(2021, 1, 1)}
    rows["postings"].append(also)

    assert [(who, where) for who, where, *_ in told(rows) if who == "B"] == [("B", "nurse")]


def test_without_ratings_nobody_is_known_to_have_stayed() -> None:
    assert told(records() | {"appraisals": []}) == []


def test_a_move_and_a_stay_of_one_year_are_measured_alike() -> None:
    """Both are told by the one rating of the first whole year after."""
    rows = records()
    rows["transfers"].append(
        {
            "employee_id": "B",
            "from_position_id": "nurse",
            "position_id": "clerk",
            "decided_on": date(2022, 5, 1),
            "started_on": date(2022, 6, 1),
        }
    )
    made = snapshot(DAY, **rows)
    move, stay = (one.where(one.employee_id == "B") for one in (performances(made), stays(made)))

    assert move.label.tolist() == stay.label.tolist() == [40.0]
    assert move.known_on.tolist() == stay.known_on.tolist()


@pytest.mark.parametrize(("next_start", "counts"), [((2016, 12, 31), 0), ((2017, 1, 1), 1)])
def test_who_moves_before_the_end_of_the_year_is_left_out(
    next_start: tuple[int, int, int], counts: int
) -> None:
    rows = records()
    rows["transfers"].append(
        {
            "employee_id": "A",
            "position_id": "clerk",
            "decided_on": date(2016, 11, 1),
            "started_on": date(*next_start),
        }
    )
    found = performances(snapshot(DAY, **rows))

    assert (found.decided_on == np.datetime64("2015-06-01")).sum() == counts


def test_a_rating_that_says_nothing_is_no_label() -> None:
    rows = records()
    rows["appraisals"][2]["score"] = None

    assert len(performances(snapshot(DAY, **rows))) == 0


def test_answers_carry_no_leniency(region: Snapshot) -> None:
    assert answers(region).leniency.tolist() == [0.0, 0.0]


def test_the_leniency_of_a_label_is_that_of_its_rating() -> None:
    made = snapshot(DAY, **records())
    labels = rated_years(made)
    found = joined([performances(made, labels), stays(made, labels)])
    of_rating = labels.set_index(["label", "year"])["leniency"]

    assert found.leniency.tolist() == [
        of_rating[60.0, 2016.0],
        of_rating[60.0, 2023.0],
        of_rating[40.0, 2023.0],
    ]


def judged(rated: Ratings, made: World) -> Floats:
    """Return what the raters of a world added, by the ratings up to each year."""
    whole = snapshot(DAY)
    whole.__dict__["positions"] = made.posts
    return leniencies(rated, whole)


@pytest.fixture(scope="module")
def made() -> World:
    return world(3, people=600, years=4, units=30)


def test_leniency_is_judged_by_the_ratings_up_to_the_year(made: World) -> None:
    found = judged(made.ratings, made)

    for year in np.unique(made.ratings.year):
        until = made.ratings.where(made.ratings.year <= year)
        alone = apart(until, made.posts).leniency[until.year == year]
        np.testing.assert_array_equal(found[made.ratings.year == year], alone)
    assert found.std() > 1.0


def test_later_ratings_change_no_earlier_leniency(made: World) -> None:
    later = made.ratings.year >= 2012
    more = made.ratings.rating + np.where(later & (made.ratings.rater < 10), 30.0, 0.0)
    before = judged(made.ratings, made)
    after = judged(replace(made.ratings, rating=more), made)

    np.testing.assert_array_equal(before[~later], after[~later])
    assert np.abs(before - after)[later].max() > 5.0


def moved(*starts: date, rated: tuple[int, ...] = ()) -> Snapshot:
    """Return a region in which B goes to nurse on some days, and is rated in some years."""
    rows = records()
    rows["transfers"] += [
        {
            "employee_id": "B",
            "from_position_id": "clerk",
            "position_id": "nurse",
            "decided_on": start,
            "started_on": start,
        }
        for start in starts
    ]
    rows["appraisals"] += [
        {"employee_id": "B", "year": year, "score": 80.0, "rater": "R1"} for year in rated
    ]
    return snapshot(DAY, **rows)


def test_every_move_whose_first_year_is_over_is_seen_or_not() -> None:
    found = sightings(moved(date(2020, 2, 1), date(2021, 2, 1), rated=(2021,)))

    assert found.decided_on.astype(str).tolist() == ["2015-06-01", "2020-02-01", "2021-02-01"]
    assert found.label.tolist() == [1.0, 0.0, 0.0], "who moves again has no rating of the post"
    assert found.known_on.astype(str).tolist() == ["2017-07-01", "2022-07-01", "2023-07-01"]


def test_a_move_is_seen_once_it_is_rated() -> None:
    found = sightings(moved(date(2020, 2, 1), rated=(2021,)))

    assert found.label.tolist() == [1.0, 1.0]


def test_of_a_move_whose_first_year_is_not_over_nothing_is_said() -> None:
    """Its year is 2023, and ratings of it are awaited until the day itself."""
    made = moved(date(2022, 3, 1))

    assert len(sightings(made)) == 2
    assert len(sightings(made.rewound(date(2024, 6, 30)))) == 1


def test_moves_seen_are_the_moves_with_a_rating() -> None:
    made = moved(date(2020, 2, 1), rated=(2021,))
    seen = sightings(made)
    kept = seen.where(seen.label == 1)

    assert kept.employee_id.tolist() == performances(made).employee_id.tolist()
