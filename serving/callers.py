"""Who asks: a token of this installation, a token of a client, or a person's session."""

import hmac
from contextlib import suppress
from typing import Final

from starlette.requests import Request

from mutasi.authority import Principal, Role, grants_of
from mutasi.errors import (
    ClientNotFound,
    RequestForged,
    SessionEnded,
    StoreUnwritable,
    TokenInvalid,
    TokenMissing,
)
from mutasi.settings import Settings
from mutasi.store import accounts, clients, session
from serving.issuers import Issuers
from serving.region import Store

COOKIE: Final = "__Host-mutasi"
"""The prefix makes browsers refuse it unless it is secure, of this host alone, for all paths."""

PROOF: Final = "X-CSRF-Token"

HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing, for which a session needs no proof."""

INSTALLATION: Final = Principal(
    "installation", "installation", grants_of([Role.ANALYST]), frozenset({Role.ANALYST})
)
"""Whoever shows ``MUTASI_API_TOKEN``: one system or a demonstration, as an analyst."""


def caller_of(request: Request, token: str | None) -> Principal:
    """Return who asks.

    A token counts before a cookie: who shows one means it.

    Args:
        request: The request.
        token: The bearer token that it shows.

    Raises:
        TokenMissing: If it shows neither token nor cookie.
        TokenInvalid: If the token is none of ours, or not of an issuer that is believed.
        IssuerUnreachable: If that issuer's keys cannot be fetched.
        SessionEnded: If there is no such session any more.
        RequestForged: If a session's request does not prove where it comes from.
        StoreUnreadable: If it cannot be looked up.
    """
    state = request.app.state
    if token:
        return _by_token(token, state.settings, state.issuers, state.region.store)
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise TokenMissing
    principal = _by_session(cookie, state.region.store, state.clock())
    if request.method not in HARMLESS:
        require_own_page(request, cookie)
    return principal


def proof_of(cookie: str) -> str:
    """Return what a page shows to prove that it could read the answer to the login.

    It follows from the cookie, which no other page can read, so nothing is kept of it.
    """
    return hmac.digest(cookie.encode(), b"csrf", "sha256").hex()


def require_own_page(request: Request, cookie: str) -> None:
    """Refuse what another site made the browser send.

    Raises:
        RequestForged: If the proof is missing or wrong, or the page is of another origin.
    """
    require_own_origin(request)
    shown = request.headers.get(PROOF, "")
    if not hmac.compare_digest(shown.encode(), proof_of(cookie).encode()):
        raise RequestForged


def require_own_origin(request: Request) -> None:
    """Refuse what a page of another origin sent.

    Raises:
        RequestForged: If the browser says that it did.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise RequestForged


def _by_token(token: str, settings: Settings, issuers: Issuers, store: Store) -> Principal:
    own = settings.api_token
    if own is not None and hmac.compare_digest(token.encode(), own.get_secret_value().encode()):
        return INSTALLATION
    shown = issuers.read(token)
    found = clients.named if shown.is_own else clients.known_as
    try:
        with session.reading(store.engine) as work:
            client = found(work, shown.subject)
    except ClientNotFound:
        raise TokenInvalid from None
    if not client.is_active or (client.subject is None) != shown.is_own:
        raise TokenInvalid
    principal = client.principal
    if shown.scopes is None:
        return principal
    return Principal(principal.id, principal.name, principal.within(shown.scopes))


def _by_session(cookie: str, store: Store, moment: int) -> Principal:
    with session.reading(store.engine) as work:
        found = accounts.signed_in(work, cookie, moment)
    if found is None:
        raise SessionEnded
    if found.is_due:  # a session that is good stays so while the store takes no writing
        with suppress(StoreUnwritable), session.unit_of_work(store.engine) as work:
            accounts.seen(work, cookie, moment)
    return found.account.principal
