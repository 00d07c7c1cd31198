"""Routes by which people sign in and out."""

from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import Depends, Request, Response

from mutasi.authority import PERSON, Principal
from mutasi.errors import AccountNotFound, LoginRefused, StoreUnwritable
from mutasi.passwords import hashed, is_outdated, matches
from mutasi.store import accounts, session, trail
from mutasi.store.accounts import Account
from mutasi.store.clients import NAME
from mutasi.store.trail import Action, Deed, Kind
from serving.areas import Area
from serving.callers import COOKIE, proof_of, require_own_origin
from serving.dependencies import CallerLanguage
from serving.errors import problems
from serving.rates import Rates
from serving.security import Caller, Needs, address_of, open_to_all
from serving.sessions.schemas import Identity, Login, Reached

router = Area("session", prefix="/v1/session")

SERVICE: Final = "service"
"""Whose act it is on the trail that nobody known did."""


@router.post(
    "",
    summary="Sign in",
    responses=problems(401, 403, 413, 415, 422, 429, 503),
    dependencies=[Depends(open_to_all)],
)
def sign_in(request: Request, response: Response, login: Login, _: CallerLanguage) -> Identity:
    """Begin a session of a person; one that the browser showed before ends.

    The session's token is made here, so that nobody can plant one beforehand. It is in a
    cookie that scripts cannot read.
    """
    require_own_origin(request)
    rates: Rates = request.app.state.rates
    rates.try_name(login.name, address_of(request))
    engine = request.app.state.region.store.engine
    moment = request.app.state.clock()
    account = _account(engine, login, rates)
    with session.unit_of_work(engine) as work:
        if accounts.of(work, account.account_id) != account:  # changed while it was judged
            raise LoginRefused
        if before := request.cookies.get(COOKIE):
            accounts.end(work, before)
        if is_outdated(account.password):
            accounts.keep(work, account, hashed(login.password, account.name))
        token = accounts.begin(work, account, moment)
        trail.append(work, _deed(Action.SIGN_IN, account.account_id))
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="strict", path="/")
    response.headers["Cache-Control"] = "no-store"
    return _identity(account.principal, token, moment + accounts.LONGEST)


@router.get(
    "",
    summary="Who am I",
    responses=problems(401, 422, 429, 503),
    dependencies=[Depends(Needs(None))],
)
def tell(request: Request, response: Response, caller: Caller, _: CallerLanguage) -> Identity:
    """Return who asks, what they may ask, and of whom."""
    response.headers["Cache-Control"] = "no-store"
    cookie = request.cookies.get(COOKIE)
    if not caller.is_person or cookie is None:
        return _identity(caller, None, None)
    with session.reading(request.app.state.region.store.engine) as work:
        signed = accounts.signed_in(work, cookie, request.app.state.clock())
    return _identity(caller, cookie, signed.ends_at if signed else None)


@router.delete(
    "",
    summary="Sign out",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 403, 422, 429, 503),
    dependencies=[Depends(Needs(None))],
)
def sign_out(request: Request, response: Response, _: CallerLanguage) -> None:
    """End the session; its cookie is worth nothing from now on."""
    if cookie := request.cookies.get(COOKIE):
        with session.unit_of_work(request.app.state.region.store.engine) as work:
            if account_id := accounts.end(work, cookie):
                trail.append(work, _deed(Action.SIGN_OUT, account_id))
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict", path="/")


def _account(engine: session.Engine, login: Login, rates: Rates) -> Account:
    """Return whose name and password these are.

    Tries in vain are not on the trail, which strangers could fill by them; that somebody's
    name has no tries left is, at most once an hour.

    Raises:
        LoginRefused: If they are nobody's; it takes as long whichever is wrong.
    """
    account = None
    if NAME.fullmatch(login.name):
        try:
            with session.reading(engine) as work:
                account = accounts.named(work, login.name)
        except AccountNotFound:
            account = None
    is_known = matches(login.password, account.password if account else None)
    if account is not None and is_known and account.is_active:
        return account
    if account is not None and rates.tells_locked(account.name):
        with suppress(StoreUnwritable), session.unit_of_work(engine, trail.QUEUE) as work:
            trail.append(work, _deed(Action.LOCK, account.account_id, SERVICE))
    raise LoginRefused


def _deed(action: Action, account_id: str, actor: str | None = None) -> Deed:
    """Return what the account's owner did, or somebody to it."""
    return Deed(actor or f"{PERSON}{account_id}", action, Kind.ACCOUNT, account_id)


def _identity(principal: Principal, cookie: str | None, ends_at: int | None) -> Identity:
    return Identity(
        name=principal.name,
        roles=sorted(principal.roles),
        grants=[
            Reached(scope, reach.is_whole, sorted(reach.units), sorted(reach.people))
            for scope, reach in sorted(principal.grants.items())
        ],
        csrf_token=proof_of(cookie) if cookie else None,
        ends_at=datetime.fromtimestamp(ends_at, UTC) if ends_at else None,
    )
