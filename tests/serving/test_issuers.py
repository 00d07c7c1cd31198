"""Tokens of an issuer elsewhere: it says who asks, and what they may is kept here."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from pydantic import HttpUrl, ValidationError
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.errors import IssuerUnreachable, TokenInvalid
from mutasi.settings import Settings
from mutasi.store import clients, session
from serving.app import create_app
from serving.issuers import Issuers
from tests.serving.conftest import settings_of
from tests.serving.people import bearer, state_of

NAME = "https://sso.example/realms/asn"
AUDIENCE = "mutasi-kertajaya"


class Elsewhere:
    """An issuer on this machine, with keys that a test changes.

    Attributes:
        url: Where its keys are.
        keys: Its private keys, by id.
        asked: How often its keys were fetched.
        status: What it answers with.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/keys"
        self.keys: dict[str, Any] = {}
        self.asked = 0
        self.status = 200

    def described(self) -> bytes:
        """Return its public keys as JWK."""
        return json.dumps({"keys": [_jwk(kid, key) for kid, key in self.keys.items()]}).encode()

    def token(self, kid: str, algorithm: str = "RS256", **changes: Any) -> str:
        """Return a token of one of its keys."""
        now = clock.now()
        claims = {
            "iss": NAME,
            "aud": AUDIENCE,
            "sub": "service-siasn",
            "iat": now,
            "exp": now + 300,
            **changes,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(said, self.keys[kid], algorithm, headers={"kid": kid})


def _jwk(kid: str, key: Any) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


@pytest.fixture(scope="module")
def rsa_keys() -> list[rsa.RSAPrivateKey]:
    return [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]


@pytest.fixture
def elsewhere(rsa_keys: list[rsa.RSAPrivateKey]) -> Iterator[Elsewhere]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            content = issuer.described()
            self.send_response(issuer.status)
            if issuer.status == 302:
                self.send_header("Location", issuer.url + "?again")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 -- its name

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer = Elsewhere(server.server_address[1])
    issuer.keys["first"] = rsa_keys[0]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield issuer
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(elsewhere: Elsewhere, own_home: Path) -> Settings:
    return settings_of(own_home).model_copy(
        update={
            "oidc_issuer": HttpUrl(NAME),
            "oidc_jwks": HttpUrl(elsewhere.url),
            "oidc_audience": AUDIENCE,
        }
    )


@pytest.fixture
def issuers(settings: Settings) -> Issuers:
    return Issuers(settings)


@pytest.fixture
def caller(settings: Settings) -> Iterator[TestClient]:
    """The service that believes the issuer, with one client that is registered."""
    app = create_app(settings)
    with TestClient(app) as caller:
        with session.unit_of_work(app.state.region.store.engine) as work:
            scopes = [Scope.MODELS, Scope.VACANCIES]
            clients.add(work, "siasn", scopes, clock.now(), subject="service-siasn")
            clients.add(work, "simpeg", scopes, clock.now())
        yield caller


def test_a_registered_client_of_an_issuer_elsewhere_is_answered(
    caller: TestClient, elsewhere: Elsewhere
) -> None:
    told = caller.get("/v1/session", headers=bearer(elsewhere.token("first"))).json()

    assert told["name"] == "siasn"
    assert {grant["scope"] for grant in told["grants"]} == {"models:read", "vacancies:read"}


def test_scopes_of_the_token_narrow_what_is_registered_and_never_widen_it(
    caller: TestClient, elsewhere: Elsewhere
) -> None:
    narrow = bearer(elsewhere.token("first", scope="openid models:read candidates:read"))

    assert caller.get("/v1/models/current", headers=narrow).status_code == 200
    assert caller.get("/v1/vacancies", headers=narrow).status_code == 403
    assert [one["scope"] for one in caller.get("/v1/session", headers=narrow).json()["grants"]] == [
        "models:read"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"sub": "a-person"}, id="about somebody who is not registered"),
        pytest.param({"sub": "simpeg"}, id="about a client of ours, by its name"),
        pytest.param({"sub": "siasn"}, id="about the client by the name that we gave it"),
        pytest.param({"aud": "another-service"}, id="for another service"),
        pytest.param({"aud": None}, id="for nobody"),
        pytest.param({"iss": "https://sso.example/realms/other"}, id="of another realm"),
        pytest.param({"iss": "http://127.0.0.1:8000"}, id="in our own name"),
        pytest.param({"exp": 1_000_000_000}, id="that has ended"),
        pytest.param({"nbf": 4_000_000_000}, id="that is not yet valid"),
    ],
)
def test_a_token_of_the_issuer_that_says_something_else_is_refused(
    caller: TestClient, elsewhere: Elsewhere, changes: dict[str, Any]
) -> None:
    answer = caller.get("/v1/session", headers=bearer(elsewhere.token("first", **changes)))

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_invalid"


