"""Describe who may ask what (docs/access.md)."""

import sys
from collections.abc import Iterator

from mutasi.authority import IMPERSONAL, SCOPES, Role, Scope
from mutasi.settings import Settings
from serving.app import create_app
from serving.rates import (
    TOKENS,
    TRIES_FROM_A_PLACE,
    TRIES_OF_A_NAME,
    TRIES_OF_A_NAME_FROM_A_PLACE,
    Rate,
)
from serving.security import NIP, Needs, guards

INTRODUCTION = """\
<!-- Generated: python -m serving.documentation. Do not edit. -->

# Who may ask what

A *scope* is a kind of question or act. A *role* is what a person is to the agency, and
gives scopes. A *reach* is whom a scope extends to: the whole region, the people of a unit
and of those below it, or oneself. Somebody of several roles has the scopes of each, and
each scope only as far as the role that gives it: an administrator who is an employee asks
by `placements:read` about themselves alone.

## Systems

```sh
mutasi client add simpeg --scope vacancies:read --scope candidates:read   # the secret is shown once
curl -u simpeg:SECRET -d grant_type=client_credentials http://127.0.0.1:8000/oauth2/token
curl -H "Authorization: Bearer TOKEN" http://127.0.0.1:8000/v1/vacancies
```

A token (JWT, EdDSA) lasts ten minutes and may be asked for with fewer scopes (`scope=…`).
What a client may ask is looked up at every call, so `mutasi client disable`, `remove` and
`change` (other scopes, another unit) work at once, also on tokens that it holds. Another
secret (`mutasi client secret`) voids the one before; tokens that were fetched by that one
last out their ten minutes, unless the client is disabled meanwhile.
`--unit` confines a client to a unit's people. Keys lie in `keys/tokens` of the home; a new
one signs every 30 days, and the one before still checks. Taking a file away voids what it
signed. `/.well-known/jwks.json` publishes the keys,
`/.well-known/oauth-authorization-server` the addresses; set `MUTASI_PUBLIC_URL` to where
callers reach the service, because tokens are issued by and for it.

**An issuer elsewhere** (OpenID Connect): `MUTASI_OIDC_ISSUER` is its `iss`, and
`MUTASI_OIDC_JWKS` the address of its keys, which are kept five minutes and fetched again
when a key is unknown, at most every 30 seconds while it answers, and every five while it
does not. Its tokens must be meant for
`MUTASI_OIDC_AUDIENCE` (the public URL by default). The issuer says who asks; what they
may is kept here: `mutasi client add siasn --subject SUB --scope …`, where SUB is the
token's `sub`. Scopes that the token names narrow those further. Nobody who is not
registered is answered, and a token of a person is no client's.

**One token** in `MUTASI_API_TOKEN` suffices for one system or a demonstration. It asks as
an analyst of the whole region, and never ends: prefer clients where there are several
systems, and leave it unset then.

## People

```sh
mutasi account add sri --role analyst    # the password is asked for, or read from a pipe
mutasi account add budi --role unit_head --unit DINKES
mutasi account add wati --role employee --employee 199003032015032003
```

`POST /v1/session` with name and password begins a session: a cookie `__Host-mutasi` that
no script can read, over TLS alone and not sent by other sites. It ends after 30 minutes
without use, after ten hours in any case, when signing out, and at once when the account
is disabled, changed (`mutasi account change`: name, roles, unit, NIP), removed, or gets
another password. Whatever is no GET also shows the header
`X-CSRF-Token` that the login answered with. Browsers keep the cookie only where the
service is reached over TLS; so put it behind a proxy that ends TLS, and let no other
program listen for the same host.

Passwords have 12 to 256 characters and are kept as Argon2id; there are no rules of
composition, and no expiry (NIST SP 800-63B).

## How often

| what | at once | again within |
|---|---|---|
RATES
An address of IPv6 is its network (/64). More is answered with 429, `Retry-After` and
`RateLimit`. Counted in memory by each process: with two worker processes up to twice as
much passes.

## Scopes of roles

"""

SPANS = {60: "a minute", 600: "ten minutes", 3600: "an hour"}

MATRIX = """
## Routes

*all*: the whole region. *unit*: the people of the unit that they head and of those below
it; of somebody else the answer is 404, as if there were no such person. *self*: their own
number alone. *asked*: what they asked themselves; of what others asked 404. –: 403. Lists
and rankings hold nobody beyond that reach. A client has what its scopes say, as *all*, or
as *unit* if it is confined to one.

"""

OPEN = "open to all"
ASKED = "asked"


def document() -> str:
    """Return the document."""
    rates = "".join(f"{line}\n" for line in _rates())
    return INTRODUCTION.replace("RATES", rates) + "\n".join([*_scopes(), MATRIX, *_matrix()]) + "\n"


def matrix() -> dict[str, dict[Role, str]]:
    """Return for each route and role whom it answers about: all, unit, self, –, or open to all."""
    return {
        f"{method} {route.path_format}": {
            role: _cell(role, needs, route.path_format) for role in Role
        }
        for route, needs in guards(create_app(Settings()))
        if route.path_format
        for method in sorted(route.methods or ())
    }


def _rates() -> Iterator[str]:
    """Yield how often what may happen, as the service counts it."""
    calls = Settings.model_fields["calls_per_minute"].default
    told = {
        "calls of one caller (`MUTASI_CALLS_PER_MINUTE`)": Rate("calls", calls, 60),
        "tokens that a client fetches": TOKENS,
        "tries to sign in by one name from one address": TRIES_OF_A_NAME_FROM_A_PLACE,
        "… from all addresses together": TRIES_OF_A_NAME,
        "sign-ins from one address, and secrets and tokens that it shows in vain": (
            TRIES_FROM_A_PLACE
        ),
    }
    for what, rate in told.items():
        yield f"| {what} | {rate.count:,} | {SPANS[rate.seconds]} |"


def _scopes() -> Iterator[str]:
    yield "| scope | " + " | ".join(role.value for role in Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for scope in Scope:
        cells = ("yes" if scope in SCOPES[role] else "–" for role in Role)
        yield f"| `{scope}` | {' | '.join(cells)} |"


def _matrix() -> Iterator[str]:
    yield "| route | " + " | ".join(role.value for role in Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for route, cells in sorted(matrix().items(), key=lambda item: item[0].split()[::-1]):
        yield f"| `{route}` | {' | '.join(cells.values())} |"


def _cell(role: Role, needs: Needs | None, path: str) -> str:
    if needs is None:
        return OPEN
    if needs.scope is None or needs.scope in SCOPES[role] & IMPERSONAL:
        return "all"
    if needs.others is not None and needs.scope in SCOPES[role]:
        return "all" if needs.others in SCOPES[role] else ASKED
    is_about_people = f"{{{NIP}" in path or needs.people or needs.narrows
    if needs.scope not in SCOPES[role] or (role in NARROW and not is_about_people):
        return "–"
    return NARROW.get(role, "all")


NARROW = {Role.UNIT_HEAD: "unit", Role.EMPLOYEE: "self"}
"""Roles that do not reach the whole region."""


if __name__ == "__main__":
    sys.stdout.write(document())
