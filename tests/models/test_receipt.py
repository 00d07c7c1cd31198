"""What is kept of an answer is enough to compute it again, and to say what is another now."""

import json
from datetime import date
from importlib import import_module
from typing import Any

import pytest

from models import receipt
from models.artifact import Artifact
from models.receipt import (
    Content,
    WhereTo,
    Whether,
    WhoFor,
    content_of,
    differences,
    grounds_of,
    read,
)
from models.recommender import Recommender
from mutasi import rules
from mutasi.authority import Reach
from mutasi.fingerprint import are_by_rows, fingerprints
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.records import snapshot

QUESTIONS = (
    WhoFor("nurse", 10),
    WhoFor("nurse", 1, Reach(units=frozenset({"U1", "U2"}), people=frozenset({"B"}))),
    WhereTo("B", 5, is_own_request=True),
    Whether("A", "clerk"),
)


def open_to_some() -> dict[str, list[dict[str, Any]]]:
    """Return records in which B may become a nurse, and A not."""
    made = records()
    for row in made["positions"]:
        row |= {"fields": None, "minimum_education": None, "lowest_grade": None}
    return made


@pytest.fixture
def ready(model: Artifact) -> Recommender:
    return Recommender(snapshot(DAY, **open_to_some()), model)


def told(recommender: Recommender, question: Any) -> Content:
    return content_of(question, grounds_of(recommender), question.ask(recommender))


@pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda one: f"{one.kind} {getattr(one, 'limit', '')}"
)
def test_what_is_kept_is_read_as_it_was_and_computed_again_is_the_same(
    ready: Recommender, question: Any
) -> None:
    kept = told(ready, question)

    assert read(kept.text).text == kept.text
    assert read(kept.text).question == question
    assert differences(read(kept.text), told(ready, question)) == []


def test_no_name_is_kept(model: Artifact) -> None:
    made = open_to_some()
    made["employees"] = [row | {"name": "Somebody"} for row in made["employees"]]
    recommender = Recommender(snapshot(DAY, **made), model)

    assert recommender.candidates("nurse").recommended[0].employee_name == "Somebody"
    assert "Somebody" not in told(recommender, WhoFor("nurse", 10)).text


def test_the_people_are_those_of_whom_the_answer_tells(ready: Recommender) -> None:
    ranking = ready.candidates("nurse")
    shown = [one.employee_id for one in ranking.recommended]
    shown += [one.employee_id for one in ranking.excluded]

    assert told(ready, WhoFor("nurse", 10)).people == shown
    assert told(ready, WhereTo("C", 5)).people == ["C"]
    assert told(ready, Whether("A", "clerk")).people == ["A"]


@pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda one: f"{one.kind} {getattr(one, 'limit', '')}"
)
def test_what_was_kept_before_is_marked_as_what_is_kept_now(
    ready: Recommender, question: Any
) -> None:
    migration = import_module("mutasi.store.migrations.versions.0011_receipts_found_and_pruned")
    kept = told(ready, question)

    assert set(migration._marks(json.loads(kept.text))) == set(kept.marks)


def test_a_receipt_is_found_by_the_positions_of_which_it_tells_and_by_its_model(
    ready: Recommender, model: Artifact
) -> None:
    version = f"model:{model.manifest.version}"
    posts = {one.position_id for one in ready.positions("B").recommended}

    assert told(ready, WhoFor("nurse", 10)).marks == ["position:nurse", version]
    assert told(ready, Whether("A", "clerk")).marks == ["position:clerk", version]
    assert posts
    assert {f"position:{post}" for post in posts} <= set(told(ready, WhereTo("B", 5)).marks)


def test_records_that_are_others_now_are_named_by_their_table(
    ready: Recommender, model: Artifact
) -> None:
    made = open_to_some()
    made["appraisals"][0] = made["appraisals"][0] | {"score": 1.0}
    other = Recommender(snapshot(DAY, **made), model)

    found = differences(told(ready, WhoFor("nurse", 10)), told(other, WhoFor("nurse", 10)))

    assert "records.appraisals" in {one.place for one in found}
    assert {one.place for one in found if one.place.startswith("records")} == {"records.appraisals"}


def test_an_answer_that_is_another_now_is_named_place_by_place(ready: Recommender) -> None:
    kept = told(ready, WhoFor("nurse", 10))
    now = told(ready, WhoFor("nurse", 10))
    now.answer["recommended"][0]["rank"] = 7
    now.answer["excluded"] = []

    found = {one.place: (one.then, one.now) for one in differences(kept, now)}

    assert found["answer.recommended.0.rank"] == (1, 7)
    assert found["answer.excluded"][1] == []
    assert set(found) == {"answer.recommended.0.rank", "answer.excluded"}


def test_another_model_and_other_rules_are_named(
    ready: Recommender, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = told(ready, WhoFor("nurse", 10))
    monkeypatch.setattr(rules, "version", lambda: "another")
    bare = told(Recommender(ready.snapshot), WhoFor("nurse", 10))

    places = {one.place for one in differences(kept, bare)}

    assert {"rules", "answer.basis"} <= places
    assert bare.grounds.model is None


def test_a_fingerprint_follows_what_a_table_says_and_nothing_else(region: Snapshot) -> None:
    before = fingerprints(region)
    again = fingerprints(snapshot(DAY, **records()))
    made = records()
    made["grades"] = list(reversed(made["grades"]))
    made["educations"][0] = made["educations"][0] | {"name": "another name"}
    after = fingerprints(snapshot(DAY, **made))

    assert before == again
    assert {name for name in before if before[name] != after[name]} <= {"grades", "educations"}
    assert before["educations"] != after["educations"]


@pytest.mark.parametrize("by_rows", [False, True])
def test_who_is_added_changes_the_tables_that_tell_of_them_and_no_other(*, by_rows: bool) -> None:
    made = records()
    made["employees"] = [{**made["employees"][0], "employee_id": "0"}, *made["employees"]]
    before = fingerprints(snapshot(DAY, **records()), by_rows=by_rows)
    after = fingerprints(snapshot(DAY, **made), by_rows=by_rows)

    changed = {name for name in before if before[name] != after[name]}
    assert (changed == {"employees"}) is not by_rows, "earlier versions told more"
    assert are_by_rows(before) is by_rows


def test_a_reference_to_another_changes_the_table_that_holds_it(region: Snapshot) -> None:
    before = fingerprints(region)
    made = records()
    first, second = made["employees"][:2]
    made["grades"][0] = made["grades"][0] | {
        "employee_id": next(
            one["employee_id"]
            for one in (first, second)
            if one["employee_id"] != made["grades"][0]["employee_id"]
        )
    }
    after = fingerprints(snapshot(DAY, **made))

    assert {name for name in before if before[name] != after[name]} == {"grades"}


def test_a_finding_and_a_reason_are_read_as_they_were_told(ready: Recommender) -> None:
    ranking = ready.candidates("nurse")
    kept = read(told(ready, WhoFor("nurse", 10)).text).answer
    first, blocked = ranking.recommended[0], ranking.excluded[0]

    findings = receipt.findings_of(kept["excluded"][0]["findings"])
    reasons = receipt.reasons_of(kept["recommended"][0]["reasons"])

    assert [(one.rule, one.severity, one.clears_on) for one in findings] == [
        (one.rule, one.severity, one.clears_on) for one in blocked.findings
    ]
    assert [(one.aspect, one.concept) for one in reasons] == [
        (one.aspect, one.concept) for one in first.reasons
    ]
    assert all(isinstance(one.clears_on, date | None) for one in findings)
