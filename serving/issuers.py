"""Tokens of systems (JWT, RFC 7519 and RFC 9068): issued here, or by an issuer elsewhere.

A token only says who asks, and which of their scopes they ask for; what they may ask at
all, the register of clients says each time, so that a client that is switched off is
refused at once.

What a token's header says of keys is not believed: the algorithm must be the key's own,
the key must be one of the issuer's, found by its id among them and never as a file, and
addresses of keys (``jku``, ``x5u``) or keys that come along (``jwk``, ``x5c``) are not
looked at.
"""

import json
import logging
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

import jwt
from jwt import PyJWK, PyJWKClient, PyJWKClientConnectionError, PyJWKClientError
from jwt.algorithms import OKPAlgorithm
from jwt.utils import base64url_decode

from models.signing import PrivateKey
from mutasi.authority import Scope
from mutasi.errors import IssuerUnreachable, TokenInvalid
from mutasi.settings import Settings

LIFETIME: Final = 600
"""Seconds that a token of ours lasts."""

LEEWAY: Final = 30
"""Seconds by which two clocks may differ."""

ROTATED_EVERY: Final = 30 * 24 * 3600
"""Seconds after which another key signs."""

LONGEST: Final = 8192
"""Characters of a token; longer ones are not read."""

OWN_ALGORITHM: Final = "EdDSA"
OWN_TYPE: Final = "at+jwt"
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""What issuers elsewhere may sign by: public keys alone, never a shared secret."""

JWKS_LIFESPAN: Final = 300
JWKS_COOLDOWN: Final = 30
JWKS_TIMEOUT: Final = 5
JWKS_AWAY: Final = 5
"""Seconds in which keys that could not be fetched are not asked for again: while an issuer
is away, each token of its would otherwise keep a thread for the timeout."""

LOG = logging.getLogger("mutasi.access")


@dataclass(frozen=True)
class Shown:
    """What a token says that was found to be true.

    Attributes:
        subject: Who asks.
        scopes: What they ask to be let do; None if the token does not say.
        is_own: Issued here; else elsewhere.
    """

    subject: str
    scopes: frozenset[Scope] | None
    is_own: bool


class Keys:
    """Our own keys: a file each, the newest signs, those before it still check.

    Every process of the service reads the same folder. Taking a file away makes every
    token that it signed void; an empty folder gets a new key.

    Args:
        folder: Where they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, PyJWK] = {}

    def signing(self, moment: int) -> tuple[str, str]:
        """Return the id and the PEM text of the key that signs now.

        A new one is made when the last has served its time; those that can have signed
        nothing that still lasts are taken away.
        """
        ids = self._ids()
        if not ids or _made_at(ids[-1]) + ROTATED_EVERY <= moment:
            for old in ids[:-1]:
                self._file(old).unlink(missing_ok=True)
            ids = [f"{moment:011d}-{secrets.token_hex(4)}"]
            PrivateKey.made().save(self._file(ids[-1]))
        return ids[-1], self._file(ids[-1]).read_text(encoding="ascii")

    def public(self) -> Mapping[str, PyJWK]:
        """Return the keys that check, by id."""
        ids = self._ids()
        known = {kid: self._known.get(kid) or self._loaded(kid) for kid in ids}
        self._known = known
        return known

    def described(self) -> list[dict[str, Any]]:
        """Return the keys that check as JWK (RFC 7517)."""
        return [_jwk(kid, self._file(kid)) for kid in self._ids()]

    def _ids(self) -> list[str]:
        return sorted(file.stem for file in self._folder.glob("*.pem"))

    def _file(self, kid: str) -> Path:
        return self._folder / f"{kid}.pem"

    def _loaded(self, kid: str) -> PyJWK:
        return PyJWK.from_dict(_jwk(kid, self._file(kid)), OWN_ALGORITHM)


