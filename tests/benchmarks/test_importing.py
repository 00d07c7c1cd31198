"""The benchmark of imports measures what it says, on a region too small to be timed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import importing
from tests.benchmarks.importing import Line

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    return importing.measured(tmp_path_factory.mktemp("benchmark"), 200, 1, ["resources"])


@pytest.fixture
def printed(lines: list[Line], monkeypatch: pytest.MonkeyPatch) -> Console:
    """What the command prints goes here; it measures nothing anew."""
    console = Console(record=True, width=120)
    monkeypatch.setattr(importing, "console", console)
    monkeypatch.setattr(importing, "measured", lambda *_: lines)
    return console


def test_every_row_is_taken_and_the_memory_is_that_of_the_import(lines: list[Line]) -> None:
    first, again = lines

    assert first.rows > 2000
    assert first.taken == again.taken >= first.rows
    assert first.worked > 0
    assert 50 < first.megabytes < importing.MOST_MEGABYTES


def test_people_read_a_table(lines: list[Line], printed: Console) -> None:
    importing.main([])

    text = printed.export_text()
    assert all(line.what in text for line in lines)
    assert "met" in text


def test_programs_read_json(lines: list[Line], printed: Console) -> None:
    importing.main(["--json"])

    assert [row["what"] for row in json.loads(printed.export_text())] == [
        line.what for line in lines
    ]


@pytest.mark.parametrize(("is_met", "code"), [(True, 0), (None, 0), (False, 1)])
def test_a_bound_that_is_missed_fails_the_command(
    lines: list[Line],
    printed: Console,
    monkeypatch: pytest.MonkeyPatch,
    is_met: bool | None,
    code: int,
) -> None:
    judged = [replace(line, is_met=is_met) for line in lines]
    monkeypatch.setattr(importing, "measured", lambda *_: judged)

    assert importing.main([]) == code
    assert printed.export_text()


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 2"):
        importing.imported("nothing", tmp_path / "home", tmp_path / "absent", bounded=False)
