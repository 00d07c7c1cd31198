"""Sessions of people: signed in by a password, in a cookie that no script and no site can use."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi import clock, passwords
from mutasi.passwords import made_secret
from mutasi.store import accounts, session, trail
from serving.callers import COOKIE
from serving.rates import TRIES_OF_A_NAME, TRIES_OF_A_NAME_FROM_A_PLACE
from serving.sessions import endpoints
from tests.serving.conftest import KNOWN, Lines
from tests.serving.people import PASSWORD, SECURE, signed_in, state_of

LOGIN = {"name": "analyst", "password": PASSWORD}


@pytest.fixture
def caller(peopled: TestClient) -> TestClient:
    """A browser of the service that nobody has signed in with."""
    return TestClient(peopled.app, base_url=SECURE)


@pytest.fixture
def later(peopled: TestClient) -> Iterator[dict[str, int]]:
    """How many seconds the service's clock is ahead; set by a test."""
    ahead = {"by": 0}
    state_of(peopled).clock = lambda: clock.now() + ahead["by"]
    yield ahead
    state_of(peopled).clock = clock.now


def test_nobody_is_signed_in_before_they_sign_in(caller: TestClient) -> None:
    assert caller.get("/v1/session").status_code == 401


def test_a_person_signs_in_asks_and_signs_out(caller: TestClient) -> None:
    told = caller.post("/v1/session", json=LOGIN).json()
    assert told["roles"] == ["analyst"]
    assert caller.get("/v1/vacancies").status_code == 200
    assert caller.get("/v1/session").json() == told

    proof = {"X-CSRF-Token": told["csrf_token"]}
    cookie = caller.cookies[COOKIE]
    assert caller.delete("/v1/session", headers=proof).status_code == 204
    assert COOKIE not in caller.cookies
    caller.cookies.set(COOKIE, cookie)
    answer = caller.get("/v1/vacancies")
    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/session_ended"


def test_the_cookie_is_for_this_host_over_tls_and_no_script(caller: TestClient) -> None:
    said = SimpleCookie(caller.post("/v1/session", json=LOGIN).headers["set-cookie"])[COOKIE]

    assert COOKIE.startswith("__Host-")
    assert said["secure"]
    assert said["httponly"]
    assert said["samesite"] == "strict"
    assert said["path"] == "/"
    assert not said["domain"]
    assert len(said.value) >= 43


@pytest.mark.parametrize(
    "login",
    [
        {**LOGIN, "password": PASSWORD + "."},
        {**LOGIN, "name": "nobody"},
        {**LOGIN, "name": "Analyst"},
        {**LOGIN, "name": "analyst\x00"},
        {**LOGIN, "name": "ａnalyst"},
        {**LOGIN, "name": "' OR 1=1 --"},
        {**LOGIN, "password": ""},
    ],
)
def test_whether_name_or_password_is_wrong_is_not_told(
    caller: TestClient, login: dict[str, str]
) -> None:
    answer = caller.post("/v1/session", json=login)

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/login_refused"
    assert "set-cookie" not in answer.headers


def test_a_wrong_password_is_not_repeated_in_the_answer_or_the_log(
    caller: TestClient, log: Lines
) -> None:
    typed = {
        "name": "analyst",
        "password": "something very secret",
        "more": "something very secret",
    }
    answers = [caller.post("/v1/session", json=login) for login in (typed, {**typed, "more": 1})]
    answers.append(caller.post("/v1/session", json={**LOGIN, "password": "something very secret"}))

    assert "very secret" not in str([answer.text for answer in answers])
    assert "very secret" not in str([vars(record) for record in log.records])


