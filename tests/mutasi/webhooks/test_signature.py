"""Signatures are those of Standard Webhooks, and secrets lie in no store."""

import base64
import hmac
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mutasi.errors import WebhookKeyMissing
from mutasi.webhooks.signature import key_of, made_key, secret_of, signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_example_of_the_specification_is_signed_as_it_says() -> None:
    headers = signed(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_another_id_moment_or_content_has_another_signature() -> None:
    told = [
        signed(SECRET, message, moment, content)["webhook-signature"]
        for message in ("msg_a", "msg_b")
        for moment in (1, 2)
        for content in (b"{}", b"{ }")
    ]

    assert len(set(told)) == 8


def test_a_secret_follows_from_the_key_and_the_webhook(tmp_path: Path) -> None:
    key = made_key(tmp_path / "keys" / "webhooks")

    assert len(base64.b64decode(secret_of(key, "a").removeprefix("whsec_"))) == 32
    assert secret_of(key, "a") == secret_of(key_of(tmp_path / "keys" / "webhooks"), "a")
    assert not hmac.compare_digest(secret_of(key, "a"), secret_of(key, "b"))


def test_those_who_make_the_key_at_once_have_the_same_and_nobody_else_reads_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "keys" / "webhooks"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(made_key, [file] * 16))

    assert len(keys) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_who_sends_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(WebhookKeyMissing):
        key_of(tmp_path / "webhooks")

    assert not list(tmp_path.iterdir())
