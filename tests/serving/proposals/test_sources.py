"""A proposal from a plan, from a recommendation, or from an application (M3, M5)."""

import json

import pytest

from mutasi.planning.request import PlanRequest
from mutasi.results import REPORT_FILE
from mutasi.settings import Settings
from mutasi.store import jobs, session
from mutasi.store.trail import Kind
from pipelines.planning.wishes import with_wishes
from tests.serving.proposals.conftest import Cast

STRANGE = "0" * 24


def planned(cast: Cast, until: str | None = None, *, is_done: bool = True) -> str:
    """Return a plan that moves somebody, or lends them; what a worker writes."""
    move = {
        "person": cast.move.nip,
        "to": {"post": cast.move.position_id, "title": "", "unit": ""},
        "until": until,
    }
    engine = cast.app.state.region.store.engine
    with session.unit_of_work(engine, jobs.QUEUE) as work:
        job = jobs.queue(work, Kind.PLAN, {"plan": {}})
        if is_done:
            held = jobs.claim(work, "worker", [Kind.PLAN])
            assert held is not None
            jobs.finish(work, held, {REPORT_FILE: json.dumps({"moves": [move]}).encode()})
    return job.job_id


def propose(cast: Cast, **source: object) -> tuple[int, str]:
    body = {"nip": cast.move.nip, "position_id": cast.move.position_id, "purpose": "vacancy"}
    answer = cast.post("analyst", "", body | source)
    told = answer.json()
    return answer.status_code, str(told.get("type", told.get("state")))


def test_m3_a_move_of_a_plan_is_proposed(cast: Cast) -> None:
    assert propose(cast, plan_id=planned(cast)) == (201, "proposed")


def test_m18_an_assignment_of_a_plan_is_proposed_until_its_day(cast: Cast) -> None:
    plan = planned(cast, until="2026-08-31")

    assert propose(cast, plan_id=plan) == (409, "/errors/source_other")
    assert propose(cast, plan_id=plan, until="2026-08-31") == (201, "proposed")


def test_a_plan_that_is_not_there_not_done_or_of_others_is_no_source(cast: Cast) -> None:
    others = Cast(cast.app, cast.move, cast.callers)
    plan = planned(others)
    ranked = cast.app.state.region.recommender.candidates(cast.move.position_id, 5)
    another = next(
        one.employee_id for one in ranked.recommended if one.employee_id != cast.move.nip
    )

    assert propose(cast, plan_id=STRANGE) == (404, "/errors/job_not_found")
    assert propose(cast, plan_id=planned(cast, is_done=False)) == (409, "/errors/job_unfinished")
    assert propose(cast, plan_id=plan, nip=another) == (409, "/errors/source_other")


def test_m3_a_recommendation_is_followed_by_its_receipt(cast: Cast) -> None:
    ranked = cast.callers["analyst"].get(
        f"/v1/vacancies/{cast.move.position_id}/candidates", params={"limit": 200}
    )
    receipt = ranked.json()["receipt_id"]

    assert propose(cast, receipt_id=STRANGE) == (404, "/errors/receipt_not_found")
    assert propose(cast, receipt_id=receipt) == (201, "proposed")


def test_a_receipt_that_names_others_is_no_source(cast: Cast) -> None:
    recommender = cast.app.state.region.recommender
    other = next(
        post.position_id
        for post in recommender.vacancies()
        if cast.move.nip
        not in {
            one.employee_id for one in recommender.candidates(post.position_id, 200).recommended
        }
    )
    ranked = cast.callers["analyst"].get(f"/v1/vacancies/{other}/candidates")

    assert propose(cast, receipt_id=ranked.json()["receipt_id"]) == (409, "/errors/source_other")


@pytest.mark.parametrize("worth", [0.0, 3.0])
def test_m5_what_employees_wish_counts_in_a_plan_that_says_what_it_is_worth(
    cast: Cast, worth: float
) -> None:
    employee, nip = cast.callers["employee"], cast.move.nip
    wishes = {"units": [cast.move.unit]}
    told = employee.put(
        f"/v1/employees/{nip}/preferences", json=wishes, headers={"If-Match": '"0"'}
    )
    asked = employee.post(
        "/v1/applications", json={"position_id": cast.move.position_id, "reason": "distance"}
    )
    assert (told.status_code, asked.status_code) == (200, 201)
    settings: Settings = cast.app.state.settings
    snapshot = cast.app.state.region.recommender.snapshot

    found = with_wishes(settings, snapshot, PlanRequest(wishes=worth)).preference

    named = [(each.person, each.unit, each.post, each.worth) for each in found]
    assert named == (
        [(nip, cast.move.unit, None, 3.0), (nip, None, cast.move.position_id, 3.0)] if worth else []
    )


def test_m5_a_wish_for_a_place_is_one_for_the_units_there_and_named_once(cast: Cast) -> None:
    snapshot = cast.app.state.region.recommender.snapshot
    units = snapshot.tables["units"]
    place = units["place"].dropna().iloc[0]
    there = set(units.loc[units["place"] == place, "unit_id"])
    wishes = {"places": [place, "Antah Berantah"], "units": [min(there)]}
    cast.callers["employee"].put(
        f"/v1/employees/{cast.move.nip}/preferences", json=wishes, headers={"If-Match": '"0"'}
    )

    found = with_wishes(cast.app.state.settings, snapshot, PlanRequest(wishes=1.0)).preference

    assert sorted(str(each.unit) for each in found) == sorted(there)
