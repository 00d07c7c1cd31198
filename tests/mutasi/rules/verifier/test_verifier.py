"""The rules say what docs/rules.md says: of every pair, on every day, to the first day without."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings, strategies as st

from mutasi.simulation import SimulationConfig, simulate
from tests.mutasi.rules.verifier import chapters, terms
from tests.mutasi.rules.verifier.adversary import DAYS, Adversary
from tests.mutasi.rules.verifier.calendar import ONE_DAY
from tests.mutasi.rules.verifier.comparison import Comparison, Pairs, Said, documented, parameters
from tests.mutasi.rules.verifier.law import parameter
from tests.records import frames

AROUND = [-ONE_DAY, timedelta(0), ONE_DAY]
SIMULATED_DAYS = [date(2022, 3, 1), date(2024, 2, 29), date(2025, 12, 31), date(2026, 6, 30)]
IMPORT = re.compile(r"(from|import) ")
LATEST = date(2026, 12, 31)


def at_bounds(chance: Random, on: date) -> Comparison:
    return Comparison(frames(**Adversary(chance, on).region()), LATEST)


def test_every_chapter_of_the_document_has_its_reading() -> None:
    assert set(chapters.RULES) == set(documented())


def test_the_reading_shares_no_code_with_what_it_reads_against() -> None:
    others = {"__init__", "adversary", "comparison", "test_verifier"}
    reading = [path for path in Path(__file__).parent.glob("*.py") if path.stem not in others]

    assert len(reading) >= len(chapters.CHAPTERS)
    for path in reading:
        imports = [line.split()[1] for line in path.read_text().splitlines() if IMPORT.match(line)]
        assert not any(name.startswith(("mutasi", "numpy", "pandas")) for name in imports), path


@pytest.mark.slow
def test_rules_and_document_agree_about_regions_at_the_bounds_of_law() -> None:
    judged = 0

    @settings(max_examples=65, phases=[Phase.generate])  # a difference names one pair already
    @given(st.integers(0, 2**32).map(Random), st.sampled_from(DAYS), st.booleans())
    def agree(chance: Random, on: date, is_own_request: bool) -> None:
        nonlocal judged
        region = at_bounds(chance, on)
        for day in (on + shift for shift in AROUND):
            pairs = region.pairs(day)
            judged += len(pairs)
            assert region.differences(day, pairs, is_own_request=is_own_request)[:3] == []

    agree()
    assert judged >= 100_000, judged


@pytest.mark.slow
@pytest.mark.parametrize("is_own_request", [False, True])
def test_rules_and_document_agree_about_the_simulated_region(is_own_request: bool) -> None:
    chance = Random(23)  # noqa: S311  # draws pairs, keeps no secret
    config = SimulationConfig(employees=600, years=5, seed=11, missingness=1.5)
    region = Comparison(simulate(config).frames, LATEST)

    for on in SIMULATED_DAYS:
        pairs = chance.sample(region.pairs(on), 3_000)
        assert region.differences(on, pairs, is_own_request=is_own_request)[:3] == []


Judged = list[tuple[Comparison, date, Pairs, list[set[Said]]]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Return regions at the bounds of law, and what the rules say of them."""
    seeded = [Random(seed) for seed in range(3 * len(DAYS))]  # noqa: S311  # draws no secret
    regions = [(at_bounds(chance, on), on) for chance, on in zip(seeded, 3 * DAYS, strict=True)]
    return [
        (region, on, region.pairs(on), region.by_rules(on, region.pairs(on), is_own_request=True))
        for region, on in regions
    ]


def is_told_apart(judged: Judged) -> bool:
    """Return whether the document, as it is read now, says something else of any pair."""
    return any(
        rules != document
        for region, on, pairs, said in judged
        for rules, document in zip(
            said, region.by_document(on, pairs, is_own_request=True), strict=False
        )
    )


def test_nothing_is_told_apart_where_nothing_was_changed(judged: Judged) -> None:
    assert not is_told_apart(judged)


NO_OTHER_LAW = [
    ("standing.blocking_severity", None, 0),  # nothing is lighter than 1
    *(("experience.standing", rung, 4) for rung in ("I.a", "I.b", "UT")),  # 3 is the highest asked
    *(("grade.highest_of_rung", rung, 18) for rung in ("I.a", "I.b", "UT")),  # there is no 18
    *(("competence.performance_rows", place, row) for place in range(5) for row in (-1, 3)),
    *(("competence.boxes", 2, row) for row in ([3, 6, 1], [6, 1, 3])),  # none is in the pool
]
"""Other numbers that say the same, or nothing at all."""


def other_laws() -> list[tuple[str, Any]]:
    """Return every parameter with one of its numbers one less or one more."""
    return [
        (name, another)
        for name in parameters()
        for place in _places(parameter(name, LATEST))
        for step in (-1, 1)
        for number, another in [_changed(parameter(name, LATEST), place, step)]
        if (name, place, number) not in NO_OTHER_LAW
    ]


def _places(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value
    return range(len(value)) if isinstance(value, list) else [None]


def _changed(value: Any, place: Any, step: int) -> tuple[Any, Any]:
    """Return another number, and the value with it; of a matrix, one row turned."""
    if place is None:
        return value + step, value + step
    number, another = value[place], value.copy()
    another[place] = number[step:] + number[:step] if isinstance(number, list) else number + step
    return another[place], another


@pytest.mark.slow
@pytest.mark.parametrize(("name", "value"), other_laws())
def test_another_bound_is_told_apart(
    judged: Judged, monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    def changed(asked: str, on: date) -> Any:
        return value if asked == name else parameter(asked, on)

    monkeypatch.setattr(terms, "parameter", changed)
    assert is_told_apart(judged)


DATED = [
    ("blackouts", "since"),
    ("blackouts", "until"),
    ("blackouts", "approved_on"),
    ("positions", "closed_on"),
    ("needs", "since"),
    ("employees", "born_on"),
    ("employees", "appointed_on"),
    ("standings", "since"),
    ("grades", "since"),
    ("postings", "started_on"),
    ("postings", "ended_on"),
    ("assessments", "assessed_on"),
    ("potentials", "assessed_on"),
    ("sanctions", "decided_on"),
    ("sanctions", "ended_on"),
    ("circumstances", "since"),
    ("circumstances", "until"),
]
"""Every day on record that a rule compares."""


@pytest.mark.parametrize(("table", "column"), DATED)
@pytest.mark.parametrize("shift", [-ONE_DAY, ONE_DAY])
def test_a_fact_that_is_a_day_off_is_told_apart(
    judged: Judged, monkeypatch: pytest.MonkeyPatch, table: str, column: str, shift: timedelta
) -> None:
    for region, *_ in judged:
        rows = [
            {**row, column: None if row[column] is None else row[column] + shift}
            for row in region.region[table]
        ]
        monkeypatch.setitem(region.region, table, rows)
    assert is_told_apart(judged)
