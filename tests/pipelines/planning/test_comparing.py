"""`mutasi plan compare`: plans of one day side by side."""

import json
from pathlib import Path

import pytest

from mutasi.errors import PlansApart, PlanUnreadable
from mutasi.settings import Settings
from mutasi.store import session, trail
from pipelines.planning.comparing import beside, compared
from pipelines.planning.job import Planned
from pipelines.planning.schema_compare import Comparison
from pipelines.planning.wording import models_differ
from tests.pipelines.conftest import Run
from tests.pipelines.planning.conftest import Ask


@pytest.fixture
def fewer(ask: Ask) -> Planned:
    return ask(limits={"moves": 3})


def test_plans_are_told_apart_by_worth_and_by_who_moves(usual: Planned, fewer: Planned) -> None:
    found = compared([usual.plan.parent, fewer.data])
    one, two = found.sides

    assert one.value > two.value
    assert two.moves == 3 < one.moves
    assert one.agreement[0] == two.agreement[1] == 1.0
    assert one.agreement[1] == two.agreement[0] < 1.0
    assert len(found.differences) >= one.moves - two.moves
    assert all(len(set(each.to)) > 1 for each in found.differences)


def test_moves_of_a_plan_are_shared_by_all_by_some_or_by_none(
    usual: Planned, fewer: Planned
) -> None:
    none = usual.report.model_copy(update={"moves": ()})
    two = compared([usual.data, fewer.data])
    three = beside([usual.report, fewer.report, none], ["usual", "fewer", "none"])

    for side in (*two.sides, *three.sides):
        assert side.common + side.partly + side.own == side.moves
    assert two.sides[0].common == two.sides[1].common == len(two.alike) > 0
    assert two.sides[0].partly == 0
    assert three.sides[0].common == 0
    assert three.sides[0].partly == two.sides[0].common
    assert {each.person for each in two.alike} | {each.person for each in two.differences} == {
        move.person for report in (usual.report, fewer.report) for move in report.moves
    }


def test_a_unit_that_one_plan_leaves_alone_is_in_it_as_before(
    usual: Planned, fewer: Planned
) -> None:
    found = compared([usual.data, fewer.data])
    moved = {load.unit: load for load in fewer.report.loads}

    assert {unit.unit for unit in found.units} == {load.unit for load in usual.report.loads} | set(
        moved
    )
    apart = [max(unit.short_after) - min(unit.short_after) for unit in found.units]
    assert apart == sorted(apart, reverse=True)
    for unit in found.units:
        if unit.unit in moved:
            assert unit.after[1] == moved[unit.unit].after
        else:
            assert (unit.after[1], unit.short_after[1]) == (unit.before, unit.short_before)
    left_alone = [unit for unit in found.units if unit.unit not in moved]
    assert left_alone


@pytest.mark.parametrize(
    ("language", "said"), [("id", "skor transparan"), ("en", "the transparent score")]
)
def test_plans_of_different_models_say_so(usual: Planned, language: str, said: str) -> None:
    other = usual.report.model_copy(update={"model": None})

    assert said in models_differ(beside([usual.report, other], ["one", "two"]), language)
    assert not models_differ(beside([other, other], ["one", "two"]), language)


def test_folders_of_one_name_are_told_apart_by_their_paths(usual: Planned, tmp_path: Path) -> None:
    paths = [tmp_path / "one" / "plan", tmp_path / "two" / "plan"]
    for path in paths:
        path.mkdir(parents=True)
        (path / "report.json").write_bytes(usual.data.read_bytes())

    assert [side.name for side in compared(paths).sides] == [str(path) for path in paths]


def test_three_outcomes_of_interest_are_three_plans(
    ask: Ask, usual: Planned, tmp_path: Path, run: Run
) -> None:
    work = ask(weights={"gain": 0.0}).data.rename(tmp_path / "workload.json")
    near = ask(weights={"per_km": 0.5, "workload": 1.0}).data

    three = ("plan", "compare", str(usual.plan.parent), str(work), str(near))
    home = ("--home", str(tmp_path / "home"))

    code, told, _ = run(*home, *three, "--json")
    shown = run(*home, *three[:4], "--lang", "en")[1]

    assert code == 0
    assert len(Comparison.model_validate(json.loads(told)).sides) == 3
    with session.reading(session.engine(Settings(home=tmp_path / "home").database_url)) as stored:
        read = [entry for entry in trail.entries(stored) if entry["action"] == "read"]
    assert [(entry["kind"], entry["object"]) for entry in read[:3]] == [
        ("plan", usual.plan.parent.name),
        ("plan", "workload.json"),
        ("plan", near.parent.name),
    ]
    assert "Moves in common with workload.json" in shown
    pages = tmp_path / "home" / "plans"
    assert '<html lang="id">' in (pages / "compared.id.html").read_text(encoding="utf-8")
    assert "compared.en.html" in "".join(shown.split())
    assert "workload.json" in (pages / "compared.en.html").read_text(encoding="utf-8")


def test_no_more_plans_are_compared_than_can_be_told_apart(usual: Planned, run: Run) -> None:
    assert run("plan", "compare", *[str(usual.data)] * 7)[0] == 2


def test_plans_of_different_days_are_not_compared(usual: Planned, tmp_path: Path) -> None:
    told = json.loads(usual.data.read_text(encoding="utf-8"))
    other = tmp_path / "other.json"
    other.write_text(json.dumps(told | {"as_of": "2020-01-01"}), encoding="utf-8")

    with pytest.raises(PlansApart):
        compared([usual.data, other])


def test_what_is_no_report_is_refused(usual: Planned, tmp_path: Path, run: Run) -> None:
    with pytest.raises(PlanUnreadable):
        compared([usual.data, tmp_path])

    assert run("plan", "compare", str(usual.data))[0] == 2
