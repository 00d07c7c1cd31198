"""Passwords are long, kept as a slow hash, and compared in the same time for nobody."""

import pytest
from argon2 import PasswordHasher
from hypothesis import given, strategies as st

from mutasi import passwords
from mutasi.errors import PasswordWeak
from mutasi.passwords import fingerprint, hashed, is_outdated, made_secret, matches

LONG = "kuda baterai jepit benar"


def test_a_password_is_kept_as_argon2id_and_known_again() -> None:
    kept = hashed(LONG, "sri")

    assert kept.startswith("$argon2id$")
    assert LONG not in kept
    assert matches(LONG, kept)
    assert not matches(LONG + ".", kept)


def test_two_people_of_one_password_are_kept_apart() -> None:
    assert hashed(LONG, "sri") != hashed(LONG, "budi")


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("x" * 11, id="eleven characters"),
        pytest.param("x" * 257, id="257 characters"),
        pytest.param("e\u0301" * 200, id="400 characters that stand for 200"),
        pytest.param("my name is SRI, hello", id="holds the name"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordWeak):
        hashed(password, "sri")


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert matches("cafe\u0301 ditutup senin", hashed("caf\u00e9 ditutup senin", "sri"))


def test_nobody_has_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: str) -> bool:
        compared.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)

    assert not matches(LONG, None)
    assert compared[0].startswith("$argon2id$"), "as much work as for somebody"


def test_what_is_no_hash_matches_nothing() -> None:
    assert not matches(LONG, "plain")


def test_a_password_longer_than_any_that_is_kept_costs_nothing() -> None:
    assert not matches("x" * 10**6, hashed(LONG, "sri"))


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(LONG)

    assert is_outdated(weak)
    assert not is_outdated(hashed(LONG, "sri"))


def test_secrets_are_long_and_never_the_same() -> None:
    made = {made_secret() for _ in range(100)}

    assert len(made) == 100
    assert min(map(len, made)) >= 43


@given(st.text(max_size=60))
def test_a_fingerprint_does_not_hold_the_secret(secret: str) -> None:
    try:
        kept = fingerprint(secret)
    except UnicodeEncodeError:
        return

    assert len(kept) == 64
    assert set(kept) <= set("0123456789abcdef")


def test_the_hash_of_nobody_is_made_once() -> None:
    assert passwords._nobody_s() == passwords._nobody_s()
