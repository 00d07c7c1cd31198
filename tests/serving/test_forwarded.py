"""Where a request comes from: the address of its connection, or what a proxy says of it."""

from pathlib import Path

import pytest

from serving.rates import TRIES_OF_A_NAME_FROM_A_PLACE
from tests.serving.running import running

TRIES = TRIES_OF_A_NAME_FROM_A_PLACE.count + 1


def guesses(home: Path) -> list[int]:
    """Guess a password once more than one address may, each time as if from another."""
    with running(home, "--no-worker") as service, service.client() as caller:
        return [
            caller.post(
                "/v1/session",
                json={"name": "sri", "password": f"not the password {number}"},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            ).status_code
            for number in range(TRIES)
        ]


@pytest.mark.parametrize("believed", [None, "", "192.0.2.200"])
def test_who_says_to_come_from_elsewhere_is_locked_all_the_same(
    own_home: Path, believed: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    if believed is not None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", believed)

    assert guesses(own_home) == [401] * (TRIES - 1) + [429]


def test_a_proxy_that_is_believed_says_who_asks(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")

    assert guesses(own_home) == [401] * TRIES
