"""What people wish is told with who is recommended, changes no ranking and costs one query."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.store import clients, session
from pipelines import receipts
from tests.serving.people import SECURE, bearer, token_of
from tests.serving.proposals.conftest import Cast

LIMIT = 20


@pytest.fixture
def wished(cast: Cast) -> Cast:
    """The employee has applied for the post, and prefers its unit and another place."""
    employee = cast.callers["employee"]
    asked = {"position_id": cast.move.position_id, "reason": "family"}
    assert employee.post("/v1/applications", json=asked).status_code == 201
    wishes = {"units": [cast.move.unit], "places": ["nowhere"], "kinds": kinds(cast)}
    place = f"/v1/employees/{cast.move.nip}/preferences"
    assert employee.put(place, json=wishes, headers={"If-Match": '"0"'}).status_code == 200
    return cast


def kinds(cast: Cast) -> list[str]:
    snapshot = cast.app.state.region.recommender.snapshot
    return [snapshot.positions["position_kind"][snapshot.position_row(cast.move.position_id)]]


def candidates(cast: Cast, caller: TestClient, **query: str) -> dict[str, Any]:
    place = f"/v1/vacancies/{cast.move.position_id}/candidates"
    answer = caller.get(place, params={"limit": LIMIT, **query})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def wishes(ranking: dict[str, Any]) -> dict[str, Any]:
    """Return the wishes of those who have any, by NIP."""
    return {one["employee"]["nip"]: one["wish"] for one in ranking["recommended"] if one["wish"]}


SENTENCES = {
    "id": "Mengajukan permohonan untuk jabatan ini. Menginginkan unit kerja ini, jenis jabatan ini",
    "en": "Has applied for this post. Prefers this unit, this kind of post",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_m5_who_applied_and_who_prefers_the_post_is_told_with_the_candidates(
    wished: Cast, language: str
) -> None:
    told = wishes(candidates(wished, wished.callers["analyst"], lang=language))

    assert told == {
        wished.move.nip: {
            "has_applied": True,
            "preferred": ["units", "kinds"],
            "sentence": SENTENCES[language],
        }
    }


def test_m5_wishes_change_no_ranking_and_the_receipt_comes_out_the_same(cast: Cast) -> None:
    before = candidates(cast, cast.callers["analyst"])
    employee = cast.callers["employee"]
    asked = {"position_id": cast.move.position_id, "reason": "family"}
    employee.post("/v1/applications", json=asked)

    after = candidates(cast, cast.callers["analyst"])

    assert wishes(before) == {}
    assert list(wishes(after)) == [cast.move.nip]
    ranks = [
        [(one["employee"]["nip"], one["rank"], one["utility"]) for one in each["recommended"]]
        for each in (before, after)
    ]
    assert ranks[0] == ranks[1]
    settings = cast.app.state.settings
    assert receipts.verify(settings, after["receipt_id"]).is_identical


def test_an_application_that_is_over_is_a_wish_no_more(wished: Cast) -> None:
    (application,) = wished.callers["employee"].get("/v1/applications").json()["applications"]
    address = f"/v1/applications/{application['application_id']}/withdrawal"
    assert wished.callers["employee"].post(address, json={}).status_code == 200

    (wish,) = wishes(candidates(wished, wished.callers["analyst"])).values()

    assert (wish["has_applied"], wish["preferred"]) == (False, ["units", "kinds"])


def test_an_employee_is_told_of_their_own_wishes(wished: Cast) -> None:
    answer = wished.callers["employee"].get(
        f"/v1/employees/{wished.move.nip}/positions", params={"limit": 200}
    )

    applied = [
        one["position"]["position_id"]
        for one in answer.json()["recommended"]
        if one["wish"] and one["wish"]["has_applied"]
    ]
    assert applied == [wished.move.position_id]


def test_the_unit_that_is_asked_for_does_not_see_who_wishes_to_come(wished: Cast) -> None:
    assert wishes(candidates(wished, wished.callers["receiving"])) == {}
    assert list(wishes(candidates(wished, wished.callers["giving"]))) == [wished.move.nip]


def test_who_may_not_see_applications_is_told_of_no_wishes(wished: Cast) -> None:
    with session.unit_of_work(wished.app.state.region.store.engine) as work:
        made = clients.add(work, "ranker", [Scope.CANDIDATES, Scope.PLACEMENTS], clock.now())
    wished.app.state.clock = clock.now
    caller = TestClient(wished.app, base_url=SECURE)
    caller.headers.update(bearer(token_of(caller, "ranker", str(made))))

    assert wishes(candidates(wished, caller)) == {}


def test_wishes_of_many_rankings_are_one_query(wished: Cast) -> None:
    engine, asked = wished.app.state.region.store.engine, []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "preferences" in statement:
            asked.append(statement)

    question = {"position_id": wished.move.position_id, "limit": LIMIT}
    sa.event.listen(engine, "before_cursor_execute", note)
    answer = wished.callers["analyst"].post(
        "/v1/recommendations", json={"questions": [question] * 3}
    )
    sa.event.remove(engine, "before_cursor_execute", note)

    told = [wishes(each["ranking"]) for each in answer.json()["answers"]]
    assert [list(each) for each in told] == [[wished.move.nip]] * 3
    assert len(asked) == 1
