"""Routes by which a system gets a token, and others check it."""

import hmac
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from mutasi.authority import Scope
from mutasi.errors import ClientNotFound
from mutasi.i18n import render
from mutasi.passwords import fingerprint
from mutasi.store import clients, session
from mutasi.store.clients import NAME, Client
from serving.answers import Shape
from serving.areas import Area
from serving.dependencies import CallerLanguage
from serving.errors import problems
from serving.issuers import LIFETIME, Issuers
from serving.rates import Rates
from serving.security import address_of, open_to_all
from serving.tokens.schemas import Failure, KeySet, Metadata, Token, TokenRefused, TokenRequest

router = Area("tokens", dependencies=[Depends(open_to_all)])

TOKEN_PATH = "/oauth2/token"  # noqa: S105 -- an address
KEYS_PATH = "/.well-known/jwks.json"
NEVER_KEPT = {"Cache-Control": "no-store"}
REFUSED = Shape(TokenRefused)

NOBODY = HTTPBasicCredentials(username="", password="")


class ClientBasic(HTTPBasic):
    """Reads HTTP Basic; what cannot be read is nobody's, and refused as OAuth refuses."""

    async def __call__(self, request: Request) -> HTTPBasicCredentials | None:  # type: ignore[override]  # HTTPBasic departs from its base just so
        """Return the id and the secret that are shown; None where none are."""
        try:
            return await super().__call__(request)
        except HTTPException:
            return NOBODY


BASIC = ClientBasic(auto_error=False, scheme_name="secret", description="A client's id and secret.")


@router.post(
    TOKEN_PATH,
    summary="A token for a system",
    responses={
        400: REFUSED.described("The request, the grant or a scope is wrong."),
        401: REFUSED.described("The id or the secret is wrong."),
        **problems(413, 422, 429, 503),
    },
    response_model=Token,
)
def issue(
    request: Request,
    response: Response,
    language: CallerLanguage,
    asked: Annotated[TokenRequest, Form()],
    basic: Annotated[HTTPBasicCredentials | None, Depends(BASIC)],
) -> Token | Response:
    """Return a token for a client that knows its secret (client credentials).

    Errors are those of OAuth 2, which its clients understand, and no problem details.
    """
    rates: Rates = request.app.state.rates
    address = address_of(request)
    rates.require_place(address)
    name = basic.username if basic else asked.client_id
    secret = basic.password if basic else asked.client_secret
    if not asked.grant_type or (basic and (asked.client_id or asked.client_secret)):
        return _refused("invalid_request", language)
    if asked.grant_type != "client_credentials":
        return _refused("unsupported_grant_type", language)
    client = _client(request, name or "", secret or "")
    if client is None:
        rates.fail(address)
        return _refused("invalid_client", language)
    rates.token(client.name)
    granted = set(client.scopes)
    wanted = set(asked.scope.split()) if asked.scope else granted
    if not wanted or not wanted <= granted:
        return _refused("invalid_scope", language)
    issuers: Issuers = request.app.state.issuers
    scopes = [Scope(scope) for scope in sorted(wanted)]
    response.headers.update(NEVER_KEPT)
    return Token(
        access_token=issuers.issue(client.name, scopes, request.app.state.clock()),
        expires_in=LIFETIME,
        scope=" ".join(scopes),
    )


@router.get(KEYS_PATH, summary="The keys that check our tokens")
def list_keys(request: Request) -> KeySet:
    """Return the public keys, the newest last."""
    issuers: Issuers = request.app.state.issuers
    issuers.keys.signing(request.app.state.clock())
    return KeySet(issuers.keys.described())


@router.get("/.well-known/oauth-authorization-server", summary="What clients need to know of us")
async def describe(request: Request) -> Metadata:
    """Return where tokens are issued and checked."""
    name = request.app.state.issuers.name
    return Metadata(
        issuer=name,
        token_endpoint=name + TOKEN_PATH,
        jwks_uri=name + KEYS_PATH,
        scopes_supported=[scope.value for scope in Scope],
        grant_types_supported=["client_credentials"],
        response_types_supported=[],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
    )


def _client(request: Request, name: str, secret: str) -> Client | None:
    """Return the client that knows its secret; None whoever else asks."""
    if NAME.fullmatch(name) is None:
        return None
    try:
        with session.reading(request.app.state.region.store.engine) as work:
            client = clients.named(work, name)
    except ClientNotFound:
        return None
    knows = hmac.compare_digest(fingerprint(secret), client.secret or "")
    return client if knows and client.is_active else None


def _refused(failure: Failure, language: str) -> Response:
    told = TokenRefused(failure, render(f"oauth.{failure}", language))
    is_unknown = failure == "invalid_client"
    return Response(
        REFUSED.json(told),
        status_code=HTTPStatus.UNAUTHORIZED if is_unknown else HTTPStatus.BAD_REQUEST,
        media_type="application/json",
        headers={
            **NEVER_KEPT,
            **({"WWW-Authenticate": 'Basic realm="mutasi"'} if is_unknown else {}),
        },
    )
