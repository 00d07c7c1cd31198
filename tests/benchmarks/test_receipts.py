"""The benchmark of receipts measures both ways, on a region too small to be timed."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import receipts

pytestmark = pytest.mark.slow


def test_both_ways_are_measured_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = receipts.measured(tmp_path, None, 200, 3, 1)
    console = Console(record=True, width=120)
    monkeypatch.setattr(receipts, "console", console)
    monkeypatch.setattr(receipts, "measured", lambda *_: lines)

    assert [line.way for line in lines] == [receipts.WITH, receipts.WITHOUT, "what it adds"]
    assert all(line.elapsed.median > 0 for line in lines[:2])
    assert receipts.main([]) == 0
    text = console.export_text()
    assert all(line.way in text for line in lines)
    assert receipts.main(["--json"]) == 0
    assert len(json.loads(console.export_text())) == 3