def test_an_account_that_is_switched_off_signs_in_no_more(caller: TestClient) -> None:
    engine = state_of(caller).region.store.engine
    before = signed_in(caller.app, "auditor")
    with session.unit_of_work(engine) as work:
        accounts.switch(work, "auditor", is_active=False)

    login = {**LOGIN, "name": "auditor"}
    assert caller.post("/v1/session", json=login).status_code == 401
    assert before.get("/v1/vacancies").status_code == 401

    with session.unit_of_work(engine) as work:
        accounts.switch(work, "auditor", is_active=True)


def test_a_password_that_was_changed_while_it_was_judged_opens_nothing(
    caller: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = state_of(caller).region.store.engine
    with session.reading(engine) as work:
        before = accounts.named(work, "analyst")

    def judged(password: str, kept: str | None) -> bool:
        with session.unit_of_work(engine) as work:
            accounts.change_password(work, "analyst", PASSWORD + " lain")
        return passwords.matches(password, kept)

    monkeypatch.setattr(endpoints, "matches", judged)
    monkeypatch.setattr(endpoints, "is_outdated", lambda _: True)

    answer = caller.post("/v1/session", json=LOGIN)

    assert (answer.status_code, answer.json()["type"]) == (401, "/errors/login_refused")
    with session.unit_of_work(engine) as work:
        now = accounts.named(work, "analyst")
        accounts.keep(work, now, before.password)
    assert passwords.matches(PASSWORD + " lain", now.password)


def test_guessing_a_password_ends_before_the_right_one_is_tried(caller: TestClient) -> None:
    wrong = {**LOGIN, "password": PASSWORD + "."}
    for _ in range(TRIES_OF_A_NAME_FROM_A_PLACE.count):
        assert caller.post("/v1/session", json=wrong).status_code == 401

    answer = caller.post("/v1/session", json=LOGIN)
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == str(answer.json()["params"]["seconds"])
    assert caller.post("/v1/session", json={**LOGIN, "name": "decider"}).status_code == 200


def test_who_tries_a_name_in_vain_does_not_keep_its_owner_from_signing_in(
    caller: TestClient,
) -> None:
    attacker = TestClient(caller.app, base_url=SECURE, client=("203.0.113.9", 1))
    wrong = {**LOGIN, "password": PASSWORD + "."}
    tried = [attacker.post("/v1/session", json=wrong).status_code for _ in range(20)]

    assert tried == [401] * 10 + [429] * 10
    assert caller.post("/v1/session", json=LOGIN).status_code == 200


def test_who_signs_in_and_out_is_on_the_trail(caller: TestClient) -> None:
    engine = state_of(caller).region.store.engine
    before = entries(engine)
    told = caller.post("/v1/session", json=LOGIN).json()
    caller.post("/v1/session", json={**LOGIN, "password": PASSWORD + "."})
    caller.delete("/v1/session", headers={"X-CSRF-Token": told["csrf_token"]})

    with session.reading(engine) as work:
        number = accounts.named(work, "analyst").account_id
    added = entries(engine)[len(before) :]
    assert [(one["actor"], one["action"], one["object"]) for one in added] == [
        (f"account:{number}", "sign_in", number),
        (f"account:{number}", "sign_out", number),
    ]


def test_of_guesses_the_trail_tells_once_that_a_name_is_locked_and_nothing_of_names_unknown(
    caller: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "matches", lambda *_: False)  # takes no time
    engine = state_of(caller).region.store.engine
    before = entries(engine)
    for place in range(TRIES_OF_A_NAME.count // TRIES_OF_A_NAME_FROM_A_PLACE.count + 1):
        attacker = TestClient(caller.app, base_url=SECURE, client=(f"203.0.113.{place}", 1))
        for name in ("analyst", "nobody"):
            for _ in range(TRIES_OF_A_NAME_FROM_A_PLACE.count):
                attacker.post("/v1/session", json={**LOGIN, "name": name})

    assert caller.post("/v1/session", json=LOGIN).status_code == 429
    added = entries(engine)[len(before) :]
    with session.reading(engine) as work:
        number = accounts.named(work, "analyst").account_id
    assert [(one["actor"], one["action"], one["object"]) for one in added] == [
        ("service", "lock", number)
    ]


def entries(engine: session.Engine) -> list[dict[str, Any]]:
    """Return what is on the trail."""
    with session.reading(engine) as work:
        return list(trail.entries(work))


def test_a_session_that_was_planted_beforehand_is_not_the_one_that_begins(
    caller: TestClient,
) -> None:
    planted = made_secret()
    caller.cookies.set(COOKIE, planted)
    caller.post("/v1/session", json=LOGIN)

    attacker = TestClient(caller.app, base_url=SECURE, cookies={COOKIE: planted})
    assert attacker.get("/v1/session").status_code == 401


def test_signing_in_again_begins_another_session_and_ends_the_one_before(
    caller: TestClient,
) -> None:
    caller.post("/v1/session", json=LOGIN)
    first = caller.cookies[COOKIE]
    caller.post("/v1/session", json={**LOGIN, "name": "decider"})

    assert caller.cookies[COOKIE] != first
    assert caller.get("/v1/session").json()["name"] == "decider"
    before = TestClient(caller.app, base_url=SECURE, cookies={COOKIE: first})
    assert before.get("/v1/session").status_code == 401


def test_a_session_ends_when_nobody_uses_it(caller: TestClient, later: dict[str, int]) -> None:
    caller.post("/v1/session", json=LOGIN)
    later["by"] = accounts.IDLE - 60
    assert caller.get("/v1/vacancies").status_code == 200
    later["by"] = 2 * accounts.IDLE - 180
    assert caller.get("/v1/vacancies").status_code == 200
    later["by"] = 3 * accounts.IDLE

    assert caller.get("/v1/vacancies").json()["type"] == "/errors/session_ended"


def test_what_is_no_get_needs_the_proof_of_the_session_s_own_page(caller: TestClient) -> None:
    told = caller.post("/v1/session", json=LOGIN).json()
    other = signed_in(caller.app, "decider")

    for shown in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": other.headers["X-CSRF-Token"]}):
        answer = caller.delete("/v1/session", headers=shown)
        assert answer.status_code == 403
        assert answer.json()["type"] == "/errors/request_forged"
    assert caller.get("/v1/session").status_code == 200
    proof = {"X-CSRF-Token": told["csrf_token"]}
    assert caller.delete("/v1/session", headers=proof).status_code == 204


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://testserver.evil.example", "https://testserver:8443"],
)
def test_another_site_can_neither_sign_in_nor_out(caller: TestClient, origin: str) -> None:
    answer = caller.post("/v1/session", json=LOGIN, headers={"Origin": origin})
    assert answer.json()["type"] == "/errors/request_forged"

    told = caller.post("/v1/session", json=LOGIN, headers={"Origin": SECURE}).json()
    proof = {"X-CSRF-Token": told["csrf_token"], "Origin": origin}
    assert caller.delete("/v1/session", headers=proof).status_code == 403


def test_a_form_of_another_site_cannot_sign_in(caller: TestClient) -> None:
    assert caller.post("/v1/session", data=LOGIN).status_code == 415


def test_a_token_counts_before_a_cookie_and_needs_no_proof(caller: TestClient) -> None:
    caller.post("/v1/session", json=LOGIN)

    assert caller.get("/v1/session", headers=KNOWN).json()["name"] == "installation"
    assert caller.get("/v1/session", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_session_does_not_open_what_the_person_may_not(caller: TestClient) -> None:
    assert signed_in(caller.app, "administrator").get("/v1/vacancies").status_code == 403


def test_who_asked_is_logged_without_their_name(peopled: TestClient, log: Lines) -> None:
    signed_in(peopled.app, "unit-head").get("/v1/vacancies")

    callers = [line["caller"] for line in log.fields("request")]
    assert callers[0] is None
    assert callers[1].startswith("account:")
    assert "unit-head" not in str(log.fields("request"))
