"""What is advised of a pair: what helps, within the law and what the past can speak of."""

import numpy as np
import pandas as pd
import pytest

from features import Grain
from models.advice import Advice, advice_on
from models.changes import LEAST_KM, as_is
from models.explanation import Aspect
from models.levers import moved
from models.recommender import Recommender
from mutasi.errors import EmployeeNotFound, ModelNeeded, PositionNotFound
from mutasi.snapshot import Snapshot
from tests import learned
from tests.learned import Pair

HIGHEST = 50.0
"""Code of a doctorate."""

SOME = 40
"""Pairs that are looked at where looking at all takes long."""


@pytest.fixture(scope="session")
def advised() -> dict[Pair, Advice]:
    """What would help in many recommended pairs."""
    ready = learned.recommender()
    return {
        pair: advice_on(ready, pair.employee_id, pair.position_id) for pair in learned.recommended()
    }


def test_a_nearer_unit_is_told_as_the_pair_that_it_is(advised: dict[Pair, Advice]) -> None:
    ready = learned.recommender()
    posts = ready.snapshot.positions
    checked = 0
    for pair, advice in advised.items():
        for lever in advice.levers:
            if lever.name != "nearer_unit":
                continue
            employee, asked = learned.rows(pair)
            offered = ready.snapshot.position_row(str(lever.subject))
            ways = [
                as_is(ready.prepared, employee, each)["distance_then_km"]
                for each in (asked, offered)
            ]
            assert posts["title"][offered] == posts["title"][asked]
            assert posts["open"][offered] > 0
            assert lever.amount == pytest.approx(ways[0] - ways[1])
            assert lever.amount >= LEAST_KM
            shown = {
                each.position_id: each
                for each in ready.positions(pair.employee_id, 200, explain=False).recommended
            }
            recommended = shown[str(lever.subject)]  # so the law allows it
            assert recommended.has_evidence
            assert lever.effect.after == pytest.approx(recommended.acceptance, abs=1e-9)
            checked += 1
    assert checked > 3


def test_of_nearer_units_the_likeliest_to_be_accepted_is_told(advised: dict[Pair, Advice]) -> None:
    ready = learned.recommender()
    for pair, advice in advised.items():
        told = [lever for lever in advice.levers if lever.name == "nearer_unit"]
        assert len(told) <= 1
        if not told:
            continue
        employee, asked = learned.rows(pair)
        posts = ready.snapshot.positions
        way = as_is(ready.prepared, employee, asked)["distance_then_km"]
        for each in ready.positions(pair.employee_id, 200, explain=False).recommended:
            row = ready.snapshot.position_row(each.position_id)
            nearer = as_is(ready.prepared, employee, row)["distance_then_km"] <= way - LEAST_KM
            if nearer and each.title == posts["title"][asked] and each.acceptance is not None:
                assert each.acceptance <= told[0].effect.after + 1e-9


def test_a_nearer_unit_is_less_sure_in_performance_than_the_same_post_changed(
    advised: dict[Pair, Advice],
) -> None:
    elsewhere = [
        lever.beside.high - lever.beside.low
        for advice in advised.values()
        for lever in advice.levers
        if lever.name == "nearer_unit" and lever.beside
    ]
    match = learned.recommender().prepared.column(Grain.EMPLOYEE, "match_deviation").max()

    assert min(elsewhere) >= 2.0 * 1.645 * np.sqrt(2.0) * match


def test_what_is_predicted_before_is_what_the_ranking_shows(advised: dict[Pair, Advice]) -> None:
    ready = learned.recommender()
    for pair in learned.recommended()[:SOME]:
        ranking = ready.candidates(pair.position_id, 5, explain=False).recommended
        shown = next(each for each in ranking if each.employee_id == pair.employee_id)
        for lever in advised[pair].levers:
            expected = {"performance": shown.performance, "acceptance": shown.acceptance}
            before = expected[lever.effect.aspect]
            assert lever.effect.before == pytest.approx(before, abs=1e-9)


def test_only_what_helps_is_told_training_first_the_strongest_first(
    advised: dict[Pair, Advice],
) -> None:
    for advice in advised.values():
        assert all(lever.helps for lever in advice.levers)
        for aspect in (Aspect.PERFORMANCE, Aspect.ACCEPTANCE):
            sizes = [each.effect.size for each in advice.levers if each.effect.aspect is aspect]
            assert sizes == sorted(sizes, reverse=True)
        aspects = [lever.effect.aspect for lever in advice.levers]
        assert aspects == sorted(aspects, key=list(Aspect).index)
    names = {lever.name for advice in advised.values() for lever in advice.levers}
    assert names == {"competency", "course", "transport", "allowance", "nearer_unit"}


