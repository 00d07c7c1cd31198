"""Messages come signed, once they are due, and nowhere but where they may."""

import base64
import hmac
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Event as Flag, Semaphore, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from mutasi import clock
from mutasi.authority import Scope
from mutasi.settings import Settings
from mutasi.store import clients, outbox, session, webhooks
from mutasi.store.clock import NOW
from mutasi.store.outbox import Message, State
from mutasi.store.tables import WEBHOOK_MESSAGES, WEBHOOKS
from mutasi.store.webhooks import Webhook
from mutasi.webhooks.addresses import Target
from mutasi.webhooks.signature import made_key, secret_of
from pipelines.webhooks import delivering, sending
from pipelines.webhooks.delivering import deliver_due, keep_delivering
from pipelines.working import worker
from tests.conftest import StoreOf

OWNER = "client:simpeg"


class Receiver:
    """A receiver on this machine, which answers what it is told to.

    Attributes:
        got: Headers and bodies of what came, and where to.
        answers: Statuses of the answers; the last one again and again.
    """

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes, str]] = []
        self.answers = [204]
        self.came = Flag()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.got.append((headers, body, self.path))
                answers = receiver.answers
                self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
                receiver.came.set()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hooks?of=mutasi"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def settings(store_of: StoreOf, tmp_path: Path) -> Settings:
    """Of a home whose one client may be told of plans, on this machine."""
    home = tmp_path / "home"
    home.mkdir()
    made = Settings(home=home, database=store_of(home), webhooks_to_loopback=True)
    with session.unit_of_work(session.engine(made.database_url)) as work:
        clients.add(work, "simpeg", [Scope.WEBHOOKS, Scope.PLANS_READ], clock.now())
    return made


@pytest.fixture
def store(settings: Settings) -> Iterator[sa.Engine]:
    made = session.engine(settings.database_url)
    yield made
    made.dispose()


def subscribed(store: sa.Engine, url: str) -> Webhook:
    with session.unit_of_work(store) as work:
        return webhooks.subscribe(work, OWNER, url, ["plan.ended"])


def told(store: sa.Engine, number: int = 1) -> None:
    with session.unit_of_work(store) as work:
        outbox.tell(work, "plan.ended", {"plan_id": f"plan-{number}", "state": "done"})


def messages(store: sa.Engine, webhook: Webhook) -> list[Message]:
    with session.reading(store) as work:
        return outbox.messages(work, OWNER, webhook.webhook_id, 100)


def due_again(store: sa.Engine) -> None:
    with session.unit_of_work(store) as work:
        work.execute(sa.update(WEBHOOK_MESSAGES).values(next_at=NOW))


def delivered(settings: Settings, store: sa.Engine) -> int:
    return deliver_due(settings, store, lambda: False)


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Check a signature as a receiver does, written apart from what signs."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    covered = b".".join(
        (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
    )
    meant = "v1," + base64.b64encode(hmac.new(key, covered, "sha256").digest()).decode()
    return hmac.compare_digest(meant, headers["webhook-signature"])