class Issuers:
    """Issues tokens, and tells of one that is shown who it is about.

    Args:
        settings: Who we are, and which issuer elsewhere is believed.
    """

    def __init__(self, settings: Settings) -> None:
        self.name = settings.issuer
        self.keys = Keys(settings.token_keys)
        self._elsewhere = str(settings.oidc_issuer).rstrip("/") if settings.oidc_issuer else None
        self._audience = settings.oidc_audience or settings.issuer
        self._fetched = (
            PyJWKClient(
                str(settings.oidc_jwks),
                lifespan=JWKS_LIFESPAN,
                cooldown_duration=JWKS_COOLDOWN,
                timeout=JWKS_TIMEOUT,
            )
            if settings.oidc_jwks
            else None
        )
        self._away_until = 0.0

    def issue(self, client: str, scopes: Iterable[Scope], moment: int) -> str:
        """Return a token for a client, good for :data:`LIFETIME` seconds."""
        kid, key = self.keys.signing(moment)
        claims = {
            "iss": self.name,
            "aud": self.name,
            "sub": client,
            "client_id": client,
            "scope": " ".join(sorted(scopes)),
            "iat": moment,
            "nbf": moment,
            "exp": moment + LIFETIME,
            "jti": secrets.token_hex(16),
        }
        return jwt.encode(claims, key, OWN_ALGORITHM, headers={"kid": kid, "typ": OWN_TYPE})

    def read(self, token: str) -> Shown:
        """Return what a token says.

        Raises:
            TokenInvalid: If it is none, is not of an issuer that is believed, not meant for
                this service, not yet or no longer valid, or was changed.
            IssuerUnreachable: If the issuer's keys cannot be fetched.
        """
        try:
            return self._read(token)
        except PyJWKClientConnectionError:
            raise IssuerUnreachable from None
        except (jwt.PyJWTError, PyJWKClientError, ValueError, RecursionError) as error:
            LOG.info("token refused", extra={"fields": {"reason": type(error).__name__}})
            raise TokenInvalid from None

    def _read(self, token: str) -> Shown:
        header, claims = _unchecked(token)
        kid, issuer = header.get("kid"), claims.get("iss")
        if not isinstance(kid, str) or not isinstance(issuer, str):
            raise jwt.InvalidTokenError("a token names its key and its issuer")
        if issuer == self.name:
            if header.get("typ") != OWN_TYPE or kid not in (known := self.keys.public()):
                raise jwt.InvalidTokenError("no token of ours")
            return _shown(token, known[kid], (OWN_ALGORITHM,), self.name, issuer, is_own=True)
        if self._fetched is None or issuer.rstrip("/") != self._elsewhere:
            raise jwt.InvalidIssuerError("nobody who is believed")
        key = self._key(self._fetched, kid)
        return _shown(token, key, ALGORITHMS, self._audience, issuer, is_own=False)

    def _key(self, fetched: PyJWKClient, kid: str) -> PyJWK:
        """Return a key of the issuer elsewhere.

        Raises:
            PyJWKClientConnectionError: If its keys cannot be fetched, or could not lately.
            PyJWKClientError: If it has no such key.
        """
        if monotonic() < self._away_until:
            raise PyJWKClientConnectionError("lately it could not be reached")
        try:
            return fetched.get_signing_key(kid)
        except PyJWKClientConnectionError:
            self._away_until = monotonic() + JWKS_AWAY
            raise


def _shown(
    token: str,
    key: PyJWK,
    algorithms: tuple[str, ...],
    audience: str,
    issuer: str,
    *,
    is_own: bool,
) -> Shown:
    claims = jwt.decode(
        token,
        key,
        algorithms=list(algorithms),
        audience=audience,
        issuer=issuer,
        leeway=LEEWAY,
        options={
            "require": ["exp", "iat", "iss", "aud", "sub"],
            "enforce_minimum_key_length": True,
        },
    )
    said = claims.get("scope")
    scopes = None if said is None else _scopes(said)
    return Shown(claims["sub"], scopes, is_own)


def _scopes(said: object) -> frozenset[Scope]:
    if not isinstance(said, str):
        raise jwt.InvalidTokenError("scope is a text")
    return frozenset(scope for scope in Scope if scope in said.split())


def _unchecked(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims as they stand, refusing what readers could take differently.

    Raises:
        ValueError: If they are no objects, name something twice, or are too long.
    """
    if len(token) > LONGEST:
        raise ValueError("too long")
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("not of three parts")
    header, claims = (
        json.loads(base64url_decode(part), object_pairs_hook=_once) for part in parts[:2]
    )
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise ValueError("no objects")
    return header, claims


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("named twice")
    return made


def _jwk(kid: str, file: Path) -> dict[str, Any]:
    key = OKPAlgorithm().prepare_key(PrivateKey.load(file).public.text)
    public = json.loads(OKPAlgorithm.to_jwk(key))
    return {**public, "kid": kid, "use": "sig", "alg": OWN_ALGORITHM}


def _made_at(kid: str) -> int:
    return int(kid.partition("-")[0])
