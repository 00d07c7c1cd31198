"""What a route asks of its caller; a route that does not say so is not served.

Every route names the scope that it needs, :class:`Needs`, or that it is
:func:`open_to_all`; :func:`require_guards` refuses to start the service otherwise.  A
route about a person, ``{nip}`` in its path or named by ``people``, answers only for
those whom the caller's scope reaches.  A route that names nobody is for callers who
reach the whole region, unless its scope is about nobody or it narrows its answer itself:
who adds a route and thinks of nothing else has shut it to those who see only some.

Who asked about whom is on the audit trail before anything is answered, unless the route
keeps a receipt, which is on the trail itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Annotated, Final

from fastapi import Depends, FastAPI, Request, Security
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer, OAuth2
from starlette.concurrency import run_in_threadpool

from mutasi.authority import IMPERSONAL, Principal, Reach, Scope
from mutasi.errors import Forbidden, ScopeMissing, TokenMissing
from mutasi.store.trail import Kind
from mutasi.visibility import require_within
from serving.areas import StrictRoute
from serving.callers import COOKIE, caller_of
from serving.rates import Rates
from serving.trail import tell_read

NIP: Final = "nip"
"""The part of a path that is a person's number."""

SUBSCRIBER: Final = 64
"""Bits of an IPv6 address that tell subscribers apart."""

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="The token of this installation, `MUTASI_API_TOKEN`.",
)
SYSTEM = OAuth2(
    flows={
        "clientCredentials": {
            "tokenUrl": "/oauth2/token",
            "scopes": {scope.value: scope.value for scope in Scope},
        }
    },
    auto_error=False,
    scheme_name="client",
    description="A token of a client, by its id and secret.",
)
SESSION = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="session",
    description="A person's session, from `POST /v1/session`; whatever is no GET also "
    "shows the header `X-CSRF-Token`.",
)


class UnguardedRoute(RuntimeError):
    """A route does not say who may ask it, so the service does not start."""


def authenticated(
    request: Request,
    shown: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    _system: Annotated[str | None, Security(SYSTEM)],
    _session: Annotated[str | None, Security(SESSION)],
) -> Principal:
    """Return who asks, known by token or session, within how often they may.

    It is left in ``request.state.caller`` for whoever records what was done.

    Raises:
        Forbidden: If nobody known asks.
        TooManyRequests: If they ask too often, or an address tries too many tokens.
    """
    rates: Rates = request.app.state.rates
    try:
        principal = caller_of(request, shown.credentials if shown else None)
    except TokenMissing:
        raise
    except Forbidden:
        rates.fail(address_of(request))
        raise
    request.state.caller = principal
    request.state.allowance = rates.call(principal.id)
    return principal


Caller = Annotated[Principal, Depends(authenticated)]


@dataclass(frozen=True)
class Needs:
    """Lets a request pass whose caller has a scope, for the people whom it reaches.

    Attributes:
        scope: What the caller must be allowed; None if it is enough to be known.
        people: Parameters of the query that are numbers of people.
        narrows: The route itself answers for no more people than the caller reaches.
        keeps: The route itself puts on the trail about whom it was asked.
        others: What it takes beside the scope to be answered about what others asked; the
            route answers whoever lacks it about their own questions alone.
    """

    scope: Scope | None
    people: tuple[str, ...] = ()
    narrows: bool = False
    keeps: bool = False
    others: Scope | None = None

    async def __call__(self, request: Request, caller: Caller) -> None:
        """Let the request pass, and leave in ``request.state.reach`` whom it may be about.

        Raises:
            RequestValidationError: If its query has parameters that mean nothing here.
            MediaTypeOther: If its body is not said to be what is read here.
            ScopeMissing: If the caller has no such scope, or not for what is asked.
            EmployeeNotFound: If it is asked about somebody whom the caller does not reach.
            RegionEmpty: If that cannot be told yet.
            StoreUnwritable: If it cannot be put on the trail.
        """
        if self.scope is None:
            await _require_readable(request)
            return
        reach = caller.reach(self.scope)
        request.state.reach = reach
        await _require_readable(request)
        named = self._named(request)
        if self.scope in IMPERSONAL:
            return
        if not named and not self.narrows and not reach.is_whole:
            raise ScopeMissing(scope=self.scope.value)
        if named:
            region = request.app.state.region
            snapshot = region.opened().snapshot
            for nip in named:
                require_within(snapshot, reach, nip)
            if not self.keeps:
                await run_in_threadpool(tell_read, region.store, caller, Kind.EMPLOYEE, named)

    def _named(self, request: Request) -> list[str]:
        """Return the numbers of the people whom a request is about."""
        path = [request.path_params[NIP]] if NIP in request.path_params else []
        return path + [nip for name in self.people for nip in request.query_params.getlist(name)]


async def open_to_all(request: Request) -> None:
    """Let every request pass: the route tells nothing of anybody.

    Raises:
        RequestValidationError: If its query has parameters that mean nothing here.
        MediaTypeOther: If its body is not said to be what is read here.
    """
    await _require_readable(request)


async def _require_readable(request: Request) -> None:
    route = request.scope["route"]
    if isinstance(route, StrictRoute):
        route.require_known(request)
        await route.require_json(request)


async def reached(request: Request) -> Reach:
    """Return whom a request may be about; for routes that need a scope."""
    reach: Reach = request.state.reach
    return reach


Reached = Annotated[Reach, Depends(reached)]


def guard_of(route: RouteContext) -> Needs | None:
    """Return what a route asks of its caller; None if it is open to all.

    Raises:
        UnguardedRoute: If it does not say so, or says it twice.
    """
    said = [each.dependency for each in getattr(route, "dependencies", None) or ()]
    guards = [one for one in said if isinstance(one, Needs) or one is open_to_all]
    if len(guards) != 1:
        raise UnguardedRoute(f"{route.path}: one guard is needed, {len(guards)} found")
    return guards[0] if isinstance(guards[0], Needs) else None


def guards(app: FastAPI) -> Iterator[tuple[RouteContext, Needs | None]]:
    """Yield every route with what it asks of its caller.

    Raises:
        UnguardedRoute: If one does not say so.
    """
    for route in iter_route_contexts(app.routes):
        yield route, guard_of(route)


def require_guards(app: FastAPI) -> None:
    """Refuse to serve a route that nobody said who may ask.

    Raises:
        UnguardedRoute: If there is one.
    """
    for _ in guards(app):
        pass


def address_of(request: Request) -> str:
    """Return where a request comes from, as far as the server knows.

    Of an IPv6 address that is the network that one subscriber has (/64), who could ask from
    another of its addresses each time.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, SUBSCRIBER), strict=False))