def test_a_message_comes_signed_and_holds_ids_alone(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    secret = secret_of(made_key(settings.webhook_key), webhook.webhook_id)
    told(store)

    assert delivered(settings, store) == 1

    ((headers, body, path),) = receiver.got
    assert path == "/hooks?of=mutasi"
    assert headers["content-type"] == "application/json"
    assert abs(int(headers["webhook-timestamp"]) - clock.now()) < 60
    assert verified(secret, headers, body)
    assert not verified(secret, headers, body + b" ")
    assert not verified(secret, headers | {"webhook-timestamp": "1"}, body)
    assert json.loads(body)["data"] == {"plan_id": "plan-1", "state": "done"}
    (message,) = messages(store, webhook)
    assert (message.state, message.status, message.problem) == (State.DELIVERED, 204, None)
    assert message.message_id == headers["webhook-id"]
    assert delivered(settings, store) == 0


def test_what_comes_again_comes_under_the_same_id_with_the_same_content(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    secret = secret_of(made_key(settings.webhook_key), webhook.webhook_id)
    receiver.answers = [503, 200]
    told(store)

    delivered(settings, store)
    (waiting,) = messages(store, webhook)
    due_again(store)
    delivered(settings, store)

    (first, body, _), (second, again, _) = receiver.got
    assert (waiting.state, waiting.status) == (State.WAITING, 503)
    assert waiting.problem == {"code": "webhook_refused", "params": {"status": 503}}
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert verified(secret, second, again)
    assert messages(store, webhook)[0].state == State.DELIVERED


def test_messages_may_come_out_of_order_and_each_has_its_own_id(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    receiver.answers = [500, 200]
    told(store, 1)
    delivered(settings, store)
    told(store, 2)
    delivered(settings, store)
    due_again(store)
    delivered(settings, store)

    came = [json.loads(body)["data"]["plan_id"] for _, body, _ in receiver.got]
    assert came == ["plan-1", "plan-2", "plan-1"]
    assert len({headers["webhook-id"] for headers, _, _ in receiver.got}) == 2


def test_a_receiver_that_is_slow_keeps_no_other_waiting_and_gets_its_own_in_order(
    settings: Settings, store: sa.Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(store, receiver.url + "&slow")
    subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    for number in range(3):
        told(store, number)
    others = Flag()
    came: list[tuple[bool, str]] = []

    def send(target: Target, headers: Any, content: bytes) -> int:
        is_slow = "slow" in target.path
        if is_slow:
            assert others.wait(30), "the others wait for who is slow"
        status = sending.send(target, headers, content)
        came.append((is_slow, json.loads(content)["data"]["plan_id"]))
        if (False, "plan-2") in came:
            others.set()
        return status

    monkeypatch.setattr(delivering, "send", send)

    assert delivered(settings, store) == 6
    in_order = [f"plan-{number}" for number in range(3)]
    assert came == [(False, plan) for plan in in_order] + [(True, plan) for plan in in_order]


def test_messages_are_sent_side_by_side_but_no_more_than_may_be(
    settings: Settings, store: sa.Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "AT_ONCE", 2)
    for number in range(4):
        subscribed(store, f"{receiver.url}&{number}")
    made_key(settings.webhook_key)
    told(store)
    pair, under_way = Barrier(2), Semaphore(2)

    def send(*_: Any) -> int:
        assert under_way.acquire(blocking=False), "a third at once"
        pair.wait(30)
        under_way.release()
        return 200

    monkeypatch.setattr(delivering, "send", send)

    assert delivered(settings, store) == 4
    with session.reading(store) as work:
        states = work.scalars(sa.select(WEBHOOK_MESSAGES.c.state)).all()
    assert states == [State.DELIVERED] * 4


def test_for_a_day_after_a_change_the_former_secret_signs_too(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    key = made_key(settings.webhook_key)
    with session.unit_of_work(store) as work:
        webhooks.change_secret(work, OWNER, webhook.webhook_id)
    told(store, 1)
    delivered(settings, store)
    with session.unit_of_work(store) as work:
        long_ago = NOW - webhooks.OVERLAP_SECONDS - 1
        work.execute(sa.update(WEBHOOKS).values(changed_at=long_ago))
    told(store, 2)
    delivered(settings, store)

    (both, body, _), (new, later, _) = receiver.got
    former, latest = (secret_of(key, webhook.webhook_id, number) for number in range(2))
    signatures = [{**both, "webhook-signature": one} for one in both["webhook-signature"].split()]
    assert [verified(latest, one, body) for one in signatures] == [True, False]
    assert [verified(former, one, body) for one in signatures] == [False, True]
    assert verified(latest, new, later)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 500])
def test_a_redirect_is_not_followed_and_counts_as_refused(
    settings: Settings, store: sa.Engine, receiver: Receiver, status: int
) -> None:
    webhook = subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    receiver.answers = [status]
    told(store)
    delivered(settings, store)

    assert len(receiver.got) == 1
    assert messages(store, webhook)[0].status == status


def test_a_receiver_that_is_gone_is_asked_no_more(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    receiver.answers = [410]
    told(store)
    delivered(settings, store)

    assert messages(store, webhook)[0].state == State.GIVEN_UP


def test_without_the_key_nothing_is_sent_and_the_reason_is_kept(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    told(store)
    delivered(settings, store)

    problem = messages(store, webhook)[0].problem
    assert problem is not None
    assert problem["code"] == "webhook_key_missing"
    assert not receiver.got


def test_a_message_that_nobody_foresaw_keeps_no_other_waiting(
    settings: Settings, store: sa.Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, usual = subscribed(store, receiver.url + "&odd"), subscribed(store, receiver.url)
    made_key(settings.webhook_key)

    def send(target: Target, headers: Any, content: bytes) -> int:
        if "odd" in target.path:
            raise ZeroDivisionError
        return sending.send(target, headers, content)

    monkeypatch.setattr(delivering, "send", send)
    told(store)

    assert delivered(settings, store) == 2
    assert messages(store, usual)[0].state == State.DELIVERED
    assert messages(store, odd)[0].problem == {
        "code": "webhook_unreachable",
        "params": {"reason": "broken"},
    }


def test_who_may_ask_no_more_is_sent_nothing(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    webhook = subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    with session.unit_of_work(store) as work:
        clients.switch(work, "simpeg", is_active=False)
    told(store)
    delivered(settings, store)

    (message,) = messages(store, webhook)
    assert (message.state, message.problem) == (
        State.GIVEN_UP,
        {"code": "webhook_foreign", "params": {}},
    )
    assert not receiver.got


def test_unless_it_is_allowed_nothing_on_this_machine_is_reached(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    url = receiver.url.replace("http://127.0.0.1", "https://localhost")
    webhook = subscribed(store, url)
    made_key(settings.webhook_key)
    told(store)
    delivered(settings.model_copy(update={"webhooks_to_loopback": False}), store)

    problem = messages(store, webhook)[0].problem
    assert problem == {"code": "webhook_address_forbidden", "params": {}}
    assert not receiver.got


def test_a_worker_tells_what_is_due_before_it_ends(
    settings: Settings, store: sa.Engine, receiver: Receiver
) -> None:
    subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    told(store)

    worker.work(settings, drain=True)

    assert [json.loads(body)["type"] for _, body, _ in receiver.got] == ["plan.ended"]


def test_what_becomes_due_is_told_until_it_is_over(
    settings: Settings, store: sa.Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "BEAT_SECONDS", 0.01)
    subscribed(store, receiver.url)
    made_key(settings.webhook_key)
    is_over = Flag()
    beside = Thread(target=keep_delivering, args=(settings, store, is_over))
    beside.start()
    told(store)
    came = receiver.came.wait(30)
    is_over.set()
    beside.join(30)

    assert came
    assert not beside.is_alive()
