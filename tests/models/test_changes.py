"""What may be changed of a pair: what falls short, and no more than there is."""

import numpy as np
import pandas as pd

from features import Prepared, prepare
from models.changes import HIGHEST_CLASS, HIGHEST_LEVEL, Change, possible
from models.explanation import Aspect
from models.levers import levers
from models.recommender import Recommender
from tests import learned
from tests.learned import Pair


def change_of(prepared: Prepared, pair: Pair, name: str) -> Change:
    changes = possible(prepared, *learned.rows(pair))
    return next(change for change in changes if change.name == name)


def test_a_course_is_about_what_the_post_is_about() -> None:
    ready, pair = learned.recommender(), learned.recommended()[0]
    course = change_of(ready.prepared, pair, "course")

    assert course.subject == ready.vacancy(pair.position_id).function
    assert set(course.given) == {"training_hours", "training_hours_in_function"}


def test_a_course_for_a_post_of_no_known_function_counts_as_training_alone() -> None:
    positions, units = (learned.region().tables[name] for name in ("positions", "units"))
    known = learned.changed(
        positions=positions.assign(function=positions["function"].mask(positions["unit"] >= 0)),
        units=units.assign(function=units["function"].mask(units["name"].notna())),
    )
    course = change_of(prepare(known), learned.recommended()[0], "course")

    assert course.subject is None
    assert set(course.given) == {"training_hours"}


def test_who_holds_the_post_is_offered_no_incentive() -> None:
    prepared = learned.recommender().prepared
    present = learned.region().employees["position"]
    found = [
        [change.aspect for change in possible(prepared, employee, int(present[employee]))]
        for employee in np.flatnonzero(present >= 0)[:40].tolist()
    ]
    elsewhere = possible(prepared, *learned.rows(learned.recommended()[0]))

    assert any(found)
    assert all(aspect is Aspect.PERFORMANCE for aspects in found for aspect in aspects)
    assert Aspect.ACCEPTANCE in {change.aspect for change in elsewhere}


def test_no_level_or_class_is_raised_beyond_the_highest() -> None:
    tables = learned.region().tables
    known = learned.changed(
        positions=tables["positions"].assign(allowance_class=HIGHEST_CLASS, technical=5.0),
        assessments=tables["assessments"].assign(technical=HIGHEST_LEVEL),
    )
    prepared = prepare(known)
    found = [
        change
        for pair in learned.recommended()
        for change in possible(prepared, *learned.rows(pair, known))
    ]

    assert found
    assert "allowance" not in {change.name for change in found}
    assert "technical" not in {change.subject for change in found}


def test_a_technical_level_of_another_function_falls_short_where_it_counts_one_less() -> None:
    tables = learned.region().tables
    employee, position = learned.rows(learned.recommended()[0])
    assessments = tables["assessments"]
    own = assessments.iloc[[0]].assign(
        employee=employee,
        assessed_on=np.datetime64(learned.DAY, "s"),
        technical=3.0,
        technical_function="elsewhere",
    )
    known = learned.changed(
        positions=tables["positions"].assign(technical=3.0),
        assessments=pd.concat([assessments, own], ignore_index=True),
    )
    changes = possible(prepare(known), employee, position)

    assert [change.given for change in changes if change.subject == "technical"] == [
        {"held_technical": 4.0}
    ]


def test_where_nothing_may_be_changed_there_is_nothing_to_tell() -> None:
    tables = learned.region().tables
    nothing = {name: tables[name].iloc[:0] for name in ("assessments", "trainings", "residences")}
    known = learned.changed(positions=tables["positions"].assign(allowance_class=np.nan), **nothing)
    ready = Recommender(known, learned.model())
    rows = learned.rows(learned.recommended()[0], known)

    assert possible(ready.prepared, *rows) == []
    assert levers(ready.scorer, ready.prepared, *rows, np.array([], dtype=np.int64)) == ()
