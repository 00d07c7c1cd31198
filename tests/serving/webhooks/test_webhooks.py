"""Webhooks are subscribed by who may ask, and tell what became of what is waited for."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.store import cases, clients, outbox, session, trail
from mutasi.store.webhooks import MOST_OF_ONE
from mutasi.webhooks.events import Event
from mutasi.webhooks.signature import key_of, secret_of, signed
from serving.app import create_app
from tests.architecture.checkout import ROOT
from tests.serving.people import SECURE, bearer, state_of, token_of

WEBHOOKS = "/v1/webhooks"
BODY = {"url": "https://hooks.example.org/a", "events": ["plan.ended"]}


def subscribed(client: TestClient, **body: object) -> dict[str, Any]:
    answer = client.post(WEBHOOKS, json=BODY | body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def entries(client: TestClient) -> list[tuple[str, str, str]]:
    with session.reading(state_of(client).region.store.engine) as work:
        return [(one["actor"], one["action"], one["kind"]) for one in trail.entries(work)]


def told(client: TestClient, webhook_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{WEBHOOKS}/{webhook_id}/deliveries").json()[
        "deliveries"
    ]
    return found


def test_an_anonymous_caller_is_refused(simpeg: TestClient) -> None:
    assert TestClient(simpeg.app).post(WEBHOOKS, json=BODY).status_code == 401


def test_the_secret_is_told_once_and_lies_in_no_store(
    simpeg: TestClient, settings: Settings
) -> None:
    made = subscribed(simpeg)
    place = f"{WEBHOOKS}/{made['webhook_id']}"

    assert made["secret"] == secret_of(key_of(settings.webhook_key), made["webhook_id"])
    assert simpeg.get(place).json()["secret"] is None
    assert simpeg.get(WEBHOOKS).json()["webhooks"] == [made | {"secret": None}]
    kept = b"".join(file.read_bytes() for file in settings.home.glob("mutasi.db*"))
    assert made["secret"].removeprefix("whsec_").encode() not in kept
    assert made["webhook_id"].encode() in kept


def test_nobody_sees_tries_or_deletes_the_webhook_of_another(
    callers: dict[str, TestClient],
) -> None:
    place = f"{WEBHOOKS}/{subscribed(callers['simpeg'])['webhook_id']}"
    other = callers["other"]

    answers = [
        other.get(place),
        other.delete(place),
        other.post(f"{place}/ping"),
        other.get(f"{place}/deliveries"),
    ]
    assert {answer.json()["type"] for answer in answers} == {"/errors/webhook_not_found"}
    assert other.get(WEBHOOKS).json()["webhooks"] == []


@pytest.mark.parametrize("event", ["import.ended", "proposal.changed", "application.changed"])
def test_who_may_not_ask_about_something_is_not_told_of_it(
    callers: dict[str, TestClient], event: str
) -> None:
    answer = callers["few"].post(WEBHOOKS, json=BODY | {"events": ["plan.ended", event]})

    assert (answer.status_code, answer.json()["type"]) == (403, "/errors/scope_missing")
    assert subscribed(callers["few"])["events"] == ["plan.ended"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://hooks.example.org"}, "webhook_address_unusable"),
        ({"url": "https://u:p@hooks.example.org"}, "webhook_address_unusable"),
        ({"url": "https://169.254.169.254/latest/meta-data"}, "webhook_address_forbidden"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "webhook_address_forbidden"),
        ({"url": "https://localhost\x00.example.org"}, "webhook_address_unusable"),
        ({"events": []}, "request_invalid"),
        ({"events": ["everything"]}, "request_invalid"),
        ({"events": ["webhook.ping"]}, "request_invalid"),
        ({"secret": "mine"}, "request_invalid"),
        ({"url": 5}, "request_invalid"),
    ],
)
def test_what_cannot_be_subscribed_is_refused_at_once(
    simpeg: TestClient, body: dict[str, object], code: str, language: str
) -> None:
    answer = simpeg.post(WEBHOOKS, json=BODY | body, headers={"Accept-Language": language})

    assert (answer.status_code, answer.json()["type"]) == (422, f"/errors/{code}")
    assert answer.headers["content-language"] == language
    assert simpeg.get(WEBHOOKS).json()["webhooks"] == []


def test_one_caller_has_only_so_many(callers: dict[str, TestClient]) -> None:
    for _ in range(MOST_OF_ONE):
        subscribed(callers["simpeg"])
    refused = callers["simpeg"].post(WEBHOOKS, json=BODY)

    assert (refused.status_code, refused.json()["type"]) == (409, "/errors/too_many_webhooks")
    assert subscribed(callers["other"])


def test_a_plan_that_is_cancelled_is_told_with_its_id_alone(simpeg: TestClient) -> None:
    made = subscribed(simpeg)
    plan = simpeg.post("/v1/plans", json={}).json()["plan_id"]
    assert told(simpeg, made["webhook_id"]) == []
    simpeg.post(f"/v1/plans/{plan}/cancel")

    (delivery,) = told(simpeg, made["webhook_id"])
    assert (delivery["event"], delivery["state"], delivery["attempts"]) == (
        "plan.ended",
        "waiting",
        0,
    )
    with session.reading(state_of(simpeg).region.store.engine) as work:
        (message,) = outbox.messages(work, "client:simpeg", made["webhook_id"], 10)
    assert json.loads(message.content)["data"] == {"plan_id": plan, "state": "cancelled"}


def test_an_import_that_is_cancelled_is_told(simpeg: TestClient) -> None:
    made = subscribed(simpeg, events=["import.ended"])
    files = {"file": ("units.csv", b"unit_id,name\n")}
    handed = simpeg.post("/v1/imports", files=files).json()["import_id"]
    simpeg.post(f"/v1/imports/{handed}/cancel")

    assert [one["event"] for one in told(simpeg, made["webhook_id"])] == ["import.ended"]


def test_a_ping_waits_to_be_sent_and_pages_go_on(simpeg: TestClient) -> None:
    made = subscribed(simpeg)
    place = f"{WEBHOOKS}/{made['webhook_id']}"
    pings = [simpeg.post(f"{place}/ping") for _ in range(3)]

    assert {ping.status_code for ping in pings} == {202}
    first = simpeg.get(f"{place}/deliveries", params={"limit": 2})
    rest = simpeg.get(first.links["next"]["url"])
    seen = [one["message_id"] for page in (first, rest) for one in page.json()["deliveries"]]
    assert seen == [ping.json()["message_id"] for ping in reversed(pings)]
    wrong = simpeg.get(f"{place}/deliveries", params={"cursor": "msg_none"})
    assert wrong.json()["type"] == "/errors/cursor_invalid"


@pytest.mark.parametrize(
    ("language", "name"), [("id", "menunggu dikirim"), ("en", "waits to be sent")]
)
def test_why_a_try_failed_is_told_in_words(simpeg: TestClient, language: str, name: str) -> None:
    made = subscribed(simpeg)
    place = f"{WEBHOOKS}/{made['webhook_id']}"
    simpeg.post(f"{place}/ping")
    with session.unit_of_work(state_of(simpeg).region.store.engine) as work:
        taken = outbox.take(work)
        assert taken is not None
        outbox.failed(work, taken[1], "webhook_unreachable", {"reason": "time"})
    (delivery,) = simpeg.get(f"{place}/deliveries", headers={"Accept-Language": language}).json()[
        "deliveries"
    ]

    assert (delivery["state_name"], delivery["attempts"]) == (name, 1)
    assert delivery["problem"]["type"] == "/errors/webhook_unreachable"
    assert {"id": "terlalu lama", "en": "took too long"}[language] in delivery["problem"]["detail"]


def test_what_is_deleted_is_told_no_more_and_who_did_is_on_the_trail(simpeg: TestClient) -> None:
    made = subscribed(simpeg)
    simpeg.post(f"{WEBHOOKS}/{made['webhook_id']}/ping")

    assert simpeg.delete(f"{WEBHOOKS}/{made['webhook_id']}").status_code == 204
    assert simpeg.get(f"{WEBHOOKS}/{made['webhook_id']}").status_code == 404
    assert entries(simpeg)[-3:] == [
        ("client:simpeg", "add", "webhook"),
        ("client:simpeg", "ask", "webhook"),
        ("client:simpeg", "delete", "webhook"),
    ]


def test_every_kind_of_case_has_an_event() -> None:
    told_of = {f"{kind}.changed" for kind in cases.Kind}

    assert told_of <= {event.value for event in Event}


def test_the_function_of_the_documentation_takes_what_is_sent_and_nothing_else() -> None:
    text = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    code = text.partition("```python\n")[2].partition("```")[0]
    place: dict[str, Any] = {}
    exec(compile(code, "webhooks.md", "exec"), place)  # noqa: S102 -- what receivers are shown
    secret, body, now = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"type":"webhook.ping"}', 1000
    headers = signed(secret, "msg_a", now, body)

    assert place["accepted"](secret, headers, body, now)
    assert place["accepted"](secret, headers, body, now + 299)
    assert not place["accepted"](secret, headers, body, now + 301)
    assert not place["accepted"](secret, headers, body, now - 301)
    assert not place["accepted"](secret, headers, body + b" ", now)
    assert not place["accepted"](secret, headers | {"webhook-id": "msg_b"}, body, now)
    rotated = headers | {"webhook-signature": f"v1,AAAA v2,x {headers['webhook-signature']}"}
    assert place["accepted"](secret, rotated, body, now)
    assert not place["accepted"](secret, headers | {"webhook-signature": "v1,AAAA"}, body, now)


def test_this_machine_is_told_only_where_a_setting_allows_it(settings: Settings) -> None:
    body = BODY | {"url": "http://127.0.0.1:8001/hook"}
    open_to_it = settings.model_copy(update={"webhooks_to_loopback": True})

    with TestClient(create_app(open_to_it), base_url=SECURE) as client:
        with session.unit_of_work(state_of(client).region.store.engine) as work:
            secret = str(clients.add(work, "simpeg", list(Scope), clock.now()))
        client.headers.update(bearer(token_of(client, "simpeg", secret)))
        allowed = client.post(WEBHOOKS, json=body)
    with TestClient(create_app(settings), base_url=SECURE) as client:
        client.headers.update(bearer(token_of(client, "simpeg", secret)))
        refused = client.post(WEBHOOKS, json=body)

    assert (allowed.status_code, refused.status_code) == (201, 422)
