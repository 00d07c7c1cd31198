"""Tokens that somebody made up or changed are refused, each for its own reason."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient

from models.signing import PrivateKey
from mutasi import clock
from serving.issuers import LEEWAY, LONGEST, Issuers
from tests.serving.conftest import Lines
from tests.serving.people import bearer, state_of, token_of

Forge = Callable[[dict[str, Any], dict[str, Any]], str]


@pytest.fixture
def issuers(peopled: TestClient) -> Issuers:
    found: Issuers = state_of(peopled).issuers
    return found


@pytest.fixture
def good(peopled: TestClient, secrets: dict[str, str]) -> str:
    return token_of(peopled, "simpeg", secrets["simpeg"])


@pytest.fixture
def forge(issuers: Issuers) -> Forge:
    """Signs what it is given with the service's own key, as nobody else can."""

    def forged(claims: dict[str, Any], header: dict[str, Any]) -> str:
        kid, key = issuers.keys.signing(clock.now())
        now = clock.now()
        usual = {
            "iss": issuers.name,
            "aud": issuers.name,
            "sub": "simpeg",
            "iat": now,
            "exp": now + 60,
            **claims,
        }
        said = {name: value for name, value in usual.items() if value is not None}
        head = {"kid": kid, "typ": "at+jwt", **header}
        return jwt.PyJWS().encode(json.dumps(said).encode(), key, "EdDSA", headers=head)

    return forged


def refused(peopled: TestClient, token: str) -> bool:
    """Ask with a token; whether it was refused as any other would be."""
    answer = peopled.get("/v1/models/current", headers=bearer(token))
    if answer.status_code == 200:
        return False
    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_invalid"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    return True


def part(content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    header, claims, signature = token.split(".")
    decoded = [
        json.loads(base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)))
        for one in (header, claims)
    ]
    return decoded[0], decoded[1], signature


def test_the_token_that_the_attacks_begin_with_is_good(
    peopled: TestClient, good: str, forge: Forge
) -> None:
    assert not refused(peopled, good)
    assert not refused(peopled, forge({}, {}))


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", ""])
def test_a_token_without_a_signature_is_refused(peopled: TestClient, good: str, name: str) -> None:
    header, claims, signature = parts(good)
    head = part({**header, "alg": name})

    assert refused(peopled, f"{head}.{part(claims)}.")
    assert refused(peopled, f"{head}.{part(claims)}.{signature}")


@pytest.mark.parametrize("form", ["pem", "raw", "jwk"])
def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(
    peopled: TestClient, good: str, issuers: Issuers, form: str
) -> None:
    header, claims, _ = parts(good)
    described = issuers.keys.described()[-1]
    public = PrivateKey.load(issuers.keys._file(header["kid"])).public.text
    secret = {
        "pem": public,
        "raw": base64.urlsafe_b64decode(described["x"] + "="),
        "jwk": json.dumps(described).encode(),
    }[form]
    signed = f"{part({**header, 'alg': 'HS256'})}.{part(claims)}"
    mac = hmac.digest(secret, signed.encode(), hashlib.sha256)
    forged = base64.urlsafe_b64encode(mac).decode().rstrip("=")

    assert refused(peopled, f"{signed}.{forged}")


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"aud": "https://elsewhere.example"}, id="for another service"),
        pytest.param({"aud": None}, id="for nobody"),
        pytest.param({"aud": []}, id="for none of a list"),
        pytest.param({"iss": "https://elsewhere.example"}, id="of another issuer"),
        pytest.param({"iss": None}, id="of no issuer"),
        pytest.param({"iss": ["http://127.0.0.1:8000"]}, id="of a list of issuers"),
        pytest.param({"sub": None}, id="about nobody"),
        pytest.param({"sub": "nobody-of-this-name"}, id="about a client that is not registered"),
        pytest.param({"sub": 7}, id="about a number"),
        pytest.param({"exp": None}, id="without an end"),
        pytest.param({"iat": None}, id="without a beginning"),
        pytest.param({"exp": "tomorrow"}, id="with an end that is no moment"),
        pytest.param({"scope": ["models:read"]}, id="with scopes that are no text"),
    ],
)
def test_a_token_that_says_something_else_is_refused(
    peopled: TestClient, forge: Forge, claims: dict[str, Any]
) -> None:
    assert refused(peopled, forge(claims, {}))


