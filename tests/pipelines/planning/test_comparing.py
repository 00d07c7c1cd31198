"""`mutasi plan compare`: plans of one day side by side."""

import json
from pathlib import Path

import pytest

from mutasi.errors import PlansApart, PlanUnreadable
from pipelines.planning.comparing import compared
from pipelines.planning.job import Planned
from pipelines.planning.schema_compare import Comparison
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


def test_three_outcomes_of_interest_are_three_plans(
    ask: Ask, usual: Planned, tmp_path: Path, run: Run
) -> None:
    work = ask(weights={"gain": 0.0}).data.rename(tmp_path / "workload.json")
    near = ask(weights={"per_km": 0.5, "workload": 1.0}).data

    code, told, _ = run(
        *("plan", "compare", str(usual.plan.parent), str(work), str(near), "--json")
    )
    shown = run("plan", "compare", str(usual.plan.parent), str(work), "--lang", "en")[1]

    assert code == 0
    assert len(Comparison.model_validate(json.loads(told)).sides) == 3
    assert "Moves in common with workload.json" in shown


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
