"""The outbox: what is told is written with what it tells of, and sent until it came."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import sqlalchemy as sa

from mutasi import clock
from mutasi.authority import Role, Scope
from mutasi.errors import TooManyWebhooks, WebhookNotFound
from mutasi.store import accounts, clients, jobs, outbox, session, webhooks
from mutasi.store.clock import NOW
from mutasi.store.jobs import State as JobState
from mutasi.store.outbox import KEPT_SECONDS, LEASE_SECONDS, WAITS, Message, State
from mutasi.store.tables import JOBS, WEBHOOK_MESSAGES
from mutasi.store.webhooks import Webhook
from mutasi.webhooks.events import Event as Happening

OWNER = "client:simpeg"
URL = "https://hooks.example.org/a"


def subscribed(store: sa.Engine, *events: str, owner: str = OWNER) -> Webhook:
    with session.unit_of_work(store) as work:
        return webhooks.subscribe(work, owner, URL, events or ("plan.ended",))


def written(store: sa.Engine, webhook: Webhook) -> list[Message]:
    with session.reading(store) as work:
        return outbox.messages(work, webhook.owner, webhook.webhook_id, 100)


def told(store: sa.Engine, event: str = "plan.ended") -> None:
    with session.unit_of_work(store) as work:
        outbox.tell(work, event, {"plan_id": "x", "state": "done"})


def taken(store: sa.Engine) -> Message:
    with session.unit_of_work(store, webhooks.QUEUE) as work:
        found = outbox.take(work)
    assert found is not None
    return found[1]


def passed(store: sa.Engine, seconds: int) -> None:
    """Let time pass for all messages."""
    columns = WEBHOOK_MESSAGES.c
    with session.unit_of_work(store) as work:
        work.execute(
            sa.update(WEBHOOK_MESSAGES).values(
                next_at=columns.next_at - seconds, made_at=columns.made_at - seconds
            )
        )


def test_who_subscribed_to_an_event_is_told_and_nobody_else(store: sa.Engine) -> None:
    one, other = subscribed(store), subscribed(store, "import.ended")
    told(store)

    (message,) = written(store, one)
    said = json.loads(message.content)
    assert (said["type"], said["data"]) == ("plan.ended", {"plan_id": "x", "state": "done"})
    assert said["timestamp"].endswith("Z")
    assert (message.state, message.attempts) == (State.WAITING, 0)
    assert written(store, other) == []


def test_what_is_rolled_back_is_not_told(store: sa.Engine) -> None:
    webhook = subscribed(store)

    with session.unit_of_work(store) as work:
        outbox.tell(work, "plan.ended", {})
        work.rollback()

    assert written(store, webhook) == []


@pytest.mark.parametrize("end", ["done", "failed", "cancelled", "given up"])
def test_the_end_of_a_job_is_told_once_whatever_it_is(store: sa.Engine, end: str) -> None:
    webhook = subscribed(store)
    with session.unit_of_work(store) as work:
        job = jobs.queue(work, "plan", {})
    with session.unit_of_work(store) as work:
        held = jobs.claim(work, "one", ["plan"])
        assert held is not None
        if end == "done":
            jobs.finish(work, held, {"a": b"b"})
        elif end == "failed":
            jobs.fail(work, held, "region_empty", {})
        elif end == "given up":
            work.execute(sa.update(JOBS).values(attempts=jobs.MOST_ATTEMPTS))
            jobs.abandon(work, held)
        else:
            jobs.cancel(work, "plan", job.job_id)
            jobs.cancel(work, "plan", job.job_id)
        assert not jobs.finish(work, held, {"late": b""})

    meant = JobState.FAILED if end == "given up" else end
    (message,) = written(store, webhook)
    assert json.loads(message.content)["data"] == {"plan_id": job.job_id, "state": meant}


def test_a_message_is_taken_by_one_and_by_another_only_once_the_first_is_overdue(
    store: sa.Engine,
) -> None:
    subscribed(store)
    told(store)

    first = taken(store)
    with session.unit_of_work(store, webhooks.QUEUE) as work:
        assert outbox.take(work) is None
        assert not outbox.is_due(work)
    passed(store, LEASE_SECONDS)
    second = taken(store)

    assert (first.message_id, first.content) == (second.message_id, second.content)
    assert (first.attempts, second.attempts) == (1, 2)


def test_of_one_webhook_one_message_is_under_way_and_those_of_others_beside_it(
    store: sa.Engine,
) -> None:
    one, other = subscribed(store), subscribed(store)
    for _ in range(2):
        told(store)
    first, second = taken(store), taken(store)

    with session.unit_of_work(store, webhooks.QUEUE) as work:
        assert outbox.take(work) is None
        assert not outbox.is_due(work)
        outbox.failed(work, first, "webhook_refused", {"status": 500})
        outbox.delivered(work, second, 200)
    later = {taken(store).message_id, taken(store).message_id}

    assert {first.message_id, second.message_id} == {
        written(store, each)[-1].message_id for each in (one, other)
    }
    assert later == {written(store, each)[0].message_id for each in (one, other)}


def test_what_ends_whoever_sends_it_is_given_up_after_as_many_tries(store: sa.Engine) -> None:
    webhook = subscribed(store)
    told(store)
    for number in range(outbox.MOST_TRIES):
        assert taken(store).attempts == number + 1
        passed(store, LEASE_SECONDS)

    with session.unit_of_work(store, webhooks.QUEUE) as work:
        assert outbox.take(work) is None

    (message,) = written(store, webhook)
    assert (message.state, message.attempts) == (State.GIVEN_UP, outbox.MOST_TRIES)
    assert message.problem == {"code": "webhook_unreachable", "params": {"reason": "ended"}}


def test_who_was_overdue_does_not_settle_what_another_has_taken(store: sa.Engine) -> None:
    webhook = subscribed(store)
    told(store)
    late = taken(store)
    passed(store, LEASE_SECONDS)
    taken(store)

    with session.unit_of_work(store) as work:
        outbox.failed(work, late, "webhook_refused", {"status": 500}, for_good=True)

    assert written(store, webhook)[0].state == State.WAITING


def test_what_does_not_come_is_sent_again_ever_later_and_given_up_in_the_end(
    store: sa.Engine,
) -> None:
    webhook = subscribed(store)
    told(store)
    waits, ids = [], set()
    while written(store, webhook)[0].state == State.WAITING:
        message = taken(store)
        ids.add(message.message_id)
        with session.unit_of_work(store) as work:
            now = work.scalar(sa.select(NOW)) or 0
            outbox.failed(work, message, "webhook_refused", {"status": 500})
        after = written(store, webhook)[0]
        if after.next_at is not None:
            waits.append(int(after.next_at.timestamp()) - now)
            passed(store, waits[-1] + 1)

    last = written(store, webhook)[0]
    assert waits == pytest.approx(WAITS, abs=2)
    assert (last.state, last.attempts, last.status) == (State.GIVEN_UP, len(WAITS) + 1, 500)
    assert last.problem == {"code": "webhook_refused", "params": {"status": 500}}
    assert len(ids) == 1


def test_what_came_is_over_and_forgotten_after_a_month(store: sa.Engine) -> None:
    webhook = subscribed(store)
    told(store)
    with session.unit_of_work(store) as work:
        outbox.delivered(work, taken_in(work), 204)
    assert [(one.state, one.status) for one in written(store, webhook)] == [(State.DELIVERED, 204)]

    passed(store, KEPT_SECONDS + 1)
    assert written(store, webhook) == []
    told(store)
    with session.unit_of_work(store) as work:
        outbox.delivered(work, taken_in(work), 200)
        outbox.forget(work)
        assert work.scalars(sa.select(WEBHOOK_MESSAGES.c.status)).all() == [200]

    assert [one.status for one in written(store, webhook)] == [200]


def taken_in(work: session.Work) -> Message:
    found = outbox.take(work)
    assert found is not None
    return found[1]


def test_nobody_sees_or_deletes_the_webhook_of_another(store: sa.Engine) -> None:
    webhook = subscribed(store)
    mine = webhook.webhook_id

    with session.unit_of_work(store) as work:
        assert webhooks.oldest(work, 10, owner="client:other") == []
        for act in (webhooks.webhook, webhooks.delete):
            with pytest.raises(WebhookNotFound):
                act(work, "client:other", mine)
        with pytest.raises(WebhookNotFound):
            outbox.messages(work, "client:other", mine, 10)
        with pytest.raises(WebhookNotFound):
            outbox.ping(work, "client:other", mine, Happening.PING)


def test_one_has_only_so_many(store: sa.Engine) -> None:
    for _ in range(webhooks.MOST_OF_ONE):
        subscribed(store)

    with pytest.raises(TooManyWebhooks):
        subscribed(store)
    subscribed(store, owner="client:other")


def test_a_webhook_that_is_deleted_takes_its_messages_along(store: sa.Engine) -> None:
    webhook = subscribed(store)
    told(store)
    with session.unit_of_work(store) as work:
        webhooks.delete(work, OWNER, webhook.webhook_id)

    with session.reading(store) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(WEBHOOK_MESSAGES)) == 0
        assert not outbox.is_due(work)


def test_a_webhook_that_is_deleted_while_something_is_told_harms_neither(store: sa.Engine) -> None:
    webhook = subscribed(store)
    wrote, waited = Event(), Event()

    def tell() -> None:
        with session.unit_of_work(store, jobs.QUEUE) as work:
            outbox.tell(work, "plan.ended", {"plan_id": "x"})
            wrote.set()
            waited.wait(1)

    def delete() -> None:
        wrote.wait(30)
        with session.unit_of_work(store, webhooks.QUEUE) as work:
            webhooks.delete(work, OWNER, webhook.webhook_id)
        waited.set()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(tell), threads.submit(delete)]:
            done.result()

    with session.reading(store) as work:
        assert work.scalar(sa.select(sa.func.count()).select_from(WEBHOOK_MESSAGES)) == 0


def test_who_may_ask_no_more_is_told_no_more(store: sa.Engine) -> None:
    scopes = [Scope.WEBHOOKS, Scope.PLANS_READ]
    with session.unit_of_work(store) as work:
        clients.add(work, "simpeg", scopes, clock.now())
        clients.add(work, "few", [Scope.WEBHOOKS], clock.now())
        made = accounts.add(work, "sri", "kuda baterai jepit", [Role.ADMINISTRATOR], clock.now())
        person = f"account:{made.account_id}"
    hooks = {
        owner: subscribed(store, owner=owner)
        for owner in (OWNER, "client:few", "client:nobody", "account:nobody", person)
    }

    def may(owner: str) -> bool:
        with session.reading(store) as work:
            return webhooks.may_be_told(work, hooks[owner], "plan.ended")

    assert [owner for owner in hooks if may(owner)] == [OWNER, person]
    with session.unit_of_work(store) as work:
        clients.switch(work, "simpeg", is_active=False)
        accounts.switch(work, "sri", is_active=False)
    assert [owner for owner in hooks if may(owner)] == []