def test_a_token_that_has_ended_is_refused_but_for_what_clocks_may_differ(
    peopled: TestClient, forge: Forge
) -> None:
    now = clock.now()

    assert refused(peopled, forge({"iat": now - 900, "exp": now - LEEWAY - 2}, {}))
    assert not refused(peopled, forge({"iat": now - 900, "exp": now - LEEWAY // 2}, {}))


def test_a_token_that_is_not_yet_valid_is_refused_but_for_what_clocks_may_differ(
    peopled: TestClient, forge: Forge
) -> None:
    now = clock.now()

    assert refused(peopled, forge({"nbf": now + LEEWAY + 10}, {}))
    assert refused(peopled, forge({"iat": now + LEEWAY + 10}, {}))
    assert not refused(peopled, forge({"nbf": now + LEEWAY // 2}, {}))


def test_a_token_signed_by_another_key_is_refused(
    peopled: TestClient, good: str, tmp_path: Path
) -> None:
    header, claims, _ = parts(good)
    PrivateKey.made().save(tmp_path / "foreign.pem")
    foreign = (tmp_path / "foreign.pem").read_text()

    forged = jwt.encode(claims, foreign, "EdDSA", headers={"kid": header["kid"], "typ": "at+jwt"})
    assert refused(peopled, forged)


@pytest.mark.parametrize(
    "kid",
    [
        pytest.param("unknown", id="unknown"),
        pytest.param("", id="empty"),
        pytest.param("../../../etc/hostname", id="path upward"),
        pytest.param("/dev/null", id="path of an empty file"),
        pytest.param("..%2f..%2fprivate", id="path in disguise"),
        pytest.param("../private", id="the key of models"),
        pytest.param("x\x00.pem", id="NUL"),
        pytest.param("' OR 1=1 --", id="SQL"),
        pytest.param("*", id="pattern"),
    ],
)
def test_a_key_is_found_by_its_id_among_ours_and_nowhere_else(
    peopled: TestClient, forge: Forge, kid: str
) -> None:
    assert refused(peopled, forge({}, {"kid": kid}))


def test_a_key_s_id_must_be_a_text_and_be_there(peopled: TestClient, good: str) -> None:
    header, claims, signature = parts(good)

    for kid in (7, None, ["a"], {"a": 1}):
        assert refused(peopled, f"{part({**header, 'kid': kid})}.{part(claims)}.{signature}")
    del header["kid"]
    assert refused(peopled, f"{part(header)}.{part(claims)}.{signature}")


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_an_address_of_keys_in_a_token_is_not_looked_at(
    peopled: TestClient, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *args: asked.append(args[1]))
    header, claims, _ = parts(good)
    PrivateKey.made().save(tmp_path / "foreign.pem")
    foreign = (tmp_path / "foreign.pem").read_text()
    head = {**header, name: "http://127.0.0.1:9/keys.json"}

    assert refused(peopled, jwt.encode(claims, foreign, "EdDSA", headers=head))
    assert asked == []


@pytest.mark.parametrize("name", ["jwk", "x5c"])
def test_a_key_that_comes_with_a_token_is_not_believed(
    peopled: TestClient, good: str, tmp_path: Path, name: str
) -> None:
    header, claims, _ = parts(good)
    key = PrivateKey.made()
    key.save(tmp_path / "foreign.pem")
    own = jwt.algorithms.OKPAlgorithm().prepare_key(key.public.text)
    head = {**header, name: json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(own))}

    forged = jwt.encode(claims, (tmp_path / "foreign.pem").read_text(), "EdDSA", headers=head)
    assert refused(peopled, forged)


def test_a_token_of_another_kind_is_refused(peopled: TestClient, forge: Forge) -> None:
    for kind in ("JWT", "id_token", None, "AT+JWT "):
        assert refused(peopled, forge({}, {"typ": kind}))


def test_a_token_with_an_extension_that_must_be_understood_is_refused(
    peopled: TestClient, forge: Forge
) -> None:
    assert refused(peopled, forge({}, {"crit": ["exp"]}))


def test_a_token_that_is_too_long_is_refused_before_it_is_read(
    peopled: TestClient, forge: Forge, log: Lines
) -> None:
    token = forge({"filler": "x" * LONGEST}, {})

    assert len(token) > LONGEST
    assert refused(peopled, token)
    assert log.fields("token refused") == [{"reason": "ValueError"}]


@pytest.mark.parametrize("name", ["sub", "aud", "exp", "iss"])
def test_a_token_that_names_a_claim_twice_is_refused(
    peopled: TestClient, issuers: Issuers, forge: Forge, name: str
) -> None:
    header, claims, _ = parts(forge({}, {}))
    twice = json.dumps(claims)[:-1] + f', "{name}": {json.dumps(claims[name])}}}'
    signed = f"{part(header)}.{part(twice)}"
    key = PrivateKey.load(issuers.keys._file(header["kid"]))
    signature = base64.urlsafe_b64encode(key.sign(signed.encode())).decode().rstrip("=")

    assert refused(peopled, f"{signed}.{signature}")


def test_a_token_that_names_its_key_twice_is_refused(peopled: TestClient, good: str) -> None:
    header, claims, signature = parts(good)
    twice = json.dumps(header)[:-1] + f', "kid": "{header["kid"]}"}}'

    assert refused(peopled, f"{part(twice)}.{part(claims)}.{signature}")


def test_every_bit_of_a_signature_counts(peopled: TestClient, good: str) -> None:
    head, claims, signature = good.split(".")
    raw = base64.urlsafe_b64decode(signature + "==")

    for place in range(len(raw)):
        spoilt = bytearray(raw)
        spoilt[place] ^= 1
        forged = base64.urlsafe_b64encode(bytes(spoilt)).decode().rstrip("=")
        assert refused_directly(peopled, f"{head}.{claims}.{forged}")


def test_claims_that_were_changed_are_refused(peopled: TestClient, good: str) -> None:
    head, _, signature = good.split(".")
    _, claims, _ = parts(good)
    for change in ({"scope": "plans:write"}, {"sub": "narrow"}, {"exp": claims["exp"] + 9999}):
        assert refused(peopled, f"{head}.{part({**claims, **change})}.{signature}")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a.b", id="two parts"),
        pytest.param("..", id="three empty parts"),
        pytest.param("a.b.c.d.e", id="five parts, as an encrypted one"),
        pytest.param("W10.W10.W10", id="lists"),
        pytest.param("bnVsbA.bnVsbA.", id="null"),
        pytest.param(f"{part({'a': 1})}.{part('[' * 3000)}.x", id="deep"),
        pytest.param("ÿ.ÿ.ÿ", id="no base64"),
    ],
)
def test_what_is_no_token_is_refused(peopled: TestClient, text: str) -> None:
    shown = {b"Authorization": f"Bearer {text}".encode("latin-1")}
    answer = peopled.get("/v1/models/current", headers=shown)

    assert answer.status_code == 401


def test_a_token_is_not_accepted_in_the_address(peopled: TestClient, good: str) -> None:
    assert peopled.get("/v1/models/current", params={"access_token": good}).status_code == 401


def test_a_refused_token_is_logged_by_the_reason_alone(
    peopled: TestClient, forge: Forge, log: Lines
) -> None:
    token = forge({"exp": 1, "iat": 0}, {})

    assert refused(peopled, token)
    assert log.fields("token refused") == [{"reason": "ExpiredSignatureError"}]
    assert token not in str([vars(record) for record in log.records])


def refused_directly(peopled: TestClient, token: str) -> bool:
    """Return whether the reader of tokens refuses, without a request for each."""
    issuers: Issuers = state_of(peopled).issuers
    try:
        issuers.read(token)
    except Exception as error:  # noqa: BLE001 -- whatever it is, its kind is asserted
        return type(error).__name__ == "TokenInvalid"
    return False
