"""Passwords and secrets: what is asked of one, and how it is kept (Argon2id, RFC 9106).

What is asked follows NIST SP 800-63B: length alone makes a password strong, rules of
composition do not.
"""

import hashlib
import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mutasi.errors import PasswordWeak

SHORTEST: Final = 12
LONGEST: Final = 256
"""Characters; a longer one would only cost time."""

SECRET_BYTES: Final = 32

_HASHER: Final = PasswordHasher()


def made_secret() -> str:
    """Return a new secret, by chance, that nobody can guess."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret that was made by chance.

    A plain hash (SHA-256): there is nothing to guess in 256 random bits, so slowness
    would protect nothing and cost every request.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def hashed(password: str, name: str) -> str:
    """Return what is kept of a password: a salted hash in the PHC format.

    Args:
        password: The password.
        name: The name of its account, which it may not hold.

    Raises:
        PasswordWeak: If it is too short or too long, or holds the name.
    """
    plain = _same(password)
    is_short, is_long = len(plain) < SHORTEST, max(len(password), len(plain)) > LONGEST
    if is_short or is_long or name.casefold() in plain.casefold():
        raise PasswordWeak(low=SHORTEST, high=LONGEST)
    return _HASHER.hash(plain)


def matches(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that was kept.

    Takes as long where nothing is kept, so that time does not tell whether there is
    an account.
    """
    if len(password) > LONGEST:
        return False
    try:
        _HASHER.verify(kept or _nobody_s(), _same(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Return whether a password is kept by weaker parameters than are used now."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobody_s() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _same(password: str) -> str:
    """Return the password as every keyboard would send it (NFKC)."""
    return unicodedata.normalize("NFKC", password)
