"""Tokens for systems: fetched by a secret, good for ten minutes, checked by rotated keys."""

import base64
from pathlib import Path

import jwt
import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.errors import TokenInvalid
from mutasi.settings import Settings
from mutasi.store import clients, session
from serving.issuers import LIFETIME, ROTATED_EVERY, Issuers, Keys
from serving.rates import TOKENS, TRIES_FROM_A_PLACE, Rates
from tests.serving.people import bearer, state_of, token_of

GRANT = {"grant_type": "client_credentials"}
NOON = 1_800_000_000


def test_a_client_fetches_a_token_and_asks_with_it(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    answer = peopled.post("/oauth2/token", data=GRANT, auth=("simpeg", secrets["simpeg"]))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["token_type"] == "Bearer"
    assert told["expires_in"] == LIFETIME
    assert set(told["scope"].split()) == {scope.value for scope in Scope}
    shown = bearer(told["access_token"])
    assert peopled.get("/v1/vacancies", headers=shown).status_code == 200


def test_a_secret_may_come_in_the_form_too(peopled: TestClient, secrets: dict[str, str]) -> None:
    form = {**GRANT, "client_id": "simpeg", "client_secret": secrets["simpeg"]}

    assert peopled.post("/oauth2/token", data=form).status_code == 200


def test_a_token_can_be_checked_by_the_published_keys(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    token = token_of(peopled, "simpeg", secrets["simpeg"])
    metadata = peopled.get("/.well-known/oauth-authorization-server").json()
    described = peopled.get("/.well-known/jwks.json").json()
    key = jwt.PyJWKSet.from_dict(described)[jwt.get_unverified_header(token)["kid"]]

    claims = jwt.decode(token, key, audience=metadata["issuer"], issuer=metadata["issuer"])
    assert claims["sub"] == claims["client_id"] == "simpeg"
    assert claims["exp"] - claims["iat"] == LIFETIME
    assert not {"d", "k", "p", "q"} & set(described["keys"][0]), "nothing private"
    assert metadata["token_endpoint"].endswith("/oauth2/token")


def test_a_token_may_be_narrower_than_its_client(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    shown = bearer(token_of(peopled, "simpeg", secrets["simpeg"], scope="models:read"))

    assert peopled.get("/v1/models/current", headers=shown).status_code == 200
    answer = peopled.get("/v1/vacancies", headers=shown)
    assert answer.status_code == 403
    assert answer.json()["type"] == "/errors/scope_missing"


@pytest.mark.parametrize(
    ("form", "shown", "status", "error"),
    [
        pytest.param({}, True, 400, "invalid_request", id="no grant"),
        pytest.param({"grant_type": "password"}, True, 400, "unsupported_grant_type", id="grant"),
        pytest.param({**GRANT, "client_id": "simpeg"}, True, 400, "invalid_request", id="twice"),
        pytest.param({**GRANT, "scope": "root"}, True, 400, "invalid_scope", id="no scope of ours"),
        pytest.param({**GRANT, "scope": " "}, True, 400, "invalid_scope", id="no scope"),
        pytest.param(GRANT, False, 401, "invalid_client", id="nobody"),
        pytest.param({**GRANT, "client_id": "simpeg"}, False, 401, "invalid_client", id="secret"),
        pytest.param(
            {**GRANT, "client_id": "si\x00mpeg", "client_secret": "x"},
            False,
            401,
            "invalid_client",
            id="NUL in the name",
        ),
    ],
)
def test_a_refusal_is_one_that_oauth_clients_understand(
    peopled: TestClient,
    secrets: dict[str, str],
    form: dict[str, str],
    shown: bool,
    status: int,
    error: str,
) -> None:
    headers = {"Accept-Language": "en"}
    if shown:
        pair = base64.b64encode(f"simpeg:{secrets['simpeg']}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    answer = peopled.post("/oauth2/token", data=form, headers=headers)

    assert answer.status_code == status
    assert answer.json()["error"] == error
    assert answer.json()["error_description"]
    assert ("www-authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(
    "shown", ["Basic", "Basic ÿ", "Basic !!!!", "Basic bm9jb2xvbg==", "Basic /w=="]
)
def test_a_secret_that_cannot_be_read_is_nobody_s(peopled: TestClient, shown: str) -> None:
    headers = {b"Authorization": shown.encode("latin-1")}
    answer = peopled.post("/oauth2/token", data=GRANT, headers=headers)

    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"


def test_a_client_cannot_ask_for_a_scope_that_it_was_not_given(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    form = {**GRANT, "scope": "models:read vacancies:read"}
    answer = peopled.post("/oauth2/token", data=form, auth=("narrow", secrets["narrow"]))

    assert answer.json()["error"] == "invalid_scope"


def test_guessing_secrets_ends_before_the_right_one_is_tried(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    state_of(peopled).rates = Rates(1, clock=lambda: 0.0)  # nothing is forgiven meanwhile
    for _ in range(TRIES_FROM_A_PLACE.count):
        assert peopled.post("/oauth2/token", data=GRANT, auth=("simpeg", "x")).status_code == 401

    answer = peopled.post("/oauth2/token", data=GRANT, auth=("simpeg", secrets["simpeg"]))
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_a_client_fetches_only_so_many_tokens(peopled: TestClient, secrets: dict[str, str]) -> None:
    auth = ("simpeg", secrets["simpeg"])
    fetched = [
        peopled.post("/oauth2/token", data=GRANT, auth=auth).status_code
        for _ in range(TOKENS.count + 1)
    ]

    assert fetched == [200] * TOKENS.count + [429]


def test_a_client_that_is_switched_off_is_refused_with_the_token_that_it_holds(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    token = bearer(token_of(peopled, "narrow", secrets["narrow"]))
    engine = state_of(peopled).region.store.engine
    with session.unit_of_work(engine) as work:
        clients.switch(work, "narrow", is_active=False)

    assert peopled.get("/v1/models/current", headers=token).status_code == 401
    answer = peopled.post("/oauth2/token", data=GRANT, auth=("narrow", secrets["narrow"]))
    assert answer.json()["error"] == "invalid_client"

    with session.unit_of_work(engine) as work:
        clients.switch(work, "narrow", is_active=True)
    assert peopled.get("/v1/models/current", headers=token).status_code == 200


def test_another_key_signs_every_month_and_the_one_before_still_checks(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    first, _ = keys.signing(NOON)
    assert keys.signing(NOON + ROTATED_EVERY - 1)[0] == first

    second, _ = keys.signing(NOON + ROTATED_EVERY)
    assert second != first
    assert set(keys.public()) == {first, second}

    third, _ = keys.signing(NOON + 2 * ROTATED_EVERY)
    assert set(keys.public()) == {second, third}
    assert [described["kid"] for described in keys.described()] == [second, third]


def test_the_keys_can_be_read_by_the_service_alone(tmp_path: Path) -> None:
    Keys(tmp_path).signing(NOON)

    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_key_that_is_taken_away_makes_its_tokens_void(tmp_path: Path) -> None:
    issuers = Issuers(Settings(home=tmp_path))
    token = issuers.issue("simpeg", [Scope.MODELS], clock.now())
    assert issuers.read(token).subject == "simpeg"

    for file in (tmp_path / "keys" / "tokens").iterdir():
        file.unlink()

    with pytest.raises(TokenInvalid):
        issuers.read(token)


def test_two_processes_know_each_other_s_tokens(tmp_path: Path) -> None:
    one, other = (Issuers(Settings(home=tmp_path)) for _ in range(2))

    assert other.read(one.issue("simpeg", [], clock.now())).subject == "simpeg"
    assert one.read(other.issue("simpeg", [], clock.now())).subject == "simpeg"
