"""The page of plans side by side: drawings, every figure, and nothing from elsewhere."""

import re
from html import escape

import pytest

from mutasi.i18n import LANGUAGES
from pipelines.pages.document import Words
from pipelines.planning.beside_page import MOST_PLANS, SECTION, beside_page
from pipelines.planning.comparing import beside
from pipelines.planning.page import MOVES, RELIEVED
from pipelines.planning.schema_compare import Comparison
from pipelines.planning.wording import FIGURES
from tests.pipelines.planning.test_page import HOSTILE, RING, load, move, plan, text_of

LONE = move("1", "A", "C")
TWO = beside(
    [
        plan(RING, loads=[load(1, 3.0, 1.0), load(2, 4.0, 4.5)]),
        plan([LONE], short_after=8.0, loads=[load(1, 3.0, 2.5)]),
    ],
    ["first plan", "second plan"],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(language: str) -> None:
    page = beside_page(TWO, language)

    assert f'<html lang="{language}">' in page
    assert not re.search(r"https?:|<script|<link|<iframe|@import|url\((?!#)|src=", page)
    assert beside_page(TWO, language) == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_of_each_plan_is_on_the_page(language: str) -> None:
    said = text_of(beside_page(TWO, language))
    num = Words(language, SECTION).num

    for name, spec in FIGURES.items():
        told = " ".join(num(getattr(side, name), spec) for side in TWO.sides)
        assert told in said
    assert "Unit 1" in said
    assert all(f"({num(each, '.1f')})" in said for each in TWO.units[0].short_after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workload_moves_and_outcomes_are_drawn(language: str) -> None:
    page = beside_page(TWO, language)

    drawn = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawn) == 3
    measures, moves, shortage = (text_of(f"<main>{each}") for each in drawn)
    words = Words(language, SECTION)
    assert words.say("drawn.short_after") in measures
    assert words.num(8.0, ".1f") in measures
    assert words.say("moves.own") in moves
    assert "Unit 2" in shortage
    assert "second plan" in shortage


def test_who_goes_elsewhere_stands_beside_who_stays() -> None:
    said = text_of(beside_page(TWO, "en"))

    assert "2 plans: 0 people are sent to the same post by all of them, 2 are not" in said
    assert "Name 1 1 Title B · Unit B Title C · Unit C" in said
    assert "Name 2 2 Title A · Unit A stays" in said
    assert "No move is in every plan" in said


def test_to_be_lent_to_a_post_is_not_to_move_there() -> None:
    lent = LONE.model_copy(update={"until": "2026-09-30"})
    found = beside([plan([LONE]), plan([lent])], ["moved", "lent"])

    assert found.sides[0].agreement == (1.0, 0.0)
    assert not found.alike
    said = text_of(beside_page(found, "en"))
    assert "Title C · Unit C Title C · Unit C (→ 2026-09-30)" in said


def test_plans_without_a_move_are_told_as_alike() -> None:
    said = text_of(beside_page(beside([plan(), plan()], ["one", "two"]), "en"))

    assert "All plans send the same people to the same posts" in said
    assert "Workload by unit" not in said


def test_as_many_plans_as_can_be_told_apart_are_drawn() -> None:
    names = [f"plan {number}" for number in range(MOST_PLANS)]
    page = beside_page(beside([plan(RING, loads=[load(1, 3, 1)])] * MOST_PLANS, names), "en")

    assert all(page.count(name) >= 4 for name in names)


def test_what_is_left_out_is_counted() -> None:
    moves = [move(str(n), f"A{n}", f"B{n}") for n in range(MOVES + 2)]
    loads = [load(n, 50.0, float(n)) for n in range(RELIEVED + 3)]
    found = beside([plan(moves, loads=loads), plan()], ["all", "none"])

    said = text_of(beside_page(found, "en"))

    assert "… and 2 more;" in said
    assert "… and 3 more units" in said


def test_names_are_text_and_nothing_more() -> None:
    bad = [move("1", "B", "A", name=HOSTILE)]
    found: Comparison = beside(
        [plan(bad, loads=[load(1, 3, 1, HOSTILE)]), plan()], [HOSTILE, "other"]
    )

    page = beside_page(found, "en")

    assert "<img" not in page
    assert escape(HOSTILE).replace("&quot;", "&#34;") in page