def test_of_a_pair_of_which_the_past_cannot_speak_nothing_is_advised() -> None:
    ready = learned.recommender()
    for vacancy in ready.vacancies():
        for shown in ready.candidates(vacancy.position_id, 200, explain=False).recommended:
            if not shown.has_evidence:
                advice = advice_on(ready, shown.employee_id, vacancy.position_id)
                assert not advice.has_evidence
                assert advice.levers == ()
                return
    raise AssertionError("the past speaks of everybody, so this cannot be tried")


def test_nothing_of_another_person_is_in_ones_levers(advised: dict[Pair, Advice]) -> None:
    pair = next(pair for pair, advice in advised.items() if len(advice.levers) > 1)
    employee, _ = learned.rows(pair)
    tables = learned.region().tables
    own = {
        name: tables[name][tables[name]["employee"] == employee].reset_index(drop=True)
        for name in ("assessments", "trainings", "residences")
    }
    alone = Recommender(learned.changed(**own), learned.model())

    assert advice_on(alone, pair.employee_id, pair.position_id).levers == advised[pair].levers


def with_nearer_unit(advised: dict[Pair, Advice]) -> tuple[Pair, str]:
    """Return a pair to which a nearer unit is advised, and that position."""
    return next(
        (pair, str(lever.subject))
        for pair, advice in advised.items()
        for lever in advice.levers
        if lever.name == "nearer_unit"
    )


def nearer_units(known: Snapshot, pair: Pair, *, is_own_request: bool = False) -> set[str | None]:
    """Return the nearer units that are advised by other records."""
    ready = Recommender(known, learned.model())
    advice = advice_on(ready, pair.employee_id, pair.position_id, is_own_request)
    return {lever.subject for lever in advice.levers if lever.name == "nearer_unit"}


def test_a_nearer_unit_that_the_law_forbids_is_not_advised(advised: dict[Pair, Advice]) -> None:
    pair, nearer = with_nearer_unit(advised)
    positions = learned.region().tables["positions"]
    beyond = positions["minimum_education"].mask(positions["position_id"] == nearer, HIGHEST)

    assert nearer not in nearer_units(
        learned.changed(positions=positions.assign(minimum_education=beyond)), pair
    )


def test_at_ones_own_request_no_nearer_unit_is_advised_before_it_may_be_requested(
    advised: dict[Pair, Advice],
) -> None:
    pair, nearer = with_nearer_unit(advised)
    employees = learned.region().tables["employees"]
    is_new = employees["employee_id"] == pair.employee_id
    since = employees["appointed_on"].mask(is_new, pd.Timestamp("2018-01-01"))
    known = learned.changed(employees=employees.assign(appointed_on=since))

    assert nearer in nearer_units(known, pair)
    assert nearer_units(known, pair, is_own_request=True) == set()


def test_no_position_is_weighed_of_which_the_past_cannot_speak() -> None:
    ready = learned.recommender()
    open_posts = np.flatnonzero(ready.snapshot.positions["open"] > 0)
    tried = 0
    for pair in learned.recommended()[:SOME]:
        employee, position = learned.rows(pair)
        who = np.full(len(open_posts), employee)
        matrix = ready.prepared.pairs(ready.scorer.names, who, open_posts)
        known = ready.scorer.scores(matrix).has_evidence
        found = moved(ready.scorer, ready.prepared, employee, position, open_posts)
        ids = ready.snapshot.positions["position_id"][open_posts]
        assert [lever.subject for lever in found] == ids[known].tolist()
        tried += int((~known).sum())
    assert tried


def test_what_the_law_says_stands_beside_the_advice(advised: dict[Pair, Advice]) -> None:
    ready = learned.recommender()
    for pair in learned.recommended()[:5]:
        examined = ready.examine(pair.employee_id, pair.position_id)
        assert advised[pair].examination == examined
        assert advised[pair].model_version == "learned"


def test_who_or_what_is_not_on_record_is_not_found() -> None:
    ready, pair = learned.recommender(), learned.recommended()[0]

    with pytest.raises(EmployeeNotFound):
        advice_on(ready, "nobody", pair.position_id)
    with pytest.raises(PositionNotFound):
        advice_on(ready, pair.employee_id, "nowhere")


def test_without_a_model_nothing_can_be_advised() -> None:
    pair = learned.recommended()[0]

    with pytest.raises(ModelNeeded):
        advice_on(Recommender(learned.region()), pair.employee_id, pair.position_id)
