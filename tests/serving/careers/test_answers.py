"""Careers over HTTP: a profile at once, what lacks for a target, and what comes next."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from features import prepare
from models.fairness import SUPPRESSION_THRESHOLD
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import COMPETENCIES
from serving.careers.endpoints import STEPS, TARGET, TIMELINE
from tests.serving.people import state_of

ROUTES = ("timeline", "competence?position={vacancy}", "next")


@pytest.fixture(scope="module")
def snapshot(served: TestClient) -> Snapshot:
    found: Snapshot = state_of(served).region.recommender.snapshot
    return found


@pytest.fixture(scope="module")
def climber(snapshot: Snapshot) -> str:
    """Somebody in service whose title others have left for another one."""
    prepared = prepare(snapshot)
    left = prepared.pairs(
        ["moves_out_of_my_title"], np.arange(len(snapshot.employees["position"])), 0
    )
    row = int(np.argmax(np.where(snapshot.employees["position"] >= 0, left[:, 0], -1)))
    return str(snapshot.employees["employee_id"][row])


@pytest.mark.parametrize("route", ROUTES)
def test_an_anonymous_caller_is_refused(
    served: TestClient, nip: str, vacancy: str, route: str
) -> None:
    answer = served.get(f"/v1/employees/{nip}/{route.format(vacancy=vacancy)}")

    assert answer.status_code == 401


@pytest.mark.parametrize("route", ROUTES)
def test_somebody_who_is_none_is_not_found(known: TestClient, vacancy: str, route: str) -> None:
    answer = known.get(f"/v1/employees/0/{route.format(vacancy=vacancy)}")

    assert (answer.status_code, answer.json()["type"]) == (404, "/errors/employee_not_found")


def test_m20_m21_a_career_is_told_as_it_is_on_record(
    known: TestClient, snapshot: Snapshot, climber: str
) -> None:
    found = known.get(f"/v1/employees/{climber}/timeline").json()
    row = snapshot.employee_row(climber)
    mine = {
        name: frame[frame["employee"] == row]
        for name, frame in snapshot.tables.items()
        if "employee" in frame
    }

    TIMELINE.adapter.validate_python(found)
    assert found["employee"]["nip"] == climber
    for told, table, day in (
        ("posts", "postings", "started_on"),
        ("grades", "grades", "since"),
        ("educations", "educations", "graduated_on"),
        ("trainings", "trainings", "completed_on"),
    ):
        days = [one[day] for one in found[told]]
        assert days == sorted(days, reverse=True), told
        assert sorted(days) == sorted(str(one.date()) for one in mine[table][day]), told
    assert [one["year"] for one in found["ratings"]] == sorted(
        mine["appraisals"]["year"].astype(int), reverse=True
    )
    present = found["posts"][0]
    assert present["ended_on"] is None
    assert present["position_id"] == snapshot.present("position_id")[row]
    assert found["ratings"][0]["predicate_name"]


@pytest.mark.parametrize(("language", "word"), [("id", "baik"), ("en", "good")])
def test_a_career_is_told_in_the_caller_s_language(
    known: TestClient, snapshot: Snapshot, climber: str, language: str, word: str
) -> None:
    found = known.get(f"/v1/employees/{climber}/timeline", params={"lang": language}).json()

    assert word in {one["predicate_name"] for one in found["ratings"]}
    assert snapshot.as_of.isoformat() == found["as_of"]


def test_m23_competence_against_a_position_is_what_is_held_and_what_is_demanded(
    known: TestClient, snapshot: Snapshot, nip: str, vacancy: str
) -> None:
    found = known.get(f"/v1/employees/{nip}/competence", params={"position": vacancy}).json()
    row, post = snapshot.employee_row(nip), snapshot.position_row(vacancy)

    TARGET.adapter.validate_python(found)
    competence = found["competence"]
    assert competence["position"]["position_id"] == vacancy
    assert competence["is_eligible"]
    gaps = {one["competency"]: one for one in competence["gaps"]}
    for name in COMPETENCIES:
        held, asked = (
            snapshot.employees[f"held_{name}"][row],
            snapshot.positions[f"required_{name}"][post],
        )
        told = gaps.get(name, {"held": None, "required": None, "gap": None})
        assert told["held"] == (None if np.isnan(held) else held)
        assert told["required"] == (None if np.isnan(asked) else asked)
        assert told["gap"] == (None if np.isnan(held - asked) else held - asked)
    known_gaps = [one["gap"] for one in competence["gaps"] if one["gap"] is not None]
    assert known_gaps == sorted(known_gaps), "the widest first"


def test_competence_agrees_with_the_examination(known: TestClient, nip: str, vacancy: str) -> None:
    competence = known.get(f"/v1/employees/{nip}/competence", params={"position": vacancy}).json()
    examined = known.get(f"/v1/employees/{nip}/positions/{vacancy}").json()

    for name in ("findings", "is_eligible", "eligible_on"):
        assert competence["competence"][name] == examined[name]


def test_a_target_that_is_none_is_not_found_and_one_must_be_named(
    known: TestClient, nip: str
) -> None:
    missing = known.get(f"/v1/employees/{nip}/competence", params={"position": "nowhere"})
    unnamed = known.get(f"/v1/employees/{nip}/competence")

    assert missing.json()["type"] == "/errors/position_not_found"
    assert unnamed.status_code == 422
    assert unnamed.json()["errors"][0]["where"] == "query.position"


def steps_of_others(snapshot: Snapshot, title: str) -> Counter[str]:
    """Return where people went from a title, counted by hand from their stays."""
    posts = snapshot.tables["postings"]
    posts = posts[posts["assignment"] == "D"].sort_values(["employee", "started_on"])
    titles = snapshot.positions["title"][posts["position"].to_numpy()]
    people = posts["employee"].to_numpy()
    return Counter(
        after
        for before, after, one, other in zip(titles, titles[1:], people, people[1:], strict=False)
        if one == other and before == title
    )


def test_m23_what_comes_next_is_where_people_with_the_same_title_went(
    known: TestClient, snapshot: Snapshot, climber: str
) -> None:
    found = known.get(f"/v1/employees/{climber}/next", params={"limit": 200}).json()
    title = snapshot.present("title")[snapshot.employee_row(climber)]
    went = steps_of_others(snapshot, title)

    STEPS.adapter.validate_python(found)
    assert found["present_title"] == title
    assert found["moves"] == went.total()
    assert found["steps"]
    told = [one["competence"]["position"]["title"] for one in found["steps"]]
    assert len(told) == len(set(told))
    assert title not in told
    assert set(told) <= set(went)
    counts = [went[name] for name in told]
    assert counts == sorted(counts, reverse=True)
    for step, count in zip(found["steps"], counts, strict=True):
        assert step["moves"] == (count if count >= SUPPRESSION_THRESHOLD else None)


def test_m23_the_nearest_post_of_a_title_comes_with_what_is_missing_for_it(
    known: TestClient, climber: str
) -> None:
    step: dict[str, Any] = known.get(f"/v1/employees/{climber}/next").json()["steps"][0]
    post = step["competence"]["position"]["position_id"]

    target = known.get(f"/v1/employees/{climber}/competence", params={"position": post}).json()

    assert step["competence"] == target["competence"]


@pytest.mark.parametrize("limit", [0, 201])
def test_a_limit_out_of_range_tells_the_range(known: TestClient, nip: str, limit: int) -> None:
    answer = known.get(f"/v1/employees/{nip}/next", params={"limit": limit})

    assert answer.json()["type"] == "/errors/limit_out_of_range"


def test_who_holds_no_post_has_nothing_to_be_judged_from(
    known: TestClient, snapshot: Snapshot
) -> None:
    posts = snapshot.tables["postings"]
    served = set(posts["employee"])
    without = np.flatnonzero(snapshot.employees["position"] < 0)
    row = next(each for each in without if each in served)

    found = known.get(f"/v1/employees/{snapshot.employees['employee_id'][row]}/next").json()

    assert found["present_title"] is None
