"""The benchmark of plans measures what it says, on regions too small to be timed."""

import json

import pytest
from rich.console import Console

from tests.benchmarks import planning

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lines() -> list[planning.Line]:
    return planning.measured(0.02)


def test_every_way_of_a_flow_finds_the_same(lines: list[planning.Line]) -> None:
    for question in {line.question for line in lines if line.question.startswith("assignment")}:
        values = [line.value for line in lines if line.question == question]

        assert len(values) == 3
        assert values == [values[0]] * 3


def test_a_plan_with_all_demands_is_no_worse_than_the_whole_program(
    lines: list[planning.Line],
) -> None:
    plan, early, whole = lines[-3:]

    assert plan.value is not None
    assert early.value is not None
    assert whole.value is not None
    assert plan.value >= max(early.value, whole.value) - 1e-6


def test_it_is_printed_as_a_table_and_as_json(
    lines: list[planning.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(record=True, width=160)
    monkeypatch.setattr(planning, "console", console)
    monkeypatch.setattr(planning, "measured", lambda _: lines)
    planning.main([])
    table = console.export_text()
    planning.main(["--json"])

    assert "bare flow" in table
    assert len(json.loads(console.export_text())) == len(lines)
