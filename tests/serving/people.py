"""Invented people and systems of every kind, who ask the service."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import State
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Role, Scope
from mutasi.store import accounts, clients, session
from mutasi.store.session import Engine

SECURE = "https://testserver"
"""Where callers reach the service who have cookies, which go over TLS alone."""

PASSWORD = "kuda baterai jepit benar"


@dataclass(frozen=True)
class Region:
    """Whom the invented accounts are about.

    Attributes:
        nip: The employee who has an account.
        unit: Where they work; it has a head.
        colleague: Somebody who works there too, or below it.
        stranger: Somebody of another unit.
        vacancy: An open position.
    """

    nip: str
    unit: str
    colleague: str
    stranger: str
    vacancy: str


def state_of(client: TestClient) -> State:
    """Return what the application behind a client keeps."""
    assert isinstance(client.app, FastAPI)
    return client.app.state


def settle(engine: Engine, region: Region) -> dict[str, str]:
    """Add an account a role, and clients; return the secrets of the clients."""
    with session.unit_of_work(engine) as work:
        for role in Role:
            unit = region.unit if role is Role.UNIT_HEAD else None
            nip = region.nip if role is Role.EMPLOYEE else None
            name = role.value.replace("_", "-")
            accounts.add(work, name, PASSWORD, [role], clock.now(), unit, nip)
        made = {
            "simpeg": clients.add(work, "simpeg", list(Scope), clock.now()),
            "narrow": clients.add(work, "narrow", [Scope.MODELS], clock.now()),
            "puskesmas": clients.add(
                work, "puskesmas", list(Scope), clock.now(), unit_id=region.unit
            ),
        }
    return {name: secret for name, secret in made.items() if secret is not None}


def token_of(served: TestClient, name: str, secret: str, **asked: str) -> str:
    """Return a token that a client fetched."""
    form = {"grant_type": "client_credentials", **asked}
    answer = served.post("/oauth2/token", data=form, auth=(name, secret))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def bearer(token: str) -> dict[str, str]:
    """Return the header that shows a token."""
    return {"Authorization": f"Bearer {token}"}


def signed_in(app: Any, name: str) -> TestClient:
    """Return a caller with the session of an account, and the proof that pages show."""
    client = TestClient(app, base_url=SECURE)
    answer = client.post("/v1/session", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return client
