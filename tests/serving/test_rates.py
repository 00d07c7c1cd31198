"""How often one may ask: counted by caller, filled again evenly, told in headers."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from mutasi.errors import TooManyRequests
from serving.app import create_app
from serving.rates import (
    LOCKINGS_TOLD,
    SWEPT_EVERY,
    TOKENS,
    TRIES_FROM_A_PLACE,
    TRIES_OF_A_NAME,
    TRIES_OF_A_NAME_FROM_A_PLACE,
    Rates,
)
from serving.security import address_of
from tests.serving.conftest import KNOWN, settings_of
from tests.serving.people import state_of

Wait = Callable[[float], None]


class Clock:
    """Seconds that go forward when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_as_many_calls_as_allowed_pass_at_once_and_one_more_does_not(clock: Clock) -> None:
    rates = Rates(5, clock)

    assert [rates.call("a").left for _ in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(TooManyRequests) as caught:
        rates.call("a")
    assert caught.value.params == {"name": "calls", "seconds": 12, "count": 5, "window": 60}


def test_calls_come_back_evenly(clock: Clock) -> None:
    rates = Rates(5, clock)
    for _ in range(5):
        rates.call("a")

    clock.seconds += 11.9
    with pytest.raises(TooManyRequests):
        rates.call("a")
    clock.seconds += 0.1
    assert rates.call("a").left == 0
    clock.seconds += 60
    assert rates.call("a").left == 4


def test_refused_calls_do_not_make_the_wait_longer(clock: Clock) -> None:
    rates = Rates(1, clock)
    rates.call("a")
    for _ in range(100):
        with pytest.raises(TooManyRequests):
            rates.call("a")

    clock.seconds += 60
    assert rates.call("a").left == 0


def test_one_caller_does_not_use_up_what_is_another_s(clock: Clock) -> None:
    rates = Rates(1, clock)
    rates.call("a")

    assert rates.call("b").left == 0


def test_whoever_tries_a_name_from_one_address_locks_it_for_that_address_alone(
    clock: Clock,
) -> None:
    rates = Rates(1, clock)
    for _ in range(TRIES_OF_A_NAME_FROM_A_PLACE.count):
        rates.try_name("sri", "10.0.0.1")

    with pytest.raises(TooManyRequests):
        rates.try_name("sri", "10.0.0.1")
    rates.try_name("sri", "10.0.0.2")
    rates.try_name("budi", "10.0.0.1")


def test_from_one_address_a_name_is_not_locked_for_others_however_long_it_is_tried(
    clock: Clock,
) -> None:
    rates = Rates(1, clock)
    for _ in range(24 * 60 * 6):  # a day long, every ten seconds
        with suppress(TooManyRequests):
            rates.try_name("sri", "10.0.0.1")
        clock.seconds += 10

    assert not rates.tells_locked("sri")
    rates.try_name("sri", "10.0.0.2")


def test_a_name_is_tried_a_hundred_times_from_wherever(clock: Clock) -> None:
    rates = Rates(1, clock)
    for place in range(TRIES_OF_A_NAME.count):
        rates.try_name("sri", f"10.0.0.{place}")

    with pytest.raises(TooManyRequests):
        rates.try_name("sri", "10.0.1.1")
    rates.try_name("budi", "10.0.1.1")


def test_that_a_name_is_locked_is_told_once_an_hour(clock: Clock) -> None:
    rates = Rates(1, clock)
    for place in range(TRIES_OF_A_NAME.count):
        assert not rates.tells_locked("sri")
        rates.try_name("sri", f"10.0.0.{place}")

    assert [rates.tells_locked("sri") for _ in range(3)] == [True, False, False]
    clock.seconds += LOCKINGS_TOLD.seconds
    assert not rates.tells_locked("sri"), "there are tries again"


@pytest.mark.parametrize(
    ("shown", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_the_addresses_of_one_subscriber_are_counted_as_one(shown: str, counted: str) -> None:
    assert address_of(Request({"type": "http", "client": (shown, 1)})) == counted


def test_an_address_that_failed_often_may_try_nothing_until_later(clock: Clock) -> None:
    rates = Rates(1, clock)
    for _ in range(TRIES_FROM_A_PLACE.count):
        rates.require_place("10.0.0.1")
        rates.fail("10.0.0.1")

    with pytest.raises(TooManyRequests):
        rates.require_place("10.0.0.1")
    rates.require_place("10.0.0.2")
    clock.seconds += 1
    rates.require_place("10.0.0.1")


def test_a_client_fetches_so_many_tokens(clock: Clock) -> None:
    rates = Rates(1, clock)
    for _ in range(TOKENS.count):
        rates.token("simpeg")

    with pytest.raises(TooManyRequests):
        rates.token("simpeg")


def test_who_asked_for_nothing_lately_is_forgotten(clock: Clock) -> None:
    rates = Rates(10, clock)
    for number in range(1000):
        rates.call(str(number))
    clock.seconds += SWEPT_EVERY + 1
    rates.call("late")

    assert list(rates._full_at) == [("calls", "late")]


def test_an_answer_tells_what_is_left_and_when_it_is_over(own_home: Path) -> None:
    settings = settings_of(own_home).model_copy(update={"calls_per_minute": 2})
    with TestClient(create_app(settings), headers=KNOWN) as known:
        first = known.get("/v1/models/current")
        known.get("/v1/models/current")
        third = known.get("/v1/models/current")

        assert first.headers["ratelimit-policy"] == '"calls";q=2;w=60'
        assert first.headers["ratelimit"] == '"calls";r=1;t=30'
        assert third.status_code == 429
        assert third.headers["content-type"] == "application/problem+json"
        assert third.json()["type"] == "/errors/too_many_requests"
        assert int(third.headers["retry-after"]) in range(1, 31)
        assert third.headers["ratelimit"].startswith('"calls";r=0')
        assert known.get("/healthz").status_code == 200


def test_tokens_that_are_guessed_are_told_to_stop(peopled: TestClient, clock: Clock) -> None:
    state = state_of(peopled)
    state.rates = Rates(state.settings.calls_per_minute, clock)
    shown = {"Authorization": "Bearer a.b.c"}
    answers = [
        peopled.get("/v1/models/current", headers=shown).status_code
        for _ in range(TRIES_FROM_A_PLACE.count + 1)
    ]

    assert answers == [401] * TRIES_FROM_A_PLACE.count + [429]
    assert peopled.get("/v1/models/current", headers=KNOWN).status_code == 200
