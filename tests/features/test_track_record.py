"""Ratings taken apart: by hand, on invented ratings, and what must not move them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features import FEATURES, prepare
from features._feature import Array, Floats
from features.frames import Ratings
from features.track_record import USUAL_MATCH, Apart, apart
from tests.features.conftest import DAY, records
from tests.features.worlds import USUAL, World, world
from tests.records import snapshot


def rated(
    rows: list[tuple[int, int, int, float]], units: tuple[int, ...]
) -> tuple[Ratings, Mapping[str, Array]]:
    """Return ratings of rows of person, post, year and points above 50; by nobody known.

    Args:
        rows: The ratings.
        units: The unit of each post; every post has a title and family of its own.
    """
    employee, position, year, above = (np.array(column) for column in zip(*rows, strict=True))
    known_on = (year + 1 - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 59
    nobody = np.full(len(rows), -1)
    codes = np.arange(len(units))
    posts = {"title_code": codes, "family_code": codes, "unit": np.array(units)}
    ratings = Ratings(employee, year, 50.0 + above, nobody, position, known_on)
    return ratings, posts


def feature(name: str, found: Apart, **needs: object) -> Floats:
    """Return a feature of ratings taken apart."""
    value: Floats = FEATURES[name].compute(ratings_apart=found, **needs)
    return value


def records_of(made: World) -> Floats:
    """Return everybody's record."""
    found = apart(made.ratings, made.posts)
    return feature("person_record", found, employees_count=int(made.ratings.employee.max()) + 1)


# Two people in two units, each rated twice there, and alike.
STEADY = [(0, 0, 2020, 12.0), (1, 1, 2020, -12.0), (0, 0, 2021, 8.0), (1, 1, 2021, -8.0)]


def test_what_two_ratings_of_a_person_share_is_the_person_s() -> None:
    """Their product is 96 of a mean square of 104; chance has a tenth at least, 10.4."""
    found = apart(*rated(STEADY, units=(0, 1)))
    drawn = 2 + 10.4 / 96

    np.testing.assert_allclose(
        feature("person_record", found, employees_count=3), [20 / drawn, -20 / drawn, 0]
    )
    np.testing.assert_allclose(
        feature("person_record_error", found, employees_count=3),
        [np.sqrt(10.4 / drawn), np.sqrt(10.4 / drawn), np.sqrt(96)],
    )


# Four people, two of them one after the other in either post of one unit.
SUCCESSION = [(0, 0, 2020, 10.0), (2, 1, 2020, -10.0), (1, 0, 2021, 10.0), (3, 1, 2021, -10.0)]


def test_what_ratings_of_several_holders_share_is_the_post_s() -> None:
    """Their product is 100, the unit's mean of products 0, and chance a tenth of 100."""
    ratings, posts = rated(SUCCESSION, units=(0, 0))
    found = apart(ratings, posts)
    codes = {"title_code": posts["title_code"], "family_code": posts["family_code"]}

    np.testing.assert_allclose(
        feature("post_record", found, positions_count=2, **codes), [20 / 2.1, -20 / 2.1]
    )
    np.testing.assert_allclose(feature("person_record", found, employees_count=4), 0.0, atol=1e-6)
    assert found.deviation["post"] == pytest.approx(10.0)


def in_two_units() -> tuple[Ratings, Mapping[str, Array]]:
    """Return ratings of two units, each by a rater of its own, of ever other people."""
    rows = [(0, 0, 2020, 10.0), (2, 2, 2020, -10.0), (1, 1, 2021, 10.0), (3, 3, 2021, -10.0)]
    ratings, posts = rated(rows, units=(0, 0, 1, 1))
    return replace(ratings, rater=np.array([0, 1, 0, 1])), posts


def test_what_lasts_in_a_unit_that_never_changed_its_rater_may_be_the_rater_s() -> None:
    """Products of two people of a unit are 100 in the mean, and chance a tenth of that."""
    found = apart(*in_two_units())
    unit = np.array([0, 0, 1, 1])
    usual = feature("usual_leniency", found, unit=unit, units_count=2)

    np.testing.assert_allclose(usual, np.array([1, 1, -1, -1]) * 20 / 2.1)
    np.testing.assert_allclose(feature("unit_record", found, unit=unit), 0.0, atol=1e-6)
    np.testing.assert_allclose(found.leniency, np.array([1, -1, 1, -1]) * 20 / 2.1, atol=1e-6)


def test_and_may_as_well_be_the_unit_s() -> None:
    """Anything between nothing and all of it: a uniform spread, width ÷ √3 of either side."""
    found = apart(*in_two_units())
    unit = np.array([0, 0, 1, 1])
    usual = feature("usual_leniency", found, unit=unit, units_count=2)
    error = feature("post_record_error", found, positions_count=4, unit=unit, usual_leniency=usual)

    np.testing.assert_allclose(error, 20 / 2.1 / np.sqrt(3), atol=1e-3)


