"""Plans are asked for: the anonymous caller first; every slip has its problem."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from mutasi.store import jobs, session, trail
from pipelines.working import worker
from serving.app import create_app
from serving.errors import PROBLEM
from serving.plans.endpoints import PLAN_JOB
from serving.plans.service import KIND
from tests.serving.conftest import KNOWN, Lines, settings_of
from tests.serving.plans.conftest import NIP, PLANS, ROUTES, asked, cancel_all


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_an_anonymous_caller_is_refused(asking: TestClient, method: str, route: str) -> None:
    answer = TestClient(asking.app).request(method, route)

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_missing"


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_a_caller_with_a_wrong_token_is_refused(
    asking: TestClient, method: str, route: str
) -> None:
    answer = asking.request(method, route, headers={"Authorization": "Bearer another token"})

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_invalid"


def test_what_is_asked_for_is_found_where_the_answer_says(asking: TestClient) -> None:
    answer = asking.post(PLANS, json={"limits": {"moves": 3}})
    found = asking.get(answer.headers["location"])

    assert answer.status_code == 202
    assert found.status_code == 200
    assert answer.headers["retry-after"] == found.headers["retry-after"] == "2"
    assert answer.json() == found.json()
    told = PLAN_JOB.adapter.validate_python(found.json())
    assert (told.state, told.state_name, told.attempts) == ("queued", "menunggu", 0)
    assert (told.plan, told.progress, told.problem, told.certificate_url) == (None,) * 4


def test_the_same_key_and_body_ask_once(asking: TestClient) -> None:
    headers = {"Idempotency-Key": "a-key"}
    first = asked(asking, {"limits": {"moves": 3}}, **headers)

    assert asked(asking, {"limits": {"moves": 3}}, **headers) == first
    assert asked(asking, {"limits": {"moves": 3}, "seconds": 60}, **headers) == first
    assert asked(asking, {"limits": {"moves": 3}}) != first


def test_a_key_with_another_body_is_refused(asking: TestClient) -> None:
    asked(asking, {"seconds": 5}, **{"Idempotency-Key": "used"})
    answer = asking.post(PLANS, json={"seconds": 6}, headers={"Idempotency-Key": "used"})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/key_reused"


def test_who_asked_for_a_plan_and_who_cancelled_it_is_on_the_trail(
    asking: TestClient, settings: Settings
) -> None:
    plan = asked(asking, {})
    asking.post(f"{PLANS}/{plan}/cancel")

    with session.reading(session.engine(settings.database_url)) as work:
        mine = [one for one in trail.entries(work) if one["object"] == plan]
    assert [(one["actor"], one["action"], one["kind"]) for one in mine] == [
        ("installation", "ask", "plan"),
        ("installation", "cancel", "plan"),
    ]


@pytest.mark.parametrize("key", ["", "two words", "k" * 201])
def test_a_key_that_is_none_is_refused(asking: TestClient, key: str) -> None:
    answer = asking.post(PLANS, json={}, headers={"Idempotency-Key": key})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "header.Idempotency-Key"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        pytest.param('{"posts": {"opening": {"P": -1}}}', "posts.opening.P", id="seats below zero"),
        pytest.param('{"weights": {"gain": NaN}}', "weights.gain", id="a weight that is none"),
        pytest.param('{"weights": {"move": Infinity}}', "weights.move", id="a weight without end"),
        pytest.param('{"posts": {"candidates": 0}}', "posts.candidates", id="no candidates"),
        pytest.param('{"limits": {"moves": -1}}', "limits.moves", id="moves below zero"),
        pytest.param('{"limits": {"moves": 1.5}}', "limits.moves", id="half a move"),
        pytest.param('{"limits": {"moves": "many"}}', "limits.moves", id="no number"),
        pytest.param('{"limits": {"staff_share": 2}}', "limits.staff_share", id="above one"),
        pytest.param('{"limits": 5}', "limits", id="no object"),
        pytest.param('{"limits": {"movs": 1}}', "limits.movs", id="a slip of the keyboard"),
        pytest.param('{"seconds": 0.5}', "seconds", id="no time at all"),
        pytest.param('{"seconds": 1e9}', "seconds", id="more than a day"),
        pytest.param('{"as_of": "yesterday"}', "as_of", id="no day"),
        pytest.param('{"floor": [{"unit": "A"}]}', "floor.0.least", id="a floor of nothing"),
        pytest.param('{"floor": [{"least": -1}]}', "floor.0.least", id="a floor below zero"),
        pytest.param('{"keep": [{"person": 1}]}', "keep.0.person", id="a number for a NIP"),
        pytest.param('{"keep": [{"person": "1", "why": 2}]}', "keep.0.why", id="a word more"),
        pytest.param('{"pool": {"units": "A"}}', "pool.units", id="no list"),
        pytest.param('{"outcome": [{"name": "a"}, {"name": "a"}]}', "outcome", id="a name twice"),
        pytest.param('{"outcome": [{"name": "A B"}]}', "outcome.0.name", id="a name that is none"),
        pytest.param('{"place_displaced": "often"}', "place_displaced", id="neither yes nor no"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_in_the_request_is_named(
    asking: TestClient, body: str, where: str, language: str
) -> None:
    answer = asking.post(
        PLANS,
        content=body,
        headers={"Content-Type": "application/json", "Accept-Language": language},
    )
    problem = PROBLEM.validate_python(answer.json())

    assert answer.status_code == 422
    assert problem.type == "/errors/request_invalid"
    assert problem.errors is not None
    assert [wrong.where for wrong in problem.errors] == [f"body.{where}"]
    assert problem.errors[0].detail != render("problem.wrong.other", language)


@pytest.mark.parametrize("body", ["", "{", "[]", "no JSON"])
def test_what_is_no_request_at_all_is_refused(asking: TestClient, body: str) -> None:
    answer = asking.post(PLANS, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/request_invalid"


def test_every_slip_is_named_at_once(asking: TestClient) -> None:
    answer = asking.post(PLANS, json={"seconds": 0, "limits": {"moves": -1}})

    assert {wrong["where"] for wrong in answer.json()["errors"]} == {
        "body.seconds",
        "body.limits.moves",
    }


@pytest.mark.parametrize(
    "pins",
    [
        pytest.param(
            {"must": [{"person": NIP, "post": "P"}], "keep": [{"person": NIP}]}, id="go and stay"
        ),
        pytest.param(
            {"must": [{"person": NIP, "post": "P"}, {"person": NIP, "post": "Q"}]}, id="two posts"
        ),
        pytest.param(
            {
                "must": [{"person": NIP, "post": "P"}],
                "must_not": [{"person": NIP, "post": "P"}],
            },
            id="go and not go",
        ),
        pytest.param({"keep": [{"person": NIP}], "place": [{"person": NIP}]}, id="stay and leave"),
    ],
)
def test_pins_that_contradict_are_refused_at_once(
    asking: TestClient, pins: dict[str, object]
) -> None:
    answer = asking.post(PLANS, json=pins)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/pins_contradict"
    assert NIP in answer.json()["params"]["second"]


def test_who_is_to_be_apart_from_themselves_is_refused_at_once(asking: TestClient) -> None:
    answer = asking.post(PLANS, json={"apart": [{"person": NIP, "other": NIP}]})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/pin_of_one"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"pool": {"people": ["X"]}}, "pool.people.0", id="a person of the pool"),
        pytest.param({"pool": {"units": ["X"]}}, "pool.units.0", id="a unit of the pool"),
        pytest.param({"posts": {"only": ["X"]}}, "posts.only.0", id="a post to fill"),
        pytest.param({"posts": {"opening": {"X": 1}}}, "posts.opening.X", id="a seat that opens"),
        pytest.param({"floor": [{"least": 1, "family": "X"}]}, "floor.0.family", id="a family"),
        pytest.param({"most_moves": [{"most": 1, "unit": "X"}]}, "most_moves.0.unit", id="a unit"),
        pytest.param({"keep": [{"person": "X"}]}, "keep.0.person", id="who is to stay"),
        pytest.param(
            {"preference": [{"person": "X", "unit": "X"}]}, "preference.0.person", id="who wishes"
        ),
    ],
)
def test_what_is_not_on_record_is_refused_at_once_by_its_field(
    asking: TestClient, body: dict[str, object], field: str, language: str
) -> None:
    answer = asking.post(PLANS, json=body, headers={"Accept-Language": language})
    problem = PROBLEM.validate_python(answer.json())

    assert (answer.status_code, problem.type) == (422, "/errors/demand_unknown")
    assert (problem.params["field"], problem.params["value"]) == (field, "X")
    assert field in problem.detail


def test_who_was_not_yet_on_record_on_the_day_is_refused(
    asking: TestClient, moves: list[dict[str, Any]]
) -> None:
    body = {"as_of": "1950-01-01", "keep": [{"person": moves[0]["person"]}]}

    assert asking.post(PLANS, json=body).json()["type"] == "/errors/demand_unknown"


def test_one_caller_has_only_so_many_plans_going_on(asking: TestClient, settings: Settings) -> None:
    cancel_all(asking)
    key = {"Idempotency-Key": "the-first-of-many"}
    first = asked(asking, {"seconds": 7}, **key)
    for _ in range(jobs.MOST_OF_ONE - 1):
        asked(asking, {})

    refused = asking.post(PLANS, json={})
    repeated = asked(asking, {"seconds": 7}, **key)
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        another = jobs.queue(work, KIND, {"plan": {}, "worth": False}, asker="client:other")
    asking.post(f"{PLANS}/{first}/cancel")

    assert refused.status_code == 429
    assert refused.json()["type"] == "/errors/too_many_jobs"
    assert refused.headers["retry-after"] == str(jobs.PATIENCE_SECONDS)
    assert refused.headers["ratelimit"] == f'"jobs";r=0;t={jobs.PATIENCE_SECONDS}'
    assert repeated == first
    assert another.state == "queued"
    assert asked(asking, {})
    cancel_all(asking)


@pytest.fixture(scope="module")
def failures(
    asking: TestClient, settings: Settings, moves: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Requests that no plan can meet, and what has become of them."""
    first, second = moves[0], moves[1]
    pin = {"person": first["person"], "post": first["to"]["post"]}
    unit = asking.get("/v1/vacancies").json()["vacancies"][0]["unit_id"]
    bodies: dict[str, dict[str, Any]] = {
        "conflict": {
            "limits": {"moves": 0},
            "must": [pin],
            "keep": [{"person": second["person"]}],
        },
        "floor": {"floor": [{"least": 100_000, "unit": unit}]},
        "nobody": {
            "pool": {"people": [first["person"]]},
            "limits": {"kilometres": 0},
        },
        "one second": {"seconds": 1, "limits": {"moves": 5}},
    }
    cancel_all(asking)
    ids = {name: asked(asking, body) for name, body in bodies.items()}
    worker.work(settings, drain=True)
    return {name: asking.get(f"{PLANS}/{plan_id}").json() for name, plan_id in ids.items()}


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("conflict", "plan_impossible", 409),
        ("floor", "floor_unreachable", 409),
        ("nobody", "nobody_to_move", 409),
    ],
)
def test_what_no_plan_can_meet_has_failed_with_the_reason(
    failures: dict[str, dict[str, Any]], name: str, kind: str, status: int
) -> None:
    told = failures[name]

    assert (told["state"], told["state_name"]) == ("failed", "gagal")
    assert told["problem"]["type"] == f"/errors/{kind}"
    assert told["problem"]["status"] == status
    assert told["problem"]["detail"]
    assert told["plan"] is None


