"""A plan of a region: lawful, within floors, checked, and told with its reasons and prices."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.recommender import Recommender
from mutasi.certificate import check_file
from mutasi.errors import (
    DemandUnknown,
    LawSilent,
    NobodyToMove,
    PinNotOffered,
    PlanBroken,
    PlanImpossible,
    PlanUnreadable,
)
from mutasi.planning.demands import Apart, Depth, Keep, MostMoves, MustNot, Place
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import problem_of, written
from mutasi.planning.request import PlanRequest
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.snapshot import Snapshot
from pipelines.planning.checking import checked
from pipelines.planning.comparing import compared
from pipelines.planning.export import plan_sheets
from pipelines.planning.job import Planned, answer, plan_region
from pipelines.planning.pricing import prices
from pipelines.planning.question import _new
from pipelines.recommend import opened
from tests.pipelines.conftest import LAST_DAY
from tests.pipelines.planning.conftest import Ask


def test_every_move_is_lawful(usual: Planned, recommender: Recommender) -> None:
    assert usual.report.moves
    for move in usual.report.moves:
        assert recommender.examine(move.person, move.to.post).is_eligible


def test_the_plan_is_best_and_the_checker_sees_it(usual: Planned) -> None:
    assert usual.report.is_best
    assert usual.report.is_proven
    assert usual.report.gap == 0.0
    assert not check_file(usual.plan).breaches


def test_nobody_moves_twice_and_no_seat_is_taken_twice(
    usual: Planned, recommender: Recommender
) -> None:
    posts = recommender.snapshot.positions
    open_ = dict(zip(posts["position_id"], posts["open"], strict=True))
    moves = usual.report.moves
    comes = Counter(move.to.post for move in moves)
    goes = Counter(move.origin.post for move in moves if move.origin)

    assert len({move.person for move in moves}) == len(moves)
    assert all(count <= open_[post] + goes[post] for post, count in comes.items())


def test_a_move_into_a_seat_that_is_left_says_who_leaves_it(usual: Planned) -> None:
    by_person = {move.person: move for move in usual.report.moves}
    following = [move for move in usual.report.moves if move.after]

    for move in following:
        origin = by_person[str(move.after)].origin
        assert origin is not None
        assert origin.post == move.to.post
        assert by_person[str(move.after)].chain == move.chain
        assert by_person[str(move.after)].backfill == move.person
    assert len([move for move in usual.report.moves if move.backfill]) == len(following)


def test_no_unit_falls_below_its_share(usual: Planned) -> None:
    for load in usual.report.loads:
        assert load.after >= min(load.before, max(int(0.9 * load.before), 1))


def test_shortage_shrinks_and_is_counted_as_in_the_units(usual: Planned) -> None:
    report = usual.report

    assert report.short_after < report.short_before
    assert sum(load.after - load.before for load in report.loads) == sum(
        move.origin is None for move in report.moves
    )


def test_lists_with_prices_do_not_name_the_same_people_everywhere(usual: Planned) -> None:
    alone, priced, *_ = usual.report.crowds

    assert alone.firsts < priced.firsts <= priced.lists == alone.lists


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_workbook_holds_every_move_in_the_columns_of_a_proposal(
    language: str, usual: Planned
) -> None:
    moves, units, prices = plan_sheets(usual.report, language).values()

    assert usual.workbook.is_file()
    assert [row[2] for row in moves.rows] == [move.person for move in usual.report.moves]
    assert len(units.rows) == len(usual.report.loads)
    assert len(prices.rows) == len(usual.report.prices)
    for sheet in (moves, units, prices):
        assert all(len(row) == len(sheet.headings) for row in sheet.rows)


def test_pins_hold(ask: Ask, usual: Planned) -> None:
    first, second = usual.report.moves[:2]
    planned = ask(
        keep=[{"person": first.person}],
        must_not=[{"person": second.person, "post": second.to.post}],
    )
    moved = {move.person: move.to.post for move in planned.report.moves}

    assert first.person not in moved
    assert moved.get(second.person) != second.to.post
    assert planned.report.value <= usual.report.value


def test_a_pin_costs_what_the_plan_would_be_worth_without_it(ask: Ask, usual: Planned) -> None:
    best = max(usual.report.moves, key=lambda move: move.worth)
    planned = ask(keep=[{"person": best.person}])
    price = next(each for each in planned.report.prices if each.demand["kind"] == "keep")

    assert price.way == "without"
    assert price.price >= usual.report.value - planned.report.value - 1e-6 > 0


def test_limits_hold(ask: Ask) -> None:
    planned = ask(limits={"moves": 5, "depth": 2, "kilometres": 30, "budget": 40, "per_move": 10})

    assert len(planned.report.moves) <= 4
    assert not check_file(planned.plan).breaches


def test_a_budget_in_rupiah_is_priced_by_a_hundredth_of_it(ask: Ask, usual: Planned) -> None:
    most = len(usual.report.moves) // 2 * 5_000_000
    report = ask(limits={"budget": most, "per_move": 5_000_000}).report
    price = next(each for each in report.prices if each.demand["kind"] == "budget")

    assert price.way == "most"
    assert 100 * price.price >= 0.5 * most / 5_000_000 * min(move.worth for move in report.moves)
    assert report.gap == pytest.approx(0.0, abs=1e-3)


def test_a_limit_costs_what_the_plan_would_be_worth_with_one_more_of_it(
    ask: Ask, usual: Planned
) -> None:
    few = len(usual.report.moves) // 2
    capped, strict = ask(limits={"moves": few}).report, ask(limits={"staff_share": 1.0}).report
    cap = next(each for each in capped.prices if each.demand["kind"] == "most_moves")
    floor = next(each for each in strict.prices if each.demand["kind"] == "floor")

    assert cap.way == floor.way == "again"
    looser = ask(limits={"moves": few + 1}).report
    assert cap.price == pytest.approx(looser.value - capped.value, abs=1e-6)
    one_less = {"unit": floor.demand["unit"], "least": floor.demand["least"] - 1}
    spared = ask(limits={"staff_share": 1.0}, floor=[one_less]).report
    assert floor.price == pytest.approx(spared.value - strict.value, abs=1e-6)


def test_without_time_to_plan_again_a_price_is_what_more_adds_at_most(usual: Planned) -> None:
    problem = problem_of(json.loads(usual.plan.read_text(encoding="utf-8")))
    plan = optimize(replace(problem, demands=(*problem.demands, MostMoves(3), Depth(1))))
    told, untold = prices(plan, seconds=0.0)
    again, _ = prices(plan, seconds=60.0)

    exact = {str(each.demand): each.price for each in again}
    assert {each.way for each in told} == {"most"}
    assert untold == 1
    assert all(each.price >= exact.get(str(each.demand), 0.0) - 1e-6 for each in told)


def test_a_person_who_binds_themselves_goes_nowhere_else(ask: Ask, usual: Planned) -> None:
    move = usual.report.moves[0]
    planned = ask(
        preference=[{"person": move.person, "post": move.to.post, "worth": 5.0, "binds": True}]
    )
    moved = {each.person: each.to.post for each in planned.report.moves}

    assert moved.get(move.person) in (None, move.to.post)
    assert planned.report.value > usual.report.value


def test_only_people_of_the_pool_move(ask: Ask, usual: Planned) -> None:
    people = [move.person for move in usual.report.moves[:6]]

    planned = ask(pool={"people": people, "without": people[:1]})

    assert {move.person for move in planned.report.moves} <= set(people[1:])


def test_only_people_and_posts_of_the_units_asked_for_take_part(
    ask: Ask, usual: Planned, recommender: Recommender
) -> None:
    posts = recommender.snapshot.positions
    unit_of = dict(zip(posts["position_id"], posts["unit_id"], strict=True))
    move = next(move for move in usual.report.moves if move.origin)
    assert move.origin
    origin, to = unit_of[move.origin.post], unit_of[move.to.post]

    from_unit = ask(pool={"units": [origin]}).report.moves
    into_unit = ask(posts={"units": [to], "only": [move.to.post], "rounds": 1}).report.moves

    assert {unit_of[each.origin.post] for each in from_unit if each.origin} == {origin}
    assert {each.to.post for each in into_unit} == {move.to.post}


def test_a_unit_stands_for_those_below_it(ask: Ask, recommender: Recommender) -> None:
    units = recommender.snapshot.tables["units"]
    top = units["unit_id"][units["parent"] < 0].tolist()

    assert ask(pool={"units": top}, posts={"units": top}).report.value == pytest.approx(
        ask(pool={}).report.value
    )


def test_a_unit_that_somebody_wishes_for_is_worth_more(ask: Ask, usual: Planned) -> None:
    move = usual.report.moves[0]
    planned = ask(preference=[{"person": move.person, "post": move.to.post, "worth": 7.0}])
    wished = {each.person: each for each in planned.report.moves}

    assert wished[move.person].to.post == move.to.post
    assert wished[move.person].worth == pytest.approx(move.worth + 7.0, abs=1e-3)


def test_a_plan_promises_to_end_no_more_shortage_than_it_does(
    invented: Region, tmp_path: Path
) -> None:
    weights = {"gain": 0.0, "move": 0.0, "refusal": 0.0, "per_km": 0.0, "workload": 1.0}
    request = PlanRequest.model_validate({"weights": weights})
    without_model = Recommender(Snapshot.of(LAST_DAY, invented.frames))

    report = plan_region(without_model, request, tmp_path).report

    assert report.moves
    assert 0 < report.value <= report.short_before - report.short_after


def test_whose_post_is_gone_is_placed_or_told(invented: Region, tmp_path: Path) -> None:
    held = Snapshot.of(LAST_DAY, invented.frames)
    post, counts = np.unique(held.employees["position"], return_counts=True)
    gone = held.positions["position_id"][post[counts == 1][1:6]]
    frames = {name: frame.copy() for name, frame in invented.frames.items()}
    closed = frames["positions"]["position_id"].isin(gone)
    frames["positions"].loc[closed, "closed_on"] = pd.Timestamp("2026-01-01")
    reorganised = Recommender(Snapshot.of(LAST_DAY, frames))

    planned = plan_region(reorganised, PlanRequest(place_displaced=True), tmp_path).report

    placed = {move.origin.post for move in planned.moves if move.origin}
    assert len(placed & set(gone)) + len(planned.nowhere) == len(gone)
    assert not {move.to.post for move in planned.moves} & set(gone)


def test_what_else_is_asked_of_whose_post_is_gone_does_not_let_them_stay() -> None:
    placed = [Place("1"), Place("2"), Place("3")]

    assert _new(placed, (Apart("1", "2"), MustNot("2", "P"), Keep("3"))) == placed[:2]


def test_a_unit_that_is_given_up_keeps_nobody(invented: Region, tmp_path: Path) -> None:
    held = Snapshot.of(LAST_DAY, invented.frames)
    units = held.positions["unit_id"]
    staff = Counter(units[held.employees["position"][held.employees["position"] >= 0]])
    unit = min((each for each in staff if staff[each] >= 3), key=staff.__getitem__)
    frames = {name: frame.copy() for name, frame in invented.frames.items()}
    frames["positions"].loc[frames["positions"]["unit_id"] == unit, "closed_on"] = pd.Timestamp(
        "2026-01-01"
    )
    reorganised = Recommender(Snapshot.of(LAST_DAY, frames))

    planned = plan_region(reorganised, PlanRequest(place_displaced=True), tmp_path).report

    of_unit = set(held.positions["position_id"][units == unit])
    placed = [move for move in planned.moves if move.origin and move.origin.post in of_unit]
    assert len(placed) >= 2
    assert len(placed) + len(planned.nowhere) == staff[unit]


def test_seats_that_open_soon_are_filled(ask: Ask, usual: Planned) -> None:
    post = usual.report.moves[0].to.post

    more = ask(posts={"opening": {post: 3}})

    assert more.report.vacancies == usual.report.vacancies + 3


def test_the_same_request_gives_the_same_plan(ask: Ask, usual: Planned) -> None:
    assert ask().plan.read_bytes() == usual.plan.read_bytes()


def test_a_folder_holds_the_files_of_one_plan_or_says_that_it_holds_none(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(limits={"moves": 2})
    stale = first.plan.with_name("plan.en.html")
    stale.write_text("of another plan")
    ask(limits={"moves": 3})
    assert not stale.exists()

    def cut_off(path: Path, content: str | bytes) -> None:
        if path.suffix == ".xlsx":
            raise OSError("no space left")
        written(path, content)

    monkeypatch.setattr("pipelines.planning.job.written", cut_off)
    with pytest.raises(OSError, match="no space"):
        ask(limits={"moves": 4})

    with pytest.raises(PlanUnreadable):
        compared([first.plan.parent, first.plan.parent])


def test_a_day_before_the_law_is_refused_by_the_day_from_which_it_is_known(
    stored: Settings,
) -> None:
    with pytest.raises(LawSilent) as refused:
        answer(opened(stored, date(2010, 6, 1)).recommender, PlanRequest())

    assert refused.value.params["on"] == date(2010, 6, 1)
    assert str(refused.value.params["since"]) > "2010-06-01"


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        pytest.param({"keep": [{"person": "1"}]}, DemandUnknown, id="nobody of this number"),
        pytest.param({"pool": {"units": ["X"]}}, DemandUnknown, id="no such unit"),
        pytest.param({"posts": {"opening": {"X": 1}}}, DemandUnknown, id="no such post"),
        pytest.param({"floor": [{"least": 1, "unit": "X"}]}, DemandUnknown, id="a floor nowhere"),
    ],
)
def test_what_there_is_not_is_refused(
    ask: Ask, parts: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(**parts)


def test_a_pool_of_nobody_is_refused(ask: Ask, usual: Planned) -> None:
    person = usual.report.moves[0].person

    with pytest.raises(NobodyToMove):
        ask(pool={"people": [person], "without": [person]})


def test_an_unlawful_move_is_refused_though_it_must_be(
    ask: Ask, usual: Planned, recommender: Recommender
) -> None:
    person = usual.report.moves[0].person
    posts = recommender.snapshot.positions
    barred = next(
        post
        for post in posts["position_id"][np.flatnonzero(posts["open"] > 0)]
        if not recommender.examine(person, post).is_eligible
    )

    with pytest.raises(PinNotOffered):
        ask(must=[{"person": person, "post": barred}])


def test_demands_that_conflict_are_named(ask: Ask, usual: Planned) -> None:
    move = usual.report.moves[0]
    must = {"person": move.person, "post": move.to.post}

    with pytest.raises(PlanImpossible) as refused:
        ask(must=[must], limits={"moves": 0})

    kinds = [demand.kind for demand in refused.value.params["demands"]]  # type: ignore[attr-defined]  # a list
    assert kinds == ["most_moves", "must"]


def test_a_plan_that_was_changed_is_refused(ask: Ask) -> None:
    planned = ask()
    told = json.loads(planned.plan.read_text(encoding="utf-8"))
    told["value"] += 1
    planned.plan.write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(PlanBroken) as refused:
        checked(planned.plan)

    assert "digest" in str(refused.value.params["rows"])
    assert "value" in str(refused.value.params["rows"])
