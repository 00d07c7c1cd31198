"""What a lever is said to do is what the model says once the records are changed."""

import numpy as np
import pandas as pd
import pytest

from features import location
from models.changes import (
    COURSE_HOURS,
    TRAINABLE,
    Change,
    as_is,
    possible,
)
from models.explanation import Aspect
from models.levers import Lever, pulled
from models.recommender import Recommender
from mutasi.snapshot import Snapshot
from tests import learned
from tests.learned import Pair


@pytest.fixture(scope="session")
def tried() -> dict[Pair, list[Lever]]:
    """Everything that may be changed of many recommended pairs, whether it helps or not."""
    return tried_by(learned.recommender())


@pytest.fixture(scope="session")
def freely_tried() -> dict[Pair, list[Lever]]:
    """The same by the model in which every change does something."""
    return tried_by(learned.free_recommender())


def tried_by(ready: Recommender) -> dict[Pair, list[Lever]]:
    found = {}
    for pair in learned.recommended():
        rows = learned.rows(pair)
        changes = possible(ready.prepared, *rows)
        found[pair] = pulled(ready.scorer, ready.prepared, *rows, changes)
    return found


def first(
    found: dict[Pair, list[Lever]], name: str, subject: str | None = None
) -> tuple[Pair, Lever]:
    """Return a lever of a name that does something, and the pair that it is about."""
    return next(
        (pair, lever)
        for pair, levers in found.items()
        for lever in levers
        if lever.name == name and subject in {None, lever.subject} and lever.effect.size != 0.0
    )


def assert_as_scored_again(lever: Lever, pair: Pair, known: Snapshot) -> None:
    """Check what a lever does to both predictions against records that are as it says."""
    again = Recommender(known, learned.of(learned.free_heads()))
    before, after = (
        learned.predictions(ready, pair) for ready in (learned.free_recommender(), again)
    )
    effects = {effect.aspect: effect for effect in (lever.effect, lever.beside) if effect}
    assert set(effects) == {Aspect.PERFORMANCE, Aspect.ACCEPTANCE}
    for aspect, effect in effects.items():
        assert effect.before == pytest.approx(before[aspect], abs=1e-9)
        assert effect.after == pytest.approx(after[aspect], abs=1e-9)
        assert effect.size == pytest.approx(after[aspect] - before[aspect], abs=1e-9)


@pytest.mark.parametrize("competency", TRAINABLE)
def test_a_level_more_does_what_an_assessment_of_it_does(
    competency: str, freely_tried: dict[Pair, list[Lever]]
) -> None:
    pair, lever = first(freely_tried, "competency", competency)
    employee, _ = learned.rows(pair)
    assessments = learned.region().tables["assessments"]
    own = (assessments["employee"] == employee) & assessments[competency].notna()
    last = assessments[own].sort_values("assessed_on", kind="stable").index[-1]
    levels = assessments[competency]
    raised = levels.where(assessments.index != last, levels + lever.amount)

    again = learned.changed(assessments=assessments.assign(**{competency: raised}))
    assert_as_scored_again(lever, pair, again)


def test_a_course_does_what_a_week_of_training_on_record_does(
    freely_tried: dict[Pair, list[Lever]],
) -> None:
    pair, lever = first(freely_tried, "course")
    employee, position = learned.rows(pair)
    trainings = learned.region().tables["trainings"]
    day = np.datetime64(learned.DAY, "s")
    course = trainings.iloc[[0]].assign(
        employee=employee,
        kind="technical",
        function=learned.region().positions["function"][position],
        hours=COURSE_HOURS,
        completed_on=day,
        known_on=day,
    )

    again = learned.changed(trainings=pd.concat([trainings, course], ignore_index=True))
    assert_as_scored_again(lever, pair, again)


def test_an_allowance_does_what_a_higher_class_on_record_does(
    freely_tried: dict[Pair, list[Lever]],
) -> None:
    pair, lever = first(freely_tried, "allowance")
    _, position = learned.rows(pair)
    positions = learned.region().tables["positions"]
    classes = positions["allowance_class"]
    paid = classes.where(positions.index != position, classes + lever.amount)

    again = learned.changed(positions=positions.assign(allowance_class=paid))
    assert_as_scored_again(lever, pair, again)


def moved_home(pair: Pair, km: float) -> tuple[float, float] | None:
    """Return a home as far from the present unit as before and some km from the new one.

    None where no place is both.
    """
    known = learned.region()
    employee, position = learned.rows(pair)
    here = [known.present(name)[employee] for name in ("latitude", "longitude")]
    there = [known.positions[name][position] for name in ("latitude", "longitude")]
    home = [known.employees[f"home_{name}"][employee] for name in ("latitude", "longitude")]
    arc = location.distance_km(*map(np.array, (*home, *here))) / location.EARTH_RADIUS_KM

    def at(angle: float) -> tuple[float, float]:
        north = np.degrees(arc * np.sin(angle))
        middle = np.radians(here[0] + north / 2.0)
        return here[0] + north, here[1] + np.degrees(arc * np.cos(angle)) / np.cos(middle)

    angles = np.linspace(0.0, 2.0 * np.pi, 721)
    ways = np.array([location.distance_km(*map(np.array, (*at(a), *there))) for a in angles])
    crossing = np.flatnonzero(np.diff(np.sign(ways - km)))
    if not len(crossing):
        return None
    low, high = angles[crossing[0]], angles[crossing[0] + 1]
    rises = ways[crossing[0]] < km
    for _ in range(60):
        middle = (low + high) / 2.0
        is_below = location.distance_km(*map(np.array, (*at(middle), *there))) < km
        low, high = (middle, high) if is_below == rises else (low, middle)
    return at(low)