def test_a_token_of_a_key_that_is_not_the_issuer_s_is_refused(
    issuers: Issuers, elsewhere: Elsewhere, rsa_keys: list[rsa.RSAPrivateKey]
) -> None:
    issuers.read(elsewhere.token("first"))
    elsewhere.keys["first"] = rsa_keys[1]  # the issuer's published keys are kept five minutes

    with pytest.raises(TokenInvalid):
        issuers.read(elsewhere.token("first"))


def test_keys_are_fetched_once_for_many_tokens(issuers: Issuers, elsewhere: Elsewhere) -> None:
    for _ in range(5):
        issuers.read(elsewhere.token("first"))

    assert elsewhere.asked == 1


def test_a_new_key_is_fetched_when_it_is_first_met(
    issuers: Issuers, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuers.read(elsewhere.token("first"))
    elsewhere.keys["second"] = ec.generate_private_key(ec.SECP256R1())
    assert issuers._fetched is not None
    monkeypatch.setattr(issuers._fetched, "cooldown_duration", 0)

    assert issuers.read(elsewhere.token("second", "ES256")).subject == "service-siasn"
    assert elsewhere.asked == 2


def test_tokens_of_unknown_keys_do_not_make_the_service_ask_on_and_on(
    issuers: Issuers, elsewhere: Elsewhere
) -> None:
    token = elsewhere.token("first")
    issuers.read(token)
    elsewhere.keys["unpublished"] = elsewhere.keys.pop("first")
    for _ in range(20):
        with pytest.raises(TokenInvalid):
            issuers.read(elsewhere.token("unpublished"))

    assert elsewhere.asked == 1, "within the thirty seconds after the last time"


@pytest.mark.parametrize("status", [500, 302, 404])
def test_keys_that_cannot_be_fetched_are_told_and_fetched_again(
    caller: TestClient, elsewhere: Elsewhere, status: int
) -> None:
    token = bearer(elsewhere.token("first"))
    elsewhere.status = status
    answer = caller.get("/v1/session", headers=token)

    assert answer.status_code == 503
    assert answer.json()["type"] == "/errors/issuer_unreachable"
    assert elsewhere.asked == 1, "and no redirect is followed"
    elsewhere.status = 200
    assert caller.get("/v1/session", headers=token).status_code == 503
    assert elsewhere.asked == 1, "an issuer that is away is not asked by every token"
    state_of(caller).issuers._away_until = 0.0  # as if seconds went by
    assert caller.get("/v1/session", headers=token).status_code == 200


def test_a_shared_secret_among_the_issuer_s_keys_signs_nothing(
    issuers: Issuers, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = jwt.algorithms.HMACAlgorithm.to_jwk(b"x" * 64)
    described = json.dumps({"keys": [{**json.loads(secret), "kid": "shared", "alg": "HS256"}]})
    monkeypatch.setattr(elsewhere, "described", described.encode)
    elsewhere.keys["shared"] = b"x" * 64

    with pytest.raises((TokenInvalid, IssuerUnreachable)):
        issuers.read(elsewhere.token("shared", "HS256"))


def test_what_answers_in_the_place_of_keys_opens_nothing(
    issuers: Issuers, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = elsewhere.token("first")
    for said in (b"<html>", b"[]", b'{"keys": []}', b'{"keys": [{"kty": "RSA"}]}', b""):
        monkeypatch.setattr(elsewhere, "described", lambda said=said: said)
        with pytest.raises((TokenInvalid, IssuerUnreachable)):
            issuers.read(token)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"oidc_issuer": NAME}, id="an issuer without keys"),
        pytest.param({"oidc_jwks": "https://sso.example/keys"}, id="keys without an issuer"),
        pytest.param(
            {"oidc_issuer": NAME, "oidc_jwks": "http://sso.example/keys"}, id="keys in the clear"
        ),
        pytest.param({"oidc_issuer": NAME, "oidc_jwks": "file:///keys"}, id="keys of a file"),
    ],
)
def test_settings_of_half_an_issuer_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(given)