def test_of_demands_that_conflict_the_fewest_are_named(
    failures: dict[str, dict[str, Any]], moves: list[dict[str, Any]]
) -> None:
    named = failures["conflict"]["problem"]["params"]["demands"]
    pin = f"must(person={moves[0]['person']}, post={moves[0]['to']['post']})"

    assert sorted(named.split(", m")) == sorted(f"most_moves(most=0), {pin}".split(", m"))


def test_a_second_is_time_enough_for_a_plan(failures: dict[str, dict[str, Any]]) -> None:
    told = PLAN_JOB.adapter.validate_python(failures["one second"])

    assert told.state == "done"
    assert told.plan is not None
    assert len(told.plan.moves) <= 5
    assert told.plan.value <= told.plan.bound + 1e-6


def test_nothing_that_is_asked_is_logged(
    asking: TestClient, moves: list[dict[str, Any]], log: Lines
) -> None:
    nip = moves[0]["person"]
    plan_id = asked(asking, {"keep": [{"person": nip}]}, **{"Idempotency-Key": f"of-{nip}"})
    asking.get(f"{PLANS}/{plan_id}")
    asking.post(PLANS, json={"keep": [{"person": NIP}]})

    routes = [line["route"] for line in log.fields("request")]
    assert routes == [PLANS, f"{PLANS}/{{plan_id}}", PLANS]
    logged = str([vars(record) for record in log.records])
    assert nip not in logged
    assert NIP not in logged


def test_a_store_that_went_away_is_told(own_home: Path) -> None:
    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        for file in own_home.glob("mutasi.db*"):
            file.write_bytes(b"spoilt" * 1000)
        answers = [client.post(PLANS, json={}), client.get(PLANS)]

    assert {answer.status_code for answer in answers} == {503}
    assert [answer.json()["type"] for answer in answers] == [
        "/errors/store_unwritable",
        "/errors/store_unreadable",
    ]


def test_of_an_empty_region_no_plan_is_made_and_the_reason_is_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "empty")
    with TestClient(create_app(settings), headers=KNOWN) as client:
        plan_id = asked(client, {})
        worker.work(settings, drain=True)
        told = client.get(f"{PLANS}/{plan_id}").json()

    assert told["problem"]["type"] == "/errors/region_empty"
