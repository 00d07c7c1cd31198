"""Groups of people: who belongs where, and a wrong done on purpose is found."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from features.sets import PROTECTED, sources
from models.fairness import Concern
from mutasi.simulation import Region
from mutasi.snapshot import Snapshot
from pipelines.evaluation import fairness, groups
from pipelines.evaluation.backtest import backtest, wide_lessons
from pipelines.evaluation.job import evaluate, heads_of
from pipelines.evaluation.page import page
from pipelines.evaluation.pools import pools
from tests.pipelines.conftest import LAST_DAY, silent
from tests.records import snapshot


def region_of_two() -> Snapshot:
    """Return who moved from a remote school to the office, and who is little known."""
    return snapshot(
        LAST_DAY,
        units=[
            {"unit_id": "U1", "function": "education", "is_remote": True},
            {"unit_id": "U2", "function": "finance"},
        ],
        positions=[
            {"position_id": "P1", "unit_id": "U1", "kind": "FUNGSIONAL", "level": 2},
            {"position_id": "P2", "unit_id": "U2", "kind": "STRUKTURAL", "level": 3},
        ],
        employees=[
            {"employee_id": "A", "sex": "F", "kind": "PPPK", "born_on": date(1990, 7, 2)},
            {"employee_id": "B"},
        ],
        postings=[
            {
                "employee_id": "A",
                "position_id": "P1",
                "started_on": date(2015, 1, 1),
                "ended_on": date(2019, 12, 31),
            },
            {"employee_id": "A", "position_id": "P2", "started_on": date(2020, 1, 1)},
            {
                "employee_id": "B",
                "position_id": "P2",
                "started_on": date(2015, 1, 1),
                "assignment": "PLT",
            },
        ],
    )


def asked(days: list[str], who: str = "A") -> tuple[Any, Any]:
    return np.array([who] * len(days), object), np.array(days, "datetime64[D]")


def test_groups_are_those_of_the_day_of_the_decision() -> None:
    who, day = asked(["2020-01-01", "2020-01-02", "2020-07-01", "2020-07-02", "2014-06-01"])

    found = {
        each.name: [each.groups[code] if code >= 0 else None for code in each.code]
        for each in groups.protected(region_of_two(), who, day)
    }

    assert found["sex"] == ["female"] * 5
    assert found["kind"] == ["contract"] * 5
    assert found["age"] == ["under_30", "under_30", "under_30", "from_30", "under_30"]
    assert found["remoteness"] == ["remote", "not_remote", "not_remote", "not_remote", None]


def test_what_is_not_on_record_is_no_group() -> None:
    who, day = asked(["2020-06-01"], who="B")

    found = groups.protected(region_of_two(), who, day)

    assert [each.code.tolist() for each in found] == [[-1]] * 4


def test_moves_are_told_apart_by_step_function_family_and_place() -> None:
    who, day = asked(["2019-06-01", "2021-06-01"])
    where = np.array(["P2", "P1"], object)

    found = {
        each.name: [each.groups[code] for code in each.code]
        for each in groups.moves(region_of_two(), who, where, day)
    }

    assert found == {
        "step": ["up", "down"],
        "function": ["other_function", "other_function"],
        "family": ["structural", "education"],
        "place": ["not_remote", "remote"],
    }


def test_a_ranking_that_disfavours_women_is_found_in_the_audit(invented: Region) -> None:
    known = Snapshot.of(LAST_DAY, invented.frames)
    lessons = wide_lessons(known)
    scored = backtest(lessons, 1)
    drawn = pools(known, heads_of(scored), silent)
    assert drawn is not None
    sex = groups.protected(known, drawn.employee_id, drawn.day)[0]
    unfair = drawn.scores["model"] - 40.0 * (sex.code == sex.groups.index("female"))
    object.__setattr__(drawn, "scores", {**drawn.scores, "model": unfair})

    found = fairness.audited(known, lessons, scored, drawn, draws=60)

    assert found is not None
    women = found.selection[0].groups[0]
    assert women.group == "female"
    assert women.figures["ten"].concern is Concern.SURELY
    assert women.figures["ten_within"].concern is Concern.SURELY
    read = {
        name
        for one in scored.values()
        for fold in one.folds
        for head in (fold.head, fold.proposal)
        if head is not None
        for name in head.columns
    }
    assert len(read) > 20
    assert not [name for name in read if sources(name) & PROTECTED]


def test_too_few_people_to_tell_of_are_not_told_of(
    invented: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.evaluation.job.SUPPRESSION_THRESHOLD", 10**6)

    found = evaluate(Snapshot.of(LAST_DAY, invented.frames), silent, years=1, draws=5)

    assert found.performance is None
    assert found.fairness is None
    assert {"performance_withheld", "acceptance_withheld"} <= {gap.code for gap in found.gaps}
    assert page(found, "en")
