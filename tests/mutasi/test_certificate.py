"""A plan whose file was changed is refused, by the name of the row that it breaks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mutasi.certificate import check, check_file, digest
from mutasi.planning.demands import (
    Apart,
    Budget,
    Demand,
    Depth,
    Floor,
    Keep,
    MostMoves,
    Must,
    MustNot,
    Place,
    Together,
)
from mutasi.planning.optimizer import optimize
from tests.mutasi.planning.regions import problem

Content = dict[str, Any]
PAIRS = {(0, 2): 500, (0, 3): 100, (1, 0): 400, (1, 3): 300, (2, 3): 200, (3, 2): 450}
"""P0 in J0, P1 in J1, P2 in J0, P3 in none; J2 and J3 have a seat each."""


def content(*demands: Demand) -> Content:
    asked = problem([0, 1, 0, -1], [0, 0, 1, 1], PAIRS, *demands, unit="ABCD")
    found: Content = json.loads(json.dumps(optimize(asked).content()))
    return found


def rows(told: Content) -> set[str]:
    told["digest"] = digest(told)
    return {breach.row for breach in check(told).breaches}


def test_a_plan_as_it_was_made_passes() -> None:
    verdict = check(content())

    assert not verdict.breaches
    assert verdict.is_proven
    assert verdict.value == pytest.approx(verdict.bound)


def _to(*path: Any) -> Callable[[Content], None]:
    """Return what puts a value at the end of a path."""
    *way, last, value = path

    def changed(told: Content) -> None:
        part: Any = told
        for name in way:
            part = part[name]
        part[last] = value

    return changed


def _both(*changes: Callable[[Content], None]) -> Callable[[Content], None]:
    def changed(told: Content) -> None:
        for change in changes:
            change(told)

    return changed


def _moves(*pairs: int) -> Callable[[Content], None]:
    return _both(_to("moves", "pair", list(pairs)), _to("moves", "step", [0] * len(pairs)))


@pytest.mark.parametrize(
    ("change", "row"),
    [
        pytest.param(_moves(0, 1), "once", id="one person moves twice"),
        pytest.param(_moves(0, 5), "seats", id="two on one seat"),
        pytest.param(_moves(2), "seats", id="on a seat that nobody left"),
        pytest.param(_moves(-1), "pair", id="a pair from the end"),
        pytest.param(_moves(99), "layout", id="a pair that was not offered"),
        pytest.param(_to("pairs", "post", 0, 0), "pair", id="a move to the post held"),
        pytest.param(_to("value", 1), "value", id="a worth that does not add up"),
        pytest.param(_to("pairs", "worth", 0, 900), "value", id="a pair made better"),
        pytest.param(_to("bound", 1), "bound", id="a bound that does not follow"),
        pytest.param(_to("prices", [["seats", "J2", -5]]), "price", id="a price below zero"),
        pytest.param(_to("prices", [["seats", "J9", 5]]), "layout", id="a price of no row"),
        pytest.param(_to("prices", []), "bound", id="prices taken away"),
        pytest.param(_to("posts", "open", 2, 0), "seats", id="a seat that is not open"),
        pytest.param(_to("posts", "open", 2, -1), "open", id="seats below zero"),
        pytest.param(_to("people", "id", 1, "P0"), "names", id="a person twice"),
        pytest.param(_to("format", 9), "format", id="another layout"),
        pytest.param(_to("price_steps", 0), "whole", id="prices without a scale"),
        pytest.param(_to("resolution", -1), "whole", id="worths the wrong way round"),
        pytest.param(_to("pairs", "worth", 3, 0.5), "whole", id="a worth in parts"),
        pytest.param(_to("moves", "pair", 0, True), "whole", id="a row that is no number"),
        pytest.param(_to("pairs", "person", 0, -1), "layout", id="a person from the end"),
        pytest.param(_to("pairs", "post", 1, -1), "layout", id="a post from the end"),
        pytest.param(_to("people", "holds", 2, 4), "layout", id="a post that there is not"),
        pytest.param(_to("resolution", float("nan")), "whole", id="worths without a scale"),
        pytest.param(
            _to("demands", [{"kind": "budget", "most": 9.5}]), "whole", id="a limit in parts"
        ),
        pytest.param(_to("pairs", "cost", []), "layout", id="a column cut off"),
        pytest.param(_to("pairs", "lent", 0, 2), "lent", id="lent twice over"),
        pytest.param(_to("pairs", "lent", 0, 1), "until", id="lent without an end"),
        pytest.param(
            _both(_to("pairs", "lent", 0, 1), _to("until", "2026-02-30")), "until", id="on no day"
        ),
        pytest.param(
            _both(_to("pairs", "lent", 0, 1), _to("until", "2026-06-30"), _moves(0, 2)),
            "seats",
            id="on the seat of who is lent",
        ),
        pytest.param(_to("demands", [{"kind": "wish"}]), "demand", id="a demand nobody knows"),
        pytest.param(_to("demands", [{"kind": "floor"}]), "layout", id="a demand in part"),
    ],
)
def test_a_changed_file_is_refused(change: Callable[[Content], None], row: str) -> None:
    told = content()
    change(told)

    assert row in rows(told)


@pytest.mark.parametrize(
    ("demand", "row"),
    [
        (Floor(2, "A"), "floor"),
        (MostMoves(1), "most_moves"),
        (MostMoves(0, "C"), "most_moves"),
        (Budget(1), "budget"),
        (Depth(1), "depth"),
        (Must("P0", "J3"), "must"),
        (MustNot("P0", "J2"), "must_not"),
        (Keep("P0"), "keep"),
        (Place("P3"), "place"),
        (Together("P0", "P1"), "together"),
        (Apart("P0", "P3"), "apart"),
    ],
    ids=str,
)
def test_a_plan_that_breaks_a_demand_is_refused_by_its_name(demand: Demand, row: str) -> None:
    told = content()
    told["demands"] = [{"kind": demand.kind, **demand.values()}]
    if row == "apart":
        told["posts"]["unit"][0] = told["posts"]["unit"][2]
        told["people"]["holds"][3] = 0

    assert row in rows(told)


def test_any_change_at_all_is_seen_by_the_fingerprint() -> None:
    told = content()
    told["pairs"]["worth"][1] -= 1

    assert [breach.row for breach in check(told).breaches] == ["digest"]


def test_a_file_that_holds_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("[]", encoding="utf-8")

    assert [breach.row for breach in check_file(path).breaches] == ["layout"]


@pytest.mark.parametrize(
    ("demand", "key"),
    [
        pytest.param(Apart("P3", "P4"), [0, None, 1], id="apart though nobody is anywhere"),
        pytest.param(Together("P3", "P4"), [0, "A", 1e22], id="so often that worths are rounded"),
    ],
)
def test_the_price_of_no_row_of_two_people_lowers_no_bound(demand: Demand, key: list[Any]) -> None:
    pairs = {pair: worth for pair, worth in PAIRS.items() if pair[0] != 3}
    asked = problem([0, 1, 0, -1, -1], [0, 0, 1, 1], pairs, demand, unit="ABCD")
    told: Content = json.loads(json.dumps(optimize(asked).content()))
    told["moves"], told["value"] = {"pair": [], "step": []}, 0
    told["prices"].append([*key, told["bound"]])
    told["bound"] = 0

    assert rows(told) == {"layout"}


def test_a_worse_plan_is_no_proof() -> None:
    told = content()
    told["moves"] = {"pair": [0], "step": [0]}
    told["value"] = told["pairs"]["worth"][0]
    told["digest"] = digest(told)
    verdict = check(told)

    assert not verdict.breaches
    assert not verdict.is_proven
