"""The plan on a map: where units are, and the ways of its moves."""

import re
from collections.abc import Collection
from importlib.resources import files

import pytest

from models.recommender import Recommender
from mutasi.i18n import LANGUAGES, render
from mutasi.planning.optimizer import optimize
from mutasi.planning.request import PlanRequest
from mutasi.simulation.region import Region
from mutasi.snapshot import Snapshot
from pipelines.pages.heat import COLOURS, SHADES
from pipelines.planning.chart import chart
from pipelines.planning.job import Planned
from pipelines.planning.page import plan_page
from pipelines.planning.plots_chart import LABELS, WAYS, drawn
from pipelines.planning.question import question
from pipelines.planning.schema_chart import Chart, Place, Way
from tests.pipelines.conftest import LAST_DAY
from tests.pipelines.planning.test_page import RING, plan, text_of


def place(number: int, latitude: float, longitude: float, relieved: float = 1.0) -> Place:
    return Place(
        unit=f"U{number}",
        name=f"Unit {number}",
        latitude=latitude,
        longitude=longitude,
        needed=10,
        before=5,
        after=6,
        relieved=relieved,
    )


def chart_of(*places: Place, ways: tuple[Way, ...] = ()) -> Chart:
    return Chart(places=places, ways=ways, elsewhere=2, unplaced=3)


def test_every_move_between_units_is_on_a_way(usual: Planned) -> None:
    found, moves = usual.report.chart, usual.report.moves

    assert found is not None
    assert sum(way.moves for way in found.ways) + found.elsewhere == len(moves)
    assert [way.moves for way in found.ways] == sorted(
        (way.moves for way in found.ways), reverse=True
    )
    ends = {
        (found.places[way.origin].name, found.places[way.to].name): way.moves for way in found.ways
    }
    told = [
        (move.origin.unit, move.to.unit)
        for move in moves
        if move.origin and move.origin.unit != move.to.unit
    ]
    assert ends == {each: told.count(each) for each in told}


def test_units_are_where_the_records_say(usual: Planned, recommender: Recommender) -> None:
    found, posts = usual.report.chart, recommender.snapshot.positions

    assert found is not None
    assert found.unplaced == 0
    assert {each.unit for each in found.places} == set(posts["unit_id"])
    first = found.places[0]
    row = posts["unit_id"].tolist().index(first.unit)
    assert (first.latitude, first.longitude) == (posts["latitude"][row], posts["longitude"][row])
    assert first.relieved == max(each.relieved for each in found.places)


def test_units_without_a_place_on_record_are_counted_and_not_drawn(
    usual: Planned, recommender: Recommender, invented: Region
) -> None:
    made = optimize(question(recommender, PlanRequest()).problem)
    units, lost = invented.frames["units"], usual.report.loads[0].unit

    def charted(gone: Collection[str]) -> Chart | None:
        latitude = units["latitude"].mask(units["unit_id"].isin(gone))
        frames = {**invented.frames, "units": units.assign(latitude=latitude)}
        return chart(Snapshot.of(LAST_DAY, frames), made, usual.report.loads)

    one = charted([lost])

    assert one is not None
    assert one.unplaced == 1
    assert lost not in {each.unit for each in one.places}
    assert charted(units["unit_id"]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_is_on_the_page_with_what_it_leaves_out(language: str) -> None:
    places = (place(1, -7.0, 110.0), place(2, -7.2, 110.3, relieved=-1.0))
    found = chart_of(*places, ways=(Way(origin=1, to=0, moves=2),))
    page = plan_page(plan(RING, chart=found), language)

    assert render("plan.page.map.title", language) in page
    assert render("plan.page.map.note", language, ways=1, elsewhere=2, unplaced=3) in text_of(page)
    assert "Unit 1" in page
    assert render("plan.page.map.title", language) not in plan_page(plan(RING), language)


def test_the_map_needs_nothing_else_and_is_the_same_each_time() -> None:
    found = chart_of(place(1, -7.0, 110.0), place(2, -7.2, 110.3))
    drawing = drawn(found, ["A & B", "<b>"])

    assert drawing == drawn(found, ["A & B", "<b>"])
    assert "<b>" not in drawing
    assert not re.search(r"https?:|<script|src=", drawing)
    assert "5 km" in drawing or "10 km" in drawing


def test_a_single_unit_is_a_map_too() -> None:
    assert "<svg" in drawn(chart_of(place(1, -7.0, 110.0)), ["Unit 1"])


def test_names_are_given_as_far_as_there_is_room() -> None:
    crowded = [place(n, -7.0 + n * 1e-5, 110.0) for n in range(50)]
    wide = [place(n, -7.0 - n / 10, 110.0) for n in range(50)]
    worse = [place(n, -7.0 - n / 10, 110.0, relieved=-1.0) for n in range(5)]

    def named(places: list[Place]) -> int:
        labels = [f"name {number}" for number in range(len(places))]
        return drawn(chart_of(*places), labels).count("name ")

    assert named([*crowded, place(99, -8.0, 111.0)]) == 2
    assert 1 < named(wide) <= LABELS
    assert named(worse) == 0


def test_the_ways_of_most_moves_are_drawn() -> None:
    places = [place(n, -7.0 - n / 100, 110.0 + n / 100) for n in range(30)]
    ways = tuple(Way(origin=a, to=b, moves=1) for a in range(30) for b in range(30) if a != b)[
        : WAYS + 50
    ]
    few = drawn(chart_of(*places, ways=ways[:WAYS]), ["x"] * 30)

    assert drawn(chart_of(*places, ways=ways), ["x"] * 30) == few


def test_drawings_have_the_colours_of_tables() -> None:
    css = files("pipelines").joinpath("templates", "heat.css.j2").read_text(encoding="utf-8")

    assert tuple(COLOURS) == SHADES
    for name, colour in COLOURS.items():
        assert f".{name} {{ background: {colour};" in css