def test_transport_does_what_a_home_as_near_on_record_does(
    freely_tried: dict[Pair, list[Lever]],
) -> None:
    checked = 0
    for pair, found in freely_tried.items():
        lever = next((each for each in found if each.name == "transport"), None)
        if lever is None or checked == 3:
            continue
        employee, position = learned.rows(pair)
        way = as_is(learned.free_recommender().prepared, employee, position)
        home = moved_home(pair, way["distance_then_km"] - lever.amount)
        if home is None:
            continue
        residences = learned.region().tables["residences"].copy()
        residences.loc[residences["employee"] == employee, ["latitude", "longitude"]] = home

        assert lever.effect.size != 0.0
        assert lever.amount == pytest.approx(way["distance_change_km"] / 2.0)
        assert_as_scored_again(lever, pair, learned.changed(residences=residences))
        checked += 1
    assert checked == 3


def test_no_training_lowers_a_prediction_where_closing_a_gap_may_only_raise_it(
    tried: dict[Pair, list[Lever]],
) -> None:
    trials = {trial.part: trial.is_kept for trial in learned.heads()["performance"].facts.trials}
    training = [
        lever
        for found in tried.values()
        for lever in found
        if lever.effect.aspect is Aspect.PERFORMANCE
    ]

    assert trials["ways"]
    assert {lever.name for lever in training} == {"competency", "course"}
    assert min(lever.effect.size for lever in training) >= 0.0
    assert max(lever.effect.size for lever in training) > 0.0


def test_the_interval_holds_the_effect_and_a_chance_stays_a_chance(
    tried: dict[Pair, list[Lever]],
) -> None:
    for lever in (lever for found in tried.values() for lever in found):
        effect = lever.effect
        assert effect.low <= effect.size <= effect.high
        assert effect.is_told_from_nothing == (effect.low > 0.0 or effect.high < 0.0)
        if effect.aspect is Aspect.ACCEPTANCE:
            assert effect.before + effect.low >= 0.0
            assert effect.before + effect.high <= 1.0


def test_a_lever_beyond_the_examples_is_not_familiar_and_one_within_is(
    tried: dict[Pair, list[Lever]],
) -> None:
    ready = learned.recommender()
    facts = learned.heads()["performance"].facts
    most = facts.high[facts.columns.index("training_hours")]
    pair, _ = first(tried, "course")

    def course(hours: float) -> bool:
        given = {"training_hours": hours}
        change = Change("course", None, hours, Aspect.PERFORMANCE, given)
        (lever,) = pulled(ready.scorer, ready.prepared, *learned.rows(pair), [change])
        return lever.is_familiar

    assert course(most)
    assert not course(most + 1.0)
    assert {lever.is_familiar for found in tried.values() for lever in found} == {True, False}


def test_a_lever_into_what_nobody_was_ever_proposed_for_is_not_familiar() -> None:
    ready = learned.recommender()
    proposal, performance = (learned.heads()[name] for name in ("proposal", "performance"))
    assert proposal.facts.least is not None
    everyone = np.arange(len(ready.snapshot.tables["employees"]))
    for vacancy in ready.vacancies()[:20]:
        position = ready.snapshot.position_row(vacancy.position_id)
        matrix = ready.prepared.pairs(ready.scorer.names, everyone, position)
        unsaid = np.flatnonzero(~ready.scorer.scores(matrix).has_evidence)
        read = ready.scorer.columns(matrix[unsaid], performance.columns)
        inside = unsaid[performance.is_familiar(read).all(axis=1)]
        for employee in inside[:5].tolist():
            hours = as_is(ready.prepared, employee, position)["training_hours"]
            given = {"training_hours": hours}  # as it is: only the pair itself is strange
            change = Change("course", None, 0.0, Aspect.PERFORMANCE, given)
            (lever,) = pulled(ready.scorer, ready.prepared, employee, position, [change])
            assert not lever.is_familiar
            return
    raise AssertionError("the past speaks of everybody, so this cannot be tried")


def test_without_a_head_for_it_a_prediction_has_no_levers() -> None:
    pair = learned.recommended()[0]
    rows = learned.rows(pair)
    for name, aspect in (("performance", "acceptance"), ("acceptance", "performance")):
        ready = Recommender(learned.region(), learned.model(name))
        changes = possible(ready.prepared, *rows)
        found = pulled(ready.scorer, ready.prepared, *rows, changes)
        assert found
        assert aspect not in {lever.effect.aspect for lever in found}
        assert all(lever.beside is None for lever in found)
