"""The page of a plan: every figure of the report in words of people, and nothing from elsewhere."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import pytest

from mutasi.i18n import LANGUAGES, number, render
from mutasi.planning.demands import KINDS
from pipelines.pages.document import Words
from pipelines.planning.job import Planned
from pipelines.planning.page import (
    DRAWN,
    GIVING,
    MOVES,
    PLOTTED,
    RELIEVED,
    SECTION,
    Chain,
    chains,
    crowded,
    either_end,
    longest,
    most_changed,
    plan_page,
)
from pipelines.planning.schema import Load, Move, PlanReport, Post, Price
from pipelines.planning.wording import demand
from tests.pipelines.planning.conftest import Ask

HOSTILE = '<img src=x onerror="alert(1)"> & "Sons"'


def text_of(page: str) -> str:
    """Return what a reader sees, without the look of the page."""
    body = page[page.index("<main>") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def post(name: str) -> Post:
    return Post(post=name, title=f"Title {name}", unit=f"Unit {name}")


def move(person: str, origin: str | None, to: str, chain: int = 1, **more: Any) -> Move:
    told: dict[str, Any] = {
        "person": person,
        "name": f"Name {person}",
        "origin": None if origin is None else post(origin),
        "to": post(to),
        "chain": chain,
        "after": None,
        "backfill": None,
        "worth": 1.5,
        "gain": 0.5,
        "chance": 0.75,
        "price": 0.0,
        "person_next": None,
        "post_next": None,
    }
    return Move.model_validate(told | more)


def load(number: int, before: float, after: float, name: str | None = None) -> Load:
    return Load(
        unit=f"U{number}",
        name=name or f"Unit {number}",
        needed=20,
        before=10,
        after=11,
        short_before=before,
        short_after=after,
    )


def plan(moves: Sequence[Move] = (), **more: Any) -> PlanReport:
    told: dict[str, Any] = {
        "as_of": "2026-03-30",
        "model": "m1",
        "people": 100,
        "pairs": 50,
        "vacancies": 7,
        "moves": tuple(moves),
        "value": 12.0,
        "bound": 12.5,
        "gap": 0.04,
        "is_best": False,
        "is_proven": False,
        "short_before": 9.0,
        "short_after": 6.0,
        "loads": (),
        "prices": (),
        "untold": 0,
        "nowhere": (),
        "worth": "not_asked",
        "seconds": 1.0,
    }
    return PlanReport.model_validate(told | more)


RING = (
    move("1", "A", "B", after="2", backfill="2"),
    move("2", "B", "A", after="1", backfill="1"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(usual: Planned, language: str) -> None:
    page = plan_page(usual.report, language)

    assert f'<html lang="{language}">' in page
    assert not re.search(r"https?:|<script|<link|<iframe|@import|url\((?!#)|src=", page)


def test_the_page_lies_beside_the_plan(usual: Planned) -> None:
    assert usual.page == usual.plan.with_name("plan.id.html")
    assert usual.page.read_text(encoding="utf-8") == plan_page(usual.report, "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_of_the_plan_is_on_the_page(usual: Planned, language: str) -> None:
    report, said = usual.report, text_of(plan_page(usual.report, language))
    num = Words(language, SECTION).num

    whole = [report.people, report.pairs, report.vacancies, len(report.moves)]
    whole += crowded(report.crowds).values()
    fine = [report.short_before, report.short_after]
    assert {num(each, "d") for each in whole} | {num(each, ".1f") for each in fine} <= set(
        re.split(r"[\s;:()]+|[.,](?=\s)", said)
    )
    for told in (num(report.value, ".2f"), num(report.bound, ".2f"), num(report.gap, ".2%")):
        assert told in said
    for each in report.moves[:MOVES]:
        assert each.person in said
        assert f"{each.to.title} {each.to.unit}" in said
        assert f"{num(each.worth, '+.1f')} {num(each.gain, '+.1f')}" in said
    for unit in (*report.loads[:RELIEVED], *report.loads[-GIVING:]):
        counts = [num(count, "d") for count in (unit.needed, unit.before, unit.after)]
        short = [num(each, ".1f") for each in (unit.short_before, unit.short_after)]
        assert " ".join([unit.name, *counts, *short]) in re.sub(r"\s+", " ", said)
    assert all(num(price.price, ".2f") in said for price in report.prices)


def test_the_same_plan_gives_the_same_page(usual: Planned) -> None:
    assert plan_page(usual.report, "id") == plan_page(usual.report, "id")


def test_a_pin_is_told_with_its_person_and_price(ask: Ask, usual: Planned) -> None:
    best = max(usual.report.moves, key=lambda each: each.worth)
    report = ask(keep=[{"person": best.person}]).report
    price = next(each for each in report.prices if each.demand["kind"] == "keep")

    said = text_of(plan_page(report, "en"))

    assert f"{best.person} stays in place keep(person={best.person})" in said
    assert number(price.price, "en", ".2f") in said


def test_names_are_text_and_nothing_more() -> None:
    bad = post("A").model_copy(update={"title": HOSTILE, "unit": HOSTILE})
    moved = move("1", "B", "A", name=HOSTILE).model_copy(update={"to": bad})
    report = plan(
        [moved],
        loads=[load(1, 3, 1, HOSTILE)],
        prices=[Price(demand={"kind": "keep", "person": HOSTILE}, price=1, way="without")],
        nowhere=[HOSTILE],
    )

    page = plan_page(report, "en")

    assert "<img" not in page
    assert escape(HOSTILE).replace("&quot;", "&#34;") in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("best", "proven", "badge"),
    [(True, True, "proven"), (True, False, "searched"), (False, False, "bounded")],
)
def test_the_badge_claims_no_more_than_was_proven(
    best: bool, proven: bool, badge: str, language: str
) -> None:
    page = plan_page(plan(RING, is_best=best, is_proven=proven), language)

    told = render(f"{SECTION}.proof.{badge}", language)
    assert f'<span class="badge {"unsure" if badge == "bounded" else "better"}">{told}<' in page


def test_what_the_plan_lacks_is_on_its_first_screen() -> None:
    page = plan_page(plan(RING, model=None, untold=3, nowhere=["77", "78"]), "en")

    first = text_of(page[: page.index("<section")])
    assert "No model serves" in first
    assert "no time to price 3 pins" in first
    assert "2 people whose posts are gone" in first
    assert "77, 78" in text_of(page)


def test_a_plan_without_moves_says_so() -> None:
    said = text_of(plan_page(plan(), "en"))

    assert "No move is worth more than everybody staying in place" in said
    assert "No demand makes the plan worth less" in said


def test_no_price_is_denied_that_there_was_no_time_to_find() -> None:
    said = text_of(plan_page(plan(RING, untold=2), "en"))

    assert "No demand makes the plan worth less" not in said
    assert said.count("no time to price 2 pins") == 2


def test_an_exchange_is_drawn_as_one() -> None:
    said = text_of(plan_page(plan(RING), "en"))

    assert "Exchange 1 – moves: 2" in said
    assert "back to the first seat" in said
    assert "open seat " not in said.split("Chains and exchanges")[1].split("The moves")[0]


def test_a_chain_is_drawn_from_the_open_seat_to_the_seat_that_stays_empty() -> None:
    moves = (
        move("1", "B", "A", backfill="2"),
        move("2", "C", "B", after="1"),
    )
    said = text_of(plan_page(plan(moves), "en"))

    assert re.search(
        "Title A Unit A open seat Name 1 Title B Unit B Name 2 Title C Unit C not filled", said
    )
    assert "1 seats that are left are not filled" in said
    assert "The seat is left by Name 1" in said


def test_who_holds_no_post_ends_a_chain() -> None:
    found = chains([move("1", None, "A")])

    assert found[0].end == "outside"
    assert "holds no post yet" in text_of(plan_page(plan(found[0].moves), "en"))


def test_the_longest_chains_are_drawn_and_the_rest_is_told() -> None:
    singles = [move(str(n), f"A{n}", f"B{n}", chain=n) for n in range(1, DRAWN + 5)]
    pair = [each.model_copy(update={"chain": 99}) for each in RING]
    found = chains([*singles, *pair])

    drawn = longest(found)

    assert drawn[0] == Chain(99, tuple(pair))
    assert len(drawn) == DRAWN
    said = text_of(plan_page(plan([*singles, *pair]), "en"))
    assert f"{DRAWN} of {len(found)} chains are drawn" in said


def test_moves_beyond_the_most_that_are_listed_are_counted() -> None:
    moves = [move(str(n), f"A{n}", f"B{n}", chain=n) for n in range(MOVES + 2)]

    assert "… and 2 more" in text_of(plan_page(plan(moves), "en"))


def test_units_that_give_most_are_listed_though_many_change() -> None:
    loads = [load(n, 50.0, float(n)) for n in range(80)]

    top, bottom = either_end(loads)
    said = text_of(plan_page(plan(RING, loads=loads), "en"))

    assert (len(top), len(bottom)) == (RELIEVED, GIVING)
    assert bottom[-1] == loads[-1]
    assert f"{80 - RELIEVED - GIVING} units in between" in said
    assert "Units that lack more afterwards than before: 29." in said


def test_units_of_one_name_and_long_names_are_told_apart_in_the_plot() -> None:
    long = "Dinas " * 12
    changed = most_changed([load(1, 4, 1, long), load(2, 5, 1, long), load(3, 2, 2), load(4, 1, 3)])

    assert list(changed.values()) == [(5, (1,)), (4, (1,)), (1, (3,))]
    assert all("…" in label for label in list(changed)[:2])
    assert len(most_changed([load(n, 9, n / 100) for n in range(50)])) == PLOTTED


DEMANDS: list[dict[str, Any]] = [
    {"kind": "floor", "least": 5},
    {"kind": "floor", "least": 5, "unit": "U1"},
    {"kind": "floor", "least": 5, "family": "nurse"},
    {"kind": "floor", "least": 5, "unit": "U1", "family": "nurse"},
    {"kind": "most_moves", "most": 5},
    {"kind": "most_moves", "most": 5, "unit": "U1"},
    {"kind": "budget", "most": 5},
    {"kind": "depth", "most": 5},
    *({"kind": kind, "person": "1", "post": "P"} for kind in ("must", "must_not")),
    *({"kind": kind, "person": "1"} for kind in ("keep", "place")),
    *({"kind": kind, "person": "1", "other": "2"} for kind in ("together", "apart")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", DEMANDS, ids=lambda asked: " ".join([str(asked["kind"]), *asked]))
def test_every_demand_is_said_in_plain_words(asked: dict[str, Any], language: str) -> None:
    told = demand(Price(demand=asked, price=1, way="again"), language, {"U1": "Clinic", "1": "Ani"})

    assert {each["kind"] for each in DEMANDS} == set(KINDS)
    wanted = {"unit": "Clinic", "family": "nurse", "person": "Ani", "other": "2", "post": "P"}
    assert all(wanted[name] in told for name in asked if name in wanted)