def test_a_post_leans_on_posts_of_its_title_and_family_elsewhere() -> None:
    rows = [(person, person % 40, 2020 + person // 40, 0.0) for person in range(400)]
    high = [
        (who, post, year, 10.0 if post % 2 else -10.0) for who, post, year, _ in rows if post < 38
    ]
    ratings, posts = rated(high, units=tuple(range(40)))
    family = np.arange(40) % 2
    found = apart(ratings, {**posts, "title_code": family, "family_code": family})
    record = feature(
        "post_record", found, positions_count=40, title_code=family, family_code=family
    )

    assert record[39] == pytest.approx(10.0, abs=0.5), "nobody was ever rated there"
    assert record[38] == pytest.approx(-10.0, abs=0.5)


def test_a_record_tells_who_is_good() -> None:
    made = world(1, rater_changes=0.0)
    record, truth = records_of(made), made.truth["person"]
    mean = np.bincount(made.ratings.employee, made.ratings.rating - 50) / 8

    assert np.corrcoef(record, truth)[0, 1] > 0.82
    assert np.corrcoef(record, truth)[0, 1] > np.corrcoef(mean, truth)[0, 1] + 0.05


def test_a_record_is_drawn_to_the_whole_as_far_as_it_should() -> None:
    """Of two people a point of record apart, one is on average a point better."""
    made = world(1, rater_changes=0.0)
    record = records_of(made)

    assert np.polyfit(record, made.truth["person"], 1)[0] == pytest.approx(1.0, abs=0.05)


def raised(made: World, rater: int, by: float) -> World:
    """Return a world in which one rater gives everybody more."""
    ratings = made.ratings
    more = np.where(ratings.rater == rater, by, 0.0)
    return replace(made, ratings=replace(ratings, rating=ratings.rating + more))


@pytest.mark.parametrize("rater_changes", [0.0, 0.3])
def test_a_lenient_rater_makes_nobody_better(rater_changes: float) -> None:
    """Of ten points more for all of one rater's people hardly one stays with each of them."""
    made = world(2, rater_changes=rater_changes)
    change = records_of(raised(made, rater=7, by=10.0)) - records_of(made)
    of_rater = made.ratings.rater == 7
    share = np.bincount(made.ratings.employee, of_rater) / 8  # of each person's ratings

    assert np.abs(change[share == 0]).max() < 1.0
    assert np.abs(change[share > 0]).mean() < 1.0
    assert np.abs(change).max() < 2.0
    assert np.average(10.0 * share, weights=share) > 3.0, "by their mean they would seem better"


def test_a_lenient_rater_is_found_out() -> None:
    made = world(2, rater_changes=0.3)
    before, after = (
        apart(one.ratings, one.posts).effects.effect["rater"][7]
        for one in (made, raised(made, rater=7, by=10.0))
    )

    assert after - before > 5.0


def test_who_was_never_rated_has_no_record_and_the_largest_error() -> None:
    made = world(3, people=1000, units=50)
    found = apart(made.ratings, made.posts)
    record = feature("person_record", found, employees_count=1002)
    error = feature("person_record_error", found, employees_count=1002)

    assert record[-2:].tolist() == [0.0, 0.0]
    assert (error[-2:] > error[:-2].max()).all()
    assert error[-1] == pytest.approx(found.deviation["person"])


def test_more_ratings_leave_less_open() -> None:
    made = world(3, people=1000, units=50)
    kept = (made.ratings.employee >= 500) | (made.ratings.year >= 2016)
    error = feature(
        "person_record_error",
        apart(made.ratings.where(kept), made.posts),
        employees_count=1000,
    )

    assert error[500:].max() < error[:500].min()


def test_a_post_that_nobody_held_leaves_most_open() -> None:
    made = world(3, people=1000, units=50)
    found = apart(made.ratings, made.posts)
    unit = made.posts["unit"]
    error = feature(
        "post_record_error",
        found,
        positions_count=len(unit),
        unit=unit,
        usual_leniency=feature("usual_leniency", found, unit=unit, units_count=int(unit.max()) + 1),
    )
    held = np.isin(np.arange(len(unit)), made.ratings.position)

    assert error[~held].mean() > error[held].mean()


def test_where_units_are_told_from_raters_leniency_leaves_no_doubt_of_a_post() -> None:
    made = world(4, rater_changes=0.3)
    found = apart(made.ratings, made.posts)
    unit = made.posts["unit"]
    one, other = (
        feature(
            "post_record_error",
            found,
            positions_count=len(unit),
            unit=unit,
            usual_leniency=np.full(len(unit), leniency),
        )
        for leniency in (0.0, 20.0)
    )

    assert found.tells_units
    np.testing.assert_array_equal(one, other)


def test_what_a_unit_s_last_rater_adds_is_usual_there() -> None:
    made = world(4, rater_changes=0.3)
    found = apart(made.ratings, made.posts)
    unit = made.posts["unit"]
    usual = feature("usual_leniency", found, unit=unit, units_count=int(unit.max()) + 2)
    last = made.ratings.year == made.ratings.year.max()
    by_rater = found.effects.effect["rater"][made.ratings.rater[last]]

    np.testing.assert_array_equal(usual[made.ratings.position[last]], by_rater)
    assert np.corrcoef(by_rater, made.truth["rater"][made.ratings.rater[last]])[0, 1] > 0.6


def test_a_unit_without_ratings_has_no_usual_leniency() -> None:
    found = apart(*rated(STEADY, units=(0, 0)))
    unit = np.array([0, 1, -1])

    assert feature("usual_leniency", found, unit=unit, units_count=2).tolist() == [0, 0, 0]
    assert feature("unit_record", found, unit=unit).tolist()[1:] == [0, 0]


def test_who_rated_where_nobody_knows_is_no_rater_of_an_unknown_unit() -> None:
    ratings, posts = in_two_units()
    also = ratings.where(np.array([0, 1, 2, 3, 3]))
    nowhere = replace(also, position=np.where(np.arange(5) == 4, -1, also.position))
    found = apart(nowhere, posts)
    usual = feature("usual_leniency", found, unit=np.array([0, 1, -1]), units_count=2)

    assert found.effects.effect["rater"][1] < -1.0
    assert usual[0] > 1.0 > -1.0 > usual[1]
    assert usual[2] == 0.0


def test_the_leniency_of_a_rating_is_the_rater_s_of_always_and_of_that_year() -> None:
    made = world(5, rater_changes=0.3)
    found = apart(made.ratings, made.posts)
    effect = found.effects.effect
    expected = effect["rater"][found.codes["rater"]] + effect["passing"][found.codes["passing"]]

    np.testing.assert_allclose(found.leniency, expected)
    assert found.leniency.std() > 2.0


def test_how_much_people_fit_their_posts_is_learned_from_those_who_changed_them() -> None:
    stayed = apart(*rated(STEADY, units=(0, 0)))
    changed = world(6, rater_changes=0.0, variance={**USUAL, "match": 25.0})
    found = apart(changed.ratings, changed.posts)

    assert stayed.usual_match**2 == pytest.approx(USUAL_MATCH)
    assert 15.0 < found.usual_match**2 < 25.0
    deviation = feature("match_deviation", found, employees_count=3)
    assert deviation.tolist() == [found.usual_match] * 3


def test_without_ratings_nothing_is_known_of_anybody() -> None:
    names = ("person_record", "post_record", "unit_record", "usual_leniency")
    bare = records() | {"appraisals": []}

    matrix = prepare(snapshot(DAY, **bare)).pairs(names, np.arange(3), 0)

    np.testing.assert_array_equal(matrix, np.zeros((3, 4)))


def test_ratings_that_became_known_later_change_no_record() -> None:
    names = ("person_record", "post_record", "unit_record", "usual_leniency", "person_record_error")
    early = date(2018, 1, 1)
    changed = records()
    changed["appraisals"] += [
        {"employee_id": who, "year": 2017 + turn, "score": 99.0, "rater": "R1"}
        for turn, who in enumerate("ABAB")
    ]

    was, would = (
        prepare(snapshot(DAY, **rows).rewound(early)).pairs(names, np.arange(1), 0)
        for rows in (records(), changed)
    )

    np.testing.assert_array_equal(was, would)


def test_a_post_that_one_person_held_alone_says_nothing_of_posts() -> None:
    """Two people of one unit, one above and one below: each is as of two units."""
    found = apart(*rated(STEADY, units=(0, 0)))
    elsewhere = apart(*rated(STEADY, units=(0, 1)))

    assert found.deviation["post"] == 0.0
    np.testing.assert_allclose(
        feature("person_record", found, employees_count=2),
        feature("person_record", elsewhere, employees_count=2),
    )


def test_where_no_rater_is_on_record_units_do_not_make_their_people_better() -> None:
    made = world(1, rater_changes=0.0)
    nobody = replace(made.ratings, rater=np.full(len(made.ratings.rater), -1))
    of_unit = made.truth["unit"] + made.truth["rater"]
    around = np.bincount(
        nobody.employee, of_unit[made.posts["unit"][nobody.position]], minlength=4000
    )
    off = records_of(replace(made, ratings=nobody)) - made.truth["person"]

    assert np.polyfit(around / 8, off, 1)[0] < 0.15
