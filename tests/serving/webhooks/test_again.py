"""Requests about webhooks that come again are done once; secrets change, and are kept nowhere."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from mutasi.settings import Settings
from mutasi.webhooks.signature import key_of, secret_of
from tests.serving.webhooks.test_webhooks import BODY, WEBHOOKS, entries, subscribed

AGAIN = {"Idempotency-Key": "once"}


def test_a_webhook_is_subscribed_once_and_its_secret_told_again_but_not_kept(
    simpeg: TestClient, settings: Settings
) -> None:
    first, again = (simpeg.post(WEBHOOKS, json=BODY, headers=AGAIN) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert first.json()["secret"]
    assert len(simpeg.get(WEBHOOKS).json()["webhooks"]) == 1
    assert entries(simpeg) == [("client:simpeg", "add", "webhook")]
    kept = b"".join(file.read_bytes() for file in settings.home.glob("mutasi.db*"))
    assert first.json()["secret"].removeprefix("whsec_").encode() not in kept


def test_a_key_that_comes_with_another_address_is_refused(simpeg: TestClient) -> None:
    simpeg.post(WEBHOOKS, json=BODY, headers=AGAIN)
    other = simpeg.post(WEBHOOKS, json=BODY | {"url": "https://hooks.example.org/b"}, headers=AGAIN)

    assert (other.status_code, other.json()["type"]) == (422, "/errors/key_reused")


@pytest.mark.parametrize(
    ("method", "place", "status", "action"),
    [
        ("POST", "/ping", 202, "ask"),
        ("POST", "/secret", 200, "renew"),
        ("DELETE", "", 204, "delete"),
    ],
)
def test_what_is_done_to_a_webhook_is_done_once_and_on_the_trail_once(
    simpeg: TestClient, method: str, place: str, status: int, action: str
) -> None:
    address = f"{WEBHOOKS}/{subscribed(simpeg)['webhook_id']}{place}"

    first, again = (simpeg.request(method, address, headers=AGAIN) for _ in range(2))

    assert (first.status_code, again.status_code) == (status, status)
    assert first.content == again.content
    assert [entry[1] for entry in entries(simpeg)] == ["add", action]


def test_a_changed_secret_is_told_once_with_how_long_the_former_one_signs(
    simpeg: TestClient, settings: Settings
) -> None:
    made = subscribed(simpeg)
    place = f"{WEBHOOKS}/{made['webhook_id']}"

    changed = simpeg.post(f"{place}/secret").json()

    assert changed["secret"] == secret_of(key_of(settings.webhook_key), made["webhook_id"], 1)
    assert changed["secret"] != made["secret"]
    assert (made["former_until"], changed["secret_number"]) == (None, 1)
    assert changed["former_until"] > changed["made_at"]
    assert simpeg.get(place).json() == changed | {"secret": None}
    assert simpeg.post(f"{place}/secret").json()["secret"] not in (
        made["secret"],
        changed["secret"],
    )


def test_who_may_see_everybody_s_webhooks_sees_whose_and_the_host_and_deletes_them(
    callers: dict[str, TestClient],
) -> None:
    made = subscribed(callers["simpeg"], url="https://hooks.example.org/secret/path?token=1")
    keeper, place = callers["keeper"], f"{WEBHOOKS}/{made['webhook_id']}"
    mine = subscribed(keeper)

    found = keeper.get(WEBHOOKS, params={"everybody": True}).json()["webhooks"]

    shown: dict[str, Any] = {one["webhook_id"]: one for one in found}
    theirs = shown[made["webhook_id"]]
    assert (theirs["owner"], theirs["url"]) == ("client:simpeg", "https://hooks.example.org/")
    assert shown[mine["webhook_id"]]["url"] == BODY["url"]
    assert {one["secret"] for one in found} == {None}
    assert [one["webhook_id"] for one in keeper.get(WEBHOOKS).json()["webhooks"]] == [
        mine["webhook_id"]
    ]
    assert {keeper.post(f"{place}/{act}").status_code for act in ("secret", "ping")} == {404}
    assert keeper.delete(place).status_code == 204
    assert entries(keeper)[-1] == ("client:keeper", "delete", "webhook")
    assert callers["simpeg"].get(WEBHOOKS).json()["webhooks"] == []


def test_everybody_s_webhooks_come_page_by_page(callers: dict[str, TestClient]) -> None:
    made = [subscribed(callers[name])["webhook_id"] for name in ("simpeg", "other", "few")]
    keeper = callers["keeper"]

    first = keeper.get(WEBHOOKS, params={"everybody": True, "limit": 2})
    rest = keeper.get(first.links["next"]["url"])

    told = [one["webhook_id"] for page in (first, rest) for one in page.json()["webhooks"]]
    assert told == made
    wrong = keeper.get(WEBHOOKS, params={"cursor": made[0]})
    assert wrong.json()["type"] == "/errors/cursor_invalid"


def test_who_may_not_see_everybody_s_webhooks_is_refused(callers: dict[str, TestClient]) -> None:
    answer = callers["simpeg"].get(WEBHOOKS, params={"everybody": True})

    assert (answer.status_code, answer.json()["params"]) == (403, {"scope": "webhooks:all"})
